"""What leaves over which leg, and when it arrives."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.plan.answered import Answered


def shipments(solved: Answered) -> pl.DataFrame:
    """List what leaves over each leg in each bucket."""
    family, at, quantity = solved.used("ship")
    network = solved.network
    move, bucket = family.index["move"][at], family.index["bucket"][at]
    moves, legs, spots = network.moves, network.legs, network.spots
    leg, origin = moves.leg[move], moves.origin[move]
    way = leg * len(network.horizon) + bucket
    first, last = moves.arrivals.first_day[way], moves.arrivals.last_day[way]
    mass = solved.column("items", "mass_kg").gather(spots.item[origin]) / 1000.0 * quantity
    cost = solved.column("legs", "cost_eur_per_t").fill_null(0.0).gather(leg) * mass.fill_null(0.0)
    return pl.DataFrame(
        {
            "leg": solved.column("legs", "leg").gather(leg),
            "origin": network.names.places.code(legs.origin[leg]),
            "destination": network.names.places.code(legs.destination[leg]),
            "item": network.names.items.code(spots.item[origin]),
            "condition": solved.condition(origin),
            **solved.lot(origin),
            "arrives_for": solved.claims(spots.claim[moves.destination[move]]),
            "bucket": bucket,
            "leaves_from": solved.dates(first),
            "leaves_until": solved.dates(last),
            "arrives_from": solved.dates(np.floor(first + legs.transit[leg]).astype(np.int64)),
            "arrives_until": solved.dates(np.ceil(last + legs.transit[leg]).astype(np.int64)),
            "quantity": quantity,
            "mass_t": mass,
            "cost_eur": cost,
        }
    )
