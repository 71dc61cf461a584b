"""A problem taken apart: what is a part, when parts become one, and that nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from tests.laws.chance import Facts, Wishes, build, chance_facts, copied
from tests.laws.lots import lot_facts
from tests.rooms.solve.small import problem_of, script

from scorta import desk
from scorta.case import Previous
from scorta.errors import SolverError
from scorta.network import build_network
from scorta.problem import Family, Problem, build_problem
from scorta.rules import Rule
from scorta.solve import Answer, Basis, Limits, SolverPool, SolverProcess
from scorta.solve.answer import GIB
from scorta.solve.parts import Parts, exceeded
from scorta.solve.pool import _Room

SIZE = 1e-6
"""How far two tiers may be apart and count as the same, relative to them."""


@pytest.fixture(name="pool", scope="module")
def _pool() -> Iterator[SolverPool]:
    """A pool that takes every problem apart, down to its smallest parts."""
    with SolverPool(2, large=0, least=1) as pool:
        yield pool


@pytest.fixture(name="process", scope="module")
def _process() -> Iterator[SolverProcess]:
    """One process, which solves every problem whole."""
    with SolverProcess() as process:
        yield process


def three(room: float, mass: tuple[float, float, float] = (1, 1, 1)) -> Problem:
    """Make three goods of which 4, 3 and 2 are asked for, over one leg with some room; what is short costs 5, 1 and 1.

    Columns: carried 0-2, short 3-5; rows: asked 0-2, leg 3.
    """
    asked = np.hstack([np.eye(3), np.eye(3)])
    leg = [*mass, 0, 0, 0]
    problem = problem_of(
        np.vstack([asked, leg]), [4, 3, 2, -np.inf], [4, 3, 2, room], np.inf,
        {"short": [0, 0, 0, 5, 1, 1], "carried": [1, 1, 1, 0, 0, 0]},
    )  # fmt: skip
    rules = {"need": Family("need", 0, 3, {}), "leg_capacity": Family("leg_capacity", 3, 1, {})}
    return replace(problem, rules=rules)


def members(parts: Parts) -> list[list[int]]:
    """Return the columns of each part."""
    return sorted(sorted(parts.columns.of(number).tolist()) for number in range(len(parts)))


def test_what_shares_a_limit_only_is_apart() -> None:
    """Each of the goods is a part with its own row; the leg is in none of them."""
    parts = Parts.build(three(9), least=1)
    assert members(parts) == [[0, 3], [1, 4], [2, 5]]
    assert sorted(parts[number].problem.shape for number in range(3)) == [(2, 1, 2)] * 3


def test_what_shares_another_row_is_one_part() -> None:
    """Were the leg's row one of another rule, the three would hang together by it."""
    problem = three(9)
    assert len(Parts.build(replace(problem, rules={Rule.BALANCE: problem.rules[Rule.LEG_CAPACITY]}), least=1)) == 1


def test_a_limit_that_somebody_can_make_room_in_is_shared_by_none() -> None:
    """A row with a number below 0 joins what stands in it: leaving out what adds below 0 would forbid too much."""
    assert len(Parts.build(three(9, (1, 1, -1)), least=1)) == 1


def test_small_parts_are_put_together_and_nothing_is_lost() -> None:
    """Parts of 3 entries, of at least 6: in their order. All entries but those of the leg stand in some part."""
    parts = Parts.build(three(9), least=6)
    assert members(parts) == [[0, 3], [1, 2, 4, 5]]
    assert sum(parts[number].problem.shape[2] for number in range(2)) == 6


def test_those_that_use_a_limit_without_room_become_one() -> None:
    """3 of the first and 1 of the second are 1 too many for the leg; the third uses nothing of it and stays alone."""
    problem = three(3)
    values = np.array([3.0, 1.0, 0.0, 1.0, 2.0, 2.0])
    over = exceeded(problem, values)
    assert over.tolist() == [3]
    parts = Parts.build(problem, least=1).joined(over, values)
    assert parts is not None
    assert members(parts) == [[0, 1, 3, 4], [2, 5]]
    assert parts[0].problem.row_upper.tolist() == [4, 3, 3]
    again = parts.joined(over, np.array([2.0, 1.0, 1.0, 2.0, 2.0, 1.0]))
    assert again is not None
    assert members(again) == [[0, 1, 2, 3, 4, 5]]


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


def _before(facts: Facts, process: SolverProcess) -> Previous:
    """Return a plan of a case with half of its stocks, to be followed, its first bucket frozen."""
    half = copied(facts)
    for row in half["stocks"]:
        row["quantity"] *= 0.5
    case = build(half)
    return Previous(desk.make_plan(case, certify=False, solver=process).tables, int(case.horizon.days[0]))


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_parts_are_as_good_as_the_whole(first: int, pool: SolverPool, process: SolverProcess) -> None:
    """On cases by chance, with limits, contracts, kits and floors, and with whole numbers, every tier is the same."""
    apart = 0
    for seed in range(first, first + 20):
        rng = Random(seed)
        wishes = Wishes(contracts=rng.random() < 0.3, floors="anybody")
        facts = lot_facts(rng) if seed % 4 == 0 else chance_facts(rng, wishes)
        problem = build_problem(build_network(build(facts), _before(facts, process) if seed % 3 == 0 else None))
        apart += len(Parts.build(problem, least=1)) > 1
        one, other = ({tier.name: tier.value for tier in solver.solve(problem).tiers} for solver in (process, pool))
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


def test_a_start_changes_nothing_but_the_way(process: SolverProcess) -> None:
    """From its own basis, from another, and from one that is none, a problem is solved as well as from nothing."""
    problem = three(4)
    first = process.solve(problem)
    assert first.basis is not None
    other = Basis(1 - first.basis.columns % 2, first.basis.rows * 0, 9)
    starts = [first.basis, other, Basis(*[np.ones(2, np.int8)] * 2, 9)]
    for start in starts:
        again = process.solve(problem, start=start)
        assert [tier.value for tier in again.tiers] == pytest.approx([tier.value for tier in first.tiers])


@pytest.mark.parametrize("first", range(0, 40, 20))
def test_a_changed_case_from_the_case_before(first: int, process: SolverProcess) -> None:
    """Planned from the basis of a case with other stocks, every tier is that of the case planned from nothing."""
    for seed in range(first, first + 20):
        facts = chance_facts(Random(seed), Wishes(floors="anybody"))
        before = process.solve(build_problem(build_network(build(facts))))
        for row in facts["stocks"]:
            row["quantity"] = row["quantity"] * 0.5 + 1
        problem = build_problem(build_network(build(facts)))
        one, other = (
            {tier.name: tier.value for tier in process.solve(problem, start=start).tiers}
            for start in (None, before.basis)
        )
        assert other == pytest.approx(one, rel=SIZE, abs=SIZE), seed
