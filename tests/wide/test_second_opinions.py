"""Two other solvers, each in a process of its own, agree on 200 problems by chance: for the night.

They need an environment of their own (`make nightly` makes it): OR-tools and HiGHS cannot live in one process.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from random import Random

import pytest
from tests.laws.chance import Wishes, build, chance_facts, with_wholes
from tests.laws.lots import lot_facts

from scorta.network import build_network
from scorta.problem import Problem, build_problem
from scorta.solve import SolverProcess
from scorta.solve.exchange import write_problem

pytestmark = pytest.mark.wide

PYTHON = Path(os.environ.get("SCORTA_OPINIONS", Path(__file__).parents[2] / ".venv-opinions" / "bin" / "python"))
"""The Python of the environment that holds the other solvers."""

EACH = 100
"""Problems of each kind: everything by chance, and tiny cases with lots."""


def problem_of(seed: int) -> Problem:
    """Return a problem by chance, with whole numbers.

    Cases of everything count cost alone: with tiers kept by rows, a billionth of room in one tier may be worth a whole
    fixed cost in a later one. Tiny cases of lots are of whole units, so that no room is worth anything in them.
    """
    rng = Random(seed)
    if seed >= EACH:
        return build_problem(build_network(build(lot_facts(rng))))
    facts = with_wholes(rng, chance_facts(rng, Wishes(floors="nobody", limits=False, gifts=("pledged", "free"))))
    for need in facts["needs"]:
        need["unmet_cost_eur"] = rng.choice([20, 50])
    return build_problem(build_network(build(facts | {"tiers": ("cost",)})))


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, float]]]:
    """Write all problems into folders, and solve them here."""
    folder, found = tmp_path_factory.mktemp("problems"), []
    with SolverProcess() as solver:
        for seed in range(2 * EACH):
            problem = problem_of(seed)
            place = folder / f"{seed:03}"
            place.mkdir()
            write_problem(place, problem)
            found.append({tier.name: tier.value for tier in solver.solve(problem).tiers})
    return folder, found


@pytest.mark.skipif(
    not PYTHON.exists(), reason="the environment of the other solvers is missing: make nightly makes it"
)
@pytest.mark.parametrize("way", ["scip", "ortools"])
def test_another_solver_agrees(way: str, problems: tuple[Path, list[dict[str, float]]]) -> None:
    """Every tier that can be compared has the same value, within a millionth."""
    folder, found = problems
    command = [PYTHON, Path(__file__).with_name("opinion.py"), way, folder]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    opinions = [json.loads(line) for line in lines if line.startswith("{")]
    assert len(opinions) == len(found)
    wrong = {
        (seed, name): (value, ours[name])
        for seed, (theirs, ours) in enumerate(zip(opinions, found, strict=True))
        for name, value in theirs.items()
        if (seed >= EACH or name == "cost") and not abs(value - ours[name]) <= 1e-6 * max(1.0, abs(ours[name]))
    }
    assert wrong == {}
