"""Switches: what is on or off in a bucket, its least and its most, and the most that there can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats
from scorta.network import UNRESERVED, Network, Pairs
from scorta.problem.problem import Builder, Family, Problem
from scorta.problem.production import line_loads
from scorta.rules import Column, Rule


def add_runs(builder: Builder, network: Network, most: Callable[[], Most]) -> Family:
    """Add run[process, bucket]: whether a process with a set-up cost or a minimum lot starts anything in a bucket."""
    starts, process = builder.columns[Column.START], network.production.row
    lots = network.recipe.minimum_lot[process]
    asks = (lots > 0) | (setup_costs(network)[process] > 0)
    slots = np.flatnonzero(asks[starts.index["process"]])
    index = {side: numbers[slots] for side, numbers in starts.index.items()}
    flow = Flow(np.arange(len(slots)), starts.start + slots, np.ones(len(slots)))
    bound = most().starts[slots] if len(slots) else np.zeros(0)
    return add_nothing_or_least(
        builder, Column.RUN, index, flow, lots[index["process"]], bound, (Rule.SET_UP, Rule.MINIMUM_LOT)
    )


def setup_costs(network: Network) -> Floats:
    """Return the cost of each bucket in which each process runs, 0 where nobody counts cost."""
    costs = network.recipe.setup_cost
    return costs if counts_cost(network) else np.zeros_like(costs)


def counts_cost(network: Network) -> bool:
    """Tell whether cost matters to a plan: in its tier, or in budgets."""
    return "cost" in network.case.scenario.tiers or network.case["budgets"].height > 0


def run_costs(builder: Builder | Problem, network: Network) -> Floats:
    """Return the cost of each bucket in which a process is set up, in EUR."""
    return setup_costs(network)[network.production.row[builder.columns[Column.RUN].index["process"]]]


def add_line_runs(builder: Builder, network: Network, most: Callable[[], Most]) -> Family:
    """Add line_on[line, bucket]: whether a line with a minimum sustaining rate runs in a bucket.

    Where nothing bounds how often a line may grow, what can be started on it bounds its hours.
    """
    line, bucket, slot, hours = line_loads(network)
    least, in_buckets = network.lines.minimum, network.by_bucket(len(network.lines))
    asks = np.flatnonzero(least[line, bucket] > 0)
    keys, row = np.unique(in_buckets.of(line[asks], bucket[asks]), return_inverse=True)
    index = in_buckets.index(keys, "line")
    flow = Flow(row.reshape(-1), builder.columns[Column.START].start + slot[asks], hours[asks])
    room, floor = line_room(network)[index["line"], index["bucket"]], least[index["line"], index["bucket"]]
    if not np.isfinite(room).all():
        started = np.bincount(flow.switch, most().starts[slot[asks]] * hours[asks], len(keys))
        room = np.where(np.isfinite(room), room, started)
    return add_nothing_or_least(builder, Column.LINE_ON, index, flow, floor, room, (Rule.LINE_RUNS, Rule.MINIMUM_RATE))


LEAST_TOLERANCE = 1e-9
"""How far the most may be below the least, relative to it, and count as the same."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What is tied to switches: `units` of each `column` count towards the flow of a `switch`, numbered from 0."""

    switch: Days
    column: Days
    units: Floats


def add_nothing_or_least(
    builder: Builder,
    name: Column,
    index: Mapping[str, Days],
    flow: Flow,
    least: Floats,
    most: Floats,
    rules: tuple[Rule, Rule],
) -> Family:
    """Add a switch for each member of the index: its flow is nothing, or from `least` to `most` where it is on.

    `rules` names the rows of the most and of the least. `most` is finite, and as small as the facts allow; where it
    is less than `least`, the switch stays off.
    """
    switches = add_switches(builder, name, index, most >= least * (1.0 - LEAST_TOLERANCE))
    every = np.arange(switches.size)
    tie_most(builder, rules[0], index, switches.start + every, flow, most)
    tie_least(builder, rules[1], index, switches.start + every, flow, least)
    return switches


def add_switches(builder: Builder, name: Column, index: Mapping[str, Days], can: np.ndarray) -> Family:
    """Add a column of 0 or 1 for each member of the index; where nothing can be, it stays 0."""
    return builder.add_columns(name, index, len(can), np.where(can, 1.0, 0.0), whole=True)


def tie_most(builder: Builder, rule: Rule, index: Mapping[str, Days], switch: Days, flow: Flow, most: Floats) -> Family:
    """Add a row for each member of the index: no flow unless the switch in column `switch` is on, and then `most`."""
    rows = builder.add_rule(rule, index, len(switch), -np.inf, 0.0)
    builder.add_summed(rows.start + flow.switch, flow.column, flow.units)
    lets = np.flatnonzero(most > 0)
    builder.add(rows.start + lets, switch[lets], -most[lets])
    return rows


def tie_least(
    builder: Builder, rule: Rule, index: Mapping[str, Days], switch: Days, flow: Flow, least: Floats
) -> Family:
    """Add a row for each member of the index that has a least: where its switch is on, the flow is no less."""
    has = np.flatnonzero(least > 0)
    number = np.full(len(switch), -1)
    number[has] = np.arange(len(has))
    rows = builder.add_rule(rule, {side: values[has] for side, values in index.items()}, len(has), 0.0, np.inf)
    kept = number[flow.switch] >= 0
    builder.add_summed(rows.start + number[flow.switch[kept]], flow.column[kept], flow.units[kept])
    builder.add(rows.numbers, switch[has], -least[has])
    return rows


@dataclass(frozen=True, slots=True)
class Most:
    """The most of each item that can have come in by the end of a bucket (item x bucket), and of each start slot.

    Hours of lines, components, stock and receipts bound it; where they do not, what is asked for does.
    """

    items: Floats
    starts: Floats


@dataclass(frozen=True, slots=True)
class _Giving:
    """What a start slot gives at most: `units` of an item for each unit started, of which `share` comes in time."""

    slot: Days
    item: Days
    units: Floats
    share: Floats


def most_of(network: Network) -> Most:
    """Follow supply through the processes until the bounds fall no more; then bound the rest by what is asked for."""
    giving, taking = _giving(network), _taking(network)
    starts = np.minimum(_by_hours(network), _by_repairs(network))
    for _ in range(len(network.production.row) + 1):
        items = _supply(network, giving, starts)
        fed = _by_components(network, taking, items, starts)
        if (fed == starts).all():
            break
        starts = fed
    if not np.isfinite(starts).all():
        starts = _by_asking(network, giving, taking, starts)
        items = _supply(network, giving, starts)
    return Most(items, starts)


def _giving(network: Network) -> _Giving:
    """Return what every start slot gives of product and co-products, and which share of it comes within the plan."""
    production = network.production
    which, slot = production.span.slots_of(production.gives_process)
    _, place, _, share = production.arrivals.of(production.span, production.way, np.arange(len(production.way)))
    comes = np.bincount(place, share, production.span.size).astype(np.float64)[slot]
    units = production.gives_quantity[which]
    kept = np.flatnonzero((units > 0) & (comes > 0))
    return _Giving(slot[kept], network.spots.item[production.gives_spot[which[kept]]], units[kept], comes[kept])


def _taking(network: Network) -> tuple[Days, Days, Floats]:
    """Return every (start slot, item, units taken for each unit started) of free components in force."""
    production, recipe = network.production, network.recipe
    which, slot = production.span.slots_of(production.takes_process)
    row = production.takes_row[which]
    units = recipe.component_quantity[row] * recipe.in_force[row, production.span.bucket[slot]]
    kept = np.flatnonzero((units > 0) & (recipe.component_reservation[row] == UNRESERVED))
    return slot[kept], recipe.component_item[row[kept]], units[kept]


def _by_repairs(network: Network) -> Floats:
    """Return the most that each slot can start of what waits for repair, infinite where it takes none of that."""
    production, recipe, spots = network.production, network.recipe, network.spots
    which, slot = production.span.slots_of(production.takes_process)
    row = production.takes_row[which]
    kept = np.flatnonzero((recipe.component_reservation[row] != UNRESERVED) & (recipe.component_quantity[row] > 0))
    waits = np.flatnonzero(spots.reservation == network.names.repairable)
    there = np.bincount(spots.item[waits], spots.opening[waits], len(network.names.items))
    starts = np.full(production.span.size, np.inf)
    used = recipe.component_quantity[row[kept]] * recipe.in_force[row[kept], production.span.bucket[slot[kept]]]
    most = np.divide(there[recipe.component_item[row[kept]]], used, out=np.full(len(kept), np.inf), where=used > 0)
    np.minimum.at(starts, slot[kept], most)
    return starts


def _by_hours(network: Network) -> Floats:
    """Return the most that the hours of lines let each slot start, infinite where it runs on none."""
    line, bucket, slot, hours = line_loads(network)
    starts = np.full(network.production.span.size, np.inf)
    np.minimum.at(starts, slot, line_room(network)[line, bucket] / hours)
    return starts


def line_room(network: Network) -> Floats:
    """Return the most hours that each line can have in each bucket (line x bucket), all expansions decided at once.

    It is infinite where nothing bounds how often a line may grow.
    """
    lines, grows, horizon = network.lines, network.expansions, network.horizon
    if not len(grows):
        return np.minimum(lines.capacity, lines.maximum)
    first = np.maximum(horizon.starts[None, :], grows.ready[:, :1])
    months = lines.months(grows.line[:, None], first, horizon.ends[None, :])
    adds = np.multiply((grows.most * grows.adds)[:, None], months, out=np.zeros_like(months), where=months > 0)
    room = lines.capacity.copy()
    np.add.at(room, grows.line, adds)
    return np.minimum(room, lines.maximum)


def _supply(network: Network, giving: _Giving, starts: Floats) -> Floats:
    """Return the most of each item that can have come in by the end of each bucket, if so much is started."""
    spots, bucket = network.spots, network.production.span.bucket
    comes = np.zeros((len(network.names.items), len(network.horizon)))
    np.add.at(comes[:, 0], spots.item, spots.opening)
    np.add.at(comes, (spots.item[spots.receipt_spot], spots.receipt_bucket), spots.receipt_quantity)
    np.add.at(comes, (giving.item, bucket[giving.slot]), giving.units * starts[giving.slot])
    return np.cumsum(comes, axis=1)


def _by_components(network: Network, taking: tuple[Days, Days, Floats], items: Floats, starts: Floats) -> Floats:
    """Return the most that each slot can start from the components that can be there."""
    slot, item, units = taking
    stand_ins, there, fed = network.stand_ins, items.copy(), starts.copy()
    np.add.at(there, stand_ins.item, stand_ins.factor.max(axis=1, initial=0.0)[:, None] * items[stand_ins.substitute])
    np.minimum.at(fed, slot, there[item, network.production.span.bucket[slot]] / units)
    return fed


def _by_asking(network: Network, giving: _Giving, taking: tuple[Days, Days, Floats], starts: Floats) -> Floats:
    """Bound what nothing else bounds: no slot starts more than makes all that is asked for of what it gives.

    Asked for is what needs ask, what floors and objectives ask at the end of every bucket, what contracts ask, and what
    processes take; what would come too late is started on top of it.
    """
    unbounded = ~np.isfinite(starts)
    late = _worst_share(network)
    extra = _least_starts(network)
    found = np.where(unbounded, 0.0, starts)
    for _ in range(len(network.production.row) + 1):
        asked = _asked(network)
        _ask_components(network, asked, taking, found)
        _ask_instead(network, asked)
        wanted = np.zeros(len(starts))
        np.maximum.at(wanted, giving.slot, asked[giving.item] / (giving.units * giving.share * late))
        found = np.where(unbounded, np.maximum(wanted, extra) + 1.0, starts)
    return found


def _asked(network: Network) -> Floats:
    """Return what needs, floors, objectives, firm orders and least orders ask for of each item over the whole plan."""
    occurrences, levels, contracts = network.occurrences, network.levels, network.contracts
    count = len(network.names.items)
    asked = np.bincount(occurrences.item, occurrences.quantity, count).astype(np.float64)
    level = np.fmax(np.nan_to_num(levels.floor), np.nan_to_num(levels.objective)).sum(axis=1)
    np.add.at(asked, levels.item, level)
    np.add.at(asked, contracts.item, contracts.firm + contracts.least * len(network.horizon))
    return asked


def _ask_components(network: Network, asked: Floats, taking: tuple[Days, Days, Floats], starts: Floats) -> None:
    """Add to what is asked for of each item what each process takes of it, in whichever bucket it starts."""
    slot, item, units = taking
    takes = Pairs(len(network.production.row), len(network.names.items))
    found, number = np.unique(takes.of(network.production.span.owner[slot], item), return_inverse=True)
    most = np.zeros(len(found))
    np.maximum.at(most, number.reshape(-1), units * starts[slot])
    np.add.at(asked, takes.split(found)[1], most)


def _ask_instead(network: Network, asked: Floats) -> None:
    """Add to what is asked for of each item what may be asked of it in place of another."""
    meant = asked.copy()
    for pairs in (network.substitutes, network.stand_ins):
        factor = np.where(pairs.factor > 0, pairs.factor, np.inf).min(axis=1, initial=np.inf)
        np.add.at(asked, pairs.substitute, meant[pairs.item] / factor)


def _worst_share(network: Network) -> float:
    """Return the smallest share of anything that leaves over a leg and still arrives within the plan."""
    moves = network.moves
    _, place, _, share = moves.arrivals.of(moves.span, moves.way, np.arange(len(moves.leg)))
    comes = np.bincount(place, share, moves.span.size)
    return float(comes[comes > 0].min(initial=1.0))


def _least_starts(network: Network) -> Floats:
    """Return what each slot may have to start if anything: its minimum lot, or what its line must run at least."""
    least = network.recipe.minimum_lot[network.production.row[network.production.span.owner]]
    line, bucket, slot, hours = line_loads(network)
    np.maximum.at(least, slot, network.lines.minimum[line, bucket] / hours)
    return least
