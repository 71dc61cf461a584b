"""Aiming: floors, objectives and maxima of what an owner holds."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Groups, Network
from scorta.problem.holding import add_limit, lying
from scorta.problem.problem import Builder


def _counted(network: Network) -> tuple[Days, Days]:
    """Return every (aim, spot) pair: the stock that counts towards the level of an owner."""
    aims, spots, items = network.aims, network.spots, len(network.names.items)
    places, parties = len(network.names.places), len(network.names.parties)
    owner = np.where(aims.place >= 0, aims.place, places + aims.party) * items + aims.item
    by_owner = Groups.build(owner, (places + parties) * items)
    number = np.flatnonzero(spots.claim != network.names.repairable)
    place = spots.place[number]
    owned = np.concatenate([place, places + network.place_party[place]]) * items
    position, aim = by_owner.expand(owned + np.tile(spots.item[number], 2))
    return aim, np.tile(number, 2)[position]


def add_aims(builder: Builder, network: Network) -> None:
    """Add below_floor and below_objective with their rows, and the rows of the maxima."""
    aim, spot = _counted(network)
    each, slot = network.spots.span.slots_of(spot)
    key = (aim * len(network.horizon)).astype(np.int32)[each] + network.spots.span.bucket[slot]
    _add_level(builder, "floor", network.aims.floor, key, slot)
    _add_level(builder, "objective", network.aims.objective, key, slot)
    _add_maximum(builder, network, aim, spot)


def _add_level(builder: Builder, name: str, level: Floats, key: Days, slot: Days) -> None:
    """Add a row for each (aim, bucket) with a level above nothing, and the column that says how much it lacks.

    The stock of each slot counts towards the level of its key: aim x buckets + bucket.
    """
    keys = np.flatnonzero(level > 0)
    units, number = level.reshape(-1)[keys], np.full(level.size, -1, dtype=np.int32)
    number[keys] = np.arange(len(keys))
    aim, bucket = np.divmod(keys.astype(np.int32), level.shape[1])
    index = {"aim": aim, "bucket": bucket}
    rule = builder.add_rule(name, index, len(keys), units, np.inf)
    below = builder.add_columns(f"below_{name}", index, len(keys), units)
    builder.add(rule.numbers, below.numbers, 1.0)
    row = number[key]
    kept = row >= 0
    builder.add(rule.start + row[kept], builder.columns["stock"].start + slot[kept], 1.0)


def _add_maximum(builder: Builder, network: Network, aim: Days, spot: Days) -> None:
    """Bound what an owner holds at the end of each bucket."""
    capped = np.flatnonzero(~np.isnan(network.aims.maximum[aim]).all(axis=1))
    aim, spot = aim[capped], spot[capped]
    forced, first = lying(network, aim, spot, len(network.aims), np.ones(len(network.spots)))
    each, slot = network.spots.span.slots_of(spot)
    aim = aim[each]
    limited = np.flatnonzero(~np.isnan(network.aims.maximum[aim, network.spots.span.bucket[slot]]))
    aim, slot = aim[limited], slot[limited]
    bound = np.maximum(np.nan_to_num(network.aims.maximum, nan=np.inf), first[:, None])
    add_limit(builder, network, "maximum", aim, slot, np.ones(len(slot)), bound, forced)
