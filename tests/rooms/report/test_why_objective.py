"""Why a stock is below its objective, in sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from scorta.report import Grid, Page, Words, why_below_page
from scorta.why import Cause, Hindrance, Met, WhyBelow

BACK = dt.date(2023, 6, 1)
SINCE = dt.date(2022, 12, 4)
SHORT = Met(late=0.0, unmet=4.0, unit_days=140.0)
LATE = Met(late=4.0, unmet=0.0, unit_days=140.0, full_on=BACK)
NONE = Met(0.0, 0.0, 0.0)
NEED = Hindrance("others first", ("needs.csv:2",), {"need": "N1", "item": "tent", "quantity": 4.0, "priority": 2})

SAID = [
    (
        Hindrance("not ordered", (), {"supplier": "IND", "item": "tent", "buyer": "DE"}),
        "IND has, expects or makes tent, and DE has no contract for it",
    ),
    (
        Hindrance("objective beside", ("o.csv:2",), {"party": "PL", "item": "tent", "objective": 9.0}),
        "PL has a stock objective of 9 for tent, too",
    ),
    (
        Hindrance("objective beside", ("o.csv:2",), {"place": "D1", "item": "tent", "daily_rate": 9.0}),
        "D1 has a stock objective for tent, too",
    ),
    (Hindrance("shares first", ("keys.csv:2",), {}), "what each gives is shared fairly before stocks are filled"),
    (Hindrance("asks first", (), {}), "nobody is asked to give beyond its pledges to fill a stock"),
]


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


@pytest.mark.parametrize(("hindrance", "said"), SAID)
def test_each_is_said_in_a_sentence(hindrance: Hindrance, said: str) -> None:
    """What nobody wrote a row of has none."""
    row = grid(page(SHORT, Cause((hindrance,), 4.0, 4.0, 40.0))).rows[0]
    assert row[:2] == (said, ", ".join(hindrance.rows) or "none")


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
    hindrance = (Hindrance("asks first", (), {}),)
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


def test_what_would_be_left() -> None:
    """Nothing, a day, units that are nowhere, no supply, no way."""
    assert "it would never be below" in words(page(SHORT))[-1]
    assert "it would be back on 2023-06-01" in words(page(SHORT, left=LATE))[-1]
    assert "4 would still be missing at the end" in words(page(SHORT, left=SHORT))[-1]
    assert words(page(SHORT, supply=False))[-1] == "Nobody else in the case has tent, and nobody expects or makes any."
    assert words(page(SHORT, way=False))[-1].startswith("No tent can come to DE")
