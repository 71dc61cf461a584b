"""Causes: what stands in the way of a need or a stock objective, each found by taking it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from scorta.case import ROW, Case, Days, Floats
from scorta.errors import SolverError
from scorta.plan import Plan
from scorta.problem import Numbers, Problem, Tier
from scorta.solve import Basis, Certificate, SolverProcess
from scorta.why.objectives import ObjectiveTarget
from scorta.why.question import Eased, ease
from scorta.why.reliefs import Relief
from scorta.why.targets import FELT, Met, NeedTarget

LAST = ("leg slow", "stock used up")
"""What stands in the way of any need, since a quicker way and more goods always help: told only where all else is not
enough, the way where something would still be late, the goods where something would still be missing."""

OTHERS = ("others first", "objective beside", "shares first", "asks first")
"""The hindrances that others have what is lacking: they give way to nothing but a decision."""

PROMISES = 1e-7
"""A reduced cost further below nothing than this promises that a relief would help."""

MOST = 5
"""Causes that are told at most."""

TOLD = 0.01
"""Share of what is lacking, and of what it weighs, below which what stands in the way is not worth telling."""

TRIED = 40
"""Reliefs that are tried at most one by one."""

TOGETHER = 0.9
"""Share of what all reliefs do from which on one of them does it alone: then no combination is told."""

ROUNDS = 3
"""How often a combination is made smaller by making dearer what it uses little of."""


@dataclass(frozen=True, slots=True, eq=False)
class Hindrance:
    """One thing that stands in the way: its `kind`, the rows of the case that say so, and the fields of the first.

    Nobody wrote a row of what was never promised: then there are none.
    """

    kind: str
    rows: tuple[str, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """What stands in the way, several things where only all of them together do, and how all is met without.

    Without it that many units more come on time and come at all (of an objective: are never missing, and are there at
    the end), that many unit-days late are saved, and from `full_on` on nothing is missing.
    """

    hindrances: tuple[Hindrance, ...]
    on_time: float
    delivered: float
    unit_days: float
    full_on: date | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a need is late or short: units late and unmet, and what stands in its way, what hinders most first.

    `left` is how it would be met if everything gave way but other needs. `supply` tells whether anybody in the case
    has, expects or makes anything that meets it, `way` whether any of that can reach it.
    """

    need: str
    met: Met
    causes: tuple[Cause, ...]
    left: Met
    supply: bool
    way: bool


@dataclass(frozen=True, slots=True)
class WhyBelow:
    """Why a stock is below its objective: since when, and what stands in its way, what hinders most first.

    `level` and `objective` are those at the end of the plan, empty where there is none then; all else is as in `Why`.
    """

    owner: str
    item: str
    level: float
    objective: float | None
    since: date | None
    met: Met
    causes: tuple[Cause, ...]
    left: Met
    supply: bool
    way: bool


def explain_need(case: Case, plan: Plan, need: str, solver: SolverProcess) -> Why:
    """Find what stands in the way of a need: take away one thing at a time, and see whether it is met any better.

    Raises:
        SolverError: see `SolverProcess.solve`.
    """
    eased = ease(case, plan, NeedTarget.build(case, plan, need))
    met, causes, left = _causes(case, Trial.begin(eased, solver))
    return Why(need, met, causes, left, eased.supply, eased.way)


def explain_below(case: Case, plan: Plan, owner: str, item: str, solver: SolverProcess) -> WhyBelow:
    """Find what stands in the way of a stock objective of a party or place: take away one thing at a time.

    Raises:
        InputError: that party or place has none, or the case does not plan for objectives.
        SolverError: see `SolverProcess.solve`.
    """
    target = ObjectiveTarget.build(case, owner, item)
    eased = ease(case, plan, target)
    stand = target.stand(plan, eased.network)
    met, causes, left = _causes(case, Trial.begin(eased, solver))
    return WhyBelow(owner, item, *stand, met, causes, left, eased.supply, eased.way)


def _causes(case: Case, trial: Trial) -> tuple[Met, tuple[Cause, ...], Met]:
    """Return how a target is met, what stands in its way, and how it would be met if all but others gave way.

    Where the prices of the best answer promise nothing of a relief, nothing comes of it: only the others are tried.
    Where they do little one by one, the smallest combination that does as much as all of them is looked for; and where
    nothing else does anything, one of others with them.
    """
    reliefs, hopeful = trial.eased.reliefs, trial.hopeful()
    tried = trial.each(([relief] for relief in hopeful if relief.kind not in LAST), enough=MOST)
    yielding = [relief for relief in reliefs if relief.kind not in (*LAST, *OTHERS)]
    alone = (met for (relief,), met in tried if relief in yielding and met.late + met.unmet <= FELT)
    left = next(alone, None) or trial.met(yielding)
    if trial.gain(left) > FELT and not any(trial.gain(met) >= TOGETHER * trial.gain(left) for _, met in tried):
        tried += trial.each([trial.smallest(yielding, left)])
    if not tried:
        tried += trial.each([trial.smallest([relief for relief in reliefs if relief.kind not in LAST])])
    last = _last([left, *(met for _, met in tried)])
    tried += trial.each([relief] for relief in hopeful if relief.kind in last)
    place = {relief: (relief.kind in LAST, number) for number, relief in enumerate(reliefs)}
    tried = [(choice, met) for choice, met in tried if trial.share(met) >= TOLD]
    tried.sort(key=lambda pair: (-round(trial.gain(pair[1]), 3), place[pair[0][0]]))
    return trial.before, tuple(_cause(case, choice, trial.before, met) for choice, met in tried[:MOST]), left


def _last(tried: Sequence[Met]) -> tuple[str, ...]:
    """Return which of the last hindrances are looked at: those of which all that was tried leaves something."""
    left = min(met.late + met.unmet for met in tried), min(met.unmet for met in tried)
    return tuple(kind for kind, most in zip(LAST, left, strict=True) if most > FELT)


def _cause(case: Case, reliefs: Sequence[Relief], before: Met, after: Met) -> Cause:
    """Tell of reliefs in the words of the case."""
    hindrances = tuple(hindrance_of(case, relief) for relief in reliefs)
    on_time = before.late + before.unmet - after.late - after.unmet
    came, days = before.unmet - after.unmet, before.unit_days - after.unit_days
    return Cause(hindrances, on_time, came, days, after.full_on)


def hindrance_of(case: Case, relief: Relief) -> Hindrance:
    """Return what a relief takes away."""
    facts = {name: fact for name, fact in relief.facts.items() if fact is not None and name != ROW}
    return Hindrance(relief.kind, tuple(case.address(relief.table, row) for row in relief.rows), facts)


@dataclass(frozen=True, slots=True)
class Trial:
    """The problem of a need while every relief is closed, how it is met then, and a solver to try them with.

    What is tried begins at `start`, the basis of that answer; `reduced` are the reduced costs there.
    """

    eased: Eased
    solver: SolverProcess
    start: Basis | None
    before: Met
    reduced: Floats

    @classmethod
    def begin(cls, eased: Eased, solver: SolverProcess) -> Trial:
        """Solve the problem with every relief closed."""
        prices = np.zeros(0)

        def keep(starts: Days, rows: Numbers, values: Floats, proof: Certificate) -> float:
            nonlocal prices
            prices = proof.duals
            return 0.0

        answer = solver.solve(eased.problem, certify=keep)
        return cls(eased, solver, answer.basis, eased.met(answer.values), _reduced(eased.problem, prices))

    def hopeful(self) -> list[Relief]:
        """Return the reliefs that promise something by the prices of the answer, most first.

        A relief that would make the answer any better has a reduced cost below nothing, whatever the prices. Of very
        many those that promise most are returned.
        """
        promised = {one: -float(self.reduced[one.columns].min(initial=0.0)) for one in self.eased.reliefs}
        hopeful = sorted((one for one in promised if promised[one] > PROMISES), key=lambda one: -promised[one])
        return hopeful[:TRIED]

    def met(self, reliefs: Sequence[Relief]) -> Met:
        """Return how the need is met with some reliefs open."""
        problem = self.eased.opened(reliefs)
        try:
            return self.eased.met(self.solver.solve_again(problem, self.start).values)
        except SolverError:  # from a basis the solver now and then misses what it finds from nothing
            return self.eased.met(self.solver.solve(problem).values)

    def gain(self, after: Met) -> float:
        """Return how much better the target is met, in units."""
        return self.eased.gain(self.before, after)

    def share(self, after: Met) -> float:
        """Return the part of all that is lacking, or of what it weighs, that is lacking no more."""
        target, network, before = self.eased.target, self.eased.network, self.before
        whole, worth = target.gain(network, before, Met(0.0, 0.0, 0.0)), target.worth(network, before)
        return max(self.gain(after) / max(whole, FELT), 1.0 - target.worth(network, after) / max(worth, FELT))

    def each(self, choices: Iterable[Sequence[Relief]], enough: float = np.inf) -> list[tuple[Sequence[Relief], Met]]:
        """Try some reliefs, one choice after the other, and return those that help, with how the need is met then.

        Once so many have met all of it on time no more are tried.
        """
        found, whole = [], 0
        for choice in choices:
            if choice and whole < enough:
                met = self.met(choice)
                whole += met.late + met.unmet <= FELT
                found.append((choice, met))
        return [(choice, met) for choice, met in found if self.gain(met) > FELT]

    def smallest(self, reliefs: Sequence[Relief], aim: Met | None = None) -> list[Relief]:
        """Return as few reliefs as can be found that meet the need as well as that, or as all of them do."""
        aim = self.met(reliefs) if aim is None else aim
        uses = [relief for relief in reliefs if len(relief.columns)]
        dear = dict.fromkeys(uses, 1.0)
        for _ in range(ROUNDS):
            values = self._using_least(aim, {relief: np.full(len(relief.columns), dear[relief]) for relief in uses})
            amounts = {relief: float(values[relief.columns].sum()) for relief in uses}
            uses = [relief for relief in uses if amounts[relief] > FELT]
            if not uses:
                return []
            dear = {relief: 1.0 / amounts[relief] for relief in uses}
        return uses

    def least(self, reliefs: Sequence[Relief], aim: Met) -> Floats:
        """Return the answer that uses least of some reliefs and meets the need as well as that: few units, few days."""
        return self._using_least(aim, {relief: relief.weights for relief in reliefs})

    def _using_least(self, aim: Met, costs: Mapping[Relief, Floats]) -> Floats:
        """Return the answer that uses least of some reliefs at these costs, and meets the need as well as that."""
        columns: Days = np.concatenate([np.zeros(0, dtype=np.int64), *(relief.columns for relief in costs)])
        order = np.argsort(columns)
        tier = Tier.build("use", columns[order], np.concatenate([np.zeros(0), *costs.values()])[order])
        return self.solver.solve(replace(self.eased.aiming(list(costs), aim), tiers=(tier,))).values


def _reduced(problem: Problem, prices: Floats) -> Floats:
    """Return the reduced cost of each column."""
    costs = np.zeros(len(problem.lower))
    (tier,) = problem.tiers
    costs[tier.columns] = tier.costs
    column = np.repeat(np.arange(len(costs)), np.diff(problem.starts))
    reduced: Floats = costs - np.bincount(column, problem.values * prices[problem.rows], len(costs))
    return reduced
