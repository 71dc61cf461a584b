"""Several processes of the solver: a large problem is taken apart, and its parts are solved side by side."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass, replace
from types import TracebackType

import numpy as np

from scorta.problem import Problem
from scorta.solve.answer import Answer, Basis, Certify, Limits, Progress, TierAnswer
from scorta.solve.parts import LEAST, Part, Parts, exceeded
from scorta.solve.process import SolverProcess
from scorta.solve.screen import screen_answer
from scorta.solve.steps import evaluate

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


class SolverPool:
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

    def __enter__(self) -> SolverPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

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
        if problem.shape[2] >= self.large:
            tell = progress or (lambda name, value, bound, left: None)
            answer = self._solve_parts(problem, _Wish(limits, seed, certify, tell, deadline, self._known))
            if answer is not None:
                return answer
            limits = replace(limits, seconds=deadline - time.monotonic())
        start = self._basis if _fits(self._basis, problem) else None
        answer = self._processes[0].solve(problem, limits, seed, certify, progress, start)
        self._basis = answer.basis
        return answer

    def _solve_parts(self, problem: Problem, wish: _Wish) -> Answer | None:
        """Solve the parts of a problem until all limits have room; None where most of it is one part."""
        self._known, parts, values = {}, Parts.build(problem, self.least), np.zeros(len(problem.lower))
        while parts.entries[0] <= MOST * parts.entries.sum():
            answers = self._side_by_side(parts, wish)
            for number, answer in enumerate(answers):
                values[parts.columns.of(number)] = answer.values
            self._basis = _whole_basis(parts, answers)
            over = exceeded(problem, values)
            if not len(over):
                return _one_answer(problem, values, answers, wish)
            parts = parts.joined(over, values)
        return None

    def _side_by_side(self, parts: Parts, wish: _Wish) -> list[Answer]:
        """Solve every part on all processes; the first error ends them all."""
        free, told = queue.SimpleQueue[SolverProcess](), time.monotonic()
        for process in self._processes:
            free.put(process)
        waiting, basis = parts.entries[::-1].cumsum()[::-1], self._basis

        def work(number: int) -> Answer:
            share = len(self._processes) * parts.entries[number] / max(waiting[number], 1)
            return self._solve_part(parts[number], _start(parts, number, basis), wish, min(share, 1.0), free)

        with ThreadPoolExecutor(len(self._processes)) as threads:
            futures = [threads.submit(work, number) for number in range(len(parts))]
            try:
                for count, done in enumerate(as_completed(futures), 1):
                    done.result()
                    if time.monotonic() > told + TOLD:
                        told = time.monotonic()
                        wish.progress(f"parts solved of {len(parts)}", count, None, wish.deadline - told)
            except BaseException:
                while not all(future.cancel() or future.done() for future in futures):
                    self.end()  # again and again: a thread may just have started a process
                    wait(futures, timeout=0.05)
                self.end()
                raise
        return [future.result() for future in futures]

    def _solve_part(
        self, part: Part, start: Basis | None, wish: _Wish, share: float, free: queue.SimpleQueue[SolverProcess]
    ) -> Answer:
        """Solve a part unless its answer is known, in its share of the time left: a hard part takes no other's."""
        key = (part.digest(), wish.seed, wish.limits.gap, wish.certify)
        answer = self._known.get(key) or wish.known.get(key)
        if answer is None:
            process, seconds = free.get(), share * (wish.deadline - time.monotonic())
            memory = wish.limits.memory // len(self._processes)
            try:
                limits = replace(wish.limits, seconds=seconds, memory=memory)
                answer = process.solve(part.problem, limits, wish.seed, wish.certify, start=start, opening=part.opening)
            finally:
                free.put(process)
        if not answer.unsolved:
            self._known[key] = answer
        return answer


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
    """Make one answer of those of the parts, and look at it as at any other."""
    unsolved = {name for answer in answers for name in answer.unsolved}
    tiers = tuple(_added(tier.name, answers) for tier in problem.tiers if tier.name not in unsolved)
    screen_answer(problem, values, {tier.name: tier.best for tier in tiers})
    final = evaluate(problem, values)
    for tier in tiers:
        wish.progress(tier.name, tier.best, tier.bound, wish.deadline - time.monotonic())
    left_out = tuple(tier.name for tier in problem.tiers if tier.name in unsolved)
    return Answer(values, tuple(replace(tier, value=final[tier.name]) for tier in tiers), left_out, answers[0].solver)


def _added(name: str, answers: Sequence[Answer]) -> TierAnswer:
    """Add up how a tier came out in all parts that have it."""
    came_out = [tier for answer in answers for tier in answer.tiers if tier.name == name]
    best, seconds, claimed = (sum(getattr(tier, side) for tier in came_out) for side in ("best", "seconds", "claimed"))
    bounds = [tier.bound for tier in came_out if tier.bound is not None]
    bound = sum(bounds) if len(bounds) == len(came_out) else None
    return TierAnswer(name, best, best, bound, seconds, sum(tier.iterations for tier in came_out), claimed)
