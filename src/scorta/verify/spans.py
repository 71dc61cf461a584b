"""Days, buckets and the even flow between them, worked out anew for the checker."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import polars as pl

from scorta.case import BEYOND, Days, Floats, Horizon

Times = npt.NDArray[np.datetime64]

_EPOCH = dt.date(1970, 1, 1)


def lay_calendar(horizon: Horizon) -> pl.DataFrame:
    """Return a row for each bucket: its first and last day as numbers and as dates, its days and its months."""
    calendar = pl.DataFrame(
        {
            "bucket": np.arange(len(horizon), dtype=np.int64),
            "start": horizon.starts,
            "end": horizon.ends,
            "days": horizon.ends - horizon.starts + 1,
            "months": horizon.months(horizon.starts, horizon.ends),
        }
    )
    dates = {"first_date": to_date("start", horizon), "last_date": to_date("end", horizon)}
    return calendar.with_columns(**dates)


def to_day(column: str, horizon: Horizon, empty: int = BEYOND) -> pl.Expr:
    """Return the day of a date, counted from the first day of the plan; `empty` where there is no date."""
    return (pl.col(column) - pl.lit(horizon.as_of)).dt.total_days().cast(pl.Int64).fill_null(empty)


def to_date(column: str, horizon: Horizon, plus: pl.Expr | None = None) -> pl.Expr:
    """Return the date of a day, `plus` some whole days."""
    day = pl.col(column) if plus is None else pl.col(column) + plus
    return (day.clip(-BEYOND // 10, BEYOND // 10) + (horizon.as_of - _EPOCH).days).cast(pl.Int32).cast(pl.Date)


def bucket_of(frame: pl.DataFrame, column: str, horizon: Horizon) -> Days:
    """Return the bucket that holds the date of each row; the number of buckets where it is empty or later."""
    return horizon.bucket_of(frame.select(to_day(column, horizon)).to_series().to_numpy())


def months_between(frame: pl.DataFrame, first: str, last: str, horizon: Horizon) -> pl.Series:
    """Return the calendar months in the days from `first` to `last` of each row, none where they are no days."""
    return pl.Series("months", horizon.months(frame[first].to_numpy(), frame[last].to_numpy()))


def spread(horizon: Horizon, first: Days, last: Days, lag: Floats) -> tuple[Days, Days, Floats]:
    """Spread flows that run evenly from day `first` to day `last` over the buckets in which they arrive.

    Returns three equally long columns: the flow, the bucket, and the share of the flow that arrives in the bucket.
    What arrives after the last day has no row.
    """
    edges = np.append(horizon.starts, horizon.last_day + 1).astype(np.float64)
    opens, closes = first + lag, last + 1 + lag
    from_bucket = np.searchsorted(edges, opens, side="right") - 1
    to_bucket = np.minimum(np.searchsorted(edges, closes, side="left") - 1, len(horizon) - 1)
    counts = np.maximum(to_bucket - from_bucket + 1, 0)
    flow = np.repeat(np.arange(len(counts)), counts)
    bucket = from_bucket[flow] + np.arange(len(flow)) - np.repeat(np.cumsum(counts) - counts, counts)
    overlap = np.minimum(closes[flow], edges[bucket + 1]) - np.maximum(opens[flow], edges[bucket])
    return flow, bucket, overlap / (closes - opens)[flow]


def come_back(dates: Times, every: npt.NDArray[np.str_], count: Days) -> Times:
    """Return the day `count` weeks, months, quarters or years after each date, on the same day where there is one."""
    days = dates.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    position = (days - months.astype("datetime64[D]")).astype(np.int64)
    factor = np.select([every == "month", every == "quarter", every == "year"], [1, 3, 12], 0)
    target = months + factor * count
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    by_month = target.astype("datetime64[D]") + np.minimum(position, length - 1)
    in_days = np.select([every == "week", every == "day"], [7, 1], 0)
    return np.where(in_days > 0, days + in_days * count, by_month)
