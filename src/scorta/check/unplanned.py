"""What is read and checked, but not yet used in a plan; and what was assumed."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.rows import counted, ranges
from scorta.check.sheet import Papers

NOT_PLANNED_TABLES = ("risks",)
"""Tables that this version does not plan yet."""

_ASSUMED = {
    "source": pl.col("source").str.starts_with("assumed"),
    "note": pl.col("note").str.contains("assumed:", literal=True),
}
"""How rows say that something in them was assumed."""


def check_unplanned(papers: Papers, book: Book) -> None:
    """Say once for each table that it is filled but not planned yet."""
    for name in NOT_PLANNED_TABLES:
        if papers[name].frame.height:
            book.say("not-planned", papers[name].file, name=name)


def check_assumed(papers: Papers, book: Book) -> None:
    """Name the rows of each table whose source or note says that something was assumed."""
    for sheet in papers.sheets.values():
        told = [_ASSUMED[field] for field in _ASSUMED if sheet.has(field)]
        rows = sheet.frame.filter(pl.any_horizontal(told).fill_null(value=False))["row"] if told else ()
        if len(rows):
            count = counted(len(rows), "row is", "rows are")
            book.say("assumed-rows", sheet.file, count=count, rows=ranges(rows))
