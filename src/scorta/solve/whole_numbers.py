"""Whole numbers: each tier with columns that are whole, solved, rounded, held; and all of them once more at the end.

What the tiers before hold is exact where prices can hold it: a tier at nothing, or one in which whole numbers cost
nothing, so that its answer lies on the face of the problem without them. Only what is left is kept by a row.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scorta.case import Days, Floats
from scorta.problem import Problem, TierSum
from scorta.rules import SOLVER_TOLERANCE
from scorta.solve.engine import Engine, EngineError, OutOfTime
from scorta.solve.prices import scale_of, value_of

SHARE = 0.8
"""Share of the time left that a search may take once there is any answer: later tiers want some too."""

SETTLING = 5.0
"""Seconds that solving with whole numbers fixed may take where the time is over."""

FACE_TOLERANCE = 1e-9
"""How near an answer lies to the bounds that hold a tier, relative to them, to lie on its face."""

SWITCH_TOLERANCE = SOLVER_TOLERANCE
"""Units below which a flow is none, as in the tables of the plan: a switch with no more than that is off."""

ROUNDS = 5
"""How often the tiers are settled at most while switches turn out to be idle."""


@dataclass(slots=True)
class Whole:
    """The engine as the tiers see it where columns are whole; `values` is the best answer so far."""

    engine: Engine
    gap: float
    values: Floats = field(default_factory=lambda: np.zeros(0))
    claimed: float = 0.0
    iterations: int = 0
    began: float = field(default_factory=time.monotonic)

    def minimise(self, tier: TierSum, later: Sequence[TierSum], seconds: float) -> float:
        """Make one tier as small as whole numbers allow; `OutOfTime` where no answer came in time."""
        deadline = time.monotonic() + seconds
        engine = self.engine
        relaxed = self.claimed = self._relax(tier, seconds)
        self.iterations, face, proof = engine.iterations, engine.face, engine.proof
        if not self._is_best(tier, relaxed):
            self._search(tier, deadline)
        engine.face, engine.proof = face, proof
        return value_of(tier, self.values)

    def _relax(self, tier: TierSum, seconds: float) -> float:
        """Solve a tier without whole numbers."""
        try:
            return self.engine.minimise(tier, seconds)
        except EngineError:
            if not self.engine.kept:
                raise
            self.engine.loosen()
            return self.engine.minimise(tier, seconds)

    def _is_best(self, tier: TierSum, bound: float) -> bool:
        """Tell whether an answer at hand is as good as any: the last one, or the one just found if it is whole."""
        whole = self.engine.problem.whole
        numbers = np.rint(self.engine.values[whole])
        if np.array_equal(numbers, self.engine.values[whole]):
            self.values = self.engine.values
            return True
        return bool(len(self.values)) and value_of(tier, self.values) <= bound + FACE_TOLERANCE * (
            scale_of(tier) + abs(bound)
        )

    def _search(self, tier: TierSum, deadline: float) -> None:
        """Look for whole numbers, fix them and solve the rest anew; the answer at hand stays where it is no worse."""
        left, has_any = deadline - time.monotonic(), bool(len(self.values))
        most = SHARE * left if has_any else left
        if tier.about.is_tie_break:  # no longer than all before it took
            most = min(most, max(time.monotonic() - self.began, SETTLING))
        try:
            found = self.engine.search(tier, self.values, self.gap, most)
            numbers = np.rint(found.values[self.engine.problem.whole])
            values = self._settle(tier, numbers, max(deadline - time.monotonic(), SETTLING))
        except (EngineError, OutOfTime):
            if not has_any:
                raise
            return
        self.claimed = max(self.claimed, found.bound)
        if not has_any or value_of(tier, values) <= value_of(tier, self.values):
            self.values = values

    def _settle(self, tier: TierSum, numbers: Floats, seconds: float) -> Floats:
        """Return the best answer of a tier with these whole numbers."""
        engine, whole = self.engine, self.engine.problem.whole
        lower, upper = engine.lower[whole], engine.upper[whole]
        engine.bound_columns(whole, numbers, numbers)
        try:
            engine.minimise(tier, seconds)
        finally:
            engine.bound_columns(whole, lower, upper)
        self.iterations += engine.iterations
        return _with(engine.values, whole, numbers)

    def hold(self, tier: TierSum, value: float) -> None:
        """Keep a tier at its value from now on: by its face where the answer lies on it, else by a row."""
        engine = self.engine
        if engine.hold_nothing(tier, value):
            return
        columns, rows = engine.held_by(engine.face)
        levels = levels_of(engine.problem, self.values)
        if engine.face.is_free and _stands(self.values, *columns) and _stands(levels, *rows):
            engine.hold_face(columns, rows)
        else:
            engine.hold_by_row(tier, value)


def settle_tiers(engine: Engine, values: Floats, tiers: list[TierSum], seconds: float) -> Floats:
    """Fix the whole numbers of an answer and solve all tiers once more, exactly; where time is over, it stays.

    Switches that are on for nothing are turned off.
    """
    deadline = time.monotonic() + max(seconds, SETTLING)
    whole = engine.problem.whole
    for _ in range(ROUNDS):
        numbers = _idle_off(engine.problem, values)
        engine.back_to_ground()
        engine.bound_columns(whole, numbers, numbers)
        try:
            for tier in tiers:
                engine.hold(tier, engine.minimise(tier, deadline - time.monotonic()))
        except (EngineError, OutOfTime):
            return _with(values, whole, numbers)
        values = _with(engine.values, whole, numbers)
        if np.array_equal(_idle_off(engine.problem, values), numbers):
            break
    return values


def levels_of(problem: Problem, values: Floats) -> Floats:
    """Return the sum of each row in an answer."""
    each = np.repeat(values, np.diff(problem.starts)) * problem.values
    return np.bincount(problem.rows, each, len(problem.row_lower)).astype(np.float64)


def _stands(values: Floats, at: Days, side: Floats) -> bool:
    """Tell whether values stand where they are held."""
    return bool((np.abs(values[at] - side) <= FACE_TOLERANCE * (1.0 + np.abs(side))).all())


def _with(values: Floats, at: Days, numbers: Floats) -> Floats:
    """Return the values with these numbers among them."""
    changed = np.array(values)
    changed[at] = numbers
    return changed


def _idle_off(problem: Problem, values: Floats) -> Floats:
    """Return the whole numbers of an answer, with every switch off whose flows are nothing.

    A switch is a column of 0 or 1 with a negative entry in rows of at most nothing: the flows that it lets.
    """
    column = np.repeat(np.arange(len(values)), np.diff(problem.starts))
    is_switch = np.zeros(len(values), dtype=bool)
    is_switch[problem.whole] = problem.upper[problem.whole] <= 1
    lets = is_switch[column] & (problem.values < 0) & (problem.row_upper[problem.rows] == 0)
    lets &= np.isneginf(problem.row_lower[problem.rows])
    flows = ~is_switch[column] & (values[column] > SWITCH_TOLERANCE)
    busy_row, busy, tied = np.zeros(len(problem.row_lower), dtype=bool), is_switch & False, is_switch & False
    busy_row[problem.rows[flows]] = True
    busy[column[lets & busy_row[problem.rows]]] = True
    tied[column[lets]] = True
    whole = problem.whole
    return np.where(tied[whole] & ~busy[whole], 0.0, np.rint(values[whole]))
