"""A solver that is known to be wrong is caught: HiGHS 1.14.0, which calls MIP answers best that are not; for the night.

It needs an environment of its own (`make nightly` makes it).
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from tests.laws.lots import best_of_all, lot_facts
from tests.laws.test_brute_force import differences, planned

from scorta.errors import SolverError
from scorta.solve import SolverProcess

pytestmark = pytest.mark.wide

PYTHON = Path(os.environ.get("SCORTA_WRONG", Path(__file__).parents[2] / ".venv-wrong" / "bin" / "python"))
"""The Python of the environment that holds the wrong solver."""

CASES = 500
"""How many tiny cases are tried until the first is caught."""


def is_caught(seed: int, solver: SolverProcess) -> bool:
    """Tell whether the answer to a case is refused at the door, or is not the best of all plans."""
    facts = lot_facts(Random(seed))
    try:
        found = planned(facts, solver, seed)
    except SolverError:
        return True
    return bool(differences(found, best_of_all(facts)))


def test_a_wrong_solver_is_caught() -> None:
    """What passes with the pinned solver on the same cases does not pass with the wrong one."""
    with SolverProcess((str(PYTHON), "-m", "scorta.solve.child")) as solver:
        assert any(is_caught(seed, solver) for seed in range(CASES))
