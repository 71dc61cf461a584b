"""What a party or a place should hold of an item in each bucket, and what it holds."""

from __future__ import annotations

import polars as pl

from scorta.case import BEYOND
from scorta.verify.books import Books
from scorta.verify.spans import to_day

HOLDER = ("party", "place", "item")
"""Who holds: a party over all its places, or one place; and what."""


def lay_holders(books: Books) -> pl.DataFrame:
    """Return the floor, objective and maximum of each holder at the end of each bucket, and the level it holds."""
    rows = _rows_in_force(books).join(books.calendar, how="cross")
    rows = rows.filter((pl.col("begins") <= pl.col("end")) & (pl.col("end") < pl.col("ceases")))
    good = books.levels.filter(pl.col("condition") == "serviceable")
    held = holdings(books, good.select("place", "item", "bucket", "quantity"))
    keys = [*HOLDER, "bucket"]
    rows = rows.join(held.rename({"quantity": "level"}), on=keys, how="left", nulls_equal=True)
    return rows.with_columns(pl.col("level").fill_null(0.0)).sort(keys)


def holdings(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the sum of quantities at places, in each bucket, for every holder there can be."""
    owned, nobody = rows.join(books.places, on="place"), pl.lit(None, pl.String)
    alone = owned.select("place", "item", "bucket", "quantity", party=nobody)
    together = owned.select("item", "bucket", "quantity", "party", place=nobody).select(alone.columns)
    return pl.concat([alone, together]).group_by(*HOLDER, "bucket").agg(pl.col("quantity").sum())


def _rows_in_force(books: Books) -> pl.DataFrame:
    """Return the rows of objectives, each with the day it begins to hold and the day the next one does."""
    by_days = pl.col("daily_rate") * pl.col("days_of_supply")
    rows = (
        books.case["objectives"]
        .select(
            "place",
            "item",
            "floor",
            "maximum",
            party=pl.when(pl.col("place").is_null()).then(pl.col("party")),
            objective=pl.coalesce("objective", by_days),
            weight=pl.col("priority").fill_null(1).cast(pl.Float64),
            begins=to_day("from_date", books.horizon, 0),
        )
        .sort("begins")
    )
    return rows.with_columns(ceases=pl.col("begins").shift(-1).over(HOLDER).fill_null(BEYOND))
