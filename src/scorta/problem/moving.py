"""Moving: what leaves over which leg when, within the tonnes of legs and places."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Days, Floats
from scorta.network import Network, distinct, numbers_of
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
    return network.moves.arrivals.of(network.moves.span, network.moves.leg[moves], moves)


def capacity_owner() -> pl.Expr:
    """Name who has a capacity: the legs that share one, or the leg by its `number`."""
    return pl.coalesce(pl.format("shared {}", "shared_capacity"), pl.format("leg {}", "number"))


def add_leg_capacity(builder: Builder, network: Network, ships: Family) -> None:
    """Bound the tonnes over each leg, or over all legs that share a capacity and each of those on its own days."""
    group, capacity, months = _leg_groups(network)
    own = sharing_legs(network)
    bound = np.concatenate(
        [_tonnes(capacity, months), _own_tonnes(network, own, capacity[group[own]], months[group[own]])]
    )
    span, mass = network.moves.span, masses(network)[move_items(network)]
    owner = span.each(group[network.moves.leg].astype(np.int32))
    loads = (owner, span.bucket, ships.numbers, span.each(mass))
    if len(own):
        number = np.full(len(group), -1, dtype=np.int32)
        number[own] = len(capacity) + np.arange(len(own))
        loads = _again(network, number[network.moves.leg], loads)
    _add_tonnes(builder, "leg_capacity", loads[0], loads[1], bound, loads[2], loads[3])


def leg_room(network: Network) -> Floats:
    """Return the most tonnes that each leg carries in each bucket (leg x bucket), infinite where nothing bounds it."""
    group, capacity, months = _leg_groups(network)
    return _tonnes(capacity, months)[group]


def _leg_groups(network: Network) -> tuple[Days, Floats, Floats]:
    """Return the group of each leg that has or shares a capacity, and capacity and open months of each group."""
    legs = network.case["legs"].with_row_index("number")
    groups = legs.select(group=capacity_owner().rank("dense") - 1, capacity="capacity_t_per_month")
    group = groups["group"].cast(pl.Int64).to_numpy()
    capacity = np.full(int(group.max(initial=-1)) + 1, np.inf)
    np.minimum.at(capacity, group, numbers_of(groups["capacity"], np.inf))
    return group, capacity, _open_months(network, group, len(capacity))


Loads = tuple[Days, Days, Days, Floats]
"""Who carries, in which bucket, which ship, and the tonnes of a unit of it."""


def _again(network: Network, number: Days, loads: Loads) -> Loads:
    """Return the loads, and once more those of moves that have a `number`: as what that owner carries."""
    moves = np.flatnonzero(number >= 0)
    each, slot = network.moves.span.slots_of(moves)
    own = (number[moves][each], *(load[slot] for load in loads[1:]))
    joined = [np.concatenate(pair) for pair in zip(loads, own, strict=True)]
    return joined[0], joined[1], joined[2], joined[3]


def sharing_legs(network: Network) -> Days:
    """Return the legs that share a capacity and are not open on all days: each may have a row of its own as well."""
    legs, shared = network.legs, network.case["legs"]["shared_capacity"].is_not_null().to_numpy()
    partly = (legs.open_from > 0) | (legs.open_until < network.horizon.last_day)
    return np.flatnonzero(shared & partly)


def _own_tonnes(network: Network, legs: Days, capacity: Floats, together: Floats) -> Floats:
    """Return what each leg carries on its own open days of each bucket; no bound where its group has no others."""
    horizon = network.horizon
    first = np.maximum(horizon.starts[None, :], network.legs.open_from[legs][:, None])
    last = np.minimum(horizon.ends[None, :], network.legs.open_until[legs][:, None])
    months = horizon.months(first, last)
    return np.where(months < together - HALF_A_DAY, _tonnes(capacity, months), np.inf)


def _tonnes(capacity: Floats, months: Floats) -> Floats:
    """Return capacity times months; nothing where there are no months, whatever the capacity."""
    return np.multiply(capacity[:, None], months, out=np.zeros_like(months), where=months > 0)


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
