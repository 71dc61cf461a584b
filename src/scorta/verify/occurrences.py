"""The occurrences of needs: when each is asked for, and in which buckets it may be served."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Case, Days, Horizon
from scorta.verify.spans import come_back, to_date, to_day

_SHORTEST = {"day": 1, "week": 7, "month": 28, "quarter": 89, "year": 365}
"""The fewest days after which a need of each kind comes back."""


def lay_occurrences(case: Case) -> pl.DataFrame:
    """Return a row for each occurrence of each open need that is required by the last day of the plan.

    `due` is the bucket of `required_by`, `opens` and `closes` the first and last bucket in which it may be served.
    """
    rows = _repeat(_planned(case), case.horizon)
    horizon, count = case.horizon, len(case.horizon)
    lapse = pl.when(pl.col("unmet") == "lapse").then(pl.col("day") + pl.col("lapse_days").fill_null(0))
    rows = rows.with_columns(end=lapse.otherwise(horizon.last_day))
    return rows.with_columns(
        required_by=to_date("day", horizon),
        due=pl.Series(horizon.bucket_of(rows["day"].to_numpy()), dtype=pl.Int64),
        opens=pl.Series(horizon.bucket_of(rows["not_before_day"].to_numpy()), dtype=pl.Int64),
        closes=pl.Series(np.minimum(horizon.bucket_of(rows["end"].to_numpy()), count - 1), dtype=pl.Int64),
    ).select("need", "required_by", "quantity", "priority", "due", "opens", "closes")


def _planned(case: Case) -> pl.DataFrame:
    """Return the open needs that are required by the last day of the plan, with their dates as days."""
    horizon = case.horizon
    days = {
        "first_day": to_day("required_by", horizon),
        "not_before_day": to_day("not_before", horizon, 0),
        "until_day": to_day("until", horizon),
    }
    return (
        case["needs"]
        .filter(pl.col("state") == "open")
        .with_columns(**days)
        .filter(pl.col("first_day") <= horizon.last_day)
    )


def _repeat(needs: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """Return a row for each time a need comes back, with the days of that time."""
    until = needs.select(pl.min_horizontal("until_day", pl.lit(horizon.last_day))).to_series().to_numpy()
    every = needs["every"].fill_null("").to_numpy().astype(str)
    gap = needs["every"].replace_strict(_SHORTEST, default=1, return_dtype=pl.Int64).to_numpy()
    room = np.maximum(until - needs["first_day"].to_numpy(), 0) // gap
    counts = np.where(every == "", 1, room + 1)
    index = np.repeat(np.arange(len(counts)), counts)
    turn = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    first, early = needs["first_day"].to_numpy()[index], needs["not_before_day"].to_numpy()[index]
    moved = np.where(needs["not_before"].is_null().to_numpy()[index], early, _days(horizon, early, every[index], turn))
    rows = needs[index].with_columns(
        day=pl.Series(_days(horizon, first, every[index], turn), dtype=pl.Int64),
        not_before_day=pl.Series(moved, dtype=pl.Int64),
    )
    return rows.filter(pl.Series((turn == 0) | (rows["day"].to_numpy() <= until[index])))


def _days(horizon: Horizon, days: Days, every: np.ndarray, turn: Days) -> Days:
    """Return the day on which something comes back for the `turn`-th time."""
    start = np.datetime64(horizon.as_of, "D")
    return (come_back(start + days, every, turn) - start).astype(np.int64)
