"""What serves in place of something else: substitutes, and stock that waits for repair."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers

_PAIR = ("item", "substitute")


def check_instead(papers: Papers, book: Book) -> None:
    """Say which substitutes are none, count for too much or are not chained, and what nobody can refurbish."""
    if not papers["substitutes"].frame.is_empty():
        _check_substitutes(papers, book)
        _check_chains(papers, book)
        _check_made_of(papers, book)
    if papers["stocks"].has("condition"):
        _check_repairable(papers, book)


def _check_substitutes(papers: Papers, book: Book) -> None:
    sheet, item, other = papers["substitutes"], pl.col("item"), pl.col("substitute")
    book.where("substitute-of-itself", sheet, item == other, "substitute", item=item)
    book.where("substitute-meets-nothing", sheet, pl.col("factor") == 0.0, "factor", item=item, substitute=other)


def _check_chains(papers: Papers, book: Book) -> None:
    """Look for items that stand in for each other, each for more than one, and for a substitute of a substitute."""
    sheet = papers["substitutes"]
    rows = sheet.frame.select(*_PAIR, "factor").with_row_index("at").filter(pl.col("item") != pl.col("substitute"))
    onward = rows.join(rows, left_on="substitute", right_on="item", suffix="_next").sort("at")
    gain = pl.col("factor") * pl.col("factor_next") > 1.0 + 1e-9
    round_trip = onward.filter(
        (pl.col("substitute_next") == pl.col("item")) & gain & (pl.col("at") < pl.col("at_next"))
    )
    round_trip = round_trip.unique("at_next", keep="first").sort("at_next")
    words = {"item": round_trip["item"], "substitute": round_trip["substitute"]}
    counts = round_trip["factor"] * round_trip["factor_next"]
    book.at("substitutes-gain", sheet, round_trip["at_next"], "factor", **words, count=counts)
    chain = onward.filter(pl.col("substitute_next") != pl.col("item"))
    chain = chain.join(rows, left_on=["item", "substitute_next"], right_on=_PAIR, how="anti").unique("at", keep="first")
    chain = chain.sort("at")
    words = {"item": chain["item"], "substitute": chain["substitute"], "other": chain["substitute_next"]}
    book.at("substitutes-not-chained", sheet, chain["at"], "substitute", **words)


def _check_made_of(papers: Papers, book: Book) -> None:
    """Look for substitutes that stand in for a component of themselves."""
    sheet, kits = papers["substitutes"], papers["kits"].frame
    product = papers["processes"].frame.select("process", made="item")
    bill = papers["components"].frame.join(product, on="process")
    pairs = pl.concat([bill.select(substitute="made", item="item"), kits.select(substitute="item", item="component")])
    rows = sheet.frame.with_row_index("at").filter("for_components").join(pairs, on=_PAIR, how="semi").sort("at")
    words = {"item": rows["item"], "substitute": rows["substitute"]}
    book.at("substitute-made-of-it", sheet, rows["at"], "for_components", **words)


def _check_repairable(papers: Papers, book: Book) -> None:
    """Look for repairable stock that no process refurbishes, or that is reserved."""
    stocks, item = papers["stocks"], pl.col("item")
    waits = pl.col("condition") == "repairable"
    if not stocks.has("condition") or not stocks.frame.select(waits.any()).item():
        return
    own = papers["processes"].frame.join(papers["components"].frame, on=["process", "item"], how="semi")
    first = item.is_first_distinct().over("condition") & waits
    mended = own["item"].drop_nulls().unique().implode()
    book.where("nobody-refurbishes", stocks, first & ~item.is_in(mended), "condition", item=item)
    if stocks.has("reserved_for"):
        reserved = waits & pl.col("reserved_for").is_not_null()
        book.where("repairable-reserved", stocks, reserved, "reserved_for", item=item)
