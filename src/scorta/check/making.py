"""Processes: their lines, hours and yield."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers


def check_making(papers: Papers, book: Book) -> None:
    """Say which processes lack hours or a line, and which make nothing."""
    sheet, process = papers["processes"], pl.col("process")
    has_line, has_hours = pl.col("line").is_not_null(), pl.col("line_hours_per_unit").is_not_null()
    if "line_hours_per_unit" in sheet.raw.columns:
        has_hours = pl.lit(sheet.raw["line_hours_per_unit"].is_not_null())
    book.where("line-without-hours", sheet, has_line & ~has_hours, "line", process=process)
    book.where("hours-without-line", sheet, ~has_line & has_hours, "line_hours_per_unit", process=process)
    book.where("process-yields-nothing", sheet, pl.col("yield") == 0.0, "yield", process=process)
