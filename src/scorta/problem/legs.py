"""Legs: what leaves over which leg when and when it arrives, within the tonnes of legs and places."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scorta.case import BEYOND, Days, Floats
from scorta.network import Bools, Groups, Network, Pairs, distinct, ranges
from scorta.problem.problem import Builder, Family, Problem
from scorta.problem.stocks import Inflow
from scorta.problem.switches import Flow, Most, add_switches, counts_cost, tie_most
from scorta.rules import Column, Rule

HALF_A_DAY = 1 / 62
"""Months in half a day: sums of months that are no further apart are of the same days."""


def add_ships(builder: Builder, network: Network) -> Family:
    """Add ship[move, bucket]: the units that leave over a leg, even over its open days of the bucket."""
    span = network.moves.span
    return builder.add_columns(Column.SHIP, span.index(move=np.arange(len(network.moves.leg))), span.size)


def add_ship_balance(builder: Builder, network: Network, inflow: Inflow) -> None:
    """Let ships leave the balance of one spot and enter that of another, spread over the buckets of arrival."""
    ships, balance = builder.columns[Column.SHIP], builder.rules[Rule.BALANCE]
    span, moves = network.spots.span, network.moves
    leaves = moves.span.each(span.origin[moves.origin]) + moves.span.bucket
    builder.add(balance.start + leaves, ships.numbers, 1.0)
    dated = dated_moves(network)
    move = np.flatnonzero(~dated)
    each, ship, arrives, share = arrivals(network, move)
    inflow.add(moves.destination[move].astype(np.int32)[each], arrives, ships.start + ship, share)
    move = np.flatnonzero(dated)
    each, ship, arrives, share = arrivals(network, move)
    share = living(network, move[each], ship, arrives, share)
    in_time = np.flatnonzero(share > 0)
    spot = moves.destination[move[each[in_time]]]
    inflow.add(spot, arrives[in_time], ships.start + ship[in_time], share[in_time])


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


def add_leg_capacity(builder: Builder, network: Network, ships: Family) -> None:
    """Bound the tonnes over each leg, or over all legs that share a capacity."""
    group, capacity = network.legs.capacity, network.capacities.per_month
    months = _open_months(network, group, len(capacity))
    bound = np.multiply(capacity[:, None], months, out=np.zeros_like(months), where=months > 0)
    span, mass = network.moves.span, network.items.mass[move_items(network)]
    owner = span.each(group[network.moves.leg].astype(np.int32))
    _add_tonnes(builder, Rule.LEG_CAPACITY, owner, span.bucket, bound, ships.numbers, span.each(mass))


def leg_room(network: Network) -> Floats:
    """Return the most tonnes that each leg carries in each bucket (leg x bucket), infinite where nothing bounds it."""
    group, capacity = network.legs.capacity, network.capacities.per_month
    months = _open_months(network, group, len(capacity))
    return np.multiply(capacity[:, None], months, out=np.zeros_like(months), where=months > 0)[group]


def add_leg_windows(builder: Builder, network: Network, ships: Family) -> None:
    """Bound the tonnes that leave on some open days of a bucket only by these days: all flows that run on no others."""
    horizon, moves, mass = network.horizon, network.moves, network.items.mass[move_items(network)]
    group, capacity = network.legs.capacity, network.capacities.per_month
    owner = group[moves.leg]
    limited = np.flatnonzero(np.isfinite(capacity[owner]) & (mass > 0))
    move, flow = _partial_flows(network, limited)
    bucket, first, last = flow - moves.way[move], moves.arrivals.first_day[flow], moves.arrivals.last_day[flow]
    ship, flows = moves.span.at(move, bucket), np.stack([owner[move], bucket, first, last])
    rows = _parts(network, group, flows)
    index = dict(zip(("capacity", "bucket", "first", "last"), rows, strict=True))
    bound = capacity[rows[0]] * horizon.months(rows[2], rows[3])
    rule = builder.add_rule(Rule.LEG_WINDOW, index, rows.shape[1], -np.inf, bound)
    in_buckets = network.by_bucket(len(capacity))
    by_bucket = Groups.build(in_buckets.of(rows[0], rows[1]), in_buckets.size)
    position, row = by_bucket.expand(in_buckets.of(flows[0], flows[1]))
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
    slots, days = network.by_bucket(len(network.capacities.per_month)), network.horizon.last_day + 1
    since = Pairs(slots.size, days)
    until = Pairs(since.size, days)
    owner, bucket, first, last = flows
    rest, last = until.split(np.unique(until.of(since.of(slots.of(owner, bucket), first), last)))
    slot, first = since.split(rest)
    rows = np.stack([*slots.split(slot), first, last])
    months = _open_months(network, group, int(group.max(initial=-1)) + 1)[rows[0], rows[1]]
    return rows[:, network.horizon.months(rows[2], rows[3]) < months - HALF_A_DAY]


def add_throughput(builder: Builder, network: Network, ships: Family) -> None:
    """Bound the tonnes that legs take out of each place, and those they bring in."""
    horizon, moves = network.horizon, network.moves
    limit = network.places.throughput
    bound = limit[:, None] * horizon.months(horizon.starts, horizon.ends)[None, :]
    mass, origin, destination = network.items.mass, network.legs.origin[moves.leg], network.legs.destination[moves.leg]
    mass = mass[move_items(network)]
    leaving = np.flatnonzero(np.isfinite(limit)[origin])
    each, ship = moves.span.slots_of(leaving)
    out = leaving[each]
    _add_tonnes(
        builder, Rule.THROUGHPUT_OUT, origin[out], moves.span.bucket[ship], bound, ships.start + ship, mass[out]
    )
    coming = np.flatnonzero(np.isfinite(limit)[destination])
    each, ship, arrives, share = arrivals(network, coming)
    to = coming[each]
    _add_tonnes(builder, Rule.THROUGHPUT_IN, destination[to], arrives, bound, ships.start + ship, share * mass[to])


def _add_tonnes(
    builder: Builder, rule: Rule, owner: Days, bucket: Days, bound: Floats, ships: Days, mass: Floats
) -> None:
    """Add a row for each (owner, bucket) with a finite bound: the tonnes of the ships there."""
    in_buckets = Pairs(*bound.shape)
    key = in_buckets.of(owner, bucket)
    limited = np.isfinite(bound).reshape(-1)[key] & (mass > 0)
    if not limited.all():
        key, ships, mass = key[limited], ships[limited], mass[limited]
    keys, row = distinct(key, bound.size)
    rows = builder.add_rule(rule, in_buckets.index(keys, "owner"), len(keys), -np.inf, bound.reshape(-1)[keys])
    builder.add(rows.start + row, ships, mass)


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


def add_leg_use(builder: Builder, network: Network, most: Callable[[], Most]) -> Family:
    """Add used[leg, bucket]: whether anything leaves over a leg with a fixed cost in a bucket.

    Each move is tied to it by the most that can leave, and all moves together by the tonnes of the leg.
    """
    span, in_buckets = network.moves.span, network.by_bucket(len(network.legs))
    moves = np.flatnonzero(fixed_costs(network)[network.moves.leg] > 0)
    each, slots = span.slots_of(moves)
    sent = {"move": moves[each], "bucket": span.bucket[slots]}
    keys, row = np.unique(in_buckets.of(network.moves.leg[sent["move"]], sent["bucket"]), return_inverse=True)
    index = in_buckets.index(keys, "leg")
    used = add_switches(builder, Column.USED, index, np.ones(len(keys), dtype=bool))
    row, room = row.reshape(-1), leg_room(network) if len(moves) else np.zeros((0, 0))
    ships, item = builder.columns[Column.SHIP].start + slots, move_items(network)[sent["move"]]
    carried, mass = room[network.moves.leg[sent["move"]], sent["bucket"]], network.items.mass[item]
    bound = np.divide(carried, mass, out=np.full(len(ships), np.inf), where=mass > 0)
    if len(moves):
        bound = np.minimum(bound, most().items[item, sent["bucket"]])
    flow = Flow(np.arange(len(ships)), ships, np.ones(len(ships)))
    tie_most(builder, Rule.LEG_USE, sent, used.start + row, flow, bound)
    _tie_tonnes(builder, network, room, used, ships, item, row)
    return used


def _tie_tonnes(
    builder: Builder, network: Network, room: Floats, used: Family, ships: Days, item: Days, row: Days
) -> None:  # fmt: skip
    """Let all moves over a used leg together weigh no more than it carries."""
    carried = room[used.index["leg"], used.index["bucket"]]
    limited = np.flatnonzero(np.isfinite(carried))
    number = np.full(used.size, -1)
    number[limited] = np.arange(len(limited))
    mass = network.items.mass[item]
    kept = np.flatnonzero((number[row] >= 0) & (mass > 0))
    flow = Flow(number[row[kept]], ships[kept], mass[kept])
    index = {side: numbers[limited] for side, numbers in used.index.items()}
    tie_most(builder, Rule.LEG_USE_TONNES, index, used.start + limited, flow, carried[limited])


def fixed_costs(network: Network) -> Floats:
    """Return the cost of each bucket in which each leg is used, 0 where nobody counts cost."""
    costs = network.legs.fixed_cost
    return costs if counts_cost(network) else np.zeros_like(costs)


def use_costs(builder: Builder | Problem, network: Network) -> Floats:
    """Return the cost of each bucket in which a leg is used, in EUR."""
    return fixed_costs(network)[builder.columns[Column.USED].index["leg"]]


def open_days(network: Network, leg: Days, bucket: Days) -> tuple[Days, Days]:
    """Return the first and last day of each bucket on which its leg is open."""
    horizon, legs = network.horizon, network.legs
    first = np.maximum(horizon.starts[bucket], legs.open_from[leg])
    return first, np.minimum(horizon.ends[bucket], legs.open_until[leg])


def ship_costs(network: Network) -> Floats:
    """Return the cost of carrying each unit over its leg, in EUR."""
    return network.moves.span.each(network.legs.cost_per_t[network.moves.leg] * network.items.mass[move_items(network)])


def waste_costs(network: Network) -> Floats:
    """Return the value of what arrives of each unit after its last day of use and is thrown away then, in EUR."""
    spots, destination, dated = network.spots, network.moves.destination, np.flatnonzero(dated_moves(network))
    each, ship, arrives, share = arrivals(network, dated)
    lost = share - living(network, dated[each], ship, arrives, share)
    wasted = np.bincount(ship, lost, network.moves.span.size).astype(np.float64, copy=False)
    some = np.flatnonzero(wasted)
    item = spots.item[destination[network.moves.span.owner[some]]]
    wasted[some] *= network.items.value[item]
    return wasted
