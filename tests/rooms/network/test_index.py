"""Codes as numbers, spans of buckets, groups and ranges."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import make_case

from scorta.network import Groups, Span, days_of, numbers_of, open_end, ranges
from scorta.network.index import NOTHING, Index

COUNTS = st.lists(st.tuples(st.integers(-5, 20), st.integers(0, 4)), max_size=12)
"""Ranges as (start, count)."""

WINDOWS = st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 9)), max_size=12)
"""Spans as (first, last); last may be before first."""


@given(COUNTS)
def test_ranges(pairs: list[tuple[int, int]]) -> None:
    """Every number of every range comes in order, with the position of its range; an empty range has none."""
    start, count = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    position, number = ranges(start, count)
    wanted = [(at, first + k) for at, (first, many) in enumerate(pairs) for k in range(many)]
    assert list(zip(position.tolist(), number.tolist(), strict=True)) == wanted


@given(WINDOWS)
def test_span(windows: list[tuple[int, int]]) -> None:
    """The buckets of all owners lie one after the other; `at` finds each, `holds` tells which there are."""
    first, last = (np.array([window[side] for window in windows], dtype=np.int64) for side in (0, 1))
    span = Span.build(first, last)
    wanted = [(owner, bucket) for owner, (a, b) in enumerate(windows) for bucket in range(a, b + 1)]
    assert list(zip(span.owner.tolist(), span.bucket.tolist(), strict=True)) == wanted
    assert span.size == len(wanted)
    assert span.at(span.owner, span.bucket).tolist() == list(range(span.size))
    assert span.holds(span.owner, span.bucket).all()
    index = span.index(thing=10 * np.arange(len(first)))
    assert list(index) == ["thing", "bucket"]
    assert (index["thing"] == 10 * span.owner).all()
    assert (index["bucket"] == span.bucket).all()
    assert not span.holds(np.arange(len(first)), np.maximum(first, last) + 1).any()


@given(WINDOWS)
def test_slots_of(windows: list[tuple[int, int]]) -> None:
    """The places of some owners, here all backwards, are those that `owner` tells; one asked twice comes twice."""
    first, last = (np.array([window[side] for window in windows], dtype=np.int64) for side in (0, 1))
    span = Span.build(first, last)
    owners = np.repeat(np.arange(len(first))[::-1], 2)
    position, slot = span.slots_of(owners)
    assert (span.owner[slot] == owners[position]).all()
    assert sorted(slot.tolist()) == sorted([*range(span.size)] * 2)


@given(st.lists(st.integers(-1, 4), max_size=15), st.lists(st.integers(0, 4), max_size=8))
def test_groups(groups: list[int], asked: list[int]) -> None:
    """Each group gives its members in order, none for `NOTHING`; a group without members gives none."""
    built = Groups.build(np.array(groups, dtype=np.int64), 5)
    position, member = built.expand(np.array(asked, dtype=np.int64))
    wanted = [(at, number) for at, group in enumerate(asked) for number, other in enumerate(groups) if other == group]
    assert list(zip(position.tolist(), member.tolist(), strict=True)) == wanted


def test_codes_and_numbers() -> None:
    """A code has the number of its row; an unknown or empty one is `NOTHING`, and `NOTHING` has no code."""
    index = Index(pl.Series(["b", "a", "c"]))
    numbers = index.of(pl.Series(["c", "a", None, "x", "c"], dtype=pl.String))
    assert numbers.tolist() == [2, 1, NOTHING, NOTHING, 2]
    assert index.code(numbers).to_list() == ["c", "a", None, None, "c"]
    empty = Index(pl.Series([], dtype=pl.String))
    assert empty.of(pl.Series(["a"])).tolist() == [NOTHING]
    assert empty.code(np.array([NOTHING])).to_list() == [None]


def test_days_and_numbers_of_columns() -> None:
    """Dates become days from the first day on, before it too; what is empty becomes what was asked for."""
    horizon = make_case("week 1").horizon
    dates = pl.Series(["2024-01-01", "2023-12-31", "2024-03-01", None]).str.to_date()
    assert days_of(dates, horizon, 77).tolist() == [0, -1, 60, 77]
    assert open_end(dates, horizon)[3] > 10**6
    assert numbers_of(pl.Series([1.5, None]), 9.0).tolist() == [1.5, 9.0]
