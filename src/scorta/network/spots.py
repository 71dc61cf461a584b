"""Spots as numbers: where goods of which lot lie; and the spots that goods can reach, with the first day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import BEYOND, Days
from scorta.network.index import Bools

NEVER = np.int64(2 * BEYOND)
"""The day on which nothing comes in."""


@dataclass(frozen=True, slots=True)
class Codes:
    """A spot as one number: place, item and lot; a lot as one number: last day of use and reservation.

    `expires` holds the distinct last days of use, the first of them `BEYOND` (goods that carry no date).
    """

    items: int
    reservations: int
    expires: Days

    @property
    def lots(self) -> int:
        """How many lots there are."""
        return len(self.expires) * self.reservations

    def spot(self, place: Days, item: Days, lot: Days) -> Days:
        """Return the number of each spot."""
        return (place * self.items + item) * self.lots + lot

    def place(self, spot: Days) -> Days:
        """Return the place of each spot."""
        return spot // max(self.items * self.lots, 1)

    def item(self, spot: Days) -> Days:
        """Return the item of each spot."""
        return spot // self.lots % max(self.items, 1)

    def lot(self, spot: Days) -> Days:
        """Return the lot of each spot."""
        return spot % self.lots

    def reservation(self, lot: Days) -> Days:
        """Return what each lot is reserved for."""
        return lot % self.reservations

    def last_day(self, lot: Days) -> Days:
        """Return the last day on which each lot can be used."""
        return self.expires[lot // self.reservations]


@dataclass(frozen=True, slots=True)
class Known:
    """The spots that goods can reach, sorted, and the first day on which they can."""

    spots: Days
    days: Days

    def find(self, spots: Days) -> tuple[Days, Bools]:
        """Return the number of each spot among the known, and whether it is known at all."""
        if not len(self.spots):
            return np.zeros(len(spots), dtype=np.int64), np.zeros(len(spots), dtype=bool)
        slot = np.minimum(np.searchsorted(self.spots, spots), len(self.spots) - 1)
        return slot, self.spots[slot] == spots

    def day(self, spots: Days) -> Days:
        """Return the first day on which each spot holds anything, `NEVER` where none does."""
        slot, known = self.find(spots)
        days = np.full(len(spots), NEVER)
        days[known] = self.days[slot[known]]
        return days

    def earlier(self, spots: Days, days: Days) -> tuple[Known, Days]:
        """Learn of goods: return what is known then, and the spots that are new or hold goods earlier."""
        order = np.lexsort((days, spots))
        spots, days = spots[order], days[order]
        first = np.concatenate([[True], spots[1:] != spots[:-1]]) if len(spots) else np.zeros(0, dtype=bool)
        spots, days = spots[first], days[first]
        better = days < self.day(spots)
        spots, days = spots[better], days[better]
        old = ~np.isin(self.spots, spots)
        merged = np.concatenate([self.spots[old], spots])
        order = np.argsort(merged)
        return Known(merged[order], np.concatenate([self.days[old], days])[order]), spots
