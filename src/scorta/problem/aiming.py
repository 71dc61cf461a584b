"""Aiming: floors, objectives and maxima of what an owner holds."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Groups, Network
from scorta.problem.holding import add_limit, lying
from scorta.problem.problem import Builder


def _counted(network: Network) -> tuple[Days, Days]:
    """Return every (level, spot) pair: the stock that counts towards the figure of an owner."""
    levels, spots, items = network.levels, network.spots, len(network.names.items)
    places, parties = len(network.names.places), len(network.names.parties)
    owner = np.where(levels.place >= 0, levels.place, places + levels.party) * items + levels.item
    by_owner = Groups.build(owner, (places + parties) * items)
    number = np.flatnonzero(spots.reservation != network.names.repairable)
    place = spots.place[number]
    owned = np.concatenate([place, places + network.place_party[place]]) * items
    position, level = by_owner.expand(owned + np.tile(spots.item[number], 2))
    return level, np.tile(number, 2)[position]


def add_levels(builder: Builder, network: Network) -> None:
    """Add below_floor and below_objective with their rows, and the rows of the maxima."""
    level, spot = _counted(network)
    each, slot = network.spots.span.slots_of(spot)
    key = (level * len(network.horizon)).astype(np.int32)[each] + network.spots.span.bucket[slot]
    _add_level(builder, "floor", network.levels.floor, key, slot)
    _add_level(builder, "objective", network.levels.objective, key, slot)
    _add_maximum(builder, network, level, spot)


def _add_level(builder: Builder, name: str, figure: Floats, key: Days, slot: Days) -> None:
    """Add a row for each (level, bucket) with a figure above nothing, and the column that says how much it lacks.

    The stock of each slot counts towards the figure of its key: level x buckets + bucket.
    """
    keys = np.flatnonzero(figure > 0)
    units, number = figure.reshape(-1)[keys], np.full(figure.size, -1, dtype=np.int32)
    number[keys] = np.arange(len(keys))
    level, bucket = np.divmod(keys.astype(np.int32), figure.shape[1])
    index = {"level": level, "bucket": bucket}
    rule = builder.add_rule(name, index, len(keys), units, np.inf)
    below = builder.add_columns(f"below_{name}", index, len(keys), units)
    builder.add(rule.numbers, below.numbers, 1.0)
    row = number[key]
    kept = row >= 0
    builder.add(rule.start + row[kept], builder.columns["stock"].start + slot[kept], 1.0)


def _add_maximum(builder: Builder, network: Network, level: Days, spot: Days) -> None:
    """Bound what an owner holds at the end of each bucket."""
    capped = np.flatnonzero(~np.isnan(network.levels.maximum[level]).all(axis=1))
    level, spot = level[capped], spot[capped]
    forced, first = lying(network, level, spot, len(network.levels), np.ones(len(network.spots)))
    each, slot = network.spots.span.slots_of(spot)
    level = level[each]
    limited = np.flatnonzero(~np.isnan(network.levels.maximum[level, network.spots.span.bucket[slot]]))
    level, slot = level[limited], slot[limited]
    bound = np.maximum(np.nan_to_num(network.levels.maximum, nan=np.inf), first[:, None])
    add_limit(builder, network, "maximum", level, slot, np.ones(len(slot)), bound, forced)
