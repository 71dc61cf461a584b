"""Plenty: components and lines of which a plan leaves more than a target could take, so that they hinder nobody."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from scorta.case import Case
from scorta.plan import Plan

SPARE = 4.0
"""How many times what making all that is lacking takes must be left at any time for a thing to be plenty.

Once is enough where nobody else is touched; where others let go of goods and have more made instead, it may be more.
"""


def without_plenty(case: Case, plan: Plan, lacking: float) -> Case:
    """Return the case without components and line hours that are plenty where so many units are lacking.

    They hinder nobody, and what else is made of them or on these lines has no part in it.
    """
    if case["processes"].is_empty():
        return case
    made = case["processes"].select("process", "place", made="item", rate=SPARE * lacking / pl.col("yield"))
    scarce = pl.col("line").is_in(_scarce_lines(case, plan, made).implode())
    own = [pl.when(scarce).then(name).alias(name) for name in ("line", "line_hours_per_unit")]
    tables = {
        "processes": case["processes"].with_columns(own),
        "loads": case["loads"].filter(scarce),
        "components": _scarce_components(case, plan, made),
    }
    return case.replace(**{name: table for name, table in tables.items() if name in case.given})


def _scarce_lines(case: Case, plan: Plan, made: pl.DataFrame) -> pl.Series:
    """Return the lines that are short of hours in some bucket; those with a maximum count as short."""
    own = case["processes"].select("process", "line", "line_hours_per_unit")
    loads = pl.concat([own, case["loads"].select(own.columns)]).join(made, on="process")
    bounded = pl.col("line").is_in(case["lines"].filter(pl.col("maximum_per_month").is_not_null())["line"].implode())
    takes = pl.when(bounded).then(float("inf")).otherwise(pl.col("line_hours_per_unit") * pl.col("rate"))
    hours = pl.col("capacity_hours") + pl.col("expansion_hours") - pl.col("used_hours")
    return _short(case, loads.with_columns(takes=takes), plan["line_load"].with_columns(left=hours), ["line"])["line"]


def _scarce_components(case: Case, plan: Plan, made: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of components of which too little lies at the place of the process at the end of some bucket.

    Goods that somebody should hold count as short, and so do those that lie where storage is limited, are to be mended,
    or go into a process whose bill of materials changes: where it has none in force it does not run.
    """
    rows = case["components"].join(made, on="process", maintain_order="left")
    limited = case["places"].filter(pl.col("storage_t").is_not_null())["place"]
    held = pl.col("item").is_in(case["objectives"]["item"].implode()) | pl.col("place").is_in(limited.implode())
    mended = pl.col("item") == pl.col("made")
    changes = (pl.col("from_date").is_not_null() | pl.col("until_date").is_not_null()).any().over("process")
    takes = pl.when(held | mended | changes).then(float("inf")).otherwise(pl.col("quantity") * pl.col("rate"))
    free = plan["stock_levels"].filter(
        pl.col("item").is_in(rows["item"].implode()),
        pl.col("reserved_for").is_null() & pl.col("expires_on").is_null(),
        condition="serviceable",
    )
    spot = ["place", "item"]
    short = _short(case, rows.with_columns(takes=takes), free.with_columns(left="quantity"), spot)
    return rows.join(short, on=spot, how="semi", maintain_order="left").select(case["components"].columns)


def _short(case: Case, uses: pl.DataFrame, levels: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return of what one of its uses takes more than what is left at the end of some bucket; no row is nothing."""
    least = pl.when(pl.len() == len(case.horizon)).then(pl.col("left").min()).otherwise(0.0)
    most = uses.group_by(by).agg(takes=pl.col("takes").max())
    both = most.join(levels.group_by(by).agg(left=least), on=by, how="left")
    return both.filter(pl.col("left").fill_null(0.0) < pl.col("takes")).select(by)
