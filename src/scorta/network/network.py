"""The network: the facts of a case unrolled over time, as tables that later stages turn into columns and rows."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from scorta.case import BEYOND, Case, Days, Previous
from scorta.network.agreements import Gifts, Sales, Windows, gifts_of, sales_of
from scorta.network.facts import Facts, read_facts
from scorta.network.index import Bools, Groups, Pairs, Span, matches
from scorta.network.legs import Arrivals, Lanes, Moves, every_bucket, spread
from scorta.network.names import UNRESERVED
from scorta.network.needs import Issues
from scorta.network.previous import NOTHING_DECIDED, Decided, read_decided
from scorta.network.production import ComponentUse, Production, Uses
from scorta.network.reach import Reach, backward, forward, reach_of
from scorta.network.stocks import Known, Spots


@dataclass(frozen=True, slots=True)
class Network(Facts):
    """The facts of a case unrolled over time: spots, moves, production and issues, and what covers the moves.

    `decided` is what a previous plan decided.
    """

    windows: Windows
    spots: Spots
    moves: Moves
    production: Production
    issues: Issues
    component_use: ComponentUse
    gifts: Gifts
    sales: Sales
    decided: Decided

    @property
    def owned_at(self) -> Days:
        """Whose goods of which item lie at each spot: the number of party and item."""
        return self.owned.of(self.places.party[self.spots.place], self.spots.item)


def build_network(case: Case, previous: Previous | None = None) -> Network:
    """Unroll a case: find what supply can reach and somebody can use, and when; lay a previous plan over it."""
    facts = read_facts(case)
    network = unroll(facts, reach_of(facts))
    return network if previous is None else replace(network, decided=read_decided(facts, previous))


def unroll(facts: Facts, reach: Reach) -> Network:
    """Follow supply forward and use back, keep what is of use, and number it."""
    reached = _Reached.build(facts, forward(reach, *facts.supply.first_days(facts.horizon)))
    known, (made, _) = reached.known, reach.starts(reached.known)
    served, uses = _served(facts, reached), _uses(facts, reached)
    last, starts, lanes = backward(
        reach,
        known,
        lanes=reach.lanes(known.spots, known.days),
        first=reached.first,
        use=_direct_use(facts, reached, served),
        made=made,
        uses=uses,
    )
    keep = _kept(reach, reached, last, lanes, starts)
    number = np.where(keep, np.cumsum(keep) - 1, -1)
    spots = _spots(facts, reached, np.flatnonzero(keep), number)
    moves = _moves(reach, lanes, number, reached.last)
    production = _production(reach, known, number, made, starts)
    return Network(
        **{field.name: getattr(facts, field.name) for field in fields(facts)},
        windows=reach.windows,
        spots=spots,
        moves=moves,
        production=production,
        issues=_issues(served, number),
        component_use=_component_use(facts, production, spots),
        gifts=gifts_of(facts, reach.windows, spots, moves),
        sales=sales_of(facts, reach.windows, spots, moves),
        decided=NOTHING_DECIDED,
    )


@dataclass(frozen=True, slots=True)
class _Reached:
    """The spots that supply can reach, and the first and last bucket in which each can hold anything."""

    known: Known
    place: Days
    item: Days
    expires: Days
    reservation: Days
    first: Days
    last: Days

    @classmethod
    def build(cls, facts: Facts, known: Known) -> _Reached:
        """Read the numbers of the spots."""
        numbers, horizon = facts.numbers, facts.horizon
        lot = numbers.lot(known.spots)
        expires = numbers.last_day(lot)
        return cls(
            known=known,
            place=numbers.place(known.spots),
            item=numbers.item(known.spots),
            expires=expires,
            reservation=numbers.reservation(lot),
            first=horizon.bucket_of(known.days),
            last=np.minimum(horizon.bucket_of(np.minimum(expires, horizon.last_day)), len(horizon) - 1),
        )


@dataclass(frozen=True, slots=True)
class _Served:
    """Which known spot may serve which occurrence, from which bucket to which, by which pair of substitutes.

    `useful` is the last bucket in which goods of the spot are of use to it, -1 where they never are.
    """

    occurrence: Days
    spot: Days
    first: Days
    last: Days
    useful: Days
    pair: Days | None


def _served(facts: Facts, reached: _Reached) -> _Served:
    """Pair each occurrence with the spots that may serve it: its place and item, or a substitute, free or for it."""
    occurrences, substitutes, goods, names = facts.occurrences, facts.substitutes, facts.goods, facts.names
    by_spot = Groups.build(goods.of(reached.place, reached.item), goods.size)
    occurrence, spot = by_spot.expand(goods.of(occurrences.place, occurrences.item))
    pair = None
    if len(substitutes):
        which, taken = substitutes.of(occurrences.item)
        position, other = by_spot.expand(goods.of(occurrences.place[which], substitutes.substitute[taken]))
        pair = np.concatenate([np.full(len(occurrence), -1), taken[position]])
        occurrence, spot = np.concatenate([occurrence, which[position]]), np.concatenate([spot, other])
    of_need = names.reservations.of(names.needs.codes)[occurrences.need[occurrence]]
    of_place = names.reservations.of(names.places.codes)[occurrences.place[occurrence]]
    held = reached.reservation[spot]
    fits = (held == UNRESERVED) | (held == of_need) | (held == of_place)
    occurrence, spot, pair = occurrence[fits], spot[fits], None if pair is None else pair[fits]
    first = np.maximum(occurrences.first[occurrence], reached.first[spot])
    last = np.minimum(occurrences.last[occurrence], reached.last[spot])
    useful = last
    if pair is not None:
        first = np.where(pair >= 0, np.maximum(first, substitutes.first[pair]), first)
        last = np.where(pair >= 0, np.minimum(last, substitutes.last[pair]), last)
        useful = np.where((pair >= 0) & (last < substitutes.first[pair]), -1, last)
    return _Served(occurrence=occurrence, spot=spot, first=first, last=last, useful=useful, pair=pair)


def _issues(served: _Served, number: Days) -> Issues:
    """Number what may serve needs from spots that are kept."""
    kept = np.flatnonzero(number[served.spot] >= 0)
    span = Span.build(served.first[kept], served.last[kept])
    pair = None if served.pair is None else served.pair[kept]
    return Issues(served.occurrence[kept], number[served.spot[kept]], span, pair)


def _uses(facts: Facts, reached: _Reached) -> Uses:
    """Pair each process with the spots of its components, dated lots too, and with what may stand in for them."""
    recipe, stand_ins, goods, reservation = facts.recipe, facts.stand_ins, facts.goods, reached.reservation
    usable = (reservation == UNRESERVED) | (reservation == facts.names.repairable)
    by_spot = Groups.build(np.where(usable, goods.of(reached.place, reached.item), -1), goods.size)
    place = recipe.place[recipe.component_process]
    row, spot = by_spot.expand(goods.of(place, recipe.component_item))
    first, last = np.zeros(len(row), dtype=np.int64), np.full(len(row), len(facts.horizon) - 1)
    if len(stand_ins):
        which, pair = stand_ins.of(recipe.component_item)
        position, other = by_spot.expand(goods.of(place[which], stand_ins.substitute[pair]))
        row, spot = np.concatenate([row, which[position]]), np.concatenate([spot, other])
        first = np.concatenate([first, stand_ins.first[pair[position]]])
        last = np.concatenate([last, stand_ins.last[pair[position]]])
    fits = reservation[spot] == recipe.component_reservation[row]
    return Uses(recipe.component_process[row[fits]], spot[fits], first[fits], last[fits])


def _direct_use(facts: Facts, reached: _Reached, served: _Served) -> Days:
    """Return the last bucket in which goods of each spot are of use where they lie (-1: never).

    Goods that wait for repair count towards no level.
    """
    use = np.full(len(reached.place), -1)
    np.maximum.at(use, served.spot, served.useful)
    wanted = _has_level(facts, facts.levels.wanted, reached.place, reached.item)
    held = reached.reservation != facts.names.repairable
    return np.where((wanted & held) | _crowding(facts)[reached.item], reached.last, use)


def _has_level(facts: Facts, chosen: Bools, place: Days, item: Days) -> Bools:
    """Tell of which goods (place, item) the place, or its party, has one of the chosen levels."""
    levels, goods, owned = facts.levels, facts.goods, facts.owned
    at_place, of_party = chosen & (levels.place >= 0), chosen & (levels.place < 0)
    found: Bools = np.isin(goods.of(place, item), goods.of(levels.place, levels.item)[at_place])
    found |= np.isin(owned.of(facts.places.party[place], item), owned.of(levels.party, levels.item)[of_party])
    return found


def _crowding(facts: Facts) -> Bools:
    """Tell which items may have to make room where they lie, come in or are made: those are of use anywhere else."""
    names, recipe, tables = facts.names, facts.recipe, (facts.case["stocks"], facts.case["receipts"])
    ordered, into = _ordered(facts)
    there = [names.places.of(table["place"]) for table in tables]
    place = np.concatenate([*there, recipe.place[recipe.gives_process], into])
    item = np.concatenate([*(names.items.of(table["item"]) for table in tables), recipe.gives_item, ordered])
    stored = np.isfinite(facts.places.storage)[place] & (facts.items.mass > 0)[item]
    capped: Bools = np.asarray(~np.isnan(facts.levels.maximum).all(axis=1))
    crowded = item[stored | _has_level(facts, capped, place, item)]
    return np.isin(np.arange(len(names.items)), crowded)


def _ordered(facts: Facts) -> tuple[Days, Days]:
    """Return the items that firm orders bring in, each with a place of the buyer to which it may come."""
    contracts = facts.contracts
    contract, place = Groups.build(facts.places.party, len(facts.names.parties)).expand(contracts.buyer)
    comes = contracts.is_due[contract] & ((contracts.place[contract] < 0) | (contracts.place[contract] == place))
    return contracts.item[contract[comes]], place[comes]


def _kept(reach: Reach, reached: _Reached, last: Days, lanes: Lanes, starts: Days) -> Bools:
    """Tell which spots are of use, hold supply or take what a process gives."""
    supply, processes = reach.facts.supply, reach.processes
    keep: Bools = last >= reached.first
    given = processes.gives_spot[starts[processes.gives_process] >= 0]
    for spots in (supply.opening_spot, supply.receipt_spot, given):
        keep[reached.known.find(spots)[0]] = True
    keep[lanes.destination] = True
    return keep


def _spots(facts: Facts, reached: _Reached, keep: Days, number: Days) -> Spots:
    """Number the spots that are kept, with what comes there without a decision."""
    supply, known = facts.supply, reached.known
    opening = number[known.find(supply.opening_spot)[0]]
    return Spots(
        place=reached.place[keep],
        item=reached.item[keep],
        expires=reached.expires[keep],
        reservation=reached.reservation[keep],
        span=Span.build(reached.first[keep], reached.last[keep]),
        opening=np.bincount(opening, supply.opening, len(keep)).astype(np.float64),
        receipt_spot=number[known.find(supply.receipt_spot)[0]],
        receipt_bucket=supply.receipt_bucket,
        receipt_quantity=supply.receipt,
    )


def _moves(reach: Reach, lanes: Lanes, number: Days, end: Days) -> Moves:
    """Number the lanes, and tell which of them need cover."""
    giver, receiver = reach.facts.ends_of(lanes.leg)
    way, arrivals = _flows(reach, lanes)
    return Moves(
        leg=lanes.leg,
        origin=number[lanes.origin],
        destination=number[lanes.destination],
        window=lanes.window,
        gift=reach.facts.handover.needs_cover(giver, receiver),
        sale=reach.facts.handover.needs_contract(giver, receiver),
        span=Span.build(lanes.first, np.minimum(lanes.last, end[lanes.origin])),
        way=way,
        arrivals=arrivals,
    )


def _flows(reach: Reach, lanes: Lanes) -> tuple[Days, Arrivals]:
    """Return the way of each lane, and how everything arrives: each leg in each bucket, then each leg and window."""
    horizon, legs = reach.facts.horizon, reach.facts.legs
    ways, windows = Pairs(len(legs), len(horizon)), Pairs(len(legs), reach.windows.pairs.size)
    cut = np.flatnonzero(lanes.window >= 0)
    found, number = np.unique(windows.of(lanes.leg[cut], lanes.window[cut]), return_inverse=True)
    leg, window = windows.split(found)
    way = ways.of(lanes.leg, 0)
    way[cut] = ways.size + number.reshape(-1) - lanes.first[cut]
    days = every_bucket(horizon, legs.open_from, legs.open_until, legs.transit)
    more = (
        horizon.bucket_of(reach.windows.opens(window)),
        reach.opens(leg, window),
        reach.closes(leg, window),
        legs.transit[leg],
    )
    return way, spread(horizon, *(np.concatenate(pair) for pair in zip(days, more, strict=True)))


def _production(reach: Reach, known: Known, number: Days, made: Days, starts: Days) -> Production:
    """Number the processes that are of use, with what they take and give."""
    recipe, horizon = reach.facts.recipe, reach.facts.horizon
    processes = np.flatnonzero(starts >= made)
    process = np.full(len(starts), -1)
    process[processes] = np.arange(len(processes))
    takes = np.flatnonzero((process[recipe.component_process] >= 0) & (recipe.component_quantity > 0))
    slot, found = known.find(reach.taken_from[takes])
    gives = process[recipe.gives_process] >= 0
    return Production(
        row=processes,
        way=reach.facts.by_bucket(len(recipe.place)).of(processes, 0),
        span=Span.build(made[processes], starts[processes]),
        arrivals=spread(horizon, *every_bucket(horizon, recipe.from_day, recipe.until_day, recipe.lead)),
        takes_process=process[recipe.component_process[takes]],
        takes_spot=np.where(found, number[slot], -1) if len(number) else slot,
        takes_row=takes,
        gives_process=process[recipe.gives_process[gives]],
        gives_spot=number[known.find(reach.processes.gives_spot[gives])[0]],
        gives_quantity=recipe.gives_quantity[gives],
    )


def _component_use(facts: Facts, production: Production, spots: Spots) -> ComponentUse:
    """List what may stand in for components: dated lots of the same goods, and substitutes that are free."""
    stand_ins, goods = facts.stand_ins, facts.goods
    held = Pairs(goods.size, len(facts.names.reservations))
    target = np.unique(production.takes_spot[production.takes_spot >= 0])
    code = held.of(goods.of(spots.place, spots.item), spots.reservation)
    lots = np.flatnonzero(spots.expires < BEYOND)
    dated, fed = matches(code[lots], code[target])
    source, feeds, pair = lots[dated], target[fed], np.full(len(dated), -1)
    if len(stand_ins):
        free = np.flatnonzero(spots.reservation == UNRESERVED)
        target = target[spots.reservation[target] == UNRESERVED]
        which, row = stand_ins.of(spots.item[target])
        wanted = held.of(goods.of(spots.place[target[which]], stand_ins.substitute[row]), UNRESERVED)
        position, other = matches(wanted, code[free])
        source = np.concatenate([source, free[other]])
        feeds = np.concatenate([feeds, target[which[position]]])
        pair = np.concatenate([pair, row[position]])
    return ComponentUse(source, feeds, pair)
