"""How what leaves in a bucket arrives: even over the time that its days reach."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import NEW_YEAR, pairs_of

from scorta.case import BEYOND, Horizon
from scorta.network import Span
from scorta.network.legs import every_bucket, spread

BLOCKS = st.lists(
    st.tuples(st.sampled_from(["day", "week", "month", "quarter"]), st.integers(1, 3)), min_size=1, max_size=4
)
"""Some blocks of buckets."""


def shares(blocks: str, lag: float, first: int = 0, last: int = BEYOND) -> list[dict[int, float]]:
    """Return for each bucket of departure the share that arrives in each bucket."""
    horizon = Horizon.build(NEW_YEAR, pairs_of(blocks))
    return listed(horizon, lag, first, last)


def listed(horizon: Horizon, lag: float, first: int, last: int) -> list[dict[int, float]]:
    """Return the same for a horizon."""
    arrivals = spread(horizon, *every_bucket(horizon, np.array([first]), np.array([last]), np.array([lag])))
    whole = Span.build(np.array([0]), np.array([len(horizon) - 1]))
    _, place, bucket, share = arrivals.of(whole, np.array([0]), np.array([0]))
    found: list[dict[int, float]] = [{} for _ in range(len(horizon))]
    for at, when, part in zip(place, bucket, share, strict=True):
        found[at][int(when)] = found[at].get(int(when), 0.0) + float(part)
    return [{when: part for when, part in one.items() if part} for one in found]


@pytest.mark.parametrize("lag", range(6))
def test_exact_lag_on_days(lag: int) -> None:
    """On a daily grid what leaves on day d arrives on day d + lag, all of it; after the last day nothing arrives."""
    assert shares("day 5", lag) == [{day + lag: 1.0} if day + lag < 5 else {} for day in range(5)]


def test_half_a_day() -> None:
    """With half a day more, half arrives on the day itself and half on the next; the last half never."""
    assert shares("day 3", 1.5) == [{1: 0.5, 2: 0.5}, {2: 0.5}, {}]


def test_weeks() -> None:
    """Week 0 over 10 days arrives over days 10-16: 4 in week 1 and 3 in week 2."""
    first, *_ = shares("week 3", 10)
    assert first == {1: pytest.approx(4 / 7), 2: pytest.approx(3 / 7)}


def test_into_a_month() -> None:
    """Two days, then a month: what leaves on day 1 over 0.5 days arrives half on day 1, half on day 2 in the month."""
    assert shares("day 2 month 1", 0.5)[1] == {1: 0.5, 2: 0.5}


def test_partly_open() -> None:
    """Open on days 4-9 only: flow is even over the open days of each bucket, and none runs where no day is open."""
    assert shares("week 3", 3, 4, 9) == [{1: 1.0}, {1: 1.0}, {}]
    assert shares("week 3", 2, 4, 9) == [{0: pytest.approx(1 / 3), 1: pytest.approx(2 / 3)}, {1: 1.0}, {}]
    assert shares("week 3", 0, -9, -1) == [{}, {}, {}]


def naive(horizon: Horizon, lag: float, first: int, last: int, bucket: int) -> dict[int, float]:
    """Spread one bucket hour by hour, as the page on what a plan means says it."""
    days = [day for day in range(horizon.starts[bucket], horizon.ends[bucket] + 1) if first <= day <= last]
    parts: dict[int, float] = {}
    for hour in (day * 24 + hour for day in days for hour in range(24)):
        when = int(horizon.bucket_of((hour + round(lag * 24)) // 24))
        if when < len(horizon):
            parts[when] = parts.get(when, 0.0) + 1 / (len(days) * 24)
    return parts


@given(BLOCKS, st.integers(0, 24 * 60), st.integers(-5, 40), st.integers(0, 90))
def test_agrees_with_hours(blocks: list[tuple[str, int]], hours: int, first: int, length: int) -> None:
    """Whatever the buckets, the lag and the open days: the shares are those of counting hour by hour."""
    horizon = Horizon.build(NEW_YEAR, tuple(blocks))
    found = listed(horizon, hours / 24, first, first + length)
    for bucket in range(len(horizon)):
        assert found[bucket] == pytest.approx(naive(horizon, hours / 24, first, first + length, bucket))


@given(BLOCKS, st.floats(0, 200), st.integers(-5, 40), st.integers(0, 200))
def test_nothing_is_lost_or_made(blocks: list[tuple[str, int]], lag: float, first: int, length: int) -> None:
    """No share is negative, none comes before its bucket; together they are 1, or less at the end of the plan."""
    horizon = Horizon.build(NEW_YEAR, tuple(blocks))
    for bucket, parts in enumerate(listed(horizon, lag, first, first + length)):
        assert all(part >= 0 and when >= bucket for when, part in parts.items())
        last = min(int(horizon.ends[bucket]), first + length)
        runs = max(int(horizon.starts[bucket]), first) <= last
        arrives_all = last + 1 + lag <= horizon.last_day + 1
        assert sum(parts.values()) <= 1 + 1e-9
        assert not (runs and arrives_all) or sum(parts.values()) == pytest.approx(1)
