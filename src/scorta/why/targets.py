"""Targets: what is asked about, what is made as small as can be for it, and how it fares in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
import polars as pl

from scorta.case import Case, Floats
from scorta.network import Network
from scorta.plan import Plan
from scorta.problem import Problem, TierSum, lateness, meets
from scorta.rules import Column, Tier
from scorta.why.draft import Draft
from scorta.why.reliefs import Relief, hold_objectives, hold_tiers, never

FELT = 1e-4
"""Units or unit-days below which nothing has changed: above what is left to others for round-off."""


@dataclass(frozen=True, slots=True)
class Met:
    """How a need is met, or a stock objective: units that come late, and never; unit-days late.

    Of an objective, those come late that are missing for a time, and those never that are missing at the end of the
    plan. `full_on` is the last day of the bucket from which on nothing is missing; empty where nothing ever was, or
    something still is.
    """

    late: float
    unmet: float
    unit_days: float
    full_on: date | None = None


class Target(Protocol):
    """What is asked about: a need, or a stock objective."""

    @property
    def name(self) -> str:
        """How it is called: a need by its code."""

    @property
    def item(self) -> str:
        """The item that is asked for."""

    @property
    def party(self) -> str:
        """The party that asks."""

    @property
    def asked(self) -> float:
        """How many units are asked for."""

    @property
    def lacks(self) -> float:
        """How many of them are late or missing in the plan, at most."""

    @property
    def own(self) -> bool:
        """Whether floors of the party give way to it."""

    @property
    def other(self) -> str | None:
        """A need that has what it might have, if it is asked about one."""

    def rivals(self) -> pl.Expr:
        """Tell which needs of the case come before it or stand beside it."""

    def beside(self, plan: Plan, network: Network, draft: Draft) -> Iterator[Relief]:
        """Yield what else comes before it or stands beside it, each held as in the plan until it is opened."""

    def tells(self, relief: Relief) -> bool:
        """Tell whether taking that away says anything."""

    def tier(self, network: Network, problem: Problem) -> TierSum:
        """Return what is made small."""

    def worth(self, network: Network, met: Met) -> float:
        """Return what that comes to where it is met so."""

    def met(self, network: Network, problem: Problem, values: Floats) -> Met:
        """Return how it is met in an answer."""

    def gain(self, network: Network, before: Met, after: Met) -> float:
        """Return how much better it is met, in units."""

    def supply(self, network: Network) -> bool:
        """Tell whether anybody has, expects or makes anything for it."""

    def way(self, network: Network) -> bool:
        """Tell whether any of that can reach it."""


@dataclass(frozen=True, slots=True)
class NeedTarget:
    """A need: few units that never come, and among equals few unit-days late; `first` are the tiers before needs."""

    row: Mapping[str, Any]
    party: str
    asked: float
    lacks: float
    first: tuple[str, ...]
    other: str | None = None

    @classmethod
    def build(cls, case: Case, plan: Plan, need: str, other: str | None = None) -> NeedTarget:
        """Find an open need of a plan, with the party that owns its place, all that it asks for, and what it lacks."""
        row = case["needs"].filter(need=need).row(0, named=True)
        owner = case["places"].filter(place=row["place"])["party"].item()
        stands = plan["fulfilment"].filter(need=need).row(0, named=True)
        tiers = case.scenario.tiers
        first = tiers[: tiers.index("needs")] if "needs" in tiers else ()
        return cls(row, owner, stands["asked"], stands["late"] + stands["unmet"], first, other)

    @property
    def name(self) -> str:
        """The code of the need."""
        return str(self.row["need"])

    @property
    def own(self) -> bool:
        """Tell whether the owner of the place needs it itself."""
        return self.row["party"] in (None, self.party)

    @property
    def item(self) -> str:
        """The item that is asked for."""
        return str(self.row["item"])

    def rivals(self) -> pl.Expr:
        """Tell which other needs are as urgent or more, or have what it might have."""
        need, priority = pl.col("need"), pl.col("priority")
        return need.ne(self.row["need"]) & (priority.le(self.row["priority"]) | need.eq_missing(self.other))

    def beside(self, plan: Plan, network: Network, draft: Draft) -> Iterator[Relief]:
        """Yield fair shares and stock objectives, where these come first."""
        yield from hold_tiers(plan, network, draft, self.first)
        if "objectives" in self.first:
            yield from hold_objectives(plan, network, draft)

    def tells(self, relief: Relief) -> bool:
        """Tell of everything."""
        return True

    def tier(self, network: Network, problem: Problem) -> TierSum:
        """Return the units that never come, and far below them the unit-days late."""
        issue, unmet, occurrences = problem.columns[Column.ISSUE], problem.columns[Column.UNMET], network.occurrences
        serving, bucket = issue.index["serving"], issue.index["bucket"]
        occurrence, days = lateness(network, serving, bucket)
        number = self._number(network)
        late = np.flatnonzero((occurrences.need[occurrence] == number) & (days > 0))
        units = (days * np.broadcast_to(meets(network, serving, bucket), len(days)))[late]
        missing = np.flatnonzero(occurrences.need == number)
        columns = np.concatenate([issue.start + late, unmet.start + missing])
        weights = np.concatenate([units, np.full(len(missing), never(network))])
        order = np.argsort(columns)
        return TierSum.build(Tier.question("need"), columns[order], weights[order])

    def worth(self, network: Network, met: Met) -> float:
        """Return the unit-days late, a unit that never comes counted as many."""
        return met.unit_days + never(network) * met.unmet

    def met(self, network: Network, problem: Problem, values: Floats) -> Met:
        """Return how the need is met in an answer."""
        issue, unmet = problem.columns[Column.ISSUE], problem.columns[Column.UNMET]
        serving, bucket = issue.index["serving"], issue.index["bucket"]
        occurrence, days = lateness(network, serving, bucket)
        number = self._number(network)
        own = network.occurrences.need[occurrence] == number
        units = values[issue.start : issue.stop] * meets(network, serving, bucket) * own
        missing = float(values[unmet.start : unmet.stop][network.occurrences.need == number].sum())
        late = np.where(days > 0, units, 0.0)
        last = bucket[late > FELT].max(initial=-1)
        full_on = None if last < 0 or missing > FELT else network.horizon.date(int(network.horizon.ends[last]))
        return Met(float(late.sum()), missing, float((units * days).sum()), full_on)

    def gain(self, network: Network, before: Met, after: Met) -> float:
        """Return the units that come on time and did not, or come and did not; else a crumb for days that are won."""
        on_time = before.late + before.unmet - after.late - after.unmet
        came = before.unmet - after.unmet
        days = (before.unit_days - after.unit_days) / (1.0 + abs(before.unit_days))
        return max(on_time, came, days * FELT * 10)

    def supply(self, network: Network) -> bool:
        """Tell whether anybody has, expects or makes anything of the goods."""
        return any(not network.case[name].is_empty() for name in ("stocks", "receipts", "processes"))

    def way(self, network: Network) -> bool:
        """Tell whether any goods can reach the need."""
        return bool((network.occurrences.need[network.servings.occurrence] == self._number(network)).any())

    def _number(self, network: Network) -> int:
        """Return the row of the need in the network."""
        return network.case["needs"]["need"].to_list().index(self.row["need"])
