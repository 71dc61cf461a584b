"""Nothing appears and nothing is lost: the stock balance of every spot in every bucket."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import CELL, Books
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.flows import inflows, opening, outflows

_USE = ("place", "component", "item", "condition", "expires_on", "bucket")


def check_balance(books: Books) -> tuple[Breach, ...]:
    """Check that what lay there and came in is what lies there and went out, for every spot and bucket."""
    undated = _undated_use(books)
    gaps = _gaps(books, undated)
    dates, meets = {"date": pl.col("last_date")}, {"meets": pl.col("quantity") * pl.col("factor").fill_null(0.0)}
    return (
        mismatches(books.levels, "stock_levels", CELL, dates)
        + mismatches(books.kits, "kits", ("place", "item", "bucket"), dates)
        + mismatches(books.component_use, "component_use", _USE, dates | meets)
        + _check_use(books, undated)
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
    """Return what is taken from goods without a date: all that starts use, less what stands in for it."""
    where = ("place", "item", "condition", "bucket")
    used = books.uses.select("place", "condition", "bucket", "quantity", item="used")
    instead = books.component_use.select("place", "condition", "bucket", quantity=-pl.col("meets"), item="component")
    sums = pl.concat([used.select(*where, "quantity"), instead.select(*where, "quantity")]).group_by(where)
    rows = sums.agg(pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    return rows.with_columns(reserved_for=pl.lit(None, pl.String), expires_on=pl.lit(None, pl.Date))


def _check_use(books: Books, undated: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that only dated lots and substitutes in force stand in for components, and for no more than is used."""
    rows = undated.with_columns(amount=-pl.col("quantity")).filter(exceeds("amount", "size"))
    sentence = "{amount:g} more are taken from dated lots and substitutes than starts use."
    found = report(rows, "component use", sentence, "component_use", ("place", "item", "bucket"))
    is_own = pl.col("item") == pl.col("component")
    idle = books.component_use.filter(is_own & pl.col("expires_on").is_null())
    broken = pl.col("factor").is_null() | (pl.col("condition") == "repairable")
    wrong = books.component_use.filter(~is_own & broken)
    return (
        found
        + report(idle, "component use", "What has no date stands in for itself.", "component_use", _USE)
        + report(wrong, "component use", "{item} may not stand in for {component}.", "component_use", _USE)
    )
