"""The ledger of a plan: what comes into every spot, and what leaves it, each entry with what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from scorta.case import Case
from scorta.plan import Plan
from scorta.verify import (
    ENTRY,
    Books,
    component_use_of,
    inflows_of,
    issues_of,
    kits_of,
    lots_of,
    open_books,
    shipments_of,
    starts_of,
    stock_of,
    uses_of,
)


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
    takes = _takes(books)
    return Ledger(
        pl.concat([lots_of(books), inflows_of(books)]).filter(pl.col("quantity") > 0),
        pl.concat([flow.select(*ENTRY, "counts") for flow in _flows(books, takes)]).filter(pl.col("quantity") > 0),
        takes,
    )


_POOL = ("place", "component", "condition", "bucket")
"""What making takes a component from."""


def _takes(books: Books) -> pl.DataFrame:
    """Return how much each start and kit takes of each component: of the pool of its place and bucket."""
    by_ref = starts_of(books).with_row_index("ref").select("ref", "process", "bucket")
    starts = (
        uses_of(books)
        .filter(pl.col("process").is_not_null())
        .join(by_ref, on=["process", "bucket"], maintain_order="left")
    )
    parts = books.case["kits"].select("item", component="component", per_kit="quantity")
    kits = kits_of(books).with_row_index("ref").join(parts, on="item")
    into = kits.with_columns(quantity=pl.col("quantity") * pl.col("per_kit"))
    columns = (*_POOL, "kind", "ref", "quantity")
    rows = pl.concat(
        [
            starts.with_columns(component="used", kind=pl.lit("production")).select(columns),
            into.with_columns(condition=pl.lit("serviceable"), kind=pl.lit("kit")).select(columns),
        ]
    )
    pool = pl.struct(_POOL).rank("dense").cast(pl.UInt32) - 1
    return rows.filter(pl.col("quantity") > 0).with_columns(pool=pool)


def _flows(books: Books, takes: pl.DataFrame) -> list[pl.DataFrame]:
    """Return what leaves each spot: issues, what making takes (undated goods last), shipments, what was thrown away."""
    issues = issues_of(books).with_row_index("ref").with_columns(kind=pl.lit("issue"), counts="quantity")
    departed = shipments_of(books).with_row_index("ref").drop("place", strict=False).rename({"origin": "place"})
    pools = takes.group_by("pool", *_POOL).agg(pl.col("quantity").sum()).sort("pool")
    instead = component_use_of(books).join(pools.drop("quantity"), on=_POOL, maintain_order="left").with_columns(
        kind=pl.lit("use"), ref="pool", reserved_for=pl.lit(None, pl.String),
        counts=pl.col("quantity") * pl.col("factor"),
    )  # fmt: skip
    met = instead.group_by("pool").agg(met=pl.col("counts").sum())
    undated = pools.join(met, on="pool", how="left", maintain_order="left").with_columns(
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
