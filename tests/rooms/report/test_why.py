"""Why a need is late or short, in sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from scorta.report import Grid, Words, why_page
from scorta.why import Cause, Hindrance, Met, Why

NEED = {"need": "N1", "item": "tent", "place": "HUB", "required_by": dt.date(2022, 12, 4)}
FIGURES = {"asked": 10.0, "on_time": 4.0, "late": 2.0, "unmet": 4.0}
MET = Met(late=2.0, unmet=4.0, unit_days=14.0)

PLEDGE = {"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 60.0}
LEG = {"leg": "L1", "origin": "A", "destination": "B"}

SAID = [
    ("pledge too small", PLEDGE, "DE's pledge P1 is of no more than 60 of tent"),
    ("leg slow", LEG | {"transit_days": 1.0}, "leg L1 from A to B takes 1 day"),
    ("leg closed", LEG | {"open_until": dt.date(2022, 12, 1)}, "leg L1 from A to B is closed after 2022-12-01"),
    ("leg full", LEG | {"capacity_t_per_month": 5.0}, "leg L1 from A to B carries no more than 5 t a month"),
    ("leg full", LEG | {"shared_capacity": "R"}, "leg L1 from A to B carries no more together with all that share R"),
    ("storage full", {"place": "HUB", "storage_t": 7.0}, "HUB stores no more than 7 t"),
    ("budget spent", {"party": "DE", "year": 2023}, "DE has no more money in 2023"),
    ("floor", {"party": "DE", "item": "tent"}, "DE keeps a floor of tent"),
    (
        "share full",
        {"key": "K", "party": "DE", "share": 0.25, "maximum_excess": 0.0},
        "DE may give no more than 0 % above its share of 25 % (key K)",
    ),
]


def told(*hindrances: Hindrance, days: float = 14.0) -> Grid:
    """Return the grid of a page with one cause."""
    page = why_page("case", NEED | FIGURES, Why("N1", MET, (Cause(hindrances, 2.0, 0.0, days),), MET, True, True))
    return next(block for block in page if isinstance(block, Grid))


@pytest.mark.parametrize(("kind", "facts", "words"), SAID)
def test_each_is_said_in_a_sentence(kind: str, facts: dict[str, object], words: str) -> None:
    """Dates, shares, years and days are written as what they are, and what is empty is left out."""
    assert told(Hindrance(kind, ("x.csv:2",), facts)).rows[0][0] == words


def test_a_row_that_hinders_twice_is_named_once() -> None:
    """A pledge may be too late and too small: its row stands once."""
    late = Hindrance("pledge too late", ("pledges.csv:2",), PLEDGE | {"available_from": dt.date(2022, 12, 9)})
    grid = told(late, Hindrance("pledge too small", ("pledges.csv:2",), PLEDGE))
    assert grid.rows[0][1] == "pledges.csv:2"
    assert str(grid.rows[0][0]).endswith(": both together")


def test_a_minus_is_explained() -> None:
    """Where what would not have come at all comes late, the days late grow."""
    hindrance = Hindrance("pledge too small", ("pledges.csv:2",), PLEDGE)
    assert "A minus" in told(hindrance, days=-3.0).note
    assert "A minus" not in told(hindrance).note


def test_round_off_is_not_left() -> None:
    """What is left below round-off is nothing."""
    page = why_page("case", NEED | FIGURES, Why("N1", MET, (), Met(2e-5, 2e-5, 0.0), True, True))
    assert (
        "everything would come on time"
        in next(block for block in page if isinstance(block, Words) and block.title == "What would be left").text
    )
