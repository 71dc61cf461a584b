"""The order of the tiers: solve each, hold it, release floors to own needs once, and say how each came out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scorta.case import Floats
from scorta.problem import Problem, Release, Tier
from scorta.solve.engine import Engine, OutOfTime

SHORT = 1e-7
"""Units below which a need counts as neither short nor late."""


@dataclass(frozen=True, slots=True)
class Solved:
    """One tier solved, with the engine as it stood then."""

    tier: Tier
    best: float
    seconds: float
    iterations: int


def run_tiers(engine: Engine, seconds: float, told: Callable[[Solved], None]) -> tuple[Floats, list[str]]:
    """Solve all tiers within the time; return the values of the columns and the tiers that were not reached.

    Raises:
        OutOfTime: not even the first tier was solved.
    """
    problem, deadline = engine.problem, time.monotonic() + seconds
    values: Floats | None = None
    waiting = list(problem.tiers)
    done: list[Tier] = []
    release = problem.release
    while waiting:
        tier = waiting.pop(0)
        started = time.monotonic()
        try:
            best = engine.minimise(tier, deadline - started)
        except OutOfTime:
            if values is None:
                raise
            return values, [tier.name, *(left.name for left in waiting)]
        values = engine.values
        told(Solved(tier, best, time.monotonic() - started, engine.iterations))
        engine.hold(tier, best)
        done.append(tier)
        if release is not None and _needs_end(tier, waiting):
            waiting = _release(engine, release, done, values) + waiting
            release = None
    return (values if values is not None else np.zeros(0)), []


def _needs_end(tier: Tier, waiting: list[Tier]) -> bool:
    """Tell whether this was the last tier of the needs."""
    return tier.name.startswith("needs ") and not any(later.name.startswith("needs ") for later in waiting)


def _release(engine: Engine, release: Release, done: list[Tier], values: Floats) -> list[Tier]:
    """Let floors give way to own needs that are short: return the tiers to solve once more."""
    short = np.unique(release.watch_of[values[release.watch] > SHORT])
    freed = release.freed[np.isin(release.freed_of, short)]
    if not len(freed):
        return []
    needs = [tier for tier in done if tier.name.startswith("needs ")]
    engine.unhold()
    for tier in done:
        if tier not in needs:
            kept = np.setdiff1d(tier.columns, freed)
            engine.bound_columns(kept, engine.problem.lower[kept], np.maximum(values[kept], 0.0))
    capped = release.capped[np.isin(release.capped_of, short)]
    engine.bound_columns(capped, np.zeros(len(capped)), np.maximum(values[capped], 0.0))
    return needs + [tier for tier in done if tier.name == "floors"]


def evaluate(problem: Problem, values: Floats) -> dict[str, float]:
    """Return the value of every tier in a plan."""
    return {tier.name: float(tier.costs @ values[tier.columns]) for tier in problem.tiers}
