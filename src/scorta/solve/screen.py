"""What goes to the solver and what comes back is looked at first: neither is believed."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.errors import SolverError
from scorta.languages import mark
from scorta.problem import Numbers, Problem
from scorta.rules import ANSWER_TOLERANCE

LARGEST = 1e15
"""The largest number a problem may hold: beyond it the solver's arithmetic loses whole units."""

FEASIBILITY_TOLERANCE = ANSWER_TOLERANCE
"""How far a row or column may be outside its bounds, relative to the size of what it adds up."""

_AGAIN = mark("Plan again; the earlier plan stands.")


def screen_problem(problem: Problem) -> None:
    """Look for numbers the solver may not be given: not finite, too large, crossed bounds, entries twice.

    Raises:
        SolverError: the problem holds such numbers; nothing was handed to the solver.
    """
    wrong = _shapes(problem) or _numbers(problem)
    if wrong:
        raise SolverError(
            "The problem was not given to the solver: it holds {wrong}.", "Please report it.", wrong=", ".join(wrong)
        )


def _shapes(problem: Problem) -> list[str]:
    """Return in words which arrays do not fit each other."""
    columns, rows, entries = problem.shape
    starts = problem.starts
    fits = (
        len(starts) == columns + 1 and starts[0] == 0 and starts[-1] == entries and bool((np.diff(starts) >= 0).all())
    )
    wrong = {
        "a matrix of the wrong shape": not fits or len(problem.rows) != entries,
        "bounds of the wrong shape": len(problem.upper) != columns or len(problem.row_upper) != rows,
        "a whole column that is not there": not _inside(problem.whole, columns),
        "a tier of the wrong shape": any(len(tier.columns) != len(tier.costs) for tier in problem.tiers),
        "a tier outside its columns": not all(_inside(tier.columns, columns) for tier in problem.tiers),
        "a column twice in a tier": any(len(np.unique(tier.columns)) < len(tier.columns) for tier in problem.tiers),
    }
    return [words for words, is_so in wrong.items() if is_so]


def _numbers(problem: Problem) -> list[str]:
    """Return in words which numbers the solver may not be given."""
    lower, upper = (problem.lower, problem.row_lower), (problem.upper, problem.row_upper)
    wrong = {
        "a coefficient that is not finite or too large": not _sound(problem.values, *(t.costs for t in problem.tiers)),
        "a bound that is not a number": any(bool(np.isnan(side).any()) for side in (*lower, *upper)),
        "a bound that is too large": not all(_sound(side[np.isfinite(side)]) for side in (*lower, *upper)),
        "bounds that cross": any(bool((low > high).any()) for low, high in zip(lower, upper, strict=True)),
        "a bound that nothing can keep": any(bool((low == np.inf).any()) for low in lower)
        or any(bool((high == -np.inf).any()) for high in upper),
        "an entry outside its rows": not _inside(problem.rows, len(problem.row_lower)),
        "an entry twice": _twice(problem),
    }
    return [words for words, is_so in wrong.items() if is_so]


def _inside(numbers: Days | Numbers, count: int) -> bool:
    """Tell whether all numbers lie from 0 to `count` - 1."""
    return not len(numbers) or bool(numbers.min() >= 0 and numbers.max() < count)


def _sound(*arrays: Floats) -> bool:
    """Tell whether all numbers are finite and not too large."""
    return all(bool((np.abs(array) <= LARGEST).all()) for array in arrays)


def _twice(problem: Problem) -> bool:
    """Tell whether two entries stand in the same place: a column's rows, marked one after the other, must differ."""
    columns, rows, entries = problem.shape
    if not entries:
        return False
    column = np.repeat(np.arange(columns, dtype=np.int64), np.diff(problem.starts))
    keys = np.sort(column * rows + problem.rows)
    return bool((keys[1:] == keys[:-1]).any())


def screen_answer(problem: Problem, values: Floats, claimed: dict[str, float]) -> None:
    """Look whether the values keep to every bound and row and are whole, and each tier is worth what the solver says.

    Raises:
        SolverError: they are not, so the solver answered wrongly.
    """
    columns, rows, _ = problem.shape
    if values.shape != (columns,) or values.dtype.kind != "f" or not np.isfinite(values).all():
        raise SolverError("The solver answered with numbers that are no plan.", _AGAIN)
    each = np.repeat(values, np.diff(problem.starts)) * problem.values
    level = np.bincount(problem.rows, each, rows)
    size = 1.0 + np.bincount(problem.rows, np.abs(each), rows)
    off = np.maximum(problem.row_lower - level, level - problem.row_upper) / size
    outside = np.maximum(problem.lower - values, values - problem.upper) / (1.0 + np.abs(values))
    worst = max(off.max(initial=0.0), outside.max(initial=0.0))
    if worst > FEASIBILITY_TOLERANCE:
        raise SolverError(
            "The solver answered wrongly: a rule is broken by {worst} of its size.",
            _AGAIN,
            worst=f"{worst:.1e}",
        )
    if (np.rint(values[problem.whole]) != values[problem.whole]).any():
        raise SolverError("The solver answered wrongly: a whole number is not whole.", _AGAIN)
    for tier in problem.tiers:
        value = float(tier.costs @ values[tier.columns])
        scale = 1.0 + float(np.abs(tier.costs) @ np.abs(values[tier.columns]))
        if tier.name in claimed and not abs(value - claimed[tier.name]) <= FEASIBILITY_TOLERANCE * scale:
            raise SolverError(
                "The solver answered wrongly: it gives {claimed} for the tier {name}, the plan has {value}.",
                _AGAIN,
                claimed=f"{claimed[tier.name]:g}",
                name=repr(tier.name),
                value=f"{value:g}",
            )
