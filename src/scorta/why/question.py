"""A question: the problem of one target alone, in which each thing that stands in its way can be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scorta.case import Case, Floats
from scorta.network import Network, build_network
from scorta.plan import Plan
from scorta.problem import Problem, build_problem
from scorta.why.draft import Draft, room
from scorta.why.loosened_case import loosened
from scorta.why.other_goods import hold_others
from scorta.why.part_of_case import Plenty, find_plenty, surroundings
from scorta.why.reliefs import Relief, find_reliefs
from scorta.why.targets import Met, Target


@dataclass(frozen=True, slots=True)
class Eased:
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


def ease(case: Case, plan: Plan, target: Target) -> Eased:
    """Write the problem of a target that is late or short, with a relief for each thing that may stand in its way."""
    around = surroundings(case, plan, target.item, Plenty())
    plenty = find_plenty(around, plan, target.item, target.lacks) if target.other is None else Plenty()
    around = around if plenty == Plenty() else surroundings(around, plan, target.item, plenty)
    loose, loosers = loosened(around, target.party, target.asked, target.other)
    network = build_network(loose)
    draft = Draft(build_problem(network))
    hold_others(case, plan, network, draft, len(around["pledges"]))
    owner = target.party if target.own else None
    reliefs = [
        *find_reliefs(around, plan, network, draft, loosers, target.rivals(), owner),
        *target.beside(plan, network, draft),
    ]
    problem = draft.complete(target.tier(network, draft.problem))
    closed = problem.upper.copy()
    for relief in reliefs:
        closed[relief.columns] = 0.0
    told = tuple(relief for relief in reliefs if target.tells(relief))
    return Eased(network, replace(problem, upper=closed), told, problem.upper, target)
