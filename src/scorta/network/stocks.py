"""Where goods lie: spots (place, item and lot) as numbers, stock on hand and receipts, and what can be reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import BEYOND, Case, Days, Floats, Horizon
from scorta.network.index import Bools, Pairs, Span, days_of, numbers_of
from scorta.network.names import UNRESERVED, Names

NEVER = np.int64(2 * BEYOND)
"""The day on which nothing comes in."""


@dataclass(frozen=True, slots=True)
class SpotNumbers:
    """A spot as one number: its `goods` (place and item) and lot; a lot as one number: last day of use and reservation.

    `expires` holds the distinct last days of use, the first of them `BEYOND` (goods that carry no date): the lot of
    undated goods has the number of their reservation.
    """

    goods: Pairs
    reservations: int
    expires: Days

    @property
    def lots(self) -> Pairs:
        """Number the lots: last day of use and reservation."""
        return Pairs(len(self.expires), self.reservations)

    @property
    def spots(self) -> Pairs:
        """Number the spots: goods and lot."""
        return Pairs(self.goods.size, self.lots.size)

    def spot(self, place: Days, item: Days, lot: Days) -> Days:
        """Return the number of each spot."""
        return self.spots.of(self.goods.of(place, item), lot)

    def place(self, spot: Days) -> Days:
        """Return the place of each spot."""
        return self.goods.split(self.spots.split(spot)[0])[0]

    def item(self, spot: Days) -> Days:
        """Return the item of each spot."""
        return self.goods.split(self.spots.split(spot)[0])[1]

    def lot(self, spot: Days) -> Days:
        """Return the lot of each spot."""
        return self.spots.split(spot)[1]

    def reservation(self, lot: Days) -> Days:
        """Return what each lot is reserved for."""
        return self.lots.split(lot)[1]

    def last_day(self, lot: Days) -> Days:
        """Return the last day on which each lot can be used."""
        return self.expires[self.lots.split(lot)[0]]


def number_spots(case: Case, names: Names) -> SpotNumbers:
    """Number the lots: undated goods first, then each last day of use."""
    days = days_of(case["stocks"]["expires_on"], case.horizon, BEYOND)
    dated = np.unique(days[(days >= 0) & (days < BEYOND)])
    goods = Pairs(len(names.places), len(names.items))
    return SpotNumbers(goods, len(names.reservations), np.concatenate([[BEYOND], dated]))


@dataclass(frozen=True, slots=True)
class Supply:
    """What is there without a decision, by spot number: what lies there on the first day, and receipts."""

    opening_spot: Days
    opening: Floats
    receipt_spot: Days
    receipt_bucket: Days
    receipt: Floats

    def first_days(self, horizon: Horizon) -> tuple[Days, Days]:
        """Return every spot that supply comes to, and the first day on which it lies there."""
        return (
            np.concatenate([self.opening_spot, self.receipt_spot]),
            np.concatenate([np.zeros_like(self.opening_spot), horizon.starts[self.receipt_bucket]]),
        )


def read_supply(case: Case, names: Names, numbers: SpotNumbers) -> Supply:
    """Read what is there without a decision; lots past their life are not supply."""
    stocks, receipts, horizon = case["stocks"], case["receipts"], case.horizon
    days = days_of(stocks["expires_on"], horizon, BEYOND)
    held = (days >= 0) & (stocks["quantity"] > 0).to_numpy()
    reservation = np.maximum(names.reservations.of(stocks["reserved_for"]), UNRESERVED)
    reservation[(stocks["condition"] == "repairable").to_numpy()] = names.repairable
    number = np.where(days == BEYOND, 0, np.searchsorted(numbers.expires[1:], days) + 1)
    lot = numbers.lots.of(number, reservation)
    due = np.maximum(days_of(receipts["due_on"], horizon, 0), 0)
    comes = (due <= horizon.last_day) & (receipts["quantity"] > 0).to_numpy()
    into = numbers.spot(names.places.of(receipts["place"]), names.items.of(receipts["item"]), np.zeros_like(due))
    return Supply(
        opening_spot=numbers.spot(names.places.of(stocks["place"]), names.items.of(stocks["item"]), lot)[held],
        opening=numbers_of(stocks["quantity"], 0.0)[held],
        receipt_spot=into[comes],
        receipt_bucket=horizon.bucket_of(due[comes]),
        receipt=numbers_of(receipts["quantity"], 0.0)[comes],
    )


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


@dataclass(frozen=True, slots=True)
class Spots:
    """Where goods can lie: one row for each place, item and lot that supply can reach.

    `expires` is the last day of use of the lot, `reservation` what it is reserved for, or that it waits for repair.
    `span` gives each spot its buckets, from the first in which it can hold anything to the last (that of `expires`
    for a dated lot). `opening` lies there on the first day; receipts come in at (`receipt_spot`, `receipt_bucket`).
    """

    place: Days
    item: Days
    expires: Days
    reservation: Days
    span: Span
    opening: Floats
    receipt_spot: Days
    receipt_bucket: Days
    receipt_quantity: Floats

    def __len__(self) -> int:
        return len(self.place)
