"""How each party stands to its floors and objectives, worked out anew from what it holds."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import ABSOLUTE, RELATIVE, Breach, mismatches
from scorta.verify.owning import PAIR, lay_opening


def check_objectives(books: Books) -> tuple[Breach, ...]:
    """Check every figure and date of the objectives against the holdings, and that no row is missing or strange."""
    laid = lay_objectives(books)
    names = [name for name in laid.columns if name not in PAIR]
    rows = books.objectives.join(
        laid.rename({name: f"own_{name}" for name in names}), on=PAIR, how="full", coalesce=True
    )
    return mismatches(rows, "objectives", PAIR, {name: pl.col(f"own_{name}") for name in names})


def lay_objectives(books: Books) -> pl.DataFrame:
    """Return the row of every party and item with a floor or an objective, or of which anything is given."""
    days = books.holdings.sort("bucket").with_columns(
        below=_is_short("objective"), below_floor=_is_short("floor"), least=pl.col("level").min().over(PAIR)
    )
    lowest = days.filter(pl.col("level") <= pl.col("least") * (1 + RELATIVE) + ABSOLUTE).group_by(PAIR)
    rows = days.group_by(PAIR).agg(
        pl.col("given").sum(),
        pl.col("level", "floor", "objective").last(),
        lowest=pl.col("least").first(),
        aims=pl.max_horizontal(pl.col("floor").count(), pl.col("objective").count()),
    )
    rows = rows.filter((pl.col("aims") > 0) | (pl.col("given") > 0)).drop("aims")
    rows = rows.join(lowest.agg(lowest_on=pl.col("date").first()), on=PAIR)
    for below, since, back in (
        ("below", "below_since", "back_on"),
        ("below_floor", "below_floor_since", "above_floor_on"),
    ):
        rows = rows.join(_spell(books, days, below, since, back), on=PAIR, how="left")
    rows = rows.join(lay_opening(books), on=PAIR, how="left").with_columns(pl.col("held").fill_null(0.0))
    rows = rows.join(_prices(books, rows), on=PAIR, how="left")
    return rows.with_columns(draw_down=pl.when(pl.col("held") > 0).then(pl.col("given") / pl.col("held")))


def _is_short(aim: str) -> pl.Expr:
    """Tell where a level is below an aim by more than the tolerance."""
    return (pl.col(aim) - pl.col("level") > ABSOLUTE + RELATIVE * pl.col(aim)).fill_null(value=False)


def _spell(books: Books, days: pl.DataFrame, below: str, since: str, back: str) -> pl.DataFrame:
    """Return when each level is first below, and the end of the bucket after the last in which it is."""
    spell = days.filter(below).group_by(PAIR).agg(pl.col("date").min().alias(since), after=pl.col("bucket").max() + 1)
    ends = books.calendar.select(pl.col("last_date").alias(back), after="bucket")
    return spell.join(ends, on="after", how="left").drop("after")


def _prices(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return what a unit costs each party: by its own contracts, else by those of anybody, else the item's value."""
    pairs, contracts = rows.select(PAIR), books.case["contracts"]
    own = contracts.select("item", party="buyer", price="unit_price_eur", rank=pl.lit(0))
    anybody = contracts.select("item", price="unit_price_eur", rank=pl.lit(1))
    value = books.case["items"].select("item", price="value_eur", rank=pl.lit(2))
    offers = [pairs.join(own, on=PAIR), pairs.join(anybody, on="item"), pairs.join(value, on="item")]
    best = pl.concat(offers).drop_nulls("price").sort("rank", "price").group_by(PAIR, maintain_order=True).first()
    basis = pl.when(pl.col("rank") < 2).then(pl.lit("contract")).otherwise(pl.lit("value"))
    return best.select(*PAIR, unit_price_eur="price", price_basis=basis)
