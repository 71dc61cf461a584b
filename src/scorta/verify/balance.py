"""Nothing appears and nothing is lost: the stock balance of every spot in every bucket."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import CELL, Books
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.flows import inflows, opening, outflows


def check_balance(books: Books) -> tuple[Breach, ...]:
    """Check that what lay there and came in is what lies there and went out, for every spot and bucket."""
    undated = _undated_use(books)
    gaps = _gaps(books, undated)
    dates = {"date": pl.col("last_date")}
    return (
        mismatches(books.levels, "stock_levels", CELL, dates)
        + mismatches(books.component_use, "component_use", ("place", "item", "expires_on", "bucket"), dates)
        + _check_use(undated)
        + report(gaps.filter("more"), "balance", "{amount:g} too much lie there or go out.", "stock_levels", CELL)
        + report(gaps.filter("less"), "balance", "{amount:g} that came in are lost.", "stock_levels", CELL)
    )


def _gaps(books: Books, undated: pl.DataFrame) -> pl.DataFrame:
    """Return the spots and buckets where what lay there and came in is more or less than what lies there and went."""
    levels = books.levels.select(*CELL, "quantity")
    first = opening(books.case).with_columns(bucket=pl.lit(0, pl.Int64)).select(*CELL, "quantity")
    carried = levels.with_columns(pl.col("bucket") + 1).filter(pl.col("bucket") < len(books.horizon))
    plus = pl.concat([first, carried, inflows(books)])
    minus = pl.concat([levels, outflows(books), undated.select(*CELL, "quantity")])
    both = pl.concat([plus, minus.with_columns(-pl.col("quantity"))])
    sums = both.group_by(CELL).agg(gap=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    sums = sums.with_columns(amount=pl.col("gap").abs(), more=pl.col("gap") < 0, less=pl.col("gap") > 0)
    return sums.filter(exceeds("amount", "size"))


def _undated_use(books: Books) -> pl.DataFrame:
    """Return what starts take from free goods without a date: all they use, less what they take from dated lots."""
    where = ("place", "item", "bucket")
    used = books.uses.select("place", "bucket", "quantity", item="used")
    dated = books.component_use.select(*where, -pl.col("quantity"))
    sums = pl.concat([used.select(*where, "quantity"), dated]).group_by(where)
    rows = sums.agg(pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    return rows.with_columns(reserved_for=pl.lit(None, pl.String), expires_on=pl.lit(None, pl.Date))


def _check_use(undated: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that no more is taken from dated lots than starts use."""
    rows = undated.with_columns(amount=-pl.col("quantity")).filter(exceeds("amount", "size"))
    sentence = "{amount:g} more are taken from dated lots than starts use."
    return report(rows, "component use", sentence, "component_use", ("place", "item", "bucket"))
