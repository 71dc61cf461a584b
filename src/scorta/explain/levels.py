"""Levels: what owners hold in a plan, and what they lack of a floor or an objective."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Floats
from scorta.network import Network, pairs
from scorta.plan import Plan


def held(plan: Plan, network: Network) -> Floats:
    """Return what the owner of each aim holds at the end of each bucket of a plan (aim x bucket)."""
    aims, names, items = network.aims, network.names, len(network.names.items)
    found = np.zeros((len(aims), len(network.horizon)))
    owner = np.where(aims.place >= 0, aims.place, len(names.places) + aims.party) * items + aims.item
    among = pl.col("item").is_in(names.items.code(np.unique(aims.item)).implode())
    at_places = plan["stock_levels"].filter(among, pl.col("condition") == "serviceable")
    of_parties = plan["holdings"].filter(among)
    for rows, whose, level in (
        (at_places, names.places.of(at_places["place"]), "quantity"),
        (of_parties, len(names.places) + names.parties.of(of_parties["party"]), "level"),
    ):
        at, aim = pairs(whose * items + names.items.of(rows["item"]), owner)
        np.add.at(found, (aim, rows["bucket"].to_numpy()[at]), rows[level].to_numpy()[at])
    return found


def missing(plan: Plan, network: Network, wanted: Floats) -> Floats:
    """Return how far owners are below what is wanted at the end of each bucket of a plan (both aim x bucket)."""
    return np.asarray(np.maximum(np.nan_to_num(wanted) - held(plan, network), 0.0))
