"""A thousand tiny cases: the engine's tiers are those of a second planner, and of every plan tried one by one."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from tests.laws.chance import Facts, Wishes, build, chance_facts, ordering_facts, sharing_facts
from tests.laws.enumeration import best_of_all, whole_facts
from tests.laws.reference import ALL_TIERS, best_tiers

from scorta.desk import make_plan
from scorta.network import build_network
from scorta.problem import build_problem
from scorta.solve import SolverProcess

CLOSE = 1e-6
"""How far a tier may be from the reference, relative to it."""

CHECKED = 10
"""Every so many cases the whole way is walked, with the checker at its end."""

Tiers = dict[str, float]


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all cases."""
    with SolverProcess() as process:
        yield process


def planned(facts: Facts, solver: SolverProcess, seed: int) -> Tiers:
    """Return the tiers of the engine's plan; every tenth plan goes through the checker."""
    case = build(facts)
    if seed % CHECKED == 0:
        return {tier.name: tier.value for tier in make_plan(case, certify=False, solver=solver).record.tiers}
    return {tier.name: tier.value for tier in solver.solve(build_problem(build_network(case))).tiers}


def differences(found: Tiers, right: Tiers) -> dict[str, tuple[float, float]]:
    """Return the tiers that differ, each with the engine's value and the right one."""
    return {
        name: (found.get(name, float("nan")), value)
        for name, value in right.items()
        if not abs(found.get(name, float("nan")) - value) <= CLOSE * max(1.0, abs(value))
    }


def with_tiers(rng: Random, facts: Facts) -> Facts:
    """Give some cases fewer tiers, or the tiers in another order."""
    if rng.random() < 0.3:
        names = rng.sample(ALL_TIERS, rng.randint(1, len(ALL_TIERS)))
        return facts | {"tiers": tuple(names)}
    return facts


def own_facts(rng: Random) -> Facts:
    """Return a case of one party and one item, whose floors may give way to its needs."""
    wishes = Wishes(floors="anybody", limits=False, making=False, instead=False, keys=False)
    facts = chance_facts(rng, wishes)
    for name in ("places", "needs", "objectives", "pledges", "legs", "stocks", "receipts"):
        rows = facts.get(name, [])
        for row in rows:
            row |= {"item": "I0"} if "item" in row else {}
            row |= {"party": "P0"} if "party" in row and name != "needs" else {}
            row |= {"donor": "P0", "recipient": "P0"} if name == "pledges" else {}
    for need in facts["needs"]:
        need.pop("party", None)
    owned = {(row.get("party"), row.get("place")): row for row in facts["objectives"]}
    return facts | {"items": facts["items"][:1], "objectives": list(owned.values())}


@pytest.mark.parametrize("hundred", range(6))
def test_any_case_is_planned_as_well_as_by_the_reference(hundred: int, solver: SolverProcess) -> None:
    """600 cases of everything: limits, floors, needs, asks, objectives, cost and earliest agree, in any order."""
    for seed in range(100 * hundred, 100 * hundred + 100):
        rng = Random(seed)
        facts = with_tiers(rng, chance_facts(rng))
        right, found = best_tiers(facts), planned(facts, solver, seed)
        assert (seed, set(found)) == (seed, set(right))
        assert (seed, differences(found, right)) == (seed, {})


@pytest.mark.parametrize("hundred", range(4))
def test_contracts_and_budgets_are_planned_as_well_as_by_the_reference(hundred: int, solver: SolverProcess) -> None:
    """400 cases in which industry sells under contracts and parties pay within budgets, some over New Year."""
    for seed in range(100 * hundred, 100 * hundred + 100):
        rng = Random(seed)
        facts = with_tiers(rng, chance_facts(rng, Wishes(contracts=True)))
        right, found = best_tiers(facts), planned(facts, solver, seed)
        assert (seed, set(found)) == (seed, set(right))
        assert (seed, differences(found, right)) == (seed, {})


@pytest.mark.parametrize("fifty", range(2))
def test_minimum_orders_are_planned_as_well_as_by_the_reference(fifty: int, solver: SolverProcess) -> None:
    """100 cases in which nothing or a minimum is called off from contracts, beyond what is firm."""
    for seed in range(50 * fifty, 50 * fifty + 50):
        rng = Random(seed)
        facts = with_tiers(rng, ordering_facts(rng))
        right, found = best_tiers(facts), planned(facts, solver, seed)
        assert (seed, set(found)) == (seed, set(right))
        assert (seed, differences(found, right)) == (seed, {})


def test_shares_are_those_of_the_reference(solver: SolverProcess) -> None:
    """200 cases in which parties share what they give by keys and under caps: every tier is that of the reference."""
    for seed in range(200):
        rng = Random(seed)
        facts = with_tiers(rng, sharing_facts(rng))
        assert (seed, differences(planned(facts, solver, seed), best_tiers(facts))) == (seed, {})


@pytest.mark.parametrize("hundred", range(2))
def test_floors_give_way_to_own_needs_as_in_the_reference(hundred: int, solver: SolverProcess) -> None:
    """200 cases of one party: where its needs are short, its floors come after them, as much as serves them."""
    for seed in range(100 * hundred, 100 * hundred + 100):
        facts = own_facts(Random(seed))
        found = planned(facts, solver, seed)
        assert (seed, differences(found, best_tiers(facts, own=True))) == (seed, {})


@pytest.mark.parametrize("hundred", range(2))
def test_no_plan_of_whole_units_is_better(hundred: int, solver: SolverProcess) -> None:
    """200 cases in which every plan of whole units is tried: neither the engine's nor the reference's is beaten."""
    for seed in range(100 * hundred, 100 * hundred + 100):
        facts = whole_facts(Random(seed))
        right = best_of_all(facts)
        assert (seed, differences(planned(facts, solver, seed), right)) == (seed, {})
        assert (seed, differences(best_tiers(facts), right)) == (seed, {})
