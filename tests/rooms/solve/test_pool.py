"""Several processes side by side: as good as one, and ended together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from tests.laws.chance import Facts, Wishes, build, chance_facts, copied
from tests.laws.lots import lot_facts
from tests.rooms.solve.small import script, three

from scorta import desk
from scorta.case import Previous
from scorta.errors import SolverError
from scorta.network import build_network
from scorta.problem import Problem, build_problem
from scorta.solve import Answer, Limits, SolverPool, SolverProcess
from scorta.solve.answer import GIB
from scorta.solve.parts import Parts
from scorta.solve.pool import _Room

SIZE = 1e-6
"""How far two tiers may be apart and count as the same, relative to them."""


@pytest.mark.parametrize(("room", "short"), [(9, 0.0), (7, 2.0), (4, 5.0), (1, 20.0)])
def test_a_limit_binds_parts_as_it_binds_the_whole(pool: SolverPool, room: float, short: float) -> None:
    """The leg leaves 0, 2, 5 and 8 units behind, those of the first last: at 5 each where only 1 is carried."""
    answer = pool.solve(three(room))
    assert {tier.name: tier.value for tier in answer.tiers} == pytest.approx({"short": short, "carried": min(room, 9)})


def test_one_part_of_three_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two of three use a limit up, the answer of the third is not sought again, nor any in a second run."""
    solved: list[tuple[int, int, int]] = []
    solve = SolverProcess.solve

    def counted(process: SolverProcess, problem: Problem, *more: Any, **named: Any) -> Answer:
        solved.append(problem.shape)
        return solve(process, problem, *more, **named)

    monkeypatch.setattr(SolverProcess, "solve", counted)
    monkeypatch.setattr("scorta.solve.pool.MOST", 0.9)
    problem = three(4)
    problem = replace(problem, upper=np.array([9, 9, 0, 9, 9, 9.0]))  # the third may not be carried
    with SolverPool(2, large=0, least=1) as pool:
        first = pool.solve(problem)
        assert sorted(solved) == [(2, 1, 2), (2, 1, 2), (2, 1, 2), (4, 3, 6)]
        again = pool.solve(problem)
        assert len(solved) == 4
        np.testing.assert_array_equal(first.values, again.values)
        pool.solve(replace(problem, upper=np.array([9, 9, 1, 9, 9, 9.0])))
        assert len(solved) > 4


def _before(facts: Facts, solver: SolverProcess) -> Previous:
    """Return a plan of a case with half of its stocks, to be followed, its first bucket frozen."""
    half = copied(facts)
    for row in half["stocks"]:
        row["quantity"] *= 0.5
    case = build(half)
    return Previous(desk.make_plan(case, certify=False, solver=solver).tables, int(case.horizon.days[0]))


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_parts_are_as_good_as_the_whole(first: int, pool: SolverPool, solver: SolverProcess) -> None:
    """On cases by chance, with limits, contracts, kits and floors, and with whole numbers, every tier is the same."""
    apart = 0
    for seed in range(first, first + 20):
        rng = Random(seed)
        wishes = Wishes(contracts=rng.random() < 0.3, floors="anybody")
        facts = lot_facts(rng) if seed % 4 == 0 else chance_facts(rng, wishes)
        problem = build_problem(build_network(build(facts), _before(facts, solver) if seed % 3 == 0 else None))
        apart += len(Parts.build(problem, least=1)) > 1
        one, other = ({tier.name: tier.value for tier in each.solve(problem).tiers} for each in (solver, pool))
        assert other == pytest.approx(one, rel=SIZE, abs=SIZE), seed
    assert apart > 5


def test_bounds_of_parts_add_up(pool: SolverPool) -> None:
    """A plan from parts is checked and proved like any other."""
    for seed in range(5):
        plan = desk.make_plan(build(chance_facts(Random(seed), Wishes())), solver=pool)
        assert plan.record.certified_gap is not None
        assert plan.record.certified_gap <= SIZE


def test_a_part_that_exceeds_what_it_knows_is_believed_or_solved_whole(pool: SolverPool) -> None:
    """A limit that parts exceed by less than the solver lets pass is kept; no round follows that changes nothing."""
    problem = three(7 - 5e-8)
    answer = pool.solve(problem, Limits(seconds=20.0))
    assert answer.tiers[0].value == pytest.approx(2.0)
    parts = Parts.build(problem, least=1)
    values = np.array([4.0, 3.0, 0.0, 0.0, 0.0, 2.0])
    once = parts.joined(np.array([3]), values)
    assert once is not None
    assert once.joined(np.array([3]), values) is None


def test_a_part_that_wants_more_than_its_share_is_solved_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a part has too little memory, the whole is solved with all there is."""
    solve, asked = SolverProcess.solve, []

    def short(process: SolverProcess, problem: Problem, limits: Limits, *more: Any, **named: Any) -> Answer:
        asked.append(problem.shape)
        if problem.shape[0] == 2:
            raise SolverError("The solver ran out of memory.")
        return solve(process, problem, limits, *more, **named)

    monkeypatch.setattr(SolverProcess, "solve", short)
    with SolverPool(2, large=0, least=1) as pool:
        assert pool.solve(three(9)).tiers[0].value == 0
    assert asked[-1] == (6, 4, 9)


def test_no_more_processes_than_memory_allows() -> None:
    """A process for each gigabyte and part, one at least; a part may take what the others leave."""
    parts, processes = Parts.build(three(9), least=1), [SolverProcess() for _ in range(8)]
    for memory, asked, expected in (
        (8 * GIB, 3, (3, 8 * GIB // 3)),
        (2 * GIB, 3, (2, GIB)),
        (GIB // 2, 3, (1, GIB // 2)),
    ):
        room = _Room(parts, range(asked), memory, processes)
        assert (room.processes, room.memory) == expected
    alone = _Room(parts, [2], GIB, processes)
    assert alone.shares == {2: 1.0}


def test_one_process_that_fails_ends_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What one solver says is said of the whole, no process is left, and the pool can be used again."""
    with SolverPool(2, large=0, least=1) as pool:
        wrong = script(tmp_path_factory.mktemp("solver"), "read(); say(event='out of memory')")
        right, pool._processes[1].command = pool._processes[1].command, wrong
        pool._processes[0].command = wrong
        with pytest.raises(SolverError, match="ran out of memory"):
            pool.solve(three(9))
        assert all(process._process is None for process in pool._processes)
        for process in pool._processes:
            process.command = right
        assert pool.solve(three(9)).tiers[0].value == 0


def test_a_stop_between_two_parts_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped by the user while parts are solved: that is passed on, and no process is left."""
    monkeypatch.setattr("scorta.solve.pool.TOLD", 0.0)

    def stop(name: str, value: float, bound: float | None, left: float) -> None:
        raise KeyboardInterrupt

    with SolverPool(2, large=0, least=1) as pool:
        with pytest.raises(KeyboardInterrupt):
            pool.solve(three(9), progress=stop)
        assert all(process._process is None for process in pool._processes)


@pytest.fixture(name="pool", scope="module")
def _pool() -> Iterator[SolverPool]:
    """A pool that takes every problem apart, down to its smallest parts."""
    with SolverPool(2, large=0, least=1) as pool:
        yield pool
