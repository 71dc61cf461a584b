"""Levels: floors, objectives and maxima of what an owner holds, and where floors give way to own needs."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Groups, Network, Pairs, matches
from scorta.problem.needs import lateness
from scorta.problem.problem import Builder, Release
from scorta.problem.stocks import add_limit, lying
from scorta.rules import Column, Rule


def _counted(network: Network) -> tuple[Days, Days]:
    """Return every (level, spot) pair: the stock that counts towards the figure of an owner."""
    levels, spots, places = network.levels, network.spots, len(network.names.places)
    held = Pairs(places + len(network.names.parties), len(network.names.items))
    owner = np.where(levels.place >= 0, levels.place, places + levels.party)
    by_owner = Groups.build(held.of(owner, levels.item), held.size)
    number = np.flatnonzero(spots.reservation != network.names.repairable)
    place = spots.place[number]
    owner = np.concatenate([place, places + network.places.party[place]])
    position, level = by_owner.expand(held.of(owner, np.tile(spots.item[number], 2)))
    return level, np.tile(number, 2)[position]


def add_levels(builder: Builder, network: Network) -> None:
    """Add below_floor and below_objective with their rows, and the rows of the maxima."""
    level, spot = _counted(network)
    each, slot = network.spots.span.slots_of(spot)
    begin = network.by_bucket(len(network.levels)).of(level, 0)
    key = begin.astype(np.int32)[each] + network.spots.span.bucket[slot]
    _add_level(builder, (Rule.FLOOR, Column.BELOW_FLOOR), network.levels.floor, key, slot)
    _add_level(builder, (Rule.OBJECTIVE, Column.BELOW_OBJECTIVE), network.levels.objective, key, slot)
    _add_maximum(builder, network, level, spot)


def _add_level(builder: Builder, names: tuple[Rule, Column], figure: Floats, key: Days, slot: Days) -> None:
    """Add a row for each (level, bucket) with a figure above nothing, and the column that says how much it lacks.

    The stock of each slot counts towards the figure of its key: level and bucket as one number.
    """
    keys = np.flatnonzero(figure > 0)
    units, number = figure.reshape(-1)[keys], np.full(figure.size, -1, dtype=np.int32)
    number[keys] = np.arange(len(keys))
    index = Pairs(*figure.shape).index(keys.astype(np.int32), "level")
    rule = builder.add_rule(names[0], index, len(keys), units, np.inf)
    below = builder.add_columns(names[1], index, len(keys), units)
    builder.add(rule.numbers, below.numbers, 1.0)
    row = number[key]
    kept = row >= 0
    builder.add(rule.start + row[kept], builder.columns[Column.STOCK].start + slot[kept], 1.0)


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
    add_limit(
        builder,
        network,
        (Rule.MAXIMUM, Column.OVER_MAXIMUM),
        owner=level,
        slots=slot,
        unit=np.ones(len(slot)),
        bound=bound,
        forced=forced,
    )


def build_release(builder: Builder, network: Network) -> Release | None:
    """Say where floors give way: at parties that need the item themselves, once what others take stands as it is."""
    tiers = network.case.scenario.tiers
    if "floors" not in tiers or "needs" not in tiers or tiers.index("needs") < tiers.index("floors"):
        return None
    occurrences, levels = network.occurrences, network.levels
    below = builder.columns[Column.BELOW_FLOOR]
    owned = network.owned.of(levels.party, levels.item)
    asked = network.owned.of(network.places.party[occurrences.place], occurrences.item)[occurrences.own]
    with_floor = np.bincount(below.index["level"], minlength=len(levels)) > 0
    both = np.intersect1d(_with_parts(network, asked), owned[with_floor])
    if not len(both):
        return None
    freed = below.start + np.flatnonzero(np.isin(owned, both)[below.index["level"]])
    parties = np.unique(network.owned.split(both)[0])
    return Release(_short(builder, network, parties), freed, _taken_by_others(builder, network, both))


def _short(builder: Builder, network: Network, parties: Days) -> Days:
    """Return the columns that tell whether an own need of one of these parties is short or late."""
    issued, unmet, occurrences = builder.columns[Column.ISSUE], builder.columns[Column.UNMET], network.occurrences
    asks = occurrences.own & np.isin(network.places.party[occurrences.place], parties)
    occurrence, days = lateness(network, issued.index["issue"], issued.index["bucket"])
    late = (days > 0) & asks[occurrence]
    return np.concatenate([unmet.numbers[asks], issued.start + np.flatnonzero(late)])


def _taken_by_others(builder: Builder, network: Network, floors: Days) -> Days:
    """Return the columns in which others take an item from a party, or what it makes of that item.

    `floors` numbers the parties and items whose floors give way.
    """
    ship, issued, spots = builder.columns[Column.SHIP], builder.columns[Column.ISSUE], network.spots
    party = network.places.party[spots.place]
    owned = network.owned_at
    origin, destination = network.moves.origin, network.moves.destination
    products = _with_products(network, owned, floors)
    given = (party[origin] != party[destination]) & np.isin(owned[origin], products)
    issues = network.issues
    foreign = ~network.occurrences.own[issues.occurrence] & np.isin(owned[issues.spot], products)
    return np.concatenate([
        ship.start + np.flatnonzero(given[ship.index["move"]]),
        issued.start + np.flatnonzero(foreign[issued.index["issue"]]),
    ])  # fmt: skip


def _takings(network: Network) -> tuple[Days, Days]:
    """Return every (process, spot) from which a process may take: its components, and what may stand in for them."""
    production, component_use = network.production, network.component_use
    there = np.flatnonzero(production.takes_spot >= 0)
    which, use = matches(production.takes_spot[there], component_use.target)
    process = production.takes_process[there]
    taken = np.concatenate([production.takes_spot[there], component_use.source[use]])
    return np.concatenate([process, process[which]]), taken


def _with_products(network: Network, owned: Days, floors: Days) -> Days:
    """Add to parties and items what is made of these items there, and of that again."""
    production, makes = network.production, floors
    process, taken = _takings(network)
    while True:
        using = process[np.isin(owned[taken], makes)]
        more = np.union1d(makes, owned[production.gives_spot[np.isin(production.gives_process, using)]])
        if len(more) == len(makes):
            return more
        makes = more


def _with_parts(network: Network, asked: Days) -> Days:
    """Add to the parties and items of own needs what may be issued instead, and what goes into kits for them."""
    production, issues, owned = network.production, network.issues, network.owned_at
    needs = np.union1d(asked, owned[issues.spot[network.occurrences.own[issues.occurrence]]])
    process, taken = _takings(network)
    kit = production.row[production.gives_process] >= network.recipe.processes
    while True:
        wanted = production.gives_process[kit & np.isin(owned[production.gives_spot], needs)]
        more = np.union1d(needs, owned[taken[np.isin(process, wanted)]])
        if len(more) == len(needs):
            return more
        needs = more
