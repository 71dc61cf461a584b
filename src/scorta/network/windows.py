"""The windows of pledges and contracts: whole buckets, and the parts of buckets that a window only touches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import BEYOND, Days, Horizon
from scorta.network.index import Bools

WHOLE = -1
"""The window of what may leave on any day of its bucket."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Parts of buckets as one number each: the first day times the days of the plan, and the last day."""

    days: int

    def of(self, first: Days, last: Days) -> Days:
        """Return the window of each first and last day."""
        return first * self.days + last

    def opens(self, window: Days) -> Days:
        """Return the first day of each window, one before all others for `WHOLE`."""
        return np.where(window == WHOLE, -BEYOND, window // self.days)

    def closes(self, window: Days) -> Days:
        """Return the last day of each window, one after all others for `WHOLE`."""
        return np.where(window == WHOLE, BEYOND, window % self.days)


@dataclass(frozen=True, slots=True)
class Parts:
    """When agreements are in force: a row for the whole buckets `first` to `last`, and one for each window in a bucket.

    `owner` is the number of the agreement; one that only touches its first and its last bucket has three rows.
    """

    owner: Days
    first: Days
    last: Days
    window: Days

    def kept(self, keep: Bools | Days) -> Parts:
        """Return some of the rows."""
        return Parts(self.owner[keep], self.first[keep], self.last[keep], self.window[keep])


def parts_of(horizon: Horizon, windows: Windows, opens: Days, closes: Days) -> Parts:
    """Cut the days of each agreement into the whole buckets it holds and the windows in its first and last bucket."""
    opens, closes = np.maximum(opens, 0), np.minimum(closes, horizon.last_day)
    inside = np.flatnonzero(opens <= closes)
    opens, closes = opens[inside], closes[inside]
    head, tail = horizon.bucket_of(opens), horizon.bucket_of(closes)
    first, last = whole_buckets(horizon, opens, closes)
    whole = np.flatnonzero(first <= last)
    at_head = np.flatnonzero((first > head) | ((last < tail) & (head == tail)))
    at_tail = np.flatnonzero((last < tail) & (head < tail))
    bucket = np.concatenate([head[at_head], tail[at_tail]])
    begin = np.concatenate([opens[at_head], horizon.starts[tail[at_tail]]])
    end = np.concatenate([np.minimum(closes, horizon.ends[head])[at_head], closes[at_tail]])
    return Parts(
        inside[np.concatenate([whole, at_head, at_tail])],
        np.concatenate([first[whole], bucket]),
        np.concatenate([last[whole], bucket]),
        np.concatenate([np.full(len(whole), WHOLE), windows.of(begin, end)]),
    )


def whole_buckets(horizon: Horizon, opens: Days, closes: Days) -> tuple[Days, Days]:
    """Return the first and the last bucket that lies wholly within each stretch of days: none where last < first."""
    head, tail = horizon.bucket_of(np.maximum(opens, 0)), horizon.bucket_of(np.minimum(closes, horizon.last_day))
    inside = np.minimum(head, len(horizon) - 1)
    return head + (opens > horizon.starts[inside]), tail - (closes < horizon.ends[tail])
