"""How what leaves or starts in a bucket arrives spread over the buckets that its days reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats, Horizon
from scorta.network.index import Span, ranges


@dataclass(frozen=True, slots=True)
class Arrivals:
    """For each flow (over a leg or of a process, in a bucket): when it runs, and which share arrives in which bucket.

    Ways and buckets are laid out as way x buckets + bucket, flows within windows after them. `first_day` to `last_day`
    are the days of the bucket on which it may run (none where last < first). Arrivals of one flow stand at `start` to
    `start + 1` in `leaves` (its bucket), `bucket` (in which they arrive) and `share`; a share that arrives after the
    horizon is not listed.
    """

    first_day: Days
    last_day: Days
    start: Days
    leaves: Days
    bucket: Days
    share: Floats

    def of(self, span: Span, way: Days, owners: Days) -> tuple[Days, Days, Days, Floats]:
        """Return every (position in `owners`, place in `span`, bucket of arrival, share that arrives then), in order.

        `way` and its bucket number the flow of each of the owners: those of all buckets of one owner stand together.
        """
        key = way + span.first[owners]
        begin = self.start[key]
        counts = self.start[key + span.counts[owners]] - begin
        position, held = ranges(begin, counts)
        place = np.repeat(span.origin[owners], counts) + self.leaves[held]
        return position, place, self.bucket[held], self.share[held]


def every_bucket(horizon: Horizon, open_from: Days, open_until: Days, lag: Floats) -> tuple[Days, Days, Days, Floats]:
    """Return the bucket, first and last day, and lag of each flow of each way."""
    count = len(horizon)
    way = np.repeat(np.arange(len(lag)), count)
    bucket = np.tile(np.arange(count), len(lag))
    first_day = np.maximum(horizon.starts[bucket], open_from[way])
    last_day = np.minimum(horizon.ends[bucket], open_until[way])
    return bucket, first_day, last_day, lag[way]


def spread(horizon: Horizon, leaves: Days, first_day: Days, last_day: Days, lag: Floats) -> Arrivals:
    """Spread flows that are even from their first to their last day over the buckets in which they arrive."""
    count = len(horizon)
    runs = last_day >= first_day
    begin = first_day + lag
    end = last_day + 1 + lag
    first = horizon.bucket_of(np.floor(begin).astype(np.int64))
    last = np.minimum(horizon.bucket_of(np.ceil(end).astype(np.int64) - 1), count - 1)
    counts = np.where(runs, np.maximum(last - first + 1, 0), 0)
    start = np.concatenate([[0], np.cumsum(counts)])
    key, arrives = ranges(first, counts)
    overlap = np.minimum(end[key], horizon.ends[arrives] + 1) - np.maximum(begin[key], horizon.starts[arrives])
    share = np.maximum(overlap, 0.0) / (end[key] - begin[key])
    return Arrivals(first_day, last_day, start, leaves[key].astype(np.int32), arrives, share)
