"""Levels: whose floors and objectives they are, and whether their figures fit together."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers

_OBJECTIVE = pl.coalesce(pl.col("objective"), pl.col("daily_rate") * pl.col("days_of_supply"))
"""The objective, given as it is or in days of supply."""


def check_objectives(papers: Papers, book: Book) -> None:
    """Say which objectives have no owner or two, and which contradict themselves."""
    sheet, item = papers["objectives"], pl.col("item")
    party, place = pl.col("party").is_not_null(), pl.col("place").is_not_null()
    book.where("objective-owner", sheet, party & place, "place", item=item, what="both a party and a place")
    book.where("objective-owner", sheet, ~party & ~place, "party", item=item, what="neither a party nor a place")
    for field, other in (("daily_rate", "days_of_supply"), ("days_of_supply", "daily_rate")):
        is_half = pl.col(field).is_not_null() & pl.col(other).is_null() & pl.col("objective").is_null()
        book.where("objective-rate", sheet, is_half, field, item=item, other=other)
    is_above = pl.col("floor") > _OBJECTIVE
    book.where("floor-above-objective", sheet, is_above, "floor", item=item, objective=_OBJECTIVE)
    is_above = pl.col("maximum") < _OBJECTIVE
    book.where("objective-above-maximum", sheet, is_above, "objective", item=item, maximum=pl.col("maximum"))
