"""The time of a plan: buckets, days and months."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import NEW_YEAR, pairs_of

from scorta.case import Horizon, step

BLOCKS = st.lists(
    st.tuples(st.sampled_from(["day", "week", "month", "quarter", "year"]), st.integers(1, 4)), min_size=1, max_size=4
)
"""Some blocks of buckets."""

DATES = st.dates(dt.date(1999, 1, 1), dt.date(2040, 12, 31))
"""First days, month ends and leap days among them."""


def horizon(blocks: str, as_of: dt.date = NEW_YEAR) -> Horizon:
    """Lay blocks given as words."""
    return Horizon.build(as_of, pairs_of(blocks))


def test_mixed_blocks() -> None:
    """Two days, a week and a month from 1 January: days 0, 1, 2-8 and 9-39, as 10 January to 9 February has 31."""
    found = horizon("day 2 week 1 month 1")
    assert found.starts.tolist() == [0, 1, 2, 9]
    assert found.ends.tolist() == [0, 1, 8, 39]
    assert found.days.tolist() == [1, 1, 7, 31]
    assert len(found) == 4
    assert found.last_day == 39


def test_months_of_a_month_end() -> None:
    """Months from 31 January run to the day before 29 February, 31 March, 30 April: no day is lost or counted twice."""
    found = horizon("month 3", dt.date(2024, 1, 31))
    assert [found.date(day) for day in found.starts] == [
        dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31),
    ]  # fmt: skip
    assert found.date(found.last_day) == dt.date(2024, 4, 29)


@pytest.mark.parametrize(
    ("start", "bucket", "count", "end"),
    [
        ("2023-01-31", "month", 1, "2023-02-28"),
        ("2024-01-31", "month", 1, "2024-02-29"),
        ("2024-01-31", "month", 2, "2024-03-31"),
        ("2024-01-30", "month", 1, "2024-02-29"),
        ("2023-11-30", "quarter", 1, "2024-02-29"),
        ("2024-02-29", "year", 1, "2025-02-28"),
        ("2024-02-29", "year", 4, "2028-02-29"),
        ("2023-12-31", "month", 0, "2023-12-31"),
        ("2024-02-28", "day", 2, "2024-03-01"),
        ("2023-12-28", "week", 1, "2024-01-04"),
    ],
)
def test_step(start: str, bucket: str, count: int, end: str) -> None:
    """The day of the month is kept where the month has it, else it is its last; days and weeks are counted."""
    assert step(dt.date.fromisoformat(start), bucket, count) == dt.date.fromisoformat(end)


@given(DATES, BLOCKS)
def test_buckets_follow_each_other(as_of: dt.date, blocks: list[tuple[str, int]]) -> None:
    """Each bucket starts on the day after the one before ends, and every day lies in its bucket."""
    found = Horizon.build(as_of, tuple(blocks))
    assert found.starts[0] == 0
    assert (found.starts[1:] == found.ends[:-1] + 1).all()
    assert (found.ends >= found.starts).all()
    assert len(found) == sum(count for _, count in blocks)
    assert (found.bucket_of(found.starts) == found.bucket_of(found.ends)).all()
    assert (found.bucket_of(found.ends) == np.arange(len(found))).all()


def test_buckets_of_days_outside() -> None:
    """A day before the plan lies in bucket 0, one after it in a bucket that is not there; the last day is inside."""
    found = horizon("week 2")
    assert found.bucket_of([-5, 0, 6, 7, 13, 14, 99]).tolist() == [0, 0, 0, 1, 1, 2, 2]


def test_dates_and_days() -> None:
    """A date becomes a day and a day a date again, before the first day too."""
    found = horizon("week 2")
    assert found.day(dt.date(2023, 12, 31)) == -1
    assert found.day(NEW_YEAR) == 0
    assert found.date(found.day(dt.date(2024, 2, 29))) == dt.date(2024, 2, 29)


def test_a_month_is_one() -> None:
    """January, February (29 days) and March are exactly 1 each, a quarter 3; the month from 10 January is not."""
    found = horizon("month 3")
    assert found.months(found.starts, found.ends).tolist() == [1.0, 1.0, 1.0]
    assert horizon("quarter 4").months(0, 365) == 12.0
    crossing = horizon("month 1", dt.date(2024, 1, 10))
    assert crossing.months(0, 30) == pytest.approx(22 / 31 + 9 / 29)


def test_parts_of_months() -> None:
    """A week of January is 7/31; none where the days are the wrong way round; days outside the plan count nothing."""
    found = horizon("week 5")
    assert found.months(0, 6) == pytest.approx(7 / 31)
    assert found.months([28], [34]) == pytest.approx(3 / 31 + 4 / 29)
    assert found.months(6, 5) == 0
    assert found.months(6, 0) == 0
    assert found.months(-10, 6) == pytest.approx(7 / 31)
    assert found.months(28, 999) == pytest.approx(3 / 31 + 4 / 29)


@given(DATES, BLOCKS)
def test_months_add_up(as_of: dt.date, blocks: list[tuple[str, int]]) -> None:
    """Each day is 1 / (days of its month); the months of the buckets add up to those of the plan."""
    found = Horizon.build(as_of, tuple(blocks))
    days = [found.date(day) for day in range(found.last_day + 1)]
    lengths = [(step(day.replace(day=1), "month", 1) - day.replace(day=1)).days for day in days]
    assert found.months(found.starts, found.ends).sum() == pytest.approx(sum(1 / length for length in lengths))
    assert found.months(0, found.last_day) == pytest.approx(sum(1 / length for length in lengths))
