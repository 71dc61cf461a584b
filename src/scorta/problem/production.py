"""Production: what is started when, what it takes, and what it gives."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Network, distinct, ranges
from scorta.problem.problem import Builder, Family
from scorta.problem.stocks import Inflow
from scorta.rules import Column, Rule


def add_starts(builder: Builder, network: Network) -> Family:
    """Add start[making, bucket]: units started, whole ones where the process says so.

    None are started where no component is in force or one cannot be there yet.
    """
    span, makings = network.makings.span, network.makings
    upper = np.full(span.size, np.inf)
    index = span.index(making=np.arange(len(makings.process)))
    upper[network.recipe.blocked[makings.process[index["making"]], index["bucket"]]] = 0.0
    taking, slot, _ = _takes(network)
    spot = makings.takes_spot[taking]
    there = (spot >= 0) & network.spots.span.holds(np.maximum(spot, 0), index["bucket"][slot])
    upper[slot[~there]] = 0.0
    whole = network.recipe.whole[makings.process]
    return builder.add_columns(Column.START, index, span.size, upper, span.each(whole) if whole.any() else False)


def _takes(network: Network) -> tuple[Days, Days, Floats]:
    """Return every (row of takes, start slot, units taken per unit started) that is in force."""
    makings, span, recipe = network.makings, network.makings.span, network.recipe
    taking, slot = span.slots_of(makings.takes_making)
    row = makings.takes_row[taking]
    units = recipe.component_quantity[row] * recipe.in_force[row, span.bucket[slot]]
    kept = np.flatnonzero(units > 0)
    return taking[kept], slot[kept], units[kept]


def add_uses(builder: Builder, network: Network) -> Family:
    """Add use[supply, bucket]: what is taken in place of a component, by way of the undated goods there."""
    span, supplies = network.spots.span, network.supplies
    first = np.maximum(span.first[supplies.source], span.first[supplies.target])
    owner, bucket = ranges(first, np.maximum(span.last[supplies.source] - first + 1, 0))
    in_force = np.broadcast_to(stands_for(network, owner, bucket), len(owner)) > 0
    return builder.add_columns(Column.USE, {"supply": owner[in_force], "bucket": bucket[in_force]}, int(in_force.sum()))


def stands_for(network: Network, supply: Days, bucket: Days) -> Floats | float:
    """Return how many units of a component a unit stands in for: 1 for its own dated lots."""
    if not len(network.stand_ins):
        return 1.0
    pair = network.supplies.pair[supply]
    return np.where(pair >= 0, network.stand_ins.factor[pair, bucket], 1.0)


def add_start_balance(builder: Builder, network: Network, inflow: Inflow) -> None:
    """Let starts take their components at once and give product and co-products after the lead time."""
    starts, balance = builder.columns[Column.START], builder.rules[Rule.BALANCE]
    makings, span = network.makings, network.spots.span
    taking, slot, units = _takes(network)
    spot, bucket = makings.takes_spot[taking], starts.index["bucket"][slot]
    there = np.flatnonzero((spot >= 0) & span.holds(np.maximum(spot, 0), bucket))
    taken = span.at(spot[there], bucket[there])
    product, given, column, value = gives(network)
    inside = np.flatnonzero(given <= span.last[product])
    _add_net(builder, network, inflow, balance, (taken, slot[there], units[there]),
             (product[inside], given[inside], column[inside], value[inside]))  # fmt: skip


def gives(network: Network) -> tuple[Days, Days, Days, Floats]:
    """Return every (spot, bucket of arrival, start slot, units per unit started) of product and co-products."""
    makings, owners = network.makings, network.makings.gives_making
    giving, slot, arrives, share = makings.arrivals.of(makings.span, makings.way[owners], owners)
    return makings.gives_spot[giving], arrives, slot, share * makings.gives_quantity[giving]


def _add_net(
    builder: Builder,
    network: Network,
    inflow: Inflow,
    balance: Family,
    takes: tuple[Days, Days, Floats],
    gives: tuple[Days, Days, Days, Floats],
) -> None:
    """Enter what starts take and give; a process may take and give the same goods in the same bucket."""
    span, start = network.spots.span, builder.columns[Column.START].start
    spot, bucket, slot, value = gives
    inflow.note(spot, bucket, start + slot, value)
    rows = np.concatenate([takes[0], span.at(spot, bucket)])
    columns = np.concatenate([takes[1], slot])
    values = np.concatenate([takes[2], -value])
    builder.add_summed(balance.start + rows, start + columns, values)


def add_components(builder: Builder, network: Network) -> None:
    """Let dated lots and substitutes feed the undated goods beside them, as far as these are used in that bucket."""
    uses, balance = builder.columns[Column.USE], builder.rules[Rule.BALANCE]
    span = network.spots.span
    supply, bucket = uses.index["supply"], uses.index["bucket"]
    units = np.broadcast_to(stands_for(network, supply, bucket), uses.size)
    builder.add(balance.start + span.at(network.supplies.source[supply], bucket), uses.numbers, 1.0)
    slots = span.at(network.supplies.target[supply], bucket)
    builder.add(balance.start + slots, uses.numbers, -units)
    wanted, row = distinct(slots, span.size)
    index = {"spot": span.owner[wanted], "bucket": span.bucket[wanted]}
    rule = builder.add_rule(Rule.COMPONENTS, index, len(wanted), -np.inf, 0.0)
    builder.add(rule.start + row, uses.numbers, units)
    number = np.full(span.size, -1)
    number[wanted] = np.arange(len(wanted))
    taking, slot, units = _takes(network)
    spot = network.makings.takes_spot[taking]
    bucket = network.makings.span.bucket[slot]
    there = np.flatnonzero((spot >= 0) & span.holds(np.maximum(spot, 0), bucket))
    at = number[span.at(spot[there], bucket[there])]
    kept = at >= 0
    builder.add_summed(
        rule.start + at[kept], builder.columns[Column.START].start + slot[there][kept], -units[there][kept]
    )


def line_loads(network: Network) -> tuple[Days, Days, Days, Floats]:
    """Return every (line, bucket, start slot, hours of the line for each unit started)."""
    recipe, makings, span = network.recipe, network.makings, network.makings.span
    making = np.full(len(recipe.place), -1)
    making[makings.process] = np.arange(len(makings.process))
    loads = np.flatnonzero((making[recipe.load_process] >= 0) & (recipe.load_line >= 0) & (recipe.load_hours > 0))
    load, slot = span.slots_of(making[recipe.load_process[loads]])
    return recipe.load_line[loads[load]], span.bucket[slot], slot, recipe.load_hours[loads[load]]


def start_costs(network: Network) -> Floats:
    """Return the cost of each unit started, in EUR."""
    return network.makings.span.each(network.recipe.unit_cost[network.makings.process])
