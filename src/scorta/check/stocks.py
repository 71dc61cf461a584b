"""Stocks and receipts: lots past their day, receipts past due, and stock that is reserved or waits in vain."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers


def check_stocks(papers: Papers, book: Book) -> None:
    """Say which lots have expired, which receipts are late, and which stock is reserved in vain."""
    if papers.horizon is not None:
        first = papers.horizon.as_of
        item, place = pl.col("item"), pl.col("place")
        book.where(
            "stock-expired", papers["stocks"], pl.col("expires_on") < first, "expires_on", item=item, place=place
        )
        book.where("receipt-past-due", papers["receipts"], pl.col("due_on") < first, "due_on", item=item)
    _check_reserved(papers, book)
    _check_only_for(papers, book)
    if papers["stocks"].has("condition"):
        _check_repairable(papers, book)


def _check_reserved(papers: Papers, book: Book) -> None:
    """Look for stock that is reserved for a need which asks for something else, and takes nothing in place of it."""
    stocks = papers["stocks"]
    if not stocks.has("reserved_for"):
        return
    needs = papers["needs"].frame.select(pl.col("need").alias("reserved_for"), pl.col("item").alias("other"))
    reserved = stocks.frame.with_row_index("at").filter(pl.col("reserved_for").is_not_null())
    wrong = reserved.join(needs.unique("reserved_for"), on="reserved_for", maintain_order="left")
    wrong = wrong.filter(pl.col("other") != pl.col("item"))
    instead = papers["substitutes"].frame.select(other="item", item="substitute")
    wrong = wrong.join(instead, on=["other", "item"], how="anti", maintain_order="left")
    parts = papers["kits"].frame.select(other="item", item="component")
    inside = wrong.join(parts, on=["other", "item"], how="semi", maintain_order="left")
    alien = wrong.join(parts, on=["other", "item"], how="anti", maintain_order="left")
    for code, rows in (("reserved-for-kit", inside), ("reserved-for-other-item", alien)):
        book.at(code, stocks, rows["at"], "reserved_for", item=rows["item"], other=rows["other"])


def _check_only_for(papers: Papers, book: Book) -> None:
    """Look for pledges only for a need of kits, of something that goes into these."""
    pledges, kits = papers["pledges"], papers["kits"].frame
    if not pledges.has("only_for") or kits.is_empty():
        return
    needs = papers["needs"].frame.select(only_for="need", other="item").unique("only_for")
    rows = pledges.frame.with_row_index("at").join(needs, on="only_for", maintain_order="left")
    parts = kits.select(other="item", item="component").unique()
    rows = rows.join(parts, on=["other", "item"], how="semi", maintain_order="left")
    book.at("reserved-for-kit", pledges, rows["at"], "only_for", item=rows["item"], other=rows["other"])


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
