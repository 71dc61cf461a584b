"""Targets: what is asked about, what is made as small as can be for it, and how it fares in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats
from scorta.errors import InputError
from scorta.network import Network
from scorta.plan import Plan
from scorta.problem import Problem, TierSum, lateness, meets
from scorta.rules import SOLVER_TOLERANCE, Column, Tier
from scorta.why.draft import Draft, held, missing
from scorta.why.hindrances import Kind
from scorta.why.reliefs import Relief, hold_objectives, hold_tiers, never

TARGET_TOLERANCE = 1e-4
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
        issued, unmet, occurrences = problem.columns[Column.ISSUE], problem.columns[Column.UNMET], network.occurrences
        issue, bucket = issued.index["issue"], issued.index["bucket"]
        occurrence, days = lateness(network, issue, bucket)
        number = self._number(network)
        late = np.flatnonzero((occurrences.need[occurrence] == number) & (days > 0))
        units = (days * np.broadcast_to(meets(network, issue, bucket), len(days)))[late]
        missing = np.flatnonzero(occurrences.need == number)
        columns = np.concatenate([issued.start + late, unmet.start + missing])
        weights = np.concatenate([units, np.full(len(missing), never(network))])
        order = np.argsort(columns)
        return TierSum.build(Tier.question("need"), columns[order], weights[order])

    def worth(self, network: Network, met: Met) -> float:
        """Return the unit-days late, a unit that never comes counted as many."""
        return met.unit_days + never(network) * met.unmet

    def met(self, network: Network, problem: Problem, values: Floats) -> Met:
        """Return how the need is met in an answer."""
        issued, unmet = problem.columns[Column.ISSUE], problem.columns[Column.UNMET]
        issue, bucket = issued.index["issue"], issued.index["bucket"]
        occurrence, days = lateness(network, issue, bucket)
        number = self._number(network)
        own = network.occurrences.need[occurrence] == number
        units = values[issued.start : issued.stop] * meets(network, issue, bucket) * own
        missing = float(values[unmet.start : unmet.stop][network.occurrences.need == number].sum())
        late = np.where(days > 0, units, 0.0)
        last = bucket[late > TARGET_TOLERANCE].max(initial=-1)
        full_on = (
            None if last < 0 or missing > TARGET_TOLERANCE else network.horizon.date(int(network.horizon.ends[last]))
        )
        return Met(float(late.sum()), missing, float((units * days).sum()), full_on)

    def gain(self, network: Network, before: Met, after: Met) -> float:
        """Return the units that come on time and did not, or come and did not; else a crumb for days that are won."""
        on_time = before.late + before.unmet - after.late - after.unmet
        came = before.unmet - after.unmet
        days = (before.unit_days - after.unit_days) / (1.0 + abs(before.unit_days))
        return max(on_time, came, days * TARGET_TOLERANCE * 10)

    def supply(self, network: Network) -> bool:
        """Tell whether anybody has, expects or makes anything of the goods."""
        return any(not network.case[name].is_empty() for name in ("stocks", "receipts", "processes"))

    def way(self, network: Network) -> bool:
        """Tell whether any goods can reach the need."""
        return bool((network.occurrences.need[network.issues.occurrence] == self._number(network)).any())

    def _number(self, network: Network) -> int:
        """Return the row of the need in the network."""
        return network.case["needs"]["need"].to_list().index(self.row["need"])


OBJECTIVE_TOLERANCE = SOLVER_TOLERANCE
"""Part of an objective that may be missing and count as nothing."""


@dataclass(frozen=True, slots=True)
class ObjectiveTarget:
    """The stock objective of a party, or of one place of it, for an item.

    It is that of a party where `place` is empty; `places` are those whose stock counts, `first` the tiers that come
    before.
    """

    party: str
    place: str | None
    places: tuple[str, ...]
    item: str
    asked: float
    first: tuple[str, ...]

    @classmethod
    def build(cls, case: Case, owner: str, item: str) -> ObjectiveTarget:
        """Find the objective of a party, or of a place, for an item.

        Raises:
            InputError: that party or place has none, or the case does not plan for objectives.
        """
        tiers = case.scenario.tiers
        if "objectives" not in tiers:
            raise InputError("The case does not plan for stock objectives.", "Add them to `tiers` in `scenario.toml`.")
        wanted = pl.coalesce("objective", pl.col("daily_rate") * pl.col("days_of_supply"))
        rows = case["objectives"].with_columns(wanted=wanted).filter(pl.col("wanted") > 0, item=item)
        found = max(rows.filter(party=owner), rows.filter(place=owner), key=len)
        if found.is_empty():
            owners = rows.select(owner=pl.coalesce("place", "party"))["owner"].unique(maintain_order=True).to_list()
            raise InputError(
                "{owner} has no stock objective for {item}.",
                "Name one that has: {owners}." if owners else "Nobody has one for {item}.",
                owner=owner,
                item=item,
                owners=", ".join(owners),
            )
        place, most = found["place"][0], float(found["wanted"].to_numpy().max())
        counts = case["places"].filter(pl.col("party" if place is None else "place") == owner)
        party = counts["party"][0] if place else owner
        return cls(party, place, tuple(counts["place"]), item, most, tiers[: tiers.index("objectives")])

    @property
    def name(self) -> str:
        """The code of the owner, and that of the item."""
        return f"{self.place or self.party} {self.item}"

    @property
    def lacks(self) -> float:
        """No more than all of it is ever missing."""
        return self.asked

    @property
    def own(self) -> bool:
        """Floors give way to needs, never to objectives."""
        return False

    @property
    def other(self) -> None:
        """No need is asked about beside it."""

    def rivals(self) -> pl.Expr:
        """Tell which needs come first: all of them, or none where objectives do."""
        return pl.lit("needs" in self.first)

    def beside(self, plan: Plan, network: Network, draft: Draft) -> Iterator[Relief]:
        """Yield what else comes first, and the objectives of others."""
        asks = ("asks",) if "needs" in self.first else ()
        yield from hold_tiers(plan, network, draft, (*self.first, *asks))
        yield from hold_objectives(plan, network, draft, [self._aim(network)])

    def tells(self, relief: Relief) -> bool:
        """Tell of everything but that there is no more where it should lie: that is what is asked about."""
        return (
            relief.kind != Kind.STOCK_USED_UP
            or relief.facts["place"] not in self.places
            or relief.facts["item"] != self.item
        )

    def tier(self, network: Network, problem: Problem) -> TierSum:
        """Return the unit-days below the objective."""
        columns, bucket = self._below(network, problem)
        return TierSum.build(Tier.question("objective"), columns, network.horizon.days[bucket].astype(np.float64))

    def worth(self, network: Network, met: Met) -> float:
        """Return the unit-days below."""
        return met.unit_days

    def met(self, network: Network, problem: Problem, values: Floats) -> Met:
        """Return how far the stock is below its objective in an answer."""
        (columns, bucket), horizon = self._below(network, problem), network.horizon
        below = np.zeros(len(horizon))
        below[bucket] = values[columns]
        back = self._short(network, below).max(initial=-1) + 1
        full_on = horizon.date(int(horizon.ends[back])) if 0 < back < len(horizon) else None
        return Met(float(below.max() - below[-1]), float(below[-1]), float(below @ horizon.days), full_on)

    def stand(self, plan: Plan, network: Network) -> tuple[float, float | None, date | None]:
        """Return the level and the objective at the end of the plan, and since when it is below, as the plan has it."""
        level = self._aim(network)
        wanted = network.levels.objective[level]
        short = self._short(network, missing(plan, network, network.levels.objective)[level])
        since = network.horizon.date(int(network.horizon.ends[short[0]])) if len(short) else None
        return float(held(plan, network)[level, -1]), None if np.isnan(wanted[-1]) else float(wanted[-1]), since

    def gain(self, network: Network, before: Met, after: Met) -> float:
        """Return the units that are no longer missing, on average over the plan."""
        return (before.unit_days - after.unit_days) / (network.horizon.last_day + 1)

    def supply(self, network: Network) -> bool:
        """Tell whether anybody makes, puts together or expects any of the goods, or has any elsewhere."""
        case = network.case
        stocks = case["stocks"].filter(~pl.col("place").is_in(self.places))
        sources = (stocks, *(case[name] for name in ("receipts", "processes", "kits")))
        return any(self.item in source["item"] for source in sources)

    def way(self, network: Network) -> bool:
        """Tell whether anything can come in: over a leg, from a line, as a receipt."""
        spots, moves, names = network.spots, network.moves, network.names
        here = np.isin(spots.place, names.places.of(pl.Series(self.places, dtype=pl.String)))
        own = here & (spots.item == names.items.number(self.item))
        comes = own[moves.destination] & ~own[moves.origin]
        return bool(comes.any() or own[network.production.gives_spot].any() or own[spots.receipt_spot].any())

    def _short(self, network: Network, below: Floats) -> Days:
        """Return the buckets at the end of which something is missing."""
        wanted = np.nan_to_num(network.levels.objective[self._aim(network)])
        return np.flatnonzero(below > TARGET_TOLERANCE + OBJECTIVE_TOLERANCE * wanted)

    def _aim(self, network: Network) -> int:
        """Return the row of the levels of the network that is this objective."""
        levels, names = network.levels, network.names
        place = names.places.number(self.place)
        of_it = (levels.place == place) & (levels.item == names.items.number(self.item))
        return int(np.flatnonzero(of_it & (levels.party == names.parties.number(self.party)))[0])

    def _below(self, network: Network, problem: Problem) -> tuple[Days, Days]:
        """Return the columns that say how much is missing, and their buckets."""
        below = problem.columns[Column.BELOW_OBJECTIVE]
        own = np.flatnonzero(below.index["level"] == self._aim(network))
        return below.start + own, below.index["bucket"][own]
