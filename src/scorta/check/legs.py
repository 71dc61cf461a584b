"""Legs: where they lead, what they share, what they can bring where, and the mass that they count."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers, Sheet
from scorta.tables import row_of

_CAPACITY = "capacity_t_per_month"


def check_legs(papers: Papers, book: Book) -> None:
    """Say which legs lead nowhere, and which disagree about a capacity they share."""
    legs = papers["legs"]
    is_loop = pl.col("origin") == pl.col("destination")
    book.where("leg-to-itself", legs, is_loop, "destination", leg=pl.col("leg"))
    if legs.has("shared_capacity"):
        _check_shared(legs, book)


def _check_shared(legs: Sheet, book: Book) -> None:
    shared = pl.col("shared_capacity")
    firsts = {name: pl.col(column).first().over(shared) for name, column in _FIRSTS.items()}
    rows = legs.frame.with_row_index("at").filter(shared.is_not_null()).with_columns(**firsts)
    wrong = rows.filter(pl.col(_CAPACITY).ne_missing(pl.col("first_figure")))
    figure = wrong["first_figure"].cast(pl.String).fill_null("none")
    first = [row_of(legs.file, row) for row in wrong["first_row"]]
    words = {"leg": wrong["leg"], "shared": wrong["shared_capacity"], "other": wrong["first_leg"]}
    book.at("shared-capacity-differs", legs, wrong["at"], _CAPACITY, **words, first=first, figure=figure)


_FIRSTS = {"first_row": "row", "first_leg": "leg", "first_figure": _CAPACITY}
"""What is said of the first leg that shares a capacity."""


def sources(papers: Papers, most: int | None = None) -> pl.DataFrame:
    """Return each item and place where some of it lies, comes in or is made; at `most` so many rows are looked at."""
    made = papers["processes"].frame.select("process", "item", "place")
    beside = papers["coproducts"].frame.select("process", "item").join(made.drop("item"), on="process")
    there = [papers[name].frame.select("item", "place").slice(0, most) for name in ("stocks", "receipts")]
    return pl.concat([*there, made.select("item", "place"), beside.select("item", "place")]).unique()


_WEIGHS = pl.col("capacity_t_per_month").is_not_null() | (pl.col("cost_eur_per_t") > 0.0)
"""Whether a leg counts tonnes."""

CARRIES = pl.col("only").is_null() | (pl.col("only") == pl.col("item"))
"""Whether a leg may carry an item."""


def check_mass(papers: Papers, book: Book) -> None:
    """Say once of each item without mass where its mass would be needed."""
    items = papers["items"].frame.with_row_index("at")
    light = items.filter(pl.col("mass_kg").is_null() & pl.lit(_is_unweighed(papers))).select("at", "item")
    if light.is_empty():
        return
    start = pl.concat([sources(papers), _kits(papers)]).unique().join(light, on="item", how="semi")
    legs = papers["legs"].frame.rename({"item": "only"})
    reached = reach_from(start, legs)
    used = reached.join(legs, left_on="place", right_on="origin").filter(CARRIES)
    where = pl.concat([_on_legs(used), _at_places(reached, used, papers)]).unique("item", keep="first")
    found = light.join(where, on="item").sort("at")
    words = {"item": found["item"], "where": found["where"]}
    book.at("item-without-mass", papers["items"], found["at"], "mass_kg", **words)


def _kits(papers: Papers) -> pl.DataFrame:
    """Return kits at the places that ask for them, where more than one does: they may move from one to the other."""
    asked = pl.concat([papers[name].frame.select("item", "place") for name in ("needs", "objectives")])
    kits = asked.drop_nulls().unique().join(papers["kits"].frame, on="item", how="semi")
    return kits.filter(pl.len().over("item") > 1)


def _is_unweighed(papers: Papers) -> pl.Series:
    raw, frame = papers["items"].raw, papers["items"].frame
    return raw["mass_kg"].is_null() if "mass_kg" in raw.columns else frame["mass_kg"].is_null()


def reach_from(start: pl.DataFrame, legs: pl.DataFrame) -> pl.DataFrame:
    """Return every place that an item can come to, leg by leg."""
    reached = front = start
    while not front.is_empty():
        onward = front.join(legs, left_on="place", right_on="origin").filter(CARRIES)
        there = onward.select("item", pl.col("destination").alias("place")).drop_nulls().unique()
        front = there.join(reached, on=["item", "place"], how="anti")
        reached = pl.concat([reached, front])
    return reached


def _on_legs(used: pl.DataFrame) -> pl.DataFrame:
    return used.filter(_WEIGHS).select("item", where=pl.format("the leg {}", "leg")).sort("item", "where")


def _at_places(reached: pl.DataFrame, used: pl.DataFrame, papers: Papers) -> pl.DataFrame:
    """Return items at places with a limit in tonnes: of what lies there, or of what legs bring and take."""
    places = papers["places"].frame
    stored = reached.join(places.filter(pl.col("storage_t").is_not_null()), on="place").select("item", "place")
    busy = places.filter(pl.col("throughput_t_per_month").is_not_null()).select("place")
    ends = [used.select("item", "place"), used.select("item", pl.col("destination").alias("place"))]
    passing = pl.concat(ends).join(busy, on="place").select("item", "place")
    there = pl.concat([stored, passing]).drop_nulls()
    return there.select("item", where=pl.format("the place {}", "place")).sort("item", "where")
