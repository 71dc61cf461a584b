"""Needs: their days, how they come back or lapse, and what they cost unmet."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers, filled

_NEED = pl.col("need")


def check_needs(papers: Papers, book: Book) -> None:
    """Say which needs contradict themselves or the plan, and which are drafts."""
    _check_horizon(papers, book)
    _check_days(papers, book)
    _check_unmet(papers, book)
    words = pl.when(pl.col("quantity").is_null()).then(pl.lit("Fill its quantity and set")).otherwise(pl.lit("Set"))
    advice = pl.format("{} its state", words)
    book.where("draft-need", papers["needs"], pl.col("state") == "draft", "state", need=_NEED, advice=advice)


def is_open() -> pl.Expr:
    """Tell whether a need is open: only open needs are planned."""
    return filled("needs", "state") == "open"


def _check_horizon(papers: Papers, book: Book) -> None:
    """Compare the day by which a need is required with the days of the plan."""
    if papers.horizon is None:
        return
    sheet, required = papers["needs"], pl.col("required_by")
    first, last = papers.horizon.as_of, papers.horizon.date(papers.horizon.last_day)
    is_early, is_late = is_open() & (required < first), is_open() & (required > last)
    book.where("need-before-start", sheet, is_early, "required_by", need=_NEED, start=first.isoformat())
    book.where("need-after-horizon", sheet, is_late, "required_by", need=_NEED, last=last.isoformat())


def _check_days(papers: Papers, book: Book) -> None:
    """Compare the days of a need with each other."""
    sheet, required = papers["needs"], pl.col("required_by")
    every, until = pl.col("every"), pl.col("until")
    words = {"need": _NEED, "required_by": required}
    book.where("not-before-too-late", sheet, pl.col("not_before") > required, "not_before", **words)
    book.where("until-too-early", sheet, until < required, "until", **words)
    book.where("every-without-until", sheet, every.is_not_null() & _is_blank(papers, "until"), "every", need=_NEED)
    book.where("until-without-every", sheet, until.is_not_null() & _is_blank(papers, "every"), "until", need=_NEED)


def _is_blank(papers: Papers, field: str) -> pl.Expr:
    """Tell whether a cell is empty in the file: one that could not be read is not."""
    raw = papers["needs"].raw
    return pl.lit(raw[field].is_null()) if field in raw.columns else pl.lit(value=True)


def _check_unmet(papers: Papers, book: Book) -> None:
    """Check what happens to what is not met, and what it costs."""
    sheet = papers["needs"]
    is_idle = pl.col("lapse_days").is_not_null() & (filled("needs", "unmet") == "backorder")
    book.where("lapse-days-unused", sheet, is_idle, "lapse_days", need=_NEED)
    tiers = papers.scenario.tiers if papers.scenario else ()
    if "cost" in tiers and "needs" not in tiers:
        is_free = is_open() & _is_blank(papers, "unmet_cost_eur")
        book.where("unmet-cost-missing", sheet, is_free, "unmet_cost_eur", need=_NEED)
