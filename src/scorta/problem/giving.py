"""Giving: what changes owner, covered by which pledge, or as an ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days
from scorta.network import ANYONE, NO_CLAIM, Groups, Network, Span
from scorta.problem.problem import Builder


@dataclass(frozen=True, slots=True)
class Gifts:
    """The kinds of gift: one row for each giver, receiver, item, and claim before and after the handover.

    `of_move` gives each move its gift (-1: the move is no gift); `first` and `last` are the buckets of its moves.
    """

    giver: Days
    receiver: Days
    item: Days
    held: Days
    claim: Days
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
    )
    (giver, receiver, item, held, claim), first, last, of_move = group_moves(network, chosen, columns)
    return Gifts(giver, receiver, item, held, claim, first, last, of_move)


def group_moves(network: Network, chosen: Days, columns: tuple[Days, ...]) -> tuple[Days, Days, Days, Days]:
    """Group the chosen moves by these columns: return the groups (column x group), their first and last bucket.

    The last array gives each move its group, -1 where it is not among the chosen.
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
    asked = np.flatnonzero(laid.each((gifts.held == gifts.claim) & network.handover.open))
    at = {side: values[asked] for side, values in rule.index.items()}
    ask = builder.add_columns("ask", at, len(asked))
    builder.add(rule.start + asked, ask.numbers, -1.0)


def _add_handovers(builder: Builder, network: Network, gifts: Gifts, laid: Span) -> None:
    """Let each pledge cover the gifts it fits, within its window and up to what is left of it."""
    grants = network.grants
    pledge, gift = _fitting(network, gifts)
    first = np.maximum(grants.first[pledge], gifts.first[gift])
    last = np.minimum(grants.last[pledge], gifts.last[gift])
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
