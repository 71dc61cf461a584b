"""What of a plan made before is frozen."""

from __future__ import annotations

import datetime as dt

import pytest

from scorta.case import Horizon, Previous


@pytest.mark.parametrize(("days", "buckets"), [(0, 0), (6, 0), (7, 1), (13, 1), (14, 2), (400, 4)])
def test_whole_buckets_are_frozen(days: int, buckets: int) -> None:
    """A bucket is frozen where all of its days are."""
    horizon = Horizon.build(dt.date(2023, 1, 2), (("week", 4),))
    assert Previous({}, days).frozen(horizon) == buckets
