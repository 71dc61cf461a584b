"""Switches: a flow is nothing, or from its least to its most."""

from __future__ import annotations

import numpy as np

from scorta.problem.problem import Builder, Problem
from scorta.problem.switching import Flow, add_nothing_or_least


def switched(least: list[float], most: list[float]) -> Problem:
    """Return a problem of three columns: the first two are one flow, the third another."""
    builder = Builder()
    builder.add_columns("x", {}, 3)
    flow = Flow(np.array([0, 0, 1]), np.array([0, 1, 2]), np.array([1.0, 2.0, 1.0]))
    add_nothing_or_least(
        builder, "on", {"number": np.arange(2)}, flow, np.array(least), np.array(most), ("most", "least")
    )
    return builder.build(lambda: ((), None))


def full(problem: Problem) -> list[list[float]]:
    """Return the matrix in full."""
    columns, rows, _ = problem.shape
    matrix = np.zeros((rows, columns))
    matrix[problem.rows, np.repeat(np.arange(columns), np.diff(problem.starts))] = problem.values
    return matrix.tolist()


def test_a_flow_is_nothing_or_from_its_least_to_its_most() -> None:
    """Two columns of 0 or 1, whole; a row of the most for both flows, a row of the least where there is one."""
    problem = switched([4.0, 0.0], [9.0, 5.0])
    assert problem.whole.tolist() == [3, 4]
    assert problem.upper[3:].tolist() == [1, 1]
    assert full(problem) == [[1, 2, 0, -9, 0], [0, 0, 1, 0, -5], [1, 2, 0, -4, 0]]
    assert problem.row_upper.tolist() == [0, 0, np.inf]
    assert problem.row_lower.tolist() == [-np.inf, -np.inf, 0]
    assert set(problem.rules["least"].index["number"]) == {0}


def test_a_least_above_the_most_stays_off() -> None:
    """A flow that can never reach its least is nothing."""
    assert switched([4.0, 6.0], [9.0, 5.0]).upper[3:].tolist() == [1, 0]
