"""Moving: what leaves over which leg when, within the tonnes of legs and places."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import BEYOND, Days, Floats
from scorta.network import Bools, Groups, Network, distinct, numbers_of, ranges
from scorta.problem.problem import Builder, Family

KG_PER_T = 1000.0
"""Kilograms in a tonne."""

HALF_A_DAY = 1 / 62
"""Months in half a day: sums of months that are no further apart are of the same days."""


def masses(network: Network) -> Floats:
    """Return the mass of a unit of each item in tonnes, 0 where the item has none."""
    return numbers_of(network.case["items"]["mass_kg"], 0.0) / KG_PER_T


def add_ships(builder: Builder, network: Network) -> Family:
    """Add ship[move, bucket]: the units that leave over a leg, even over its open days of the bucket."""
    span = network.moves.span
    return builder.add_columns("ship", span.index(move=np.arange(len(network.moves.leg))), span.size)


def move_items(network: Network) -> Days:
    """Return the item of each move."""
    return network.spots.item[network.moves.origin]


def arrivals(network: Network, moves: Days) -> tuple[Days, Days, Days, Floats]:
    """Return every (position among the moves, ship, bucket of arrival, share) that arrives within the horizon."""
    return network.moves.arrivals.of(network.moves.span, network.moves.way[moves], moves)


def living(network: Network, move: Days, ship: Days, arrives: Days, share: Floats) -> Floats:
    """Return of each share that arrives, of the ships of moves of dated lots, the part that does within their life."""
    moves, expires = network.moves, network.spots.expires[network.moves.destination]
    flow = moves.flows(move, moves.span.bucket[ship])
    begin = moves.arrivals.first_day[flow] + network.legs.transit[moves.leg[move]]
    days = moves.arrivals.last_day[flow] - moves.arrivals.first_day[flow] + 1
    left = expires[move] + 1 - np.maximum(begin, network.horizon.starts[arrives])
    alive: Floats = np.minimum(share, np.maximum(left, 0.0) / days)
    return alive


def dated_moves(network: Network) -> Bools:
    """Tell which moves bring lots that have a last day of use."""
    dated: Bools = network.spots.expires[network.moves.destination] < BEYOND
    return dated


def capacity_owner() -> pl.Expr:
    """Name who has a capacity: the legs that share one, or the leg by its `number`."""
    return pl.coalesce(pl.format("shared {}", "shared_capacity"), pl.format("leg {}", "number"))


def add_leg_capacity(builder: Builder, network: Network, ships: Family) -> None:
    """Bound the tonnes over each leg, or over all legs that share a capacity."""
    group, capacity = capacities(network)
    months = _open_months(network, group, len(capacity))
    bound = np.multiply(capacity[:, None], months, out=np.zeros_like(months), where=months > 0)
    span, mass = network.moves.span, masses(network)[move_items(network)]
    owner = span.each(group[network.moves.leg].astype(np.int32))
    _add_tonnes(builder, "leg_capacity", owner, span.bucket, bound, ships.numbers, span.each(mass))


def leg_room(network: Network) -> Floats:
    """Return the most tonnes that each leg carries in each bucket (leg x bucket), infinite where nothing bounds it."""
    group, capacity = capacities(network)
    months = _open_months(network, group, len(capacity))
    return np.multiply(capacity[:, None], months, out=np.zeros_like(months), where=months > 0)[group]


def capacities(network: Network) -> tuple[Days, Floats]:
    """Return who has the capacity of each leg, by number, and what each of these carries in a month."""
    legs = network.case["legs"].with_row_index("number")
    groups = legs.select(group=capacity_owner().rank("dense") - 1, capacity="capacity_t_per_month")
    group = groups["group"].cast(pl.Int64).to_numpy()
    capacity = np.full(int(group.max(initial=-1)) + 1, np.inf)
    np.minimum.at(capacity, group, numbers_of(groups["capacity"], np.inf))
    return group, capacity


def add_leg_windows(builder: Builder, network: Network, ships: Family) -> None:
    """Bound the tonnes that leave on some open days of a bucket only by these days: all flows that run on no others."""
    horizon, moves, mass = network.horizon, network.moves, masses(network)[move_items(network)]
    group, capacity = capacities(network)
    owner = group[moves.leg]
    limited = np.flatnonzero(np.isfinite(capacity[owner]) & (mass > 0))
    move, flow = _partial_flows(network, limited)
    bucket, first, last = flow - moves.way[move], moves.arrivals.first_day[flow], moves.arrivals.last_day[flow]
    ship, flows = moves.span.at(move, bucket), np.stack([owner[move], bucket, first, last])
    rows = _parts(network, group, flows)
    index = dict(zip(("capacity", "bucket", "first", "last"), rows, strict=True))
    bound = capacity[rows[0]] * horizon.months(rows[2], rows[3])
    rule = builder.add_rule("leg_window", index, rows.shape[1], -np.inf, bound)
    by_bucket = Groups.build(rows[0] * len(horizon) + rows[1], len(capacity) * len(horizon))
    position, row = by_bucket.expand(flows[0] * len(horizon) + flows[1])
    inside = np.flatnonzero((flows[2, position] >= rows[2, row]) & (flows[3, position] <= rows[3, row]))
    at = position[inside]
    builder.add(rule.start + row[inside], ships.start + ship[at], mass[move[at]])


def _partial_flows(network: Network, moves: Days) -> tuple[Days, Days]:
    """Return every (move, flow that does not run on all days of its bucket), in the order of the moves."""
    arrivals, horizon, span = network.moves.arrivals, network.horizon, network.moves.span
    runs = arrivals.last_day >= arrivals.first_day
    bucket = horizon.bucket_of(np.where(runs, arrivals.first_day, 0))
    part = (arrivals.first_day > horizon.starts[bucket]) | (arrivals.last_day < horizon.ends[bucket])
    partial, way = np.flatnonzero(runs & part), network.moves.way[moves]
    start = np.searchsorted(partial, way + span.first[moves])
    position, at = ranges(start, np.searchsorted(partial, way + span.last[moves], side="right") - start)
    return moves[position], partial[at]


def _parts(network: Network, group: Days, flows: Days) -> Days:
    """Return the capacities, buckets, first and last days of flows that are not on all open days of the capacity."""
    days, buckets = network.horizon.last_day + 1, len(network.horizon)
    owner, bucket, first, last = flows
    rest, last = np.divmod(np.unique(((owner * buckets + bucket) * days + first) * days + last), days)
    rest, first = np.divmod(rest, days)
    rows = np.stack([*np.divmod(rest, buckets), first, last])
    months = _open_months(network, group, int(group.max(initial=-1)) + 1)[rows[0], rows[1]]
    return rows[:, network.horizon.months(rows[2], rows[3]) < months - HALF_A_DAY]


def add_throughput(builder: Builder, network: Network, ships: Family) -> None:
    """Bound the tonnes that legs take out of each place, and those they bring in."""
    horizon, moves = network.horizon, network.moves
    limit = numbers_of(network.case["places"]["throughput_t_per_month"], np.inf)
    bound = limit[:, None] * horizon.months(horizon.starts, horizon.ends)[None, :]
    mass, origin, destination = masses(network), network.legs.origin[moves.leg], network.legs.destination[moves.leg]
    mass = mass[move_items(network)]
    leaving = np.flatnonzero(np.isfinite(limit)[origin])
    each, ship = moves.span.slots_of(leaving)
    out = leaving[each]
    _add_tonnes(builder, "throughput_out", origin[out], moves.span.bucket[ship], bound, ships.start + ship, mass[out])
    coming = np.flatnonzero(np.isfinite(limit)[destination])
    each, ship, arrives, share = arrivals(network, coming)
    to = coming[each]
    _add_tonnes(builder, "throughput_in", destination[to], arrives, bound, ships.start + ship, share * mass[to])


def _add_tonnes(
    builder: Builder, name: str, owner: Days, bucket: Days, bound: Floats, ships: Days, mass: Floats
) -> None:
    """Add a row for each (owner, bucket) with a finite bound: the tonnes of the ships there."""
    key = owner * bound.shape[1] + bucket
    limited = np.isfinite(bound).reshape(-1)[key] & (mass > 0)
    if not limited.all():
        key, ships, mass = key[limited], ships[limited], mass[limited]
    keys, row = distinct(key, bound.size)
    owner, bucket = np.divmod(keys, bound.shape[1])
    rule = builder.add_rule(name, {"owner": owner, "bucket": bucket}, len(keys), -np.inf, bound[owner, bucket])
    builder.add(rule.start + row, ships, mass)


def _open_months(network: Network, group: Days, count: int) -> Floats:
    """Return the calendar months of the days of each bucket on which any leg of a group is open."""
    horizon = network.horizon
    days = horizon.last_day + 1
    change = np.zeros((count, days + 1))
    np.add.at(change, (group, np.clip(network.legs.open_from, 0, days)), 1.0)
    np.add.at(change, (group, np.clip(network.legs.open_until + 1, 0, days)), -1.0)
    is_open = np.cumsum(change, axis=1)[:, :-1] > 0
    weights = np.where(is_open, np.diff(horizon.month_sums)[None, :days], 0.0)
    whole = np.asarray(is_open.all(axis=1))[:, None]
    parts = np.add.reduceat(weights, horizon.starts, axis=1)
    return np.where(whole, horizon.months(horizon.starts, horizon.ends)[None, :], parts)
