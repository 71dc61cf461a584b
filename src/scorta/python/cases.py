"""A case for Python users: read, or made of rows and frames; a what-if is a new case."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import polars as pl

from scorta import desk
from scorta.case import ROW, Change
from scorta.case import Case as EngineCase
from scorta.case.rows import find_rows
from scorta.errors import CaseError, InputError
from scorta.python.answers import Shown
from scorta.python.rows import TableLike, read_given
from scorta.report import Page, case_page
from scorta.tables import CASE_TABLES, Finding, RawCase

HERE = "Case.of"
"""What stands in place of a file in findings about what a case in Python is for: its start, its horizon, its tiers."""

Bucket = Literal["day", "week", "month", "quarter", "year"]
"""The kinds of bucket of a horizon."""

_WORDS = {
    "as_of": "start",
    '[[horizon]] with bucket = "week" and count = 8': "weeks=8",
    "start = 2022-10-17": 'start="2022-10-17"',
    f" to {HERE}": "",
    " of the scenario": "",
    "The scenario does not give": "The case does not give",
}
"""Words of `scenario.toml`, and what stands in place of them in Python."""


@dataclass(frozen=True, eq=False, repr=False)
class Case(Shown):
    """A checked case: its tables by name (`case.needs`), and its warnings and notes (`case.findings`).

    It is frozen: `change` and `what_if` return a new case. `print(case)` says what it holds. `engine` is the case as
    the rooms of the engine take it.
    """

    engine: EngineCase

    @classmethod
    def of(
        cls,
        *,
        start: dt.date | str | None = None,
        weeks: int | None = None,
        months: int | None = None,
        horizon: Sequence[tuple[Bucket, int]] | None = None,
        title: str = "A case",
        tiers: Sequence[str] | None = None,
        gifts: Literal["pledged", "open"] | None = None,
        currency: str | None = None,
        **tables: TableLike,
    ) -> Case:
        """Make a case of tables by name: rows, frames of Polars or pandas, or paths of CSV and Parquet files.

        `start` is the first day of the plan. Its buckets are `weeks`, then `months`; or any that `horizon` lists, such
        as `[("week", 26), ("month", 18)]`. All is checked as files are: a cell may be written as in a file, and a
        finding names the row as `needs[0]`.

        Raises:
            CaseError: findings stop the case; it carries those of all tables at once.
            InputError: something that was given for a table is none.
        """
        scenario: dict[str, Any] = {"title": title, "as_of": start, "currency": currency, "gifts": gifts}
        scenario |= {"tiers": tiers, "horizon": _blocks(weeks, months, horizon)}
        for name in tables:
            if name not in CASE_TABLES:
                raise _no_table(name)
        given = {name: read_given(name, table) for name, table in tables.items()}
        found = {name: table for name, (table, _) in given.items() if table is not None}
        told = tuple(one for _, findings in given.values() for one in findings)
        try:
            return cls(desk.build_case(RawCase(HERE, _filled(scenario), HERE, found, told)))
        except CaseError as error:
            raise CaseError("The case", tuple(_in_python(one) for one in error.findings)) from None

    @property
    def title(self) -> str:
        """What the case is called."""
        return self.engine.scenario.title

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The warnings and notes that the check had about it."""
        return self.engine.findings

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table by name, with every field, defaults filled in."""
        if name not in CASE_TABLES:
            raise _no_table(name)
        return self.engine[name].drop(ROW)

    def __getattr__(self, name: str) -> pl.DataFrame:
        """Return a table by name."""
        if name not in CASE_TABLES:
            raise AttributeError(str(_no_table(name)))
        return self[name]

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *CASE_TABLES})

    def change(
        self,
        code: str,
        /,
        *,
        table: str | None = None,
        scale: Mapping[str, float] | None = None,
        add: Mapping[str, float] | None = None,
        remove: bool = False,
        during: tuple[dt.date | str | None, dt.date | str | None] = (None, None),
        **fields: Any,
    ) -> Case:
        """Return the case with one row changed: `case.change("P1", available_from="2022-11-07")`.

        The row is found by its code in all tables (`needs[0]` or `needs.csv:2` name it too); `table` says in which,
        where several have it. `fields` are set, `scale` multiplies and `add` adds to numbers, `remove` takes the row
        out. `during` is the first and last day on which that holds, for tables whose rows may change over time. A code
        that its table does not have yet makes a new row, where `table` says which.

        Raises:
            CaseError: findings stop the change, or the case that it makes.
            InputError: no row, or rows of several tables, have the code.
        """
        first, last = (_day(day) for day in during)
        named = table if table is not None else self._table_of(code)
        done = [("set", field, cell) for field, cell in fields.items()]
        done += [("multiply", field, cell) for field, cell in (scale or {}).items()]
        done += [("add", field, cell) for field, cell in (add or {}).items()]
        done += [("remove", "-", None)] if remove else []
        if not done:
            raise InputError(
                "Nothing is changed of {code}.", "Name a field and its new value, or `remove=True`.", code=code
            )
        changes = [
            Change(
                change=code,
                table=named,
                id=code,
                field=field,
                operation=how,
                value=_spelt(cell),
                from_date=first,
                until_date=last,
                file="case.change",
            )
            for how, field, cell in done
        ]
        return Case(desk.changed_case(self.engine, changes))

    def what_if(self, *names: str | os.PathLike[str]) -> Case:
        """Return the case with what-ifs done, each a name in its table `changes` or the path of a CSV file of changes.

        Raises:
            CaseError: findings stop the changes, or the case that they make.
            InputError: a name is neither.
        """
        return Case(desk.load_changed(self.engine, [os.fspath(name) for name in names]))

    def _table_of(self, code: str) -> str:
        """Return the one table that has a row of a code."""
        found = sorted(self._tables_of(code))
        if len(found) == 1:
            return found[0]
        if not found:
            raise InputError(
                "No row of the case is called {code}.", "Spell it as in its table, or say `table=`.", code=code
            )
        raise InputError(
            "{code} names rows of several tables: {tables}.",
            "Say which you mean: `table=`.",
            code=code,
            tables=", ".join(found),
        )

    def _tables_of(self, code: str) -> Iterator[str]:
        files = self.engine.files
        for name in CASE_TABLES.keys() - {"changes"}:
            if len(find_rows(self.engine[name], CASE_TABLES[name], code, files.get(name, name))):
                yield name

    def _page(self) -> Page:
        return case_page(self.engine)


def read_case(path: str | os.PathLike[str]) -> Case:
    """Read a case from a folder of CSV or Parquet files or from an XLSX workbook, and check it.

    Raises:
        CaseError: findings stop the case; it carries those of all tables at once.
        InputError: there is nothing at the path that could be a case.
    """
    return Case(desk.load_case(Path(path)))


def demo_case() -> Case:
    """Return the case of October 2022 that comes with the package."""
    return Case(desk.load_case(desk.demo_case()))


def _filled(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was not given."""
    return {name: value for name, value in scenario.items() if value is not None}


def _blocks(
    weeks: int | None, months: int | None, horizon: Sequence[tuple[Bucket, int]] | None
) -> list[dict[str, Any]] | None:
    """Return the blocks of a horizon as `scenario.toml` has them, None where there are none."""
    if horizon is None:
        given = [("week", weeks), ("month", months)]
        return [{"bucket": kind, "count": count} for kind, count in given if count is not None] or None
    if weeks is not None or months is not None:
        raise InputError("The horizon is given twice.", "Give `horizon`, or `weeks` and `months`.")
    try:
        return [{"bucket": kind, "count": count} for kind, count in horizon]
    except (TypeError, ValueError):
        raise InputError("The horizon holds something that is no block.", 'Give pairs: [("week", 26)].') from None


def _no_table(name: str) -> InputError:
    """Say that a case has no table of a name, and which is like it."""
    near = get_close_matches(name, CASE_TABLES, 1)
    if near:
        return InputError("A case has no table {name}.", "Did you mean `{near}`?", name=name, near=near[0])
    tables = ", ".join(CASE_TABLES)
    return InputError("A case has no table {name}.", "Its tables are {tables}.", name=name, tables=tables)


def _in_python(finding: Finding) -> Finding:
    """Say a finding about the scenario with the words of Python."""
    if finding.file != HERE:
        return finding
    sentence, step = (said.replace("{", "{{").replace("}", "}}") for said in (finding.sentence, finding.next_step))
    for word, other in _WORDS.items():
        sentence, step = sentence.replace(word, other), step.replace(word, other)
    kind = finding.kind.but(sentence=sentence, next_step=re.sub(r"\b(\w+)\.csv\b", r"`\1`", step))
    return replace(finding, kind=kind, field=_WORDS.get(finding.field, finding.field), facts=())


def _day(day: dt.date | str | None) -> dt.date | None:
    """Return a day, which may be written as YYYY-MM-DD."""
    if not isinstance(day, str):
        return day
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise InputError("{day} is no day.", "Write it as 2022-11-07.", day=day) from None


def _spelt(cell: object) -> str:
    """Return a cell as it is written in a CSV file."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()
    return "" if cell is None else str(cell)
