"""Where goods can go from a spot and when; the walk forward from supply, and the walk back from what is asked for.

Only what supply can reach in time and somebody can use in time is unrolled; everything else has no column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scorta.case import BEYOND, Days, Floats, Horizon
from scorta.network.agreements import WHOLE, Agreements, Windows, agreement_keys, agreements_of
from scorta.network.facts import Facts
from scorta.network.index import Bools, Groups, Pairs
from scorta.network.legs import Lanes, join, merge
from scorta.network.names import NO_REPAIRABLE, UNRESERVED
from scorta.network.production import Feeds, Processes, Uses
from scorta.network.stocks import NEVER, Known


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything needed to say where goods can go from a spot.

    `taken_from` is the spot of undated goods that each component is taken from. `ordered` tells of which items a firm
    order is due: what is sold of them never goes back to industry, so that nothing is delivered twice.
    """

    facts: Facts
    windows: Windows
    agreements: Agreements
    by_origin: Groups
    processes: Processes
    taken_from: Days
    feeds: Feeds
    ordered: Bools

    def undated(self, spots: Days, days: Days) -> tuple[Days, Days]:
        """Return the spots of undated components that other goods at their place can feed, and from which day on.

        Dated lots feed the undated goods of their item; substitutes feed what they may stand in for.
        """
        numbers = self.facts.numbers
        goods, lot = numbers.spots.split(spots)
        reservation = numbers.reservation(lot)
        undated = numbers.spots.of(goods, reservation)
        feeds = (numbers.last_day(lot) < BEYOND) & np.isin(undated, self.taken_from)
        if not len(self.feeds.goods):
            return undated[feeds], days[feeds]
        free = reservation == UNRESERVED
        fed, fed_on = self.feeds.fed(goods[free], days[free])
        return np.concatenate([undated[feeds], fed]), np.concatenate([days[feeds], fed_on])

    def lanes(self, spot: Days, day: Days) -> Lanes:
        """Return every lane out of the spots, each of which holds goods from `day` on."""
        own, gifts = self.ways_out(spot, day)
        return join(own, merge(gifts))

    def ways_out(self, spot: Days, day: Days) -> tuple[Lanes, Lanes]:
        """Return the lanes on which goods keep their owner, and one for each cover of those on which they do not.

        Goods that wait for repair may go back to industry, and nobody buys them.
        """
        facts, legs = self.facts, self.facts.legs
        position, leg = self.by_origin.expand(facts.numbers.place(spot))
        item = facts.numbers.item(spot)
        fits = (legs.item[leg] < 0) | (legs.item[leg] == item[position])
        broken = facts.numbers.reservation(facts.numbers.lot(spot)) == facts.names.repairable
        giver, receiver = facts.ends_of(leg)
        fits &= ~(facts.handover.is_purchase(receiver, giver) & (self.ordered[item] & ~broken)[position])
        position, leg, giver, receiver = position[fits], leg[fits], giver[fits], receiver[fits]
        covered = facts.handover.needs_cover(giver, receiver) | facts.handover.needs_contract(giver, receiver)
        free = np.flatnonzero(~covered)
        own = self._free(spot[position[free]], day[position[free]], leg[free])
        key = agreement_keys(facts, giver[covered], receiver[covered], item[position[covered]])
        which, row = self.agreements.of(key)
        given = np.flatnonzero(covered)[which]
        sold = facts.handover.needs_contract(giver[given], receiver[given])
        bought = np.flatnonzero(~(sold & broken[position[given]]))
        given, row = given[bought], row[bought]
        return own, self._covered(spot[position[given]], day[position[given]], leg[given], row)

    def _free(self, spot: Days, day: Days, leg: Days) -> Lanes:
        """Return the lanes on which goods of the spots keep their owner, or need no cover."""
        none = np.full(len(leg), -1)
        end = np.full(len(leg), len(self.facts.horizon) - 1)
        lanes = Lanes(
            leg=leg,
            origin=spot,
            destination=self._destination(leg, spot, self.facts.numbers.lot(spot)),
            first=np.zeros_like(leg),
            last=end,
            window=none,
            arrives=day,
            due=none,
        )
        return self._running(lanes)

    def _covered(self, spot: Days, day: Days, leg: Days, row: Days) -> Lanes:
        """Return the lanes on which goods of the spots leave under rows of the agreements, as far as these allow."""
        numbers, agreements, legs = self.facts.numbers, self.agreements, self.facts.legs
        day_of_use, held = numbers.lots.split(numbers.lot(spot))
        reservation = agreements.reservation[row]
        fits = (reservation == UNRESERVED) | (held == UNRESERVED) | (held == reservation)
        fits &= (agreements.place[row] < 0) | (agreements.place[row] == legs.destination[leg])
        lot = numbers.lots.of(day_of_use, np.where(held == UNRESERVED, reservation, held))
        spot, day, leg, row, lot = (side[fits] for side in (spot, day, leg, row, lot))
        lanes = Lanes(
            leg=leg,
            origin=spot,
            destination=self._destination(leg, spot, lot),
            first=agreements.first[row],
            last=agreements.last[row],
            window=agreements.window[row],
            arrives=day,
            due=_largest(Pairs(numbers.spots.size, len(legs)).of(spot, leg), agreements.due[row]),
        )
        return self._running(lanes)

    def _destination(self, leg: Days, spot: Days, lot: Days) -> Days:
        """Return the spot that goods of each spot reach over a leg as a lot."""
        numbers = self.facts.numbers
        return numbers.spot(self.facts.legs.destination[leg], numbers.item(spot), lot)

    def _running(self, lanes: Lanes) -> Lanes:
        """Keep the lanes that can run at all: within the horizon, the open dates, the window and the life of the lot.

        Until now `arrives` is the day from which on goods lie where the lane begins. What a firm order wants may
        arrive after the horizon: it changes owner when it leaves.
        """
        horizon, legs, leg = self.facts.horizon, self.facts.legs, lanes.leg
        opens, closes = self.opens(leg, lanes.window), self.closes(leg, lanes.window)
        begin = np.maximum(horizon.bucket_of(np.maximum(lanes.arrives, legs.open_from[leg])), lanes.first)
        end = np.minimum(horizon.bucket_of(legs.open_until[leg]), np.minimum(lanes.last, len(horizon) - 1))
        end = np.where(legs.open_until[leg] < 0, -1, end)
        leaves = np.maximum(horizon.starts[np.minimum(begin, len(horizon) - 1)], opens)
        arrives = np.floor(leaves + legs.transit[leg]).astype(np.int64)
        life = self.facts.numbers.last_day(self.facts.numbers.lot(lanes.destination))
        within = np.where(lanes.window == WHOLE, WHOLE, self.windows.of(opens, closes))
        moves = (legs.origin[leg] != legs.destination[leg]) & (opens <= closes)
        wanted = (lanes.due >= begin) & (life >= BEYOND)
        can = moves & (begin <= end) & ((arrives <= np.minimum(life, horizon.last_day)) | wanted)
        return replace(lanes, first=begin, last=end, window=within, arrives=arrives).kept(can)

    def opens(self, leg: Days, window: Days) -> Days:
        """Return the first day on which goods may leave over a leg, within a window."""
        return np.maximum(self.facts.legs.open_from[leg], self.windows.opens(window))

    def closes(self, leg: Days, window: Days) -> Days:
        """Return the last day on which goods may leave over a leg, within a window."""
        return np.minimum(self.facts.legs.open_until[leg], self.windows.closes(window))

    def starts(self, known: Known) -> tuple[Days, Days]:
        """Return for each process the first bucket in which it can start, and the first day anything comes out."""
        horizon, processes = self.facts.horizon, self.processes
        start = np.maximum(processes.from_day, 0)
        ready = known.day(processes.needs_spot)
        np.maximum.at(start, processes.needs_process, ready)
        begin = horizon.bucket_of(start)
        inside = np.minimum(begin, len(horizon) - 1)
        starts = np.maximum(horizon.starts[inside], processes.from_day)
        arrives = np.floor(starts + processes.lead).astype(np.int64)
        can = (begin < len(horizon)) & (starts <= processes.until_day)
        return np.where(can, begin, len(horizon)), np.where(can, arrives, NEVER)


def _largest(groups: Days, values: Days) -> Days:
    """Return for each value the largest of its group; most cases have no firm orders, and then all values are -1."""
    if not (values >= 0).any():
        return values
    _, group = np.unique(groups, return_inverse=True)
    largest = np.full(len(groups), -1)
    np.maximum.at(largest, group.reshape(-1), values)
    return largest[group.reshape(-1)]


def reach_of(facts: Facts) -> Reach:
    """Put together everything that decides where goods can go."""
    numbers, recipe = facts.numbers, facts.recipe
    windows = Windows(facts.horizon.last_day + 1)
    taken = _taken_from(facts)
    needs = np.flatnonzero(recipe.component_always)
    gives = numbers.spot(recipe.place[recipe.gives_process], recipe.gives_item, np.zeros_like(recipe.gives_item))
    processes = Processes(
        from_day=recipe.from_day,
        until_day=recipe.until_day,
        lead=recipe.lead,
        needs_process=recipe.component_process[needs],
        needs_spot=taken[needs],
        gives_process=recipe.gives_process,
        gives_spot=gives,
    )
    return Reach(
        facts=facts,
        windows=windows,
        agreements=agreements_of(facts, windows),
        by_origin=Groups.build(facts.legs.origin, len(facts.names.places)),
        processes=processes,
        taken_from=taken,
        feeds=_feeds(facts, taken),
        ordered=np.isin(np.arange(len(facts.names.items)), facts.contracts.item[facts.contracts.is_due]),
    )


def _taken_from(facts: Facts) -> Days:
    """Return the spot of undated goods that each component is taken from, -1 where there are no such goods."""
    recipe, reservation = facts.recipe, facts.recipe.component_reservation
    spot = facts.numbers.spot(recipe.place[recipe.component_process], recipe.component_item, reservation)
    return np.where(reservation == NO_REPAIRABLE, -1, spot)


def _feeds(facts: Facts, taken: Days) -> Feeds:
    """List the goods that may stand in for free components, wherever these are used."""
    numbers, stand_ins = facts.numbers, facts.stand_ins
    spots = np.unique(taken[(taken >= 0) & (numbers.reservation(numbers.lot(taken)) == UNRESERVED)])
    position, pair = stand_ins.of(numbers.item(spots))
    goods = facts.goods.of(numbers.place(spots[position]), stand_ins.substitute[pair])
    order = np.argsort(goods, kind="stable")
    return Feeds(goods[order], spots[position][order], facts.horizon.starts[stand_ins.first[pair]][order])


def forward(reach: Reach, spots: Days, days: Days) -> Known:
    """Follow supply over legs and through processes until nothing new is reached."""
    none = np.zeros(0, dtype=np.int64)
    known, fresh = Known(none, none).earlier(spots, days)
    processes = reach.processes
    while True:
        lanes = join(*reach.ways_out(fresh, known.day(fresh)))
        _, made = reach.starts(known)
        comes = made[processes.gives_process] <= reach.facts.horizon.last_day
        fed, fed_on = reach.undated(fresh, known.day(fresh))
        spots = np.concatenate([lanes.destination, processes.gives_spot[comes], fed])
        days = np.concatenate([lanes.arrives, made[processes.gives_process][comes], fed_on])
        known, fresh = known.earlier(spots, days)
        if not len(fresh):
            return known


def backward(
    reach: Reach, known: Known, lanes: Lanes, first: Days, use: Days, made: Days, uses: Uses
) -> tuple[Days, Days, Lanes]:
    """Follow use back: the last bucket in which goods of each known spot are of use to anybody (-1: never).

    `first` is the bucket in which each spot can first hold anything: use before it is none. `use` is the last bucket
    of use from needs and objectives alone; `made` the first bucket of each process; `uses` what processes may take.
    Returns the last useful bucket of each spot, the last useful start of each process,
    and the lanes that are of use, numbered by known spots.
    """
    horizon, processes = reach.facts.horizon, reach.processes
    origin, _ = known.find(lanes.origin)
    destination, _ = known.find(lanes.destination)
    gives, given = known.find(processes.gives_spot)
    gives, gives_process = gives[given], processes.gives_process[given]
    last, wanted = np.where(use >= first, use, -1), _wanted(reach, lanes)
    opens, transit = reach.opens(lanes.leg, lanes.window), reach.facts.legs.transit[lanes.leg]
    life = reach.facts.numbers.last_day(reach.facts.numbers.lot(lanes.destination))
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
    found = replace(lanes, origin=origin, destination=destination, last=leaves)
    return last, starts, found.kept(leaves >= lanes.first)


def _wanted(reach: Reach, lanes: Lanes) -> Days:
    """Return the last bucket in which a firm order wants goods to leave; a dated lot must arrive within its life."""
    horizon, due = reach.facts.horizon, np.minimum(lanes.due, lanes.last)
    last_day = reach.facts.numbers.last_day(reach.facts.numbers.lot(lanes.destination))
    gone = horizon.bucket_of(np.minimum(last_day, horizon.last_day))
    opens = reach.opens(lanes.leg, lanes.window)
    alive = _last_start(horizon, gone, reach.facts.legs.transit[lanes.leg], opens, due, last_day)
    return np.where(last_day >= BEYOND, due, alive)


def _last_start(horizon: Horizon, last: Days, lag: Floats, opens: Days, limit: Days, life: Days | int = BEYOND) -> Days:
    """Return the last bucket from whose first days something arrives by the end of bucket `last`, at most `limit`.

    Nothing leaves before the day `opens`, and nothing is of use after the last day of its life.
    """
    day = np.minimum(horizon.ends[np.maximum(last, 0)], life) - np.floor(lag).astype(np.int64)
    inside = (last >= 0) & (day >= np.maximum(opens, 0))
    return np.where(inside, np.minimum(horizon.bucket_of(np.maximum(day, 0)), limit), -1)
