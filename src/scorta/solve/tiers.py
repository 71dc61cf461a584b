"""The order of the tiers: solve each, hold it, let what gives way do so once, and say how each came out.

Where no column is whole, one run with falling weights stands for many, and the prices of its basis tell which tiers are
best in it. A basis in which each tier, one after the other, allows nothing better on what the tiers before leave free
is best in all of them, whatever weights it came from. Where the weights were too mild for a tier, the solver goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scorta.case import Floats
from scorta.problem import Problem, Release, TierSum
from scorta.rules import SOLVER_TOLERANCE
from scorta.solve.engine import Engine, EngineError, OutOfTime
from scorta.solve.prices import falling, value_of
from scorta.solve.whole_numbers import Whole, settle_tiers

WATCH_TOLERANCE = SOLVER_TOLERANCE
"""Units below which what is watched counts as nothing."""


WHOLE_NUMBER_GAP = 1e-6
"""How far a tier may be from the best that whole numbers allow, relative to it, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Solved:
    """One tier solved, with the engine as it stood then; `claimed` is the bound that the solver proved of it."""

    tier: TierSum
    best: float
    claimed: float
    seconds: float
    iterations: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of all tiers: the values of the columns, the tiers that were not reached, and how many told stand.

    Where the time ends while something gives way, the plan is the one from before, and what was told since is void.
    """

    values: Floats
    unsolved: list[str]
    stands: int


def run_tiers(engine: Engine, seconds: float, told: Callable[[Solved], None], gap: float = WHOLE_NUMBER_GAP) -> Outcome:
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
) -> tuple[Outcome, list[TierSum]]:
    """Solve the tiers; return the outcome, and the tiers that the answer is best in, in order."""
    release = engine.problem.release
    waiting, done = list(engine.problem.tiers), list[TierSum]()
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
        if release is not None and _may_give_way(tier, waiting):
            more = _release(engine, release, done, values)
            first = len(done) if more else 0
            waiting, again, release = more + waiting, len(more), None
    return Outcome(values, [], stands), done[first:]


def _may_give_way(tier: TierSum, waiting: list[TierSum]) -> bool:
    """Tell whether this was the last of the tiers that others may give way to."""
    return tier.about.asks_to_give_way and not any(later.about.asks_to_give_way for later in waiting)


def _release(engine: Engine, release: Release, done: list[TierSum], values: Floats) -> list[TierSum]:
    """Let tiers give way where what is watched falls short: return those to solve once more, in order."""
    if not (values[release.watch] > WATCH_TOLERANCE).any():
        return []
    engine.unhold()
    standing = [tier for tier in done if tier.about.stands]
    for tier in standing:
        kept = np.setdiff1d(tier.columns, release.freed)
        stands = np.maximum(values[kept], 0.0)
        engine.bound_columns(kept, stands if tier.about.stands_exactly else engine.problem.lower[kept], stands)
    engine.bound_columns(release.capped, np.zeros(len(release.capped)), np.maximum(values[release.capped], 0.0))
    engine.lay_ground()
    others = [tier for tier in done if not tier.about.stands]
    return others + [tier for tier in standing if tier.about.gives_way]


def evaluate(problem: Problem, values: Floats) -> dict[str, float]:
    """Return the value of every tier in a plan."""
    return {tier.name: value_of(tier, values) for tier in problem.tiers}


WEIGHT_STEP = 1e-4
"""How much less all later tiers weigh where the tier in question was not best with mild weights."""

LEAST_WEIGHT = 1e-9
"""The least weight: below it the solver's tolerance lets everything pass."""


@dataclass(slots=True)
class Together:
    """The engine as the tiers see it where no column is whole."""

    engine: Engine
    started: bool = False
    iterations: int = 0

    @property
    def values(self) -> Floats:
        """The best answer so far."""
        return self.engine.values

    @property
    def claimed(self) -> float:
        """The bound that the solver proved of the last tier."""
        return self.engine.claimed

    def minimise(self, tier: TierSum, later: Sequence[TierSum], seconds: float) -> float:
        """Make one tier as small as possible, with an eye on those that come later."""
        deadline = time.monotonic() + seconds
        self.iterations = 0
        if self.started and self.engine.is_best(tier):
            return self.engine.claimed
        if not later or not self._goes_on(tier, later, deadline):
            self.engine.minimise(tier, deadline - time.monotonic())
            self.iterations += self.engine.iterations
        self.started = True
        return self.engine.claimed

    def _goes_on(self, tier: TierSum, later: Sequence[TierSum], deadline: float) -> bool:
        """Go on from the last answer with weights that are mild at first; tell whether the tier is best then."""
        for apart in (WEIGHT_STEP, 0.0) if self.started else (1.0, WEIGHT_STEP):
            done = self.started and self._solve(tier, later, apart, deadline, anew=False)
            if not done and not self._solve(tier, later, apart, deadline, anew=True):
                return False
            if self.engine.is_best(tier):
                return True
        return False

    def _solve(self, tier: TierSum, later: Sequence[TierSum], apart: float, deadline: float, *, anew: bool) -> bool:
        """Solve a tier and the later ones with their weights; tell whether that was done."""
        weights = [1.0, *(apart * weight for weight in falling(len(later) + 1)[1:])]
        count = sum(weight >= LEAST_WEIGHT for weight in weights)
        try:
            done = self.engine.minimise_together(
                [tier, *later][:count], weights[:count], deadline - time.monotonic(), anew=anew
            )
        except EngineError:
            return False
        self.started = True
        self.iterations += self.engine.iterations if done else 0
        return done

    def hold(self, tier: TierSum, value: float) -> None:
        """Keep the tier that was just solved at its value from now on."""
        self.engine.hold(tier, value)
