"""How each party stands to its floors and objectives, what it gives away, and when it is back."""

from __future__ import annotations

import polars as pl

from scorta.plan.answered import Answered
from scorta.plan.owning import codes, opening

ABSOLUTE, RELATIVE = 1e-6, 1e-7
"""Units, and parts of the figure it is compared with, by which a level may be short and count as reached."""

_PAIR = ("party", "item")


def objectives(solved: Answered, holdings: pl.DataFrame) -> pl.DataFrame:
    """List the dip and the way back of all that has a floor or an objective, or is given away."""
    is_wanted = pl.any_horizontal(pl.col("floor", "objective").is_not_null()).any()
    is_lowest = pl.col("level") <= pl.col("level").min() * (1 + RELATIVE) + ABSOLUTE
    rows = holdings.sort(*_PAIR, "bucket").group_by(_PAIR, maintain_order=True).agg(
        pl.col("given").sum(),
        pl.col("level", "floor", "objective").last(),
        lowest=pl.col("level").min(),
        lowest_on=pl.col("date").filter(is_lowest).first(),
        below_since=_since("objective"),
        back_on=_back("objective"),
        below_floor_since=_since("floor"),
        above_floor_on=_back("floor"),
        is_wanted=is_wanted,
    )  # fmt: skip
    rows = rows.filter(pl.col("is_wanted") | (pl.col("given") > 0))
    rows = rows.join(_held(solved), on=_PAIR, how="left", maintain_order="left").with_columns(
        pl.col("held").fill_null(0.0)
    )
    draw_down = pl.when(pl.col("held") > 0).then(pl.col("given") / pl.col("held"))
    return _priced(solved, rows.with_columns(draw_down=draw_down))


def _is_below(aim: str) -> pl.Expr:
    """Tell where the level is below a floor or an objective by more than the solver leaves."""
    return pl.col("level") < pl.col(aim) * (1 - RELATIVE) - ABSOLUTE


def _since(aim: str) -> pl.Expr:
    """Return the date on which the level is first below an aim."""
    return pl.col("date").filter(_is_below(aim)).first()


def _back(aim: str) -> pl.Expr:
    """Return the first date after the last one on which the level is below an aim."""
    return pl.col("date").filter(pl.col("date") > pl.col("date").filter(_is_below(aim)).last()).first()


def _held(solved: Answered) -> pl.DataFrame:
    """Return what each party holds of each item on the first day."""
    whose, quantity = opening(solved)
    held = pl.DataFrame({**codes(solved, whose), "held": quantity})
    return held.group_by(_PAIR, maintain_order=True).agg(pl.col("held").sum())


def _priced(solved: Answered, rows: pl.DataFrame) -> pl.DataFrame:
    """Add what a unit costs: by the cheapest contract of the party, else of anybody, else the value of the item."""
    case, price = solved.network.case, pl.col("unit_price_eur").min()
    own = case["contracts"].group_by(party="buyer", item="item").agg(own=price)
    anybody = case["contracts"].group_by("item").agg(anybody=price)
    rows = rows.join(own, on=_PAIR, how="left", maintain_order="left")
    rows = rows.join(anybody, on="item", how="left", maintain_order="left")
    rows = rows.join(case["items"].select("item", "value_eur"), on="item", how="left", maintain_order="left")
    contract = pl.coalesce("own", "anybody")
    basis = (
        pl.when(contract.is_not_null())
        .then(pl.lit("contract"))
        .when(pl.col("value_eur").is_not_null())
        .then(pl.lit("value"))
    )
    return rows.with_columns(unit_price_eur=pl.coalesce(contract, "value_eur"), price_basis=basis)
