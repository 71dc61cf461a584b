"""Where a problem begins that is like no other: at the plan in which nothing happens."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.problem import Numbers, Problem
from scorta.solve.answer import Basis, States

AT_BOUND, IN_BASIS = 0, 1
"""How what stands at its lower bound and what stands in the basis are marked, in the solver's numbers."""

MISSED = 1e-7
"""By how much a row must miss its bounds before something has to fill it: less the solver lets pass."""


def idle_basis(problem: Problem) -> Basis:
    """Return the basis in which nothing moves: what stands in a place stays there, or is used there.

    Each row that leaves no play is met by the last of the columns that stand in no such row before it: families go
    from what moves over what stays to what is used up. So a column stands in its own row and in later ones, and the
    basis is a triangle, which is solved as quickly as it is read.
    """
    columns, rows, _ = problem.shape
    column = np.repeat(np.arange(columns), np.diff(problem.starts))
    exact = (problem.row_lower == problem.row_upper)[problem.rows]
    first = np.full(columns, rows)
    np.minimum.at(first, column[exact], problem.rows[exact])
    movable = np.flatnonzero((first < rows) & (problem.lower < problem.upper))[::-1]
    met, at = np.unique(first[movable], return_index=True)
    return _entered(np.full(columns, AT_BOUND, np.int8), np.full(rows, IN_BASIS, np.int8), movable[at], met)


def filled(problem: Problem, basis: Basis, levels: Floats) -> Basis | None:
    """Let columns that stand in one row alone, such as what is missing, fill the rows that miss their bounds.

    None where a row is left that nothing fills: then something must happen.
    """
    free = (np.diff(problem.starts) == 1) & (problem.lower < problem.upper) & (basis.columns != IN_BASIS)
    alone = np.flatnonzero(free)
    rows, values = problem.rows[problem.starts[alone]], problem.values[problem.starts[alone]]
    lacks, spills = levels < problem.row_lower - MISSED, levels > problem.row_upper + MISSED
    fills = np.flatnonzero(lacks[rows] & (values > 0) | spills[rows] & (values < 0))
    met, at = np.unique(rows[fills], return_index=True)
    if len(met) < (lacks | spills).sum():
        return None
    return _entered(basis.columns.copy(), basis.rows.copy(), alone[fills[at]], met)


def _entered(stands: States, row_stands: States, columns: Days, rows: Days | Numbers) -> Basis:
    """Put columns into the basis, each in the place of a row."""
    stands[columns], row_stands[rows] = IN_BASIS, AT_BOUND
    return Basis(stands, row_stands, len(row_stands))
