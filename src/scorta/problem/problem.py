"""The problem: columns, rows and one sparse matrix, with the tiers that say what is better."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from mmap import ACCESS_COPY, mmap
from typing import Any

import numpy as np
import numpy.typing as npt

from scorta.case import Days, Floats
from scorta.network import ranges
from scorta.rules import About, Column, Rule, Tier

Numbers = npt.NDArray[np.int32]
"""Numbers of columns and rows as the solver takes them."""

INFINITE = np.inf
"""The bound of what is not bounded."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of columns or rows: the numbers from `start` on, one for each member of its index.

    `index` holds arrays as long as the family: the numbers in the network's tables that each member came from.
    """

    name: Column | Rule
    start: int
    size: int
    index: Mapping[str, Days]

    @property
    def stop(self) -> int:
        """The number after the last of the family."""
        return self.start + self.size

    @property
    def numbers(self) -> Numbers:
        """The numbers of all its members."""
        return np.arange(self.start, self.stop, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class TierSum:
    """A tier as a sum to be made as small as possible: `costs` times `columns`.

    Its columns are runs of consecutive numbers: `counts` of them from each of `firsts` on. There are millions, so
    they are laid out only when they are asked for.
    """

    tier: Tier
    firsts: Numbers
    counts: Numbers
    costs: Floats

    @classmethod
    def build(cls, tier: Tier, columns: Days, costs: Floats) -> TierSum:
        """Find the runs of the columns."""
        heads = np.append(True, columns[1:] != columns[:-1] + 1)[: len(columns)].nonzero()[0]
        counts = np.diff(heads, append=len(columns))
        return cls(tier, columns[heads].astype(np.int32), counts.astype(np.int32), costs)

    @classmethod
    def of(cls, tier: Tier, parts: Iterable[tuple[Family, Floats]]) -> TierSum:
        """Add up families, each with the cost of every member; what costs nothing is left out."""
        sums = [cls._of_family(tier, family, costs) for family, costs in parts]
        firsts, counts, costs = (np.concatenate([getattr(each, part) for each in sums]) for part in _TIER)
        return cls(tier, firsts, counts, costs)

    @classmethod
    def _of_family(cls, tier: Tier, family: Family, costs: Floats) -> TierSum:
        if family.size and costs.all():
            return cls(tier, np.array([family.start], np.int32), np.array([family.size], np.int32), costs)
        paid = np.flatnonzero(costs)
        return cls.build(tier, family.start + paid, costs[paid])

    @property
    def name(self) -> str:
        """What the tier is called."""
        return self.tier.name

    @property
    def about(self) -> About:
        """What is said of its kind."""
        return self.tier.about

    @property
    def columns(self) -> Numbers:
        """The numbers of its columns."""
        return ranges(self.firsts, self.counts)[1]


_TIER = ("firsts", "counts", "costs")


@dataclass(frozen=True, slots=True)
class Release:
    """Where floors give way to a party's own needs.

    Where a column of `watch` is above zero (an own need is short or late), the `freed` columns (units below the
    floors of what parties need themselves) lose their bound and the `capped` ones (what others take of it) may not
    grow any more; all tiers solved so far are then solved once more, and the floors after them: needs draw no more on
    them than they must.
    """

    watch: Days
    freed: Days
    capped: Days


@dataclass(frozen=True, slots=True)
class Problem:
    """A whole problem: minimise the tiers, one after the other, under lower <= x <= upper, rows within bounds.

    The matrix is stored by columns: the entries of column j stand at `starts[j]` to `starts[j + 1]` in `rows` and
    `values`. Quantities are in the units of their items. `whole` numbers the columns that take whole numbers only.
    """

    columns: Mapping[Column, Family]
    rules: Mapping[Rule, Family]
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    starts: Numbers
    rows: Numbers
    values: Floats
    tiers: tuple[TierSum, ...]
    release: Release | None = None
    whole: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int32))

    @property
    def shape(self) -> tuple[int, int, int]:
        """The number of columns, rows and entries."""
        return len(self.lower), len(self.row_lower), len(self.values)

    def digest(self) -> bytes:
        """Return the same for problems that are the same, number by number, whatever they are of."""
        digest = hashlib.blake2b(digest_size=16)
        arrays: list[Days | Floats] = [self.lower, self.upper, self.row_lower, self.row_upper]
        arrays += [self.starts, self.rows, self.values, self.whole]
        for tier in self.tiers:
            digest.update(tier.name.encode())
            arrays += [tier.firsts, tier.counts, tier.costs]
        if self.release is not None:
            arrays += [self.release.watch, self.release.freed, self.release.capped]
        for array in arrays:
            digest.update(len(array).to_bytes(8, "little") + array.tobytes())
        return digest.digest()


@dataclass(frozen=True, slots=True)
class _Part:
    """Entries in the order of their columns, which begin at `first`: `each` tells how many stand in each column.

    Nearly all parts hold one entry for each column of a family; they need no list of columns.
    """

    rows: Numbers
    values: Floats | float
    first: int
    each: Numbers | int

    @classmethod
    def build(cls, rows: Numbers, columns: Numbers, values: Floats | float) -> _Part:
        """Count the entries of each column; sort them by column where they are not."""
        first, last = int(columns[0]), int(columns[-1])
        if last - first + 1 == len(columns) and (columns[1:] > columns[:-1]).all():
            return cls(rows, values, first, 1)
        if (columns[1:] < columns[:-1]).any():
            order = np.argsort(columns, kind="stable")
            rows, columns = rows[order], columns[order]
            values = values[order] if isinstance(values, np.ndarray) else values
            first = int(columns[0])
        return cls(rows, values, first, np.bincount(columns - first).astype(np.int32))

    @property
    def columns(self) -> slice:
        """The columns from the first to the last that has an entry."""
        return slice(self.first, self.first + (len(self.rows) if isinstance(self.each, int) else len(self.each)))

    def places(self, free: Days) -> Days:
        """Return where each entry goes: those of a column one after the other, from its `free` place on."""
        if isinstance(self.each, int):
            return free
        before = np.cumsum(self.each) - self.each
        places: Days = np.repeat(free - before, self.each)
        places += np.arange(len(places))
        return places


@dataclass(slots=True)
class Builder:
    """A problem while it is filled; it does not leave this room."""

    columns: dict[Column, Family] = field(default_factory=dict)
    rules: dict[Rule, Family] = field(default_factory=dict)
    uppers: list[Floats] = field(default_factory=list)
    row_bounds: list[tuple[Floats, Floats]] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    whole: list[Days] = field(default_factory=list)

    def add_columns(
        self,
        name: Column,
        index: Mapping[str, Days],
        size: int,
        upper: Floats | float = INFINITE,
        whole: npt.NDArray[np.bool_] | bool = False,
    ) -> Family:
        """Append a family of columns from 0 to `upper`; those that are `whole` take whole numbers only."""
        family = Family(name, _stop(self.columns), size, index)
        if whole is not False:
            self.whole.append(family.start + np.flatnonzero(np.broadcast_to(whole, size)))
        self.columns[name] = family
        self.uppers.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), size))
        return family

    def add_rule(
        self, name: Rule, index: Mapping[str, Days], size: int, lower: Floats | float, upper: Floats | float
    ) -> Family:
        """Append a family of rows from `lower` to `upper`."""
        family = Family(name, _stop(self.rules), size, index)
        self.rules[name] = family
        sides = tuple(np.broadcast_to(np.asarray(side, dtype=np.float64), size) for side in (lower, upper))
        self.row_bounds.append((sides[0], sides[1]))
        return family

    def add(self, rows: Days, columns: Days, values: Floats | float) -> None:
        """Add entries to the matrix; every (row, column) pair may be added once."""
        if len(columns):
            rows, columns = rows.astype(np.int32, copy=False), columns.astype(np.int32, copy=False)
            self.parts.append(_Part.build(rows, columns, values))

    def add_summed(self, rows: Days, columns: Days, values: Floats) -> None:
        """Add entries of which several may meet in one place: they are summed first."""
        order = np.lexsort((rows, columns))
        rows, columns, values = rows[order], columns[order], values[order]
        if len(rows):
            heads = np.flatnonzero(np.concatenate([[True], (np.diff(rows) != 0) | (np.diff(columns) != 0)]))
            self.add(rows[heads], columns[heads], np.add.reduceat(values, heads))

    def build(self, better: Callable[[], tuple[tuple[TierSum, ...], Release | None]]) -> Problem:
        """Put everything into one matrix stored by columns, while another thread works out what is better."""
        with ThreadPoolExecutor(1) as pool:
            bettering = pool.submit(better)
            starts, rows, values = _by_column(self.parts, _stop(self.columns))
        tiers, release = bettering.result()
        upper = _joined(self.uppers)
        row_lower, row_upper = (_joined([bounds[side] for bounds in self.row_bounds]) for side in (0, 1))
        return Problem(
            columns=self.columns,
            rules=self.rules,
            lower=_zeros(len(upper)),
            upper=upper,
            row_lower=row_lower,
            row_upper=row_upper,
            starts=starts,
            rows=rows,
            values=values,
            tiers=tiers,
            release=release,
            whole=np.concatenate([np.zeros(0), *self.whole]).astype(np.int32),
        )


def _stop(families: Mapping[Any, Family]) -> int:
    return max((family.stop for family in families.values()), default=0)


def _zeros(count: int) -> Floats:
    """Return zeros that take no memory until somebody writes to them."""
    return np.frombuffer(mmap(-1, max(8 * count, 1), access=ACCESS_COPY), np.float64, count)


def _joined(bounds: list[Floats]) -> Floats:
    """Join the bounds of all families."""
    return np.concatenate([np.zeros(0), *bounds])


def _by_column(parts: list[_Part], count: int) -> tuple[Numbers, Numbers, Floats]:
    """Sort entries by column, counting how many each column has instead of comparing; the parts are used up."""
    counts = np.zeros(count + 1, dtype=np.int32)
    for part in parts:
        counts[1:][part.columns] += part.each
    free = np.cumsum(counts)
    starts = free.astype(np.int32)
    rows, values = np.empty(free[-1], dtype=np.int32), np.ones(free[-1])
    while parts:
        part = parts.pop()
        places = part.places(free[part.columns])
        rows[places] = part.rows
        if isinstance(part.values, np.ndarray) or part.values != 1.0:  # most are 1, and stand there
            values[places] = part.values
        free[part.columns] += part.each
    return starts, rows, values
