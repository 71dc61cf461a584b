"""Why a need is late or short, a stock below its objective, and one need before another, as pages."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import polars as pl
import pytest

from scorta.report import Grid, Page, Words, why_below_page, why_instead_page, why_page
from scorta.why import Cause, Effect, Hindrance, Kind, Met, Reason, Why, WhyBelow, WhyInstead

NEED = {"need": "N1", "item": "tent", "place": "HUB", "required_by": dt.date(2022, 12, 4)}
FIGURES = {"asked": 10.0, "on_time": 4.0, "late": 2.0, "unmet": 4.0}
MET = Met(late=2.0, unmet=4.0, unit_days=14.0)

PLEDGE = {"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 60.0}


def told(*hindrances: Hindrance, days: float = 14.0) -> Grid:
    """Return the grid of a page with one cause."""
    page = why_page("case", NEED | FIGURES, Why("N1", MET, (Cause(hindrances, 2.0, 0.0, days),), MET, True, True))
    return next(block for block in page if isinstance(block, Grid))


def test_a_row_that_hinders_twice_is_named_once() -> None:
    """A pledge may be too late and too small: its row stands once."""
    late = Hindrance(Kind.PLEDGE_TOO_LATE, ("pledges.csv:2",), PLEDGE | {"available_from": dt.date(2022, 12, 9)})
    grid = told(late, Hindrance(Kind.PLEDGE_TOO_SMALL, ("pledges.csv:2",), PLEDGE))
    assert grid.rows[0][1] == "pledges.csv:2"
    assert str(grid.rows[0][0]).endswith(": both together")


def test_a_minus_is_explained() -> None:
    """Where what would not have come at all comes late, the days late grow."""
    hindrance = Hindrance(Kind.PLEDGE_TOO_SMALL, ("pledges.csv:2",), PLEDGE)
    assert "A minus" in told(hindrance, days=-3.0).note
    assert "A minus" not in told(hindrance).note


def test_round_off_is_not_left() -> None:
    """What is left below round-off is nothing."""
    page = why_page("case", NEED | FIGURES, Why("N1", MET, (), Met(2e-5, 2e-5, 0.0), True, True))
    assert (
        "everything would come on time"
        in next(block for block in page if isinstance(block, Words) and block.title == "What would be left").text
    )


BACK = dt.date(2023, 6, 1)
SINCE = dt.date(2022, 12, 4)
SHORT = Met(late=0.0, unmet=4.0, unit_days=140.0)
LATE = Met(late=4.0, unmet=0.0, unit_days=140.0, full_on=BACK)
NONE = Met(0.0, 0.0, 0.0)


def page(met: Met, *causes: Cause, since: dt.date | None = SINCE, left: Met = NONE, **more: bool) -> Page:
    """Return the page of a stock that lacks so much."""
    reaches = {"supply": True, "way": True} | more
    why = WhyBelow("DE", "tent", 6.0, 10.0, since, met, causes, left, reaches["supply"], reaches["way"])
    return why_below_page("case", why)


def words(found: Page) -> list[str]:
    """Return the sentences of a page."""
    return [block.text for block in found if isinstance(block, Words)]


def grid(found: Page) -> Grid:
    """Return the grid of a page."""
    return next(block for block in found if isinstance(block, Grid))


def test_what_nobody_wrote_a_row_of_has_none() -> None:
    """The row of a cause says `none`."""
    hindrance = Hindrance(Kind.NOT_ORDERED, (), {"supplier": "IND", "item": "tent", "buyer": "DE"})
    row = grid(page(SHORT, Cause((hindrance,), 4.0, 4.0, 40.0))).rows[0]
    assert row[:2] == (hindrance.sentence, "none")


def test_since_when_it_is_below_and_when_it_is_back() -> None:
    """A stock that is back, one that is not, and one that never was below."""
    assert (
        words(page(LATE))[0] == "Below its objective from 2022-12-04 on, and back on 2023-06-01: 140 unit-days below."
    )
    assert "not back by the end of the plan: 4 are missing then, 140 unit-days below" in words(page(SHORT))[0]
    assert words(page(NONE, since=None))[-1] == "Nothing stands in its way: it is never below its objective."
    assert "only whole numbers stand in its way" in words(page(NONE))[-1]


def test_when_it_would_be_back_without_a_cause() -> None:
    """On a day, never below at all, or not by the end of the plan."""
    hindrance = (Hindrance(Kind.ASKS_FIRST, (), {}),)
    causes = [
        Cause(hindrance, 4.0, 4.0, 100.0, BACK),
        Cause(hindrance, 4.0, 4.0, 140.0),
        Cause(hindrance, 0.0, 0.0, 40.0),
    ]
    assert [row[2:] for row in grid(page(SHORT, *causes)).rows] == [
        (4.0, 100.0, BACK),
        (4.0, 140.0, "never below"),
        (0.0, 40.0, "not back"),
    ]


def test_what_would_be_left_of_a_stock() -> None:
    """Nothing, a day, units that are nowhere, no supply, no way."""
    assert "it would never be below" in words(page(SHORT))[-1]
    assert "it would be back on 2023-06-01" in words(page(SHORT, left=LATE))[-1]
    assert "4 would still be missing at the end" in words(page(SHORT, left=SHORT))[-1]
    assert words(page(SHORT, supply=False))[-1] == "Nobody else in the case has tent, and nobody expects or makes any."
    assert words(page(SHORT, way=False))[-1].startswith("No tent can come to DE")


ROW = {"place": "HUB", "item": "tent", "required_by": dt.date(2022, 12, 4), "asked": 10.0}
BOTH = pl.DataFrame([
    {"need": "Y", "priority": 2, **ROW, "on_time": 0.0, "late": 0.0, "unmet": 10.0},
    {"need": "X", "priority": 1, **ROW, "on_time": 10.0, "late": 0.0, "unmet": 0.0},
])  # fmt: skip
GAINS, LOSES = Effect("Y", 6.0, 0.0, -6.0, -40.0), Effect("X", -10.0, 0.0, 10.0, 100.0)
FOR_UA = Hindrance(
    Kind.PLEDGED_FOR_IT,
    ("pledges.csv:3",),
    {"donor": "DE", "pledge": "P1", "quantity": 10.0, "item": "tent", "recipient": "UA"},
)
STOCK = Hindrance(
    Kind.RESERVED_FOR_IT, ("stocks.csv:2",), {"quantity": 10.0, "item": "tent", "place": "HUB", "reserved_for": "X"}
)

SAID = [
    (WhyInstead("Y", "X", "more urgent", None, GAINS, LOSES), "priority 1 comes before priority 2"),
    (WhyInstead("Y", "X", "fewer in all", None, GAINS, LOSES), "and 4 fewer would come to the two of them in all."),
    (WhyInstead("Y", "X", "later in all", None, GAINS, LOSES), "they would wait 60 unit-days longer."),
    (WhyInstead("Y", "X", "held", FOR_UA, GAINS, LOSES), "pledge P1 of 10 of tent is only for UA (pledges.csv:3)"),
    (WhyInstead("Y", "X", "held", STOCK, GAINS, LOSES), "10 of tent at HUB are reserved for X (stocks.csv:2)"),
    (WhyInstead("Y", "X", "other goods"), "`scorta why Y` says what stands in its way."),
]


def blocks(why: WhyInstead) -> tuple[str, list[Grid]]:
    """Return the last sentence of a page, and its grids."""
    found = why_instead_page("case", BOTH, why).blocks
    return [block.text for block in found if isinstance(block, Words)][-1], [b for b in found if isinstance(b, Grid)]


@pytest.mark.parametrize(("why", "words"), SAID)
def test_each_reason_is_said_in_a_sentence(why: WhyInstead, words: str) -> None:
    """With the figures that decide, and the row that says so."""
    assert words in blocks(why)[0]


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_its_sentence(reason: Reason) -> None:
    """None is left out."""
    assert blocks(WhyInstead("Y", "X", reason, FOR_UA, GAINS, LOSES))[0]


def test_what_would_change_for_both() -> None:
    """Units on time, units at all, unit-days late; nothing is drawn where nothing would change."""
    (grid,) = blocks(WhyInstead("Y", "X", "held", FOR_UA, GAINS, LOSES))[1]
    assert grid.title == "What would change if that gave way, and X could be worse off"
    assert grid.rows == (("Y", 6.0, 6.0, -40.0), ("X", -10.0, -10.0, 100.0))
    assert blocks(WhyInstead("Y", "X", "no way"))[1] == []
