"""Stocks and receipts: lots past their day, receipts past due, and stock reserved in vain."""

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


def _check_reserved(papers: Papers, book: Book) -> None:
    stocks = papers["stocks"]
    if not stocks.has("reserved_for"):
        return
    needs = papers["needs"].frame.select(pl.col("need").alias("reserved_for"), pl.col("item").alias("other"))
    reserved = stocks.frame.with_row_index("at").filter(pl.col("reserved_for").is_not_null())
    wrong = reserved.join(needs.unique("reserved_for"), on="reserved_for", maintain_order="left")
    wrong = wrong.filter(pl.col("other") != pl.col("item"))
    words = {"item": wrong["item"], "other": wrong["other"]}
    book.at("reserved-for-other-item", stocks, wrong["at"], "reserved_for", **words)
