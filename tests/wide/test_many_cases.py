"""The laws and the reference again, on many more cases: for the night."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.laws.chance import Wishes, build, chance_facts
from tests.laws.following import FOLLOWING
from tests.laws.laws import LAWS, Law, assert_same, tiers
from tests.laws.reference import best_tiers

from scorta.desk import SolverProcess, make_plan

pytestmark = pytest.mark.wide

MANY = settings(
    max_examples=250,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CHANCE = st.randoms(use_true_random=False)


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all cases."""
    with SolverProcess() as process:
        yield process


@pytest.mark.parametrize("law", [*LAWS, *FOLLOWING], ids=lambda law: law.__name__)
@MANY
@given(rng=CHANCE)
def test_law_on_many_cases(law: Law, rng: Random, solver: SolverProcess) -> None:
    """The law holds, whatever the case."""
    law(rng, solver)


@MANY
@given(rng=CHANCE)
def test_many_cases_are_planned_as_well_as_by_the_reference(rng: Random, solver: SolverProcess) -> None:
    """The engine's tiers are those of the second planner."""
    facts = chance_facts(rng)
    assert_same(tiers(facts, solver), best_tiers(facts))


@MANY
@given(rng=CHANCE)
def test_many_plans_are_checked_and_proved(rng: Random, solver: SolverProcess) -> None:
    """Cases of everything are planned, checked, and proved to be best within a millionth."""
    plan = make_plan(build(chance_facts(rng, Wishes(floors="anybody"))), solver=solver)
    assert plan.record.certified_gap is not None
    assert plan.record.certified_gap <= 1e-6
