"""Contracts: purchases, firm orders and call-offs, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

STOCKS = "place item quantity | W rice 100"
"""Rice at W, which is industry's (I)."""


LEGS = "leg origin destination mode transit_days | L W R road 0"
"""From I to B, at once."""


NEEDS = "need place item quantity required_by priority | N1 R rice 5 2024-01-07 1"
"""A need of B."""


def test_purchase_windows() -> None:
    """C covers 10 to 12 January, days 2-4 of week 1; D, from the 15th on without end, weeks 2 and 3.

    In week 0 and on other days of week 1 nothing covers what leaves. X, which ended before the plan, and Y, which
    begins after it, have no effect.
    """
    case = make_case(
        "week 4",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        contracts="contract buyer supplier item firm option from_date until_date "
        "| C B I rice 40 - 2024-01-10 2024-01-12 | D B I rice - 9 2024-01-15 - "
        "| X B I rice 7 - - 2023-12-31 | Y B I rice 7 - 2024-01-29 -",
    )
    frozen("purchase-windows", case)


def test_purchase_deliver_to() -> None:
    """C delivers to R only, D to any place of B: R over L and S over M. Nothing covers what goes to A over K."""
    case = make_case(
        "week 1",
        places="place party | P A | R B | S B | W I",
        stocks=STOCKS,
        legs=LEGS + " | M W S road 0 | K W P road 0",
        needs=NEEDS + " | N2 S rice 5 2024-01-07 1 | N3 P rice 5 2024-01-07 1",
        contracts="contract buyer supplier item option deliver_to | C B I rice 40 R | D B I rice 9 -",
    )
    frozen("purchase-deliver_to", case)


def test_purchase_reserved_lot() -> None:
    """Goods that industry keeps for N1 are sold like free ones, and stay reserved."""
    case = make_case(
        "week 1",
        stocks="place item quantity reserved_for | W rice 10 N1 | W rice 20 -",
        legs=LEGS,
        needs=NEEDS,
        contracts="contract buyer supplier item option | C B I rice 40",
    )
    frozen("purchase-reserved_lot", case)


def test_contract_left() -> None:
    """C has 40 firm + 10 option - 15 received = 35 left; D, all of it received, has none and no row."""
    case = make_case(
        "week 2",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        receipts="place item quantity due_on contract | R rice 15 2024-01-03 C | R rice 8 2024-03-01 D",
        contracts="contract buyer supplier item firm option | C B I rice 40 10 | D B I rice 8 -",
    )
    frozen("contract-left", case)


def test_contract_framework() -> None:
    """F has neither firm quantity nor option: it covers any quantity, and only C is bounded."""
    case = make_case(
        "week 1",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        contracts="contract buyer supplier item firm option | F B I rice - - | C B I rice - 4",
    )
    frozen("contract-framework", case)


def test_firm_order_receipts_first() -> None:
    """Of C's 40 firm, 15 are received: 25 are due by the last day. Of D's 10 firm all are: only its option is left."""
    case = make_case(
        "week 2",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        receipts="place item quantity due_on contract | R rice 15 2024-01-03 C | R rice 12 2024-01-03 D",
        contracts="contract buyer supplier item firm option until_date "
        "| C B I rice 40 10 2024-01-14 | D B I rice 10 30 2024-01-14",
    )
    frozen("firm_order-receipts_first", case)


def test_firm_order_beyond_horizon() -> None:
    """C is due a day after the last day of the plan, so nothing of it is due within; D, without a day, is."""
    case = make_case(
        "week 2",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        contracts="contract buyer supplier item firm until_date | C B I rice 40 2024-01-15 | D B I rice 6 -",
    )
    frozen("firm_order-beyond_horizon", case)


def test_firm_order_of_no_use() -> None:
    """Nobody needs the oil, and from week 1 on it arrives after the plan: it may leave all the same, in both weeks."""
    case = make_case(
        "week 2",
        items="item | rice | oil",
        stocks="place item quantity | W oil 100",
        legs="leg origin destination mode transit_days | L W R road 8",
        needs=NEEDS,
        contracts="contract buyer supplier item firm | C B I oil 4",
    )
    frozen("firm_order-of_no_use", case)


def test_firm_order_nothing_there() -> None:
    """Nobody has what C orders: all 4 of it stay undelivered."""
    case = make_case("week 1", legs=LEGS, needs=NEEDS, contracts="contract buyer supplier item firm | C B I rice 4")
    frozen("firm_order-nothing_there", case)


def test_least_call_offs() -> None:
    """C has 9 to call off, 4 or more in a week, over both legs together; of D's 3 left its minimum of 4 takes all.

    F is a framework: of rice 20 are there, 24 by the end of week 1, so that is the most; H asks for 30 at once, which
    there never is: it stays off (= 0). E has no minimum, and no switch.
    """
    case = make_case(
        "week 2",
        places="place party | P A | R B | S B | W I",
        stocks="place item quantity | W rice 20",
        receipts="place item quantity due_on contract | W rice 4 2024-01-08 - | R rice 2 2024-02-01 D",
        legs=LEGS + " | M W S road 0",
        needs="need place item quantity required_by priority | N1 R rice 5 2024-01-14 1 | N2 S rice 5 2024-01-07 1",
        contracts="contract buyer supplier item option minimum_order deliver_to "
        "| C B I rice 9 4 - | D B I rice 5 4 R | F B I rice - 5 R | H B I rice - 30 R | E B I rice 9 - R",
    )
    frozen("call_off-options_and_frameworks", case)
    frozen("minimum_order-options_and_frameworks", case)


def test_least_call_offs_beyond_what_is_firm() -> None:
    """Of C's 6 firm 2 are received: 4 come in any parts, and all of them before any of its 9 is called off, 7 at least.

    G is firm alone: it is due whatever its minimum says, and has no switch.
    """
    case = make_case(
        "week 3",
        stocks=STOCKS,
        receipts="place item quantity due_on contract | R rice 2 2024-01-03 C",
        legs=LEGS,
        needs=NEEDS.replace("01-07", "01-21"),
        contracts="contract buyer supplier item firm option minimum_order | C B I rice 6 9 7 | G B I rice 6 - 4",
    )
    frozen("call_off-beyond_firm", case)
    frozen("minimum_order-beyond_firm", case)
    frozen("firm_part-two_contracts", case)
    frozen("firm_first-two_contracts", case)


def test_tiers_firm_orders() -> None:
    """What is firm and not delivered comes first; what is bought costs its price, under a framework too."""
    case = make_case(
        "week 1",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        contracts="contract buyer supplier item firm unit_price_eur "
        "| C B I rice 4 10 | F B I rice - 12 | G B I rice - -",
    )
    frozen("tiers-firm_orders", case)
