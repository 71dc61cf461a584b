"""Buying: what industry sells, under which contract, and what of a firm order is not delivered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days
from scorta.network import Groups, Network
from scorta.problem.covering import MoveGroups, add_cover, bound_cover, group_moves
from scorta.problem.problem import Builder


@dataclass(frozen=True, slots=True)
class Sales:
    """What industry may sell: one row for each leg, item, claim of the goods, and window.

    Each is a group of `moves`. The leg tells who sells, who buys and where it is delivered; `way` when it arrives.
    """

    leg: Days
    item: Days
    claim: Days
    way: Days
    moves: MoveGroups


def sales_of(network: Network) -> Sales:
    """Group the moves that are sales under contracts by what a contract or its price can tell apart."""
    moves, spots = network.moves, network.spots
    chosen = np.flatnonzero(moves.sale)
    origin = moves.origin[chosen]
    columns = (moves.leg[chosen], spots.item[origin], spots.claim[origin], moves.window[chosen], moves.way[chosen])
    (leg, item, claim, _, way), groups = group_moves(network, chosen, columns)
    return Sales(leg, item, claim, way, groups)


def add_purchases(builder: Builder, network: Network) -> None:
    """Add purchase[contract, sale, bucket], what covers sales, and undelivered[contract], what a firm order lacks."""
    sales, deals = sales_of(network), network.deals
    bought = add_cover(builder, network, ("purchase", "contract", "sale"), sales.moves, deals, _fitting(network, sales))
    firm = deals.firm[deals.is_due]
    due = bound_cover(builder, bought, ("firm_order", "contract"), deals.is_due, firm, np.inf)
    undelivered = builder.add_columns("undelivered", due.index, due.size, firm)
    builder.add(due.numbers, undelivered.numbers, 1.0)


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
