"""Levels: what owners hold in a plan, and what they lack of a floor or an objective."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Floats
from scorta.network import Network, pairs
from scorta.plan import Plan


def held(plan: Plan, network: Network) -> Floats:
    """Return what the owner of each level holds at the end of each bucket of a plan (level x bucket)."""
    levels, names, items = network.levels, network.names, len(network.names.items)
    found = np.zeros((len(levels), len(network.horizon)))
    owner = np.where(levels.place >= 0, levels.place, len(names.places) + levels.party) * items + levels.item
    among = pl.col("item").is_in(names.items.code(np.unique(levels.item)).implode())
    at_places = plan["stock_levels"].filter(among, pl.col("condition") == "serviceable")
    of_parties = plan["holdings"].filter(among)
    for rows, whose, figure in (
        (at_places, names.places.of(at_places["place"]), "quantity"),
        (of_parties, len(names.places) + names.parties.of(of_parties["party"]), "level"),
    ):
        at, level = pairs(whose * items + names.items.of(rows["item"]), owner)
        np.add.at(found, (level, rows["bucket"].to_numpy()[at]), rows[figure].to_numpy()[at])
    return found


def missing(plan: Plan, network: Network, wanted: Floats) -> Floats:
    """Return how far owners are below what is wanted at the end of each bucket of a plan (both level x bucket)."""
    return np.asarray(np.maximum(np.nan_to_num(wanted) - held(plan, network), 0.0))
