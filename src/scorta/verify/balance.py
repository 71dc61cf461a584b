"""Nothing appears and nothing is lost: the stock balance of every spot in every bucket."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import CELL, Books
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.flows import component_use, inflows, opening, outflows


def check_balance(books: Books) -> tuple[Breach, ...]:
    """Check that what lay there and came in is what lies there and went out, for every spot and bucket.

    The plan does not say from which lot components are taken. What is missing from a spot of free goods therefore
    counts as used, and all that is used of an item at a place must be what its starts use.
    """
    gaps = _gaps(books)
    free = pl.col("reserved_for").is_null()
    short = gaps.with_columns(amount=-pl.col("gap")).filter(exceeds("amount", "size"))
    lost = gaps.filter(~free).with_columns(amount=pl.col("gap")).filter(exceeds("amount", "size"))
    return (
        mismatches(books.levels, "stock_levels", CELL, {"date": pl.col("last_date")})
        + report(short, "balance", "More lies there or goes out than came in, by {amount:g}.", "stock_levels", CELL)
        + report(lost, "balance", "Less lies there and goes out than came in, by {amount:g}.", "stock_levels", CELL)
        + _check_use(books, gaps.filter(free))
    )


def _gaps(books: Books) -> pl.DataFrame:
    """Return what each spot misses in each bucket: what lay there and came in, less what lies there and went out."""
    levels = books.levels.select(*CELL, "quantity")
    first = opening(books.case).with_columns(bucket=pl.lit(0, pl.Int64)).select(*CELL, "quantity")
    carried = levels.with_columns(pl.col("bucket") + 1).filter(pl.col("bucket") < len(books.horizon))
    plus = pl.concat([first, carried, inflows(books)])
    minus = pl.concat([levels, outflows(books)]).with_columns(-pl.col("quantity"))
    return (
        pl.concat([plus, minus]).group_by(CELL).agg(gap=pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    )


def _check_use(books: Books, gaps: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that what is missing from the free goods of a place is what its starts use."""
    where = ("place", "item", "bucket")
    taken = gaps.select(*where, "size", gap="gap")
    used = component_use(books).select(
        "place", "bucket", item="used", size=pl.col("quantity").abs(), gap=-pl.col("quantity")
    )
    sums = pl.concat([taken, used.select(taken.columns)]).group_by(where).agg(pl.col("gap").sum(), pl.col("size").sum())
    broken = sums.with_columns(amount=pl.col("gap").abs()).filter(exceeds("amount", "size"))
    sentence = "What lay there and came in is off by {gap:g} from what lies there, went out and was used as components."
    return report(broken, "balance", sentence, "stock_levels", where)
