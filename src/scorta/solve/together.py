"""Tiers solved together: one run with falling weights, and the prices of its basis tell which tiers are best in it.

A basis in which each tier, one after the other, allows nothing better on what the tiers before leave free is best in
all of them, whatever weights it came from. Where the weights were too mild for a tier, the solver goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from scorta.case import Floats
from scorta.problem import TierSum
from scorta.solve.engine import Engine, EngineError
from scorta.solve.face import falling

APART = 1e-4
"""How much less all later tiers weigh where the tier in question was not best with mild weights."""

LEAST = 1e-9
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
        for apart in (APART, 0.0) if self.started else (1.0, APART):
            done = self.started and self._solve(tier, later, apart, deadline, anew=False)
            if not done and not self._solve(tier, later, apart, deadline, anew=True):
                return False
            if self.engine.is_best(tier):
                return True
        return False

    def _solve(self, tier: TierSum, later: Sequence[TierSum], apart: float, deadline: float, *, anew: bool) -> bool:
        """Solve a tier and the later ones with their weights; tell whether that was done."""
        weights = [1.0, *(apart * weight for weight in falling(len(later) + 1)[1:])]
        count = sum(weight >= LEAST for weight in weights)
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
