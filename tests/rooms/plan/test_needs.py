"""What needs receive, and what stays late or unmet."""

from __future__ import annotations

import datetime as dt

from tests.rooms.plan.conftest import cells, planned

NEED = "need place item quantity required_by priority"


def test_what_stock_does_not_cover_stays_unmet() -> None:
    """Of 10 asked for, 6 lie there: 6 on time and 4 never, nothing late."""
    plan = planned("week 2", stocks="place item quantity | P rice 6", needs=f"{NEED} | N1 P rice 10 2024-01-07 2")
    assert cells(plan, "fulfilment", "need", "priority", "asked", "on_time", "late", "unmet") == [
        ("N1", 2, 10, 6, 0, 4)
    ]
    assert cells(plan, "issues", "issued_from", "issued_until", "quantity", "days_late") == [
        (dt.date(2024, 1, 1), dt.date(2024, 1, 7), 6, 0)
    ]


def test_what_comes_a_week_later_is_seven_days_late() -> None:
    """Due in week 0, three come with a receipt in week 1: 3 x 7 unit-days, the first and last delivery on its end."""
    plan = planned(
        "week 2",
        receipts="place item quantity due_on | P rice 3 2024-01-09",
        needs=f"{NEED} | N1 P rice 3 2024-01-07 1",
    )
    assert cells(plan, "fulfilment", "late", "unit_days_late", "first_delivery", "last_delivery") == [
        (3, 21, dt.date(2024, 1, 14), dt.date(2024, 1, 14))
    ]


def test_a_substitute_meets_less() -> None:
    """Four rye at a half each meet two of rice; the issue says what was used and what it is worth to the need."""
    plan = planned(
        "week 1",
        items="item | rice | rye",
        stocks="place item quantity | P rye 4",
        substitutes="item substitute factor | rice rye 0.5",
        needs=f"{NEED} | N1 P rice 10 2024-01-07 1",
    )
    assert cells(plan, "issues", "item", "quantity", "meets") == [("rye", 4, 2)]
