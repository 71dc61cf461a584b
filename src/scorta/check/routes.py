"""Legs, and the needs that no leg and nothing else serves."""

from __future__ import annotations

import polars as pl

from scorta.case import Horizon
from scorta.check.book import Book
from scorta.check.needs import is_open
from scorta.check.sheet import Papers, Sheet

_CAPACITY = "capacity_t_per_month"


def check_routes(papers: Papers, book: Book) -> None:
    """Say which legs lead nowhere or disagree about a capacity they share, and which needs nothing reaches in time."""
    legs = papers["legs"]
    is_loop = pl.col("origin") == pl.col("destination")
    book.where("leg-to-itself", legs, is_loop, "destination", leg=pl.col("leg"))
    if legs.has("shared_capacity"):
        _check_shared(legs, book)
    _check_reached(papers, book)
    if papers.horizon is not None:
        _check_in_time(papers, papers.horizon, book)


def _check_shared(legs: Sheet, book: Book) -> None:
    shared = pl.col("shared_capacity")
    firsts = {name: pl.col(column).first().over(shared) for name, column in _FIRSTS.items()}
    rows = legs.frame.with_row_index("at").filter(shared.is_not_null()).with_columns(**firsts)
    wrong = rows.filter(pl.col(_CAPACITY).ne_missing(pl.col("first_figure")))
    figure = wrong["first_figure"].cast(pl.String).fill_null("none")
    words = {"leg": wrong["leg"], "shared": wrong["shared_capacity"], "other": wrong["first_leg"]}
    book.at("shared-capacity-differs", legs, wrong["at"], _CAPACITY, **words, first=wrong["first_row"], figure=figure)


_FIRSTS = {"first_row": "row", "first_leg": "leg", "first_figure": _CAPACITY}
"""What is said of the first leg that shares a capacity."""


def sources(papers: Papers, most: int | None = None) -> pl.DataFrame:
    """Return each item and place where some of it lies, comes in or is made; at `most` so many rows are looked at."""
    made = papers["processes"].frame.select("process", "item", "place")
    beside = papers["coproducts"].frame.select("process", "item").join(made.drop("item"), on="process")
    there = [papers[name].frame.select("item", "place").slice(0, most) for name in ("stocks", "receipts")]
    return pl.concat([*there, made.select("item", "place"), beside.select("item", "place")]).unique()


def _otherwise(papers: Papers) -> pl.Series:
    """Return the items that need not come as they are: kits put together on the spot, and what has a substitute."""
    return pl.concat([papers[name].frame["item"] for name in ("kits", "substitutes")]).drop_nulls().unique()


def _check_reached(papers: Papers, book: Book) -> None:
    """Look for open needs at places that no leg, stock, receipt or process of their item serves."""
    needs, legs = papers["needs"], papers["legs"].frame
    served = legs.filter(pl.col("item").is_null())["destination"].drop_nulls().unique()
    is_left = is_open() & ~pl.col("place").is_in(served.implode()) & pl.col("item").is_not_null()
    is_left &= ~pl.col("item").is_in(_otherwise(papers).implode())
    left = needs.frame.with_row_index("at").filter(is_left).select("at", "need", "item", "place")
    if left.is_empty():
        return
    brought = legs.select("item", pl.col("destination").alias("place"))
    known = (papers["items"].frame.select("item"), papers["places"].frame.select("place"))
    left = left.join(known[0], on="item", how="semi").join(known[1], on="place", how="semi")
    alone = left.join(pl.concat([brought, sources(papers)]), on=["item", "place"], how="anti").sort("at")
    words = {"need": alone["need"], "item": alone["item"], "place": alone["place"]}
    book.at("nothing-reaches-need", needs, alone["at"], "place", **words)


def _check_in_time(papers: Papers, horizon: Horizon, book: Book) -> None:
    """Look for open needs that only legs can serve, and none of them by the end of the bucket they are due in."""
    needs, longest = papers["needs"], papers["legs"].frame["transit_days"].max()
    if not isinstance(longest, float):
        return
    day = (pl.col("required_by") - horizon.as_of).dt.total_days()
    is_soon = is_open() & day.is_between(0, min(longest, horizon.last_day))
    is_soon &= ~pl.col("item").is_in(_otherwise(papers).implode())
    soon = needs.frame.with_row_index("at").filter(is_soon).with_columns(day=day)
    late = _with_transit(soon, papers["legs"].frame)
    ends = pl.Series(horizon.ends[horizon.bucket_of(late["day"].to_numpy())])
    late = late.filter(late["transit"] > ends)
    if not late.is_empty():
        late = late.join(sources(papers), on=["item", "place"], how="anti").sort("at")
        words = {"need": late["need"], "item": late["item"], "place": late["place"], "days": late["transit"]}
        book.at("need-too-soon", needs, late["at"], "required_by", **words)


def _with_transit(needs: pl.DataFrame, legs: pl.DataFrame) -> pl.DataFrame:
    """Return needs with the days of the shortest leg that brings their item to their place."""
    days, place = pl.col("transit_days").min(), pl.col("destination").alias("place")
    general = legs.filter(pl.col("item").is_null()).group_by(place).agg(general=days)
    special = legs.filter(pl.col("item").is_not_null()).group_by("item", place).agg(special=days)
    joined = needs.join(general, on="place", how="left").join(special, on=["item", "place"], how="left")
    return joined.with_columns(transit=pl.min_horizontal("general", "special"))
