"""The days of an agreement as whole buckets and windows within buckets."""

from __future__ import annotations

import numpy as np
import pytest
from tests.cases import make_case

from scorta.case import BEYOND
from scorta.network import WHOLE, Windows, whole_buckets
from scorta.network.windows import parts_of

HORIZON = make_case("week 3").horizon
"""Days 0 to 20."""


@pytest.mark.parametrize(
    ("opens", "closes", "parts"),
    [
        (0, 20, [(0, 2, WHOLE)]),
        (-5, BEYOND, [(0, 2, WHOLE)]),
        (7, 13, [(1, 1, WHOLE)]),
        (8, 12, [(1, 1, (8, 12))]),
        (3, 17, [(1, 1, WHOLE), (0, 0, (3, 6)), (2, 2, (14, 17))]),
        (6, 7, [(0, 0, (6, 6)), (1, 1, (7, 7))]),
        (21, 30, []),
        (-9, -1, []),
    ],
)
def test_parts(opens: int, closes: int, parts: list[tuple[int, int, int | tuple[int, int]]]) -> None:
    """Whole weeks stand together, and what is cut off of a week is a window; outside the plan there is nothing."""
    windows = Windows(HORIZON.last_day + 1)
    found = parts_of(HORIZON, windows, np.array([opens]), np.array([closes]))
    days = [
        WHOLE if window == WHOLE else (int(windows.opens(window)), int(windows.closes(window)))
        for window in found.window
    ]
    assert list(zip(found.first.tolist(), found.last.tolist(), days, strict=True)) == parts


def test_a_whole_window_has_no_bounds() -> None:
    """Goods without a window may leave from before all days to after all days."""
    windows = Windows(21)
    assert int(windows.opens(np.array([WHOLE]))[0]) < 0
    assert int(windows.closes(np.array([WHOLE]))[0]) > HORIZON.last_day


def test_whole_buckets() -> None:
    """Days 1 to 19 hold week 1 whole; days 1 to 12 hold none."""
    first, last = whole_buckets(HORIZON, np.array([1, 1]), np.array([19, 12]))
    assert (first[0], last[0]) == (1, 1)
    assert first[1] > last[1]
