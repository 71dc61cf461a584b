"""What happens inside the solver's process: an error of ours, a lack of memory or time, nobody who listens."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from tests.rooms.solve.small import problem_of, script, small

from scorta.errors import SolverError
from scorta.problem import Problem
from scorta.solve import Limits, SolverProcess
from scorta.solve.exchange import write_problem
from scorta.solve.process import COMMAND

BREAKS = """
import scorta.solve.child as child

def broken(folder):
    raise {error}

child.read_problem = broken
child.main()
"""
"""A solver's process in which reading the problem raises an error."""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("IndexError('7 of 3')", "IndexError: 7 of 3"),
        ("AssertionError", r"AssertionError\. "),
    ],
)
def test_an_error_of_the_program(tmp_path: Path, capfd: pytest.CaptureFixture[str], error: str, words: str) -> None:
    """An error inside the process is told with its kind and words, not as a lack of memory, and without a traceback."""
    with SolverProcess(script(tmp_path, BREAKS.format(error=error))) as solver:
        with pytest.raises(SolverError, match=f"The solver's process broke: {words}") as raised:
            solver.solve(small())
        assert raised.value.exit_code == 4
        assert "memory" not in str(raised.value)
        assert "please report it" in raised.value.next_step
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("error", ["MemoryError", "MemoryError('std::bad_alloc')", "RuntimeError('std::bad_alloc')"])
def test_a_lack_of_memory_is_told_as_such(tmp_path: Path, error: str) -> None:
    """However the lack of memory comes out of the solver, the sentence is the same, with what to do."""
    command = script(tmp_path, BREAKS.format(error=error))
    with SolverProcess(command) as solver, pytest.raises(SolverError) as raised:
        solver.solve(small())
    assert str(raised.value) == "The solver ran out of memory. Allow it more. The earlier plan stands."
    assert raised.value.exit_code == 3


def test_a_full_disk_is_no_error_of_the_program(tmp_path: Path) -> None:
    """Where the solver cannot write, that is said; nobody is asked to report it."""
    command = script(tmp_path, BREAKS.format(error="OSError(28, 'No space left on device')"))
    with SolverProcess(command) as solver, pytest.raises(SolverError, match=r"gave up: .*No space left") as raised:
        solver.solve(small())
    assert raised.value.exit_code == 3


def test_a_solver_to_whom_nobody_listens_ends_quietly(tmp_path: Path) -> None:
    """A process whose other side is gone says nothing on the terminal."""
    write_problem(tmp_path, small())
    job = {"folder": str(tmp_path), "seconds": 9, "memory": 2**32, "seed": 0, "certify": False}
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        process.stdout.close()
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.close()
        assert process.stderr.read() == ""


def large(seed: int = 0, rows: int = 700, columns: int = 900) -> Problem:
    """Make a problem that takes some seconds: dense, with three tiers."""
    chance = np.random.default_rng(seed)
    matrix = chance.random((rows, columns))
    costs = {name: chance.random(columns) for name in ("first", "second", "third")}
    return problem_of(matrix, matrix @ chance.random(columns), np.inf, 10, costs)


def test_the_time_limit_is_kept() -> None:
    """A large problem within a tenth of a second: tiers are left out, or no plan came; either is said, and soon."""
    began = time.monotonic()
    with SolverProcess() as solver:
        try:
            answer = solver.solve(large(), Limits(seconds=0.1))
        except SolverError as error:
            words = str(error)
        else:
            words = "time limit" if answer.unsolved else "solved"
    assert "time limit" in words
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("memory", [0, 107_374, 2**20, 10**7])
def test_too_little_memory_is_said(memory: int) -> None:
    """With a few megabytes the solver runs out of memory, and says so; with enough it answers."""
    with SolverProcess() as solver:
        with pytest.raises(SolverError, match=r"ran out of memory|for lack of memory"):
            solver.solve(large(rows=200, columns=200), Limits(memory=memory))
        assert len(solver.solve(large(rows=20, columns=20)).tiers) == 3
