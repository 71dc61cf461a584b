"""What a gift or purchase may be covered by: pledges, contracts, and gifts that may be asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Horizon
from scorta.network.contracts import ANYWHERE, Contracts
from scorta.network.index import Groups
from scorta.network.pledges import UNRESERVED, Handover, Pledges
from scorta.network.windows import WHOLE, Parts


@dataclass(frozen=True, slots=True)
class KeyOf:
    """Number the triple (giver, receiver, item)."""

    parties: int
    items: int

    def __call__(self, giver: Days, receiver: Days, item: Days) -> Days:
        """Return the number of each triple."""
        return (giver * self.parties + receiver) * self.items + item


@dataclass(frozen=True, slots=True)
class Asks:
    """The triples (giver, receiver, item) that may be asked for an unpledged gift."""

    keys: Days


@dataclass(frozen=True, slots=True)
class Covers:
    """What each gift or purchase may be covered by: sorted keys (giver, receiver, item), and for each key its rows.

    A row has the reservation it makes, its buckets, its window within its one bucket (`WHOLE`: whole buckets), where it
    delivers, and the last bucket in which a firm quantity is still to be handed over (-1: none is due).
    """

    keys: Days
    groups: Groups
    reservation: Days
    first: Days
    last: Days
    window: Days
    place: Days
    due: Days

    @classmethod
    def build(
        cls, pledges: Pledges, contracts: Contracts, parts: tuple[Parts, Parts], handover: Handover, key_of: KeyOf,
        receivers: Groups, horizon: Horizon, asks: Asks,
    ) -> Covers:  # fmt: skip
        """Give every part of a pledge a row for each receiver, every part of a contract and every askable pair one."""
        granted, dealt = parts
        dealt = dealt.kept(handover.needs_contract(contracts.supplier, contracts.buyer)[dealt.owner])
        position, receiver = receivers.expand(pledges.giver[granted.owner])
        pledge = granted.owner[position]
        fits = (pledges.receiver[pledge] < 0) | (pledges.receiver[pledge] == receiver)
        position, pledge, receiver = position[fits], pledge[fits], receiver[fits]
        pledged, extra, sold = len(position), len(asks.keys), dealt.owner
        key = [key_of(pledges.giver[pledge], receiver, pledges.item[pledge]), asks.keys]
        reservation = [pledges.reservation[pledge], np.full(extra + len(sold), UNRESERVED)]
        first = [granted.first[position], np.zeros(extra, dtype=np.int64), dealt.first]
        last = [granted.last[position], np.full(extra, len(horizon) - 1), dealt.last]
        window = [granted.window[position], np.full(extra, WHOLE), dealt.window]
        place = [np.full(pledged + extra, ANYWHERE), contracts.place[sold]]
        due = [np.full(pledged + extra, -1), np.where(contracts.is_due, horizon.bucket_of(contracts.closes), -1)[sold]]
        key.append(key_of(contracts.supplier[sold], contracts.buyer[sold], contracts.item[sold]))
        keys, group = np.unique(np.concatenate(key), return_inverse=True)
        rows = (np.concatenate(side) for side in (reservation, first, last, window, place, due))
        return cls(keys, Groups.build(group.reshape(-1), len(keys)), *rows)

    def of(self, keys: Days) -> tuple[Days, Days]:
        """Return every (position in `keys`, row that covers it) pair."""
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        slot = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = np.flatnonzero(self.keys[slot] == keys)
        position, row = self.groups.expand(slot[known])
        return known[position], row
