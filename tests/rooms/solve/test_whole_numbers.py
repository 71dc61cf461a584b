"""Whole numbers: each tier is as good as every choice of whole numbers allows, and the answer is exactly whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog
from tests.laws.chance import Wishes, build
from tests.laws.test_lots import any_facts
from tests.rooms.solve.small import INFINITE, problem_of
from tests.rooms.solve.test_tiers import full, random_problem

from scorta.errors import SolverError
from scorta.network import build_network
from scorta.problem import Problem, TierSum, build_problem
from scorta.rules import tier_of
from scorta.solve import Certificate, Limits, SolverProcess
from scorta.solve.engine import Engine, EngineError, Found, OutOfTime
from scorta.solve.screen import screen_answer, screen_problem
from scorta.solve.tiers import Outcome, Solved, evaluate, run_tiers
from scorta.solve.whole_numbers import Whole

EXACT = 1e-6
"""Distance within which two answers agree."""


def whole_problem(seed: int) -> Problem:
    """Make a random problem in which up to four bounded columns are whole."""
    problem = random_problem(seed)
    bounded = np.flatnonzero(np.isfinite(problem.upper) & (problem.upper <= 4))
    return replace(problem, whole=bounded[:4].astype(np.int32))


def solved(problem: Problem, seconds: float = 60.0) -> tuple[Outcome, list[Solved]]:
    """Solve a problem in this process."""
    told: list[Solved] = []
    engine = Engine(problem)
    engine.load(0)
    return run_tiers(engine, seconds, told.append), told


def best_of_all(problem: Problem) -> tuple[float, ...]:
    """Try every choice of whole numbers, tier by tier with `linprog`; return the best tiers."""
    ranges = [range(int(problem.lower[at]), int(problem.upper[at]) + 1) for at in problem.whole]
    fixed = [dict(zip(problem.whole, numbers, strict=True)) for numbers in product(*ranges)]
    rows: list[tuple[np.ndarray, float]] = []
    found = []
    for tier in problem.tiers:
        costs = np.zeros(len(problem.lower))
        costs[tier.columns] = tier.costs
        values = [_least(problem, costs, numbers, rows) for numbers in fixed]
        best = min(values)
        fixed = [one for one, value in zip(fixed, values, strict=True) if value <= best + 1e-9]
        rows.append((costs, best + 1e-9))
        found.append(best)
    return tuple(found)


def _least(problem: Problem, costs: np.ndarray, numbers: dict[int, int], rows: list[tuple[np.ndarray, float]]) -> float:
    """Return the least value with these whole numbers, infinite where there is no answer."""
    matrix = full(problem)
    above, below = np.isfinite(problem.row_lower), np.isfinite(problem.row_upper)
    bounds = np.stack([problem.lower, problem.upper], axis=1)
    for at, number in numbers.items():
        bounds[at] = number
    sides = [-problem.row_lower[above], problem.row_upper[below], np.array([most for _, most in rows])]
    left = np.vstack([-matrix[above], matrix[below], *(row[None, :] for row, _ in rows)])
    answer = linprog(costs, left, np.concatenate(sides), bounds=bounds, method="highs")
    return float(answer.fun) if answer.status == 0 else np.inf


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_tiers_are_the_best_of_every_choice(first: int) -> None:
    """On random problems every tier has the value of the best choice of whole numbers; the answer is whole."""
    for seed in range(first, first + 20):
        problem = whole_problem(seed)
        right = best_of_all(problem)
        if not np.isfinite(right).all():
            continue
        outcome, told = solved(problem)
        found = evaluate(problem, outcome.values)
        assert list(found.values()) == pytest.approx(right, rel=EXACT, abs=EXACT), seed
        assert [one.best for one in told] == pytest.approx(right, rel=10 * EXACT, abs=10 * EXACT), seed
        assert all(one.claimed <= one.best + EXACT for one in told), seed
        assert told[0].claimed == pytest.approx(right[0], rel=EXACT, abs=EXACT), seed
        assert (outcome.values[problem.whole] % 1 == 0).all(), seed
        screen_answer(problem, outcome.values, found)


def lots() -> Problem:
    """Make the problem of two ways to make 5: one costs 1 a unit and 4 to set up, the other 2 a unit.

    x <= 9 on, x + y + short = 5. First little short, then little cost, then little y.
    """
    whole = problem_of(
        [[1, 0, -9, 0], [1, 1, 0, 1]],
        [-INFINITE, 5],
        [0, 5],
        [INFINITE, INFINITE, 1, INFINITE],
        {"short": [0, 0, 0, 1], "cost": [1, 2, 4, 0], "less y": [0, 1, 0, 0]},
    )
    return replace(whole, whole=np.array([2], dtype=np.int32))


def test_a_cost_of_setting_up() -> None:
    """Setting up costs 4 and saves 5: x makes all. For a cost of 6 it does not pay: y makes all."""
    outcome, told = solved(lots())
    assert outcome.values == pytest.approx([5, 0, 1, 0])
    assert [one.best for one in told] == pytest.approx([0, 9, 0])
    tier = replace(lots().tiers[1], costs=np.array([1.0, 2.0, 6.0]))
    outcome, _ = solved(replace(lots(), tiers=(lots().tiers[0], tier)))
    assert outcome.values == pytest.approx([0, 5, 0, 0])


def test_what_costs_nothing_is_held_by_prices_and_the_rest_by_a_row() -> None:
    """The first tier is at nothing, so no row keeps it; the second is not on the face of the LP, so one does."""
    problem = lots()
    engine = Engine(problem)
    engine.load(0)
    solver = Whole(engine, 1e-6)
    for tier, kept in zip(problem.tiers[:2], (0, 1), strict=True):
        solver.hold(tier, solver.minimise(tier, [], 60.0))
        assert len(engine.kept) == kept
    engine.back_to_ground()
    assert engine.kept == []
    assert engine.minimise(problem.tiers[2], 60.0) == 0


def test_a_tier_on_the_face_is_held_by_prices() -> None:
    """Where the best answer without whole numbers is whole, the tier is held exactly, not by a row."""
    problem = replace(
        lots(),
        tiers=(TierSum.build(tier_of("less"), np.array([0, 1, 3]), np.array([1.0, 1.0, 2.0])), *lots().tiers[1:]),
    )
    engine = Engine(problem)
    engine.load(0)
    solver = Whole(engine, 1e-6)
    solver.hold(problem.tiers[0], solver.minimise(problem.tiers[0], [], 60.0))
    assert engine.kept == []
    assert solver.values[[0, 1]].sum() == pytest.approx(5)


def test_an_idle_switch_is_turned_off() -> None:
    """Where no tier minds a switch, it is on only where something flows."""
    problem = replace(lots(), tiers=(TierSum.build(tier_of("less x"), np.array([0]), np.array([1.0])),))
    outcome, _ = solved(problem)
    assert outcome.values[[0, 2]].tolist() == [0, 0]


def test_the_bound_outside_the_solver_is_that_of_the_relaxation() -> None:
    """Without whole numbers x costs 1 + 4/9 a unit: 65/9 for 5; the solver claims 9, which is the best."""
    bounds: list[Certificate] = []

    def certify(starts: object, rows: object, values: object, proof: Certificate) -> float:
        bounds.append(proof)
        return 0.0

    with SolverProcess() as solver:
        answer = solver.solve(lots(), certify=certify)
    cost = bounds[1]
    assert cost.costs @ np.array([5, 0, 5 / 9, 0]) + cost.offset == pytest.approx(65 / 9)
    assert [tier.claimed for tier in answer.tiers] == pytest.approx([0, 9, 0])
    # the row that keeps the cost has its price in the last tier: y may be nothing, so the price is none
    assert bounds[2].offset == pytest.approx(0)


def test_time_over_with_an_answer_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that is stopped with an answer says its value and the bound; later tiers are still solved."""

    def stopped(self: Engine, tier: TierSum, start: np.ndarray, gap: float, seconds: float) -> Found:
        return Found(np.array([0.0, 5.0, 0.0, 0.0]), 7.5)

    monkeypatch.setattr(Engine, "search", stopped)
    outcome, told = solved(lots())
    assert [one.best for one in told] == pytest.approx([0, 10, 5])
    assert told[1].claimed == pytest.approx(7.5)
    assert outcome.values == pytest.approx([0, 5, 0, 0])


def test_time_over_without_any_answer() -> None:
    """Where not even the first tier has an answer, the time was too short; later ones keep what is there."""
    first = TierSum.build(tier_of("both"), np.arange(4), np.array([1.0, 2.0, 4.0, 100.0]))
    with pytest.raises(OutOfTime):
        run_tiers(_no_search(replace(lots(), tiers=(first,))), 60.0, lambda solved: None)
    told: list[Solved] = []
    outcome = run_tiers(_no_search(lots()), 60.0, told.append)
    assert outcome.unsolved == []
    assert told[1].claimed == pytest.approx(65 / 9)


def _no_search(problem: Problem) -> Engine:
    """Return an engine whose searches find nothing."""
    engine = _Blind(problem)
    engine.load(0)
    return engine


class _Blind(Engine):
    """An engine whose searches find nothing, and whose answers are never whole by themselves."""

    def search(self, tier: TierSum, start: np.ndarray, gap: float, seconds: float) -> Found:
        raise OutOfTime


def test_a_gap_is_enough() -> None:
    """With a gap of a quarter the answer may be a quarter worse, and no more."""
    with SolverProcess() as solver:
        answer = solver.solve(lots(), Limits(gap=0.25))
    assert 9 <= answer.tiers[1].value <= 9 / (1 - 0.25)
    assert answer.tiers[1].claimed <= 9


def test_numbers_that_are_not_whole_are_no_answer() -> None:
    """A whole column that is not exactly whole, or is not there, is seen."""
    problem = lots()
    screen_answer(problem, np.array([5.0, 0, 1, 0]), {})
    with pytest.raises(SolverError, match="not whole"):
        screen_answer(problem, np.array([5.0, 0, 1 - 1e-12, 0]), {})
    with pytest.raises(SolverError, match="whole column that is not there"):
        screen_problem(replace(problem, whole=np.array([4], dtype=np.int32)))


def test_rows_that_shut_every_answer_out_are_loosened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where round-off leaves no answer within the row that keeps a tier, the row gets more room."""
    monkeypatch.setattr("scorta.solve.engine.TIER_TOLERANCE", -5e-7)
    outcome, told = solved(lots())
    assert outcome.values == pytest.approx([5, 0, 1, 0])
    assert told[2].best == pytest.approx(0, abs=1e-4)


def test_an_answer_that_is_not_worth_what_the_solver_says_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case in which HiGHS 1.16.0 says 2.25 and hands back the 5.25 it started from; the search starts again."""
    facts = any_facts(133, Wishes(limits=False, dated=False))
    for item in facts["items"]:
        item.pop("holding_eur_per_month", None)
    _, told = solved(build_problem(build_network(build(facts))))
    assert {one.tier.name: one.best for one in told}["needs 1 unmet"] == pytest.approx(2.25)
    monkeypatch.setattr(Engine, "_search", lambda *whatever: None)
    with pytest.raises(EngineError, match="another answer than it said"):
        Engine(lots()).search(lots().tiers[0], np.zeros(4), 1e-6, 9.0)


def test_a_search_that_is_not_believed_leaves_the_answer_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a later search fails, the answer of the tier before stands, and the gap says how good it is."""

    def wrong(self: Engine, tier: TierSum, start: np.ndarray, gap: float, seconds: float) -> Found:
        raise EngineError("handed back another answer")

    monkeypatch.setattr(Engine, "search", wrong)
    outcome, told = solved(lots())
    assert outcome.unsolved == []
    assert told[1].best >= told[1].claimed == pytest.approx(65 / 9)
