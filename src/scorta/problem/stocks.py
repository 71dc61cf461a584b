"""Stocks: what lies where at the end of each bucket, what is thrown away, how long it keeps, and the room it takes."""

from __future__ import annotations

import numpy as np

from scorta.case import BEYOND, Days, Floats
from scorta.network import Bools, Groups, Network, distinct, ranges
from scorta.problem.problem import Builder, Family
from scorta.rules import Column, Rule


def add_stocks(builder: Builder, network: Network) -> Family:
    """Add stock[spot, bucket]: what lies there at its end; nothing of a dated lot outlives its last day."""
    span = network.spots.span
    upper = np.where(_is_over(network), 0.0, np.inf)
    return builder.add_columns(Column.STOCK, span.index(spot=np.arange(len(network.spots))), span.size, upper)


def _is_over(network: Network) -> Bools:
    """Tell for each stock slot whether the last day of its lot has come by its end."""
    span = network.spots.span
    return span.bucket >= span.each(network.horizon.bucket_of(network.spots.expires).astype(np.int32))


def add_expiries(builder: Builder, network: Network) -> Family:
    """Add expire[spot, bucket]: what is thrown away, where goods have a life that can end."""
    span = network.spots.span
    slots = np.flatnonzero(_is_over(network) | span.each(np.isfinite(lives(network))))
    return builder.add_columns(Column.EXPIRE, {"spot": span.owner[slots], "bucket": span.bucket[slots]}, len(slots))


def add_balance(builder: Builder, network: Network) -> Family:
    """Add the balance of every spot and bucket, with stock and expiry; other families enter it where they are made."""
    span, spots = network.spots.span, network.spots
    comes = np.zeros(span.size)
    comes[span.start[spots.opening > 0]] = spots.opening[spots.opening > 0]
    np.add.at(comes, span.at(spots.receipt_spot, spots.receipt_bucket), spots.receipt_quantity)
    rule = builder.add_rule(Rule.BALANCE, builder.columns[Column.STOCK].index, span.size, comes, comes)
    stock, expire = builder.columns[Column.STOCK], builder.columns[Column.EXPIRE]
    builder.add(rule.numbers, stock.numbers, 1.0)
    ends = np.zeros(span.size, dtype=bool)
    ends[(span.start + span.counts - 1)[span.counts > 0]] = True
    carried = np.flatnonzero(~ends).astype(np.int32)
    builder.add(rule.start + carried + 1, stock.start + carried, -1.0)
    builder.add(rule.start + span.at(expire.index["spot"], expire.index["bucket"]), expire.numbers, 1.0)
    return rule


def add_storage(builder: Builder, network: Network) -> None:
    """Bound the tonnes that lie at each place with a limit; receipts that force more are let in, and counted."""
    spots, mass, limit = network.spots, network.items.mass[network.spots.item], network.places.storage
    stored = np.flatnonzero(np.isfinite(limit)[spots.place] & (mass > 0))
    forced, first = lying(network, spots.place[stored], stored, len(limit), mass)
    bound = np.maximum(limit[:, None], first[:, None])
    each, slots = spots.span.slots_of(stored)
    add_limit(
        builder,
        network,
        (Rule.STORAGE, Column.OVER_STORAGE),
        owner=spots.place[stored][each],
        slots=slots,
        unit=mass[stored][each],
        bound=bound,
        forced=forced,
    )


def lying(network: Network, held: Days, spot: Days, owners: int, unit: Floats) -> tuple[Floats, Floats]:
    """Return what lies with each owner without a decision: by the end of each bucket (owner x bucket), and at first.

    What lies at `spot[k]` belongs to the owner `held[k]`; `unit` is what a unit at each spot counts.
    """
    spots = network.spots
    first = np.bincount(held, (spots.opening * unit)[spot], owners).astype(np.float64)
    by_spot = Groups.build(spots.receipt_spot, len(spots))
    position, receipt = by_spot.expand(spot)
    comes = np.zeros((owners, len(network.horizon)))
    values = spots.receipt_quantity[receipt] * unit[spots.receipt_spot[receipt]]
    np.add.at(comes, (held[position], spots.receipt_bucket[receipt]), values)
    return np.cumsum(comes, axis=1) + first[:, None], first


def add_limit(
    builder: Builder,
    network: Network,
    names: tuple[Rule, Column],
    *,
    owner: Days,
    slots: Days,
    unit: Floats,
    bound: Floats,
    forced: Floats,
) -> None:
    """Add a row for each (owner, bucket) that has stock slots: their units within `bound`, or as far over as forced."""
    limits = network.by_bucket(len(forced))
    keys, row = distinct(limits.of(owner, network.spots.span.bucket[slots]), limits.size)
    index = limits.index(keys, "owner")
    limit = np.broadcast_to(bound, forced.shape)[index["owner"], index["bucket"]]
    rule = builder.add_rule(names[0], index, len(keys), -np.inf, limit)
    builder.add(rule.start + row, builder.columns[Column.STOCK].start + slots, unit)
    forced_over = forced[index["owner"], index["bucket"]] - limit
    over = np.flatnonzero(forced_over > 0)
    at = {side: values[over] for side, values in index.items()}
    excess = builder.add_columns(names[1], at, len(over), forced_over[over])
    builder.add(rule.start + over, excess.numbers, -1.0)


def lives(network: Network) -> Floats:
    """Return the days each spot's undated goods keep, infinite where they keep."""
    life = network.items.life[network.spots.item]
    return np.asarray(np.where(network.spots.expires < BEYOND, np.inf, life), dtype=np.float64)


class Inflow:
    """Collects what comes in to a spot: each entry enters its balance, and its shelf life where it has one."""

    def __init__(self, builder: Builder, network: Network) -> None:
        self.builder, self.span = builder, network.spots.span
        self.mortal = np.isfinite(lives(network))
        self.parts: list[tuple[Days, Days, Days, Floats]] = []

    def add(self, spot: Days, bucket: Days, column: Days, value: Floats) -> None:
        """Add units of a column that come in to a spot in a bucket."""
        row = self.builder.rules[Rule.BALANCE].start + self.span.at(spot, bucket)
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
    keeps = builder.add_rule(Rule.SHELF_LIFE, index, len(slots), -np.inf, alive)
    builder.add(keeps.numbers, builder.columns[Column.STOCK].start + slots, 1.0)
    spent = builder.add_columns(Column.SPENT, index, len(slots))
    ends = builder.add_rule(Rule.END_OF_LIFE, index, len(slots), dies, dies)
    builder.add(ends.numbers, spent.numbers, 1.0)
    carried = np.flatnonzero(span.bucket[slots] < span.last[span.owner[slots]])
    builder.add(ends.start + carried + 1, spent.start + carried, -1.0)
    expire = builder.columns[Column.EXPIRE]
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


def holding_costs(network: Network) -> Floats:
    """Return the cost of holding a unit at the end of a bucket for the months of that bucket, in EUR."""
    span, horizon = network.spots.span, network.horizon
    months = horizon.months(horizon.starts, horizon.ends)
    return span.each(network.items.holding[network.spots.item]) * months[span.bucket]


def expiry_costs(builder: Builder, network: Network) -> Floats:
    """Return the value of each unit thrown away, in EUR."""
    return network.items.value[network.spots.item[builder.columns[Column.EXPIRE].index["spot"]]]
