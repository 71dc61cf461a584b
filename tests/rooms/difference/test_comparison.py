"""Two plans side by side: what differs, and what only one of them has."""

from __future__ import annotations

import pytest
from tests.conftest import Planned

from scorta import desk
from scorta.case import Case, Change
from scorta.difference import Comparison
from scorta.plan import Plan
from scorta.report import compare_page, set_page

FORWARD = Change("earlier", "pledges", "P1", "available_from", "set", "2022-11-07")


@pytest.fixture
def walk(planned_walk: Planned) -> Case:
    """The walk of one need."""
    return planned_walk.case


@pytest.fixture
def plan(planned_walk: Planned) -> Plan:
    """Its plan: 70 of 120 on time, 50 a week late."""
    return planned_walk.plan


def test_side_by_side(walk: Case, plan: Plan) -> None:
    """Needs that only one plan has are shown as such; what is as before is left out."""
    more = {"place": "HUB", "item": "generator", "quantity": "5", "required_by": "2022-12-04", "priority": "2"}
    rows = [Change("more", "needs", "N2", field, "set", value) for field, value in more.items()]
    after = desk.changed_case(walk, [FORWARD, *rows])
    found: Comparison = desk.compare(plan, desk.make_plan(after))
    (old, new) = found.needs.sort("need").to_dicts()
    assert (old["on_time_before"], old["on_time_after"], old["only_in"]) == (
        pytest.approx(70),
        pytest.approx(120),
        None,
    )
    assert (new["asked_before"], new["asked_after"], new["only_in"]) == (None, 5, "after")
    assert found.differing("needs").height == 2
    given = {row["giver"]: row["quantity_change"] for row in found.given.to_dicts()}
    assert given["DE"] == pytest.approx(10)
    assert sum(given.values()) == pytest.approx(5)
    assert found.spend["amount_eur_change"].sum() == pytest.approx(
        found.totals.filter(figure="spent_eur")["change"].item()
    )
    assert "N2 (only after)" in set_page(compare_page(found), 120)


def test_a_plan_beside_itself(plan: Plan) -> None:
    """Nothing differs, and the page says so."""
    found = desk.compare(plan, plan)
    assert all(found.differing(name).is_empty() for name in ("needs", "given", "orders", "spend", "shares"))
    assert "Every need is met as before." in set_page(compare_page(found))
