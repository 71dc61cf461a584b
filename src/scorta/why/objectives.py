"""A stock objective as a target: few unit-days below it, after all that comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats
from scorta.errors import InputError
from scorta.network import Bools, Network
from scorta.plan import Plan
from scorta.problem import Problem, TierSum
from scorta.rules import Column, Tier
from scorta.why.draft import Draft, held, missing
from scorta.why.hindrances import Kind
from scorta.why.reliefs import Relief, hold_objectives, hold_tiers
from scorta.why.targets import FELT, Met

RELATIVE = 1e-7
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
        columns, bucket = self._below(network, problem)
        below = np.zeros(len(network.horizon))
        below[bucket] = values[columns]
        return self._measured(network, below)

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
        own, spots, moves = self._own_spots(network), network.spots, network.moves
        comes = own[moves.destination] & ~own[moves.origin]
        return bool(comes.any() or own[network.makings.gives_spot].any() or own[spots.receipt_spot].any())

    def _measured(self, network: Network, below: Floats) -> Met:
        """Tell of what is missing at the end of each bucket."""
        horizon = network.horizon
        back = self._short(network, below).max(initial=-1) + 1
        full_on = horizon.date(int(horizon.ends[back])) if 0 < back < len(horizon) else None
        return Met(float(below.max() - below[-1]), float(below[-1]), float(below @ horizon.days), full_on)

    def _short(self, network: Network, below: Floats) -> Days:
        """Return the buckets at the end of which something is missing."""
        wanted = np.nan_to_num(network.levels.objective[self._aim(network)])
        return np.flatnonzero(below > FELT + RELATIVE * wanted)

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

    def _own_spots(self, network: Network) -> Bools:
        """Tell which spots count towards the objective."""
        names = network.names
        here = np.isin(network.spots.place, names.places.of(pl.Series(self.places, dtype=pl.String)))
        return np.asarray(here & (network.spots.item == names.items.number(self.item)))
