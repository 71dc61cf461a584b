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


def leg_use(solved: Answered, shipped: pl.DataFrame) -> pl.DataFrame:
    """List the legs with a fixed cost that are used, bucket by bucket, with what they carry."""
    costs = solved.network.case["legs"].select("leg", fixed="fixed_cost_eur").filter(pl.col("fixed") > 0)
    mass = pl.when(pl.col("mass_t").is_not_null().any()).then(pl.col("mass_t").sum())
    rows = (
        shipped.join(costs, on="leg", how="semi")
        .group_by("leg", "bucket", maintain_order=True)
        .agg(pl.col("leaves_from", "leaves_until").first(), mass_t=mass)
    )
    rows = rows.join(costs, on="leg", how="left", maintain_order="left")
    rows = rows.join(_used(solved), on=["leg", "bucket"], how="left", maintain_order="left")
    return rows.with_columns(fixed_cost_eur=pl.col("fixed") * pl.col("used").fill_null(1.0))


def _used(solved: Answered) -> pl.DataFrame:
    """Return whether each leg with a fixed cost is used: 1, or a part of it where whole numbers were dropped."""
    used = solved.problem.columns["used"]
    return pl.DataFrame(
        {
            "leg": solved.column("legs", "leg").gather(used.index["leg"]),
            "bucket": pl.Series(used.index["bucket"], dtype=pl.Int64),
            "used": solved.answer.values[used.start : used.stop],
        }
    )
