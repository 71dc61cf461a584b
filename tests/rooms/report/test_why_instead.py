"""Why one need gets what another lacks, in sentences."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import polars as pl
import pytest

from scorta.report import Grid, Words, why_instead_page
from scorta.why import Effect, Hindrance, WhyInstead
from scorta.why.two_needs import Reason

ROW = {"place": "HUB", "item": "tent", "required_by": dt.date(2022, 12, 4), "asked": 10.0}
MET = pl.DataFrame([
    {"need": "Y", "priority": 2, **ROW, "on_time": 0.0, "late": 0.0, "unmet": 10.0},
    {"need": "X", "priority": 1, **ROW, "on_time": 10.0, "late": 0.0, "unmet": 0.0},
])  # fmt: skip
GAINS, LOSES = Effect("Y", 6.0, 0.0, -6.0, -40.0), Effect("X", -10.0, 0.0, 10.0, 100.0)
PLEDGE = Hindrance(
    "pledged for it",
    ("pledges.csv:3",),
    {"donor": "DE", "pledge": "P1", "quantity": 10.0, "item": "tent", "recipient": "UA"},
)
STOCK = Hindrance(
    "reserved for it", ("stocks.csv:2",), {"quantity": 10.0, "item": "tent", "place": "HUB", "reserved_for": "X"}
)

SAID = [
    (WhyInstead("Y", "X", "more urgent", None, GAINS, LOSES), "priority 1 comes before priority 2"),
    (WhyInstead("Y", "X", "fewer in all", None, GAINS, LOSES), "and 4 fewer would come to the two of them in all."),
    (WhyInstead("Y", "X", "later in all", None, GAINS, LOSES), "they would wait 60 unit-days longer."),
    (WhyInstead("Y", "X", "held", PLEDGE, GAINS, LOSES), "pledge P1 of 10 of tent is only for UA (pledges.csv:3)"),
    (WhyInstead("Y", "X", "held", STOCK, GAINS, LOSES), "10 of tent at HUB are reserved for X (stocks.csv:2)"),
    (WhyInstead("Y", "X", "other goods"), "`scorta why Y` says what stands in its way."),
]


def blocks(why: WhyInstead) -> tuple[str, list[Grid]]:
    """Return the last sentence of a page, and its grids."""
    found = why_instead_page("case", MET, why).blocks
    return [block.text for block in found if isinstance(block, Words)][-1], [b for b in found if isinstance(b, Grid)]


@pytest.mark.parametrize(("why", "words"), SAID)
def test_each_reason_is_said_in_a_sentence(why: WhyInstead, words: str) -> None:
    """With the figures that decide, and the row that says so."""
    assert words in blocks(why)[0]


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_its_sentence(reason: Reason) -> None:
    """None is left out."""
    assert blocks(WhyInstead("Y", "X", reason, PLEDGE, GAINS, LOSES))[0]


def test_what_would_change_for_both() -> None:
    """Units on time, units at all, unit-days late; nothing is drawn where nothing would change."""
    (grid,) = blocks(WhyInstead("Y", "X", "held", PLEDGE, GAINS, LOSES))[1]
    assert grid.title == "What would change if that gave way, and X could be worse off"
    assert grid.rows == (("Y", 6.0, 6.0, -40.0), ("X", -10.0, -10.0, 100.0))
    assert blocks(WhyInstead("Y", "X", "no way"))[1] == []
