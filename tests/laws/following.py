"""What is true of every plan that follows a previous one."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from tests.laws.chance import build, copied
from tests.laws.laws import Law, anything, assert_same, planned

from scorta.desk import make_plan
from scorta.plan import Plan
from scorta.solve import SolverProcess

NEAR = 1e-4
"""Units by which changes may be apart and count as the same: many small flows are added up."""


def a_plan_that_follows_itself_changes_nothing(rng: Random, solver: SolverProcess) -> None:
    """Planned again with its own first bucket frozen, a plan stands, as good as it was."""
    facts = anything(rng)
    case, before = build(facts), planned(facts, solver)
    after = make_plan(case, previous=before, freeze=int(case.horizon.days[0]), certify=False, solver=solver)
    values = _values(after)
    assert (values.pop("frozen"), values.pop("change", 0.0)) == pytest.approx((0.0, 0.0), abs=NEAR)
    assert_same(values, _values(before))


def following_spoils_nothing_and_changes_least(rng: Random, solver: SolverProcess) -> None:
    """Every tier is as good as without a previous plan; and the plan made without one is no nearer to it."""
    facts = anything(rng)
    before, now = planned(facts, solver), copied(facts)
    for row in rng.sample(now["stocks"], len(now["stocks"]) // 2):
        row["quantity"] = rng.choice([0.0, 1.0, 6.0])
    free = planned(now, solver)
    after = make_plan(build(now), previous=before, certify=False, solver=solver)
    values = _values(after)
    change = values.pop("change", None)
    assert_same(values, _values(free))
    if change is not None:
        assert change == pytest.approx(_change(before, after), abs=NEAR)
        assert change <= _change(before, free) + NEAR


def _values(plan: Plan) -> dict[str, float]:
    """Return the value of each tier."""
    return {tier.name: tier.value for tier in plan.record.tiers}


def _change(before: Plan, after: Plan) -> float:
    """Add up by how much two plans over the same buckets differ, decision by decision."""
    differ: Counter[tuple[str, ...]] = Counter()
    for sign, plan in ((-1, before), (1, after)):
        for table, (quantity, *names) in _DECISIONS.items():
            for row in plan[table].to_dicts():
                if table != "handovers" or row["agreement"] is not None:
                    differ[(table, *(str(row[name]) for name in (*names, "bucket")))] += sign * row[quantity]
    return sum(map(abs, differ.values()))


_DECISIONS = {
    "shipments": ("quantity", "leg", "item", "condition"),
    "issues": ("quantity", "need", "item"),
    "production": ("started", "process"),
    "kits": ("quantity", "place", "item"),
    "handovers": ("quantity", "basis", "agreement"),
    "expansions": ("count", "expansion"),
}
"""What is decided, by table: how much, and what names it."""

FOLLOWING: tuple[Law, ...] = (
    a_plan_that_follows_itself_changes_nothing,
    following_spoils_nothing_and_changes_least,
)
"""The laws of plans that follow a previous one."""
