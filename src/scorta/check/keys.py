"""Burden-sharing keys: whether their shares make up the whole, and whether their parties can give."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book, ranges
from scorta.check.sheet import Papers, Sheet

ROUNDING = 0.01
"""How far the shares of a key may be from 1 together: shares of thirty parties in per cent are rounded by as much."""


def check_sharing(papers: Papers, book: Book) -> None:
    """Say which keys are not whole or shared by nobody, and what of their parties counts for nothing."""
    sheet = papers["keys"]
    if not sheet.frame.height:
        return
    _check_sums(sheet, book)
    words = {"key": pl.col("key"), "party": pl.col("party")}
    is_nothing = pl.col("maximum_excess") == 0.0
    book.where("key-cap-of-nothing", sheet, is_nothing, "maximum_excess", **words)
    if "pledges" not in papers.sheets:
        book.say("key-without-pledges", sheet.file)
        return
    _check_givers(papers, sheet, book)


def _check_sums(sheet: Sheet, book: Book) -> None:
    """Say which keys do not sum to 1, and which have one party; a key with a cell that could not be read is let be."""
    keys = sheet.frame.drop_nulls(["key", "party", "share"]).group_by("key", maintain_order=True)
    for row in keys.agg("row", pl.col("share").sum(), pl.col("party").unique()).iter_rows(named=True):
        key, rows = row["key"], row["row"]
        if len(rows) < sheet.frame.filter(pl.col("key") == key).height:
            continue
        if abs(row["share"] - 1.0) > ROUNDING + 1e-9:
            total = f"{row['share']:.6g}"
            book.say(
                "key-not-whole", sheet.file, rows[0], "share", key=key, sum=total, rows=ranges(rows), allowed=ROUNDING
            )
        if len(row["party"]) == 1:
            book.say("key-of-one", sheet.file, rows[0], "party", row["party"][0], key=key, party=row["party"][0])


def _check_givers(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Say which parties pledge nothing, and which pledged items have no value."""
    pledges = papers["pledges"].frame.filter(pl.col("state") != "withdrawn")
    if papers.scenario is not None and papers.scenario.gifts == "pledged":
        is_silent = pl.col("party").is_not_null() & ~pl.col("party").is_in(pledges["donor"].implode())
        book.where("key-party-pledges-nothing", sheet, is_silent, "party", key=pl.col("key"))
    given = pledges.filter(pl.col("donor").is_in(sheet.frame["party"].implode()))["item"].unique()
    bare = papers["items"].frame.filter(pl.col("value_eur").is_null() & pl.col("item").is_in(given.implode()))
    if bare.height:
        book.say("key-items-without-value", sheet.file, items=_named(sorted(bare["item"].to_list())))


def _named(items: list[str]) -> str:
    """Name the first items of a list, and count the others."""
    more = f" and {len(items) - MOST_NAMED:,} more" if len(items) > MOST_NAMED else ""
    return ", ".join(items[:MOST_NAMED]) + more


MOST_NAMED = 20
"""Most items that a sentence names."""
