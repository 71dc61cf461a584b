"""Levels: floors, objectives and maxima, and floors that give way to a kit, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

STOCKS = "place item quantity | P rice 100"
"""Rice at P."""


NEED = "need place item quantity required_by priority | N1 P {} 5 2024-01-07 1"
"""A need at P for an item."""


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


def test_maximum_party() -> None:
    """The maximum of a party counts all its places and lots: P, reserved goods at P, Q; not R of another party."""
    case = make_case(
        "week 1",
        stocks="place item quantity reserved_for | P rice 5 - | P rice 1 N1 | Q rice 3 - | R rice 4 -",
        objectives="party place item maximum | A - rice 20",
        needs=NEED.format("rice"),
    )
    frozen("maximum-party", case)


def test_maximum_from_date() -> None:
    """A maximum of 8 at P from 10 January holds at the end of week 1, then 30 from 15 January; not in week 0.

    12 lie at P on the first day: they may stay, so week 1 has 12; week 2 has 30.
    """
    case = make_case(
        "week 3",
        stocks="place item quantity | P rice 12 | Q rice 3",
        objectives="party place item from_date maximum | - P rice 2024-01-10 8 | - P rice 2024-01-15 30",
        needs=NEED.format("rice"),
    )
    frozen("maximum-from_date", case)


def test_maximum_forced() -> None:
    """5 lie there and 10 come in week 1: 15 is over the maximum of 12, so the excess is let in and counted."""
    case = make_case(
        "week 2",
        stocks="place item quantity | P rice 5",
        receipts="place item quantity due_on | P rice 10 2024-01-08",
        objectives="party place item maximum | - P rice 12",
        needs=NEED.format("rice"),
    )
    frozen("maximum-forced", case)


def test_own_need_for_a_kit_draws_on_floors() -> None:
    """A's need for boxes draws on its floor of rice: where it is short, the floor gives way, and B takes no more.

    B's need for boxes at P takes rice of A as well: what is issued to it may not grow.
    """
    case = make_case(
        "week 1",
        items="item kind | rice item | box kit",
        kits="item component quantity | box rice 1",
        stocks="place item quantity | P rice 8",
        objectives="party item floor | A rice 6",
        needs="need place item quantity required_by priority party | N1 P box 5 2024-01-07 1 - "
        "| N2 P box 4 2024-01-07 1 B",
    )
    frozen("tiers-kit_and_floor", case)
