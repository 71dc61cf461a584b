"""Running: in which buckets processes are set up and lines run, with least lots and least hours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scorta.case import Floats
from scorta.network import Network
from scorta.problem.bounding import Most, line_room
from scorta.problem.making import line_loads, of_processes
from scorta.problem.problem import Builder, Family, Problem
from scorta.problem.switching import Flow, add_nothing_or_least


def add_runs(builder: Builder, network: Network, most: Callable[[], Most]) -> Family:
    """Add run[making, bucket]: whether a process with a set-up cost or a minimum lot starts anything in a bucket."""
    starts, process = builder.columns["start"], network.makings.process
    lots = of_processes(network, "minimum_lot")[process]
    asks = (lots > 0) | (setup_costs(network)[process] > 0)
    slots = np.flatnonzero(asks[starts.index["making"]])
    index = {side: numbers[slots] for side, numbers in starts.index.items()}
    flow = Flow(np.arange(len(slots)), starts.start + slots, np.ones(len(slots)))
    bound = most().starts[slots] if len(slots) else np.zeros(0)
    return add_nothing_or_least(builder, "run", index, flow, lots[index["making"]], bound, ("set_up", "minimum_lot"))


def setup_costs(network: Network) -> Floats:
    """Return the cost of each bucket in which each process runs, 0 where nobody counts cost."""
    costs = of_processes(network, "setup_cost_eur")
    return costs if counts_cost(network) else np.zeros_like(costs)


def counts_cost(network: Network) -> bool:
    """Tell whether cost matters to a plan: in its tier, or in budgets."""
    return "cost" in network.case.scenario.tiers or network.case["budgets"].height > 0


def run_costs(builder: Builder | Problem, network: Network) -> Floats:
    """Return the cost of each bucket in which a process is set up, in EUR."""
    return setup_costs(network)[network.makings.process[builder.columns["run"].index["making"]]]


def add_line_runs(builder: Builder, network: Network, most: Callable[[], Most]) -> Family:
    """Add line_on[line, bucket]: whether a line with a minimum sustaining rate runs in a bucket.

    Where nothing bounds how often a line may grow, what can be started on it bounds its hours.
    """
    line, bucket, slot, hours = line_loads(network)
    least, count = network.lines.minimum, len(network.horizon)
    asks = np.flatnonzero(least[line, bucket] > 0)
    keys, row = np.unique(line[asks] * count + bucket[asks], return_inverse=True)
    index = {"line": keys // count, "bucket": keys % count}
    flow = Flow(row.reshape(-1), builder.columns["start"].start + slot[asks], hours[asks])
    room, floor = line_room(network)[index["line"], index["bucket"]], least[index["line"], index["bucket"]]
    if not np.isfinite(room).all():
        started = np.bincount(flow.switch, most().starts[slot[asks]] * hours[asks], len(keys))
        room = np.where(np.isfinite(room), room, started)
    return add_nothing_or_least(builder, "line_on", index, flow, floor, room, ("line_runs", "minimum_rate"))
