"""Buying: what industry sells, under which contract, and what of a firm order is not delivered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days
from scorta.network import Groups, Network, Span
from scorta.problem.giving import group_moves, in_force
from scorta.problem.problem import Builder


@dataclass(frozen=True, slots=True)
class Sales:
    """What industry may sell: one row for each leg, item, claim of the goods, and window.

    The leg tells who sells, who buys and where it is delivered; `way`, that of its moves, when it arrives. `of_move`
    gives each move its sale (-1: the move is none); `first` and `last` are the buckets of its moves.
    """

    leg: Days
    item: Days
    claim: Days
    window: Days
    way: Days
    first: Days
    last: Days
    of_move: Days

    def __len__(self) -> int:
        return len(self.leg)


def sales_of(network: Network) -> Sales:
    """Group the moves that are sales under contracts by what a contract or its price can tell apart."""
    moves, spots = network.moves, network.spots
    chosen = np.flatnonzero(moves.sale)
    origin = moves.origin[chosen]
    columns = (moves.leg[chosen], spots.item[origin], spots.claim[origin], moves.window[chosen], moves.way[chosen])
    (leg, item, claim, window, way), *rest = group_moves(network, chosen, columns)
    return Sales(leg, item, claim, window, way, *rest)


def add_purchases(builder: Builder, network: Network) -> None:
    """Add purchase[contract, sale, bucket]: what covers the ships that are sales, up to what contracts have left."""
    sales = sales_of(network)
    laid = Span.build(sales.first, sales.last)
    rule = builder.add_rule("purchase", laid.index(sale=np.arange(len(sales))), laid.size, 0.0, 0.0)
    sold = np.flatnonzero(network.moves.sale)
    each, ship = network.moves.span.slots_of(sold)
    row = laid.origin[sales.of_move[sold]][each] + network.moves.span.bucket[ship]
    builder.add(rule.start + row, builder.columns["ship"].start + ship, 1.0)
    _cover(builder, network, sales, laid)
    _add_contracts(builder, network)


def _cover(builder: Builder, network: Network, sales: Sales, laid: Span) -> None:
    """Let each contract cover the sales that it fits, within its window."""
    deals = network.deals
    deal, sale = _fitting(network, sales)
    first, last = in_force(
        network, deals.opens[deal], deals.closes[deal], sales.window[sale], sales.first[sale], sales.last[sale]
    )
    span = Span.build(first, last)
    index = span.index(contract=deal, sale=sale)
    purchase = builder.add_columns("purchase", index, span.size, span.each(deals.left[deal]))
    row = span.each(laid.origin[sale]) + span.bucket
    builder.add(builder.rules["purchase"].start + row, purchase.numbers, -1.0)


def _fitting(network: Network, sales: Sales) -> tuple[Days, Days]:
    """Return every (contract, sale) pair of the same supplier, buyer and item, at the place of delivery if any."""
    deals, legs, items = network.deals, network.legs, len(network.names.items)
    seller = network.place_party[legs.origin[sales.leg]]
    by_seller = Groups.build(seller * items + sales.item, len(network.names.parties) * items)
    deal, sale = by_seller.expand(deals.supplier * items + deals.item)
    place = legs.destination[sales.leg[sale]]
    fits = network.place_party[place] == deals.buyer[deal]
    fits &= (deals.place[deal] < 0) | (deals.place[deal] == place)
    return deal[fits], sale[fits]


def _add_contracts(builder: Builder, network: Network) -> None:
    """Bound what is bought under each contract, and add undelivered[contract]: what a firm order lacks."""
    deals, purchase = network.deals, builder.columns["purchase"]
    deal = purchase.index["contract"]
    for name, chosen, least, most in (
        ("contract", np.isfinite(deals.left), np.full(len(deals), -np.inf), deals.left),
        ("firm_order", deals.is_due, deals.firm, np.full(len(deals), np.inf)),
    ):
        held, number = np.flatnonzero(chosen), np.cumsum(chosen) - 1
        rule = builder.add_rule(name, {"contract": held}, len(held), least[held], most[held])
        inside = np.flatnonzero(chosen[deal])
        builder.add(rule.start + number[deal[inside]], purchase.start + inside, 1.0)
    due = builder.rules["firm_order"]
    undelivered = builder.add_columns("undelivered", due.index, due.size, deals.firm[due.index["contract"]])
    builder.add(due.numbers, undelivered.numbers, 1.0)
