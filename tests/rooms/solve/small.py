"""Small problems built by hand, from full matrices."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from scorta.problem import Family, Problem, TierSum
from scorta.rules import tier_of

INFINITE = np.inf
"""No bound."""


def problem_of(
    matrix: object,
    row_lower: object,
    row_upper: object,
    upper: object,
    costs: dict[str, object],
    lower: object = 0.0,
) -> Problem:
    """Make a problem of a full matrix and, for each tier, the costs of all columns."""
    full = np.atleast_2d(np.asarray(matrix, dtype=float))
    rows, columns = full.shape
    column, row = np.nonzero(full.T)
    bounds = [np.broadcast_to(np.asarray(side, dtype=float), size).copy() for side, size in (
        (lower, columns), (upper, columns), (row_lower, rows), (row_upper, rows),
    )]  # fmt: skip
    starts = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=columns))])
    tiers = tuple(_tier(name, np.asarray(each, dtype=float)) for name, each in costs.items())
    return Problem({}, {}, *bounds, starts, row.astype(np.int32), full[row, column], tiers)


def _tier(name: str, costs: np.ndarray) -> TierSum:
    paid = np.flatnonzero(costs)
    return TierSum.build(tier_of(name), paid, costs[paid])


def small(**changes: object) -> Problem:
    """Make the problem x + y >= 3, x <= 2, y <= 10: first y small, then x. The answer is x = 2, y = 1."""
    words = {"matrix": [1, 1], "row_lower": 3, "row_upper": INFINITE, "upper": [2, 10]}
    return problem_of(**(words | {"costs": {"first": [0, 1], "second": [1, 0]}} | changes))


def full(problem: Problem) -> np.ndarray:
    """Return the matrix in full."""
    columns, rows, _ = problem.shape
    matrix = np.zeros((rows, columns))
    matrix[problem.rows, np.repeat(np.arange(columns), np.diff(problem.starts))] = problem.values
    return matrix


def script(folder: Path, body: str) -> tuple[str, ...]:
    """Return the command of a solver that does something else than solve."""
    path = folder / "solver.py"
    path.write_text(f"{_HEAD}\n{body}\n", encoding="utf-8")
    return sys.executable, str(path)


_HEAD = """
import json, os, sys, time
import numpy as np

def say(**line):
    print(json.dumps(line), flush=True)

def tier(number, name, best, **more):
    line = {"event": "tier", "number": number, "name": name, "best": best, "claimed": best, "offset": 0}
    say(**(line | {"seconds": 0, "iterations": 0} | more))

def done(answer, **more):
    np.save(job["folder"] + "/answer.npy", np.array(answer))
    say(**({"event": "done", "settled": {}, "stands": 9, "unsolved": [], "solver": "fake"} | more))

def read():
    global job
    job = json.loads(sys.stdin.readline())
"""


def three(room: float, mass: tuple[float, float, float] = (1, 1, 1)) -> Problem:
    """Make three goods of which 4, 3 and 2 are asked for, over one leg with some room; what is short costs 5, 1 and 1.

    Columns: carried 0-2, short 3-5; rows: asked 0-2, leg 3.
    """
    asked = np.hstack([np.eye(3), np.eye(3)])
    leg = [*mass, 0, 0, 0]
    problem = problem_of(
        np.vstack([asked, leg]), [4, 3, 2, -np.inf], [4, 3, 2, room], np.inf,
        {"short": [0, 0, 0, 5, 1, 1], "carried": [1, 1, 1, 0, 0, 0]},
    )  # fmt: skip
    rules = {"need": Family("need", 0, 3, {}), "leg_capacity": Family("leg_capacity", 3, 1, {})}
    return replace(problem, rules=rules)
