"""Golden problems of needs, floors and objectives."""

from __future__ import annotations

from tests.rooms.case.words import make_case
from tests.rooms.problem.freezing import frozen

STOCKS = "place item quantity | P rice 100"
"""Rice at P."""


def test_need_not_before() -> None:
    """Issued from the week that holds 10 January (week 1) on; late in weeks 2 and 3, as a backorder stays asked for.

    Issued and unmet make up 5.
    """
    needs = "need place item quantity required_by priority not_before | N1 P rice 5 2024-01-14 1 2024-01-10"
    frozen("need-not_before", make_case("week 4", stocks=STOCKS, needs=needs))


def test_need_recurring() -> None:
    """Due on the last day of each month through 31 March; each occurrence asks for 5 anew.

    31 January is day 30, in month 0; 29 February (kept by the month) in month 1; 31 March in month 2. `not_before` on
    11 January is 20 days before: it moves along to 9 February and 11 March.
    """
    needs = (
        "need place item quantity required_by priority not_before every until "
        "| N1 P rice 5 2024-01-31 1 2024-01-11 month 2024-03-31"
    )
    frozen("need-recurring", make_case("month 4", stocks=STOCKS, needs=needs))


def test_need_lapse() -> None:
    """N1 lapses after the week of 7 January; N2 may be met 7 days longer, in week 1; N3 at the end of the plan only."""
    needs = (
        "need place item quantity required_by priority unmet lapse_days "
        "| N1 P rice 5 2024-01-07 1 lapse - | N2 P rice 6 2024-01-07 1 lapse 7 | N3 P rice 7 2024-01-07 1 backorder -"
    )
    frozen("need-lapse", make_case("week 3", stocks=STOCKS, needs=needs))


def test_need_lots() -> None:
    """Served from free goods, from the lot until 10 January in weeks 0 and 1, and from what is reserved for N1.

    Not from what is reserved for N2; N3 is withdrawn and asks for nothing.
    """
    case = make_case(
        "week 3",
        stocks="place item quantity reserved_for expires_on "
        "| P rice 9 - - | P rice 8 - 2024-01-10 | P rice 7 N1 - | P rice 6 N2 -",
        needs="need place item quantity required_by priority state "
        "| N1 P rice 5 2024-01-07 1 open | N2 Q rice 5 2024-01-07 1 open | N3 P rice 5 2024-01-07 1 withdrawn",
    )
    frozen("need-lots", case)


def test_floor_party() -> None:
    """A's floor of 20 counts P and Q and every lot, not R; a dated lot counts up to the week before its last.

    The lot until 10 January ends in week 1 with nothing left (= 0), so it counts in week 0 only.
    """
    case = make_case(
        "week 2",
        stocks="place item quantity expires_on reserved_for "
        "| P rice 9 - - | P rice 8 2024-01-10 - | Q rice 7 - N1 | R rice 6 - -",
        objectives="party place item floor | A - rice 20",
        needs="need place item quantity required_by priority | N1 Q rice 5 2024-01-07 1",
    )
    frozen("floor-party", case)


def test_floor_changes() -> None:
    """At P a floor of 10 holds until the next row, of 30 from 10 January: the end of week 1 has it. Zero is no floor.

    From 15 January the row has no floor, so week 2 has no row.
    """
    objectives = "place item from_date floor | P rice - 10 | P rice 2024-01-10 30 | P rice 2024-01-15 - | Q rice - 0"
    frozen("floor-changes", make_case("week 3", stocks=STOCKS, objectives=objectives))


def test_floor_nothing_there() -> None:
    """Where nothing can ever lie, the plan is below the floor by all of it: no stock, only the column of what lacks."""
    frozen("floor-nothing_there", make_case("week 1", stocks=STOCKS, objectives="party item floor | B rice 4"))


def test_objective_party_and_place() -> None:
    """A's objective of 90 counts P and Q, that of the place Q only Q: the stock of Q stands in both."""
    objectives = "party place item objective | A - rice 90 | - Q rice 40"
    stocks = "place item quantity | P rice 100 | Q rice 5"
    frozen("objective-party_and_place", make_case("week 1", stocks=stocks, objectives=objectives))


def test_objective_days_of_supply() -> None:
    """3 a day for 30 days is an objective of 90; a stated objective of 50 goes before it."""
    objectives = "party place item objective daily_rate days_of_supply | - P rice - 3 30 | - Q rice 50 3 30"
    frozen("objective-days_of_supply", make_case("week 1", stocks=STOCKS + " | Q rice 1", objectives=objectives))
