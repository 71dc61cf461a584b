"""Pledges: what covers a handover, what is left of them, and asks, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

STOCKS = "place item quantity | P rice 100"
"""Rice at P, which is A's."""


LEGS = "leg origin destination mode transit_days | L P R road 0"
"""From A to B, at once."""


NEEDS = "need place item quantity required_by priority | N1 R rice 5 2024-01-07 1"
"""A need of B."""


PLEDGE = "pledge donor recipient item quantity state available_from"
"""The headings of pledges."""


def test_handover_windows() -> None:
    """G (to B) covers 10 to 14 January of week 1 and 15 to 20 of week 2; H (to anyone) covers weeks 0 to 3 and within.

    A pledge of an undisclosed quantity, a withdrawn and a delivered one grant nothing.
    """
    case = make_case(
        "week 4",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        pledges="pledge donor recipient item quantity state available_from available_until "
        "| G A B rice 40 committed 2024-01-10 2024-01-20 | H A - rice 9 announced - - | U A B rice - committed - - "
        "| V A B rice 5 withdrawn - - | X A B rice 5 delivered - -",
    )
    frozen("handover-windows", case)


def test_handover_overlapping_windows() -> None:
    """G covers days 1-4 of week 0 (2 to 5 January), K its days 3-6 (from the 4th) and week 1, H days 2-3 (3 to 4).

    Week 1 is K's whole. The days of H lie within those of G; those of K from the 4th on lie within nobody else's.
    """
    case = make_case(
        "week 2",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        pledges="pledge donor recipient item quantity state available_from available_until "
        "| G A B rice 40 committed 2024-01-02 2024-01-05 | K A B rice 9 committed 2024-01-04 - "
        "| H A B rice 7 committed 2024-01-03 2024-01-04",
    )
    frozen("handover-overlapping_windows", case)


def test_handover_only_for() -> None:
    """G reserves what it covers for N1 from the handover on; H leaves goods free; neither covers the other's."""
    case = make_case(
        "week 1",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        pledges="pledge donor recipient item quantity state only_for "
        "| G A B rice 40 committed N1 | H A B rice 9 committed -",
    )
    frozen("handover-only_for", case)


def test_handover_only_for_place() -> None:
    """A pledge for the place R reserves for it: the goods serve any need there."""
    case = make_case(
        "week 1",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        pledges="pledge donor recipient item quantity state only_for | G A B rice 40 committed R",
    )
    frozen("handover-only_for_place", case)


def test_handover_reserved_lot() -> None:
    """Goods already reserved for N1 are covered by a pledge for N1 (G) or for nothing (H), not by one for N2 (K)."""
    case = make_case(
        "week 1",
        stocks="place item quantity reserved_for | P rice 10 N1",
        legs=LEGS,
        needs=NEEDS + " | N2 R rice 5 2024-01-07 1",
        pledges="pledge donor recipient item quantity state only_for "
        "| G A B rice 40 committed N1 | H A B rice 9 committed - | K A B rice 7 committed N2",
    )
    frozen("handover-reserved_lot", case)


def test_handover_asks() -> None:
    """With open gifts what no pledge covers is an ask: oil, which nobody pledged, and rice beyond or before G.

    G is there from 9 January, day 1 of week 1, and nothing is asked for on some days of a week. From industry (W) no
    cover is needed: no row.
    """
    case = make_case(
        "week 2",
        scenario={"gifts": "open"},
        items="item | rice | oil",
        stocks="place item quantity | P rice 100 | P oil 3 | W rice 50",
        legs=LEGS + " | M W R road 0",
        needs=NEEDS + " | N2 R oil 5 2024-01-07 1",
        pledges="pledge donor recipient item quantity state available_from | G A B rice 40 committed 2024-01-09",
    )
    frozen("handover-asks", case)


def test_pledge_left() -> None:
    """G grants 40 pledged - 10 delivered - 5 that are a scheduled receipt = 25 over the whole plan.

    H, with 8 pledged and 8 delivered, has nothing left and no row.
    """
    case = make_case(
        "week 2",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        pledges="pledge donor recipient item quantity state delivered_quantity "
        "| G A B rice 40 committed 10 | H A B rice 8 committed 8",
        receipts="place item quantity due_on pledge | R rice 5 2024-01-03 G",
    )
    frozen("pledge-left", case)


def test_pledge_anyone() -> None:
    """One pledge to anyone covers gifts to B and to C together, no more than 40; C's own place S, not A's Q."""
    case = make_case(
        "week 1",
        parties="party kind | A nation | B nation | C organisation",
        places="place party | P A | Q A | R B | S C",
        stocks=STOCKS,
        legs=LEGS + " | M P S road 0 | N P Q road 0",
        needs=NEEDS + " | N2 S rice 5 2024-01-07 1 | N3 Q rice 5 2024-01-07 1",
        pledges="pledge donor recipient item quantity state | G A - rice 40 committed",
    )
    frozen("pledge-anyone", case)


def test_ask_surplus() -> None:
    """100 lie at P and 5 come; less the floor of 30, the larger of 25 and 10 + 20, less G (40) and H (6 - 1): 30.

    Of A's stock at P 7 are reserved for N1, which are not counted, and 9 come after the plan; they are asked for
    beside it. G counts though it is available only after the plan, a withdrawn pledge does not.
    """
    case = make_case(
        "week 1",
        scenario={"gifts": "open"},
        stocks="place item quantity reserved_for | P rice 100 - | P rice 7 N1",
        receipts="place item quantity due_on | Q rice 5 2024-01-03 | Q rice 9 2024-03-03",
        objectives="party place item floor | A - rice 25 | - P rice 10 | - Q rice 20",
        legs=LEGS,
        needs=NEEDS,
        pledges=PLEDGE + " delivered_quantity | G A B rice 40 committed 2024-03-01 - | H A B rice 6 committed - 1 "
        "| V A B rice 50 withdrawn - -",
    )
    frozen("ask-surplus", case)


def test_ask_made_and_brought() -> None:
    """A has 5 less than it pledged: nothing, not less; to that come what P's mill makes and what C and W bring.

    The mill gives 0.5 of each start, and takes 3 days: 4/7 arrive in the plan. From C a day: 6/7; from Q, A's own,
    nothing is brought. The highest floor counts: none until the second row, which is after the plan.
    """
    case = make_case(
        "week 1",
        scenario={"gifts": "open"},
        parties="party kind | A nation | B nation | C nation | I industry",
        places="place party | P A | Q A | R B | S C | W I",
        stocks="place item quantity | P rice 10 | Q rice 5 | S rice 50 | W rice 50",
        objectives="party item floor from_date | A rice 90 2024-02-01",
        legs=LEGS + " | M W P road 0 | N S P road 1 | K Q P road 0",
        needs=NEEDS,
        processes="process place item lead_time_days yield | MILL P rice 3 0.5",
        pledges=PLEDGE + " | G A B rice 20 committed -",
    )
    frozen("ask-made_and_brought", case)
