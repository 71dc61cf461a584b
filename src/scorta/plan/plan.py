"""The plan: its tables and its record, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from scorta.case import Case, Change
from scorta.plan.statistics import Statistics, read_statistics


@dataclass(frozen=True, slots=True)
class TierValue:
    """How one tier came out: its value in the plan, the bound that no plan beats, and the gap between them.

    `bound` and `gap` are None where no bound was certified; `gap` is relative to the value (at least 1). Where columns
    are whole that bound is the one without whole numbers; `claimed_gap` is the gap to the bound that the solver claims.
    """

    name: str
    value: float
    bound: float | None
    gap: float | None
    seconds: float
    claimed_gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Options:
    """With what a plan was made: seconds and bytes of memory at most, and the gap at which a tier counts as solved.

    `previous` is the hash of the case whose plan it follows, and `freeze` for how many days that stands (None: none).
    """

    seconds: float
    memory: int | None = None
    gap: float = 1.0
    previous: str | None = None
    freeze: int | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """How large a problem is; how many columns are `whole`, and how many were to be whole and were `dropped`."""

    columns: int
    rows: int
    entries: int
    whole: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """How a plan came about: what it was made from, by which versions, with which options, and how good it is.

    `claimed_gap` is what the solver says, `certified_gap` what was proved outside it (None: nothing was proved);
    both are the largest over the tiers. `unsolved` names tiers that the time limit left out.
    `changes` are those with which the case was planned: `case_hash` is that of the case they made. `names` says what
    the codes of parties, places and items are called; one without a name is called by its code.
    """

    title: str
    as_of: date
    case_hash: str
    versions: Mapping[str, str]
    options: Options
    seed: int
    tiers: tuple[TierValue, ...]
    claimed_gap: float
    certified_gap: float | None
    unsolved: tuple[str, ...]
    size: Size
    seconds: float
    changes: tuple[Change, ...] = ()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A dated plan: the tables of `PLAN_TABLES` by name, and the record of how they came about."""

    tables: Mapping[str, pl.DataFrame]
    record: Record

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table by name."""
        return self.tables[name]

    @property
    def statistics(self) -> Statistics:
        """The plan in figures: coverage, lateness, draw-down, spend and load."""
        return read_statistics(self.tables)


def names_of(case: Case) -> dict[str, dict[str, str]]:
    """Return what the codes of parties, places and items are called, by table; one without a name by its code."""
    called = {table: case[table].select(code, pl.coalesce("name", code)) for table, code in _NAMED.items()}
    return {table: dict(rows.iter_rows()) for table, rows in called.items()}


_NAMED = {"parties": "party", "places": "place", "items": "item"}
"""The tables whose codes have names, and the field that holds the code."""
