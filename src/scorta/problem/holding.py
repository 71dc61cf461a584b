"""Holding: what lies where at the end of each bucket, what is thrown away, and the room it takes."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Bools, Groups, Network, distinct, numbers_of
from scorta.problem.keeping import Inflow, lives
from scorta.problem.moving import arrivals, dated_moves, living, masses
from scorta.problem.problem import Builder, Family


def add_stocks(builder: Builder, network: Network) -> Family:
    """Add stock[spot, bucket]: what lies there at its end; nothing of a dated lot outlives its last day."""
    span = network.spots.span
    upper = np.where(_is_over(network), 0.0, np.inf)
    return builder.add_columns("stock", span.index(spot=np.arange(len(network.spots))), span.size, upper)


def _is_over(network: Network) -> Bools:
    """Tell for each stock slot whether the last day of its lot has come by its end."""
    span = network.spots.span
    return span.bucket >= span.each(network.horizon.bucket_of(network.spots.expires).astype(np.int32))


def add_expiries(builder: Builder, network: Network) -> Family:
    """Add expire[spot, bucket]: what is thrown away, where goods have a life that can end."""
    span = network.spots.span
    slots = np.flatnonzero(_is_over(network) | span.each(np.isfinite(lives(network))))
    return builder.add_columns("expire", {"spot": span.owner[slots], "bucket": span.bucket[slots]}, len(slots))


def add_balance(builder: Builder, network: Network) -> Family:
    """Add the balance of every spot and bucket, with stock and expiry; other families enter it where they are made."""
    span, spots = network.spots.span, network.spots
    comes = np.zeros(span.size)
    comes[span.start[spots.opening > 0]] = spots.opening[spots.opening > 0]
    np.add.at(comes, span.at(spots.receipt_spot, spots.receipt_bucket), spots.receipt_quantity)
    rule = builder.add_rule("balance", builder.columns["stock"].index, span.size, comes, comes)
    stock, expire = builder.columns["stock"], builder.columns["expire"]
    builder.add(rule.numbers, stock.numbers, 1.0)
    ends = np.zeros(span.size, dtype=bool)
    ends[(span.start + span.counts - 1)[span.counts > 0]] = True
    carried = np.flatnonzero(~ends).astype(np.int32)
    builder.add(rule.start + carried + 1, stock.start + carried, -1.0)
    builder.add(rule.start + span.at(expire.index["spot"], expire.index["bucket"]), expire.numbers, 1.0)
    return rule


def add_ship_balance(builder: Builder, network: Network, inflow: Inflow) -> None:
    """Let ships leave the balance of one spot and enter that of another, spread over the buckets of arrival."""
    ships, balance = builder.columns["ship"], builder.rules["balance"]
    span, moves = network.spots.span, network.moves
    leaves = moves.span.each(span.origin[moves.origin]) + moves.span.bucket
    builder.add(balance.start + leaves, ships.numbers, 1.0)
    dated = dated_moves(network)
    move = np.flatnonzero(~dated)
    each, ship, arrives, share = arrivals(network, move)
    inflow.add(moves.destination[move].astype(np.int32)[each], arrives, ships.start + ship, share)
    move = np.flatnonzero(dated)
    each, ship, arrives, share = arrivals(network, move)
    share = living(network, move[each], ship, arrives, share)
    in_time = np.flatnonzero(share > 0)
    spot = moves.destination[move[each[in_time]]]
    inflow.add(spot, arrives[in_time], ships.start + ship[in_time], share[in_time])


def add_storage(builder: Builder, network: Network) -> None:
    """Bound the tonnes that lie at each place with a limit; receipts that force more are let in, and counted."""
    spots, mass = network.spots, masses(network)[network.spots.item]
    limit = numbers_of(network.case["places"]["storage_t"], np.inf)
    stored = np.flatnonzero(np.isfinite(limit)[spots.place] & (mass > 0))
    forced, first = lying(network, spots.place[stored], stored, len(limit), mass)
    bound = np.maximum(limit[:, None], first[:, None])
    each, slots = spots.span.slots_of(stored)
    add_limit(builder, network, "storage", spots.place[stored][each], slots, mass[stored][each], bound, forced)


def lying(network: Network, held: Days, spot: Days, owners: int, unit: Floats) -> tuple[Floats, Floats]:
    """Return what lies with each owner without a decision: by the end of each bucket (owner x bucket), and at first.

    What lies at `spot[k]` belongs to the owner `held[k]`; `unit` is what a unit at each spot counts.
    """
    spots = network.spots
    first = np.bincount(held, (spots.opening * unit)[spot], owners).astype(np.float64)
    by_spot = Groups.build(spots.receipt_spot, len(spots))
    position, receipt = by_spot.expand(spot)
    comes = np.zeros((owners, len(network.horizon)))
    values = spots.receipt_quantity[receipt] * unit[spots.receipt_spot[receipt]]
    np.add.at(comes, (held[position], spots.receipt_bucket[receipt]), values)
    return np.cumsum(comes, axis=1) + first[:, None], first


def add_limit(
    builder: Builder,
    network: Network,
    name: str,
    owner: Days,
    slots: Days,
    unit: Floats,
    bound: Floats,
    forced: Floats,
) -> None:
    """Add a row for each (owner, bucket) that has stock slots: their units within `bound`, or as far over as forced."""
    count = len(network.horizon)
    keys, row = distinct(owner * count + network.spots.span.bucket[slots], forced.size)
    index = {"owner": keys // count, "bucket": keys % count}
    limit = np.broadcast_to(bound, forced.shape)[index["owner"], index["bucket"]]
    rule = builder.add_rule(name, index, len(keys), -np.inf, limit)
    builder.add(rule.start + row, builder.columns["stock"].start + slots, unit)
    forced_over = forced[index["owner"], index["bucket"]] - limit
    over = np.flatnonzero(forced_over > 0)
    at = {side: values[over] for side, values in index.items()}
    excess = builder.add_columns(f"over_{name}", at, len(over), forced_over[over])
    builder.add(rule.start + over, excess.numbers, -1.0)
