"""Several processes of the solver: a large problem is taken apart, and its parts are solved side by side."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass, replace

import numpy as np

from scorta.errors import SolverError
from scorta.languages import say
from scorta.problem import Problem
from scorta.solve.answer import GIB, Answer, Basis, Certify, Limits, Progress, TierAnswer
from scorta.solve.parts import LEAST, Parts, exceeded
from scorta.solve.process import Running, SolverProcess
from scorta.solve.screen import screen_answer
from scorta.solve.tiers import evaluate

LARGE = 250_000
"""Entries from which on a problem is taken apart: smaller ones are solved in seconds as they are."""

MOST = 0.6
"""Share of all entries from which on a part counts as the whole: taking it apart gains nothing then."""

TOLD = 5.0
"""Seconds after which it is told again how many parts are solved."""

Key = tuple[object, ...]
"""What a part is known by: all its numbers, and all that was asked of the solver beside it."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked of the solver beside the problem, the time by which, and the answers that are known already."""

    limits: Limits
    seed: int
    certify: Certify | None
    progress: Progress
    deadline: float
    known: Mapping[Key, Answer]


class SolverPool(Running):
    """A process of the solver for each core; a context manager that ends them.

    A large problem whose parts share nothing but limits is solved part by part. Where a limit has no room for what the
    parts do together, those that use it become one part that knows it. When all limits have room, the answers of the
    parts are an answer to the whole, and as good as any: every answer to the whole is one to the parts. Parts that are
    as they were in the problem before are not solved again.

    `large` is the number of entries from which on a problem is taken apart, `least` the fewest that a part has.
    """

    def __init__(self, count: int | None = None, large: int = LARGE, least: int = LEAST) -> None:
        self.large, self.least = large, least
        self._processes = [SolverProcess() for _ in range(count or len(os.sched_getaffinity(0)))]
        self._known: dict[Key, Answer] = {}
        self._basis: Basis | None = None

    def begin(self) -> None:
        """Start the process that solves every problem, large or not."""
        self._processes[0].begin()

    def end(self) -> None:
        """End all processes, whatever they are doing."""
        for process in self._processes:
            process.end()

    def solve(
        self,
        problem: Problem,
        limits: Limits | None = None,
        seed: int = 0,
        certify: Certify | None = None,
        progress: Progress | None = None,
    ) -> Answer:
        """Solve a problem tier by tier within the limits.

        Raises:
            SolverError: see `SolverProcess.solve`.
        """
        limits = limits or Limits()
        deadline = time.monotonic() + limits.seconds
        start = None
        if problem.shape[2] >= self.large:
            tell = progress or (lambda name, value, bound, left: None)
            answer = self._solve_parts(problem, _Wish(limits, seed, certify, tell, deadline, self._known))
            if answer is not None:
                return answer
            limits = replace(limits, seconds=deadline - time.monotonic())
            start = self._basis if _fits(self._basis, problem) else None
        return self._processes[0].solve(problem, limits, seed, certify, progress, start)

    def _solve_parts(self, problem: Problem, wish: _Wish) -> Answer | None:
        """Solve the parts of a problem until all limits have room; None where it is better solved whole.

        So it is where most of it is one part, or where a part wants more memory or time than it was given.
        """
        self._known, values = {}, np.zeros(len(problem.lower))
        parts: Parts | None = Parts.build(problem, self.least)
        while parts is not None and parts.entries[0] <= MOST * parts.entries.sum():
            try:
                answers = self._side_by_side(parts, wish)
                while any(answer.unsolved for answer in answers) and time.monotonic() < wish.deadline:
                    answers = self._side_by_side(parts, wish)  # those that their share of the time did not suffice
            except SolverError:
                if time.monotonic() > wish.deadline:
                    raise
                return None
            for number, answer in enumerate(answers):
                values[parts.columns.of(number)] = answer.values
            self._basis = _whole_basis(parts, answers)
            over = exceeded(problem, values)
            if not len(over):
                return _one_answer(problem, values, answers, wish)
            parts = parts.joined(over, values) if time.monotonic() < wish.deadline else None
        return None

    def _side_by_side(self, parts: Parts, wish: _Wish) -> list[Answer]:
        """Solve every part whose answer is not known, on all processes; the first error ends them all."""
        keys = [(parts[number].digest(), wish.seed, wish.limits.gap, wish.certify) for number in range(len(parts))]
        answers = {number: self._known.get(key) or wish.known.get(key) for number, key in enumerate(keys)}
        asked = [number for number, answer in answers.items() if answer is None]
        room = _Room(parts, asked, wish.limits.memory, self._processes)
        basis, told = self._basis, time.monotonic()

        def work(number: int) -> Answer:
            limits = replace(wish.limits, memory=room.memory, seconds=room.share(number, wish.deadline))
            part, process = parts[number], room.free.get()
            try:
                start = _start(parts, number, basis)
                return process.solve(part.problem, limits, wish.seed, wish.certify, start=start, opening=part.opening)
            finally:
                room.free.put(process)

        with ThreadPoolExecutor(room.processes) as threads:
            futures = {threads.submit(work, number): number for number in asked}
            try:
                for count, done in enumerate(as_completed(futures), 1):
                    answers[futures[done]] = done.result()
                    if time.monotonic() > told + TOLD:
                        told = time.monotonic()
                        wish.progress(
                            say("parts solved of {number}", number=len(asked)), count, None, wish.deadline - told
                        )
            except BaseException:
                while not all(future.cancel() or future.done() for future in futures):
                    self.end()  # again and again: a thread may just have started a process
                    wait(futures, timeout=0.05)
                self.end()
                raise
        found = [answer for answer in answers.values() if answer is not None]
        self._known |= {key: answer for key, answer in zip(keys, found, strict=True) if not answer.unsolved}
        return found


class _Room:
    """The processes, the memory and the time that the parts of one round share."""

    def __init__(self, parts: Parts, asked: Sequence[int], memory: int, processes: Sequence[SolverProcess]) -> None:
        self.processes = max(min(len(processes), len(asked), memory // GIB), 1)
        self.memory = memory // self.processes
        self.free = queue.SimpleQueue[SolverProcess]()
        for process in processes[: self.processes]:
            self.free.put(process)
        entries = parts.entries[list(asked)]
        waiting = np.maximum(entries[::-1].cumsum()[::-1], 1)
        self.shares = dict(zip(asked, np.minimum(self.processes * entries / waiting, 1.0).tolist(), strict=True))

    def share(self, number: int, deadline: float) -> float:
        """Return the seconds that a part may take of all that is left: a hard part takes no other's time."""
        left: float = self.shares[number] * (deadline - time.monotonic())
        return left


def _whole_basis(parts: Parts, answers: Sequence[Answer]) -> Basis | None:
    """Put the bases of the parts together; rows that no part has stand in the basis."""
    columns, rows, effort = np.zeros(len(parts.of_column), np.int8), np.ones(len(parts.of_row), np.int8), 0
    for number, answer in enumerate(answers):
        if answer.basis is None:
            return None
        columns[parts.columns.of(number)] = answer.basis.columns
        rows[parts.rows.of(number)] = answer.basis.rows
        effort += answer.basis.effort
    return Basis(columns, rows, effort)


def _start(parts: Parts, number: int, basis: Basis | None) -> Basis | None:
    """Return where a part begins: at what the problem before, or the round before, left of it."""
    if basis is None or not _fits(basis, parts.whole):
        return None
    columns, rows = parts.columns.of(number), parts.rows.of(number)
    return Basis(basis.columns[columns], basis.rows[rows], basis.effort * len(columns) // len(basis.columns))


def _fits(basis: Basis | None, problem: Problem) -> bool:
    """Tell whether a basis is one of a problem of this size."""
    return basis is not None and (len(basis.columns), len(basis.rows)) == problem.shape[:2]


def _one_answer(problem: Problem, values: np.ndarray, answers: Sequence[Answer], wish: _Wish) -> Answer:
    """Make one answer of those of the parts, and look at it as at any other.

    From the first tier that a part did not reach, none counts as solved.
    """
    names = [tier.name for tier in problem.tiers]
    reached = min((names.index(name) for answer in answers for name in answer.unsolved), default=len(names))
    tiers = tuple(_added(name, answers, proved=wish.certify is not None) for name in names[:reached])
    screen_answer(problem, values, {tier.name: tier.best for tier in tiers})
    final = evaluate(problem, values)
    for tier in tiers:
        wish.progress(tier.name, tier.best, tier.bound, wish.deadline - time.monotonic())
    came_out = tuple(replace(tier, value=final[tier.name]) for tier in tiers)
    return Answer(values, came_out, tuple(names[reached:]), answers[0].solver)


def _added(name: str, answers: Sequence[Answer], *, proved: bool) -> TierAnswer:
    """Add up how a tier came out in all parts that have it."""
    came_out = [tier for answer in answers for tier in answer.tiers if tier.name == name]
    best, seconds, claimed = (
        float(sum(getattr(tier, side) for tier in came_out)) for side in ("best", "seconds", "claimed")
    )
    bounds = [tier.bound for tier in came_out if tier.bound is not None]
    bound = float(sum(bounds)) if proved and len(bounds) == len(came_out) else None
    return TierAnswer(name, best, best, bound, seconds, sum(tier.iterations for tier in came_out), claimed)
