"""The time of a plan: buckets of days, weeks, months, quarters and years, one after the other."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.signedinteger[Any]]
"""Whole numbers of any width: days, and the numbers of buckets, rows and whatever else is counted."""

Floats = npt.NDArray[np.float64]
Bucket = Literal["day", "week", "month", "quarter", "year"]
"""The kinds of bucket; also how often a recurring need comes back."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}

BEYOND = 10**7
"""A day number past every horizon: where an open end stands."""


def step(start: dt.date, bucket: str, count: int) -> dt.date:
    """Return the day `count` buckets after `start`; the day of the month is kept where the month has it.

    >>> step(dt.date(2023, 1, 31), "month", 1)
    datetime.date(2023, 2, 28)
    """
    if bucket in _DAYS:
        return start + dt.timedelta(days=_DAYS[bucket] * count)
    months = start.year * 12 + start.month - 1 + _MONTHS[bucket] * count
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Horizon:
    """The buckets of a plan. Days are counted from `as_of`, which is day 0.

    `starts` and `ends` hold the first and last day of each bucket, both inside it; `holders[d]` is the bucket of day
    d, with one more day after the plan; `month_sums[d]` is the number of calendar months in the days before day d, so
    that a figure per month over days a to b is worth `month_sums[b + 1] - month_sums[a]` of itself.
    """

    as_of: dt.date
    starts: Days
    ends: Days
    holders: Days
    month_sums: Floats

    @classmethod
    def build(cls, as_of: dt.date, blocks: tuple[tuple[str, int], ...]) -> Horizon:
        """Lay the blocks, each a kind of bucket and a count, one after the other from `as_of`."""
        edges = [as_of]
        for bucket, count in blocks:
            start = edges[-1]
            edges += [step(start, bucket, k) for k in range(1, count + 1)]
        days = np.array([(edge - as_of).days for edge in edges], dtype=np.int64)
        holders = np.append(np.repeat(np.arange(len(days) - 1), np.diff(days)), len(days) - 1)
        return cls(as_of, days[:-1], days[1:] - 1, holders, _month_sums(as_of, int(days[-1])))

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def days(self) -> Days:
        """The number of days of each bucket."""
        return self.ends - self.starts + 1

    @property
    def last_day(self) -> int:
        """The last day of the plan, counted from `as_of`."""
        return int(self.ends[-1])

    @property
    def years(self) -> range:
        """The years of the calendar that the plan touches."""
        return range(self.as_of.year, self.date(self.last_day).year + 1)

    def date(self, day: int) -> dt.date:
        """Return the calendar date of a day."""
        return self.as_of + dt.timedelta(days=int(day))

    def day(self, when: dt.date) -> int:
        """Return the day of a calendar date; negative before `as_of`."""
        return (when - self.as_of).days

    def bucket_of(self, days: npt.ArrayLike) -> Days:
        """Return the bucket that holds each day: 0 before the plan, `len(self)` after it."""
        found: Days = self.holders[np.clip(days, 0, len(self.holders) - 1)]
        return found

    def months(self, first: npt.ArrayLike, last: npt.ArrayLike) -> Floats:
        """Return the calendar months in the days from `first` to `last`, both inside; 0 where `last` < `first`."""
        end = len(self.month_sums) - 1
        a = np.clip(np.asarray(first, dtype=np.int64), 0, end)
        b = np.clip(np.asarray(last, dtype=np.int64) + 1, 0, end)
        return np.maximum(self.month_sums[b] - self.month_sums[a], 0.0)


def _month_sums(as_of: dt.date, count: int) -> Floats:
    """Count calendar months from day 0: each day is 1 / (days of its month), a whole month is exactly 1."""
    first = np.datetime64(as_of, "D")
    days = first + np.arange(count + 1)
    months = days.astype("datetime64[M]")
    starts = months.astype("datetime64[D]")
    lengths = ((months + 1).astype("datetime64[D]") - starts).astype(np.int64)
    position = months.astype(np.int64) - int(months[0].astype(np.int64)) + (days - starts).astype(np.int64) / lengths
    return np.asarray(position - position[0], dtype=np.float64)
