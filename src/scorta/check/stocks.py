"""Stocks and receipts: lots past their day, receipts past due, and stock that is reserved or waits in vain."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book, Check
from scorta.check.sheet import START, Papers
from scorta.tables import FindingKind

_WAITS = pl.col("condition") == "repairable"

CHECKS = (
    Check(
        FindingKind(
            "stock-expired",
            "warning",
            "The lot of {item} at {place} expired on {value}, before the plan begins.",
            "Remove the row, or correct the day.",
            "A lot of stock has passed its last day of use before the first day of the plan.",
        ),
        "stocks",
        "expires_on",
        when=pl.col("expires_on") < START,
    ),
    Check(
        FindingKind(
            "receipt-past-due",
            "note",
            "The receipt of {item} was due on {value}, before the plan begins: it comes in the first bucket.",
            "Correct the day if a later one is known.",
            "A scheduled receipt is late already on the first day of the plan.",
        ),
        "receipts",
        "due_on",
        when=pl.col("due_on") < START,
    ),
    Check(
        FindingKind(
            "repairable-reserved",
            "warning",
            "Stock of {item} that waits for repair is reserved for {value}: the reservation is not kept.",
            "Leave the field empty.",
            "Repairable stock serves no need, and what is refurbished is free.",
        ),
        "stocks",
        "reserved_for",
        when=_WAITS & pl.col("reserved_for").is_not_null(),
    ),
)
"""What is looked at in each lot and receipt by itself."""

RESERVED_FOR_OTHER_ITEM = FindingKind(
    "reserved-for-other-item",
    "warning",
    "The stock of {item} is reserved for the need {value}, which asks for {other}.",
    "Reserve it for a need of {item}, or leave the field empty.",
    "Stock is reserved for a need that asks for another item, so nobody can use it.",
)
RESERVED_FOR_KIT = FindingKind(
    "reserved-for-kit",
    "warning",
    "{item} is reserved for the need {value}, which asks for the kit {other}: reserved goods do not go into kits.",
    "Leave the field empty, so that {item} can be put into the kit.",
    "Stock, or a pledge, is reserved for a need for kits, and names a component: only free goods go into kits.",
)
NOBODY_REFURBISHES = FindingKind(
    "nobody-refurbishes",
    "note",
    "Stock of {item} waits for repair, and no process refurbishes it.",
    "Add a process that makes {item} and has {item} among its components, if somebody does.",
    "Repairable stock serves only a process that has its own product among its components, and there is none.",
)


def check_stocks(papers: Papers, book: Book) -> None:
    """Say which stock and which pledges are reserved in vain, and what nobody can refurbish."""
    _check_reserved(papers, book)
    _check_only_for(papers, book)
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
    for kind, rows in ((RESERVED_FOR_KIT, inside), (RESERVED_FOR_OTHER_ITEM, alien)):
        book.at(kind, stocks, rows["at"], "reserved_for", other=rows["other"])


def _check_only_for(papers: Papers, book: Book) -> None:
    """Look for pledges only for a need of kits, of something that goes into these."""
    pledges, kits = papers["pledges"], papers["kits"].frame
    if not pledges.has("only_for") or kits.is_empty():
        return
    needs = papers["needs"].frame.select(only_for="need", other="item").unique("only_for")
    rows = pledges.frame.with_row_index("at").join(needs, on="only_for", maintain_order="left")
    parts = kits.select(other="item", item="component").unique()
    rows = rows.join(parts, on=["other", "item"], how="semi", maintain_order="left")
    book.at(RESERVED_FOR_KIT, pledges, rows["at"], "only_for", other=rows["other"])


def _check_repairable(papers: Papers, book: Book) -> None:
    """Look for repairable stock that no process refurbishes."""
    stocks, item = papers["stocks"], pl.col("item")
    if not stocks.has("condition") or not stocks.frame.select(_WAITS.any()).item():
        return
    own = papers["processes"].frame.join(papers["components"].frame, on=["process", "item"], how="semi")
    first = item.is_first_distinct().over("condition") & _WAITS
    mended = own["item"].drop_nulls().unique().implode()
    book.where(NOBODY_REFURBISHES, stocks, first & ~item.is_in(mended), "condition")
