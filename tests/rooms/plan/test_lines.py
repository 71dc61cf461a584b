"""The hours of lines that are used, and the expansions that are decided."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.rooms.plan.conftest import cells, planned

CASE = {
    "lines": "line place capacity_per_month | A W 10",
    "processes": "process place item lead_time_days line line_hours_per_unit | MILL W rice 0 A 2",
}


def test_hours_used_of_hours_there_are() -> None:
    """Four units at 2 hours each take 8 of the 10 hours of January; nothing was added."""
    plan = planned("month 1", **CASE, needs="need place item quantity required_by priority | N1 W rice 4 2024-01-31 1")
    columns = ("line", "date", "used_hours", "capacity_hours", "expansion_hours")
    assert cells(plan, "line_load", *columns) == [("A", dt.date(2024, 1, 31), 8, 10, 0)]
    assert plan["expansions"].is_empty()


def test_an_expansion_that_is_decided() -> None:
    """Seven units need 14 hours: what lacks 4 is an expansion of 5 for 90 EUR, four fifths of it, paid by B."""
    plan = planned(
        "month 1",
        **CASE,
        expansions="expansion line adds_per_month cost_eur lead_time_days paid_by | X A 5 90 0 B",
        needs="need place item quantity required_by priority | N1 W rice 7 2024-01-31 1",
    )
    columns = ("expansion", "decided_on", "available_from", "count", "adds_per_month", "cost_eur", "paid_by")
    day = dt.date(2024, 1, 1)
    assert cells(plan, "expansions", *columns) == [("X", day, day, 0.8, 4, 72, "B")]
    assert plan["line_load"]["expansion_hours"].item() == pytest.approx(4)
