"""A trace as a page: a tree of sentences back from a need, and the needs that a source serves."""

from __future__ import annotations

import datetime as dt

import polars as pl
from tests.rooms.report.steps import issue, leg, need, stock

from scorta.report import serves_page, set_page, trace_page
from scorta.report.page import Words
from scorta.report.trace import join_legs
from scorta.trace import Step

SERVED = {
    "need": "N1", "place": "HUB", "item": "tent", "quantity": 5.0, "on_time": 3.0, "late": 2.0,
    "first": dt.date(2022, 12, 1), "last": dt.date(2022, 12, 8),
}  # fmt: skip


def test_the_tree_says_each_step_and_what_stands_behind_it() -> None:
    """An issue on time and one that is late; a leg under a pledge; the row of the stock; deeper steps further in."""
    root = need(issue(leg("A>HUB", stock("A", 3.0), under="P1")), issue(stock("HUB", 1.0), late=7), unmet=2.0)
    *_, words = trace_page("A case", root).blocks
    assert isinstance(words, Words)
    assert words.text.splitlines() == [
        "├ 3 issued 2022-12-01 to 2022-12-08, on time",
        "│ └ 3 over A>HUB from A, under P1, 2022-12-01 to 2022-12-01",
        "│   └ 3 from stock at A (stocks.csv:1)",
        "└ 1 issued 2022-12-01 to 2022-12-08, 7 days late",
        "  └ 1 from stock at HUB (stocks.csv:3)",
    ]


def test_a_need_that_receives_nothing() -> None:
    """There is no tree, and that is said."""
    assert "Nothing is delivered." in set_page(trace_page("A case", need(unmet=3.0)))


def test_a_source_serves_needs_or_none() -> None:
    """A line for each need; a source of which nobody receives anything says so."""
    served = pl.DataFrame([SERVED])
    page = set_page(serves_page("A case", "DEPOT tent", served))
    assert "What DEPOT tent serves" in page
    assert ["N1", "HUB", "tent", "5", "3", "2", "2022-12-01", "2022-12-08"] in [
        line.split() for line in page.splitlines()
    ]
    assert "No need receives anything of it." in set_page(serves_page("A case", "P9", served.clear()))


def test_legs_in_a_row_are_one_journey() -> None:
    """Of 5 over the last leg 3 came over another before, and 2 began there: two steps, and no leg behind a leg."""
    last = leg("B>HUB", leg("A>B", stock("A", 3.0), under="P1"), stock("B", 2.0), under="P2")
    (joined,) = join_legs(need(issue(last))).behind
    journeys = {str(step.facts["leg"]): step for step in joined.behind}
    assert {name: step.quantity for name, step in journeys.items()} == {"B>HUB": 2.0, "A to HUB": 3.0}
    assert journeys["A to HUB"].facts["under"] == "P1, P2"
    assert [step.kind for step in journeys["A to HUB"].behind] == ["stock"]
    assert not [step for step in joined if step.kind == "shipment" and _legs_behind(step)]


def _legs_behind(step: Step) -> list[Step]:
    """Return the legs that stand behind a step at once."""
    return [each for each in step.behind if each.kind == "shipment"]
