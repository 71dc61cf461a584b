"""Production: what is started when, what it takes, and what it gives."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Network, distinct, ranges
from scorta.problem.problem import Builder, Family
from scorta.problem.stocks import Inflow
from scorta.rules import Column, Rule


def add_starts(builder: Builder, network: Network) -> Family:
    """Add start[process, bucket]: units started, whole ones where the process says so.

    None are started where no component is in force or one cannot be there yet.
    """
    span, production = network.production.span, network.production
    upper = np.full(span.size, np.inf)
    index = span.index(process=np.arange(len(production.row)))
    upper[network.recipe.blocked[production.row[index["process"]], index["bucket"]]] = 0.0
    taking, slot, _ = _takes(network)
    spot = production.takes_spot[taking]
    there = (spot >= 0) & network.spots.span.holds(np.maximum(spot, 0), index["bucket"][slot])
    upper[slot[~there]] = 0.0
    whole = network.recipe.whole[production.row]
    return builder.add_columns(Column.START, index, span.size, upper, span.each(whole) if whole.any() else False)


def _takes(network: Network) -> tuple[Days, Days, Floats]:
    """Return every (row of takes, start slot, units taken per unit started) that is in force."""
    production, span, recipe = network.production, network.production.span, network.recipe
    taking, slot = span.slots_of(production.takes_process)
    row = production.takes_row[taking]
    units = recipe.component_quantity[row] * recipe.in_force[row, span.bucket[slot]]
    kept = np.flatnonzero(units > 0)
    return taking[kept], slot[kept], units[kept]


def add_uses(builder: Builder, network: Network) -> Family:
    """Add use[component use, bucket]: what is taken in place of a component, by way of the undated goods there."""
    span, component_use = network.spots.span, network.component_use
    first = np.maximum(span.first[component_use.source], span.first[component_use.target])
    owner, bucket = ranges(first, np.maximum(span.last[component_use.source] - first + 1, 0))
    in_force = np.broadcast_to(stands_for(network, owner, bucket), len(owner)) > 0
    return builder.add_columns(Column.USE, {"use": owner[in_force], "bucket": bucket[in_force]}, int(in_force.sum()))


def stands_for(network: Network, use: Days, bucket: Days) -> Floats | float:
    """Return how many units of a component a unit stands in for: 1 for its own dated lots."""
    if not len(network.stand_ins):
        return 1.0
    pair = network.component_use.pair[use]
    return np.where(pair >= 0, network.stand_ins.factor[pair, bucket], 1.0)


def add_start_balance(builder: Builder, network: Network, inflow: Inflow) -> None:
    """Let starts take their components at once and give product and co-products after the lead time.

    A process may take and give the same goods in the same bucket.
    """
    starts, balance = builder.columns[Column.START], builder.rules[Rule.BALANCE]
    production, span = network.production, network.spots.span
    taking, slot, units = _takes(network)
    spot, bucket = production.takes_spot[taking], starts.index["bucket"][slot]
    there = np.flatnonzero((spot >= 0) & span.holds(np.maximum(spot, 0), bucket))
    taken = span.at(spot[there], bucket[there])
    product, given, column, value = gives(network)
    inside = np.flatnonzero(given <= span.last[product])
    product, given, column, value = product[inside], given[inside], column[inside], value[inside]
    inflow.note(product, given, starts.start + column, value)
    rows = np.concatenate([taken, span.at(product, given)])
    columns, values = np.concatenate([slot[there], column]), np.concatenate([units[there], -value])
    builder.add_summed(balance.start + rows, starts.start + columns, values)


def gives(network: Network) -> tuple[Days, Days, Days, Floats]:
    """Return every (spot, bucket of arrival, start slot, units per unit started) of product and co-products."""
    production, owners = network.production, network.production.gives_process
    giving, slot, arrives, share = production.arrivals.of(production.span, production.way[owners], owners)
    return production.gives_spot[giving], arrives, slot, share * production.gives_quantity[giving]


def add_components(builder: Builder, network: Network) -> None:
    """Let dated lots and substitutes feed the undated goods beside them, as far as these are used in that bucket."""
    uses, balance = builder.columns[Column.USE], builder.rules[Rule.BALANCE]
    span = network.spots.span
    use, bucket = uses.index["use"], uses.index["bucket"]
    units = np.broadcast_to(stands_for(network, use, bucket), uses.size)
    builder.add(balance.start + span.at(network.component_use.source[use], bucket), uses.numbers, 1.0)
    slots = span.at(network.component_use.target[use], bucket)
    builder.add(balance.start + slots, uses.numbers, -units)
    wanted, row = distinct(slots, span.size)
    index = {"spot": span.owner[wanted], "bucket": span.bucket[wanted]}
    rule = builder.add_rule(Rule.COMPONENTS, index, len(wanted), -np.inf, 0.0)
    builder.add(rule.start + row, uses.numbers, units)
    number = np.full(span.size, -1)
    number[wanted] = np.arange(len(wanted))
    taking, slot, units = _takes(network)
    spot = network.production.takes_spot[taking]
    bucket = network.production.span.bucket[slot]
    there = np.flatnonzero((spot >= 0) & span.holds(np.maximum(spot, 0), bucket))
    at = number[span.at(spot[there], bucket[there])]
    kept = at >= 0
    builder.add_summed(
        rule.start + at[kept], builder.columns[Column.START].start + slot[there][kept], -units[there][kept]
    )


def line_loads(network: Network) -> tuple[Days, Days, Days, Floats]:
    """Return every (line, bucket, start slot, hours of the line for each unit started)."""
    recipe, production, span = network.recipe, network.production, network.production.span
    process = np.full(len(recipe.place), -1)
    process[production.row] = np.arange(len(production.row))
    loads = np.flatnonzero((process[recipe.load_process] >= 0) & (recipe.load_line >= 0) & (recipe.load_hours > 0))
    load, slot = span.slots_of(process[recipe.load_process[loads]])
    return recipe.load_line[loads[load]], span.bucket[slot], slot, recipe.load_hours[loads[load]]


def start_costs(network: Network) -> Floats:
    """Return the cost of each unit started, in EUR."""
    return network.production.span.each(network.recipe.unit_cost[network.production.row])
