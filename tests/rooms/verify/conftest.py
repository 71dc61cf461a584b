"""Small cases with plans made by hand, written as tables of words, and ways to spoil them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl
import pytest
from tests.cases import pairs_of, read_words

from scorta.case import Case, Scenario
from scorta.rules import Rule
from scorta.tables import CASE_TABLES, PLAN_TABLES
from scorta.verify import Breach, check_plan
from scorta.verify.books import open_books
from scorta.verify.breach import check_form
from scorta.verify.levels import holdings_of, objectives_of

DERIVED = ("holdings", "objectives")
"""The tables that only sum up the others: where no words state them they follow from the others, as they should."""


@dataclass(frozen=True)
class Situation:
    """A case, a right plan of it, and the value of its tiers; of the `DERIVED` tables it states those in `stated`."""

    case: Case
    plan: Mapping[str, pl.DataFrame]
    tiers: tuple[tuple[str, float], ...]
    stated: frozenset[str] = frozenset()

    def check(self) -> tuple[Breach, ...]:
        """Let the checker read it."""
        return check_plan(self.case, self.complete().plan, self.tiers)

    def complete(self) -> Situation:
        """Return the situation with every derived table stated."""
        if self.stated >= set(DERIVED) or check_form(self.case, self.plan):
            return self
        plan = dict(self.plan)
        if "holdings" not in self.stated:
            books = open_books(self.case, plan)
            plan["holdings"] = holdings_of(books).join(books.calendar.select("bucket", date="last_date"), on="bucket")
        if "objectives" not in self.stated:
            plan["objectives"] = objectives_of(open_books(self.case, plan))
        return replace(self, plan=plan, stated=frozenset(DERIVED))

    def rules(self) -> set[str]:
        """Return the names of the rules that are broken."""
        return {str(breach.rule) for breach in self.check()}

    def figures(self) -> set[str]:
        """Return the columns in which a figure is not what it should be, each after its table."""
        found = (breach for breach in self.check() if breach.rule == Rule.FIGURES)
        return {f"{breach.table} {breach.sentence.split()[0]}" for breach in found}

    def with_case(self, **tables: str) -> Situation:
        """Return the same plan with another case: these tables in place of the old."""
        frames = {name: read_words(CASE_TABLES[name], words) for name, words in tables.items()}
        return replace(self, case=self.case.replace(**frames))

    def with_plan(self, **tables: str) -> Situation:
        """Return another plan of the same case: these tables in place of the old."""
        frames = {name: read_words(PLAN_TABLES[name], words) for name, words in tables.items()}
        stated = self.stated | (frames.keys() & set(DERIVED))
        return replace(self, plan={**self.plan, **frames}, stated=frozenset(stated))

    def with_cell(self, table: str, row: int, column: str, value: object) -> Situation:
        """Return the plan with one cell changed."""
        frame = self.plan[table]
        cells = frame[column].to_list()
        cells[row] = value
        changed = frame.with_columns(pl.Series(column, cells, frame.schema[column]))
        return replace(self, plan={**self.plan, table: changed})

    def falsified(self, every: bool = False) -> Iterator[tuple[str, Situation]]:
        """Yield plans with one number, one date or one row spoilt, each with a word on what was done.

        In each column one cell, in each table one row, or `every` one. Derived tables are spoilt where the situation
        states them in words.
        """
        right, kept = self.complete(), set(DERIVED) - self.stated
        for name, table in ((name, table) for name, table in PLAN_TABLES.items() if name not in kept):
            frame = right.plan[name].with_row_index("_")
            for row in frame["_"] if every else frame["_"][-1:]:
                without = frame.filter(pl.col("_") != row).drop("_")
                yield f"{name} without row {row}", replace(right, plan={**right.plan, name: without})
            for at, field in enumerate(table):
                if field.type in ("number", "whole", "date"):
                    rows = frame.filter(pl.col(field.name).is_not_null())["_"].to_list()
                    for row in rows if every else rows[at % len(rows) :][:1] if rows else ():
                        worse = spoil(right.plan[name][field.name][row])
                        yield f"{name}.{field.name}[{row}] = {worse}", right.with_cell(name, row, field.name, worse)
        for index, (name, value) in enumerate(right.tiers):
            tiers = list(right.tiers)
            tiers[index] = (name, spoil(value))
            yield f"tier {name} = {spoil(value)}", replace(right, tiers=tuple(tiers))


def spoil(cell: float | int | dt.date) -> float | int | dt.date:
    """Return a cell a tenth larger, or one more where it is whole or nothing."""
    if isinstance(cell, dt.date):
        return cell + dt.timedelta(days=1)
    return cell * 1.1 if isinstance(cell, float) and cell else cell + 1


def make_situation(
    blocks: str,
    case: Mapping[str, str],
    plan: Mapping[str, str],
    tiers: Mapping[str, float],
    as_of: dt.date = dt.date(2024, 1, 1),
    **scenario: object,
) -> Situation:
    """Make a situation that starts on a Monday (2024-01-01) from tables of words; `blocks` as `week 4 month 2`."""
    frames = {name: read_words(CASE_TABLES[name], text) for name, text in case.items()}
    setting = Scenario("by hand", as_of, pairs_of(blocks), **scenario)
    tables = {name: read_words(table, plan.get(name, "")) for name, table in PLAN_TABLES.items()}
    stated = frozenset(plan.keys() & set(DERIVED))
    return Situation(Case.build(setting, frames), tables, tuple(tiers.items()), stated)


def uncaught(situation: Situation) -> list[str]:
    """Return what was spoilt in a plan without the checker saying so; by night everything is."""
    every = "SCORTA_NIGHTLY" in os.environ
    return [words for words, spoilt in situation.falsified(every) if not spoilt.check()]


@pytest.fixture(name="make_situation", scope="session")
def _make_situation() -> Callable[..., Situation]:
    """Return the function that makes a situation."""
    return make_situation


@pytest.fixture(name="uncaught", scope="session")
def _uncaught() -> Callable[[Situation], list[str]]:
    """Return the function that spoils a plan in every column."""
    return uncaught
