"""The solver's process: reads jobs as lines, solves each, writes arrays beside them and lines back."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from scorta.solve.engine import Engine, EngineError, OutOfTime, version
from scorta.solve.exchange import read_problem, write_change
from scorta.solve.steps import Solved, run_tiers

BOUNDS = ("lower", "upper", "row_lower", "row_upper")
"""The arrays that holding a tier changes."""

Say = Callable[[dict[str, Any]], None]
"""Sends a line to the other side."""


def main() -> None:
    """Solve one job after the other until the other side closes the pipe."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not stand between the answers

    def say(line: dict[str, Any]) -> None:
        answers.write(json.dumps(line) + "\n")
        answers.flush()

    for line in sys.stdin:
        job = json.loads(line)
        _limit_memory(int(job["memory"]))
        try:
            say(_solve(Path(job["folder"]), job, say))
        except (EngineError, MemoryError) as error:
            say({"event": "failed", "words": str(error) or "ran out of memory"})
        except OutOfTime:
            say({"event": "out of time"})


def _solve(folder: Path, job: dict[str, Any], say: Say) -> dict[str, Any]:
    """Load and solve one problem; return the closing line."""
    problem = read_problem(folder)
    engine = Engine(problem)
    began = time.monotonic()
    engine.load(int(job["seed"]))
    say({"event": "loaded", "seconds": time.monotonic() - began})
    count = 0
    before = {name: getattr(engine, name).copy() for name in BOUNDS} if job["certify"] else {}

    def told(solved: Solved) -> None:
        nonlocal count
        if job["certify"]:
            _write_certificate(folder, count, engine, before)
        line = {"event": "tier", "number": count, "name": solved.tier.name, "best": solved.best}
        say(line | {"seconds": solved.seconds, "iterations": solved.iterations})
        count += 1

    values, unsolved = run_tiers(engine, float(job["seconds"]), told)
    np.save(folder / "answer.npy", values)
    return {"event": "done", "unsolved": unsolved, "solver": version()}


def _write_certificate(folder: Path, number: int, engine: Engine, before: dict[str, Any]) -> None:
    """Write what proves the bound of a tier: the prices, and the bounds as far as they differ from the problem's."""
    np.save(folder / f"proof-{number}-duals.npy", engine.duals)
    for name in BOUNDS:
        write_change(folder, f"proof-{number}-{name}", before[name], getattr(engine, name))


def _limit_memory(limit: int) -> None:
    """Let this process hold no more data than that."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))


if __name__ == "__main__":
    main()
