"""An answer beside what it answers, and the plan that comes of it: its tables, its record and figures, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from scorta.case import BEYOND, Case, Change, Days, Floats
from scorta.network import Network
from scorta.problem import Family, Problem
from scorta.rules import SOLVER_TOLERANCE, Column
from scorta.solve import Answer

QUANTITY_TOLERANCE = SOLVER_TOLERANCE
"""Units below which a column of the answer counts as nothing: the solver's own tolerance."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A network, its problem and its answer together, with the questions every table asks."""

    network: Network
    problem: Problem
    answer: Answer

    def used(self, name: Column) -> tuple[Family, Days, Floats]:
        """Return a family, its members above nothing, and their values."""
        family = self.problem.columns[name]
        values = self.answer.values[family.start : family.stop]
        at = np.flatnonzero(values > QUANTITY_TOLERANCE)
        return family, at, values[at]

    def dates(self, days: Days) -> pl.Series:
        """Return days as dates, null where they lie beyond every horizon."""
        held = np.datetime64(self.network.horizon.as_of, "D") + np.where(days >= BEYOND, 0, days)
        return pl.Series(held).zip_with(pl.Series(days < BEYOND), pl.Series([None], dtype=pl.Date))

    def departures(self, move: Days, bucket: Days) -> tuple[Days, Days]:
        """Return the first and last day on which what each move carries in a bucket leaves."""
        moves = self.network.moves
        flow = moves.flows(move, bucket)
        return moves.arrivals.first_day[flow], moves.arrivals.last_day[flow]

    def reservations(self, reservation: Days) -> pl.Series:
        """Return what goods are reserved for, null where for nothing."""
        return self.network.names.reservations.code(np.where(reservation == 0, -1, reservation))

    def condition(self, spot: Days) -> pl.Series:
        """Return the condition of the goods of a spot."""
        waits = pl.lit(pl.Series(self.network.spots.reservation[spot] == self.network.names.repairable))
        words = pl.when(waits).then(pl.lit("repairable")).otherwise(pl.lit("serviceable"))
        return pl.select(words).to_series()

    def lot(self, spot: Days) -> dict[str, pl.Series]:
        """Return the two columns that name the lot of a spot."""
        spots = self.network.spots
        return {
            "reserved_for": self.reservations(spots.reservation[spot]),
            "expires_on": self.dates(spots.expires[spot]),
        }

    def column(self, table: str, name: str) -> pl.Series:
        """Return a column of the case."""
        return self.network.case[table][name]


MET_TOLERANCE = 5e-7
"""Units late or unmet below which a need counts as met: the solver answers to about a millionth."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How some needs are covered: how many, how many of them met on time, in full but late, or short, and which part.

    `delivered`, `on_time`, `late` and `unmet` are parts of the quantity asked, each the mean over the needs that ask
    for anything, as units differ from item to item; None where none does.
    """

    needs: int
    met: int
    partly_late: int
    short: int
    delivered: float | None
    on_time: float | None
    late: float | None
    unmet: float | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a plan, each read off its tables.

    `coverage` is over all needs, `coverage_by_priority` over those of each; `on_time_in_full` the part of the needs
    that are met in full on time; `unit_days_late` of all delivered units; `draw_down` given over held, by party and
    item; `spend` in EUR by year; `load` the hours used over those there are, by line.
    """

    coverage: Coverage
    coverage_by_priority: Mapping[int, Coverage]
    on_time_in_full: float | None
    unit_days_late: float
    draw_down: Mapping[str, Mapping[str, float]]
    spend: Mapping[int, float]
    load: Mapping[str, float | None]


def read_statistics(tables: Mapping[str, pl.DataFrame]) -> Statistics:
    """Read the figures of a plan off its tables."""
    needs = tables["fulfilment"]
    coverage = cover(needs)
    return Statistics(
        coverage=coverage,
        coverage_by_priority={
            int(str(key[0])): cover(part)
            for key, part in needs.sort("priority").group_by("priority", maintain_order=True)
        },
        on_time_in_full=coverage.met / coverage.needs if coverage.needs else None,
        unit_days_late=float(needs["unit_days_late"].sum()),
        draw_down=_draw_down(tables["objectives"]),
        spend=dict(tables["spend"].group_by("year").agg(pl.col("amount_eur").sum()).sort("year").iter_rows()),
        load=_load(tables["line_load"]),
    )


def cover(needs: pl.DataFrame) -> Coverage:
    """Return how some needs of the table `fulfilment` are covered."""
    is_late, is_short = needs["late"] > MET_TOLERANCE, needs["unmet"] > MET_TOLERANCE
    met, partly_late = int((~is_short & ~is_late).sum()), int((~is_short & is_late).sum())
    asking = needs.filter(pl.col("asked") > 0)
    parts = asking.select((pl.col(name) / pl.col("asked")).mean() for name in ("on_time", "late", "unmet"))
    on_time, late, unmet = parts.row(0)
    delivered = None if on_time is None or late is None else on_time + late
    return Coverage(
        needs=needs.height,
        met=met,
        partly_late=partly_late,
        short=int(is_short.sum()),
        delivered=delivered,
        on_time=on_time,
        late=late,
        unmet=unmet,
    )


def _draw_down(objectives: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Return what each party gives of each item over what it holds, where it holds any."""
    found: dict[str, dict[str, float]] = {}
    rows = objectives.filter(pl.col("draw_down").is_not_null()).sort("party", "item")
    for party, item, draw_down in rows.select("party", "item", "draw_down").iter_rows():
        found.setdefault(party, {})[item] = draw_down
    return found


def _load(line_load: pl.DataFrame) -> dict[str, float | None]:
    """Return the hours that each line uses over those it has in the whole plan; None where it has none."""
    hours = pl.col("capacity_hours") + pl.col("expansion_hours")
    rows = line_load.group_by("line").agg(used=pl.col("used_hours").sum(), hours=hours.sum()).sort("line")
    part = pl.when(pl.col("hours") > 0).then(pl.col("used") / pl.col("hours"))
    return dict(rows.select("line", part).iter_rows())


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
