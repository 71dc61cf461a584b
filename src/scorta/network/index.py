"""Codes as numbers, and spans of buckets laid one after the other: the two indexes everything else is kept in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from scorta.case import BEYOND, Days, Floats, Horizon

Bools = npt.NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)

NOTHING = -1
"""The number of a code that is empty or unknown."""


def ranges(start: Days, counts: Days) -> tuple[Days, Days]:
    """Return every (position, number) of the ranges start, start + 1, ... of the given lengths, in order.

    Both are kept narrow: there are millions.

    >>> position, number = ranges(np.array([5, 9]), np.array([2, 1]))
    >>> position.tolist(), number.tolist()
    ([0, 0, 1], [5, 6, 9])
    """
    position = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    number = np.repeat((start - (np.cumsum(counts) - counts)).astype(np.int32), counts)
    number += np.arange(len(position), dtype=np.int32)
    return position, number


def distinct(keys: Days, end: int) -> tuple[Days, Days]:
    """Return the different keys from 0 to before `end`, sorted, and the place of each key among them, by counting.

    >>> found, place = distinct(np.array([7, 2, 7]), 9)
    >>> found.tolist(), place.tolist()
    ([2, 7], [1, 0, 1])
    """
    there = np.zeros(end, dtype=bool)
    there[keys] = True
    return np.flatnonzero(there), (np.cumsum(there, dtype=np.int32) - 1)[keys]


def matches(wanted: Days, among: Days) -> tuple[Days, Days]:
    """Return every (position in `wanted`, position in `among`) at which the same number stands.

    >>> matches(np.array([7, 5]), np.array([5, 7, 7]))
    (array([0, 0, 1]), array([1, 2, 0]))
    """
    order = np.argsort(among, kind="stable")
    held = among[order]
    start = np.searchsorted(held, wanted)
    position, slot = ranges(start, np.searchsorted(held, wanted, side="right") - start)
    return position, order[slot]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Number the pairs of two kinds of number, `ones` and `others` many: (0, 0), (0, 1) and so on.

    >>> owned = Pairs(3, 5)
    >>> owned.of(np.array([2]), np.array([4])).tolist(), owned.size
    ([14], 15)
    """

    ones: int
    others: int

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return self.ones * self.others

    def of(self, one: Days, other: Days | int) -> Days:
        """Return the number of each pair."""
        pair: Days = one * self.others + other
        return pair

    def split(self, pair: Days) -> tuple[Days, Days]:
        """Return both numbers of each pair."""
        one, other = np.divmod(pair, max(self.others, 1))
        return one, other

    def index(self, pair: Days, one: str, other: str = "bucket") -> dict[str, Days]:
        """Return the index of a family with a member for each pair: its two sides by name.

        >>> Pairs(3, 5).index(np.array([14]), "line")["bucket"].tolist()
        [4]
        """
        return dict(zip((one, other), self.split(pair), strict=True))


@dataclass(frozen=True, slots=True)
class Index:
    """The codes of one table, numbered in the order of its rows.

    They are looked up one by one: most columns are short, and joining two of any length takes as long as a thousand.
    """

    codes: pl.Series
    numbers: Mapping[str | None, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {code: number for number, code in enumerate(self.codes.to_list())} | {None: NOTHING}
        object.__setattr__(self, "numbers", numbers)

    def __len__(self) -> int:
        return len(self.codes)

    def of(self, codes: pl.Series) -> Days:
        """Return the number of each code, `NOTHING` where it is empty or unknown."""
        return np.fromiter(map(self.numbers.get, codes.to_list(), repeat(NOTHING)), np.int64, len(codes))

    def number(self, code: str | None) -> int:
        """Return the number of a code, `NOTHING` where it is empty or unknown."""
        return self.numbers.get(code, NOTHING)

    def code(self, numbers: Days) -> pl.Series:
        """Return the code of each number, null for `NOTHING`."""
        held = pl.Series(np.where(numbers < 0, 0, numbers))
        found = self.codes.gather(held) if len(self) else pl.Series([None] * len(numbers), dtype=pl.String)
        return found.zip_with(pl.Series(numbers >= 0), pl.Series([None], dtype=pl.String))


@dataclass(frozen=True, slots=True)
class Span:
    """For each owner the buckets from `first` to `last`, laid one owner after the other.

    A place in that row is a number from 0 to `size`: `owner` and `bucket` tell whose and when; `at` is the way
    back. An owner whose `last` is before its `first` has none. There are millions of places: what is as long as
    the row is made when it is asked for, which is quick, and not kept.
    """

    first: Days
    last: Days
    start: Days
    size: int

    @classmethod
    def build(cls, first: Days, last: Days) -> Span:
        """Lay out the buckets of every owner."""
        counts = np.maximum(last - first + 1, 0)
        return cls(first, last, np.cumsum(counts) - counts, int(counts.sum()))

    @property
    def owner(self) -> Days:
        """The owner of each place."""
        return self.each(np.arange(len(self.first), dtype=np.int32))

    @property
    def bucket(self) -> Days:
        """The bucket of each place."""
        return np.arange(self.size, dtype=np.int32) - self.each(self.origin)

    def index(self, **sides: Days) -> Laid:
        """Return the index of a family with a member for each place: what its owners are, and the bucket."""
        return Laid(self, {side: values.astype(np.int32, copy=False) for side, values in sides.items()})

    @property
    def counts(self) -> Days:
        """How many places each owner has."""
        counts: Days = np.maximum(self.last - self.first + 1, 0)
        return counts

    @property
    def origin(self) -> Days:
        """The place where bucket 0 of each owner would stand."""
        return (self.start - self.first).astype(np.int32)

    def each(self, values: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
        """Return for each place the value of its owner: repeating is several times faster than looking up."""
        return np.repeat(values, self.counts)

    def at(self, owner: Days, bucket: Days) -> Days:
        """Return the place of an owner's bucket; the bucket must lie in its span."""
        return self.origin[owner] + bucket

    def slots_of(self, owners: Days) -> tuple[Days, Days]:
        """Return every (position in `owners`, place of one of its buckets), in order."""
        return ranges(self.start[owners], self.counts[owners])

    def holds(self, owner: Days, bucket: Days) -> Bools:
        """Tell which buckets lie in the span of their owner."""
        return (bucket >= self.first[owner]) & (bucket <= self.last[owner])


@dataclass(frozen=True, slots=True, eq=False)
class Laid(Mapping[str, Days]):
    """An index laid out by a span: `sides` hold a number for each owner; the `bucket` is that of the place."""

    span: Span
    sides: Mapping[str, Days]

    def __getitem__(self, side: str) -> Days:
        return self.span.bucket if side == "bucket" else self.span.each(self.sides[side])

    def __iter__(self) -> Iterator[str]:
        return iter((*self.sides, "bucket"))

    def __len__(self) -> int:
        return len(self.sides) + 1


@dataclass(frozen=True, slots=True)
class Groups:
    """The members of each group, found by the number of the group (a table sorted by group)."""

    members: Days
    start: Days

    @classmethod
    def build(cls, group: Days, count: int) -> Groups:
        """Sort members 0.. by their group; members of group `NOTHING` belong to none."""
        order = np.argsort(group, kind="stable")
        order = order[group[order] >= 0]
        start = np.searchsorted(group[order], np.arange(count + 1))
        return cls(order, start)

    def of(self, group: int) -> Days:
        """Return the members of one group."""
        return self.members[self.start[group] : self.start[group + 1]]

    def expand(self, groups: Days) -> tuple[Days, Days]:
        """Return every (position in `groups`, member of that group) pair, in order."""
        position, member = ranges(self.start[groups], self.start[groups + 1] - self.start[groups])
        return position, self.members[member]


def days_of(dates: pl.Series, horizon: Horizon, empty: int) -> Days:
    """Return the day of each date, `empty` where there is none."""
    days = (dates.cast(pl.Date).to_numpy() - np.datetime64(horizon.as_of, "D")).astype(np.int64)
    return np.where(dates.is_null().to_numpy(), empty, days) if dates.null_count() else days


def numbers_of(values: pl.Series, empty: float) -> Floats:
    """Return the numbers of a column, `empty` where there is none."""
    numbers = np.asarray(values.to_numpy(), dtype=np.float64)
    return np.where(np.isnan(numbers), empty, numbers) if values.null_count() else numbers


def open_end(dates: pl.Series, horizon: Horizon) -> Days:
    """Return the last days of windows: `BEYOND` where there is no end."""
    return days_of(dates, horizon, BEYOND)
