"""The door of the solver: whatever stands behind it dies, hangs or lies, and no plan comes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from scorta.errors import SolverError
from scorta.problem import Problem, Tier
from scorta.solve import Limits, SolverProcess

INFINITE = np.inf


def make_problem(upper: float = 10.0, least: float = 3.0, value: float = 1.0) -> Problem:
    """Two columns x and y up to `upper`, x + y at least `least`; y is to be small first, then x."""
    return Problem(
        columns={},
        rules={},
        lower=np.zeros(2),
        upper=np.array([2.0, upper]),
        row_lower=np.array([least]),
        row_upper=np.array([INFINITE]),
        starts=np.array([0, 1, 2]),
        rows=np.array([0, 0], dtype=np.int32),
        values=np.array([1.0, value]),
        tiers=(Tier("first", np.array([1]), np.array([1.0])), Tier("second", np.array([0]), np.array([1.0]))),
    )


def script(tmp_path: Path, body: str) -> tuple[str, ...]:
    """Return the command of a solver that does something else than solve."""
    path = tmp_path / "solver.py"
    path.write_text("import json, sys, time\nimport numpy as np\n" + body, encoding="utf-8")
    return sys.executable, str(path)


LIE = """
for line in sys.stdin:
    folder = json.loads(line)["folder"]
    for number, name in enumerate(["first", "second"]):
        tier = {{"event": "tier", "number": number, "name": name, "best": {best}, "seconds": 0, "iterations": 0}}
        print(json.dumps(tier), flush=True)
    np.save(folder + "/answer.npy", np.array({answer}))
    print(json.dumps({{"event": "done", "unsolved": [], "solver": "liar"}}), flush=True)
"""


def test_tiers_are_solved_in_order() -> None:
    """The first tier keeps y at 1, its least; the second cannot spoil that and leaves x at 2."""
    with SolverProcess() as solver:
        answer = solver.solve(make_problem())
    assert answer.values == pytest.approx([2.0, 1.0])
    assert [(tier.name, tier.value) for tier in answer.tiers] == [("first", 1.0), ("second", 2.0)]
    assert answer.unsolved == ()


def test_one_process_solves_many_problems() -> None:
    """A process stays for the next problem, also after one that has no answer."""
    with SolverProcess() as solver:
        for least in range(1, 20):
            expected = max(least - 2.0, 0.0)
            assert solver.solve(make_problem(upper=50.0, least=least)).values[1] == pytest.approx(expected)
        with pytest.raises(SolverError, match="Infeasible"):
            solver.solve(make_problem(least=1000.0))
        assert solver.solve(make_problem()).values[1] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("sys.exit(3)", "died"),
        ("sys.stdin.readline(); sys.exit(137)", "died"),
        ("sys.stdin.readline(); print('Optimal!', flush=True); time.sleep(60)", "no answer"),
        ("sys.stdin.readline(); time.sleep(60)", "hangs"),
        (LIE.format(best=1.0, answer="[0.0, 0.0]"), "wrongly"),
        (LIE.format(best=1.0, answer="[2.0, float('nan')]"), "no plan"),
        (LIE.format(best=0.5, answer="[2.0, 1.0]"), "wrongly"),
        (LIE.format(best=1.0, answer="[2.0]"), "no plan"),
    ],
)
def test_a_solver_that_does_not_answer_is_not_believed(tmp_path: Path, body: str, words: str) -> None:
    """It dies, rambles, hangs or lies: one sentence says so, and its process is gone."""
    solver = SolverProcess(script(tmp_path, body), grace=1.0)
    with pytest.raises(SolverError, match=words):
        solver.solve(make_problem(), Limits(seconds=1.0))
    assert solver._process is None


@pytest.mark.parametrize("value", [float("nan"), INFINITE, 1e16])
def test_numbers_that_are_none_do_not_reach_the_solver(value: float) -> None:
    """A coefficient that is not finite or too large stops before the solver; 1e14 does not."""
    with SolverProcess() as solver:
        with pytest.raises(SolverError, match="coefficient"):
            solver.solve(make_problem(value=value))
        assert solver.solve(make_problem(value=1e3)).values[1] == pytest.approx(1e-3)


def test_crossed_bounds_and_double_entries_do_not_reach_the_solver() -> None:
    """Bounds that cross and an entry that stands twice are told."""
    with SolverProcess() as solver, pytest.raises(SolverError, match="cross"):
        solver.solve(make_problem(upper=-1.0))
    twice = make_problem()
    problem = Problem(
        columns={},
        rules={},
        lower=twice.lower,
        upper=twice.upper,
        row_lower=twice.row_lower,
        row_upper=twice.row_upper,
        starts=np.array([0, 2, 2]),
        rows=twice.rows,
        values=twice.values,
        tiers=twice.tiers,
    )
    with SolverProcess() as solver, pytest.raises(SolverError, match="twice"):
        solver.solve(problem)


def test_too_little_memory_is_said() -> None:
    """A solver that may hold next to nothing dies or gives up, and says so."""
    with SolverProcess() as solver, pytest.raises(SolverError):
        solver.solve(make_problem(), Limits(memory=2**20))
