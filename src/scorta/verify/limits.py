"""Storage and maximum: the most that may lie at a place at the end of a bucket."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import Breach, exceeds, report
from scorta.verify.flows import opening, receipts
from scorta.verify.holders import HOLDER, holdings


def check_limits(rows: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that no limit is exceeded by more than scheduled receipts can force."""
    forced = pl.max_horizontal(pl.col("still") - pl.col("limit"), pl.lit(0.0))
    broken = rows.with_columns(amount=pl.col("excess") - forced).filter(exceeds("amount", "level"))
    sentence = "{level:g} lie there, {limit:g} is the most, and stock and receipts alone make {still:g}."
    return report(broken, "limits", sentence, "stock_levels", (*HOLDER, "bucket"))


def lay_excess(books: Books, holders: pl.DataFrame) -> pl.DataFrame:
    """Return every limit in every bucket, what lies there, and the excess.

    `limit` is never below what lies there on the first day; `still` is what would lie there if nothing were moved,
    used or thrown away.
    """
    good = pl.col("condition") == "serviceable"
    stored, counted = _without_decision(books, pl.lit(value=True)), _without_decision(books, good)
    rows = pl.concat([_storage(books, *stored), _maximum(books, holders, *counted)])
    rows = rows.with_columns(limit=pl.max_horizontal("figure", "held"))
    return rows.with_columns(excess=(pl.col("level") - pl.col("limit")).clip(lower_bound=0.0))


def _maximum(books: Books, holders: pl.DataFrame, first: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return the maximum of each holder in each bucket, in units."""
    rows = holders.filter(pl.col("maximum").is_not_null())
    rows = rows.select(*HOLDER, "bucket", "days", "level", figure="maximum")
    return _beside(rows, HOLDER, holdings(books, first), holdings(books, later))


def _storage(books: Books, first: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return the storage of each place in each bucket, in tonnes."""
    limited = books.case["places"].select("place", figure="storage_t").drop_nulls()
    index = limited.join(books.calendar.select("bucket", "days"), how="cross")
    levels = _tonnes(books, books.levels.select("place", "item", "bucket", "quantity"))
    rows = index.join(levels, on=["place", "bucket"], how="left").rename({"quantity": "level"})
    nobody = {"party": pl.lit(None, pl.String), "item": pl.lit(None, pl.String)}
    rows = rows.with_columns(pl.col("level").fill_null(0.0), **nobody)
    return _beside(rows, ("place",), _tonnes(books, first), _tonnes(books, later))


def _beside(rows: pl.DataFrame, keys: tuple[str, ...], held: pl.DataFrame, still: pl.DataFrame) -> pl.DataFrame:
    """Add what lies there on the first day, and what would lie there without any decision."""
    first = held.select(*keys, held="quantity")
    later = still.select(*keys, "bucket", still="quantity")
    rows = rows.join(first, on=keys, how="left", nulls_equal=True)
    rows = rows.join(later, on=[*keys, "bucket"], how="left", nulls_equal=True)
    rows = rows.with_columns(pl.col("held", "still").fill_null(0.0))
    return rows.select(*HOLDER, "bucket", "days", "figure", "level", "held", "still")


def _without_decision(books: Books, chosen: pl.Expr) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what lies at each place on the first day, and what would lie there in each bucket if nothing were done.

    Only the goods that are `chosen` count: those that wait for repair fill a storage and no maximum.
    """
    first = opening(books.case).filter(chosen).select("place", "item", "quantity", bucket=pl.lit(0, pl.Int64))
    comes = pl.concat([first, receipts(books.case).select(first.columns)])
    comes = comes.group_by("place", "item", "bucket").agg(pl.col("quantity").sum())
    index = comes.select("place", "item").unique().join(books.calendar.select("bucket"), how="cross")
    rows = index.join(comes, on=["place", "item", "bucket"], how="left").sort("place", "item", "bucket")
    return first, rows.with_columns(pl.col("quantity").fill_null(0.0).cum_sum().over("place", "item"))


def _tonnes(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the mass at each place in each bucket."""
    mass = books.case["items"].select("item", mass_kg=pl.col("mass_kg").fill_null(0.0))
    tonnes = pl.col("quantity") * pl.col("mass_kg") / 1000
    return rows.join(mass, on="item").group_by("place", "bucket").agg(quantity=tonnes.sum())
