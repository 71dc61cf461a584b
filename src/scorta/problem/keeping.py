"""Keeping: undated goods with a shelf life are kept no longer than that, and thrown away no sooner."""

from __future__ import annotations

import numpy as np

from scorta.case import BEYOND, Days, Floats
from scorta.network import Network, numbers_of, ranges
from scorta.problem.problem import Builder


def lives(network: Network) -> Floats:
    """Return the days each spot's undated goods keep, infinite where they keep."""
    life = numbers_of(network.case["items"]["shelf_life_days"], np.inf)[network.spots.item]
    return np.asarray(np.where(network.spots.expires < BEYOND, np.inf, life), dtype=np.float64)


class Inflow:
    """Collects what comes in to a spot: each entry enters its balance, and its shelf life where it has one."""

    def __init__(self, builder: Builder, network: Network) -> None:
        self.builder, self.span = builder, network.spots.span
        self.mortal = np.isfinite(lives(network))
        self.parts: list[tuple[Days, Days, Days, Floats]] = []

    def add(self, spot: Days, bucket: Days, column: Days, value: Floats) -> None:
        """Add units of a column that come in to a spot in a bucket."""
        row = self.builder.rules["balance"].start + self.span.at(spot, bucket)
        self.builder.add(row, column, -value)
        self.note(spot, bucket, column, value)

    def note(self, spot: Days, bucket: Days, column: Days, value: Floats) -> None:
        """Remember what comes in, for the shelf life of goods that have one."""
        kept = np.flatnonzero(self.mortal[spot]) if self.mortal.any() else spot[:0]
        if len(kept):
            self.parts.append((spot[kept], bucket[kept], column[kept], value[kept]))


def add_shelf_life(builder: Builder, network: Network, inflow: Inflow) -> None:
    """Add spent[spot, bucket]: goods past their life, not yet thrown away; bound stock by what is alive.

    What comes in alive and what ends its life are both even over the days on which they do.
    """
    span, life = network.spots.span, lives(network)
    slots = np.flatnonzero(np.isfinite(life)[span.owner])
    number = np.full(span.size, -1)
    number[slots] = np.arange(len(slots))
    index = {"spot": span.owner[slots], "bucket": span.bucket[slots]}
    alive, dies = _known(network, life, slots, number)
    keeps = builder.add_rule("shelf_life", index, len(slots), -np.inf, alive)
    builder.add(keeps.numbers, builder.columns["stock"].start + slots, 1.0)
    spent = builder.add_columns("spent", index, len(slots))
    ends = builder.add_rule("end_of_life", index, len(slots), dies, dies)
    builder.add(ends.numbers, spent.numbers, 1.0)
    carried = np.flatnonzero(span.bucket[slots] < span.last[span.owner[slots]])
    builder.add(ends.start + carried + 1, spent.start + carried, -1.0)
    expire = builder.columns["expire"]
    thrown = number[span.at(expire.index["spot"], expire.index["bucket"])]
    mortal = np.flatnonzero(thrown >= 0)
    builder.add(ends.start + thrown[mortal], expire.start + mortal, 1.0)
    for spot, bucket, column, value in inflow.parts:  # one part for ships, one for starts
        each, at, share = _alive(network, life, spot, bucket)
        builder.add_summed(keeps.start + number[at], column[each], -share * value[each])
        each, at, share = _dies(network, life, spot, bucket)
        builder.add_summed(ends.start + number[at], column[each], -share * value[each])


def _known(network: Network, life: Floats, slots: Days, number: Days) -> tuple[Floats, Floats]:
    """Return what is alive at the end of each slot, and what ends its life in it, of opening stock and receipts."""
    span, spots, horizon = network.spots.span, network.spots, network.horizon
    ends, owner = horizon.ends[span.bucket[slots]], span.owner[slots]
    over = life[owner] <= ends
    alive = np.where(over, 0.0, spots.opening[owner])
    dies = np.where(over & (life[owner] >= horizon.starts[span.bucket[slots]]), spots.opening[owner], 0.0)
    mortal = np.flatnonzero(np.isfinite(life)[spots.receipt_spot])
    spot, bucket, quantity = (
        spots.receipt_spot[mortal],
        spots.receipt_bucket[mortal],
        spots.receipt_quantity[mortal],
    )
    for shares, into in ((_alive, alive), (_dies, dies)):
        each, at, share = shares(network, life, spot, bucket)
        np.add.at(into, number[at], share * quantity[each])
    return alive, dies


def _alive(network: Network, life: Floats, spot: Days, bucket: Days) -> tuple[Days, Days, Floats]:
    """Return, for what comes in to a spot in a bucket, every (position, later stock slot, share still alive then)."""
    span, horizon = network.spots.span, network.horizon
    keeps = life[spot].astype(np.int64)
    last = horizon.bucket_of(np.minimum(horizon.ends[bucket] + keeps, horizon.last_day))
    each, later = ranges(bucket, np.minimum(last, span.last[spot]) - bucket + 1)
    first, end = horizon.starts[bucket[each]], horizon.ends[bucket[each]]
    alive_from = np.maximum(first, horizon.ends[later] + 1 - keeps[each])
    share = np.maximum(end - alive_from + 1, 0) / (end - first + 1)
    kept = np.flatnonzero(share > 0)
    return each[kept], span.at(spot[each[kept]], later[kept]), share[kept]


def _dies(network: Network, life: Floats, spot: Days, bucket: Days) -> tuple[Days, Days, Floats]:
    """Return, for what comes in to a spot in a bucket, every (position, stock slot, share that ends its life then)."""
    span, horizon = network.spots.span, network.horizon
    keeps = life[spot].astype(np.int64)
    first, end = horizon.starts[bucket] + keeps, horizon.ends[bucket] + keeps
    begin = horizon.bucket_of(first)
    last = np.minimum(horizon.bucket_of(np.minimum(end, horizon.last_day)), span.last[spot])
    each, then = ranges(begin, np.where(first > horizon.last_day, 0, np.maximum(last - begin + 1, 0)))
    days = np.minimum(end[each], horizon.ends[then]) - np.maximum(first[each], horizon.starts[then]) + 1
    return each, span.at(spot[each], then), days / (end - first + 1)[each]
