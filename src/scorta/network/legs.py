"""Legs and what they carry, lanes (the use of a leg by the goods of one spot), moves, and when what leaves arrives."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from scorta.case import Case, Days, Floats, Horizon
from scorta.network.index import Bools, Span, days_of, numbers_of, open_end, ranges
from scorta.network.names import Names


@dataclass(frozen=True, slots=True)
class Legs:
    """The legs as columns: from where to where, for which item (-1: any), how long, when open, and what they cost.

    `capacity` is the number of the capacity that the leg has alone or shares; costs are in EUR, 0 where nobody says.
    """

    origin: Days
    destination: Days
    item: Days
    transit: Floats
    open_from: Days
    open_until: Days
    capacity: Days
    cost_per_t: Floats
    fixed_cost: Floats

    def __len__(self) -> int:
        return len(self.origin)


@dataclass(frozen=True, slots=True)
class Capacities:
    """What legs carry: the code of each shared capacity, or of the leg that has one alone, and its tonnes a month."""

    codes: pl.Series
    per_month: Floats


def read_legs(case: Case, names: Names) -> tuple[Legs, Capacities]:
    """Read the legs into columns, and what each of them carries, or those together that share a capacity."""
    table, horizon = case["legs"].with_row_index("number"), case.horizon
    owner = pl.coalesce(pl.format("shared {}", "shared_capacity"), pl.format("leg {}", "number"))
    table = table.with_columns(group=owner.rank("dense") - 1)
    first = table.sort("group").unique("group", keep="first", maintain_order=True)
    group = table["group"].cast(pl.Int64).to_numpy()
    per_month = np.full(first.height, np.inf)
    np.minimum.at(per_month, group, numbers_of(table["capacity_t_per_month"], np.inf))
    legs = Legs(
        origin=names.places.of(table["origin"]),
        destination=names.places.of(table["destination"]),
        item=names.items.of(table["item"]),
        transit=numbers_of(table["transit_days"], 0.0),
        open_from=days_of(table["open_from"], horizon, 0),
        open_until=open_end(table["open_until"], horizon),
        capacity=group,
        cost_per_t=numbers_of(table["cost_eur_per_t"], 0.0),
        fixed_cost=numbers_of(table["fixed_cost_eur"], 0.0),
    )
    return legs, Capacities(first.select(pl.coalesce("shared_capacity", "leg")).to_series(), per_month)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The use of a leg by the goods of one spot: from that spot to another, from bucket `first` on, to `last`.

    Within a `window`, days on which the leg is open, there is only one bucket; `WHOLE`: on all its open days. `arrives`
    is the first day on which anything can arrive; `due` the last bucket in which a firm order wants it to leave,
    wherever it is of use (-1: none does).
    """

    leg: Days
    origin: Days
    destination: Days
    first: Days
    last: Days
    window: Days
    arrives: Days
    due: Days

    def columns(self) -> tuple[Days, ...]:
        """Return all columns, in order."""
        return (
            self.leg, self.origin, self.destination, self.first, self.last, self.window, self.arrives, self.due
        )  # fmt: skip

    def kept(self, keep: Bools | Days) -> Lanes:
        """Return some of the lanes."""
        return Lanes(*(column[keep] for column in self.columns()))


def join(one: Lanes, other: Lanes) -> Lanes:
    """Return all lanes of both."""
    return Lanes(*(np.concatenate(pair) for pair in zip(one.columns(), other.columns(), strict=True)))


def merge(lanes: Lanes) -> Lanes:
    """Join lanes of one leg between the same spots, in whole buckets or one window: all buckets, the first arrival."""
    if not len(lanes.leg):
        return lanes
    lanes = lanes.kept(np.lexsort((lanes.window, lanes.destination, lanes.origin, lanes.leg)))
    sides = (lanes.leg, lanes.origin, lanes.destination, lanes.window)
    changes = np.any([np.diff(side) != 0 for side in sides], axis=0)
    heads = np.concatenate([[0], np.flatnonzero(changes) + 1])
    joined = lanes.kept(heads)
    return replace(
        joined,
        first=np.minimum.reduceat(lanes.first, heads),
        last=np.maximum.reduceat(lanes.last, heads),
        arrives=np.minimum.reduceat(lanes.arrives, heads),
        due=np.maximum.reduceat(lanes.due, heads),
    )


@dataclass(frozen=True, slots=True)
class Arrivals:
    """For each flow (over a leg or of a process, in a bucket): when it runs, and which share arrives in which bucket.

    Ways and buckets are laid out as way x buckets + bucket, flows within windows after them. `first_day` to `last_day`
    are the days of the bucket on which it may run (none where last < first). Arrivals of one flow stand at `start` to
    `start + 1` in `leaves` (its bucket), `bucket` (in which they arrive) and `share`; a share that arrives after the
    horizon is not listed.
    """

    first_day: Days
    last_day: Days
    start: Days
    leaves: Days
    bucket: Days
    share: Floats

    def of(self, span: Span, way: Days, owners: Days) -> tuple[Days, Days, Days, Floats]:
        """Return every (position in `owners`, place in `span`, bucket of arrival, share that arrives then), in order.

        `way` and its bucket number the flow of each of the owners: those of all buckets of one owner stand together.
        """
        key = way + span.first[owners]
        begin = self.start[key]
        counts = self.start[key + span.counts[owners]] - begin
        position, held = ranges(begin, counts)
        place = np.repeat(span.origin[owners], counts) + self.leaves[held]
        return position, place, self.bucket[held], self.share[held]


@dataclass(frozen=True, slots=True)
class Moves:
    """Which goods may use which leg: one row for each leg, spot it leaves and spot it reaches, with its buckets.

    A move within a `window` leaves on the days of that window only, in one bucket. `gift` tells that the move needs
    cover by a pledge or an ask, `sale` that it needs cover by a contract. `way` and the bucket make up the number of
    the flow in `arrivals`.
    """

    leg: Days
    origin: Days
    destination: Days
    window: Days
    gift: Bools
    sale: Bools
    span: Span
    way: Days
    arrivals: Arrivals

    def flows(self, move: Days, bucket: Days) -> Days:
        """Return the number in `arrivals` of what each move carries in a bucket."""
        return self.way[move] + bucket


def every_bucket(horizon: Horizon, open_from: Days, open_until: Days, lag: Floats) -> tuple[Days, Days, Days, Floats]:
    """Return the bucket, first and last day, and lag of each flow of each way."""
    count = len(horizon)
    way = np.repeat(np.arange(len(lag)), count)
    bucket = np.tile(np.arange(count), len(lag))
    first_day = np.maximum(horizon.starts[bucket], open_from[way])
    last_day = np.minimum(horizon.ends[bucket], open_until[way])
    return bucket, first_day, last_day, lag[way]


def spread(horizon: Horizon, leaves: Days, first_day: Days, last_day: Days, lag: Floats) -> Arrivals:
    """Spread flows that are even from their first to their last day over the buckets in which they arrive."""
    count = len(horizon)
    runs = last_day >= first_day
    begin = first_day + lag
    end = last_day + 1 + lag
    first = horizon.bucket_of(np.floor(begin).astype(np.int64))
    last = np.minimum(horizon.bucket_of(np.ceil(end).astype(np.int64) - 1), count - 1)
    counts = np.where(runs, np.maximum(last - first + 1, 0), 0)
    start = np.concatenate([[0], np.cumsum(counts)])
    key, arrives = ranges(first, counts)
    overlap = np.minimum(end[key], horizon.ends[arrives] + 1) - np.maximum(begin[key], horizon.starts[arrives])
    share = np.maximum(overlap, 0.0) / (end[key] - begin[key])
    return Arrivals(first_day, last_day, start, leaves[key].astype(np.int32), arrives, share)
