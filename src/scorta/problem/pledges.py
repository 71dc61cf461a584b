"""Pledges: what changes owner, covered by which pledge, or as an ask."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import UNRESERVED, WHOLE, Bools, Contracts, Gifts, MoveGroups, Network, Pledges, Sales
from scorta.problem.legs import arrivals
from scorta.problem.problem import Builder, Family
from scorta.problem.production import gives
from scorta.rules import Column, Rule


def add_gifts(builder: Builder, network: Network) -> None:
    """Add handover[pledge, gift, bucket] and ask[gift, bucket]: what covers the ships that are gifts.

    Asked for are gifts in whole buckets, without a reservation at the handover.
    """
    gifts, names = network.gifts, (Column.HANDOVER, Rule.HANDOVER, Rule.PLEDGE, "pledge", "gift")
    add_cover(builder, network, names, gifts, network.pledges)
    rule = builder.rules[Rule.HANDOVER]
    may = (gifts.held == gifts.reservation) & (gifts.moves.window == WHOLE) & network.handover.open
    asked = np.flatnonzero(gifts.moves.span.each(may))
    at = {side: values[asked] for side, values in rule.index.items()}
    ask = builder.add_columns(Column.ASK, at, len(asked))
    builder.add(rule.start + asked, ask.numbers, -1.0)
    _bound_asks(builder, network, gifts, ask)


def _bound_asks(builder: Builder, network: Network, gifts: Gifts, ask: Family) -> None:
    """Ask a giver, over the whole plan, for no more than its surplus, what it makes and what others bring to it."""
    free = np.flatnonzero(gifts.held[ask.index["gift"]] == UNRESERVED)
    gift = ask.index["gift"][free]
    asked, row = np.unique(network.owned.of(gifts.giver[gift], gifts.item[gift]), return_inverse=True)
    index, most = network.owned.index(asked, "giver", "item"), surplus(network)
    rule = builder.add_rule(Rule.ASK, index, len(asked), -np.inf, most[asked])
    builder.add(rule.start + row.reshape(-1), ask.start + free, 1.0)
    number = np.full(len(most), -1)
    number[asked] = np.arange(len(asked))
    for name, owned, column, value in (_made(network), _brought(network)) if len(asked) else ():
        kept = np.flatnonzero(number[owned] >= 0)
        columns = builder.columns[name].start + column[kept]
        builder.add_summed(rule.start + number[owned[kept]], columns, -value[kept])


def surplus(network: Network) -> Floats:
    """Return what each party has of each item beyond its floor and its pledges (party and item), or nothing."""
    spots, pledges, size, owned = network.spots, network.pledges, network.owned.size, network.owned_at
    held = np.bincount(owned, np.where(spots.reservation == UNRESERVED, spots.opening, 0.0), size)
    comes = np.bincount(owned[spots.receipt_spot], spots.receipt_quantity, size)
    promised = np.bincount(network.owned.of(pledges.giver, pledges.item), pledges.left, size)
    return np.maximum(held + comes - _floors(network, size) - promised, 0.0)


def _floors(network: Network, size: int) -> Floats:
    """Return the largest floor of each party and item (party and item): its own, or that of its places summed."""
    levels, floor = network.levels, np.nan_to_num(network.levels.floor)
    owned, row = np.unique(network.owned.of(levels.party, levels.item), return_inverse=True)
    whole, places = np.zeros((2, len(owned), len(network.horizon)))
    whose = row.reshape(-1)
    np.maximum.at(whole, whose[levels.place < 0], floor[levels.place < 0])
    np.add.at(places, whose[levels.place >= 0], floor[levels.place >= 0])
    found = np.zeros(size)
    found[owned] = np.maximum(whole, places).max(axis=1)
    return found


Inflows = tuple[Column, Days, Days, Floats]
"""A family of columns, and whose (party and item), which of its columns, and how much of it comes in."""


def _made(network: Network) -> Inflows:
    """Return what starts give within the plan."""
    spot, _, column, value = gives(network)
    return Column.START, network.owned_at[spot], column, value


def _brought(network: Network) -> Inflows:
    """Return what comes within the plan, free and in its life, from places of other parties."""
    spots, moves = network.spots, network.moves
    party = network.places.party[spots.place]
    crosses = (party[moves.origin] != party[moves.destination]) & (spots.reservation[moves.destination] == UNRESERVED)
    crossing = np.flatnonzero(crosses)
    each, ship, arrives, share = arrivals(network, crossing)
    spot = moves.destination[crossing[each]]
    inside = np.flatnonzero(arrives <= spots.span.last[spot])
    return Column.SHIP, network.owned_at[spot[inside]], ship[inside], share[inside]


Names = tuple[Column, Rule, Rule, str, str]
"""What is called how: the columns and rows of a cover, the rows that bound agreements; agreements, groups of moves."""


def add_cover(
    builder: Builder, network: Network, names: Names, covered: Gifts | Sales, agreements: Pledges | Contracts
) -> Family:
    """Let agreements cover all that leaves in each group and bucket, over the whole plan up to what is left of them."""
    (column, rule, bound, side, of_group), groups = names, covered.moves
    rows = _add_rows(builder, network, rule, of_group, groups)
    agreement, group, span = covered.coverings.agreement, covered.coverings.group, covered.coverings.span
    index = span.index(**{side: agreement, of_group: group})
    cover = builder.add_columns(column, index, span.size, span.each(agreements.left[agreement]))
    builder.add(rows.start + span.each(groups.span.origin[group]) + span.bucket, cover.numbers, -1.0)
    bounded = np.isfinite(agreements.left)
    bound_cover(builder, cover, (bound, side), bounded, -np.inf, agreements.left[bounded])
    return cover


def _add_rows(builder: Builder, network: Network, rule: Rule, side: str, groups: MoveGroups) -> Family:
    """Add a row for each group and bucket: what leaves, and must be covered."""
    laid, moved = groups.span, np.flatnonzero(groups.of_move >= 0)
    rows = builder.add_rule(rule, laid.index(**{side: np.arange(len(laid.first))}), laid.size, 0.0, 0.0)
    each, ship = network.moves.span.slots_of(moved)
    row = laid.origin[groups.of_move[moved]][each] + network.moves.span.bucket[ship]
    builder.add(rows.start + row, builder.columns[Column.SHIP].start + ship, 1.0)
    return rows


def bound_cover(
    builder: Builder,
    cover: Family,
    names: tuple[Rule, str],
    bounded: Bools,
    least: Floats | float,
    most: Floats | float,
) -> Family:
    """Add a row for each bounded agreement: what it covers over the whole plan is from `least` to `most`.

    `names` are those of the rule and of the agreements.
    """
    rule, side = names
    held, number = np.flatnonzero(bounded), np.cumsum(bounded) - 1
    rows = builder.add_rule(rule, {side: held}, len(held), least, most)
    agreement = cover.index[side]
    inside = np.flatnonzero(bounded[agreement])
    builder.add(rows.start + number[agreement[inside]], cover.start + inside, 1.0)
    return rows
