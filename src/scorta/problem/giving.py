"""Giving: what changes owner, covered by which pledge, or as an ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats
from scorta.network import ANYONE, NO_CLAIM, WHOLE, Bools, Groups, Network, Span, whole_buckets
from scorta.problem.making import gives
from scorta.problem.moving import arrivals
from scorta.problem.problem import Builder, Family


@dataclass(frozen=True, slots=True)
class Gifts:
    """The kinds of gift: one row for each giver, receiver, item, claim before and after the handover, and window.

    `of_move` gives each move its gift (-1: the move is no gift); `first` and `last` are the buckets of its moves.
    """

    giver: Days
    receiver: Days
    item: Days
    held: Days
    claim: Days
    window: Days
    first: Days
    last: Days
    of_move: Days

    def __len__(self) -> int:
        return len(self.giver)


def gifts_of(network: Network) -> Gifts:
    """Group the moves that are gifts by what a pledge can tell apart."""
    moves, spots, legs = network.moves, network.spots, network.legs
    chosen = np.flatnonzero(moves.gift)
    columns = (
        network.place_party[legs.origin[moves.leg[chosen]]],
        network.place_party[legs.destination[moves.leg[chosen]]],
        spots.item[moves.origin[chosen]],
        spots.claim[moves.origin[chosen]],
        spots.claim[moves.destination[chosen]],
        moves.window[chosen],
    )
    (giver, receiver, item, held, claim, window), *rest = group_moves(network, chosen, columns)
    return Gifts(giver, receiver, item, held, claim, window, *rest)


def group_moves(network: Network, chosen: Days, columns: tuple[Days, ...]) -> tuple[Days, Days, Days, Days]:
    """Group the chosen moves by these columns: return the groups (column x group), their first and last bucket.

    One of the columns is the window: groups within windows have one bucket. The last array gives each move its group,
    -1 where it is not among the chosen.
    """
    moves, sides = network.moves, np.stack(columns)
    order = np.lexsort(sides[::-1])
    begins = np.append(True, (np.diff(sides[:, order]) != 0).any(axis=0))[: len(order)]
    kinds, number = sides[:, order[begins]], np.empty_like(order)
    number[order] = np.cumsum(begins) - 1
    first, last = np.full(kinds.shape[1], len(network.horizon)), np.full(kinds.shape[1], -1)
    np.minimum.at(first, number, moves.span.first[chosen])
    np.maximum.at(last, number, moves.span.last[chosen])
    of_move = np.full(len(moves.leg), -1)
    of_move[chosen] = number
    return kinds, first, last, of_move


def add_gifts(builder: Builder, network: Network) -> None:
    """Add handover[pledge, gift, bucket] and ask[gift, bucket]: what covers the ships that are gifts."""
    gifts = gifts_of(network)
    laid = Span.build(gifts.first, gifts.last)
    rule = builder.add_rule("handover", laid.index(gift=np.arange(len(gifts))), laid.size, 0.0, 0.0)
    given = np.flatnonzero(network.moves.gift)
    each, ship = network.moves.span.slots_of(given)
    of_ship = laid.origin[gifts.of_move[given]][each]
    ships = builder.columns["ship"].start + ship
    builder.add(rule.start + of_ship + network.moves.span.bucket[ship], ships, 1.0)
    _add_handovers(builder, network, gifts, laid)
    asked = np.flatnonzero(laid.each(_askable(network, gifts)))
    at = {side: values[asked] for side, values in rule.index.items()}
    ask = builder.add_columns("ask", at, len(asked))
    builder.add(rule.start + asked, ask.numbers, -1.0)
    _bound_asks(builder, network, gifts, ask)


def _askable(network: Network, gifts: Gifts) -> Bools:
    """Tell which gifts may be asked for: in whole buckets, and without a reservation at the handover."""
    may: Bools = (gifts.held == gifts.claim) & (gifts.window == WHOLE) & network.handover.open
    return may


def in_force(network: Network, opens: Days, closes: Days, window: Days, first: Days, last: Days) -> tuple[Days, Days]:
    """Return the buckets in which agreements cover groups of moves: none where the last is before the first.

    An agreement covers buckets that lie wholly within its days, and windows that do.
    """
    begin, end = whole_buckets(network.horizon, opens, closes)
    whole = window == WHOLE
    within = (network.windows.opens(window) >= opens) & (network.windows.closes(window) <= closes)
    until = np.where(whole, np.minimum(end, last), np.where(within, last, -1))
    return np.where(whole, np.maximum(begin, first), first), until


def _add_handovers(builder: Builder, network: Network, gifts: Gifts, laid: Span) -> None:
    """Let each pledge cover the gifts it fits, within its window and up to what is left of it."""
    grants = network.grants
    pledge, gift = _fitting(network, gifts)
    first, last = in_force(
        network, grants.opens[pledge], grants.closes[pledge], gifts.window[gift], gifts.first[gift], gifts.last[gift]
    )
    span = Span.build(first, last)
    index = span.index(pledge=pledge, gift=gift)
    handover = builder.add_columns("handover", index, span.size, span.each(grants.quantity[pledge]))
    row = span.each(laid.origin[gift]) + span.bucket
    builder.add(builder.rules["handover"].start + row, handover.numbers, -1.0)
    rule = builder.add_rule("pledge", {"pledge": np.arange(len(grants))}, len(grants), -np.inf, grants.quantity)
    builder.add(rule.start + index["pledge"], handover.numbers, 1.0)


def _fitting(network: Network, gifts: Gifts) -> tuple[Days, Days]:
    """Return every (pledge, gift) pair of the same giver, item and receiver, with a claim that the pledge allows."""
    grants, items = network.grants, len(network.names.items)
    by_giver = Groups.build(gifts.giver * items + gifts.item, len(network.names.parties) * items)
    pledge, gift = by_giver.expand(grants.giver * items + grants.item)
    receiver, claim = grants.receiver[pledge], grants.claim[pledge]
    to_it = (receiver == ANYONE) | (receiver == gifts.receiver[gift])
    unchanged = (claim == NO_CLAIM) & (gifts.held[gift] == gifts.claim[gift])
    reserving = (claim != NO_CLAIM) & (gifts.claim[gift] == claim)
    fits = to_it & (unchanged | reserving)
    return pledge[fits], gift[fits]


def _bound_asks(builder: Builder, network: Network, gifts: Gifts, ask: Family) -> None:
    """Ask a giver, over the whole plan, for no more than its surplus, what it makes and what others bring to it."""
    items, free = len(network.names.items), np.flatnonzero(gifts.held[ask.index["gift"]] == NO_CLAIM)
    gift = ask.index["gift"][free]
    asked, row = np.unique(gifts.giver[gift] * items + gifts.item[gift], return_inverse=True)
    index, surplus = {"giver": asked // items, "item": asked % items}, _surplus(network)
    rule = builder.add_rule("ask", index, len(asked), -np.inf, surplus[asked])
    builder.add(rule.start + row.reshape(-1), ask.start + free, 1.0)
    number = np.full(len(surplus), -1)
    number[asked] = np.arange(len(asked))
    for name, owned, column, value in (_made(network), _brought(network)) if len(asked) else ():
        kept = np.flatnonzero(number[owned] >= 0)
        columns = builder.columns[name].start + column[kept]
        builder.add_summed(rule.start + number[owned[kept]], columns, -value[kept])


def _owned(network: Network) -> Days:
    """Number the party and item of each spot."""
    return network.place_party[network.spots.place] * len(network.names.items) + network.spots.item


def _surplus(network: Network) -> Floats:
    """Return what each party has of each item beyond its floor and its pledges (party x items + item), or nothing."""
    spots, grants, items = network.spots, network.grants, len(network.names.items)
    size, owned = len(network.names.parties) * items, _owned(network)
    held = np.bincount(owned, np.where(spots.claim == NO_CLAIM, spots.opening, 0.0), size)
    comes = np.bincount(owned[spots.receipt_spot], spots.receipt_quantity, size)
    promised = np.bincount(grants.giver * items + grants.item, grants.quantity, size)
    return np.maximum(held + comes - _floors(network, size) - promised, 0.0)


def _floors(network: Network, size: int) -> Floats:
    """Return the largest floor of each party and item (party x items + item): its own, or that of its places summed."""
    aims, floor = network.aims, np.nan_to_num(network.aims.floor)
    owned, row = np.unique(aims.party * len(network.names.items) + aims.item, return_inverse=True)
    whole, places = np.zeros((2, len(owned), len(network.horizon)))
    whose = row.reshape(-1)
    np.maximum.at(whole, whose[aims.place < 0], floor[aims.place < 0])
    np.add.at(places, whose[aims.place >= 0], floor[aims.place >= 0])
    found = np.zeros(size)
    found[owned] = np.maximum(whole, places).max(axis=1)
    return found


Inflows = tuple[str, Days, Days, Floats]
"""A family of columns, and whose (party x items + item), which of its columns, and how much of it comes in."""


def _made(network: Network) -> Inflows:
    """Return what starts give within the plan."""
    spot, _, column, value = gives(network)
    return "start", _owned(network)[spot], column, value


def _brought(network: Network) -> Inflows:
    """Return what comes within the plan, free and in its life, from places of other parties."""
    spots, moves = network.spots, network.moves
    party = network.place_party[spots.place]
    crosses = (party[moves.origin] != party[moves.destination]) & (spots.claim[moves.destination] == NO_CLAIM)
    crossing = np.flatnonzero(crosses)
    each, ship, arrives, share = arrivals(network, crossing)
    spot = moves.destination[crossing[each]]
    inside = np.flatnonzero(arrives <= spots.span.last[spot])
    return "ship", _owned(network)[spot[inside]], ship[inside], share[inside]
