"""When what was shipped arrives: the even flow of each shipment over the buckets that its transit reaches."""

from __future__ import annotations

import polars as pl

from scorta.case import Horizon
from scorta.verify.spans import spread

_KEPT = ("item", "condition", "expires_on", "gone", "worth", "quantity", "mass", "giver", "receiver")


def lay_arrivals(shipments: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """Return the part of each shipment that arrives in each bucket; `wasted` where its life is over by then.

    `shipments` carry the first and last day of departure and the transit of their leg.
    """
    moving = shipments.filter("runs")
    flow, bucket, share = spread(
        horizon, moving["first"].to_numpy(), moving["last"].to_numpy(), moving["transit_days"].to_numpy()
    )
    rows = moving.select(*_KEPT, place="destination", reserved_for="arrives_for")[flow]
    rows = rows.with_columns(bucket=pl.Series(bucket, dtype=pl.Int64), share=pl.Series(share, dtype=pl.Float64))
    rows = rows.with_columns(pl.col("quantity", "mass") * pl.col("share"), wasted=pl.col("bucket") > pl.col("gone"))
    return rows.drop("share")
