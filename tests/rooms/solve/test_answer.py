"""What goes in to the solver beside the problem, and what comes back."""

from __future__ import annotations

import numpy as np
import pytest
from tests.rooms.solve.small import small

from scorta.solve import Limits, SolverProcess
from scorta.solve.answer import GIB


def test_limits_unless_somebody_says_otherwise() -> None:
    """Ten minutes, eight gibibytes, and a millionth from the best whole numbers: as the pages say."""
    assert Limits() == Limits(seconds=600, memory=8 * GIB, gap=1e-6)


def test_an_answer_says_how_each_tier_came_out() -> None:
    """X + y is 3 with x up to 2: y is 1 in the first tier, x is 2 in the second, and no tier is left out.

    Without whole numbers the best is what the final plan gives, and what the solver claims is no less.
    """
    with SolverProcess() as solver:
        answer = solver.solve(small())
    assert answer.values == pytest.approx([2, 1])
    assert [(tier.name, tier.bound) for tier in answer.tiers] == [("first", None), ("second", None)]
    for tier, value in zip(answer.tiers, (1, 2), strict=True):
        assert (tier.value, tier.best, tier.claimed) == pytest.approx((value, value, value))
    assert answer.unsolved == ()
    assert answer.solver.startswith("HiGHS ")
    assert answer.basis is not None
    assert (len(answer.basis.columns), len(answer.basis.rows)) == (2, 1)


def test_whole_numbers_leave_no_basis() -> None:
    """The next problem is not sought from an answer that is no corner."""
    from dataclasses import replace

    with SolverProcess() as solver:
        answer = solver.solve(replace(small(row_lower=2.5), whole=np.array([1], dtype=np.int32)))
    assert answer.values[1] == 1
    assert answer.basis is None
