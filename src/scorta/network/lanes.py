"""Legs as columns, and lanes: the use of a leg by the goods of one spot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats
from scorta.network.index import Bools


@dataclass(frozen=True, slots=True)
class Legs:
    """The legs as columns: from where to where, for which item (-1: any), how long, and when open."""

    origin: Days
    destination: Days
    item: Days
    transit: Floats
    open_from: Days
    open_until: Days


@dataclass(frozen=True, slots=True)
class Lanes:
    """The use of a leg by the goods of one spot: from that spot to another, from bucket `first` on, to `last`.

    Within a `window`, days on which the leg is open, there is only one bucket; `WHOLE`: on all its open days. `arrives`
    is the first day on which anything can arrive; `due` the last bucket in which a firm order wants it to leave,
    wherever it is of use (-1: none does).
    """

    leg: Days
    origin: Days
    destination: Days
    first: Days
    last: Days
    window: Days
    arrives: Days
    due: Days

    def columns(self) -> tuple[Days, ...]:
        """Return all columns, in order."""
        return (
            self.leg, self.origin, self.destination, self.first, self.last, self.window, self.arrives, self.due
        )  # fmt: skip

    def kept(self, keep: Bools | Days) -> Lanes:
        """Return some of the lanes."""
        return Lanes(*(column[keep] for column in self.columns()))


def join(one: Lanes, other: Lanes) -> Lanes:
    """Return all lanes of both."""
    return Lanes(*(np.concatenate(pair) for pair in zip(one.columns(), other.columns(), strict=True)))


def merge(lanes: Lanes) -> Lanes:
    """Join lanes of one leg between the same spots, in whole buckets or one window: all buckets, the first arrival."""
    if not len(lanes.leg):
        return lanes
    lanes = lanes.kept(np.lexsort((lanes.window, lanes.destination, lanes.origin, lanes.leg)))
    sides = (lanes.leg, lanes.origin, lanes.destination, lanes.window)
    changes = np.any([np.diff(side) != 0 for side in sides], axis=0)
    heads = np.concatenate([[0], np.flatnonzero(changes) + 1])
    joined = lanes.kept(heads)
    return Lanes(
        joined.leg,
        joined.origin,
        joined.destination,
        np.minimum.reduceat(lanes.first, heads),
        np.maximum.reduceat(lanes.last, heads),
        joined.window,
        np.minimum.reduceat(lanes.arrives, heads),
        np.maximum.reduceat(lanes.due, heads),
    )
