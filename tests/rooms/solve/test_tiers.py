"""Tiers hold: whatever a later tier wants, an earlier one keeps its best value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog
from tests.rooms.solve.small import INFINITE, full, problem_of, small

from scorta.problem import Problem, Release, TierSum
from scorta.solve.engine import Engine, EngineError, OutOfTime
from scorta.solve.tiers import Solved, Together, evaluate, run_tiers

EXACT = 1e-6
"""Distance within which two solvers agree."""


def solved(problem: Problem, seconds: float = 60.0) -> tuple[np.ndarray, list[str], list[Solved]]:
    """Solve a problem in this process: its values, what was left out, and how each tier came out."""
    told: list[Solved] = []
    engine = Engine(problem)
    engine.load(0)
    outcome = run_tiers(engine, seconds, told.append)
    return outcome.values, outcome.unsolved, told[: outcome.stands]


def reference(problem: Problem) -> dict[str, float]:
    """Solve tier by tier with another program, each earlier tier held by a row of its own."""
    matrix = full(problem)
    above, below = np.isfinite(problem.row_lower), np.isfinite(problem.row_upper)
    rows = [-matrix[above], matrix[below]]
    sides = [-problem.row_lower[above], problem.row_upper[below]]
    bounds = np.stack([problem.lower, problem.upper], axis=1)
    found = {}
    for tier in problem.tiers:
        costs = np.zeros(len(problem.lower))
        costs[tier.columns] = tier.costs
        answer = linprog(costs, np.vstack(rows), np.concatenate(sides), bounds=bounds, method="highs")
        assert answer.status == 0, answer.message
        found[tier.name] = float(answer.fun)
        rows.append(costs[None, :])
        sides.append(np.array([answer.fun]))
    return found


def random_problem(seed: int) -> Problem:
    """Make a problem of 3 to 9 columns, 2 to 7 rows and three tiers, in whole numbers: many answers are equal.

    It has an answer: the sides of the rows are laid around a point within the bounds. A cost is below zero only where
    the column has an upper bound.
    """
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(2, 8), chance.integers(3, 10)
    upper = np.where(chance.random(columns) < 0.6, chance.integers(1, 9, columns), INFINITE)
    matrix = chance.integers(-3, 5, (rows, columns)) * (chance.random((rows, columns)) < 0.6)
    level = matrix @ np.minimum(chance.integers(0, 6, columns), upper)
    kind = chance.integers(0, 4, rows)
    lower = np.where(kind == 0, -INFINITE, level - chance.integers(0, 3, rows) * (kind != 3))
    above = np.where(kind == 1, INFINITE, level + chance.integers(0, 3, rows) * (kind != 3))
    costs = {}
    for name in ("first", "second", "third"):
        paid = chance.integers(-2, 5, columns) * (chance.random(columns) < 0.5)
        costs[name] = np.where(np.isfinite(upper), paid, np.abs(paid))
    return problem_of(matrix, lower, above, upper, costs)


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_tiers_agree_with_another_program(first: int) -> None:
    """On random problems every tier has the value of `linprog` with the earlier tiers held by rows."""
    for seed in range(first, first + 20):
        problem = random_problem(seed)
        values, unsolved, told = solved(problem)
        wanted = pytest.approx(reference(problem), rel=EXACT, abs=EXACT)
        assert evaluate(problem, values) == wanted, seed
        assert {one.tier.name: one.best for one in told} == wanted, seed
        assert unsolved == []


def test_a_later_tier_cannot_spoil_an_earlier() -> None:
    """The second tier would have x = 0; the first keeps y at 1, so x is 2. The other way round it is x = 0, y = 3."""
    assert solved(small())[0] == pytest.approx([2, 1])
    assert solved(small(costs={"second": [1, 0], "first": [0, 1]}))[0] == pytest.approx([0, 3])


def test_a_later_tier_chooses_among_equals() -> None:
    """Where the first tier does not care, the second decides: x + y = 3 either way, then y small or x small."""
    assert solved(small(costs={"first": [1, 1], "second": [0, 1]}))[0] == pytest.approx([2, 1])
    assert solved(small(costs={"first": [1, 1], "second": [1, 0]}))[0] == pytest.approx([0, 3])


def test_tiers_of_nothing() -> None:
    """A tier without costs is worth 0 and holds nothing; a problem without columns is solved."""
    values, _, told = solved(small(costs={"nothing": [0, 0], "second": [1, 0]}))
    assert values == pytest.approx([0, 3])
    assert [one.best for one in told] == [0, 0]
    values, unsolved, _ = solved(problem_of(np.zeros((0, 0)), [], [], [], {"first": []}))
    assert (len(values), unsolved) == (0, [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"row_lower": 99}, "[Ii]nfeasible"),
        ({"upper": INFINITE, "costs": {"first": [0, -1]}}, "[Uu]nbounded|[Ii]nfeasible"),
    ],
)
def test_what_has_no_answer(changes: dict[str, object], words: str) -> None:
    """No x + y within 2 and 10 is 99, no y is the largest without a bound: what the solver says is told."""
    with pytest.raises(EngineError, match=words):
        solved(small(**changes))


def late_after(times: int) -> Callable[..., float]:
    """Return a way of solving that answers so many times, and is out of time from then on."""
    right, calls = Together.minimise, []

    def late(self: Together, tier: TierSum, later: Sequence[TierSum], seconds: float) -> float:
        calls.append(tier)
        if len(calls) > times:
            raise OutOfTime
        return right(self, tier, later, seconds)

    return late


def test_no_time_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not even the first tier is solved there is no plan."""
    monkeypatch.setattr(Together, "minimise", late_after(0))
    engine = Engine(small())
    engine.load(0)
    with pytest.raises(OutOfTime):
        run_tiers(engine, 1.0, lambda one: None)


def test_time_for_the_first_tier_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the time limit leaves out is named; the first tier holds, the plan keeps to the rules."""
    monkeypatch.setattr(Together, "minimise", late_after(1))
    problem = small(costs={"first": [0, 1], "second": [1, 0], "third": [1, 1]})
    values, unsolved, told = solved(problem)
    assert unsolved == ["second", "third"]
    assert [one.tier.name for one in told] == ["first"]
    assert values == pytest.approx([2, 1])


def giving(need: float) -> Problem:
    """Make the problem of a stock of 10 with a floor of 8: given away, issued to an own need, kept; and two lacks.

    given + issued + kept = 10; kept + below >= 8; issued + unmet = need. First the floor (below), then the need; the
    floor gives way where unmet is above nothing, and what is given may not grow then.
    """
    matrix = [[1, 1, 1, 0, 0], [0, 0, 1, 1, 0], [0, 1, 0, 0, 1]]
    costs = {"floors": [0, 0, 0, 1, 0], "needs 1 unmet": [0, 0, 0, 0, 1], "gifts": [-1, 0, 0, 0, 0]}
    problem = problem_of(matrix, [10, 8, need], [10, INFINITE, need], [9, 9, 10, 8, need], costs)
    return replace(problem, release=Release(*(np.array([number]) for number in (4, 3, 0))))


def test_floors_give_way_to_own_needs() -> None:
    """A need of 5: only 2 lie above the floor, so the floor gives way and all 5 are issued; nothing is given away."""
    given, issued, kept, below, unmet = solved(giving(5))[0]
    assert (issued, unmet) == pytest.approx((5, 0))
    assert kept + given == pytest.approx(5)
    assert given == pytest.approx(0)
    assert below == pytest.approx(3)


@pytest.mark.parametrize("solves", [2, 3])
def test_the_time_ends_while_floors_give_way(solves: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan from before stands, with the tiers as they were told then; those after the needs are left out."""
    monkeypatch.setattr(Together, "minimise", late_after(solves))
    problem = giving(5)
    values, unsolved, told = solved(problem)
    assert unsolved == ["gifts"]
    assert {one.tier.name: one.best for one in told} == pytest.approx({"floors": 0, "needs 1 unmet": 3})
    assert evaluate(problem, values)["needs 1 unmet"] == pytest.approx(3)


def test_floors_stand_where_no_own_need_is_short() -> None:
    """A need of 1: it is met from above the floor, and only the one unit that is left above it is given away."""
    given, issued, kept, below, unmet = solved(giving(1))[0]
    assert (given, issued, kept, below, unmet) == pytest.approx((1, 1, 8, 0, 0))


def test_the_same_seed_is_the_same_answer() -> None:
    """Twice the same problem gives the same values, to the last digit."""
    problem = random_problem(3)
    assert np.array_equal(solved(problem)[0], solved(problem)[0])


def transport(seed: int, dearest: float) -> Problem:
    """Make a problem of 12 origins with 9 each and 12 destinations that ask for 10: legs cost next to nothing.

    What stays unmet costs 1 a unit, and `dearest` at three destinations. First cost, then the shorter legs.
    """
    rng = np.random.default_rng(seed)
    matrix = np.zeros((24, 156))
    for origin, there in np.ndindex(12, 12):
        matrix[[origin, 12 + there], 12 * origin + there] = 1
    matrix[12:, 144:] = np.eye(12)
    cost = np.append(rng.integers(20, 200, 144) / 1e4, np.where(np.arange(12) < 3, dearest, 1.0))
    costs = {"cost": cost, "earliest": np.append(rng.integers(1, 9, 144), np.zeros(12))}
    return problem_of(matrix, np.repeat([0, 10], 12), np.repeat([9, 10], 12), 50, costs)


@pytest.mark.parametrize("seed", range(4))
def test_small_costs_count_beside_a_large_one(seed: int) -> None:
    """Thousandths are minimised as carefully where another cost of the tier is 300,000 as where it is 10."""
    found, right = (evaluate(one, solved(one)[0]) for one in (transport(seed, 3e5), transport(seed, 10.0)))
    assert found == pytest.approx(right, abs=EXACT)


def loaded(costs: dict[str, list[float]]) -> Engine:
    """Return an engine with x + y = 3, x up to 2, y at least 1, loaded with these tiers."""
    engine = Engine(small(costs=costs))
    engine.load(0)
    return engine


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
