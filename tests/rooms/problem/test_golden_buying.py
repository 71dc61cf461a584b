"""Golden problems of buying: what contracts cover, what of them is due, and what budgets allow."""

from __future__ import annotations

import datetime as dt

from tests.rooms.case.words import make_case
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


def test_enough_is_bought() -> None:
    """B needs 5 and holds 6: it buys no more, but for the 4 of C that are firm and due, whatever it is given.

    One minimum order of C (3) and one of F (2) may come on top; what is firm of D is due after the plan. That is 20.
    A needs 1 salt, and the minimum order of S is all that its option holds: 2. That is 3.
    """
    case = make_case(
        "week 1",
        items="item | rice | salt",
        places="place party | P A | R B | W I",
        stocks="place item quantity | W rice 100 | P rice 9 | W salt 9",
        legs=LEGS + " | M P R road 0 | N W P road 0",
        needs=NEEDS + " | N2 P salt 1 2024-01-07 1",
        objectives="party item objective | B rice 6",
        pledges="pledge donor recipient item quantity state | G A B rice 9 committed",
        contracts="contract buyer supplier item firm option minimum_order until_date | C B I rice 4 9 3 - "
        "| D B I rice 7 - - 2024-01-08 | F B I rice - - 2 - | S A I salt - 2 4 -",
    )
    frozen("enough-contracts", case)


def test_enough_is_bought_without_contracts() -> None:
    """What industry sells freely is bounded by the need of 5, unless it is salt, of which B makes brine."""
    case = make_case(
        "week 1",
        items="item | rice | salt | brine",
        stocks="place item quantity | W rice 100 | W salt 9",
        legs=LEGS,
        needs=NEEDS + " | N2 R brine 2 2024-01-07 1",
        processes="process place item lead_time_days | MIX R brine 0",
        components="process item quantity | MIX salt 2",
    )
    frozen("enough-free_purchases", case)


def test_budget_new_year() -> None:
    """The week from 29 December straddles New Year: 3 of 7 days lie in 2024, 4 in 2025.

    What is bought at 10 EUR is paid as it arrives. Over L, at once: 3/7 and 4/7. Over M, 2 days later, from 31
    December to 6 January: 1/7 and 6/7. In the second week, from 5 January, all of it in 2025; what leaves over M on the
    last two days arrives after the plan and is still paid in 2025. A pays the 2 EUR of what leaves its place P.
    """
    case = make_case(
        "week 2",
        as_of=dt.date(2024, 12, 29),
        stocks=STOCKS + " | P rice 9",
        legs="leg origin destination mode transit_days cost_eur_per_t "
        "| L W R road 0 - | M W R road 2 - | K P R road 0 2",
        needs="need place item quantity required_by priority | N1 R rice 5 2025-01-11 1",
        contracts="contract buyer supplier item option unit_price_eur | C B I rice 40 10",
        budgets="party year amount_eur | B 2024 100 | B 2025 200 | A 2024 7",
    )
    frozen("budget-new_year", case)


def test_budget_beyond_the_calendar() -> None:
    """What leaves in December and arrives 20 days later, evenly from 21 December to 20 January, is paid 11/31 in 2024.

    The plan touches no other year, so the rest is charged to nobody: the budget of 2025 has no row.
    """
    case = make_case(
        "month 1",
        as_of=dt.date(2024, 12, 1),
        stocks=STOCKS,
        legs="leg origin destination mode transit_days | L W R road 20",
        needs="need place item quantity required_by priority | N1 R rice 5 2024-12-31 1",
        contracts="contract buyer supplier item option unit_price_eur | C B I rice 40 10",
        budgets="party year amount_eur | B 2024 100 | B 2025 200",
    )
    frozen("budget-beyond_the_calendar", case)


def test_budget_funds_and_receipts() -> None:
    """B's two funds make 300; receipts cost 10 x 4 = 40 (one of them past due) and leave 260.

    Of A's 30, receipts cost 5 x 9 = 45: nothing is left, and the plan may not add to it.
    """
    case = make_case(
        "week 1",
        places="place party | P A | R B | W I",
        stocks=STOCKS,
        legs=LEGS + " | M W P road 0",
        needs=NEEDS + " | N2 P rice 9 2024-01-07 1",
        receipts="place item quantity due_on contract | R rice 3 2024-01-03 C | R rice 1 2023-11-03 C "
        "| P rice 9 2024-01-03 D",
        contracts="contract buyer supplier item option unit_price_eur | C B I rice 40 10 | D A I rice 20 5",
        budgets="party year amount_eur fund | B 2024 100 one | B 2024 200 two | A 2024 30 -",
    )
    frozen("budget-funds_and_receipts", case)


def test_budget_large() -> None:
    """One budget above a million: all of them are counted in thousands of EUR."""
    case = make_case(
        "week 1",
        stocks=STOCKS,
        legs=LEGS,
        needs=NEEDS,
        contracts="contract buyer supplier item option unit_price_eur | C B I rice 40 500",
        budgets="party year amount_eur | B 2024 2000000 | A 2024 500",
    )
    frozen("budget-large", case)


def test_budget_production() -> None:
    """I pays 3 EUR for each start at its plant, on the days on which it may start: here all of them in 2024."""
    case = make_case(
        "week 1",
        as_of=dt.date(2024, 12, 29),
        processes="process place item line line_hours_per_unit lead_time_days unit_cost_eur until_date "
        "| M W rice X 1 0 3 2024-12-31",
        lines="line place capacity_per_month | X W 31",
        legs=LEGS,
        needs="need place item quantity required_by priority | N1 R rice 5 2025-01-04 1",
        budgets="party year amount_eur | I 2024 8 | I 2025 8",
    )
    frozen("budget-production", case)


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
