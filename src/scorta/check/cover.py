"""Needs that legs could supply, if only somebody pledged every change of owner on the way."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.check.book import Book
from scorta.check.needs import is_open
from scorta.check.routes import sources
from scorta.check.sheet import Papers, filled

_AT = ["item", "site"]
"""What is reached: an item at a site, the places of one party that its legs join."""


def check_cover(papers: Papers, book: Book) -> None:
    """Say of each open need that legs could supply, but no chain of pledges, who would have to pledge what."""
    pledged = papers.scenario is not None and papers.scenario.gifts == "pledged" and "pledges" in papers.sheets
    if not pledged or papers["legs"].frame.is_empty():
        return
    needs, places = papers["needs"], _sites(papers)
    asked = needs.frame.with_row_index("at").filter(is_open()).select("at", "need", "item", "place")
    asked = asked.drop_nulls("item").join(places, on="place")
    start = sources(papers).join(places, on="place").select(_AT).unique()
    left = asked.join(start, on=_AT, how="anti")
    if left.is_empty():
        return
    start = start.join(left, on="item", how="semi").with_columns(lacks=pl.lit(""))
    lacking = _walk(start, _crossings(papers, places), _pledges(papers), left.select(_AT).unique())
    found = left.join(lacking, on=_AT).filter(pl.col("lacks") != "").sort("at")
    words = {name: found[name] for name in ("need", "item", "place", "lacks")}
    book.at("need-not-covered", needs, found["at"], "place", **words)


def _sites(papers: Papers) -> pl.DataFrame:
    """Return the places with their party and their site."""
    places = papers["places"].frame.select("place", "party").drop_nulls().unique("place", maintain_order=True)
    place = places["place"].to_list()
    number = pl.DataFrame({"place": place, "number": np.arange(len(place)), "party": places["party"]})
    legs = papers["legs"].frame.select("origin", "destination").unique()
    legs = legs.join(number, left_on="origin", right_on="place").join(number, left_on="destination", right_on="place")
    own = legs.filter(pl.col("party") == pl.col("party_right"))
    one, other, site = own["number"].to_numpy(), own["number_right"].to_numpy(), np.arange(len(place))
    while True:
        before, least = site.copy(), np.minimum(site[one], site[other])
        np.minimum.at(site, one, least)
        np.minimum.at(site, other, least)
        site = site[site]
        if (site == before).all():
            return places.with_columns(site=pl.Series(site, dtype=pl.Int64))


def _crossings(papers: Papers, places: pl.DataFrame) -> pl.DataFrame:
    """Return between which sites and parties legs carry what (`only`, or anything), and which way is free."""
    industry = papers["parties"].frame.filter(pl.col("kind") == "industry")["party"]
    origin = places.rename({"place": "origin", "party": "giver"})
    destination = places.rename({"place": "destination", "party": "receiver", "site": "to"})
    legs = papers["legs"].frame.select("origin", "destination", only="item").unique()
    rows = legs.join(origin, on="origin").join(destination, on="destination")
    rows = rows.filter(pl.col("giver") != pl.col("receiver")).drop("origin", "destination").unique()
    return rows.with_columns(free=pl.any_horizontal(pl.col("giver", "receiver").is_in(industry.implode())))


def _pledges(papers: Papers) -> pl.DataFrame:
    """Return who pledges what to whom (to anyone, if empty), of the pledges that still grant something."""
    rows = papers["pledges"].frame
    left = pl.col("quantity") - pl.col("delivered_quantity").fill_null(0.0)
    is_granting = ~filled("pledges", "state").is_in(["withdrawn", "delivered"]) & (left > 0)
    is_granting &= filled("pledges", "quantity_state") == "known"
    return rows.filter(is_granting).select("item", giver="donor", receiver="recipient").unique()


def _walk(start: pl.DataFrame, ways: pl.DataFrame, pledges: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """Return every item and site that legs reach, each with the pledges that the way there lacks, as few as can be."""
    reached = _spread(start, start, ways, pledges)
    while not wanted.join(reached, on=_AT, how="anti").is_empty():
        steps = _steps(reached, ways, pledges).filter(~pl.col("covered"))
        others = pl.when(pl.col("lacks") != "").then(pl.format("{} and ", "lacks")).otherwise(pl.lit(""))
        more = pl.format("{}from {} to {}", others, "giver", "receiver")
        new = _new(steps.with_columns(lacks=more), reached)
        if new.is_empty():
            break
        reached = _spread(pl.concat([reached, new]), new, ways, pledges)
    return reached


def _spread(reached: pl.DataFrame, new: pl.DataFrame, ways: pl.DataFrame, pledges: pl.DataFrame) -> pl.DataFrame:
    """Return what is reached, and what is from there by ways that pledges cover."""
    while not new.is_empty():
        new = _new(_steps(new, ways, pledges).filter("covered"), reached)
        reached = pl.concat([reached, new])
    return reached


def _steps(reached: pl.DataFrame, ways: pl.DataFrame, pledges: pl.DataFrame) -> pl.DataFrame:
    """Return every step over a leg to another party, and whether it is free or a pledge covers it."""
    steps = reached.join(ways, on="site").filter(pl.col("only").is_null() | (pl.col("only") == pl.col("item")))
    named = pledges.drop_nulls("receiver").with_columns(named=pl.lit(value=True))
    anyone = pledges.filter(pl.col("receiver").is_null()).select("item", "giver", anyone=pl.lit(value=True))
    steps = steps.join(named, on=["item", "giver", "receiver"], how="left").join(
        anyone, on=["item", "giver"], how="left"
    )
    covered = pl.any_horizontal("free", pl.col("named", "anyone").fill_null(value=False))
    return steps.with_columns(covered=covered, site="to")


def _new(steps: pl.DataFrame, reached: pl.DataFrame) -> pl.DataFrame:
    """Return what the steps reach for the first time, each once."""
    return steps.select(*_AT, "lacks").sort(*_AT, "lacks").unique(_AT, keep="first", maintain_order=True).join(
        reached, on=_AT, how="anti"
    )  # fmt: skip
