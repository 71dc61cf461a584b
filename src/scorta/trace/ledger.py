"""The ledger of a plan: what comes into every spot, and what leaves it, each entry with what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from scorta.case import ROW, Case
from scorta.plan import Plan
from scorta.verify import (
    SPOT,
    Books,
    bucket_of,
    component_use_of,
    issues_of,
    kits_of,
    open_books,
    shipments_of,
    spread,
    starts_of,
    stock_of,
    to_day,
    uses_of,
)

ENTRY = (*SPOT, "bucket", "kind", "ref", "quantity")
"""What every entry tells: where, when, what it is, the row it belongs to, and how much."""

_FREE = {
    "condition": pl.lit("serviceable"),
    "reserved_for": pl.lit(None, pl.String),
    "expires_on": pl.lit(None, pl.Date),
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every batch that comes in and every flow that goes out, and what is taken for which making.

    Batches are a `stock` or `receipt` (`ref` is the row of the case), or what came of a `shipment`, a `production` or a
    `kit` (`ref` is the row of that table of the plan); `of` is all that comes of that row, in these units. Flows are a
    `shipment`, an `issue`, what is `expired`, or a `use` (`ref` is a pool: what a place takes of a component in a
    bucket), with what it `counts` for there. `takes` tells how much of each pool goes into each production and kit.
    """

    batches: pl.DataFrame
    flows: pl.DataFrame
    takes: pl.DataFrame


def lay_ledger(case: Case, plan: Plan) -> Ledger:
    """Read a case and a plan of it into a ledger."""
    books = open_books(case, plan.tables)
    shipments, production, kits = (
        table.with_row_index("ref") for table in (shipments_of(books), starts_of(books), kits_of(books))
    )
    batches = [_stocks(case), _receipts(case), *_made(books, production, kits), _arrivals(books, shipments)]
    takes = _takes(books, production, kits)
    pools = takes.select("pool", "place", "condition", "bucket", "component").unique("pool")
    flows = _flows(books, shipments, takes, pools)
    return Ledger(
        pl.concat([batch.select(*ENTRY, "of") for batch in batches]).filter(pl.col("quantity") > 0),
        pl.concat([flow.select(*ENTRY, "counts") for flow in flows]).filter(pl.col("quantity") > 0),
        takes,
    )


def _stocks(case: Case) -> pl.DataFrame:
    """Return what lies there on the first day; goods that wait for repair are reserved for nothing."""
    rows = case["stocks"].filter(to_day("expires_on", case.horizon) >= 0)
    kept = pl.when(pl.col("condition") == "serviceable").then("reserved_for")
    rows = rows.with_columns(reserved_for=kept, bucket=pl.lit(0, pl.Int64), kind=pl.lit("stock"))
    return rows.with_columns(ref=pl.col(ROW), of="quantity")


def _receipts(case: Case) -> pl.DataFrame:
    """Return what comes in on a known day within the plan."""
    due = pl.Series("bucket", bucket_of(case["receipts"], "due_on", case.horizon), dtype=pl.Int64)
    rows = case["receipts"].with_columns(due, **_FREE, kind=pl.lit("receipt"), ref=pl.col(ROW), of="quantity")
    return rows.filter(pl.col("bucket") < len(case.horizon))


def _arrivals(books: Books, shipments: pl.DataFrame) -> pl.DataFrame:
    """Return what arrives of each shipment in each bucket while it can still be used."""
    rows = shipments.filter("runs")
    first, last = rows["first"].to_numpy(), rows["last"].to_numpy()
    flow, bucket, share = spread(books.horizon, first, last, rows["transit_days"].to_numpy())
    came = rows[flow].with_columns(pl.Series("bucket", bucket, pl.Int64), pl.Series("share", share, pl.Float64))
    starts = pl.max_horizontal(pl.Series(books.horizon.starts[bucket]), pl.col("first") + pl.col("transit_days"))
    left = (to_day("expires_on", books.horizon) + 1 - starts).clip(lower_bound=0)
    alive = pl.min_horizontal("share", left / (pl.col("last") - pl.col("first") + 1))
    return came.with_columns(
        place="destination", reserved_for="arrives_for", kind=pl.lit("shipment"), of="quantity",
        quantity=pl.col("quantity") * alive,
    )  # fmt: skip


def _made(books: Books, production: pl.DataFrame, kits: pl.DataFrame) -> list[pl.DataFrame]:
    """Return what comes of each start in each bucket, product and co-products, and of kits put together."""
    running = production.filter("runs")
    beside = books.case["coproducts"].select("process", "item", per_unit="quantity")
    kept = ("ref", "first", "last", "lead_time_days", "place", "item", "of")
    product = running.with_columns(of=pl.col("started") * pl.col("share")).select(kept)
    more = running.drop("item").join(beside, on="process").with_columns(of=pl.col("started") * pl.col("per_unit"))
    outputs = pl.concat([product, more.select(kept)])
    first, last = outputs["first"].to_numpy(), outputs["last"].to_numpy()
    flow, bucket, share = spread(books.horizon, first, last, outputs["lead_time_days"].to_numpy())
    came = outputs[flow].with_columns(pl.Series("bucket", bucket, pl.Int64), pl.Series("share", share, pl.Float64))
    came = came.with_columns(**_FREE, kind=pl.lit("production"), quantity=pl.col("of") * pl.col("share"))
    return [came, kits.with_columns(**_FREE, kind=pl.lit("kit"), of="quantity")]


def _takes(books: Books, production: pl.DataFrame, kits: pl.DataFrame) -> pl.DataFrame:
    """Return how much each start and kit takes of each component: of the pool of its place and bucket."""
    by_ref = production.select("ref", "process", "bucket")
    starts = uses_of(books).filter(pl.col("process").is_not_null()).join(by_ref, on=["process", "bucket"])
    parts = books.case["kits"].select("item", component="component", per_kit="quantity")
    into = kits.join(parts, on="item").with_columns(quantity=pl.col("quantity") * pl.col("per_kit"))
    columns = ("place", "component", "condition", "bucket", "kind", "ref", "quantity")
    rows = pl.concat(
        [
            starts.with_columns(component="used", kind=pl.lit("production")).select(columns),
            into.with_columns(condition=pl.lit("serviceable"), kind=pl.lit("kit")).select(columns),
        ]
    )
    pool = pl.struct("place", "component", "condition", "bucket").rank("dense").cast(pl.UInt32) - 1
    return rows.filter(pl.col("quantity") > 0).with_columns(pool=pool)


def _flows(books: Books, shipments: pl.DataFrame, takes: pl.DataFrame, pools: pl.DataFrame) -> list[pl.DataFrame]:
    """Return what leaves each spot: issues, what making takes (undated goods last), shipments, what was thrown away."""
    issues = issues_of(books).with_row_index("ref").with_columns(kind=pl.lit("issue"), counts="quantity")
    departed = shipments.drop("place", strict=False).rename({"origin": "place"})
    where = ["place", "component", "condition", "bucket"]
    instead = (
        component_use_of(books)
        .join(pools, on=where)
        .with_columns(
            kind=pl.lit("use"),
            ref="pool",
            reserved_for=pl.lit(None, pl.String),
            counts=pl.col("quantity") * pl.col("factor"),
        )
    )
    met = instead.group_by("pool").agg(met=pl.col("counts").sum())
    whole = takes.group_by("pool").agg(pl.col("quantity").sum())
    undated = pools.join(whole, on="pool").join(met, on="pool", how="left").with_columns(
        quantity=pl.col("quantity") - pl.col("met").fill_null(0.0), item="component", kind=pl.lit("use"), ref="pool",
        reserved_for=pl.lit(None, pl.String), expires_on=pl.lit(None, pl.Date),
    )  # fmt: skip
    gone = stock_of(books).with_columns(quantity="expired", kind=pl.lit("expired"), ref=pl.lit(0, pl.UInt32))
    return [
        issues,
        instead,
        undated.with_columns(counts="quantity"),
        departed.with_columns(kind=pl.lit("shipment"), counts="quantity"),
        gone.with_columns(counts="quantity"),
    ]
