"""What covers what changes owner, on which days: pledges, contracts and asks, each paired once with moves it covers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import BEYOND, Days, Horizon
from scorta.network.contracts import ANYWHERE, Contracts
from scorta.network.facts import Facts
from scorta.network.index import Bools, Groups, Pairs, Span
from scorta.network.legs import Moves
from scorta.network.names import UNRESERVED
from scorta.network.pledges import ANYONE, Pledges
from scorta.network.stocks import Spots

WHOLE = -1
"""The window of what may leave on any day of its bucket."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Parts of buckets as one number each: their first and last of the days of the plan."""

    days: int

    @property
    def pairs(self) -> Pairs:
        """Number the windows: first and last day."""
        return Pairs(self.days, self.days)

    def of(self, first: Days, last: Days) -> Days:
        """Return the window of each first and last day."""
        return self.pairs.of(first, last)

    def opens(self, window: Days) -> Days:
        """Return the first day of each window, one before all others for `WHOLE`."""
        return np.where(window == WHOLE, -BEYOND, self.pairs.split(window)[0])

    def closes(self, window: Days) -> Days:
        """Return the last day of each window, one after all others for `WHOLE`."""
        return np.where(window == WHOLE, BEYOND, self.pairs.split(window)[1])


@dataclass(frozen=True, slots=True)
class Parts:
    """When agreements are in force: a row for the whole buckets `first` to `last`, and one for each window in a bucket.

    `owner` is the number of the agreement; one that only touches its first and its last bucket has three rows.
    """

    owner: Days
    first: Days
    last: Days
    window: Days

    def kept(self, keep: Bools | Days) -> Parts:
        """Return some of the rows."""
        return Parts(self.owner[keep], self.first[keep], self.last[keep], self.window[keep])


def parts_of(horizon: Horizon, windows: Windows, opens: Days, closes: Days) -> Parts:
    """Cut the days of each agreement into the whole buckets it holds and the windows in its first and last bucket."""
    opens, closes = np.maximum(opens, 0), np.minimum(closes, horizon.last_day)
    inside = np.flatnonzero(opens <= closes)
    opens, closes = opens[inside], closes[inside]
    head, tail = horizon.bucket_of(opens), horizon.bucket_of(closes)
    first, last = whole_buckets(horizon, opens, closes)
    whole = np.flatnonzero(first <= last)
    at_head = np.flatnonzero((first > head) | ((last < tail) & (head == tail)))
    at_tail = np.flatnonzero((last < tail) & (head < tail))
    bucket = np.concatenate([head[at_head], tail[at_tail]])
    begin = np.concatenate([opens[at_head], horizon.starts[tail[at_tail]]])
    end = np.concatenate([np.minimum(closes, horizon.ends[head])[at_head], closes[at_tail]])
    return Parts(
        inside[np.concatenate([whole, at_head, at_tail])],
        np.concatenate([first[whole], bucket]),
        np.concatenate([last[whole], bucket]),
        np.concatenate([np.full(len(whole), WHOLE), windows.of(begin, end)]),
    )


def whole_buckets(horizon: Horizon, opens: Days, closes: Days) -> tuple[Days, Days]:
    """Return the first and the last bucket that lies wholly within each stretch of days: none where last < first."""
    head, tail = horizon.bucket_of(np.maximum(opens, 0)), horizon.bucket_of(np.minimum(closes, horizon.last_day))
    inside = np.minimum(head, len(horizon) - 1)
    return head + (opens > horizon.starts[inside]), tail - (closes < horizon.ends[tail])


@dataclass(frozen=True, slots=True)
class Agreements:
    """What each gift or purchase may be covered by: sorted keys (giver, receiver, item), and for each key its rows.

    A row is a part of a pledge or of a contract, or a gift that may be asked for. It has the reservation it makes, its
    buckets, its window within its one bucket (`WHOLE`: whole buckets), where it delivers, and the last bucket in which
    a firm quantity is still to be handed over (-1: none is due).
    """

    keys: Days
    groups: Groups
    reservation: Days
    first: Days
    last: Days
    window: Days
    place: Days
    due: Days

    def of(self, keys: Days) -> tuple[Days, Days]:
        """Return every (position in `keys`, row that covers it) pair."""
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        slot = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = np.flatnonzero(self.keys[slot] == keys)
        position, row = self.groups.expand(slot[known])
        return known[position], row


def agreement_keys(facts: Facts, giver: Days, receiver: Days, item: Days) -> Days:
    """Return the number of each giver, receiver and item."""
    parties = Pairs(len(facts.names.parties), len(facts.names.parties))
    return Pairs(parties.size, len(facts.names.items)).of(parties.of(giver, receiver), item)


def agreements_of(facts: Facts, windows: Windows) -> Agreements:
    """Give every part of a pledge a row for each receiver, every part of a contract one, and every gift to ask for."""
    pledges, contracts, horizon = facts.pledges, facts.contracts, facts.horizon
    crossing = _crossing(facts)
    row, pledge, receiver = _pledged(facts, parts_of(horizon, windows, pledges.opens, pledges.closes), crossing)
    asked = _asked(facts, crossing)
    sold = parts_of(horizon, windows, contracts.opens, contracts.closes)
    sold = sold.kept(facts.handover.needs_contract(contracts.supplier, contracts.buyer)[sold.owner])
    buys, gifts = sold.owner, len(pledge) + len(asked)
    due = np.where(contracts.is_due, horizon.bucket_of(contracts.closes), -1)
    key = np.concatenate([
        agreement_keys(facts, pledges.giver[pledge], receiver, pledges.item[pledge]),
        asked,
        agreement_keys(facts, contracts.supplier[buys], contracts.buyer[buys], contracts.item[buys]),
    ])  # fmt: skip
    keys, group = np.unique(key, return_inverse=True)
    return Agreements(
        keys=keys,
        groups=Groups.build(group.reshape(-1), len(keys)),
        reservation=np.concatenate([pledges.reservation[pledge], np.full(len(key) - len(pledge), UNRESERVED)]),
        first=np.concatenate([row.first, np.zeros(len(asked), dtype=np.int64), sold.first]),
        last=np.concatenate([row.last, np.full(len(asked), len(horizon) - 1), sold.last]),
        window=np.concatenate([row.window, np.full(len(asked), WHOLE), sold.window]),
        place=np.concatenate([np.full(gifts, ANYWHERE), contracts.place[buys]]),
        due=np.concatenate([np.full(gifts, -1), due[buys]]),
    )


def _crossing(facts: Facts) -> Days:
    """Return every giver and receiver between whom some leg leads, and whose gifts must be covered."""
    giver, receiver = facts.ends_of(np.arange(len(facts.legs)))
    crossing: Days = np.unique(np.stack([giver, receiver])[:, facts.handover.needs_cover(giver, receiver)], axis=1)
    return crossing


def _pledged(facts: Facts, parts: Parts, crossing: Days) -> tuple[Parts, Days, Days]:
    """Return every part of a pledge, once for each receiver whom the giver can reach, with pledge and receiver."""
    pledges, by_giver = facts.pledges, Groups.build(crossing[0], len(facts.names.parties))
    position, pair = by_giver.expand(pledges.giver[parts.owner])
    receiver = crossing[1][pair]
    named = pledges.receiver[parts.owner[position]]
    fits = np.flatnonzero((named == ANYONE) | (named == receiver))
    row = parts.kept(position[fits])
    return row, row.owner, receiver[fits]


def _asked(facts: Facts, crossing: Days) -> Days:
    """Return the keys of the gifts that may be asked for: of every item, where gifts are open."""
    asked = crossing if facts.handover.open else crossing[:, :0]
    every_item = np.arange(len(facts.names.items))
    return agreement_keys(facts, asked[0][:, None], asked[1][:, None], every_item[None, :]).reshape(-1)


@dataclass(frozen=True, slots=True)
class MoveGroups:
    """Groups of moves that no agreement can tell apart: the window of each, and its buckets from first to last.

    `of_move` gives each move its group, -1 where it is in none.
    """

    window: Days
    span: Span
    of_move: Days


@dataclass(frozen=True, slots=True)
class Coverings:
    """Which agreement may cover which group of moves, and in which buckets: one row for each such pair."""

    agreement: Days
    group: Days
    span: Span


@dataclass(frozen=True, slots=True)
class Gifts:
    """The kinds of gift: one row for each giver, receiver, item, reservation before and after the handover, and window.

    Each is a group of `moves`; `coverings` pair them with the pledges that may cover them.
    """

    giver: Days
    receiver: Days
    item: Days
    held: Days
    reservation: Days
    moves: MoveGroups
    coverings: Coverings


@dataclass(frozen=True, slots=True)
class Sales:
    """What industry may sell: one row for each leg, item, reservation of the goods, and window.

    Each is a group of `moves`; `coverings` pair them with the contracts that may cover them. The leg tells who sells,
    who buys and where it is delivered; `way` when it arrives.
    """

    leg: Days
    item: Days
    reservation: Days
    way: Days
    moves: MoveGroups
    coverings: Coverings


def gifts_of(facts: Facts, windows: Windows, spots: Spots, moves: Moves) -> Gifts:
    """Group the moves that are gifts by what a pledge can tell apart, and pair them with pledges."""
    chosen = np.flatnonzero(moves.gift)
    giver, receiver = facts.ends_of(moves.leg[chosen])
    origin, destination = moves.origin[chosen], moves.destination[chosen]
    columns = (
        giver,
        receiver,
        spots.item[origin],
        spots.reservation[origin],
        spots.reservation[destination],
        moves.window[chosen],
    )
    (giver, receiver, item, held, reservation, _), groups = _grouped(facts.horizon, moves, chosen, columns)
    pledges, owned = facts.pledges, facts.owned
    by_giver = Groups.build(owned.of(giver, item), owned.size)
    pledge, gift = by_giver.expand(owned.of(pledges.giver, pledges.item))
    named, reserves = pledges.receiver[pledge], pledges.reservation[pledge]
    unchanged = (reserves == UNRESERVED) & (held[gift] == reservation[gift])
    reserving = (reserves != UNRESERVED) & (reservation[gift] == reserves)
    fits = ((named == ANYONE) | (named == receiver[gift])) & (unchanged | reserving)
    return Gifts(
        giver=giver,
        receiver=receiver,
        item=item,
        held=held,
        reservation=reservation,
        moves=groups,
        coverings=_coverings(facts.horizon, windows, groups, pledges, pledge[fits], gift[fits]),
    )


def sales_of(facts: Facts, windows: Windows, spots: Spots, moves: Moves) -> Sales:
    """Group the moves that are sales by what a contract or its price can tell apart, and pair them with contracts."""
    chosen = np.flatnonzero(moves.sale)
    origin = moves.origin[chosen]
    columns = (
        moves.leg[chosen],
        spots.item[origin],
        spots.reservation[origin],
        moves.window[chosen],
        moves.way[chosen],
    )
    (leg, item, reservation, _, way), groups = _grouped(facts.horizon, moves, chosen, columns)
    contracts, owned = facts.contracts, facts.owned
    seller, buyer = facts.ends_of(leg)
    by_seller = Groups.build(owned.of(seller, item), owned.size)
    contract, sale = by_seller.expand(owned.of(contracts.supplier, contracts.item))
    place = facts.legs.destination[leg[sale]]
    fits = buyer[sale] == contracts.buyer[contract]
    fits &= (contracts.place[contract] < 0) | (contracts.place[contract] == place)
    return Sales(
        leg=leg,
        item=item,
        reservation=reservation,
        way=way,
        moves=groups,
        coverings=_coverings(facts.horizon, windows, groups, contracts, contract[fits], sale[fits]),
    )


def _grouped(horizon: Horizon, moves: Moves, chosen: Days, columns: tuple[Days, ...]) -> tuple[Days, MoveGroups]:
    """Group the chosen moves by these columns: return the columns of each group (column x group), and the groups.

    One of the columns is the window: groups within windows have one bucket.
    """
    sides = np.stack(columns)
    order = np.lexsort(sides[::-1])
    begins = np.append(True, (np.diff(sides[:, order]) != 0).any(axis=0))[: len(order)]
    kinds, number = sides[:, order[begins]], np.empty_like(order)
    number[order] = np.cumsum(begins) - 1
    first, last = np.full(kinds.shape[1], len(horizon)), np.full(kinds.shape[1], -1)
    np.minimum.at(first, number, moves.span.first[chosen])
    np.maximum.at(last, number, moves.span.last[chosen])
    of_move = np.full(len(moves.leg), -1, dtype=np.int32)
    of_move[chosen] = number
    return kinds, MoveGroups(moves.window[chosen[order[begins]]], Span.build(first, last), of_move)


def _coverings(
    horizon: Horizon,
    windows: Windows,
    groups: MoveGroups,
    agreements: Pledges | Contracts,
    agreement: Days,
    group: Days,
) -> Coverings:
    """Find the buckets in which each agreement covers a group: those wholly within its days, or a window that is."""
    opens, closes, window = agreements.opens[agreement], agreements.closes[agreement], groups.window[group]
    first, last = groups.span.first[group], groups.span.last[group]
    begin, end = whole_buckets(horizon, opens, closes)
    whole = window == WHOLE
    within = (windows.opens(window) >= opens) & (windows.closes(window) <= closes)
    until = np.where(whole, np.minimum(end, last), np.where(within, last, -1))
    return Coverings(agreement, group, Span.build(np.where(whole, np.maximum(begin, first), first), until))
