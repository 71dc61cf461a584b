"""Using: in which buckets a leg with a fixed cost is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Network, numbers_of
from scorta.problem.bounding import Most
from scorta.problem.moving import leg_room, masses, move_items
from scorta.problem.problem import Builder, Family, Problem
from scorta.problem.running import counts_cost
from scorta.problem.switching import Flow, add_switches, tie_most


def add_leg_use(builder: Builder, network: Network, most: Callable[[], Most]) -> Family:
    """Add used[leg, bucket]: whether anything leaves over a leg with a fixed cost in a bucket.

    Each move is tied to it by the most that can leave, and all moves together by the tonnes of the leg.
    """
    span, count = network.moves.span, len(network.horizon)
    moves = np.flatnonzero(fixed_costs(network)[network.moves.leg] > 0)
    each, slots = span.slots_of(moves)
    sent = {"move": moves[each], "bucket": span.bucket[slots]}
    keys, row = np.unique(network.moves.leg[sent["move"]] * count + sent["bucket"], return_inverse=True)
    index = {"leg": keys // count, "bucket": keys % count}
    used = add_switches(builder, "used", index, np.ones(len(keys), dtype=bool))
    row, room = row.reshape(-1), leg_room(network) if len(moves) else np.zeros((0, 0))
    ships, item = builder.columns["ship"].start + slots, move_items(network)[sent["move"]]
    _tie_moves(builder, network, most, room, sent, ships, item, used.start + row)
    _tie_tonnes(builder, network, room, used, ships, item, row)
    return used


def _tie_moves(
    builder: Builder, network: Network, most: Callable[[], Most], room: Floats, index: Mapping[str, Days], ships: Days,
    item: Days, switch: Days,
) -> None:  # fmt: skip
    """Let each move leave only where its leg is used, and no more of it than there can be or the leg carries."""
    carried, mass = room[network.moves.leg[index["move"]], index["bucket"]], masses(network)[item]
    bound = np.divide(carried, mass, out=np.full(len(ships), np.inf), where=mass > 0)
    if len(ships):
        bound = np.minimum(bound, most().items[item, index["bucket"]])
    flow = Flow(np.arange(len(ships)), ships, np.ones(len(ships)))
    tie_most(builder, "leg_use", index, switch, flow, bound)


def _tie_tonnes(
    builder: Builder, network: Network, room: Floats, used: Family, ships: Days, item: Days, row: Days
) -> None:  # fmt: skip
    """Let all moves over a used leg together weigh no more than it carries."""
    carried = room[used.index["leg"], used.index["bucket"]]
    limited = np.flatnonzero(np.isfinite(carried))
    number = np.full(used.size, -1)
    number[limited] = np.arange(len(limited))
    mass = masses(network)[item]
    kept = np.flatnonzero((number[row] >= 0) & (mass > 0))
    flow = Flow(number[row[kept]], ships[kept], mass[kept])
    index = {side: numbers[limited] for side, numbers in used.index.items()}
    tie_most(builder, "leg_use_tonnes", index, used.start + limited, flow, carried[limited])


def fixed_costs(network: Network) -> Floats:
    """Return the cost of each bucket in which each leg is used, 0 where nobody counts cost."""
    costs = numbers_of(network.case["legs"]["fixed_cost_eur"], 0.0)
    return costs if counts_cost(network) else np.zeros_like(costs)


def use_costs(builder: Builder | Problem, network: Network) -> Floats:
    """Return the cost of each bucket in which a leg is used, in EUR."""
    return fixed_costs(network)[builder.columns["used"].index["leg"]]


def open_days(network: Network, leg: Days, bucket: Days) -> tuple[Days, Days]:
    """Return the first and last day of each bucket on which its leg is open."""
    horizon, legs = network.horizon, network.legs
    first = np.maximum(horizon.starts[bucket], legs.open_from[leg])
    return first, np.minimum(horizon.ends[bucket], legs.open_until[leg])
