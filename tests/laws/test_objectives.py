"""Why a stock is below its objective, in cases by chance: what is told is so when the whole case is planned again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest
from tests.laws.chance import Facts, build, chance_facts, ordering_facts, sharing_facts
from tests.laws.loosening import without

from scorta import desk
from scorta.case import Case
from scorta.desk import SolverProcess
from scorta.plan import Plan
from scorta.why import Cause, WhyBelow

NEAR = 1e-2
"""How near two plans come: others keep what they have to a millionth, and a unit may be worth many unit-days."""

CHECKED = 0.2
"""Share of the causes, at least, of which nothing that comes first takes what they would bring."""


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all cases."""
    with SolverProcess() as process:
        yield process


def planned(facts: Facts, solver: SolverProcess) -> tuple[Case, Plan]:
    """Return the case of these facts, and its plan without whole numbers."""
    case = build(facts)
    return case, desk.make_plan(case, certify=False, relax=True, solver=solver)


def below(facts: Facts, solver: SolverProcess) -> Iterator[tuple[Case, Plan, WhyBelow, float]]:
    """Yield why each stock is below its objective, with the priority of that, where it is below."""
    case, plan = planned(facts, solver)
    for row in case["objectives"].filter(case["objectives"]["objective"] > 0).iter_rows(named=True):
        why = desk.why_below(case, plan, row["party"] or row["place"], row["item"], solver)
        if why.since is not None:
            yield case, plan, why, row["priority"]


def unordered(rng: Random) -> Facts:
    """Return the facts of a case in which a nation orders, without least orders and maxima.

    Where a maximum binds, a need that goes without leaves goods that have nowhere to go. Nor do contracts have dates:
    those of one would let what comes under another leave on some days of a bucket alone.
    """
    facts = ordering_facts(rng)
    for row in facts["objectives"]:
        row.pop("maximum", None)
    for row in facts["contracts"]:
        for field in ("minimum_order", "from_date", "until_date"):
            row.pop(field, None)
    return facts


@pytest.mark.parametrize("cases", [range(20), pytest.param(range(20, 150), marks=pytest.mark.wide)])
@pytest.mark.parametrize("facts", [chance_facts, sharing_facts, unordered])
def test_while_nothing_gives_way_a_stock_is_as_in_the_plan(
    facts: Callable[[Random], Facts], cases: range, solver: SolverProcess
) -> None:
    """The problem of an objective alone is faithful: it gives what the whole plan gives, whatever the case.

    All objectives weigh as in the plan: what is below in the plan, and by how much, follows from its tier.
    """
    for seed in cases:
        found = list(below(facts(Random(seed)), solver))
        if not found:
            continue
        (_, plan, *_), *_ = found
        (tier,) = (tier for tier in plan.record.tiers if tier.name == "objectives")
        told = sum(why.met.unit_days / priority for _, _, why, priority in found)
        assert told == pytest.approx(tier.value, rel=NEAR, abs=NEAR), seed


def first(plan: Plan, less: str | None = None) -> dict[str, float]:
    """Return what a plan makes small before objectives, without what one need has of it."""
    values: dict[str, float] = {}
    for tier in plan.record.tiers:
        if tier.name == "objectives":
            break
        values[tier.name] = tier.value
    for row in plan["fulfilment"].filter(need=less).iter_rows(named=True) if less else ():
        values[f"needs {row['priority']} unmet"] -= row["unmet"]
        values[f"needs {row['priority']} late"] -= row["unit_days_late"]
    return values


def comes_first(before: dict[str, float], after: dict[str, float]) -> bool:
    """Tell whether anything that comes before objectives is otherwise."""
    names = {*before, *after}
    return any(before.get(name, 0.0) != pytest.approx(after.get(name, 0.0), rel=1e-4, abs=1e-4) for name in names)


def check_cause(facts: Facts, plan: Plan, why: WhyBelow, cause: Cause, priority: float, solver: SolverProcess) -> bool:
    """Plan the case again without a cause: all objectives together are better by what it says, if nothing else is."""
    (hindrance,) = cause.hindrances
    owner = {row["place"]: row["party"] for row in facts["places"]}.get(why.owner, why.owner)
    changed = without(facts, hindrance.kind, hindrance.rows, hindrance.facts, owner)
    if changed is None:
        return False
    _, again = planned(changed, solver)
    need = hindrance.facts.get("need")
    if comes_first(first(plan, need), first(again, need)):
        return False
    left, now = (next(tier.value for tier in one.record.tiers if tier.name == "objectives") for one in (plan, again))
    assert now <= left - cause.unit_days / priority + NEAR + 1e-4 * left, (why.owner, hindrance)
    return True


@pytest.mark.parametrize("cases", [range(40), pytest.param(range(40, 150), marks=pytest.mark.wide)])
@pytest.mark.parametrize("facts", [chance_facts, unordered])
def test_without_a_cause_the_whole_plan_is_better_by_what_is_told(
    facts: Callable[[Random], Facts], cases: range, solver: SolverProcess
) -> None:
    """Each cause is taken from the case, and the case planned again: then objectives are that much better."""
    checked = []
    for seed in cases:
        made = facts(Random(seed))
        for _, plan, why, priority in below(made, solver):
            alone = [cause for cause in why.causes if len(cause.hindrances) == 1]
            checked += [check_cause(made, plan, why, cause, priority, solver) for cause in alone]
    assert sum(checked) >= CHECKED * len(checked), checked
