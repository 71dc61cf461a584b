"""Which goods can be where, and when: forward from supply, backward from what is asked for.

Only what supply can reach in time and somebody can use in time is unrolled; everything else has no column.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import BEYOND, Days, Floats, Horizon
from scorta.network.deals import ANYWHERE, Deals
from scorta.network.grants import NO_CLAIM, Grants, Handover
from scorta.network.index import Bools, Groups, ranges
from scorta.network.windows import WHOLE, Parts, Windows

NEVER = np.int64(2 * BEYOND)
"""The day on which nothing comes in."""


@dataclass(frozen=True, slots=True)
class Codes:
    """A spot as one number: place, item and lot; a lot as one number: last day of use and claim.

    `expires` holds the distinct last days of use, the first of them `BEYOND` (goods that carry no date).
    """

    items: int
    claims: int
    expires: Days

    @property
    def lots(self) -> int:
        """How many lots there are."""
        return len(self.expires) * self.claims

    def spot(self, place: Days, item: Days, lot: Days) -> Days:
        """Return the number of each spot."""
        return (place * self.items + item) * self.lots + lot

    def place(self, spot: Days) -> Days:
        """Return the place of each spot."""
        return spot // max(self.items * self.lots, 1)

    def item(self, spot: Days) -> Days:
        """Return the item of each spot."""
        return spot // self.lots % max(self.items, 1)

    def lot(self, spot: Days) -> Days:
        """Return the lot of each spot."""
        return spot % self.lots

    def claim(self, lot: Days) -> Days:
        """Return what each lot is reserved for."""
        return lot % self.claims

    def last_day(self, lot: Days) -> Days:
        """Return the last day on which each lot can be used."""
        return self.expires[lot // self.claims]


@dataclass(frozen=True, slots=True)
class Legs:
    """The legs as columns: from where to where, for which item (-1: any), how long, and when open."""

    origin: Days
    destination: Days
    item: Days
    transit: Floats
    open_from: Days
    open_until: Days


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes as columns; `needs` and `gives` list (process, spot) pairs: what must lie there, what comes out.

    Only components that are always in force are listed in `needs`: without them nothing starts.
    """

    from_day: Days
    until_day: Days
    lead: Floats
    needs_process: Days
    needs_spot: Days
    gives_process: Days
    gives_spot: Days


@dataclass(frozen=True, slots=True)
class Covers:
    """What each gift or purchase may be covered by: sorted keys (giver, receiver, item), and for each key its rows.

    A row has the claim it makes, its buckets, its window within its one bucket (`WHOLE`: whole buckets), where it
    delivers, and the last bucket in which a firm quantity is still to be handed over (-1: none is due).
    """

    keys: Days
    groups: Groups
    claim: Days
    first: Days
    last: Days
    window: Days
    place: Days
    due: Days

    @classmethod
    def build(
        cls, grants: Grants, deals: Deals, parts: tuple[Parts, Parts], handover: Handover, key_of: KeyOf,
        receivers: Groups, horizon: Horizon, asks: Asks,
    ) -> Covers:  # fmt: skip
        """Give every part of a pledge a row for each receiver, every part of a contract and every askable pair one."""
        granted, dealt = parts
        dealt = dealt.kept(handover.needs_contract(deals.supplier, deals.buyer)[dealt.owner])
        position, receiver = receivers.expand(grants.giver[granted.owner])
        pledge = granted.owner[position]
        fits = (grants.receiver[pledge] < 0) | (grants.receiver[pledge] == receiver)
        position, pledge, receiver = position[fits], pledge[fits], receiver[fits]
        pledged, extra, sold = len(position), len(asks.keys), dealt.owner
        key = [key_of(grants.giver[pledge], receiver, grants.item[pledge]), asks.keys]
        claim = [grants.claim[pledge], np.full(extra + len(sold), NO_CLAIM)]
        first = [granted.first[position], np.zeros(extra, dtype=np.int64), dealt.first]
        last = [granted.last[position], np.full(extra, len(horizon) - 1), dealt.last]
        window = [granted.window[position], np.full(extra, WHOLE), dealt.window]
        place = [np.full(pledged + extra, ANYWHERE), deals.place[sold]]
        due = [np.full(pledged + extra, -1), np.where(deals.is_due, horizon.bucket_of(deals.closes), -1)[sold]]
        key.append(key_of(deals.supplier[sold], deals.buyer[sold], deals.item[sold]))
        keys, group = np.unique(np.concatenate(key), return_inverse=True)
        rows = (np.concatenate(side) for side in (claim, first, last, window, place, due))
        return cls(keys, Groups.build(group.reshape(-1), len(keys)), *rows)

    def of(self, keys: Days) -> tuple[Days, Days]:
        """Return every (position in `keys`, row that covers it) pair."""
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        slot = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = np.flatnonzero(self.keys[slot] == keys)
        position, row = self.groups.expand(slot[known])
        return known[position], row


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
class Lanes:
    """The use of a leg by the goods of one spot: from that spot to another, from bucket `first` on, to `last`.

    Within a `window`, days on which the leg is open, there is only one bucket; `WHOLE`: on all its open days. `arrives`
    is the first day on which anything can arrive; `due` the last bucket in which a firm order wants it to leave,
    wherever it is of use (-1: none does).
    """

    leg: Days
    origin: Days
    destination: Days
    first: Days
    last: Days
    window: Days
    arrives: Days
    due: Days

    def columns(self) -> tuple[Days, ...]:
        """Return all columns, in order."""
        return (
            self.leg, self.origin, self.destination, self.first, self.last, self.window, self.arrives, self.due
        )  # fmt: skip

    def kept(self, keep: Bools | Days) -> Lanes:
        """Return some of the lanes."""
        return Lanes(*(column[keep] for column in self.columns()))


@dataclass(frozen=True, slots=True)
class StandIns:
    """What may stand in for components where they are used.

    Goods (place x items + item) in order, the spot that each of them feeds, and the first day on which it may.
    """

    goods: Days
    spot: Days
    day: Days

    def fed(self, goods: Days, days: Days) -> tuple[Days, Days]:
        """Return every spot that these goods feed, and from which day on."""
        start = np.searchsorted(self.goods, goods)
        position, row = ranges(start, np.searchsorted(self.goods, goods, side="right") - start)
        return self.spot[row], np.maximum(days[position], self.day[row])


@dataclass(frozen=True, slots=True)
class Uses:
    """Which process may take goods of which known spot as a component, or in place of one, in which buckets."""

    process: Days
    spot: Days
    first: Days
    last: Days


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything needed to say where goods can go from a spot.

    `ordered` tells which items a firm order is due of: what is sold of them never goes back to industry, so that
    nothing is delivered twice. Goods with the claim `repairable` wait for repair: they may go there, and nobody buys
    them.
    """

    horizon: Horizon
    codes: Codes
    legs: Legs
    by_origin: Groups
    processes: Processes
    place_party: Days
    handover: Handover
    windows: Windows
    covers: Covers
    key_of: KeyOf
    component_spots: Days
    stand_ins: StandIns
    ordered: Bools
    repairable: int

    def undated(self, spots: Days, days: Days) -> tuple[Days, Days]:
        """Return the spots of undated components that other goods at their place can feed, and from which day on.

        Dated lots feed the undated goods of their item; substitutes feed what they may stand in for.
        """
        lot = self.codes.lot(spots)
        undated = spots - lot + self.codes.claim(lot)
        feeds = (lot >= self.codes.claims) & np.isin(undated, self.component_spots)
        if not len(self.stand_ins.goods):
            return undated[feeds], days[feeds]
        free = self.codes.claim(lot) == NO_CLAIM
        fed, fed_on = self.stand_ins.fed(spots[free] // self.codes.lots, days[free])
        return np.concatenate([undated[feeds], fed]), np.concatenate([days[feeds], fed_on])

    def lanes(self, spot: Days, day: Days) -> Lanes:
        """Return every lane out of the spots, each of which holds goods from `day` on."""
        own, gifts = self.ways_out(spot, day)
        return _join(own, _merge(gifts))

    def ways_out(self, spot: Days, day: Days) -> tuple[Lanes, Lanes]:
        """Return the lanes on which goods keep their owner, and one for each cover of those on which they do not."""
        position, leg = self.by_origin.expand(self.codes.place(spot))
        item = self.codes.item(spot)
        fits = (self.legs.item[leg] < 0) | (self.legs.item[leg] == item[position])
        broken = self.codes.claim(self.codes.lot(spot)) == self.repairable
        fits &= ~(self._goes_back(leg) & (self.ordered[item] & ~broken)[position])
        position, leg = position[fits], leg[fits]
        giver = self.place_party[self.legs.origin[leg]]
        receiver = self.place_party[self.legs.destination[leg]]
        gift = self.handover.needs_cover(giver, receiver) | self.handover.needs_contract(giver, receiver)
        free = np.flatnonzero(~gift)
        end = len(self.horizon) - 1
        lot = self.codes.lot(spot)
        none = np.full(len(free), -1)
        own = self._lane(spot, day, position[free], leg[free], lot[position[free]], 0, end, none, none)
        key = self.key_of(giver[gift], receiver[gift], item[position[gift]])
        which, row = self.covers.of(key)
        given = np.flatnonzero(gift)[which]
        position, leg, claim = position[given], leg[given], self.covers.claim[row]
        held = self.codes.claim(lot[position])
        fits = (claim == NO_CLAIM) | (held == NO_CLAIM) | (held == claim)
        fits &= (self.covers.place[row] < 0) | (self.covers.place[row] == self.legs.destination[leg])
        fits &= ~(self.handover.needs_contract(giver[given], receiver[given]) & broken[position])
        to_lot = lot[position] + np.where(held == NO_CLAIM, claim, 0)
        position, leg, to_lot, row = position[fits], leg[fits], to_lot[fits], row[fits]
        due = _largest(position * len(self.legs.origin) + leg, self.covers.due[row])
        first, last, window = self.covers.first[row], self.covers.last[row], self.covers.window[row]
        return own, self._lane(spot, day, position, leg, to_lot, first, last, window, due)

    def _goes_back(self, leg: Days) -> Bools:
        """Tell which legs lead from others to industry."""
        giver, receiver = self.place_party[self.legs.origin[leg]], self.place_party[self.legs.destination[leg]]
        return self.handover.is_purchase(receiver, giver)

    def _lane(
        self, spot: Days, day: Days, position: Days, leg: Days, to_lot: Days, first: Days | int, last: Days | int,
        window: Days, due: Days,
    ) -> Lanes:  # fmt: skip
        """Make the lanes that can run at all: within the horizon, the open dates, the window and the life of the lot.

        What a firm order wants may arrive after the horizon: it changes owner when it leaves.
        """
        horizon, legs = self.horizon, self.legs
        opens = self.opens(leg, window)
        begin = np.maximum(horizon.bucket_of(np.maximum(day[position], legs.open_from[leg])), first)
        end = np.minimum(horizon.bucket_of(legs.open_until[leg]), np.minimum(last, len(horizon) - 1))
        end = np.where(legs.open_until[leg] < 0, -1, end)
        leaves = np.maximum(horizon.starts[np.minimum(begin, len(horizon) - 1)], opens)
        arrives = np.floor(leaves + legs.transit[leg]).astype(np.int64)
        ends = np.minimum(self.codes.last_day(to_lot), horizon.last_day)
        destination = self.codes.spot(legs.destination[leg], self.codes.item(spot[position]), to_lot)
        closes = self.closes(leg, window)
        within = np.where(window == WHOLE, WHOLE, self.windows.of(opens, closes))
        lanes = Lanes(leg, spot[position], destination, begin, end, within, arrives, due)
        moves = (legs.origin[leg] != legs.destination[leg]) & (opens <= closes)
        wanted = (due >= begin) & (self.codes.last_day(to_lot) >= BEYOND)
        return lanes.kept(moves & (begin <= end) & ((arrives <= ends) | wanted))

    def opens(self, leg: Days, window: Days) -> Days:
        """Return the first day on which goods may leave over a leg, within a window."""
        return np.maximum(self.legs.open_from[leg], self.windows.opens(window))

    def closes(self, leg: Days, window: Days) -> Days:
        """Return the last day on which goods may leave over a leg, within a window."""
        return np.minimum(self.legs.open_until[leg], self.windows.closes(window))

    def makings(self, known: Known) -> tuple[Days, Days]:
        """Return for each process the first bucket in which it can start, and the first day anything comes out."""
        start = np.maximum(self.processes.from_day, 0)
        ready = known.day(self.processes.needs_spot)
        np.maximum.at(start, self.processes.needs_process, ready)
        begin = self.horizon.bucket_of(start)
        inside = np.minimum(begin, len(self.horizon) - 1)
        starts = np.maximum(self.horizon.starts[inside], self.processes.from_day)
        arrives = np.floor(starts + self.processes.lead).astype(np.int64)
        can = (begin < len(self.horizon)) & (starts <= self.processes.until_day)
        return np.where(can, begin, len(self.horizon)), np.where(can, arrives, NEVER)


@dataclass(frozen=True, slots=True)
class Known:
    """The spots that goods can reach, sorted, and the first day on which they can."""

    spots: Days
    days: Days

    def find(self, spots: Days) -> tuple[Days, Bools]:
        """Return the number of each spot among the known, and whether it is known at all."""
        if not len(self.spots):
            return np.zeros(len(spots), dtype=np.int64), np.zeros(len(spots), dtype=bool)
        slot = np.minimum(np.searchsorted(self.spots, spots), len(self.spots) - 1)
        return slot, self.spots[slot] == spots

    def day(self, spots: Days) -> Days:
        """Return the first day on which each spot holds anything, `NEVER` where none does."""
        slot, known = self.find(spots)
        days = np.full(len(spots), NEVER)
        days[known] = self.days[slot[known]]
        return days

    def earlier(self, spots: Days, days: Days) -> tuple[Known, Days]:
        """Learn of goods: return what is known then, and the spots that are new or hold goods earlier."""
        order = np.lexsort((days, spots))
        spots, days = spots[order], days[order]
        first = np.concatenate([[True], spots[1:] != spots[:-1]]) if len(spots) else np.zeros(0, dtype=bool)
        spots, days = spots[first], days[first]
        better = days < self.day(spots)
        spots, days = spots[better], days[better]
        old = ~np.isin(self.spots, spots)
        merged = np.concatenate([self.spots[old], spots])
        order = np.argsort(merged)
        return Known(merged[order], np.concatenate([self.days[old], days])[order]), spots


def forward(reach: Reach, spots: Days, days: Days) -> Known:
    """Follow supply over legs and through processes until nothing new is reached."""
    none = np.zeros(0, dtype=np.int64)
    known, fresh = Known(none, none).earlier(spots, days)
    processes = reach.processes
    while True:
        lanes = _join(*reach.ways_out(fresh, known.day(fresh)))
        _, made = reach.makings(known)
        comes = made[processes.gives_process] <= reach.horizon.last_day
        fed, fed_on = reach.undated(fresh, known.day(fresh))
        spots = np.concatenate([lanes.destination, processes.gives_spot[comes], fed])
        days = np.concatenate([lanes.arrives, made[processes.gives_process][comes], fed_on])
        known, fresh = known.earlier(spots, days)
        if not len(fresh):
            return known


def _largest(groups: Days, values: Days) -> Days:
    """Return for each value the largest of its group; most cases have no firm orders, and then all values are -1."""
    if not (values >= 0).any():
        return values
    _, group = np.unique(groups, return_inverse=True)
    largest = np.full(len(groups), -1)
    np.maximum.at(largest, group.reshape(-1), values)
    return largest[group.reshape(-1)]


def _merge(lanes: Lanes) -> Lanes:
    """Join lanes of one leg between the same spots, in whole buckets or one window: all buckets, the first arrival."""
    if not len(lanes.leg):
        return lanes
    lanes = lanes.kept(np.lexsort((lanes.window, lanes.destination, lanes.origin, lanes.leg)))
    sides = (lanes.leg, lanes.origin, lanes.destination, lanes.window)
    changes = np.any([np.diff(side) != 0 for side in sides], axis=0)
    heads = np.concatenate([[0], np.flatnonzero(changes) + 1])
    joined = lanes.kept(heads)
    return Lanes(
        joined.leg,
        joined.origin,
        joined.destination,
        np.minimum.reduceat(lanes.first, heads),
        np.maximum.reduceat(lanes.last, heads),
        joined.window,
        np.minimum.reduceat(lanes.arrives, heads),
        np.maximum.reduceat(lanes.due, heads),
    )


def _join(one: Lanes, other: Lanes) -> Lanes:
    """Return all lanes of both."""
    return Lanes(*(np.concatenate(pair) for pair in zip(one.columns(), other.columns(), strict=True)))


def backward(
    reach: Reach, known: Known, lanes: Lanes, first: Days, use: Days, made: Days, uses: Uses
) -> tuple[Days, Days, Lanes]:
    """Follow use back: the last bucket in which goods of each known spot are of use to anybody (-1: never).

    `first` is the bucket in which each spot can first hold anything: use before it is none. `use` is the last bucket
    of use from needs and objectives alone; `made` the first bucket of each process; `uses` what processes may take.
    Returns the last useful bucket of each spot, the last useful start of each process,
    and the lanes that are of use, numbered by known spots.
    """
    horizon, processes = reach.horizon, reach.processes
    origin, _ = known.find(lanes.origin)
    destination, _ = known.find(lanes.destination)
    gives, given = known.find(processes.gives_spot)
    gives, gives_process = gives[given], processes.gives_process[given]
    last, wanted = np.where(use >= first, use, -1), _wanted(reach, lanes)
    opens, transit = reach.opens(lanes.leg, lanes.window), reach.legs.transit[lanes.leg]
    life = reach.codes.last_day(reach.codes.lot(lanes.destination))
    while True:
        before = last.copy()
        leaves = np.maximum(_last_start(horizon, last[destination], transit, opens, lanes.last, life), wanted)
        np.maximum.at(last, origin, np.where(leaves >= lanes.first, leaves, -1))
        window = horizon.bucket_of(np.minimum(processes.until_day, horizon.last_day))
        starts = np.full(len(made), -1)
        useful = _last_start(
            horizon, last[gives], processes.lead[gives_process], processes.from_day[gives_process],
            window[gives_process],
        )  # fmt: skip
        np.maximum.at(starts, gives_process, useful)
        starts = np.where(starts >= made, starts, -1)
        taken = np.minimum(starts[uses.process], uses.last)
        np.maximum.at(last, uses.spot, np.where(taken >= np.maximum(uses.first, made[uses.process]), taken, -1))
        last = np.where(last >= first, last, -1)
        if (last == before).all():
            break
    leaves = np.maximum(_last_start(horizon, last[destination], transit, opens, lanes.last, life), wanted)
    found = Lanes(lanes.leg, origin, destination, lanes.first, leaves, lanes.window, lanes.arrives, lanes.due)
    return last, starts, found.kept(leaves >= lanes.first)


def _wanted(reach: Reach, lanes: Lanes) -> Days:
    """Return the last bucket in which a firm order wants goods to leave; a dated lot must arrive within its life."""
    horizon, due = reach.horizon, np.minimum(lanes.due, lanes.last)
    last_day = reach.codes.last_day(reach.codes.lot(lanes.destination))
    gone = horizon.bucket_of(np.minimum(last_day, horizon.last_day))
    opens = reach.opens(lanes.leg, lanes.window)
    alive = _last_start(horizon, gone, reach.legs.transit[lanes.leg], opens, due, last_day)
    return np.where(last_day >= BEYOND, due, alive)


def _last_start(horizon: Horizon, last: Days, lag: Floats, opens: Days, limit: Days, life: Days | int = BEYOND) -> Days:
    """Return the last bucket from whose first days something arrives by the end of bucket `last`, at most `limit`.

    Nothing leaves before the day `opens`, and nothing is of use after the last day of its life.
    """
    day = np.minimum(horizon.ends[np.maximum(last, 0)], life) - np.floor(lag).astype(np.int64)
    inside = (last >= 0) & (day >= np.maximum(opens, 0))
    return np.where(inside, np.minimum(horizon.bucket_of(np.maximum(day, 0)), limit), -1)
