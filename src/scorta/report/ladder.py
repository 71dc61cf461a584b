"""The pledge ladder: how many pledges stand on each step, and how many of them say how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from scorta.report.page import Column, Grid
from scorta.tables import CASE_TABLES

if TYPE_CHECKING:
    from scorta.case import Case

_SAID = pl.col("quantity").is_not_null() & (pl.col("quantity_state") == "known")


def ladder_grid(case: Case) -> Grid:
    """Return the pledges by state, from the first step of the ladder to the last."""
    columns = (
        Column("State"),
        Column("Pledges", "number"),
        Column("with quantity", "number"),
        Column("undisclosed", "number"),
        Column("value only", "number"),
        Column("EUR stated", "number"),
    )
    rows = [_step(case["pledges"], state) for state in CASE_TABLES["pledges"]["state"].choices]
    total = _step(case["pledges"], "")
    return Grid("Pledges, step by step of the ladder", columns, (*(row for row in rows if row[1]), total))


def _step(pledges: pl.DataFrame, state: str) -> tuple[str, int, int, int, int, float]:
    """Count the pledges of one state, or of all."""
    here = pledges.filter(pl.col("state") == state) if state else pledges
    said = here.filter(_SAID).height
    value_only = here.filter(~_SAID & (pl.col("quantity_state") == "value_only")).height
    value = float(here["value_eur"].sum())
    return (state or "all", here.height, said, here.height - said - value_only, value_only, value)
