"""Attribution by hand: what each group does adds up to the whole, in every order or in one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scorta.difference import mixtures
from scorta.difference.attribution import in_order, shapley

WORTHS = {
    frozenset[int](): np.array([0.0]),
    frozenset({0}): np.array([1.0]),
    frozenset({1}): np.array([2.0]),
    frozenset({0, 1}): np.array([10.0]),
}
"""The first alone does 1, the second alone 2, and both together 10."""


def test_every_order_counts_alike() -> None:
    """The first adds 1 where it comes first and 8 where it comes second: 4.5; the second adds 2 and 9: 5.5."""
    assert [shapley(2, at, WORTHS)[0] for at in (0, 1)] == pytest.approx([4.5, 5.5])


def test_in_one_order_each_adds_to_those_before_it() -> None:
    """The first adds 1, the second the other 9."""
    assert [in_order(2, at, WORTHS)[0] for at in (0, 1)] == pytest.approx([1, 9])


def test_mixtures_are_a_group_apart() -> None:
    """Of three groups all eight mixtures are planned, each a group away from the one before; in one order, four."""
    every = mixtures(3, True)
    assert len(set(every)) == 8
    assert all(len(one ^ other) == 1 for one, other in itertools.pairwise(every))
    assert mixtures(3, False) == (frozenset(), {0}, {0, 1}, {0, 1, 2})
