"""The network: a case unrolled over time, as index tables that later stages turn into columns and rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import BEYOND, Case, Days, Floats, Horizon
from scorta.network.aims import Aims, build_aims
from scorta.network.deals import Deals, build_deals
from scorta.network.demands import Demands, build_demands
from scorta.network.grants import (
    NO_CLAIM,
    NO_REPAIRABLE,
    Grants,
    Handover,
    build_grants,
    build_handover,
    claims_of,
    repairable_of,
)
from scorta.network.growing import Expansions, Lines, build_expansions, build_lines
from scorta.network.index import Bools, Groups, Index, Span, days_of, numbers_of, open_end, pairs
from scorta.network.kits import add_kits
from scorta.network.making import Recipe, build_recipe
from scorta.network.reach import (
    Asks,
    Codes,
    Covers,
    KeyOf,
    Known,
    Lanes,
    Legs,
    Processes,
    Reach,
    StandIns,
    Uses,
    backward,
    forward,
)
from scorta.network.sharing import Shares, build_shares
from scorta.network.spread import Arrivals, every_bucket, spread
from scorta.network.substitutes import Substitutes, build_substitutes
from scorta.network.windows import Parts, Windows, parts_of


@dataclass(frozen=True, slots=True)
class Names:
    """The codes of the case, numbered; `repairable` is the claim of goods that wait for repair."""

    parties: Index
    places: Index
    items: Index
    claims: Index

    @property
    def repairable(self) -> int:
        """The claim of goods that wait for repair, `NO_REPAIRABLE` where there are none."""
        return repairable_of(self.claims)


@dataclass(frozen=True, slots=True)
class Spots:
    """Where goods can lie: one row for each place, item and lot that supply can reach.

    `expires` is the last day of use of the lot, `claim` what it is reserved for, or that it waits for repair.
    `span` gives each spot its buckets, from the first in which it can hold anything to the last (that of `expires`
    for a dated lot). `opening` lies there on the first day; receipts come in at (`receipt_spot`, `receipt_bucket`).
    """

    place: Days
    item: Days
    expires: Days
    claim: Days
    span: Span
    opening: Floats
    receipt_spot: Days
    receipt_bucket: Days
    receipt_quantity: Floats

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True, slots=True)
class Moves:
    """Which goods may use which leg: one row for each leg, spot it leaves and spot it reaches, with its buckets.

    A move within a `window` leaves on the days of that window only, in one bucket. `gift` tells that the move needs
    cover by a pledge or an ask, `sale` that it needs cover by a contract. `way` and the bucket make up the number of
    the flow in `arrivals`.
    """

    leg: Days
    origin: Days
    destination: Days
    window: Days
    gift: Bools
    sale: Bools
    span: Span
    way: Days
    arrivals: Arrivals

    def flows(self, move: Days, bucket: Days) -> Days:
        """Return the number in `arrivals` of what each move carries in a bucket."""
        return self.way[move] + bucket


@dataclass(frozen=True, slots=True)
class Makings:
    """Which processes may run and kits be put together, with their buckets, and what they take and give by spot.

    `process` is a row of the recipe. `takes_*` list (making, spot of undated goods that are free, or wait for repair,
    row of components; spot -1 where supply never reaches it); `gives_*` list (making, spot, units per unit started).
    """

    process: Days
    span: Span
    arrivals: Arrivals
    takes_making: Days
    takes_spot: Days
    takes_row: Days
    gives_making: Days
    gives_spot: Days
    gives_quantity: Floats


@dataclass(frozen=True, slots=True)
class Servings:
    """Which spot may serve which occurrence of a need, with its buckets.

    `pair` is the row of the substitutes by which it may, -1 where the spot holds what is asked for; it is None in a
    case without substitutes.
    """

    demand: Days
    spot: Days
    span: Span
    pair: Days | None = None


@dataclass(frozen=True, slots=True)
class Supplies:
    """What may stand in for a component where it is used: a spot, the spot of the undated component it feeds.

    `pair` is the row of the stand-ins by which it may, -1 for a dated lot of the component itself.
    """

    source: Days
    target: Days
    pair: Days


@dataclass(frozen=True, slots=True)
class Network:
    """A case unrolled over time: spots, moves, makings and servings, with what was promised and what is aimed at.

    `substitutes` may serve needs, `stand_ins` components.
    """

    case: Case
    names: Names
    place_party: Days
    demands: Demands
    grants: Grants
    deals: Deals
    handover: Handover
    recipe: Recipe
    lines: Lines
    expansions: Expansions
    shares: Shares
    aims: Aims
    legs: Legs
    windows: Windows
    spots: Spots
    moves: Moves
    makings: Makings
    servings: Servings
    supplies: Supplies
    substitutes: Substitutes
    stand_ins: Substitutes

    @property
    def horizon(self) -> Horizon:
        """The buckets of the plan."""
        return self.case.horizon


@dataclass(frozen=True, slots=True)
class _Supply:
    """What is there without a decision: opening stock and receipts, by spot number."""

    opening_spot: Days
    opening: Floats
    receipt_spot: Days
    receipt_bucket: Days
    receipt: Floats


def build_network(case: Case) -> Network:
    """Unroll a case: find what supply can reach and somebody can use, and when."""
    names = Names(
        Index(case["parties"]["party"]), Index(case["places"]["place"]), Index(case["items"]["item"]), claims_of(case)
    )
    place_party = names.parties.of(case["places"]["party"])
    legs = _legs(case, names)
    substitutes = build_substitutes(case, names.items), build_substitutes(case, names.items, components=True)
    demands = build_demands(case, names.places, names.items, names.parties, place_party)
    grants = build_grants(case, names.parties, names.items, names.claims)
    deals = build_deals(case, names.parties, names.places, names.items)
    handover = build_handover(case)
    aims = build_aims(case, names.parties, names.places, names.items, place_party)
    recipe = build_recipe(case, names.places, names.items, names.repairable)
    recipe = add_kits(recipe, case, names.items, place_party, demands, aims, substitutes[0])
    codes = _codes(case, names)
    supply = _supply(case, names, codes)
    windows = Windows(case.horizon.last_day + 1)
    parts = tuple(parts_of(case.horizon, windows, each.opens, each.closes) for each in (grants, deals))
    reach = _reach(
        case, names, codes, legs, recipe, place_party, grants, deals, (parts[0], parts[1]), windows, handover,
        substitutes[1],
    )  # fmt: skip
    known = forward(
        reach,
        np.concatenate([supply.opening_spot, supply.receipt_spot]),
        np.concatenate([np.zeros_like(supply.opening_spot), case.horizon.starts[supply.receipt_bucket]]),
    )
    return _assemble(
        case,
        names,
        place_party,
        demands,
        grants,
        deals,
        handover,
        recipe,
        aims,
        legs,
        reach,
        known,
        supply,
        substitutes,
    )


def _assemble(
    case: Case,
    names: Names,
    place_party: Days,
    demands: Demands,
    grants: Grants,
    deals: Deals,
    handover: Handover,
    recipe: Recipe,
    aims: Aims,
    legs: Legs,
    reach: Reach,
    known: Known,
    supply: _Supply,
    substitutes: tuple[Substitutes, Substitutes],
) -> Network:
    """Keep what is of use and number it."""
    codes, horizon = reach.codes, case.horizon
    place, item, lot = codes.place(known.spots), codes.item(known.spots), codes.lot(known.spots)
    expires, claim = codes.last_day(lot), codes.claim(lot)
    first = horizon.bucket_of(known.days)
    end = np.minimum(horizon.bucket_of(np.minimum(expires, horizon.last_day)), len(horizon) - 1)
    served = _servings(case, names, demands, substitutes[0], place, item, claim, first, end)
    made, _ = reach.makings(known)
    uses = _uses(recipe, names, substitutes[1], place, item, claim, len(horizon))
    crowding = _crowding(case, names, recipe, aims, deals, place_party)
    held = claim != names.repairable
    use = _direct_use(aims, served, place, item, held, place_party, end, len(names.items), crowding)
    every_lane = reach.lanes(known.spots, known.days)
    last, starts, lanes = backward(reach, known, every_lane, first, use, made, uses)
    keep, number = _kept(known, supply, last, first, lanes, recipe, starts, reach.processes)
    span = Span.build(first[keep], end[keep])
    spots = Spots(
        place=place[keep],
        item=item[keep],
        expires=expires[keep],
        claim=claim[keep],
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
        served.demand[kept],
        number[served.spot[kept]],
        Span.build(served.first[kept], served.last[kept]),
        None if served.pair is None else served.pair[kept],
    )
    supplies = _supplies(makings, spots, names, substitutes[1])
    lines = build_lines(case, names.places, place_party)
    return Network(
        case, names, place_party, demands, grants, deals, handover, recipe, lines,
        build_expansions(case, lines, names.parties), build_shares(case, names.parties),
        aims, legs, reach.windows, spots, moves, makings, servings, supplies, *substitutes,
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


def _legs(case: Case, names: Names) -> Legs:
    """Read the legs into columns."""
    table, horizon = case["legs"], case.horizon
    return Legs(
        names.places.of(table["origin"]),
        names.places.of(table["destination"]),
        names.items.of(table["item"]),
        numbers_of(table["transit_days"], 0.0),
        days_of(table["open_from"], horizon, 0),
        open_end(table["open_until"], horizon),
    )


def _codes(case: Case, names: Names) -> Codes:
    """Number the lots: undated goods first, then each last day of use."""
    days = days_of(case["stocks"]["expires_on"], case.horizon, BEYOND)
    dated = np.unique(days[(days >= 0) & (days < BEYOND)])
    return Codes(len(names.items), len(names.claims), np.concatenate([[BEYOND], dated]))


def _supply(case: Case, names: Names, codes: Codes) -> _Supply:
    """Read what is there without a decision; lots past their life are not supply."""
    stocks, receipts, horizon = case["stocks"], case["receipts"], case.horizon
    days = days_of(stocks["expires_on"], horizon, BEYOND)
    held = (days >= 0) & (stocks["quantity"] > 0).to_numpy()
    claim = np.maximum(names.claims.of(stocks["reserved_for"]), NO_CLAIM)
    claim[(stocks["condition"] == "repairable").to_numpy()] = names.repairable
    lot = np.where(days == BEYOND, 0, np.searchsorted(codes.expires[1:], days) + 1) * codes.claims + claim
    spot = codes.spot(names.places.of(stocks["place"]), names.items.of(stocks["item"]), lot)
    due = np.maximum(days_of(receipts["due_on"], horizon, 0), 0)
    comes = (due <= horizon.last_day) & (receipts["quantity"] > 0).to_numpy()
    receipt = codes.spot(names.places.of(receipts["place"]), names.items.of(receipts["item"]), np.zeros_like(due))
    return _Supply(
        spot[held],
        numbers_of(stocks["quantity"], 0.0)[held],
        receipt[comes],
        horizon.bucket_of(due[comes]),
        numbers_of(receipts["quantity"], 0.0)[comes],
    )


def _reach(
    case: Case,
    names: Names,
    codes: Codes,
    legs: Legs,
    recipe: Recipe,
    place_party: Days,
    grants: Grants,
    deals: Deals,
    parts: tuple[Parts, Parts],
    windows: Windows,
    handover: Handover,
    stand_ins: Substitutes,
) -> Reach:
    """Put together everything that decides where goods can go."""
    key_of = KeyOf(len(names.parties), len(names.items))
    giver, receiver = place_party[legs.origin], place_party[legs.destination]
    crossing = np.unique(np.stack([giver, receiver])[:, handover.needs_cover(giver, receiver)], axis=1)
    receivers = Groups.build(crossing[0], len(names.parties))
    receivers = Groups(crossing[1][receivers.members], receivers.start)
    every_item = np.arange(len(names.items))
    asked = crossing if handover.open else crossing[:, :0]
    asks = Asks(key_of(asked[0][:, None], asked[1][:, None], every_item[None, :]).reshape(-1))
    needs = np.flatnonzero(recipe.component_always)
    taken = _component_spots(codes, recipe)
    processes = Processes(
        recipe.from_day,
        recipe.until_day,
        recipe.lead,
        recipe.component_process[needs],
        taken[needs],
        recipe.gives_process,
        codes.spot(recipe.place[recipe.gives_process], recipe.gives_item, np.zeros_like(recipe.gives_item)),
    )
    return Reach(
        case.horizon,
        codes,
        legs,
        Groups.build(legs.origin, len(names.places)),
        processes,
        place_party,
        handover,
        windows,
        Covers.build(grants, deals, parts, handover, key_of, receivers, case.horizon, asks),
        key_of,
        np.unique(taken),
        _stand_ins(case.horizon, codes, stand_ins, taken),
        np.isin(every_item, deals.item[deals.is_due]),
        names.repairable,
    )


def _component_spots(codes: Codes, recipe: Recipe) -> Days:
    """Return the spot of undated goods that each component is taken from, -1 where there are no such goods."""
    claim = recipe.component_claim
    spot = codes.spot(recipe.place[recipe.component_process], recipe.component_item, claim)
    return np.where(claim == NO_REPAIRABLE, -1, spot)


def _stand_ins(horizon: Horizon, codes: Codes, stand_ins: Substitutes, taken: Days) -> StandIns:
    """List the goods that may stand in for free components, wherever these are used."""
    spots = np.unique(taken[(taken >= 0) & (codes.claim(codes.lot(taken)) == NO_CLAIM)])
    position, pair = stand_ins.of(codes.item(spots))
    goods = codes.place(spots[position]) * codes.items + stand_ins.substitute[pair]
    order = np.argsort(goods, kind="stable")
    return StandIns(goods[order], spots[position][order], horizon.starts[stand_ins.first[pair]][order])


@dataclass(frozen=True, slots=True)
class _Served:
    """Which known spot may serve which occurrence, from which bucket to which, by which pair of substitutes.

    `useful` is the last bucket in which goods of the spot are of use to it, -1 where they never are.
    """

    demand: Days
    spot: Days
    first: Days
    last: Days
    useful: Days
    pair: Days | None


def _servings(
    case: Case, names: Names, demands: Demands, substitutes: Substitutes, place: Days, item: Days, claim: Days,
    first: Days, end: Days,
) -> _Served:  # fmt: skip
    """Pair each occurrence with the spots that may serve it: its place and item, or a substitute, free or for it."""
    items = len(names.items)
    by_spot = Groups.build(place * items + item, len(names.places) * items)
    demand, spot = by_spot.expand(demands.place * items + demands.item)
    pair = None
    if len(substitutes):
        which, taken = substitutes.of(demands.item)
        position, other = by_spot.expand(demands.place[which] * items + substitutes.substitute[taken])
        pair = np.concatenate([np.full(len(demand), -1), taken[position]])
        demand, spot = np.concatenate([demand, which[position]]), np.concatenate([spot, other])
    need_claim = names.claims.of(case["needs"]["need"])[demands.need[demand]]
    place_claim = names.claims.of(case["places"]["place"])[demands.place[demand]]
    held = claim[spot]
    fits = (held == NO_CLAIM) | (held == need_claim) | (held == place_claim)
    demand, spot, pair = demand[fits], spot[fits], None if pair is None else pair[fits]
    begin, until = np.maximum(demands.first[demand], first[spot]), np.minimum(demands.last[demand], end[spot])
    if pair is None:
        return _Served(demand, spot, begin, until, until, pair)
    begin = np.where(pair >= 0, np.maximum(begin, substitutes.first[pair]), begin)
    until = np.where(pair >= 0, np.minimum(until, substitutes.last[pair]), until)
    useful = np.where((pair >= 0) & (until < substitutes.first[pair]), -1, until)
    return _Served(demand, spot, begin, until, useful, pair)


def _uses(
    recipe: Recipe, names: Names, stand_ins: Substitutes, place: Days, item: Days, claim: Days, buckets: int
) -> Uses:
    """Pair each process with the spots of its components, dated lots too, and with what may stand in for them."""
    items = len(names.items)
    by_spot = Groups.build(
        np.where((claim == NO_CLAIM) | (claim == names.repairable), place * items + item, -1),
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
    fits = claim[spot] == recipe.component_claim[row]
    return Uses(recipe.component_process[row[fits]], spot[fits], first[fits], last[fits])


def _direct_use(
    aims: Aims, served: _Served, place: Days, item: Days, held: Bools, place_party: Days, end: Days, items: int,
    crowding: Bools,
) -> Days:  # fmt: skip
    """Return the last bucket in which goods of each spot are of use where they lie (-1: never).

    Goods that are not `held` wait for repair: they count towards no level.
    """
    use = np.full(len(place), -1)
    np.maximum.at(use, served.spot, served.useful)
    wanted = aims.wanted
    by_place = np.isin(place * items + item, (aims.place * items + aims.item)[wanted & (aims.place >= 0)])
    party = place_party[place]
    by_party = np.isin(party * items + item, (aims.party * items + aims.item)[wanted & (aims.place < 0)])
    return np.where(((by_place | by_party) & held) | crowding[item], end, use)


def _crowding(
    case: Case, names: Names, recipe: Recipe, aims: Aims, deals: Deals, place_party: Days
) -> Bools:  # fmt: skip
    """Tell which items may have to make room where they lie, come in or are made: those are of use anywhere else."""
    tables, items = (case["stocks"], case["receipts"]), len(names.items)
    ordered, into = _ordered(deals, place_party, len(names.parties))
    places = (names.places.of(table["place"]) for table in tables)
    place = np.concatenate([*places, recipe.place[recipe.gives_process], into])
    item = np.concatenate([*(names.items.of(table["item"]) for table in tables), recipe.gives_item, ordered])
    stored = np.isfinite(numbers_of(case["places"]["storage_t"], np.inf))[place]
    stored &= (numbers_of(case["items"]["mass_kg"], 0.0) > 0)[item]
    capped = ~np.isnan(aims.maximum).all(axis=1)
    by_place = np.isin(place * items + item, (aims.place * items + aims.item)[capped & (aims.place >= 0)])
    by_party = np.isin(place_party[place] * items + item, (aims.party * items + aims.item)[capped & (aims.place < 0)])
    return np.isin(np.arange(items), item[stored | by_place | by_party])


def _ordered(deals: Deals, place_party: Days, parties: int) -> tuple[Days, Days]:
    """Return the items that firm orders bring in, each with a place of the buyer to which it may come."""
    deal, place = Groups.build(place_party, parties).expand(deals.buyer)
    comes = deals.is_due[deal] & ((deals.place[deal] < 0) | (deals.place[deal] == place))
    return deals.item[deal[comes]], place[comes]


def _kept(
    known: Known, supply: _Supply, last: Days, first: Days, lanes: Lanes, recipe: Recipe, starts: Days,
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
    slot, found = known.find(_component_spots(reach.codes, recipe)[takes])
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
    code = (spots.place * len(names.items) + spots.item) * len(names.claims) + spots.claim
    lots = np.flatnonzero(spots.expires < BEYOND)
    dated, fed = pairs(code[lots], code[target])
    source, feeds, pair = lots[dated], target[fed], np.full(len(dated), -1)
    if len(stand_ins):
        free = np.flatnonzero(spots.claim == NO_CLAIM)
        target = target[spots.claim[target] == NO_CLAIM]
        which, row = stand_ins.of(spots.item[target])
        wanted = (spots.place[target[which]] * len(names.items) + stand_ins.substitute[row]) * len(names.claims)
        position, other = pairs(wanted, code[free])
        source = np.concatenate([source, free[other]])
        feeds = np.concatenate([feeds, target[which[position]]])
        pair = np.concatenate([pair, row[position]])
    return Supplies(source, feeds, pair)
