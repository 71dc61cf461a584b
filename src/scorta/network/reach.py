"""Where goods can go from a spot, over legs and through processes, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import BEYOND, Days, Horizon
from scorta.network.agreements import Covers, KeyOf
from scorta.network.index import Bools, Groups
from scorta.network.lanes import Lanes, Legs, join, merge
from scorta.network.pledges import UNRESERVED, Handover
from scorta.network.processes import Processes, StandIns
from scorta.network.spots import NEVER, Codes, Known
from scorta.network.windows import WHOLE, Windows


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything needed to say where goods can go from a spot.

    `ordered` tells which items a firm order is due of: what is sold of them never goes back to industry, so that
    nothing is delivered twice. Goods with the reservation `repairable` wait for repair: they may go there, and
    nobody buys them.
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
        undated = spots - lot + self.codes.reservation(lot)
        feeds = (lot >= self.codes.reservations) & np.isin(undated, self.component_spots)
        if not len(self.stand_ins.goods):
            return undated[feeds], days[feeds]
        free = self.codes.reservation(lot) == UNRESERVED
        fed, fed_on = self.stand_ins.fed(spots[free] // self.codes.lots, days[free])
        return np.concatenate([undated[feeds], fed]), np.concatenate([days[feeds], fed_on])

    def lanes(self, spot: Days, day: Days) -> Lanes:
        """Return every lane out of the spots, each of which holds goods from `day` on."""
        own, gifts = self.ways_out(spot, day)
        return join(own, merge(gifts))

    def ways_out(self, spot: Days, day: Days) -> tuple[Lanes, Lanes]:
        """Return the lanes on which goods keep their owner, and one for each cover of those on which they do not."""
        position, leg = self.by_origin.expand(self.codes.place(spot))
        item = self.codes.item(spot)
        fits = (self.legs.item[leg] < 0) | (self.legs.item[leg] == item[position])
        broken = self.codes.reservation(self.codes.lot(spot)) == self.repairable
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
        position, leg, reservation = position[given], leg[given], self.covers.reservation[row]
        held = self.codes.reservation(lot[position])
        fits = (reservation == UNRESERVED) | (held == UNRESERVED) | (held == reservation)
        fits &= (self.covers.place[row] < 0) | (self.covers.place[row] == self.legs.destination[leg])
        fits &= ~(self.handover.needs_contract(giver[given], receiver[given]) & broken[position])
        to_lot = lot[position] + np.where(held == UNRESERVED, reservation, 0)
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


def _largest(groups: Days, values: Days) -> Days:
    """Return for each value the largest of its group; most cases have no firm orders, and then all values are -1."""
    if not (values >= 0).any():
        return values
    _, group = np.unique(groups, return_inverse=True)
    largest = np.full(len(groups), -1)
    np.maximum.at(largest, group.reshape(-1), values)
    return largest[group.reshape(-1)]
