"""Prices: what they hold in place, what they promise, and what tiers weigh."""

from __future__ import annotations

import numpy as np
import pytest
from tests.rooms.solve.small import INFINITE, full, small, three

from scorta.problem import TierSum
from scorta.rules import tier_of
from scorta.solve.prices import add_up, allows_better, held, scale_of, sums_by_column, value_of

MIXED = TierSum.build(tier_of("mixed"), np.array([0, 2]), np.array([4.0, -0.25]))
"""A tier in which the first column costs 4, and the third brings a quarter."""


def test_only_what_stands_at_its_bound_is_held() -> None:
    """A price holds the side it is for: not the other one, not from afar, and not a side that is not there."""
    prices = np.array([1.0, -1.0, 1.0, -1.0, 1e-9])
    values, lower = np.array([0.0, 4.0, 3.0, 2.0, 0.0]), np.zeros(5)
    at, side = held(prices, values, lower, np.array([9.0, 4.0, 9.0, INFINITE, 9.0]))
    assert at.tolist() == [0, 1]
    assert side.tolist() == [0, 4]


@pytest.mark.parametrize(
    ("price", "value", "better"), [(1.0, 0.0, False), (1.0, 2.0, True), (-1.0, 4.0, False), (-1.0, 2.0, True)]
)
def test_a_price_promises_something_better_away_from_its_bound(price: float, value: float, better: bool) -> None:
    """What costs could be less, and what brings could be more, unless it stands at that bound; no price, no promise."""
    zero, most = np.zeros(1), np.full(1, 4.0)
    assert allows_better(np.array([price]), np.array([value]), zero, most) is better
    assert not allows_better(zero, np.array([value]), zero, most)
    assert allows_better(np.array([-1.0]), np.array([value]), zero, np.full(1, INFINITE))


def test_a_tier_is_scaled_to_the_middle_of_its_costs() -> None:
    """Between a quarter and 4 the middle, as factors, is 1; a tier without costs stays as it is."""
    assert scale_of(MIXED) == pytest.approx(1)
    assert scale_of(TierSum.build(tier_of("tenfold"), np.arange(2), np.array([40.0, 2.5]))) == pytest.approx(10)
    assert scale_of(TierSum.build(tier_of("none"), np.zeros(0, np.int64), np.zeros(0))) == 1
    assert value_of(MIXED, np.array([1.0, 9.0, 2.0])) == pytest.approx(4 - 0.5)


def test_tiers_add_up_by_their_weights() -> None:
    """At 1 and a tenth, each in its scale."""
    other = TierSum.build(tier_of("other"), np.array([2, 3]), np.array([10.0, 10.0]))
    assert add_up([MIXED, other], [1.0, 0.1], 4).tolist() == pytest.approx([4, 0, -0.25 + 0.1, 0.1])


def test_what_the_rows_of_a_column_are_worth() -> None:
    """The sum over its rows of entry x price, by hand as by the matrix; 0 for a column without rows."""
    assert sums_by_column(small(), np.array([2.0])).tolist() == [2, 2]
    assert sums_by_column(small(matrix=[1, 0]), np.array([2.0])).tolist() == [2, 0]
    prices = np.array([1.0, -2.0, 0.5, 3.0])
    assert sums_by_column(three(4), prices).tolist() == (full(three(4)).T @ prices).tolist()
