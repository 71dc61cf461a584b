"""Processes as the walks see them: what they take and give, and what may stand in for what they take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats
from scorta.network.index import ranges


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes as columns; `needs` and `gives` list (process, spot) pairs: what must lie there, what comes out.

    Only components that are always in force are listed in `needs`: without them nothing starts.
    """

    from_day: Days
    until_day: Days
    lead: Floats
    needs_process: Days
    needs_spot: Days
    gives_process: Days
    gives_spot: Days


@dataclass(frozen=True, slots=True)
class StandIns:
    """What may stand in for components where they are used.

    Goods (place x items + item) in order, the spot that each of them feeds, and the first day on which it may.
    """

    goods: Days
    spot: Days
    day: Days

    def fed(self, goods: Days, days: Days) -> tuple[Days, Days]:
        """Return every spot that these goods feed, and from which day on."""
        start = np.searchsorted(self.goods, goods)
        position, row = ranges(start, np.searchsorted(self.goods, goods, side="right") - start)
        return self.spot[row], np.maximum(days[position], self.day[row])


@dataclass(frozen=True, slots=True)
class Uses:
    """Which process may take goods of which known spot as a component, or in place of one, in which buckets."""

    process: Days
    spot: Days
    first: Days
    last: Days
