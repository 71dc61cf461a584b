"""Another solver's opinion of problems that lie in folders: run in a process and an environment of its own.

    python opinion.py scip|ortools FOLDER

For each folder in FOLDER, in order, a line with the value of each tier: solved one after the other, whole numbers
rounded and fixed before the value is taken, each tier kept by a row before the next. It knows nothing of Scorta.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOM = 1e-7
"""How much worse a tier may become, relative to it."""

FINER = 1e3
"""What costs are multiplied by for CBC, which looks for nothing that is better by less than about 1e-5."""

Data = dict[str, np.ndarray]
Rows = list[tuple[np.ndarray, float]]
Solve = Callable[[Data, np.ndarray, Rows, bool], np.ndarray]
"""Minimises costs under the rows of a problem and some more, with whole numbers or without."""


def tiers_of(folder: Path) -> list[tuple[str, np.ndarray]]:
    """Read the tiers of a problem as costs of all columns."""
    size, found = len(np.load(folder / "lower.npy")), []
    firsts, counts, each = (np.load(folder / f"tiers-{part}.npy") for part in ("firsts", "counts", "costs"))
    for line in (folder / "tiers.txt").read_text(encoding="utf-8").splitlines():
        runs, paid, name = line.split(" ", 2)
        first, count, some = firsts[: int(runs)], counts[: int(runs)], each[: int(paid)]
        firsts, counts, each = firsts[int(runs) :], counts[int(runs) :], each[int(paid) :]
        columns = np.repeat(first - (np.cumsum(count) - count), count) + np.arange(len(some))
        costs = np.zeros(size)
        costs[columns] = some
        found.append((name, costs))
    return found


def opinion(folder: Path, solve: Solve) -> dict[str, float]:
    """Return the value of each tier."""
    names = ("lower", "upper", "row_lower", "row_upper", "starts", "rows", "values", "whole")
    data = {name: np.load(folder / f"{name}.npy") for name in names}
    rows: Rows = []
    values = {}
    for name, costs in tiers_of(folder):
        scale = float(np.abs(costs).max()) or 1.0
        found = solve(data, costs / scale, rows, True)
        if len(data["whole"]):
            fixed = {**data, "lower": data["lower"].copy(), "upper": data["upper"].copy()}
            for side in ("lower", "upper"):
                fixed[side][data["whole"]] = np.rint(found[data["whole"]])
            found = solve(fixed, costs / scale, rows, False)
        values[name] = float(costs @ found)
        rows.append((costs / scale, values[name] / scale + ROOM * (1 + abs(values[name] / scale))))
    return values


def entries(data: Data) -> list[list[tuple[int, float]]]:
    """Return the entries of each row: column and value."""
    column = np.repeat(np.arange(len(data["lower"])), np.diff(data["starts"]))
    found: list[list[tuple[int, float]]] = [[] for _ in data["row_lower"]]
    for row, at, value in zip(data["rows"], column, data["values"], strict=True):
        found[row].append((int(at), float(value)))
    return found


def by_scip(data: Data, costs: np.ndarray, rows: Rows, whole: bool) -> np.ndarray:
    """Solve by SCIP."""
    from pyscipopt import Model, quicksum

    model, is_whole = Model(), set(data["whole"].tolist()) if whole else set()
    model.hideOutput()
    model.setParam("numerics/feastol", 1e-9)
    x = [
        model.addVar(vtype="I" if j in is_whole else "C", lb=low, ub=high if np.isfinite(high) else None)
        for j, (low, high) in enumerate(zip(data["lower"].tolist(), data["upper"].tolist(), strict=True))
    ]
    for terms, low, high in zip(entries(data), data["row_lower"].tolist(), data["row_upper"].tolist(), strict=True):
        total = quicksum(value * x[j] for j, value in terms) + 0 * x[0]
        if np.isfinite(low):
            model.addCons(total >= low)
        if np.isfinite(high):
            model.addCons(total <= high)
    for row, most in rows:
        if row.any():
            model.addCons(quicksum(float(row[j]) * x[j] for j in np.flatnonzero(row)) <= most)
    model.setObjective(quicksum(float(costs[j]) * x[j] for j in np.flatnonzero(costs)) + 0 * x[0])
    model.optimize()
    assert model.getStatus() == "optimal", model.getStatus()
    return np.array([model.getVal(one) for one in x])


def by_ortools(data: Data, costs: np.ndarray, rows: Rows, whole: bool) -> np.ndarray:
    """Solve by the solvers of OR-tools: CBC with whole numbers, GLOP without."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("CBC" if whole and len(data["whole"]) else "GLOP")
    infinite, is_whole = solver.infinity(), set(data["whole"].tolist()) if whole else set()
    bounded = [np.nan_to_num(data[name], posinf=infinite, neginf=-infinite).tolist()
               for name in ("lower", "upper", "row_lower", "row_upper")]  # fmt: skip
    x = [
        (solver.IntVar if j in is_whole else solver.NumVar)(low, high, f"x{j}")
        for j, (low, high) in enumerate(zip(*bounded[:2], strict=True))
    ]
    for terms, low, high in zip(entries(data), *bounded[2:], strict=True):
        row = solver.RowConstraint(low, high, "")
        for j, value in terms:
            row.SetCoefficient(x[j], value)
    for each, most in rows:
        row = solver.RowConstraint(-infinite, most, "")
        for j in np.flatnonzero(each):
            row.SetCoefficient(x[j], float(each[j]))
    for j in np.flatnonzero(costs):
        solver.Objective().SetCoefficient(x[j], FINER * float(costs[j]))
    solver.Objective().SetMinimization()
    exact = pywraplp.MPSolverParameters()
    exact.SetDoubleParam(exact.RELATIVE_MIP_GAP, 0.0)
    assert solver.Solve(exact) == pywraplp.Solver.OPTIMAL
    return np.array([one.solution_value() for one in x])


if __name__ == "__main__":
    way = {"scip": by_scip, "ortools": by_ortools}[sys.argv[1]]
    for place in sorted(Path(sys.argv[2]).iterdir()):
        sys.stdout.write(json.dumps(opinion(place, way)) + "\n")
        sys.stdout.flush()  # a library that dies on its way out must not take the answer along
