"""A line that grows, followed by hand from its rows to what a reader is shown."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.cases import case

from scorta.desk import make_plan
from scorta.plan import Plan
from scorta.report import list_rows, set_page, show_view


@pytest.fixture(name="plan", scope="module")
def _plan() -> Plan:
    """Return the plan of a plant that must make 60 by June on a line of 50 hours a month, 10 hours each.

    From January to June it makes 30. X adds 50 hours from 31 days later on, for 1,000: decided on 1 January it is ready
    on 1 February, 5 months of it make 25 more. Y, for 100, is ready after 300 days: never. So 5 are still unmet:
    0.2 of another X, of which at most 2 are built, make them.
    """
    made = case(
        horizon=[("month", 6)],
        as_of=dt.date(2023, 1, 1),
        parties=[{"party": "ACME", "kind": "industry"}, {"party": "PL", "kind": "nation"}],
        places=[{"place": "PLANT", "party": "ACME"}],
        needs=[{"need": "N", "place": "PLANT", "item": "gen", "quantity": 60, "required_by": 180, "priority": 1}],
        processes=[{"process": "MAKE", "place": "PLANT", "item": "gen", "line": "LINE", "line_hours_per_unit": 10,
                    "lead_time_days": 0}],
        lines=[{"line": "LINE", "place": "PLANT", "capacity_per_month": 50, "maximum_per_month": 200}],
        expansions=[
            {"expansion": "X", "line": "LINE", "adds_per_month": 50, "lead_time_days": 31, "cost_eur": 1000,
             "maximum_count": 2, "paid_by": "PL"},
            {"expansion": "Y", "line": "LINE", "adds_per_month": 900, "lead_time_days": 300, "cost_eur": 100},
        ],
    )  # fmt: skip
    return make_plan(made)


def test_expansions_are_decided_in_time(plan: Plan) -> None:
    """All of the need is met; 1.2 of X are decided on the first day, ready on 1 February, paid by PL."""
    assert plan["fulfilment"]["unmet"].to_list() == pytest.approx([0], abs=1e-6)
    (row,) = plan["expansions"].to_dicts()
    assert (row["expansion"], row["decided_on"], row["available_from"], row["paid_by"]) == (
        "X", dt.date(2023, 1, 1), dt.date(2023, 2, 1), "PL",
    )  # fmt: skip
    assert (row["count"], row["adds_per_month"], row["cost_eur"]) == pytest.approx((1.2, 60, 1200))
    assert next(tier.value for tier in plan.record.tiers if tier.name == "cost") == pytest.approx(1200)


def test_views_tell_how_full_a_line_is(plan: Plan) -> None:
    """January has 50 hours, February 60 more; all are used, and nothing is left free."""
    rows = list_rows(plan, "lines")
    assert [row["expansion_hours"] for row in rows] == pytest.approx([0, 60, 60, 60, 60, 60])
    assert [row["used_share"] for row in rows] == pytest.approx([1] * 6)
    assert [row["free_hours"] for row in rows] == pytest.approx([0] * 6, abs=1e-5)
    assert "Expansions add" in set_page(show_view(plan, "lines"))
    assert "Adds hours" in set_page(show_view(plan, "expansions"))
