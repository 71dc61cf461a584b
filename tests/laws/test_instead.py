"""Why one need gets what another lacks, in cases by chance: no trade is better than the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from random import Random

import pytest
from tests.laws.chance import Facts, build, chance_facts, sharing_facts

from scorta import desk
from scorta.desk import SolverProcess
from scorta.why import WhyInstead


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all cases."""
    with SolverProcess() as process:
        yield process


def asked(facts: Facts, solver: SolverProcess) -> Iterator[tuple[dict[str, int], WhyInstead]]:
    """Yield, for every two needs of a case, the priorities of all and why one gets what the other lacks."""
    case = build(facts)
    plan = desk.make_plan(case, certify=False, solver=solver)
    priorities = dict(plan["fulfilment"].select("need", "priority").iter_rows())
    for need, other in permutations(priorities, 2):
        yield priorities, desk.why_instead(case, plan, need, other, solver)


@pytest.mark.parametrize("cases", [range(20), pytest.param(range(20, 150), marks=pytest.mark.wide)])
@pytest.mark.parametrize("facts", [chance_facts, sharing_facts])
def test_a_rule_of_needs_decides_every_trade(
    facts: Callable[[Random], Facts], cases: range, solver: SolverProcess
) -> None:
    """Without whole numbers and a plan to follow, who is served first is the more urgent, or loses no less."""
    reasons = set()
    for seed in cases:
        for priorities, why in asked(facts(Random(seed)), solver):
            reasons.add(why.reason)
            assert why.reason != "other rules", (seed, why)
            if why.reason == "more urgent":
                assert priorities[why.other] < priorities[why.need]
            if why.gains is not None and why.loses is not None:
                assert why.gains.unmet < 0 or why.gains.late < 0 or why.gains.unit_days < 0, (seed, why)
    assert {"lacks nothing", "gets nothing", "more urgent"} <= reasons
