"""Legs: where they lead, what they share, what they can bring where, and the mass that they count."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book, Check
from scorta.check.sheet import Papers
from scorta.tables import FindingKind, row_of

_CAPACITY = "capacity_t_per_month"

CHECKS = (
    Check(
        FindingKind(
            "leg-to-itself",
            "error",
            "The leg {leg} starts and ends at {value}.",
            "Correct its origin or its destination, or remove it.",
            "A leg joins a place with itself.",
        ),
        "legs",
        "destination",
        when=pl.col("origin") == pl.col("destination"),
    ),
)
"""What is looked at in each leg by itself."""

SHARED_CAPACITY_DIFFERS = FindingKind(
    "shared-capacity-differs",
    "error",
    "The leg {leg} gives {value} as the capacity of `{shared}`; the leg {other} on {first} gives {figure}.",
    "Write the same capacity_t_per_month on every leg that shares `{shared}`.",
    "Legs that share one capacity give different figures for it.",
)
_UNLIMITED = SHARED_CAPACITY_DIFFERS.but(
    sentence="The leg {leg} gives {value} as the capacity of `{shared}`; the leg {other} on {first} gives none."
)
ITEM_WITHOUT_MASS = FindingKind(
    "item-without-mass",
    "error",
    "{item} has no mass, but the leg {where} counts tonnes.",
    "Fill mass_kg of {item}; write 0 only if it truly weighs nothing.",
    "An item without mass can come to a leg or place that has a limit or a cost in tonnes.",
)
_AT_A_PLACE = ITEM_WITHOUT_MASS.but(sentence="{item} has no mass, but the place {where} counts tonnes.")


def check_shared(papers: Papers, book: Book) -> None:
    """Say which legs disagree about a capacity they share."""
    legs, shared = papers["legs"], pl.col("shared_capacity")
    if not legs.has("shared_capacity"):
        return
    firsts = {name: pl.col(column).first().over(shared) for name, column in _FIRSTS.items()}
    unread = legs.unread(_CAPACITY)
    is_read = pl.lit(value=True) if unread is None else ~pl.lit(unread)
    rows = legs.frame.with_row_index("at").filter(shared.is_not_null() & is_read).with_columns(**firsts)
    wrong = rows.filter(pl.col(_CAPACITY).ne_missing(pl.col("first_figure")))
    is_limited = pl.col("first_figure").is_not_null()
    for kind, some in ((SHARED_CAPACITY_DIFFERS, wrong.filter(is_limited)), (_UNLIMITED, wrong.filter(~is_limited))):
        words = {"shared": some["shared_capacity"], "other": some["first_leg"], "figure": some["first_figure"]}
        book.at(kind, legs, some["at"], _CAPACITY, **words, first=[row_of(legs.file, row) for row in some["first_row"]])


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
    light = items.filter(papers["items"].blank("mass_kg")).select("at", "item")
    if light.is_empty():
        return
    start = pl.concat([sources(papers), _kits(papers)]).unique().join(light, on="item", how="semi")
    legs = papers["legs"].frame.rename({"item": "only"})
    reached = reach_from(start, legs)
    used = reached.join(legs, left_on="place", right_on="origin").filter(CARRIES)
    where = pl.concat([_on_legs(used), _at_places(reached, used, papers)], how="diagonal").unique("item", keep="first")
    found = light.join(where, on="item").sort("at")
    for kind, column in ((ITEM_WITHOUT_MASS, "leg"), (_AT_A_PLACE, "place")):
        some = found.filter(pl.col(column).is_not_null())
        book.at(kind, papers["items"], some["at"], "mass_kg", where=some[column])


def _kits(papers: Papers) -> pl.DataFrame:
    """Return kits at the places that ask for them, where more than one does: they may move from one to the other."""
    asked = pl.concat([papers[name].frame.select("item", "place") for name in ("needs", "objectives")])
    kits = asked.drop_nulls().unique().join(papers["kits"].frame, on="item", how="semi")
    return kits.filter(pl.len().over("item") > 1)


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
    return used.filter(_WEIGHS).select("item", "leg").sort("item", "leg")


def _at_places(reached: pl.DataFrame, used: pl.DataFrame, papers: Papers) -> pl.DataFrame:
    """Return items at places with a limit in tonnes: of what lies there, or of what legs bring and take."""
    places = papers["places"].frame
    stored = reached.join(places.filter(pl.col("storage_t").is_not_null()), on="place").select("item", "place")
    busy = places.filter(pl.col("throughput_t_per_month").is_not_null()).select("place")
    ends = [used.select("item", "place"), used.select("item", pl.col("destination").alias("place"))]
    passing = pl.concat(ends).join(busy, on="place").select("item", "place")
    there = pl.concat([stored, passing]).drop_nulls()
    return there.select("item", "place").sort("item", "place")
