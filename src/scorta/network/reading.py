"""What a case says of legs, lots and supply, and everything that decides where goods can go, read into columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import BEYOND, Case, Days, Floats, Horizon
from scorta.network.agreements import Asks, Covers, KeyOf
from scorta.network.contracts import Contracts
from scorta.network.index import Groups, days_of, numbers_of, open_end
from scorta.network.lanes import Legs
from scorta.network.making import Recipe
from scorta.network.pledges import NO_REPAIRABLE, UNRESERVED, Handover, Pledges
from scorta.network.processes import Processes, StandIns
from scorta.network.reach import Reach
from scorta.network.spots import Codes
from scorta.network.substitutes import Substitutes
from scorta.network.unrolled import Names
from scorta.network.windows import Parts, Windows


@dataclass(frozen=True, slots=True)
class Supply:
    """What is there without a decision: opening stock and receipts, by spot number."""

    opening_spot: Days
    opening: Floats
    receipt_spot: Days
    receipt_bucket: Days
    receipt: Floats


def read_legs(case: Case, names: Names) -> Legs:
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


def number_lots(case: Case, names: Names) -> Codes:
    """Number the lots: undated goods first, then each last day of use."""
    days = days_of(case["stocks"]["expires_on"], case.horizon, BEYOND)
    dated = np.unique(days[(days >= 0) & (days < BEYOND)])
    return Codes(len(names.items), len(names.reservations), np.concatenate([[BEYOND], dated]))


def read_supply(case: Case, names: Names, codes: Codes) -> Supply:
    """Read what is there without a decision; lots past their life are not supply."""
    stocks, receipts, horizon = case["stocks"], case["receipts"], case.horizon
    days = days_of(stocks["expires_on"], horizon, BEYOND)
    held = (days >= 0) & (stocks["quantity"] > 0).to_numpy()
    reservation = np.maximum(names.reservations.of(stocks["reserved_for"]), UNRESERVED)
    reservation[(stocks["condition"] == "repairable").to_numpy()] = names.repairable
    lot = np.where(days == BEYOND, 0, np.searchsorted(codes.expires[1:], days) + 1) * codes.reservations + reservation
    spot = codes.spot(names.places.of(stocks["place"]), names.items.of(stocks["item"]), lot)
    due = np.maximum(days_of(receipts["due_on"], horizon, 0), 0)
    comes = (due <= horizon.last_day) & (receipts["quantity"] > 0).to_numpy()
    receipt = codes.spot(names.places.of(receipts["place"]), names.items.of(receipts["item"]), np.zeros_like(due))
    return Supply(
        spot[held],
        numbers_of(stocks["quantity"], 0.0)[held],
        receipt[comes],
        horizon.bucket_of(due[comes]),
        numbers_of(receipts["quantity"], 0.0)[comes],
    )


def read_reach(
    case: Case,
    names: Names,
    codes: Codes,
    legs: Legs,
    recipe: Recipe,
    place_party: Days,
    pledges: Pledges,
    contracts: Contracts,
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
    taken = component_spots(codes, recipe)
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
        Covers.build(pledges, contracts, parts, handover, key_of, receivers, case.horizon, asks),
        key_of,
        np.unique(taken),
        _stand_ins(case.horizon, codes, stand_ins, taken),
        np.isin(every_item, contracts.item[contracts.is_due]),
        names.repairable,
    )


def component_spots(codes: Codes, recipe: Recipe) -> Days:
    """Return the spot of undated goods that each component is taken from, -1 where there are no such goods."""
    reservation = recipe.component_reservation
    spot = codes.spot(recipe.place[recipe.component_process], recipe.component_item, reservation)
    return np.where(reservation == NO_REPAIRABLE, -1, spot)


def _stand_ins(horizon: Horizon, codes: Codes, stand_ins: Substitutes, taken: Days) -> StandIns:
    """List the goods that may stand in for free components, wherever these are used."""
    spots = np.unique(taken[(taken >= 0) & (codes.reservation(codes.lot(taken)) == UNRESERVED)])
    position, pair = stand_ins.of(codes.item(spots))
    goods = codes.place(spots[position]) * codes.items + stand_ins.substitute[pair]
    order = np.argsort(goods, kind="stable")
    return StandIns(goods[order], spots[position][order], horizon.starts[stand_ins.first[pair]][order])
