"""What goes in to the solver beside the problem, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorta.case import Days, Floats
from scorta.problem import Numbers

GIB = 2**30
"""Bytes in a gibibyte."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the solver may take over all tiers, in seconds, and how much memory, in bytes.

    `gap` is how far a tier may be from the best that whole numbers allow, relative to it.
    """

    seconds: float = 600.0
    memory: int = 8 * GIB
    gap: float = 1e-6


@dataclass(frozen=True, slots=True)
class TierAnswer:
    """How one tier came out.

    `best` is what the tier was worth when it was solved, `value` what the final plan gives, `bound` the certified
    bound that no plan beats (given the tiers before), None where no bound was asked for; `claimed` is the bound that
    the solver says it proved. Without columns that are whole, `best` and `claimed` are the optimum.
    """

    name: str
    value: float
    best: float
    bound: float | None
    seconds: float
    iterations: int
    claimed: float


States = npt.NDArray[np.int8]
"""Where columns or rows stand, in the solver's numbers: at a bound, free, or within the basis."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Where the columns and rows of a problem stand in an answer: what the next, like it, is sought from.

    `effort` is how many iterations it took from nothing.
    """

    columns: States
    rows: States
    effort: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A solved problem: the value of every column, and how each tier came out.

    `unsolved` names the tiers that the time limit left out: for them the plan is feasible, not best. `basis` is that
    of the first run, None where columns are whole.
    """

    values: Floats
    tiers: tuple[TierAnswer, ...]
    unsolved: tuple[str, ...]
    solver: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What proves the bound of one tier: the costs, the bounds it was solved under, and the prices of the rows.

    Where a row keeps a tier before, it is weighed into the costs; `offset` is what that adds.
    """

    costs: Floats
    offset: float
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    duals: Floats


Certify = Callable[[Days, Numbers, Floats, Certificate], float]
"""Turns the matrix (starts, rows, values by column) and a certificate into a bound."""

Progress = Callable[[str, float, float | None, float], None]
"""Is told of each tier when it is solved: its name, its value, its bound if there is one, the seconds that are left.

Where parts are solved side by side it is told now and then how many are: the words for that, and the number.
"""
