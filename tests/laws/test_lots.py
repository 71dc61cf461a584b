"""Tiny cases with whole numbers: no plan of whole units is better than the engine's, and the checker accepts each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from tests.laws.chance import ANYTHING, Facts, Wishes, build, chance_facts, ordering_facts, with_wholes
from tests.laws.laws import assert_no_worse, assert_same, tiers
from tests.laws.lots import best_of_all, lot_facts
from tests.laws.test_brute_force import differences, planned

from scorta.desk import make_plan
from scorta.network import Network
from scorta.problem.switches import Most
from scorta.solve import SolverProcess

CASES, MANY = 60, 2000
"""How many cases are tried by day, and by night."""

UNLIMITED = Wishes(limits=False, dated=False)


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all cases."""
    with SolverProcess() as process:
        yield process


def differing(seeds: range, solver: SolverProcess) -> dict[int, dict[str, tuple[float, float]]]:
    """Return the cases in which a tier is not that of the best of all plans; every tenth goes through the checker."""
    found = {}
    for seed in seeds:
        facts = lot_facts(Random(seed))
        found[seed] = differences(planned(facts, solver, seed), best_of_all(facts))
    return {seed: wrong for seed, wrong in found.items() if wrong}


@pytest.mark.parametrize("first", range(0, CASES, 20))
def test_no_plan_with_whole_numbers_is_better(first: int, solver: SolverProcess) -> None:
    """Lots, set-ups, rates, fixed costs, shipments, whole starts, orders: every plan is tried, and none is better."""
    assert differing(range(first, first + 20), solver) == {}


@pytest.mark.wide
@pytest.mark.parametrize("first", range(0, MANY, 100))
def test_no_plan_with_whole_numbers_is_better_in_many_cases(first: int, solver: SolverProcess) -> None:
    """The same, on 2,000 cases."""
    assert differing(range(first, first + 100), solver) == {}


def any_facts(seed: int, wishes: Wishes = ANYTHING) -> Facts:
    """Return a case by chance, with whole numbers."""
    rng = Random(seed)
    return with_wholes(rng, chance_facts(rng, wishes))


def order_facts(seed: int) -> Facts:
    """Return a case in which things are ordered, with whole numbers."""
    rng = Random(seed)
    return with_wholes(rng, ordering_facts(rng))


def drop_and_compare(cases: Iterable[Facts], solver: SolverProcess) -> None:
    """Plan cases with whole numbers and without, both checked: without is never worse."""
    for facts in cases:
        case = build(facts)
        plans = [make_plan(case, relax=relax, solver=solver, certify=False) for relax in (False, True)]
        whole, relaxed = ({tier.name: tier.value for tier in plan.record.tiers} for plan in plans)
        assert_no_worse(relaxed, whole)


def loosen_and_compare(cases: Iterable[Facts], solver: SolverProcess) -> None:
    """Plan cases with the bounds that the facts allow, and with ones that are far too large: nothing is cut off.

    Nothing is gained here by driving goods round in a bucket, so as to keep them off the books at its end: that is the
    one thing that the bounds are to cut off.
    """
    for facts in cases:
        for item in facts["items"]:
            item.pop("holding_eur_per_month", None)
        with patch("scorta.problem.build.most_of", _far_too_much):
            loose = tiers(facts, solver)
        assert_same(tiers(facts, solver), loose)


def _far_too_much(network: Network) -> Most:
    """Return bounds that bind nothing in a case by chance, and are not so large that nothing counts beside them."""
    return Most(
        np.full((len(network.names.items), len(network.horizon)), 500.0), np.full(network.production.span.size, 500.0)
    )


def test_without_whole_numbers_no_plan_is_worse(solver: SolverProcess) -> None:
    """On 25 cases of everything, and 10 of orders; each plan is checked, with whole numbers and without."""
    drop_and_compare(map(any_facts, range(25)), solver)
    drop_and_compare(map(order_facts, range(10)), solver)


def test_the_bounds_of_switches_cut_nothing_off(solver: SolverProcess) -> None:
    """On 25 cases of everything, and 10 of orders."""
    loosen_and_compare((any_facts(seed, UNLIMITED) for seed in range(100, 125)), solver)
    loosen_and_compare(map(order_facts, range(10)), solver)


def test_what_keeps_a_line_at_its_least_rate_is_not_cut_off(solver: SolverProcess) -> None:
    """A line runs at its least rate or not at all: more may have to be started than anybody asks for."""
    loosen_and_compare([any_facts(1286, UNLIMITED)], solver)


@pytest.mark.wide
@pytest.mark.parametrize("first", range(1000, 1500, 50))
def test_many_cases_with_and_without_whole_numbers(first: int, solver: SolverProcess) -> None:
    """The same two laws, on 500 cases of everything and 500 of orders."""
    seeds = range(first, first + 50)
    drop_and_compare([facts(seed) for facts in (any_facts, order_facts) for seed in seeds], solver)
    loosen_and_compare([any_facts(seed, UNLIMITED) for seed in seeds] + [order_facts(seed) for seed in seeds], solver)
