"""Tiers together: the prices of one basis tell which tiers are best in it."""

from __future__ import annotations

import pytest
from tests.rooms.solve.small import small

from scorta.solve.engine import Engine
from scorta.solve.tiers import Together


def loaded(costs: dict[str, list[float]]) -> Engine:
    """Return an engine with x + y = 3, x up to 2, y at least 1, loaded with these tiers."""
    engine = Engine(small(costs=costs))
    engine.load(0)
    return engine


def test_the_basis_tells_of_each_tier_whether_it_is_best() -> None:
    """With y small, x is 2 and y is 1: best in the first tier, not in the second, which wants x small."""
    engine = loaded({"first": [0, 1], "second": [1, 0]})
    first, second = engine.problem.tiers
    assert engine.minimise_together([first], [1.0], 9.0, anew=True)
    assert engine.values == pytest.approx([2, 1])
    assert engine.is_best(first)
    assert engine.claimed == pytest.approx(1)
    assert not engine.is_best(second)


def test_a_held_tier_leaves_a_later_one_no_better_answer() -> None:
    """Once the first tier is held, nothing that could move has a price: the second is best as it stands."""
    engine = loaded({"first": [0, 1], "second": [1, 0]})
    together = Together(engine)
    first, second = engine.problem.tiers
    together.hold(first, together.minimise(first, [second], 9.0))
    assert together.minimise(second, [], 9.0) == pytest.approx(2)
    assert together.iterations == 0


def test_weights_too_mild_are_mended() -> None:
    """The later tier costs 1,000 times as much a unit and would have x = 0: the first still comes first."""
    engine = loaded({"first": [0, 1], "second": [1000, 1]})
    together = Together(engine)
    first, second = engine.problem.tiers
    assert together.minimise(first, [second], 9.0) == pytest.approx(1)
    assert together.values == pytest.approx([2, 1])
