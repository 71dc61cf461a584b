"""Enough: nobody is given, or buys, more of an item than its needs ask for and its largest level holds."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Days, Floats
from scorta.network import ANYONE, Bools, Network
from scorta.problem.giving import gifts_of
from scorta.problem.problem import Builder


def add_use(builder: Builder, network: Network) -> None:
    """Bound, over the whole plan, what each party is given, and what it buys, of each item that it can only need."""
    most = np.where(bounded(network), _asked(network) + _level(network), np.inf)
    _bound(builder, network, "use", _given(builder, network), most)
    _bound(builder, network, "enough", _bought(builder, network), most + _ordered(network))


Received = tuple[Days, Days]
"""Columns that bring goods: whose goods they become (party x items + item), and which columns."""


def _bound(builder: Builder, network: Network, name: str, received: Received, most: Floats) -> None:
    """Add a row for each party and item with a most: what it receives over the whole plan is no more."""
    (whose, column), items = received, max(len(network.names.items), 1)
    kept = np.flatnonzero(np.isfinite(most[whose]))
    found, row = np.unique(whose[kept], return_inverse=True)
    rule = builder.add_rule(name, {"party": found // items, "item": found % items}, len(found), -np.inf, most[found])
    builder.add(rule.start + row.reshape(-1), column[kept], 1.0)


def bounded(network: Network) -> Bools:
    """Tell which party may be given no more of which item than its needs and its level (party x items + item).

    All but what it may give on, what processes at its places or kits take, what may stand in for something else, and
    what does not keep: it may need that again.
    """
    items, recipe = len(network.names.items), network.recipe
    owned = network.place_party[recipe.place[recipe.component_process]] * items + recipe.component_item
    free = np.ones(len(network.names.parties) * items, dtype=bool)
    free[owned[recipe.component_quantity > 0]] = False
    free[_gives_on(network)] = False
    return free & ~np.tile(_other_uses(network), len(network.names.parties))


def _other_uses(network: Network) -> Bools:
    """Tell which items do not keep (a shelf life, a lot with a last day), go into kits or stand in for others."""
    case, items = network.case, network.names.items
    dated = case["stocks"].filter(pl.col("expires_on").is_not_null())["item"]
    named = pl.concat([dated, case["kits"]["component"], case["substitutes"]["substitute"]])
    found: Bools = np.isin(np.arange(len(items)), items.of(named))
    found |= case["items"]["shelf_life_days"].is_not_null().to_numpy()
    return found


def _gives_on(network: Network) -> Days:
    """Return whose items legs may take to places of others: free, as an ask, or pledged (party x items + item)."""
    legs, pledges, items = network.legs, network.pledges, len(network.names.items)
    giver, receiver = network.place_party[legs.origin], network.place_party[legs.destination]
    leg, item = (side.reshape(-1) for side in np.meshgrid(np.flatnonzero(giver != receiver), np.arange(items)))
    carries = (legs.item[leg] < 0) | (legs.item[leg] == item)
    giver, receiver, item = giver[leg[carries]], receiver[leg[carries]], item[carries]
    owned, count = giver * items + item, len(network.names.parties)
    pledged = pledges.giver * items + pledges.item
    anyone = pledges.receiver == ANYONE
    covered = np.isin(owned, pledged[anyone])
    covered |= np.isin(owned * count + receiver, (pledged * count + pledges.receiver)[~anyone])
    found: Days = owned[covered | network.handover.open | ~network.handover.needs_cover(giver, receiver)]
    return found


def _given(builder: Builder, network: Network) -> Received:
    """Return the columns that give: pledges and asks, or ships where gifts are free."""
    gifts, items, industry = gifts_of(network), len(network.names.items), network.handover.industry
    parts: list[Received] = []
    for name in ("handover", "ask"):
        family = builder.columns[name]
        gift = family.index["gift"]
        parts.append((gifts.receiver[gift] * items + gifts.item[gift], family.numbers))
    giver, receiver = _parties(network)
    free = (giver != receiver) & ~industry[giver] & ~industry[receiver] & ~network.moves.gift
    parts.append(_carried(builder, network, free))
    return np.concatenate([whose for whose, _ in parts]), np.concatenate([column for _, column in parts])


def _bought(builder: Builder, network: Network) -> Received:
    """Return the columns of ships from industry to others."""
    return _carried(builder, network, network.handover.is_purchase(*_parties(network)))


def _parties(network: Network) -> tuple[Days, Days]:
    """Return from whom and to whom each move goes."""
    party, moves = network.place_party[network.spots.place], network.moves
    return party[moves.origin], party[moves.destination]


def _carried(builder: Builder, network: Network, chosen: Bools) -> Received:
    """Return the ships of the chosen moves."""
    spots, moves = network.spots, np.flatnonzero(chosen)
    there = network.moves.destination[moves]
    owned = network.place_party[spots.place[there]] * len(network.names.items) + spots.item[there]
    each, slots = network.moves.span.slots_of(moves)
    return owned[each], builder.columns["ship"].start + slots


def _ordered(network: Network) -> Floats:
    """Return what contracts may bring beyond need (party x items + item): what is firm and due, and one least order."""
    contracts, items = network.contracts, len(network.names.items)
    more = np.where(contracts.is_due, contracts.firm, 0.0) + contracts.least
    return np.bincount(contracts.buyer * items + contracts.item, more, len(network.names.parties) * items).astype(
        np.float64
    )


def _asked(network: Network) -> Floats:
    """Return what needs at the places of each party ask for within the plan (party x items + item)."""
    occurrences, items = network.occurrences, len(network.names.items)
    owned = network.place_party[occurrences.place] * items + occurrences.item
    return np.bincount(owned, occurrences.quantity, len(network.names.parties) * items).astype(np.float64)


def _level(network: Network) -> Floats:
    """Return the largest floor or objective of each party and item: its own, or that of its places together."""
    levels, items = network.levels, len(network.names.items)
    level = np.fmax(np.nan_to_num(levels.floor), np.nan_to_num(levels.objective))
    owned, row = np.unique(levels.party * items + levels.item, return_inverse=True)
    sums = np.zeros((2, len(owned), len(network.horizon)))
    np.add.at(sums, ((levels.place >= 0).astype(np.int64), row.reshape(-1)), level)
    found = np.zeros(len(network.names.parties) * items)
    found[owned] = sums.max(axis=(0, 2), initial=0.0)
    return found
