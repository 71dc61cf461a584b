"""First and last days in the wrong order, and rows that never hold within the plan."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers, Sheet
from scorta.tables import Table

_PAIRS = (
    ("from_date", "until_date"),
    ("open_from", "open_until"),
    ("available_from", "available_until"),
    ("available_from", "until_date"),
    ("starts", "ends"),
)
"""The names that a first and a last day have."""

_STARTS = {"receipts": "due_on", "objectives": "from_date"}
"""Days from which a row of a table holds, beside those of the pairs."""

_NOT_PLANNED = ("changes", "meetings")
"""Tables whose days are not days of the plan."""


def check_dates(papers: Papers, book: Book) -> None:
    """Say which rows end before they start, and which never hold within the plan."""
    for sheet in papers.sheets.values():
        pair = _pair(sheet.table)
        if pair:
            first, last = pair
            is_reversed = pl.col(last) < pl.col(first)
            book.where("dates-reversed", sheet, is_reversed, last, first=first, start=pl.col(first))
        if sheet.table.name not in _NOT_PLANNED:
            _check_horizon(sheet, papers, book)


def _pair(table: Table) -> tuple[str, str] | None:
    return next((pair for pair in _PAIRS if set(pair) <= set(table.names)), None)


def _check_horizon(sheet: Sheet, papers: Papers, book: Book) -> None:
    if papers.horizon is None:
        return
    first, last = papers.horizon.as_of, papers.horizon.date(papers.horizon.last_day)
    name = sheet.table.name
    start, end = _pair(sheet.table) or (_STARTS.get(name, ""), "")
    if start:
        mask = _is_live(name) & (pl.col(start) > last)
        book.where("starts-after-horizon", sheet, mask, start, last=last.isoformat())
    if end:
        mask = _is_live(name) & (pl.col(end) < first)
        book.where("ends-before-start", sheet, mask, end, start=first.isoformat())


def _is_live(table: str) -> pl.Expr:
    """Tell whether a row is meant to count: a pledge withdrawn or delivered is not."""
    if table == "pledges":
        return ~pl.col("state").is_in(["withdrawn", "delivered"]).fill_null(value=False)
    return pl.lit(value=True)
