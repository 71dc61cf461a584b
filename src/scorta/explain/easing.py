"""Easing: the problem of one need alone, in which each thing that stands in its way can be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scorta.case import Case, Floats
from scorta.explain.drafting import Draft, room
from scorta.explain.loosening import loosened
from scorta.explain.others import hold_others
from scorta.explain.relieving import Relief, find_reliefs
from scorta.explain.surroundings import surroundings
from scorta.network import Network, build_network
from scorta.plan import Plan
from scorta.problem import Problem, Tier, build_problem, lateness, meets

UNMET = 100.0
"""How many times as much as one that is late over the whole plan a unit counts that never comes."""


@dataclass(frozen=True, slots=True)
class Met:
    """How a need is met: units that come late, and never; unit-days late."""

    late: float
    unmet: float
    unit_days: float


@dataclass(frozen=True, slots=True)
class Eased:
    """The problem of a need alone: all that others have in the plan stays theirs, and every relief is closed."""

    network: Network
    problem: Problem
    reliefs: tuple[Relief, ...]
    upper: Floats
    need: int

    @property
    def supply(self) -> bool:
        """Tell whether anybody has, expects or makes anything of the goods."""
        return any(not self.network.case[name].is_empty() for name in ("stocks", "receipts", "processes"))

    @property
    def way(self) -> bool:
        """Tell whether any goods can reach the need."""
        return bool((self.network.demands.need[self.network.servings.demand] == self.need).any())

    def opened(self, reliefs: Sequence[Relief]) -> Problem:
        """Return the problem with some reliefs open."""
        upper = self.problem.upper.copy()
        for relief in reliefs:
            upper[relief.columns] = self.upper[relief.columns]
        return replace(self.problem, upper=upper)

    def aiming(self, reliefs: Sequence[Relief], aim: Met) -> Problem:
        """Return the problem with some reliefs open, in which the need must be met as well as that."""
        draft, (tier,) = Draft(self.opened(reliefs)), self.problem.tiers
        weight = UNMET * (self.network.horizon.last_day + 1)
        draft.row(tier.columns.astype(np.int64), tier.costs, room(aim.unit_days + weight * aim.unmet))
        return draft.complete(tier)

    def met(self, values: Floats) -> Met:
        """Return how the need is met in an answer."""
        network, columns = self.network, self.problem.columns
        issue, unmet = columns["issue"], columns["unmet"]
        serving, bucket = issue.index["serving"], issue.index["bucket"]
        demand, days = lateness(network, serving, bucket)
        own = network.demands.need[demand] == self.need
        units = values[issue.start : issue.stop] * meets(network, serving, bucket) * own
        missing = values[unmet.start : unmet.stop][network.demands.need == self.need]
        return Met(float(units[days > 0].sum()), float(missing.sum()), float((units * days).sum()))


def ease(case: Case, plan: Plan, need: str) -> Eased:
    """Write the problem of a need that is late or short, with a relief for each thing that may stand in its way."""
    around = surroundings(case, plan, need)
    row = around["needs"].filter(need=need).row(0, named=True)
    owner = case["places"].filter(place=row["place"])["party"].item()
    loose, loosers = loosened(around, owner, plan["fulfilment"].filter(need=need)["asked"].item())
    network = build_network(loose)
    draft = Draft(build_problem(network))
    hold_others(plan, network, draft, len(around["pledges"]))
    reliefs = tuple(find_reliefs(around, plan, network, draft, loosers, row))
    number = around["needs"]["need"].to_list().index(need)
    problem = draft.complete(_target(network, draft.problem, number))
    closed = problem.upper.copy()
    for relief in reliefs:
        closed[relief.columns] = 0.0
    return Eased(network, replace(problem, upper=closed), reliefs, problem.upper, number)


def _target(network: Network, problem: Problem, need: int) -> Tier:
    """Return what is made small: units of the need that never come, and far below them unit-days late."""
    issue, unmet, demands = problem.columns["issue"], problem.columns["unmet"], network.demands
    serving, bucket = issue.index["serving"], issue.index["bucket"]
    demand, days = lateness(network, serving, bucket)
    late = np.flatnonzero((demands.need[demand] == need) & (days > 0))
    units = (days * np.broadcast_to(meets(network, serving, bucket), len(days)))[late]
    missing = np.flatnonzero(demands.need == need)
    columns = np.concatenate([issue.start + late, unmet.start + missing])
    weights = np.concatenate([units, np.full(len(missing), UNMET * (network.horizon.last_day + 1))])
    order = np.argsort(columns)
    return Tier.build("need", columns[order], weights[order])
