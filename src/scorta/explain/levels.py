"""Levels: what an owner holds in a plan, and what it lacks of a floor or an objective."""

from __future__ import annotations

import numpy as np

from scorta.case import Floats
from scorta.network import Network
from scorta.plan import Plan


def held(plan: Plan, network: Network, aim: int) -> Floats:
    """Return what the owner of an aim holds at the end of each bucket of a plan."""
    aims, names = network.aims, network.names
    item = names.items.code(aims.item[[aim]])[0]
    found = np.zeros(len(network.horizon))
    if aims.place[aim] >= 0:
        place = names.places.code(aims.place[[aim]])[0]
        levels = plan["stock_levels"].filter(place=place, item=item, condition="serviceable")
        np.add.at(found, levels["bucket"].to_numpy(), levels["quantity"].to_numpy())
    else:
        levels = plan["holdings"].filter(party=names.parties.code(aims.party[[aim]])[0], item=item)
        found[levels["bucket"].to_numpy()] = levels["level"].to_numpy()
    return found


def missing(plan: Plan, network: Network, aim: int, wanted: Floats) -> Floats:
    """Return how far the owner of an aim is below what is wanted (aim x bucket) at the end of each bucket of a plan."""
    return np.asarray(np.maximum(np.nan_to_num(wanted[aim]) - held(plan, network, aim), 0.0))
