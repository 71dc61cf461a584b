"""What starts, and kits that are put together, use of their components."""

from __future__ import annotations

import polars as pl

from scorta.case import Case
from scorta.verify.spans import to_day

_KEPT = ("place", "bucket", "used", "condition", "quantity")


def lay_use(case: Case, production: pl.DataFrame, kits: pl.DataFrame) -> pl.DataFrame:
    """Return what each start uses of each row of its bill of materials, with the days on which the row is in force.

    `production` carries the first and last day of each start. A process that takes its own product takes it
    repairable. The rows of kits put together stand after those of starts; they name no process.
    """
    bill = case["components"].select(
        "process",
        used="item",
        per_unit="quantity",
        valid_from=to_day("from_date", case.horizon, 0),
        valid_until=to_day("until_date", case.horizon),
    )
    rows = production.filter("runs").join(bill, on="process", how="inner")
    shared = pl.min_horizontal("last", "valid_until") - pl.max_horizontal("first", "valid_from") + 1
    rows = rows.with_columns(in_force=shared.clip(lower_bound=0))
    part = pl.col("in_force") / (pl.col("last") - pl.col("first") + 1)
    mended = pl.col("used") == pl.col("process_item")
    rows = rows.with_columns(
        quantity=pl.col("started") * pl.col("per_unit") * part,
        condition=pl.when(mended).then(pl.lit("repairable")).otherwise(pl.lit("serviceable")),
    )
    return pl.concat([rows, _lay_kits(case, kits)], how="diagonal")


def _lay_kits(case: Case, kits: pl.DataFrame) -> pl.DataFrame:
    """Return what goes into the kits put together."""
    parts = case["kits"].select("item", used="component", per_kit="quantity")
    rows = kits.join(parts, on="item", how="inner")
    rows = rows.with_columns(pl.col("quantity") * pl.col("per_kit"), condition=pl.lit("serviceable"))
    return rows.select(_KEPT)
