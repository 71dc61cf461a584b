"""A bound that no solver has to be trusted for: what the cost of any solution cannot be less than."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scorta.case import Floats

Indices = npt.NDArray[np.integer]

TINY = 1e-9
"""A reduced cost this small, for each unit of the figures it is made of, is round-off and counts as 0."""


def dual_bound(
    costs: Floats,
    offset: float,
    starts: Indices,
    indices: Indices,
    values: Floats,
    column_lower: Floats,
    column_upper: Floats,
    row_lower: Floats,
    row_upper: Floats,
    duals: Floats,
) -> float:
    """Return a lower bound on `costs` x + `offset` over all x within the bounds of the columns and rows.

    The matrix is given column by column: column j has the rows `indices[starts[j]:starts[j + 1]]` with these
    `values`. Any `duals` do, one for each row: a positive one prices the lower bound of its row, a negative one the
    upper bound; good ones make a good bound. A column without a bound counts as no larger than all figures of the
    problem together: no plan gains by moving more than all that is there, comes in and is asked for. Without any duals
    the costs alone make a bound too (nothing that costs is below 0): the better of the two counts.
    """
    prices = _usable(duals, row_lower, row_upper)
    reduced, size = _reduce(costs, starts, indices, values, prices)
    reduced = np.where(np.abs(reduced) <= TINY * size, _only_finite(reduced, column_lower, column_upper), reduced)
    sides = _times(prices, np.where(prices > 0, row_lower, row_upper))
    most = _all_figures(column_lower, column_upper, row_lower, row_upper)
    priced, alone = (
        _times(each, np.clip(np.where(each > 0, column_lower, column_upper), -most, most)).sum()
        for each in (reduced, costs)
    )
    return float(offset + max(sides.sum() + priced, alone))


def _usable(duals: Floats, lower: Floats, upper: Floats) -> Floats:
    """Set to 0 the duals that price a side that is not there, or are no numbers."""
    side = np.where(duals > 0, lower, upper)
    return np.where(np.isfinite(duals) & np.isfinite(side), duals, 0.0)


def _all_figures(*bounds: Floats) -> float:
    """Return the sum of the sizes of all bounds that there are."""
    return float(sum(np.abs(bound[np.isfinite(bound)]).sum() for bound in bounds))


def _reduce(costs: Floats, starts: Indices, indices: Indices, values: Floats, prices: Floats) -> tuple[Floats, Floats]:
    """Return the reduced cost of each column, and the sum of the figures it is made of."""
    column = np.repeat(np.arange(len(costs)), np.diff(np.append(starts, len(values))[: len(costs) + 1]))
    priced = values * prices[indices]
    worth = np.bincount(column, weights=priced, minlength=len(costs))
    size = np.bincount(column, weights=np.abs(priced), minlength=len(costs))
    return costs - worth, np.abs(costs) + size


def _only_finite(reduced: Floats, lower: Floats, upper: Floats) -> Floats:
    """Return the reduced costs, 0 where the bound of the column on their side is not finite."""
    side = np.where(reduced > 0, lower, upper)
    return np.where(np.isfinite(side), reduced, 0.0)


def _times(price: Floats, side: Floats) -> Floats:
    """Return price times side, 0 where the price is 0 whatever the side."""
    return np.multiply(price, side, out=np.zeros_like(price), where=price != 0)
