"""Budgets: what is spent when, as golden problems."""

from __future__ import annotations

import datetime as dt

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

STOCKS = "place item quantity | W rice 100"
"""Rice at W, which is industry's (I)."""


LEGS = "leg origin destination mode transit_days | L W R road 0"
"""From I to B, at once."""


NEEDS = "need place item quantity required_by priority | N1 R rice 5 2024-01-07 1"
"""A need of B."""


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
