"""The order of the tiers: solve each, hold it, release floors to own needs once, and say how each came out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scorta.case import Floats
from scorta.problem import Problem, Release, Tier
from scorta.solve.engine import Engine, OutOfTime
from scorta.solve.face import value_of
from scorta.solve.together import Together
from scorta.solve.whole import Whole, settle_tiers

SHORT = 1e-7
"""Units below which a need counts as neither short nor late."""


GAP = 1e-6
"""How far a tier may be from the best that whole numbers allow, relative to it, unless somebody says otherwise."""

FIRST = ("limits", "floors", "frozen")
"""Tiers that stand as they are, column by column, while floors give way; what is frozen to the unit."""


@dataclass(frozen=True, slots=True)
class Solved:
    """One tier solved, with the engine as it stood then; `claimed` is the bound that the solver proved of it."""

    tier: Tier
    best: float
    claimed: float
    seconds: float
    iterations: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of all tiers: the values of the columns, the tiers that were not reached, and how many told stand.

    Where the time ends while floors give way, the plan is the one from before, and what was told since is void.
    """

    values: Floats
    unsolved: list[str]
    stands: int


def run_tiers(engine: Engine, seconds: float, told: Callable[[Solved], None], gap: float = GAP) -> Outcome:
    """Solve all tiers within the time, each held before the next; whole numbers to within the gap.

    Raises:
        OutOfTime: not even the first tier was solved.
    """
    problem, deadline = engine.problem, time.monotonic() + seconds
    solver = Whole(engine, gap) if len(problem.whole) else Together(engine)
    outcome, solved = _one_by_one(engine, solver, deadline, told)
    if isinstance(solver, Whole):
        values = settle_tiers(engine, outcome.values, solved, deadline - time.monotonic())
        return Outcome(values, outcome.unsolved, outcome.stands)
    return outcome


def run_again(engine: Engine, upper: Floats, seconds: float, told: Callable[[Solved], None]) -> Outcome:
    """Solve the one tier once more within the time, with other upper bounds, from the last answer."""
    (tier,), started = engine.problem.tiers, time.monotonic()
    engine.unhold()
    moved = np.flatnonzero(upper != engine.upper)
    engine.bound_columns(moved, engine.lower[moved], upper[moved])
    best = engine.minimise(tier, seconds, onward=True)
    told(Solved(tier, best, engine.claimed, time.monotonic() - started, engine.iterations))
    return Outcome(engine.values, [], 1)


def _one_by_one(
    engine: Engine, solver: Together | Whole, deadline: float, told: Callable[[Solved], None]
) -> tuple[Outcome, list[Tier]]:
    """Solve the tiers; return the outcome, and the tiers that the answer is best in, in order."""
    release = engine.problem.release
    waiting, done = list(engine.problem.tiers), list[Tier]()
    values, stands, again, first = np.zeros(0), 0, 0, 0
    while waiting:
        tier = waiting.pop(0)
        started = time.monotonic()
        try:
            best = solver.minimise(tier, waiting, deadline - started)
        except OutOfTime:
            if not done:
                raise
            if not again:
                return Outcome(values, [one.name for one in (tier, *waiting)], stands), done[first:]
            engine.unhold()
            engine.lay_ground()
            return Outcome(values, [one.name for one in waiting[again - 1 :]], stands), done[:stands]
        told(Solved(tier, best, solver.claimed, time.monotonic() - started, solver.iterations))
        solver.hold(tier, best)
        done.append(tier)
        again = max(again - 1, 0)
        if not again:
            values, stands = solver.values, len(done)
        if release is not None and _needs_end(tier, waiting):
            more = _release(engine, release, done, values)
            first = len(done) if more else 0
            waiting, again, release = more + waiting, len(more), None
    return Outcome(values, [], stands), done[first:]


def _needs_end(tier: Tier, waiting: list[Tier]) -> bool:
    """Tell whether this was the last tier of the needs."""
    return tier.name.startswith("needs ") and not any(later.name.startswith("needs ") for later in waiting)


def _release(engine: Engine, release: Release, done: list[Tier], values: Floats) -> list[Tier]:
    """Let floors give way to own needs where a need is short: return the tiers to solve once more."""
    if not (values[release.watch] > SHORT).any():
        return []
    engine.unhold()
    for tier in (tier for tier in done if tier.name in FIRST):
        kept = np.setdiff1d(tier.columns, release.freed)
        stands = np.maximum(values[kept], 0.0)
        engine.bound_columns(kept, stands if tier.name == "frozen" else engine.problem.lower[kept], stands)
    engine.bound_columns(release.capped, np.zeros(len(release.capped)), np.maximum(values[release.capped], 0.0))
    engine.lay_ground()
    floors = [tier for tier in done if tier.name == "floors"]
    return [tier for tier in done if tier.name not in FIRST] + floors


def evaluate(problem: Problem, values: Floats) -> dict[str, float]:
    """Return the value of every tier in a plan."""
    return {tier.name: value_of(tier, values) for tier in problem.tiers}
