"""The solver's process: reads jobs as lines, solves each, writes arrays beside them and lines back."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scorta.problem import TierSum
from scorta.solve.engine import Engine, EngineError, OutOfTime, version
from scorta.solve.exchange import costs_of, read_basis, read_opening, read_problem, write_basis, write_proof
from scorta.solve.tiers import Outcome, Solved, evaluate, run_again, run_tiers

BOUNDS = ("lower", "upper", "row_lower", "row_upper")
"""The arrays that holding a tier changes."""

NO_MEMORY = ("bad_alloc", "Resource temporarily unavailable")
"""What a library says where there is no memory for its data, or for a thread of its own."""

Say = Callable[[dict[str, Any]], None]
"""Sends a line to the other side."""


def main() -> None:
    """Solve one job after the other until the other side closes the pipe."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not stand between the answers

    def say(line: dict[str, Any]) -> None:
        answers.write(json.dumps(line) + "\n")
        answers.flush()

    kept = Kept()
    try:
        for line in sys.stdin:
            say(_close(json.loads(line), say, kept))
    except BrokenPipeError:  # nobody listens any more
        os._exit(0)


@dataclass(slots=True)
class Kept:
    """What is kept from one job to the next: the engine of a problem with one tier, that may be asked for again."""

    engine: Engine | None = None


def _close(job: dict[str, Any], say: Say, kept: Kept) -> dict[str, Any]:
    """Solve one job; return the line that closes it, whatever happened."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    _limit_memory(int(job["memory"]))
    try:
        return (_solve_again if job["again"] else _solve)(Path(job["folder"]), job, say, kept)
    except OutOfTime:
        return {"event": "out of time"}
    except Exception as error:
        _limit_memory(hard)
        return _tell(error)


def _tell(error: Exception) -> dict[str, Any]:
    """Return the line that tells of an error: of the memory, of the solver, of the disk, or of the program."""
    words = str(error)
    if isinstance(error, MemoryError) or any(sign in words for sign in NO_MEMORY):
        return {"event": "out of memory"}
    if isinstance(error, EngineError):
        return {"event": "failed", "words": words}
    if isinstance(error, OSError):
        return {"event": "failed", "words": f"could not pass its answer on: {error.strerror or words}"}
    return {"event": "broke", "words": "".join(traceback.format_exception_only(error)).strip()}


def _solve(folder: Path, job: dict[str, Any], say: Say, kept: Kept) -> dict[str, Any]:
    """Load and solve one problem; return the closing line."""
    kept.engine = None
    problem = read_problem(folder)
    engine = Engine(problem, read_basis(folder / "start.npy", problem), read_opening(folder))
    began = time.monotonic()
    engine.load(int(job["seed"]))
    say({"event": "loaded", "seconds": time.monotonic() - began})
    count = 0
    before = {name: getattr(engine, name).copy() for name in BOUNDS} if job["certify"] else {}

    def told(solved: Solved) -> None:
        nonlocal count
        if job["certify"]:
            _write_certificate(folder, count, solved.tier, engine, before)
        say(_tier_line(count, solved, engine.proof.offset))
        count += 1

    outcome = run_tiers(engine, float(job["seconds"]), told, float(job["gap"]))
    if engine.is_question:
        kept.engine = engine
    return _done(folder, engine, outcome)


def _solve_again(folder: Path, job: dict[str, Any], say: Say, kept: Kept) -> dict[str, Any]:
    """Solve the problem that was kept once more, with other upper bounds; return the closing line."""
    engine, kept.engine = kept.engine, None
    if engine is None:
        raise EngineError("kept no problem to solve again")
    outcome = run_again(
        engine, np.load(folder / "upper.npy"), float(job["seconds"]), lambda solved: say(_tier_line(0, solved, 0.0))
    )
    kept.engine = engine
    return _done(folder, engine, outcome)


def _tier_line(number: int, solved: Solved, offset: float) -> dict[str, Any]:
    """Return the line that tells of a tier."""
    line = {"event": "tier", "number": number, "name": solved.tier.name, "best": solved.best}
    line |= {"claimed": solved.claimed, "offset": offset}
    return line | {"seconds": solved.seconds, "iterations": solved.iterations}


def _done(folder: Path, engine: Engine, outcome: Outcome) -> dict[str, Any]:
    """Write the answer; return the line that closes a job."""
    np.save(folder / "answer.npy", outcome.values)
    if engine.basis is not None:
        write_basis(folder / "basis.npy", engine.basis)
    settled = evaluate(engine.problem, outcome.values) if len(engine.problem.whole) else {}
    return {
        "event": "done",
        "settled": settled,
        "stands": outcome.stands,
        "unsolved": outcome.unsolved,
        "solver": version(),
    }


def _write_certificate(folder: Path, number: int, tier: TierSum, engine: Engine, before: dict[str, Any]) -> None:
    """Write what proves the bound of a tier: the prices, and costs and bounds as far as they differ from its own."""
    changed = [(costs_of(tier, len(engine.proof.costs)), engine.proof.costs)]
    changed += [(before[name], getattr(engine, name)) for name in BOUNDS]
    write_proof(folder / f"proof-{number}.npy", engine.proof.duals, changed)


def _limit_memory(limit: int) -> None:
    """Let this process hold no more data than that; a limit of 0 the system would take for none."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed or 1, hard))


if __name__ == "__main__":
    main()
