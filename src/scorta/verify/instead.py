"""What may be used in place of an item, and in which buckets, worked out anew for the checker."""

from __future__ import annotations

import polars as pl

from scorta.case import Case
from scorta.verify.spans import to_day


def lay_instead(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each item, each item it may be used instead of, and each bucket that its dates touch.

    `factor` is how many units of `instead_of` one unit meets of a need, `component_factor` of a component (empty
    where it may not): of several rows the largest.
    """
    rows = case["substitutes"].filter(pl.col("factor") > 0, pl.col("item") != pl.col("substitute"))
    rows = rows.select(
        "factor",
        "for_components",
        item="substitute",
        instead_of="item",
        opens=to_day("from_date", case.horizon, 0),
        closes=to_day("until_date", case.horizon),
    )
    rows = rows.join(calendar.select("bucket", "start", "end"), how="cross")
    rows = rows.filter(pl.col("opens") <= pl.col("end"), pl.col("closes") >= pl.col("start"))
    return rows.group_by("item", "instead_of", "bucket").agg(
        pl.col("factor").max(), component_factor=pl.col("factor").filter("for_components").max()
    )
