"""The dual bound, against the optimum that another solver finds."""

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from scorta.verify import dual_bound


def random_problem(seed, free):
    """Return a problem with a solution: costs, a sparse matrix, and bounds of columns and rows of every kind."""
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(1, 9), chance.integers(1, 9)
    matrix = chance.integers(-3, 4, (rows, columns)) * (chance.random((rows, columns)) < 0.6)
    inside = chance.integers(0, 5, columns).astype(float)
    lower = inside - chance.integers(0, 3, columns)
    upper = inside + chance.integers(0, 6, columns)
    if free:
        lower, upper = np.where(chance.random(columns) < 0.2, -np.inf, lower), np.full(columns, np.inf)
    value = matrix @ inside
    below = np.where(chance.random(rows) < 0.6, value - chance.integers(0, 3, rows), -np.inf)
    above = np.where(chance.random(rows) < 0.6, value + chance.integers(0, 3, rows), np.inf)
    return chance.integers(-4, 5, columns).astype(float), matrix.astype(float), lower, upper, below, above


def solve(costs, matrix, lower, upper, below, above):
    """Return the optimum and the duals of the rows; no optimum where there is none."""
    up, down = np.isfinite(above), np.isfinite(below)
    sides = np.vstack([matrix[up], -matrix[down]]), np.concatenate([above[up], -below[down]])
    answer = linprog(costs, A_ub=sides[0], b_ub=sides[1], bounds=np.column_stack([lower, upper]), method="highs")
    if answer.status != 0:
        return -np.inf, np.zeros(len(matrix))
    duals = np.zeros(len(matrix))
    duals[up] += answer.ineqlin.marginals[: up.sum()]
    duals[down] -= answer.ineqlin.marginals[up.sum() :]
    return answer.fun, duals


def bound_of(problem, duals, offset=0.0):
    """Return the bound on a problem written as a dense matrix."""
    costs, matrix, lower, upper, below, above = problem
    sparse = csc_array(matrix)
    return dual_bound(
        costs=costs,
        offset=offset,
        starts=sparse.indptr,
        indices=sparse.indices,
        values=sparse.data,
        column_lower=lower,
        column_upper=upper,
        row_lower=below,
        row_upper=above,
        duals=np.asarray(duals),
    )


@pytest.mark.parametrize("free", [False, True])
def test_right_duals_give_the_optimum(free):
    """With the duals of the optimum the bound is the optimum, and an offset is added."""
    for seed in range(150):
        problem = random_problem(seed, free)
        optimum, duals = solve(*problem)
        if np.isfinite(optimum):
            assert bound_of(problem, duals, 5.0) == pytest.approx(optimum + 5.0, abs=1e-6)


@pytest.mark.parametrize("free", [False, True])
def test_no_duals_give_more_than_the_optimum(free):
    """Whatever the duals, also those of the wrong sign, the bound is never above the optimum."""
    chance = np.random.default_rng(7)
    for seed in range(150):
        problem = random_problem(seed, free)
        optimum, duals = solve(*problem)
        if not np.isfinite(optimum):
            continue
        for size in (0.0, 1e-6, 0.1, 3.0):
            moved = duals * (1 + size * chance.normal(size=len(duals))) + size * chance.normal(size=len(duals))
            assert bound_of(problem, moved) <= optimum + 1e-6


def test_whole_numbers_cost_no_less():
    """The bound of the relaxation also holds where the columns must be whole."""
    for seed in range(40):
        problem = random_problem(seed, free=False)
        costs, matrix, lower, upper, below, above = problem
        rows = LinearConstraint(matrix, below, above)
        whole = milp(costs, constraints=rows, bounds=(lower, upper), integrality=np.ones_like(costs))
        assert bound_of(problem, solve(*problem)[1]) <= whole.fun + 1e-6


def test_a_dual_on_a_side_that_is_not_there_is_left_out():
    """A row without an upper bound cannot be priced from above, nor a dual that is no number."""
    problem = (np.ones(1), np.ones((1, 1)), np.zeros(1), np.full(1, np.inf), np.full(1, 2.0), np.full(1, np.inf))
    assert bound_of(problem, [1.0]) == 2.0
    assert bound_of(problem, [-1.0]) == 0.0
    assert bound_of(problem, [np.nan]) == 0.0
    assert bound_of(problem, [np.inf]) == 0.0


def test_a_reduced_cost_of_the_wrong_sign_without_a_bound():
    """A column without a bound counts as no larger than all figures together, here 2; round-off counts as nothing."""
    problem = (np.ones(1), np.ones((1, 1)), np.zeros(1), np.full(1, np.inf), np.full(1, 2.0), np.full(1, np.inf))
    assert bound_of(problem, [1.0 + 1e-3]) == pytest.approx(2 * (1 + 1e-3) - 2 * 1e-3)
    assert bound_of(problem, [3.0]) == pytest.approx(2 * 3 - 2 * 2)
    assert bound_of(problem, [1.0 + 1e-10]) == pytest.approx(2.0, rel=1e-9)


def test_a_problem_without_rows_or_columns():
    """Empty columns and no rows at all are problems too."""
    empty = np.zeros(0)
    none = np.zeros(0, dtype=np.int32)
    rows = {"indices": none, "values": empty, "row_lower": empty, "row_upper": empty, "duals": empty}
    assert dual_bound(costs=empty, offset=3.0, starts=none, column_lower=empty, column_upper=empty, **rows) == 3.0
    bounds = {"column_lower": np.zeros(2), "column_upper": np.ones(2)}
    for starts in (np.zeros(3, dtype=np.int32), np.zeros(2, dtype=np.int32)):
        assert dual_bound(costs=np.array([1.0, -1.0]), offset=0.0, starts=starts, **bounds, **rows) == -1.0


@pytest.mark.parametrize("free", [False, True])
def test_costs_alone_are_a_bound(free):
    """However bad the duals are, the bound is no worse than that of the costs within the bounds of the columns."""
    for seed in range(100):
        problem = random_problem(seed, free)
        duals = np.random.default_rng(seed).normal(0, 9, len(problem[1]))
        assert bound_of(problem, duals) >= bound_of(problem, np.zeros(len(duals))) - 1e-9
