"""The methods by which the solver is told to solve, how long one is followed, and where it begins."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.problem import Numbers, Problem
from scorta.rules import SOLVER_TOLERANCE
from scorta.solve.answer import Basis, States

DEVEX, CHOOSE = 1, -1
"""Prices of the dual simplex: Devex, and what HiGHS chooses by itself."""

DUAL, PRIMAL = 1, 4
"""The two simplex methods."""

Way = dict[str, str | int | float]
"""Options of the solver."""

USUAL: Way = {"simplex_scale_strategy": 2, "dual_simplex_cost_perturbation_multiplier": 1.0}
PLAIN: Way = {"simplex_scale_strategy": 0, "dual_simplex_cost_perturbation_multiplier": 0.0}
"""How numbers go to the simplex method: scaled, and costs shaken so that it does not stand still; or as they are."""

FRESH: Way = {"presolve": "on", "solver": "simplex", "simplex_strategy": DUAL}
WAYS: tuple[Way, ...] = (
    {**FRESH, **USUAL, "simplex_dual_edge_weight_strategy": CHOOSE},
    {**FRESH, **USUAL, "simplex_dual_edge_weight_strategy": DEVEX},
    {"presolve": "on", "solver": "ipx"},
    {**FRESH, **USUAL, "presolve": "off"},
)
"""How a problem is solved from nothing: the first way that answers counts (HiGHS now and then fails after its own
presolve).
"""

ASK: Way = {**FRESH, **PLAIN}
"""How a question, a problem of one tier, is solved from nothing at first.

Most costs are nothing there, and shaking them makes work for all that is asked afterwards. Measured on what stands in
the way of 25 needs: the first answer takes a fifth less time, and five more a third of it. Plans gain nothing.
"""

GO_ON: Way = {**USUAL, "presolve": "off", "solver": "simplex", "simplex_strategy": PRIMAL}
"""How a problem is solved from the last answer, which stays an answer: only what is better has changed."""

FROM_BASIS: tuple[Way, ...] = ({**GO_ON, "simplex_strategy": DUAL}, GO_ON)
"""How a problem is solved from the basis of another that is much like it: the first way that is quick counts.

Measured on the causes of a shortage in ten years of October 2022: of 30 problems with one limit or row less each, the
dual simplex was quick for 14, the primal for 11 of the others, where a limit was dropped.
"""

ENDLESS = 2**31 - 1
"""The most iterations that HiGHS can be told."""

PATIENCE = 1 / 4
"""Iterations in which going on must lead to an answer, as a share of those from nothing: presolve makes these quicker.

Measured on ten years of October 2022: going on takes 2 ms for an iteration, solving from nothing 0.1 ms.
"""

FEWEST = 1000
"""Iterations that going on may always take."""

IDLE, IDLE_PATIENCE = 100_000, 1 / 2
"""The most entries with which a problem begins at the plan in which nothing happens, and the iterations in which that
must lead to an answer, as a share of its rows.

Measured: the parts of a large problem take a fifth to a third of the time of presolve, in a quarter of the iterations;
ten years of October 2022, where all hangs together, were not solved in as many iterations as rows.
"""

VARY: Way = {**GO_ON, **PLAIN, "simplex_strategy": DUAL, "simplex_iteration_limit": 1000}
"""How a problem is solved again after some columns were opened and others closed: from the last answer, and not long.

Measured on what stands in the way of 26 needs in parts of 30,000 to 370,000 entries: mostly 1 to 600 iterations of the
dual simplex lead to the answer.
"""

ONCE_MORE: Way = {**GO_ON, **PLAIN, "simplex_iteration_limit": 100}
"""How it is solved where that does not lead to an answer: from the first answer, and shortly.

Where what gives way is a limit that others hold to, a dozen iterations of the primal simplex do. Where they do not,
solving from nothing takes a third of the time of going on.
"""


AT_BOUND, IN_BASIS = 0, 1
"""How what stands at its lower bound and what stands in the basis are marked, in the solver's numbers."""

ROW_TOLERANCE = SOLVER_TOLERANCE
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
    lacks, spills = levels < problem.row_lower - ROW_TOLERANCE, levels > problem.row_upper + ROW_TOLERANCE
    fills = np.flatnonzero(lacks[rows] & (values > 0) | spills[rows] & (values < 0))
    met, at = np.unique(rows[fills], return_index=True)
    if len(met) < (lacks | spills).sum():
        return None
    return _entered(basis.columns.copy(), basis.rows.copy(), alone[fills[at]], met)


def _entered(stands: States, row_stands: States, columns: Days, rows: Days | Numbers) -> Basis:
    """Put columns into the basis, each in the place of a row."""
    stands[columns], row_stands[rows] = IN_BASIS, AT_BOUND
    return Basis(stands, row_stands, len(row_stands))
