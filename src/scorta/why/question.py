"""A question: the problem of one target alone, in which each thing that stands in its way can be taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scorta.case import Case, Days, Floats
from scorta.errors import SolverError
from scorta.network import Network, build_network
from scorta.plan import Plan
from scorta.problem import Numbers, Problem, TierSum, build_problem
from scorta.rules import SOLVER_TOLERANCE, Tier
from scorta.solve import Basis, Certificate, SolverProcess
from scorta.why.draft import Draft, room
from scorta.why.loosened_case import loosen
from scorta.why.other_goods import hold_other_goods
from scorta.why.part_of_case import Plenty, find_plenty, part_of_case
from scorta.why.reliefs import Loosened, Relief, find_reliefs
from scorta.why.targets import TARGET_TOLERANCE, Met, Target

PROMISE_TOLERANCE = SOLVER_TOLERANCE
"""A reduced cost further below nothing than this promises that a relief would help."""

TRIED = 40
"""Reliefs that are tried at most one by one."""

ROUNDS = 3
"""How often a combination is made smaller by making dearer what it uses little of."""


@dataclass(frozen=True, slots=True)
class Question:
    """The problem of a target alone: all that others have in the plan stays theirs, and every relief is closed."""

    network: Network
    problem: Problem
    reliefs: tuple[Relief, ...]
    upper: Floats
    target: Target

    @property
    def supply(self) -> bool:
        """Tell whether anybody has, expects or makes anything of the goods."""
        return self.target.supply(self.network)

    @property
    def way(self) -> bool:
        """Tell whether any goods can reach the target."""
        return self.target.way(self.network)

    def opened(self, reliefs: Sequence[Relief]) -> Problem:
        """Return the problem with some reliefs open."""
        upper = self.problem.upper.copy()
        for relief in reliefs:
            upper[relief.columns] = self.upper[relief.columns]
        return replace(self.problem, upper=upper)

    def aiming(self, reliefs: Sequence[Relief], aim: Met) -> Problem:
        """Return the problem with some reliefs open, in which the target must be met as well as that."""
        draft, (tier,) = Draft(self.opened(reliefs)), self.problem.tiers
        draft.row(tier.columns.astype(np.int64), tier.costs, room(self.target.worth(self.network, aim)))
        return draft.complete(tier)

    def met(self, values: Floats) -> Met:
        """Return how the target is met in an answer."""
        return self.target.met(self.network, self.problem, values)

    def gain(self, before: Met, after: Met) -> float:
        """Return how much better the target is met, in units."""
        return self.target.gain(self.network, before, after)


def pose(case: Case, plan: Plan, target: Target) -> Question:
    """Write the problem of a target that is late or short, with a relief for each thing that may stand in its way."""
    part = _part(case, plan, target)
    loosened_part, added = loosen(part, target.party, target.asked, target.other)
    network = build_network(loosened_part)
    draft = Draft(build_problem(network))
    hold_other_goods(case, plan, network, draft, len(part["pledges"]))
    loosened = Loosened(
        part=part,
        plan=plan,
        added=added,
        network=network,
        draft=draft,
        rivals=target.rivals(),
        owner=target.party if target.own else None,
    )
    reliefs = [*find_reliefs(loosened), *target.beside(plan, network, draft)]
    problem = draft.complete(target.tier(network, draft.problem))
    closed = problem.upper.copy()
    for relief in reliefs:
        closed[relief.columns] = 0.0
    return Question(
        network=network,
        problem=replace(problem, upper=closed),
        reliefs=tuple(relief for relief in reliefs if target.tells(relief)),
        upper=problem.upper,
        target=target,
    )


def _part(case: Case, plan: Plan, target: Target) -> Case:
    """Return the part of the case that a target depends on: without what else is made of what is plenty."""
    part = part_of_case(case, plan, target.item, Plenty())
    if target.other is not None:
        return part
    plenty = find_plenty(part, plan, target.item, target.lacks)
    return part if plenty == Plenty() else part_of_case(part, plan, target.item, plenty)


@dataclass(frozen=True, slots=True)
class Trial:
    """The problem of a need while every relief is closed, how it is met then, and a solver to try them with.

    What is tried begins at `start`, the basis of that answer; `reduced` are the reduced costs there.
    """

    question: Question
    solver: SolverProcess
    start: Basis | None
    before: Met
    reduced: Floats

    @classmethod
    def begin(cls, question: Question, solver: SolverProcess) -> Trial:
        """Solve the problem with every relief closed."""
        prices = np.zeros(0)

        def keep(starts: Days, rows: Numbers, values: Floats, proof: Certificate) -> float:
            nonlocal prices
            prices = proof.duals
            return 0.0

        answer = solver.solve(question.problem, certify=keep)
        return cls(question, solver, answer.basis, question.met(answer.values), _reduced(question.problem, prices))

    def hopeful(self) -> list[Relief]:
        """Return the reliefs that promise something by the prices of the answer, most first.

        A relief that would make the answer any better has a reduced cost below nothing, whatever the prices. Of very
        many those that promise most are returned.
        """
        promised = {one: -float(self.reduced[one.columns].min(initial=0.0)) for one in self.question.reliefs}
        hopeful = sorted((one for one in promised if promised[one] > PROMISE_TOLERANCE), key=lambda one: -promised[one])
        return hopeful[:TRIED]

    def met(self, reliefs: Sequence[Relief]) -> Met:
        """Return how the need is met with some reliefs open."""
        problem = self.question.opened(reliefs)
        try:
            return self.question.met(self.solver.solve_again(problem, self.start).values)
        except SolverError:  # from a basis the solver now and then misses what it finds from nothing
            return self.question.met(self.solver.solve(problem).values)

    def gain(self, after: Met) -> float:
        """Return how much better the target is met, in units."""
        return self.question.gain(self.before, after)

    def share(self, after: Met) -> float:
        """Return the part of all that is lacking, or of what it weighs, that is lacking no more."""
        target, network, before = self.question.target, self.question.network, self.before
        whole, worth = target.gain(network, before, Met(0.0, 0.0, 0.0)), target.worth(network, before)
        return max(
            self.gain(after) / max(whole, TARGET_TOLERANCE),
            1.0 - target.worth(network, after) / max(worth, TARGET_TOLERANCE),
        )

    def each(self, choices: Iterable[Sequence[Relief]], enough: float = np.inf) -> list[tuple[Sequence[Relief], Met]]:
        """Try some reliefs, one choice after the other, and return those that help, with how the need is met then.

        Once so many have met all of it on time no more are tried.
        """
        found, whole = [], 0
        for choice in choices:
            if choice and whole < enough:
                met = self.met(choice)
                whole += met.late + met.unmet <= TARGET_TOLERANCE
                found.append((choice, met))
        return [(choice, met) for choice, met in found if self.gain(met) > TARGET_TOLERANCE]

    def smallest(self, reliefs: Sequence[Relief], aim: Met | None = None) -> list[Relief]:
        """Return as few reliefs as can be found that meet the need as well as that, or as all of them do."""
        aim = self.met(reliefs) if aim is None else aim
        uses = [relief for relief in reliefs if len(relief.columns)]
        prices = dict.fromkeys(uses, 1.0)
        for _ in range(ROUNDS):
            values = self._using_least(aim, {relief: np.full(len(relief.columns), prices[relief]) for relief in uses})
            amounts = {relief: float(values[relief.columns].sum()) for relief in uses}
            uses = [relief for relief in uses if amounts[relief] > TARGET_TOLERANCE]
            if not uses:
                return []
            prices = {relief: 1.0 / amounts[relief] for relief in uses}
        return uses

    def least(self, reliefs: Sequence[Relief], aim: Met) -> Floats:
        """Return the answer that uses least of some reliefs and meets the need as well as that: few units, few days."""
        return self._using_least(aim, {relief: relief.weights for relief in reliefs})

    def _using_least(self, aim: Met, costs: Mapping[Relief, Floats]) -> Floats:
        """Return the answer that uses least of some reliefs at these costs, and meets the need as well as that."""
        columns: Days = np.concatenate([np.zeros(0, dtype=np.int64), *(relief.columns for relief in costs)])
        order = np.argsort(columns)
        amounts = np.concatenate([np.zeros(0), *costs.values()])[order]
        tier = TierSum.build(Tier.question("use"), columns[order], amounts)
        return self.solver.solve(replace(self.question.aiming(list(costs), aim), tiers=(tier,))).values


def _reduced(problem: Problem, prices: Floats) -> Floats:
    """Return the reduced cost of each column."""
    costs = np.zeros(len(problem.lower))
    (tier,) = problem.tiers
    costs[tier.columns] = tier.costs
    column = np.repeat(np.arange(len(costs)), np.diff(problem.starts))
    reduced: Floats = costs - np.bincount(column, problem.values * prices[problem.rows], len(costs))
    return reduced
