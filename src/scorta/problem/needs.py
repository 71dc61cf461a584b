"""Needs: what each receives when, in which least shipments, what it never receives, and the most that is of use."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import ANYONE, Bools, Network, Pairs
from scorta.problem.problem import Builder
from scorta.problem.switches import Flow, add_nothing_or_least
from scorta.rules import Column, Rule


def add_needs(builder: Builder, network: Network) -> None:
    """Add issue[need and spot, bucket] and unmet[need]: together they are what each occurrence asks for."""
    span, issues, occurrences = network.issues.span, network.issues, network.occurrences
    index = span.index(issue=np.arange(len(issues.spot)))
    met = meets(network, index["issue"], index["bucket"])
    upper = np.inf if isinstance(met, float) else np.where(met > 0, np.inf, 0.0)
    issued = builder.add_columns(Column.ISSUE, index, span.size, upper)
    unmet = builder.add_columns(
        Column.UNMET, {"occurrence": np.arange(len(occurrences))}, len(occurrences), occurrences.quantity
    )
    rule = builder.add_rule(Rule.NEED, unmet.index, len(occurrences), occurrences.quantity, occurrences.quantity)
    _add_met(builder, rule.start + span.each(issues.occurrence.astype(np.int32)), issued.numbers, met)
    builder.add(rule.numbers, unmet.numbers, 1.0)
    slots = span.each(network.spots.span.origin[issues.spot]) + span.bucket
    builder.add(builder.rules[Rule.BALANCE].start + slots, issued.numbers, 1.0)


def _add_met(builder: Builder, rows: Days, columns: Days, met: Floats | float) -> None:
    """Enter what a unit issued meets, where it meets anything: between the dates of a substitute it does not."""
    if isinstance(met, float):
        builder.add(rows, columns, met)
    else:
        kept = np.flatnonzero(met)
        builder.add(rows[kept], columns[kept], met[kept])


def meets(network: Network, issue: Days, bucket: Days) -> Floats | float:
    """Return how many units of what is asked for a unit issued meets: 1 throughout in a case without substitutes."""
    if network.issues.pair is None:
        return 1.0
    pair = network.issues.pair[issue]
    return np.where(pair >= 0, network.substitutes.factor[pair, bucket], 1.0)


def lateness(network: Network, issue: Days, bucket: Days) -> tuple[Days, Days]:
    """Return the occurrence that each issue serves, and the days from the end of its due bucket to the issue's."""
    occurrence = network.issues.occurrence[issue]
    ends = network.horizon.ends
    return occurrence, np.maximum(ends[bucket] - ends[network.occurrences.due][occurrence], 0)


def add_shipments(builder: Builder, network: Network) -> None:
    """Add sent[need, bucket]: whether a need with a minimum shipment receives anything in a bucket."""
    issued, occurrences = builder.columns[Column.ISSUE], network.occurrences
    in_buckets = network.by_bucket(len(occurrences))
    occurrence = network.issues.occurrence[issued.index["issue"]]
    slots = np.flatnonzero(occurrences.least[occurrence] > 0)
    keys, row = np.unique(in_buckets.of(occurrence[slots], issued.index["bucket"][slots]), return_inverse=True)
    index = in_buckets.index(keys, "occurrence")
    met = np.broadcast_to(meets(network, issued.index["issue"][slots], issued.index["bucket"][slots]), len(slots))
    flow = Flow(row.reshape(-1), issued.start + slots, met)
    least, most = occurrences.least[index["occurrence"]], occurrences.quantity[index["occurrence"]]
    add_nothing_or_least(builder, Column.SENT, index, flow, least, most, (Rule.SHIPMENT, Rule.MINIMUM_SHIPMENT))


def add_use(builder: Builder, network: Network) -> None:
    """Bound, over the whole plan, what each party is given, and what it buys, of each item that it can only need."""
    most = np.where(bounded(network), _asked(network) + _level(network), np.inf)
    bought = _carried(builder, network, network.handover.is_purchase(*_parties(network)))
    _bound(builder, network, Rule.USE, _given(builder, network), most)
    _bound(builder, network, Rule.ENOUGH, bought, most + _ordered(network))


Received = tuple[Days, Days]
"""Columns that bring goods: whose goods they become (party and item), and which columns."""


def _bound(builder: Builder, network: Network, rule: Rule, received: Received, most: Floats) -> None:
    """Add a row for each party and item with a most: what it receives over the whole plan is no more."""
    whose, column = received
    kept = np.flatnonzero(np.isfinite(most[whose]))
    found, row = np.unique(whose[kept], return_inverse=True)
    rows = builder.add_rule(rule, network.owned.index(found, "party", "item"), len(found), -np.inf, most[found])
    builder.add(rows.start + row.reshape(-1), column[kept], 1.0)


def bounded(network: Network) -> Bools:
    """Tell which party may be given no more of which item than its needs and its level (party and item).

    All but what it may give on, what processes at its places or kits take, what may stand in for something else, and
    what does not keep: it may need that again.
    """
    recipe = network.recipe
    owned = network.owned.of(network.places.party[recipe.place[recipe.component_process]], recipe.component_item)
    free = np.ones(network.owned.size, dtype=bool)
    free[owned[recipe.component_quantity > 0]] = False
    free[_gives_on(network)] = False
    return free & ~np.tile(_other_uses(network), len(network.names.parties))


def _other_uses(network: Network) -> Bools:
    """Tell which items do not keep (a shelf life, a lot with a last day), go into kits or stand in for others."""
    items = network.items
    found: Bools = items.has_dates | items.is_part | items.is_substitute | np.isfinite(items.life)
    return found


def _gives_on(network: Network) -> Days:
    """Return whose items legs may take to places of others: free, as an ask, or pledged (party and item)."""
    legs, pledges, items = network.legs, network.pledges, len(network.names.items)
    giver, receiver = network.places.party[legs.origin], network.places.party[legs.destination]
    leg, item = (side.reshape(-1) for side in np.meshgrid(np.flatnonzero(giver != receiver), np.arange(items)))
    carries = (legs.item[leg] < 0) | (legs.item[leg] == item)
    giver, receiver, item = giver[leg[carries]], receiver[leg[carries]], item[carries]
    owned, pledged = network.owned.of(giver, item), network.owned.of(pledges.giver, pledges.item)
    offers = Pairs(network.owned.size, len(network.names.parties))
    anyone = pledges.receiver == ANYONE
    covered = np.isin(owned, pledged[anyone])
    covered |= np.isin(offers.of(owned, receiver), offers.of(pledged, pledges.receiver)[~anyone])
    found: Days = owned[covered | network.handover.open | ~network.handover.needs_cover(giver, receiver)]
    return found


def _given(builder: Builder, network: Network) -> Received:
    """Return the columns that give: pledges and asks, or ships where gifts are free."""
    gifts, industry = network.gifts, network.handover.industry
    parts: list[Received] = []
    for name in (Column.HANDOVER, Column.ASK):
        family = builder.columns[name]
        gift = family.index["gift"]
        parts.append((network.owned.of(gifts.receiver[gift], gifts.item[gift]), family.numbers))
    giver, receiver = _parties(network)
    free = (giver != receiver) & ~industry[giver] & ~industry[receiver] & ~network.moves.gift
    parts.append(_carried(builder, network, free))
    return np.concatenate([whose for whose, _ in parts]), np.concatenate([column for _, column in parts])


def _parties(network: Network) -> tuple[Days, Days]:
    """Return from whom and to whom each move goes."""
    party, moves = network.places.party[network.spots.place], network.moves
    return party[moves.origin], party[moves.destination]


def _carried(builder: Builder, network: Network, chosen: Bools) -> Received:
    """Return the ships of the chosen moves."""
    moves = np.flatnonzero(chosen)
    owned = network.owned_at[network.moves.destination[moves]]
    each, slots = network.moves.span.slots_of(moves)
    return owned[each], builder.columns[Column.SHIP].start + slots


def _ordered(network: Network) -> Floats:
    """Return what contracts may bring beyond need (party and item): what is firm and due, and one least order."""
    contracts = network.contracts
    more = np.where(contracts.is_due, contracts.firm, 0.0) + contracts.least
    bought = network.owned.of(contracts.buyer, contracts.item)
    return np.bincount(bought, more, network.owned.size).astype(np.float64)


def _asked(network: Network) -> Floats:
    """Return what needs at the places of each party ask for within the plan (party and item)."""
    occurrences = network.occurrences
    owned = network.owned.of(network.places.party[occurrences.place], occurrences.item)
    return np.bincount(owned, occurrences.quantity, network.owned.size).astype(np.float64)


def _level(network: Network) -> Floats:
    """Return the largest floor or objective of each party and item: its own, or that of its places together."""
    levels = network.levels
    level = np.fmax(np.nan_to_num(levels.floor), np.nan_to_num(levels.objective))
    owned, row = np.unique(network.owned.of(levels.party, levels.item), return_inverse=True)
    sums = np.zeros((2, len(owned), len(network.horizon)))
    np.add.at(sums, ((levels.place >= 0).astype(np.int64), row.reshape(-1)), level)
    found = np.zeros(network.owned.size)
    found[owned] = sums.max(axis=(0, 2), initial=0.0)
    return found
