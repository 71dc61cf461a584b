"""From a case to its network: what supply can reach and somebody can use, when, each with a number."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scorta.case import BEYOND, Case, Days, Horizon, Previous
from scorta.network.contracts import Contracts, build_contracts
from scorta.network.decided import NOTHING_DECIDED
from scorta.network.following import lay_decided
from scorta.network.growing import build_expansions, build_lines
from scorta.network.index import Bools, Groups, Index, Span, numbers_of, pairs
from scorta.network.kits import add_kits
from scorta.network.lanes import Lanes, Legs
from scorta.network.levels import Levels, build_levels
from scorta.network.making import Recipe, build_recipe
from scorta.network.needs import Occurrences, build_occurrences
from scorta.network.pledges import UNRESERVED, Handover, Pledges, build_handover, build_pledges, reservations_of
from scorta.network.processes import Processes, Uses
from scorta.network.reach import Reach
from scorta.network.reading import Supply, component_spots, number_lots, read_legs, read_reach, read_supply
from scorta.network.sharing import build_shares
from scorta.network.spots import Known
from scorta.network.spread import Arrivals, every_bucket, spread
from scorta.network.substitutes import Substitutes, build_substitutes
from scorta.network.unrolled import Makings, Moves, Names, Network, Servings, Spots, Supplies
from scorta.network.walks import backward, forward
from scorta.network.windows import Windows, parts_of


def build_network(case: Case, previous: Previous | None = None) -> Network:
    """Unroll a case: find what supply can reach and somebody can use, and when; lay a previous plan over it."""
    names = Names(
        Index(case["parties"]["party"]),
        Index(case["places"]["place"]),
        Index(case["items"]["item"]),
        reservations_of(case),
    )
    place_party = names.parties.of(case["places"]["party"])
    legs = read_legs(case, names)
    substitutes = build_substitutes(case, names.items), build_substitutes(case, names.items, components=True)
    occurrences = build_occurrences(case, names.places, names.items, names.parties, place_party)
    pledges = build_pledges(case, names.parties, names.items, names.reservations)
    contracts = build_contracts(case, names.parties, names.places, names.items)
    handover = build_handover(case)
    levels = build_levels(case, names.parties, names.places, names.items, place_party)
    recipe = build_recipe(case, names.places, names.items, names.repairable)
    recipe = add_kits(recipe, case, names.items, place_party, occurrences, levels, substitutes[0])
    codes = number_lots(case, names)
    supply = read_supply(case, names, codes)
    windows = Windows(case.horizon.last_day + 1)
    parts = tuple(parts_of(case.horizon, windows, each.opens, each.closes) for each in (pledges, contracts))
    reach = read_reach(
        case, names, codes, legs, recipe, place_party, pledges, contracts, (parts[0], parts[1]), windows, handover,
        substitutes[1],
    )  # fmt: skip
    known = forward(
        reach,
        np.concatenate([supply.opening_spot, supply.receipt_spot]),
        np.concatenate([np.zeros_like(supply.opening_spot), case.horizon.starts[supply.receipt_bucket]]),
    )
    network = _assemble(
        case,
        names,
        place_party,
        occurrences,
        pledges,
        contracts,
        handover,
        recipe,
        levels,
        legs,
        reach,
        known,
        supply,
        substitutes,
    )
    return network if previous is None else replace(network, decided=lay_decided(network, previous))


def _assemble(
    case: Case,
    names: Names,
    place_party: Days,
    occurrences: Occurrences,
    pledges: Pledges,
    contracts: Contracts,
    handover: Handover,
    recipe: Recipe,
    levels: Levels,
    legs: Legs,
    reach: Reach,
    known: Known,
    supply: Supply,
    substitutes: tuple[Substitutes, Substitutes],
) -> Network:
    """Keep what is of use and number it."""
    codes, horizon = reach.codes, case.horizon
    place, item, lot = codes.place(known.spots), codes.item(known.spots), codes.lot(known.spots)
    expires, reservation = codes.last_day(lot), codes.reservation(lot)
    first = horizon.bucket_of(known.days)
    end = np.minimum(horizon.bucket_of(np.minimum(expires, horizon.last_day)), len(horizon) - 1)
    served = _servings(case, names, occurrences, substitutes[0], place, item, reservation, first, end)
    made, _ = reach.makings(known)
    uses = _uses(recipe, names, substitutes[1], place, item, reservation, len(horizon))
    crowding = _crowding(case, names, recipe, levels, contracts, place_party)
    held = reservation != names.repairable
    use = _direct_use(levels, served, place, item, held, place_party, end, len(names.items), crowding)
    every_lane = reach.lanes(known.spots, known.days)
    last, starts, lanes = backward(reach, known, every_lane, first, use, made, uses)
    keep, number = _kept(known, supply, last, first, lanes, recipe, starts, reach.processes)
    span = Span.build(first[keep], end[keep])
    spots = Spots(
        place=place[keep],
        item=item[keep],
        expires=expires[keep],
        reservation=reservation[keep],
        span=span,
        opening=np.bincount(number[known.find(supply.opening_spot)[0]], supply.opening, len(keep)).astype(np.float64),
        receipt_spot=number[known.find(supply.receipt_spot)[0]],
        receipt_bucket=supply.receipt_bucket,
        receipt_quantity=supply.receipt,
    )
    giver, receiver = place_party[legs.origin[lanes.leg]], place_party[legs.destination[lanes.leg]]
    way, arrivals = _flows(reach, lanes)
    moves = Moves(
        leg=lanes.leg,
        origin=number[lanes.origin],
        destination=number[lanes.destination],
        window=lanes.window,
        gift=handover.needs_cover(giver, receiver),
        sale=handover.needs_contract(giver, receiver),
        span=Span.build(lanes.first, np.minimum(lanes.last, end[lanes.origin])),
        way=way,
        arrivals=arrivals,
    )
    makings = _makings(horizon, recipe, known, number, made, starts, reach)
    kept = np.flatnonzero(number[served.spot] >= 0)
    servings = Servings(
        served.occurrence[kept],
        number[served.spot[kept]],
        Span.build(served.first[kept], served.last[kept]),
        None if served.pair is None else served.pair[kept],
    )
    supplies = _supplies(makings, spots, names, substitutes[1])
    lines = build_lines(case, names.places, place_party)
    return Network(
        case, names, place_party, occurrences, pledges, contracts, handover, recipe, lines,
        build_expansions(case, lines, names.parties), build_shares(case, names.parties),
        levels, legs, reach.windows, spots, moves, makings, servings, supplies, *substitutes,
        NOTHING_DECIDED,
    )  # fmt: skip


def _flows(reach: Reach, lanes: Lanes) -> tuple[Days, Arrivals]:
    """Return the way of each lane, and how everything arrives: each leg in each bucket, then each leg and window."""
    horizon, legs, count = reach.horizon, reach.legs, len(reach.horizon)
    cut, every = np.flatnonzero(lanes.window >= 0), reach.windows.days**2
    found, number = np.unique(lanes.leg[cut] * every + lanes.window[cut], return_inverse=True)
    leg, window = np.divmod(found, every)
    way = lanes.leg * count
    way[cut] = len(legs.origin) * count + number.reshape(-1) - lanes.first[cut]
    days = every_bucket(horizon, legs.open_from, legs.open_until, legs.transit)
    more = (
        horizon.bucket_of(reach.windows.opens(window)),
        reach.opens(leg, window),
        reach.closes(leg, window),
        legs.transit[leg],
    )
    return way, spread(horizon, *(np.concatenate(pair) for pair in zip(days, more, strict=True)))


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


def _servings(
    case: Case, names: Names, occurrences: Occurrences, substitutes: Substitutes, place: Days, item: Days,
    reservation: Days, first: Days, end: Days,
) -> _Served:  # fmt: skip
    """Pair each occurrence with the spots that may serve it: its place and item, or a substitute, free or for it."""
    items = len(names.items)
    by_spot = Groups.build(place * items + item, len(names.places) * items)
    occurrence, spot = by_spot.expand(occurrences.place * items + occurrences.item)
    pair = None
    if len(substitutes):
        which, taken = substitutes.of(occurrences.item)
        position, other = by_spot.expand(occurrences.place[which] * items + substitutes.substitute[taken])
        pair = np.concatenate([np.full(len(occurrence), -1), taken[position]])
        occurrence, spot = np.concatenate([occurrence, which[position]]), np.concatenate([spot, other])
    need_reservation = names.reservations.of(case["needs"]["need"])[occurrences.need[occurrence]]
    place_reservation = names.reservations.of(case["places"]["place"])[occurrences.place[occurrence]]
    held = reservation[spot]
    fits = (held == UNRESERVED) | (held == need_reservation) | (held == place_reservation)
    occurrence, spot, pair = occurrence[fits], spot[fits], None if pair is None else pair[fits]
    begin, until = (
        np.maximum(occurrences.first[occurrence], first[spot]),
        np.minimum(occurrences.last[occurrence], end[spot]),
    )
    if pair is None:
        return _Served(occurrence, spot, begin, until, until, pair)
    begin = np.where(pair >= 0, np.maximum(begin, substitutes.first[pair]), begin)
    until = np.where(pair >= 0, np.minimum(until, substitutes.last[pair]), until)
    useful = np.where((pair >= 0) & (until < substitutes.first[pair]), -1, until)
    return _Served(occurrence, spot, begin, until, useful, pair)


def _uses(
    recipe: Recipe, names: Names, stand_ins: Substitutes, place: Days, item: Days, reservation: Days, buckets: int
) -> Uses:
    """Pair each process with the spots of its components, dated lots too, and with what may stand in for them."""
    items = len(names.items)
    by_spot = Groups.build(
        np.where((reservation == UNRESERVED) | (reservation == names.repairable), place * items + item, -1),
        int(max(place.max(initial=0), recipe.place.max(initial=0)) + 1) * items,
    )
    goods = recipe.place[recipe.component_process] * items
    row, spot = by_spot.expand(goods + recipe.component_item)
    first, last = np.zeros(len(row), dtype=np.int64), np.full(len(row), buckets - 1)
    if len(stand_ins):
        which, pair = stand_ins.of(recipe.component_item)
        position, other = by_spot.expand(goods[which] + stand_ins.substitute[pair])
        row, spot = np.concatenate([row, which[position]]), np.concatenate([spot, other])
        first = np.concatenate([first, stand_ins.first[pair[position]]])
        last = np.concatenate([last, stand_ins.last[pair[position]]])
    fits = reservation[spot] == recipe.component_reservation[row]
    return Uses(recipe.component_process[row[fits]], spot[fits], first[fits], last[fits])


def _direct_use(
    levels: Levels, served: _Served, place: Days, item: Days, held: Bools, place_party: Days, end: Days, items: int,
    crowding: Bools,
) -> Days:  # fmt: skip
    """Return the last bucket in which goods of each spot are of use where they lie (-1: never).

    Goods that are not `held` wait for repair: they count towards no level.
    """
    use = np.full(len(place), -1)
    np.maximum.at(use, served.spot, served.useful)
    wanted = levels.wanted
    by_place = np.isin(place * items + item, (levels.place * items + levels.item)[wanted & (levels.place >= 0)])
    party = place_party[place]
    by_party = np.isin(party * items + item, (levels.party * items + levels.item)[wanted & (levels.place < 0)])
    return np.where(((by_place | by_party) & held) | crowding[item], end, use)


def _crowding(
    case: Case, names: Names, recipe: Recipe, levels: Levels, contracts: Contracts, place_party: Days
) -> Bools:  # fmt: skip
    """Tell which items may have to make room where they lie, come in or are made: those are of use anywhere else."""
    tables, items = (case["stocks"], case["receipts"]), len(names.items)
    ordered, into = _ordered(contracts, place_party, len(names.parties))
    places = (names.places.of(table["place"]) for table in tables)
    place = np.concatenate([*places, recipe.place[recipe.gives_process], into])
    item = np.concatenate([*(names.items.of(table["item"]) for table in tables), recipe.gives_item, ordered])
    stored = np.isfinite(numbers_of(case["places"]["storage_t"], np.inf))[place]
    stored &= (numbers_of(case["items"]["mass_kg"], 0.0) > 0)[item]
    capped = ~np.isnan(levels.maximum).all(axis=1)
    by_place = np.isin(place * items + item, (levels.place * items + levels.item)[capped & (levels.place >= 0)])
    by_party = np.isin(
        place_party[place] * items + item, (levels.party * items + levels.item)[capped & (levels.place < 0)]
    )
    return np.isin(np.arange(items), item[stored | by_place | by_party])


def _ordered(contracts: Contracts, place_party: Days, parties: int) -> tuple[Days, Days]:
    """Return the items that firm orders bring in, each with a place of the buyer to which it may come."""
    contract, place = Groups.build(place_party, parties).expand(contracts.buyer)
    comes = contracts.is_due[contract] & ((contracts.place[contract] < 0) | (contracts.place[contract] == place))
    return contracts.item[contract[comes]], place[comes]


def _kept(
    known: Known, supply: Supply, last: Days, first: Days, lanes: Lanes, recipe: Recipe, starts: Days,
    processes: Processes,
) -> tuple[Days, Days]:  # fmt: skip
    """Keep the spots that are of use, hold supply or take what a process gives; number them."""
    keep = last >= first
    for spots in (supply.opening_spot, supply.receipt_spot, processes.gives_spot[starts[recipe.gives_process] >= 0]):
        keep[known.find(spots)[0]] = True
    keep[lanes.destination] = True
    number = np.where(keep, np.cumsum(keep) - 1, -1)
    return np.flatnonzero(keep), number


def _makings(
    horizon: Horizon, recipe: Recipe, known: Known, number: Days, made: Days, starts: Days, reach: Reach
) -> Makings:
    """Number the processes that are of use, with what they take and give."""
    processes = np.flatnonzero(starts >= made)
    making = np.full(len(starts), -1)
    making[processes] = np.arange(len(processes))
    takes = np.flatnonzero((making[recipe.component_process] >= 0) & (recipe.component_quantity > 0))
    slot, found = known.find(component_spots(reach.codes, recipe)[takes])
    gives = making[recipe.gives_process] >= 0
    return Makings(
        process=processes,
        span=Span.build(made[processes], starts[processes]),
        arrivals=spread(horizon, *every_bucket(horizon, recipe.from_day, recipe.until_day, recipe.lead)),
        takes_making=making[recipe.component_process[takes]],
        takes_spot=np.where(found, number[slot], -1) if len(number) else slot,
        takes_row=takes,
        gives_making=making[recipe.gives_process[gives]],
        gives_spot=number[known.find(reach.processes.gives_spot[gives])[0]],
        gives_quantity=recipe.gives_quantity[gives],
    )


def _supplies(makings: Makings, spots: Spots, names: Names, stand_ins: Substitutes) -> Supplies:
    """List what may stand in for components: dated lots of the same goods, and substitutes that are free."""
    target = np.unique(makings.takes_spot[makings.takes_spot >= 0])
    code = (spots.place * len(names.items) + spots.item) * len(names.reservations) + spots.reservation
    lots = np.flatnonzero(spots.expires < BEYOND)
    dated, fed = pairs(code[lots], code[target])
    source, feeds, pair = lots[dated], target[fed], np.full(len(dated), -1)
    if len(stand_ins):
        free = np.flatnonzero(spots.reservation == UNRESERVED)
        target = target[spots.reservation[target] == UNRESERVED]
        which, row = stand_ins.of(spots.item[target])
        wanted = (spots.place[target[which]] * len(names.items) + stand_ins.substitute[row]) * len(names.reservations)
        position, other = pairs(wanted, code[free])
        source = np.concatenate([source, free[other]])
        feeds = np.concatenate([feeds, target[which[position]]])
        pair = np.concatenate([pair, row[position]])
    return Supplies(source, feeds, pair)
