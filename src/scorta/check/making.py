"""Processes: their lines, hours and yield."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers


def check_making(papers: Papers, book: Book) -> None:
    """Say which processes lack hours or a line, which make nothing, and which would earn without end."""
    sheet, process = papers["processes"], pl.col("process")
    has_line, has_hours = pl.col("line").is_not_null(), pl.col("line_hours_per_unit").is_not_null()
    if "line_hours_per_unit" in sheet.raw.columns:
        has_hours = pl.lit(sheet.raw["line_hours_per_unit"].is_not_null())
    book.where("line-without-hours", sheet, has_line & ~has_hours, "line", process=process)
    book.where("hours-without-line", sheet, ~has_line & has_hours, "line_hours_per_unit", process=process)
    book.where("process-yields-nothing", sheet, pl.col("yield") == 0.0, "yield", process=process)
    _check_components(papers, book)
    if sheet.frame["unit_cost_eur"].lt(0.0).any():
        _check_endless(papers, book)


def _check_components(papers: Papers, book: Book) -> None:
    """Say which components are not used at all, and which processes make more of their product than they take."""
    sheet = papers["components"]
    words = {"item": pl.col("process"), "component": pl.col("item")}
    book.where("component-without-quantity", sheet, pl.col("quantity") == 0.0, "quantity", **words)
    product = papers["processes"].frame.select("process", "item", pl.col("yield").fill_null(1.0))
    own = sheet.frame.with_row_index("at").join(product, on=["process", "item"], maintain_order="left")
    own = own.filter((pl.col("quantity") > 0.0) & (pl.col("yield") > pl.col("quantity") + 1e-9))
    process, item = own["process"], own["item"]
    book.at("process-makes-of-itself", sheet, own["at"], "quantity", process=process, item=item, made=own["yield"])


def _check_endless(papers: Papers, book: Book) -> None:
    """Say which processes earn money by each start and use nothing that runs out."""
    uses = [
        papers[table].frame.filter(_is_used(field))["process"]
        for table, field in (("components", "quantity"), ("loads", "line_hours_per_unit"))
    ]
    is_bounded = pl.col("process").is_in(pl.concat(uses).implode()).fill_null(value=True)
    is_bounded |= pl.col("line").is_not_null() & _is_used("line_hours_per_unit")
    is_endless = (pl.col("unit_cost_eur") < 0.0) & ~is_bounded
    book.where("process-endless", papers["processes"], is_endless, "unit_cost_eur", process=pl.col("process"))


def _is_used(field: str) -> pl.Expr:
    """Tell whether a start uses any of it; a cell that is empty or could not be read has its own finding."""
    return pl.col(field).is_null() | (pl.col(field) > 0.0)
