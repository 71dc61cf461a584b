"""Two needs: why one gets what another lacks, by what would come of it if the one could be worse off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from scorta.case import Case
from scorta.plan import Plan
from scorta.solve import SolverProcess
from scorta.why.causes import Hindrance, hindrance_of
from scorta.why.effects import Effect
from scorta.why.hindrances import Kind, Turn
from scorta.why.question import Trial, pose
from scorta.why.reliefs import Relief
from scorta.why.targets import TARGET_TOLERANCE, Met, NeedTarget

Reason = Literal[
    "lacks nothing", "gets nothing", "held", "more urgent", "fewer in all", "later in all", "as good", "own floor",
    "other rules", "other goods", "no way",
]  # fmt: skip
"""What decides between two needs."""

TRADE_TOLERANCE = 1e-3
"""Part of what one gains, and units, by which what the other loses may differ and count as the same."""


@dataclass(frozen=True, slots=True)
class WhyInstead:
    """Why an `other` need gets something and a `need` does not: the `reason` that decides.

    `gains` is what changes for the need if the other could be worse off, and the `hindrance` gave way, if there is
    one; `loses` what changes for the other then, as little as that takes. Both are empty where nothing comes of it.
    """

    need: str
    other: str
    reason: Reason
    hindrance: Hindrance | None = None
    gains: Effect | None = None
    loses: Effect | None = None


def explain_instead(case: Case, plan: Plan, need: str, other: str, solver: SolverProcess) -> WhyInstead:
    """Find why another need gets something and a need does not: let the other be worse off, and see what comes of it.

    Where nothing does, each thing that may keep the goods from the need is taken away as well.

    Raises:
        SolverError: see `SolverProcess.solve`.
    """
    lacks, gets = (
        pl.col(first) + pl.col(second) > TARGET_TOLERANCE for first, second in (("late", "unmet"), ("on_time", "late"))
    )
    if plan["fulfilment"].filter(lacks, need=need).is_empty():
        return WhyInstead(need, other, "lacks nothing")
    if plan["fulfilment"].filter(gets, need=other).is_empty():
        return WhyInstead(need, other, "gets nothing")
    trade = _Trade.begin(case, plan, need, other, solver)
    if trade is None:
        return WhyInstead(need, other, "other goods")
    if trade.bound.gain(trade.free.before) > TARGET_TOLERANCE:
        gains, loses = trade.made([])
        reason, floor = _decides(plan, gains, loses), trade.own_floor()
        if reason == "other rules" and floor is not None:
            return WhyInstead(need, other, "own floor", hindrance_of(case, floor), gains, loses)
        return WhyInstead(need, other, reason, None, gains, loses)
    keeps = trade.keeps()
    if keeps is None:
        return WhyInstead(need, other, "no way" if _serves(case, plan, need, other) else "other goods")
    return WhyInstead(need, other, "held", hindrance_of(case, keeps), *trade.made([keeps]))


@dataclass(frozen=True, slots=True)
class _Trade:
    """The problem of a need, while the other is held as in the plan (`bound`), and while it is not (`free`)."""

    plan: Plan
    bound: Trial
    free: Trial
    others_first: Relief
    other: NeedTarget

    @classmethod
    def begin(cls, case: Case, plan: Plan, need: str, other: str, solver: SolverProcess) -> _Trade | None:
        """Solve both, where the supply of the two needs hangs together at all."""
        question = pose(case, plan, NeedTarget.build(case, plan, need, other))
        holds = (one for one in question.reliefs if one.kind == Kind.OTHERS_FIRST and one.facts["need"] == other)
        others_first = next(holds, None)
        if others_first is None:
            return None
        free = replace(question, problem=question.opened([others_first]))
        bound = Trial.begin(question, solver)
        return cls(plan, bound, Trial.begin(free, solver), others_first, NeedTarget.build(case, plan, other))

    def keeps(self) -> Relief | None:
        """Return what, most of all, keeps from the need what the other could give up, where one thing does."""
        hopeful = [relief for relief in self.free.hopeful() if relief.kind.words.turn != Turn.OTHERS]
        tried = self.free.each([relief] for relief in hopeful)
        won = {relief: self.free.gain(met) - self.bound.gain(self.bound.met([relief])) for (relief,), met in tried}
        helps = (relief for relief in won if won[relief] > TARGET_TOLERANCE)
        return max(helps, key=lambda one: (round(won[one], 3), one.kind.words.for_another), default=None)

    def own_floor(self) -> Relief | None:
        """Return the floor that the other, as an own need, may draw on in the plan, and the need may not."""
        below = self.plan["objectives"].filter(pl.col("below_floor_since").is_not_null(), party=self.other.party)
        items = set(below["item"]) & set(self.plan["issues"].filter(need=self.other.name)["item"])
        owners = (self.other.party, *self.bound.question.network.case["places"].filter(party=self.other.party)["place"])
        floors = (one for one in self.bound.question.reliefs if one.kind == Kind.FLOOR and one.facts["item"] in items)
        of_it = (one for one in floors if one.facts["party"] in owners or one.facts["place"] in owners)
        return next(of_it, None) if self.other.own else None

    def made(self, reliefs: Sequence[Relief]) -> tuple[Effect, Effect]:
        """Return what changes for the need and for the other where some reliefs are open and the other may lose."""
        met, question = self.free.met(reliefs), self.bound.question
        opened = replace(self.bound, question=replace(question, problem=question.opened(reliefs)))
        values = opened.least([self.others_first], met)
        (had,) = self.plan["fulfilment"].filter(need=self.others_first.facts["need"]).to_dicts()
        before = Met(had["late"], had["unmet"], had["unit_days_late"])
        after = self.other.met(question.network, question.problem, values)
        return _effect(question.target.name, self.bound.before, met), _effect(self.other.name, before, after)


def _effect(need: str, before: Met, after: Met) -> Effect:
    """Return what changes for a need."""
    late, unmet = after.late - before.late, after.unmet - before.unmet
    return Effect(need, -late - unmet, late, unmet, after.unit_days - before.unit_days)


def _decides(plan: Plan, gains: Effect, loses: Effect) -> Reason:
    """Tell what puts the other first: how urgent it is, then units that never come, then unit-days late."""
    priority = dict(plan["fulfilment"].select("need", "priority").iter_rows())
    if priority[gains.need] != priority[loses.need]:
        return "more urgent" if priority[loses.need] < priority[gains.need] else "other rules"
    reasons: tuple[tuple[float, float, Reason], ...] = (
        (-gains.unmet, loses.unmet, "fewer in all"),
        (-gains.unit_days, loses.unit_days, "later in all"),
    )
    for won, lost, reason in reasons:
        if abs(lost - won) > TRADE_TOLERANCE * (1.0 + abs(won)):
            return reason if lost > won else "other rules"
    return "as good"


def _serves(case: Case, plan: Plan, need: str, other: str) -> bool:
    """Tell whether anything that the other need is issued may serve the need."""
    item = case["needs"].filter(need=need)["item"].item()
    may = {item, *case["substitutes"].filter(item=item)["substitute"]}
    return not may.isdisjoint(plan["issues"].filter(need=other)["item"])
