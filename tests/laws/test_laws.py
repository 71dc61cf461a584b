"""Every law, on some cases by chance: the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.laws.following import FOLLOWING
from tests.laws.laws import LAWS, Law

from scorta.desk import SolverProcess

CHANCE = st.randoms(use_true_random=False)
"""A source of chance that hypothesis steers and makes simpler where a law fails."""


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all laws."""
    with SolverProcess() as process:
        yield process


@pytest.mark.parametrize("law", [*LAWS, *FOLLOWING], ids=lambda law: law.__name__)
@settings(
    max_examples=50,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rng=CHANCE)
def test_law(law: Law, rng: Random, solver: SolverProcess) -> None:
    """The law holds, whatever the case."""
    law(rng, solver)
