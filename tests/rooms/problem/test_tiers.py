"""The tiers: what is made as small as possible, in which order, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

NEED = "need place item quantity required_by priority | N1 P rice 5 2024-01-07 1"
"""A need of A, at its own place."""


def test_priorities() -> None:
    """Priority 1 before 2, unmet before late; late from the end of week 0 (day 6): 7 days in week 1, 38 in the month.

    The month of days 14-44. Earliest: last days 6, 13 and 44.
    """
    needs = NEED + " | N2 P rice 6 2024-01-14 2"
    frozen("tiers-priorities", make_case("week 2 month 1", stocks="place item quantity | P rice 10", needs=needs))


def test_floors_give_way() -> None:
    """A's own need at P frees A's floor of rice, if N1 is unmet or late; what A gives (ship L) may then not grow.

    Floors weigh the 7 days of each week. B's need does not free A's floor, nor does A's frees its floor of oil.
    """
    case = make_case(
        "week 2",
        items="item | rice | oil",
        stocks="place item quantity | P rice 10 | P oil 10",
        legs="leg origin destination mode transit_days | L P R road 0",
        needs=NEED + " | N2 R rice 5 2024-01-07 1",
        objectives="party item floor | A rice 20 | A oil 9",
    )
    frozen("tiers-floors_give_way", case)


def test_order_of_the_scenario() -> None:
    """`cost` before `needs`, without floors and objectives; asks follow the needs, the earliest delivery stands last.

    A ship costs 80 EUR/t x 1 t and moves 1 + 2 days: 0.003. Of the weeks' shipments only those that arrive count.
    """
    case = make_case(
        "week 2",
        scenario={"tiers": ("cost", "needs"), "gifts": "open"},
        stocks="place item quantity | P rice 10",
        legs="leg origin destination mode transit_days cost_eur_per_t | L P R road 2 80",
        needs="need place item quantity required_by priority unmet_cost_eur | N1 R rice 5 2024-01-07 1 700",
        pledges="pledge donor recipient item quantity state | G A B rice 4 committed",
    )
    frozen("tiers-order_of_the_scenario", case)


def test_limits_and_objectives() -> None:
    """Excess over storage and maximum comes first, by days: 31 in January, 29 in February; receipts force it.

    An objective of priority 2 counts half: 15.5 a unit in January, 14.5 in February; of A (priority 1) 31 and 29.
    """
    case = make_case(
        "month 2",
        places="place party storage_t | P A 50",
        stocks="place item quantity | P rice 40",
        receipts="place item quantity due_on | P rice 30 2024-01-08",
        objectives="party place item objective maximum priority | - P rice 60 45 2 | A - rice 80 - -",
    )
    frozen("tiers-limits_and_objectives", case)


def test_cost() -> None:
    """A unit started costs 9, a unit thrown away its value of 100, a unit unmet 700.

    A unit of rice kept costs 2 in January, 2 in February, and 2 x 7/31 = 0.451613 in the first week of March.
    """
    case = make_case(
        "month 2 week 1",
        items="item value_eur holding_eur_per_month | rice 100 2",
        stocks="place item quantity expires_on | P rice 10 2024-02-10",
        processes="process place item lead_time_days unit_cost_eur | MILL P rice 0 9",
        needs="need place item quantity required_by priority unmet_cost_eur | N1 P rice 15 2024-01-07 1 700",
    )
    frozen("tiers-cost", case)
