"""Whole numbers on the whole way: a plan with them, the same relaxed, what the checker sees, and what the page says."""

from __future__ import annotations

from random import Random

import pytest
from tests.cases import case
from tests.walks.test_falsified import missed

from scorta import desk
from scorta.case import Case
from scorta.plan import Plan, load_plan, save_plan
from scorta.report import plan_page, set_page
from scorta.verify import check_plan


def workshop(**more: object) -> Case:
    """Return a case of four weeks: a line, a process with a set-up cost and whole lots, and a leg with a fixed cost."""
    tables = {
        "parties": [{"party": "UA", "kind": "nation"}],
        "places": [{"place": "SHOP", "party": "UA"}, {"place": "HUB", "party": "UA"}],
        "items": [{"item": "stove", "mass_kg": 20, "holding_eur_per_month": 0.5}],
        "needs": [
            {"need": f"N{week}", "place": "HUB", "item": "stove", "quantity": 7.5, "required_by": 7 * week + 6,
             "priority": 1, "minimum_shipment": 3}
            for week in range(4)
        ],
        "lines": [{"line": "BENCH", "place": "SHOP", "capacity_per_month": 310, "minimum_per_month": 31}],
        "processes": [
            {"process": "WELD", "place": "SHOP", "item": "stove", "line": "BENCH", "line_hours_per_unit": 4,
             "lead_time_days": 0, "setup_cost_eur": 20, "unit_cost_eur": 1, "minimum_lot": 5, "whole": True}
        ],
        "legs": [
            {"leg": "VAN", "origin": "SHOP", "destination": "HUB", "mode": "road", "transit_days": 0,
             "fixed_cost_eur": 9, "capacity_t_per_month": 4.4, "cost_eur_per_t": 1}
        ],
    }  # fmt: skip
    return case(**{**tables, **more})


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return its plan."""
    return desk.make_plan(workshop())


def tier(plan: Plan, name: str) -> float:
    """Return what a plan reached in a tier."""
    return next(tier.value for tier in plan.record.tiers if tier.name == name)


def test_what_is_whole_is_whole(plan: Plan) -> None:
    """30 stoves are asked for, so 30 are started: in lots of 5 and more, each lot set up, each stove whole."""
    started = plan["production"]["started"]
    assert started.sum() == 30
    assert (started == started.round()).all()
    assert (started >= 5).all()
    assert plan["production"]["setup_cost_eur"].to_list() == [20] * len(started)
    assert plan["leg_use"]["fixed_cost_eur"].to_list() == [9] * len(plan["leg_use"])
    assert (plan["issues"]["quantity"] >= 3 - 1e-6).all()
    assert tier(plan, "needs 1 unmet") == 0
    assert plan.record.size.whole > 0
    assert plan.record.claimed_gap <= 1e-6


def test_every_false_number_is_caught(plan: Plan) -> None:
    """20 of 20, set-ups and fixed costs among them."""
    assert missed(workshop(), plan, Random(5)) == []


def test_a_relaxed_plan_says_so_and_is_no_worse(plan: Plan) -> None:
    """Without whole numbers the cost is less: parts of set-ups stand in the tables, and the checker accepts them."""
    relaxed = desk.make_plan(workshop(), relax=True)
    assert tier(relaxed, "cost") < tier(plan, "cost") - 1
    assert relaxed.record.size.whole == 0
    assert relaxed.record.size.dropped == plan.record.size.whole
    tiers = [(one.name, one.value) for one in relaxed.record.tiers]
    assert check_plan(workshop(), relaxed.tables, tiers, relaxed=True) == ()
    assert check_plan(workshop(), relaxed.tables, tiers) != ()
    assert "Whole numbers were dropped" in set_page(plan_page(relaxed, workshop(), "plans/shop"))
    assert "Whole numbers were dropped" not in set_page(plan_page(plan, workshop(), "plans/shop"))
    assert "Claimed gap" in set_page(plan_page(plan, workshop(), "plans/shop"))


def test_a_plan_with_whole_numbers_is_saved_whole(plan: Plan, tmp_path: object) -> None:
    """Saved and read back, its starts are still whole, and the checker finds nothing."""
    save_plan(plan, tmp_path / "plan")
    again = load_plan(tmp_path / "plan")
    assert again.record == plan.record
    assert check_plan(workshop(), again.tables, [(one.name, one.value) for one in again.record.tiers]) == ()


def test_a_case_that_asks_for_nothing_whole_stays_without() -> None:
    """Without these fields no column is whole."""
    bare = workshop(
        processes=[{"process": "WELD", "place": "SHOP", "item": "stove", "lead_time_days": 0}],
        lines=[],
        legs=[{"leg": "VAN", "origin": "SHOP", "destination": "HUB", "mode": "road", "transit_days": 0}],
        needs=[{"need": "N", "place": "HUB", "item": "stove", "quantity": 7.5, "required_by": 6, "priority": 1}],
    )
    assert desk.make_plan(bare).record.size.whole == 0


def test_goods_without_mass_over_a_leg_with_a_fixed_cost() -> None:
    """A leg without capacity and an item without mass are fine: what is there bounds what leaves."""
    light = workshop(
        items=[{"item": "stove"}],
        legs=[{"leg": "VAN", "origin": "SHOP", "destination": "HUB", "mode": "road", "transit_days": 2,
               "fixed_cost_eur": 9}],
        processes=[],
        lines=[],
        stocks=[{"place": "SHOP", "item": "stove", "quantity": 30}],
    )  # fmt: skip
    found = desk.make_plan(light)
    assert tier(found, "needs 1 unmet") == pytest.approx(0)
    assert found["leg_use"]["mass_t"].null_count() == len(found["leg_use"]) > 0
