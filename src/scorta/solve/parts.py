"""A problem taken apart: what shares nothing but limits, which may have room for all, is solved part by part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Bools, Groups, distinct, ranges
from scorta.problem import Numbers, Problem, Release, TierSum
from scorta.rules import SOLVER_TOLERANCE, Rule
from scorta.solve.prices import add_up, falling

SHARED = tuple(rule for rule in Rule if rule.words.is_shared)
"""Rules that bound what many parts do together: no part knows them, and they are looked at afterwards."""

LEAST = 4_000
"""Entries from which on a part stands alone: smaller ones are put together, since each takes some hundredths of a
second however small it is."""

NOWHERE = -1
"""The part of rows that stand in none: those that are shared, and empty ones."""

SHARED_LIMIT_TOLERANCE = SOLVER_TOLERANCE
"""How far a shared limit may be exceeded, relative to what it adds up: as far as the solver itself lets it pass."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a problem: a problem of its own, and what its first run makes small: the tiers as in all parts.

    So the answers of that run, joined, are one to that run of joined parts, but for the limit that these share.
    """

    problem: Problem
    opening: Floats

    def digest(self) -> bytes:
        """Return the same for parts that are the same, number by number, from wherever they are solved."""
        return self.problem.digest()


@dataclass(frozen=True, slots=True)
class Sorted:
    """Some columns of the whole, and at which places among them stand those of each part."""

    columns: Days | Numbers
    at: Groups

    @classmethod
    def build(cls, columns: Days | Numbers, of_column: Days, count: int) -> Sorted:
        """Sort the columns by part."""
        return cls(columns, Groups.build(of_column[columns], count))

    def of(self, part: int) -> Days | Numbers:
        """Return the columns of a part."""
        return self.columns[self.at.of(part)]


@dataclass(frozen=True, slots=True)
class Parts:
    """A problem taken apart: the part of each column and row, with the numbers they have there, and their `entries`.

    Every way to keep to the whole problem is one to keep to all parts: a part leaves rows out, or, of a row that it
    shares with others, what these add to it, which is not below 0.
    """

    whole: Problem
    opening: Floats
    entries: Days
    of_column: Days
    of_row: Days
    columns: Groups
    rows: Groups
    column_at: Numbers
    row_at: Numbers
    tiers: tuple[Sorted, ...]
    release: tuple[Sorted, ...]
    integral: Sorted

    @classmethod
    def build(cls, problem: Problem, least: int = LEAST) -> Parts:
        """Find what hangs together through rows that are not shared; parts below `least` entries are put together."""
        of_row, of_column = _components(problem)
        size = np.bincount(of_column, np.diff(problem.starts)).astype(np.int64)
        part = _put_together(size, least)
        idle = np.ones(len(size), dtype=bool)
        for tier in problem.tiers:
            idle[of_column[tier.columns]] = False
        part[idle] = part[np.argmax(np.where(idle, NOWHERE, size))]  # what no tier asks for is no problem of its own
        part = distinct(part, len(part))[1]
        return cls._of(problem, part[of_column], np.where(of_row < 0, NOWHERE, part[of_row]))

    @classmethod
    def _of(cls, problem: Problem, of_column: Days, of_row: Days) -> Parts:
        """Sort columns and rows into their parts; those with most entries come first."""
        entries = np.bincount(of_column, np.diff(problem.starts)).astype(np.int64)
        order = np.argsort(-entries, kind="stable")
        place, count = np.argsort(order), len(order)
        of_column, of_row = place[of_column], np.where(of_row < 0, NOWHERE, place[of_row])
        columns, rows, let = Groups.build(of_column, count), Groups.build(of_row, count), problem.release
        ends = (let.watch, let.freed, let.capped) if let else ()
        return cls(
            whole=problem,
            opening=add_up(problem.tiers, falling(len(problem.tiers)), len(of_column)),
            entries=entries[order],
            of_column=of_column,
            of_row=of_row,
            columns=columns,
            rows=rows,
            column_at=_numbered(columns, len(of_column)),
            row_at=_numbered(rows, len(of_row)),
            tiers=tuple(Sorted.build(tier.columns, of_column, count) for tier in problem.tiers),
            release=tuple(Sorted.build(some, of_column, count) for some in ends),
            integral=Sorted.build(problem.whole, of_column, count),
        )

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, number: int) -> Part:
        """Return a part as a problem of its own; tiers in which it has no column are left out."""
        whole, columns, rows = self.whole, self.columns.of(number), self.rows.of(number)
        which, entry = ranges(whole.starts[columns], np.diff(whole.starts)[columns])
        row = whole.rows[entry]
        own = self.of_row[row] == number
        starts = np.append(0, np.cumsum(np.bincount(which[own], minlength=len(columns)))).astype(np.int32)
        problem = Problem(
            columns={},
            rules={},
            lower=whole.lower[columns],
            upper=whole.upper[columns],
            row_lower=whole.row_lower[rows],
            row_upper=whole.row_upper[rows],
            starts=starts,
            rows=self.row_at[row[own]],
            values=whole.values[entry[own]],
            tiers=self._tiers(number),
            release=self._release(number),
            whole=self.column_at[self.integral.of(number)],
        )
        opening = self.opening[columns]
        return Part(problem, opening / (np.abs(opening).max(initial=0.0) or 1.0))

    def _tiers(self, number: int) -> tuple[TierSum, ...]:
        found = []
        for tier, held in zip(self.whole.tiers, self.tiers, strict=True):
            at = held.at.of(number)
            if len(at):
                found.append(TierSum.build(tier.tier, self.column_at[held.columns[at]], tier.costs[at]))
        return tuple(found)

    def _release(self, number: int) -> Release | None:
        """Return how tiers give way in a part; not at all where nothing that does stands in it."""
        own = [self.column_at[held.of(number)] for held in self.release]
        return Release(*own) if own and len(own[0]) and len(own[1]) else None

    def joined(self, rows: Days, values: Floats) -> Parts | None:
        """Return parts in which those that use one of these rows are one part, which has the row.

        None where that changes nothing: a part exceeds what it knows, or a row has no room for nothing at all.
        """
        of_entry = np.repeat(self.of_column, np.diff(self.whole.starts))
        used = np.repeat(values, np.diff(self.whole.starts)) * self.whole.values > 0
        root, of_row = np.arange(len(self)), self.of_row.copy()
        for row in rows:
            users = root[np.append(of_entry[(self.whole.rows == row) & used], of_row[row : row + 1].clip(min=0))]
            users = users if of_row[row] >= 0 else users[:-1]
            if not len(users):
                return None
            root[np.isin(root, users)] = users.min()
            of_row[row] = users.min()
        if np.array_equal(of_row, self.of_row) and np.array_equal(root, np.arange(len(self))):
            return None
        part = np.unique(root, return_inverse=True)[1].reshape(-1)
        return self._of(self.whole, part[self.of_column], np.where(of_row < 0, NOWHERE, part[of_row]))


def _numbered(groups: Groups, count: int) -> Numbers:
    """Return the number of each member within its group, `NOWHERE` where it is in none."""
    at = np.full(count, NOWHERE, dtype=np.int32)
    at[groups.members] = ranges(np.zeros_like(groups.start[:-1]), np.diff(groups.start))[1]
    return at


def exceeded(problem: Problem, values: Floats) -> Days:
    """Return the shared rows that have no room for what all parts do together."""
    each = np.repeat(values, np.diff(problem.starts)) * problem.values
    level = np.bincount(problem.rows, each, len(problem.row_lower))
    room = SHARED_LIMIT_TOLERANCE * (1.0 + np.abs(level))
    return np.flatnonzero(_shared(problem) & ~(level <= problem.row_upper + room))


def _shared(problem: Problem) -> Bools:
    """Tell which rows are shared: those of `SHARED` that bound above what nobody can make less than nothing."""
    shared = np.zeros(len(problem.row_lower), dtype=bool)
    for rule in (problem.rules[name] for name in SHARED if name in problem.rules):
        shared[rule.start : rule.stop] = True
    shared &= np.isneginf(problem.row_lower)
    below = (problem.values < 0) | np.repeat(problem.lower < 0, np.diff(problem.starts))
    shared[problem.rows[below]] = False
    return shared


def _components(problem: Problem) -> tuple[Days, Days]:
    """Number what hangs together: return its number for each row (`NOWHERE` for shared ones) and each column.

    Rows that are neighbours in a column are joined, the later root under the earlier, until all that meet have one.
    """
    column = np.repeat(np.arange(len(problem.lower), dtype=np.int32), np.diff(problem.starts))
    kept = ~_shared(problem)[problem.rows]
    column, row = column[kept], problem.rows[kept]
    neighbours = column[1:] == column[:-1]
    one, other = row[:-1][neighbours], row[1:][neighbours]
    root = np.arange(len(problem.row_lower), dtype=np.int32)
    while len(one):
        one, other = np.minimum(root[one], root[other]), np.maximum(root[one], root[other])
        apart = one < other
        one, other = one[apart], other[apart]
        np.minimum.at(root, other, one)
        while (root[root] != root).any():
            root = root[root]
    of_column = np.arange(len(root), len(root) + len(problem.lower))  # a column without rows stands alone
    of_column[column] = root[row]
    found, of_column = distinct(of_column, len(root) + len(of_column))
    of_row = np.full(len(root), NOWHERE, dtype=np.int64)
    of_row[row] = np.searchsorted(found, root[row])
    return of_row, of_column


def _put_together(size: Days, least: int) -> Days:
    """Number the parts: a component that is large enough is one, the others are put together in their order."""
    small = size < least
    together = np.cumsum(np.where(small, size, 0)) // max(least, 1)
    return distinct(np.where(small, together, len(size) + np.arange(len(size))), 2 * len(size) + 1)[1]
