"""The prices of a tier: what they hold in place, where it stays as good, and what they prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorta.case import Days, Floats
from scorta.problem import Problem, TierSum
from scorta.rules import SOLVER_TOLERANCE

PRICE_TOLERANCE = 1e-8
"""A reduced cost or price above this, in the scale of its tier, holds its column or row in place.

Measured on the October 2022 case: round-off stays below 1e-11, true prices begin at 1e-6.
"""

PROMISE_TOLERANCE = SOLVER_TOLERANCE
"""A price above this, in the scale of its tier, promises something better where its column or row can move.

It is what HiGHS itself lets pass: with ten times as much, bounds of the October case were proved to 1.1e-6 only.
"""

BOUND_TOLERANCE = 1e-6
"""How near its bound, relative to its size, a column or row stands that is held there."""


FALL = 0.2
"""How much less each tier weighs than the one before it.

Measured at half a million entries: from 0.1 to 0.5 all tiers took 11 to 18 s, for 37 s one by one from nothing.
"""


@dataclass(frozen=True, slots=True)
class Face:
    """One answer of a tier, and the prices that tell which answers are as good: of columns, rows and kept tiers."""

    values: Floats
    levels: Floats
    column_prices: Floats
    row_prices: Floats
    kept_prices: Floats

    @property
    def is_free(self) -> bool:
        """Tell whether no row that keeps a tier has a price: columns and rows alone tell what is as good."""
        return not (np.abs(self.kept_prices) > PRICE_TOLERANCE).any()


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves the bound of a tier beside the bounds it was solved under.

    Tiers that rows keep are weighed into the costs with the prices of their rows, and what that adds is `offset`.
    """

    costs: Floats
    offset: float
    duals: Floats


def scale_of(tier: TierSum) -> float:
    """Return what the costs of a tier are divided by: the middle between the smallest and the largest, as factors.

    Divided by the largest alone, small costs would vanish below the solver's tolerance.
    """
    costs = np.abs(tier.costs[tier.costs != 0])
    return float(np.sqrt(costs.min() * costs.max())) if len(costs) else 1.0


def falling(count: int) -> list[float]:
    """Return the weights of that many tiers, each less than the one before.

    >>> falling(3)
    [1.0, 0.2, 0.04000000000000001]
    """
    return [FALL**place for place in range(count)]


def add_up(tiers: Sequence[TierSum], weights: Sequence[float], count: int) -> Floats:
    """Return the costs of all columns where tiers count with weights, each in its scale."""
    costs = np.zeros(count)
    for tier, weight in zip(tiers, weights, strict=True):
        costs[tier.columns] += weight / scale_of(tier) * tier.costs
    return costs


def value_of(tier: TierSum, values: Floats) -> float:
    """Return the value of a tier in an answer."""
    return float(tier.costs @ values[tier.columns])


def held(prices: Floats, values: Floats, lower: Floats, upper: Floats) -> tuple[Days, Floats]:
    """Return what has a price and stands at the bound that the price is for, with that bound."""
    at, side, there = _standing(PRICE_TOLERANCE, prices, values, lower, upper)
    return at[there], side[there]


def allows_better(prices: Floats, values: Floats, lower: Floats, upper: Floats) -> bool:
    """Tell whether something has a price and does not stand at the bound that the price is for."""
    _, _, there = _standing(PROMISE_TOLERANCE, prices, values, lower, upper)
    return not bool(there.all())


def _standing(
    least: float, prices: Floats, values: Floats, lower: Floats, upper: Floats
) -> tuple[Days, Floats, npt.NDArray[np.bool_]]:
    """Return what has a price of at least that, the bound that the price is for, and whether it stands there."""
    at = np.flatnonzero(np.abs(prices) > least)
    side = np.where(prices[at] > 0, lower[at], upper[at])
    known = np.where(np.isfinite(side), side, np.inf)
    return at, side, np.isfinite(side) & (np.abs(values[at] - known) <= BOUND_TOLERANCE * (1.0 + np.abs(known)))


def sums_by_column(problem: Problem, prices: Floats) -> Floats:
    """Return what the rows of each column are worth at these prices."""
    sums = np.zeros(len(problem.lower))
    filled = np.flatnonzero(np.diff(problem.starts))
    if len(filled):
        sums[filled] = np.add.reduceat(problem.values * prices[problem.rows], problem.starts[filled])
    return sums
