"""When what was shipped arrives: the even flow of each shipment over the buckets that its transit reaches."""

from __future__ import annotations

import polars as pl

from scorta.case import Horizon
from scorta.verify.spans import spread, to_day

_KEPT = ("item", "condition", "expires_on", "gone", "worth", "quantity", "mass", "giver", "receiver")


def lay_arrivals(shipments: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """Return the part of each shipment that arrives in each bucket; `wasted` are those that arrive after its life.

    `shipments` carry the first and last day of departure and the transit of their leg. Where the last day of a lot lies
    within a bucket, what arrives through that day and what arrives after it are parts of their own.
    """
    moving = shipments.filter("runs").with_columns(begin=pl.col("first") + pl.col("transit_days"))
    flow, bucket, share = spread(
        horizon, moving["first"].to_numpy(), moving["last"].to_numpy(), moving["transit_days"].to_numpy()
    )
    rows = moving.select(*_KEPT, "first", "last", "begin", place="destination", reserved_for="arrives_for")[flow]
    rows = rows.with_columns(bucket=pl.Series(bucket, dtype=pl.Int64), share=pl.Series(share, dtype=pl.Float64))
    starts = pl.Series(horizon.starts[bucket], dtype=pl.Int64)
    left = to_day("expires_on", horizon) + 1 - pl.max_horizontal("begin", starts)
    alive = pl.min_horizontal("share", left.clip(lower_bound=0) / (pl.col("last") - pl.col("first") + 1))
    rows = rows.with_columns(alive=alive)
    parts = [
        rows.with_columns(share=pl.col("alive"), wasted=pl.lit(False)),
        rows.with_columns(share=pl.col("share") - pl.col("alive"), wasted=pl.lit(True)).filter(pl.col("share") > 0),
    ]
    rows = pl.concat(parts).with_columns(pl.col("quantity", "mass") * pl.col("share"))
    return rows.drop("share", "alive", "first", "last", "begin")
