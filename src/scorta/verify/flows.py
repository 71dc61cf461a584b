"""What comes into each spot and what goes out of it, bucket by bucket."""

from __future__ import annotations

import polars as pl

from scorta.case import Case
from scorta.verify.books import CELL, SPOT, Books
from scorta.verify.spans import bucket_of, spread, to_day

_GOOD = {"condition": pl.lit("serviceable")}
_FREE = _GOOD | {"reserved_for": pl.lit(None, pl.String), "expires_on": pl.lit(None, pl.Date)}


def opening(case: Case) -> pl.DataFrame:
    """Return what lies in each spot on the first day and can still be used: `place` to `expires_on` and quantity.

    Goods that wait for repair are reserved for nothing, whatever their row says.
    """
    stocks = case["stocks"].filter(to_day("expires_on", case.horizon) >= 0)
    kept = pl.when(pl.col("condition") == "serviceable").then("reserved_for")
    stocks = stocks.with_columns(reserved_for=kept)
    return stocks.group_by(SPOT).agg(pl.col("quantity").sum())


def receipts(case: Case) -> pl.DataFrame:
    """Return what comes into each spot on a known day; what is past due comes in the first bucket."""
    due = pl.Series("bucket", bucket_of(case["receipts"], "due_on", case.horizon), dtype=pl.Int64)
    rows = case["receipts"].with_columns(due, **_FREE)
    return rows.filter(pl.col("bucket") < len(case.horizon)).select(*CELL, "quantity")


def makings(books: Books) -> pl.DataFrame:
    """Return the product and the co-products that arrive in each spot and bucket, and the kits put together."""
    running = books.production.filter("runs")
    product = running.select(
        "first", "last", "lead_time_days", "place", "item", quantity=pl.col("started") * pl.col("share")
    )
    beside = books.case["coproducts"].select("process", "item", per_unit="quantity")
    more = running.drop("item").join(beside, on="process", how="inner")
    more = more.select(
        "first", "last", "lead_time_days", "place", "item", quantity=pl.col("started") * pl.col("per_unit")
    )
    rows = pl.concat([product, more])
    flow, bucket, share = spread(
        books.horizon, rows["first"].to_numpy(), rows["last"].to_numpy(), rows["lead_time_days"].to_numpy()
    )
    rows = rows[flow].with_columns(pl.Series("bucket", bucket, pl.Int64), pl.Series("share", share, pl.Float64))
    rows = rows.with_columns(pl.col("quantity") * pl.col("share"), **_FREE).select(*CELL, "quantity")
    return pl.concat([rows, books.kits.with_columns(**_FREE).select(*CELL, "quantity")])


def inflows(books: Books) -> pl.DataFrame:
    """Return all that comes into each spot in each bucket after the first day."""
    arrived = books.arrivals.filter(~pl.col("wasted")).select(*CELL, "quantity")
    return pl.concat([receipts(books.case), arrived, makings(books)])


def outflows(books: Books) -> pl.DataFrame:
    """Return what leaves each spot in each bucket by the tables: departures, issues, dated components, what expired."""
    departed = books.shipments.drop("place", strict=False).rename({"origin": "place"})
    issued = books.issues.select(*CELL, "quantity")
    used = books.component_use.with_columns(reserved_for=pl.lit(None, pl.String)).select(*CELL, "quantity")
    expired = books.levels.select(*CELL, quantity="expired")
    return pl.concat([departed.select(*CELL, "quantity"), issued, used, expired])
