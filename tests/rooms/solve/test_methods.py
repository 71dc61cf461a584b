"""The plan in which nothing happens, where a small problem begins."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from tests.cases import case
from tests.laws.chance import build, chance_facts
from tests.rooms.solve.small import INFINITE, full, problem_of
from tests.rooms.solve.test_tiers import EXACT, giving, random_problem, solved, transport

from scorta.network import build_network
from scorta.problem import Problem, build_problem
from scorta.solve import Basis
from scorta.solve.methods import IN_BASIS, WAYS, filled, idle_basis
from scorta.solve.tiers import evaluate


def _plan_of(problem: Problem, basis: Basis) -> tuple[np.ndarray, np.ndarray]:
    """Return what the columns are worth in a basis, all others at nothing, and what the rows add up to."""
    chosen, met = np.flatnonzero(basis.columns == IN_BASIS), np.flatnonzero(basis.rows != IN_BASIS)
    matrix, values = full(problem), problem.lower.copy()
    values[chosen] = 0.0
    side = np.where(np.isfinite(problem.row_lower), problem.row_lower, problem.row_upper)[met]
    values[chosen] = np.linalg.solve(matrix[np.ix_(met, chosen)], side - matrix[met] @ values)
    return values, matrix @ values


@pytest.mark.parametrize("seed", range(20))
def test_the_first_basis_is_a_triangle(seed: int) -> None:
    """Each column of the first basis stands in its own row and in none of the rows before, whatever the case."""
    problem = build_problem(build_network(build(chance_facts(Random(seed)))))
    basis = idle_basis(problem)
    chosen, met = np.flatnonzero(basis.columns == IN_BASIS), np.flatnonzero(basis.rows != IN_BASIS)
    first = np.argmax(full(problem)[np.ix_(met, chosen)] != 0, axis=0)
    assert sorted(first) == list(range(len(met)))


def test_nothing_moves_and_what_lacks_is_counted() -> None:
    """Stock stays where it is, the need goes unmet, and what a floor lacks is counted."""
    donated = case(
        parties=[{"party": "DE", "kind": "nation"}, {"party": "UA", "kind": "nation"}],
        places=[{"place": "D1", "party": "DE"}, {"place": "HUB", "party": "UA"}],
        stocks=[{"place": "D1", "item": "tent", "quantity": 5}],
        legs=[{"leg": "L1", "origin": "D1", "destination": "HUB", "mode": "road", "transit_days": 3}],
        pledges=[{"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 5, "state": "committed"}],
        objectives=[{"party": "DE", "item": "tent", "floor": 8, "objective": 9}],
        needs=[{"need": "N1", "place": "HUB", "item": "tent", "quantity": 3, "required_by": 20, "priority": 1}],
    )
    problem = build_problem(build_network(donated))
    basis = idle_basis(problem)
    values, levels = _plan_of(problem, basis)
    begin = filled(problem, basis, levels)
    assert begin is not None
    values, _ = _plan_of(problem, begin)
    found = {
        name: values[family.start : family.stop].tolist() for name, family in problem.columns.items() if family.size
    }
    assert found["ship"] == [0.0] * len(found["ship"])
    assert found["unmet"] == [3.0]
    assert found["stock"][:4] == [5.0] * 4
    assert found["below_floor"] == [3.0] * 4
    assert found["below_objective"] == [4.0] * 4


def test_where_something_must_happen_nothing_is_filled() -> None:
    """A row that asks for three of what no column alone brings is left: two columns of two rows each must move."""
    must = problem_of([[1, 1], [1, -1]], [3, -INFINITE], [INFINITE, 9], INFINITE, {"cost": [1, 1]})
    basis = idle_basis(must)
    assert filled(must, basis, np.zeros(2)) is None
    met = problem_of([[1, 1, 1], [1, -1, 0]], [3, -INFINITE], [INFINITE, 9], INFINITE, {"cost": [1, 1, 5]})
    begin = filled(met, idle_basis(met), np.zeros(2))
    assert begin is not None
    assert begin.columns.tolist() == [0, 0, IN_BASIS]


@pytest.mark.parametrize("way", range(len(WAYS)), ids=lambda number: "-".join(map(str, WAYS[number].values())))
def test_every_way_of_solving_is_equally_good(way: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever way answers, every tier comes out the same."""
    problems = [transport(5, 3e5), giving(5), *map(random_problem, range(8))]
    right = [evaluate(problem, solved(problem)[0]) for problem in problems]
    monkeypatch.setattr("scorta.solve.methods.WAYS", (WAYS[way],))
    for problem, values in zip(problems, right, strict=True):
        assert evaluate(problem, solved(problem)[0]) == pytest.approx(values, rel=EXACT, abs=EXACT)
