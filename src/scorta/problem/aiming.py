"""Aiming: floors, objectives and maxima of what an owner holds."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Groups, Network
from scorta.problem.holding import add_limit, lying
from scorta.problem.problem import Builder


def _slots(network: Network) -> tuple[Days, Days]:
    """Return every (aim, stock slot) pair: the stock that counts towards the level of an owner."""
    aims, spots, items = network.aims, network.spots, len(network.names.items)
    places, parties = len(network.names.places), len(network.names.parties)
    owner = np.where(aims.place >= 0, aims.place, places + aims.party) * items + aims.item
    by_owner = Groups.build(owner, (places + parties) * items)
    number = np.arange(len(spots))
    owned = np.concatenate([spots.place, places + network.place_party[spots.place]]) * items
    position, aim = by_owner.expand(owned + np.tile(spots.item, 2))
    each, slot = network.spots.span.slots_of(np.tile(number, 2)[position])
    return aim[each], slot


def add_aims(builder: Builder, network: Network) -> None:
    """Add below_floor and below_objective with their rows, and the rows of the maxima."""
    aim, slot = _slots(network)
    _add_level(builder, network, "floor", network.aims.floor, aim, slot)
    _add_level(builder, network, "objective", network.aims.objective, aim, slot)
    _add_maximum(builder, network, aim, slot)


def _add_level(builder: Builder, network: Network, name: str, level: Floats, aim: Days, slot: Days) -> None:
    """Add a row for each (aim, bucket) with a level above nothing, and the column that says how much it lacks."""
    count = len(network.horizon)
    owner, bucket = np.nonzero(np.nan_to_num(level) > 0)
    number = np.full(level.shape, -1)
    number[owner, bucket] = np.arange(len(owner))
    index = {"aim": owner, "bucket": bucket}
    rule = builder.add_rule(name, index, len(owner), level[owner, bucket], np.inf)
    below = builder.add_columns(f"below_{name}", index, len(owner), level[owner, bucket])
    builder.add(rule.numbers, below.numbers, 1.0)
    row = number.reshape(-1)[aim * count + network.spots.span.bucket[slot]]
    kept = row >= 0
    builder.add(rule.start + row[kept], builder.columns["stock"].start + slot[kept], 1.0)


def _add_maximum(builder: Builder, network: Network, aim: Days, slot: Days) -> None:
    """Bound what an owner holds at the end of each bucket."""
    forced, first = lying(network, aim, slot, len(network.aims), np.ones(len(network.spots)))
    limited = np.flatnonzero(~np.isnan(network.aims.maximum[aim, network.spots.span.bucket[slot]]))
    aim, slot = aim[limited], slot[limited]
    bound = np.maximum(np.nan_to_num(network.aims.maximum, nan=np.inf), first[:, None])
    add_limit(builder, network, "maximum", aim, slot, np.ones(len(slot)), bound, forced)
