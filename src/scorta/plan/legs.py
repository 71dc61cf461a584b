"""What leaves over which leg, and when it arrives."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.plan.plan import Answered
from scorta.problem import open_days
from scorta.rules import Column


def shipments(solved: Answered) -> pl.DataFrame:
    """List what leaves over each leg in each bucket, or on some days of it."""
    network, rows = solved.network, _carried(solved)
    leg, origin, destination, bucket, first, last = (rows[name].to_numpy() for name in rows.columns[:-1])
    legs, spots, quantity = network.legs, network.spots, rows["quantity"]
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
            "arrives_for": solved.reservations(spots.reservation[destination]),
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
    rows = shipped.join(costs, on="leg", how="semi").group_by("leg", "bucket", maintain_order=True).agg(mass_t=mass)
    numbers = pl.DataFrame({"leg": solved.column("legs", "leg")}).with_row_index("number")
    leg = rows.join(numbers, on="leg", how="left", maintain_order="left")["number"].cast(pl.Int64).to_numpy()
    first, last = open_days(solved.network, leg, rows["bucket"].cast(pl.Int64).to_numpy())
    rows = rows.with_columns(leaves_from=solved.dates(first), leaves_until=solved.dates(last))
    rows = rows.join(costs, on="leg", how="left", maintain_order="left")
    rows = rows.join(_used(solved), on=["leg", "bucket"], how="left", maintain_order="left")
    return rows.with_columns(fixed_cost_eur=pl.col("fixed") * pl.col("used").fill_null(1.0))


def _used(solved: Answered) -> pl.DataFrame:
    """Return whether each leg with a fixed cost is used: 1, or a part of it where whole numbers were dropped."""
    used = solved.problem.columns[Column.USED]
    return pl.DataFrame(
        {
            "leg": solved.column("legs", "leg").gather(used.index["leg"]),
            "bucket": pl.Series(used.index["bucket"], dtype=pl.Int64),
            "used": solved.answer.values[used.start : used.stop],
        }
    )


def _carried(solved: Answered) -> pl.DataFrame:
    """Return what each leg carries, by numbers; windows that are the same days over a leg are one row."""
    family, at, quantity = solved.used(Column.SHIP)
    moves, move, bucket = solved.network.moves, family.index["move"][at], family.index["bucket"][at]
    first, last = solved.departures(move, bucket)
    columns = {
        "leg": moves.leg[move], "origin": moves.origin[move], "destination": moves.destination[move],
        "bucket": bucket, "first": first, "last": last,
    }  # fmt: skip
    numbers = {name: pl.Series(values, dtype=pl.Int64) for name, values in columns.items()}
    rows = pl.DataFrame({**numbers, "quantity": pl.Series(quantity, dtype=pl.Float64)})
    return rows.group_by(list(columns), maintain_order=True).agg(pl.col("quantity").sum())
