"""Needs: their days, how they come back or lapse, what they cost unmet, and whether anything reaches them in time."""

from __future__ import annotations

import polars as pl

from scorta.case import Horizon
from scorta.check.book import Book
from scorta.check.legs import sources
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


def _otherwise(papers: Papers) -> pl.Series:
    """Return the items that need not come as they are: kits put together on the spot, and what has a substitute."""
    return pl.concat([papers[name].frame["item"] for name in ("kits", "substitutes")]).drop_nulls().unique()


def check_reached(papers: Papers, book: Book) -> None:
    """Say which open needs nothing reaches, or not in time."""
    _check_served(papers, book)
    if papers.horizon is not None:
        _check_in_time(papers, papers.horizon, book)


def _check_served(papers: Papers, book: Book) -> None:
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
