"""The solver behind its door: from the last answer, from another basis, and what a basis tells of a tier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from tests.laws.chance import Wishes, build, chance_facts
from tests.rooms.solve.small import INFINITE, problem_of, script, small, three

from scorta.errors import SolverError
from scorta.network import build_network
from scorta.problem import Problem, build_problem
from scorta.solve import Basis, SolverProcess
from scorta.solve.engine import Engine

SOURCES, USERS = 12, 8
"""How many sources may serve how many users in the problem that is varied."""


def served(chance: np.random.Generator) -> Problem:
    """Return a problem of sources that serve users: what a user lacks costs most, what is brought costs by its way."""
    pairs = SOURCES * USERS
    user, source = np.divmod(np.arange(pairs), SOURCES)
    matrix = np.zeros((USERS + SOURCES, pairs + USERS))
    matrix[user, np.arange(pairs)] = 1.0
    matrix[USERS + source, np.arange(pairs)] = 1.0
    matrix[np.arange(USERS), pairs + np.arange(USERS)] = 1.0
    wanted, held = chance.integers(5, 20, USERS), chance.integers(0, 20, SOURCES)
    lower = np.append(wanted, np.full(SOURCES, -INFINITE))
    upper = np.append(np.full(USERS, INFINITE), held)
    costs = np.append(chance.integers(1, 9, pairs), np.full(USERS, 100.0))
    return problem_of(matrix, lower, upper, INFINITE, {"cost": costs})


def varied(problem: Problem, chance: np.random.Generator) -> Problem:
    """Return the problem with some ways from sources to users closed, and some narrow."""
    upper = problem.upper.copy()
    ways = chance.random(SOURCES * USERS)
    upper[np.flatnonzero(ways < 0.6)] = 0.0
    upper[np.flatnonzero(ways > 0.9)] = 2.0
    return replace(problem, upper=upper)


def test_again_is_as_good_as_from_nothing(solver: SolverProcess) -> None:
    """Of twenty ways to close and narrow what sources may bring, each comes out as if solved alone."""
    chance = np.random.default_rng(7)
    problem = served(chance)
    variants = [varied(problem, chance) for _ in range(20)]
    alone = [solver.solve(one).tiers[0].value for one in variants]
    start = solver.solve(problem)
    again = [solver.solve_again(one) for one in variants]
    assert [answer.tiers[0].value for answer in again] == pytest.approx(alone)
    assert len(set(alone)) > 10
    assert all(answer.tiers[0].value >= start.tiers[0].value - 1e-9 for answer in again)
    assert (again[0].values <= variants[0].upper + 1e-9).all()


def test_again_takes_no_more_iterations_than_what_has_changed_asks_for(solver: SolverProcess) -> None:
    """Solved again as it is, a problem needs none."""
    problem = served(np.random.default_rng(8))
    assert solver.solve(problem).tiers[0].iterations > 0
    assert solver.solve_again(replace(problem, upper=problem.upper.copy())).tiers[0].iterations == 0


def test_what_is_another_problem_is_solved_from_nothing(solver: SolverProcess) -> None:
    """Other rows, two tiers, or a solver that has solved nothing yet: the answer is right all the same."""
    problem = served(np.random.default_rng(9))
    expected = solver.solve(problem).tiers[0].value
    tighter = replace(problem, row_upper=problem.row_upper / 2)
    value = solver.solve(tighter).tiers[0].value
    assert value > expected
    assert solver.solve_again(problem).tiers[0].value == pytest.approx(expected)
    assert solver.solve_again(tighter).tiers[0].value == pytest.approx(value)
    two = small()
    assert solver.solve(two).values == pytest.approx([2, 1])
    assert solver.solve_again(replace(two, upper=np.array([1.0, 10.0]))).values == pytest.approx([1, 2])
    with SolverProcess() as fresh:
        assert fresh.solve_again(problem).tiers[0].value == pytest.approx(expected)


def test_a_solver_that_has_died_is_given_the_whole_problem(solver: SolverProcess) -> None:
    """What it had solved is gone with it."""
    problem = served(np.random.default_rng(10))
    expected = solver.solve(problem).tiers[0].value
    solver.end()
    assert solver.solve_again(replace(problem, upper=problem.upper.copy())).tiers[0].value == pytest.approx(expected)


def test_an_answer_to_the_problem_before_is_not_believed(tmp_path: Path) -> None:
    """A solver that hands back its first answer, though the bounds forbid it now, is found out."""
    one = small(costs={"only": [1, 2]})
    body = "for _ in range(2): read(); tier(0, 'only', 4.0); done([2.0, 1.0])"
    with SolverProcess(script(tmp_path, body)) as liar:
        assert liar.solve(one).values == pytest.approx([2, 1])
        with pytest.raises(SolverError, match="a rule is broken"):
            liar.solve_again(replace(one, upper=np.array([1.0, 10.0])))


SIZE = 1e-6
"""How far two tiers may be apart and count as the same, relative to them."""


def test_a_start_changes_nothing_but_the_way(solver: SolverProcess) -> None:
    """From its own basis, from another, and from one that is none, a problem is solved as well as from nothing."""
    problem = three(4)
    first = solver.solve(problem)
    assert first.basis is not None
    other = Basis(1 - first.basis.columns % 2, first.basis.rows * 0, 9)
    starts = [first.basis, other, Basis(*[np.ones(2, np.int8)] * 2, 9)]
    for start in starts:
        again = solver.solve(problem, start=start)
        assert [tier.value for tier in again.tiers] == pytest.approx([tier.value for tier in first.tiers])


@pytest.mark.parametrize("first", range(0, 40, 20))
def test_a_changed_case_from_the_case_before(first: int, solver: SolverProcess) -> None:
    """Planned from the basis of a case with other stocks, every tier is that of the case planned from nothing."""
    for seed in range(first, first + 20):
        facts = chance_facts(Random(seed), Wishes(floors="anybody"))
        before = solver.solve(build_problem(build_network(build(facts))))
        for row in facts["stocks"]:
            row["quantity"] = row["quantity"] * 0.5 + 1
        problem = build_problem(build_network(build(facts)))
        one, other = (
            {tier.name: tier.value for tier in solver.solve(problem, start=start).tiers}
            for start in (None, before.basis)
        )
        assert other == pytest.approx(one, rel=SIZE, abs=SIZE), seed


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
