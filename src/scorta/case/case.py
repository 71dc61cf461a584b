"""The case: the checked, frozen set of tables that a plan is made from, and what it may be changed by or follow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

import polars as pl

from scorta.case.horizon import Horizon
from scorta.tables import CASE_TABLES, Finding, Table, address_of

Tier = Literal["floors", "needs", "shares", "objectives", "cost"]
TIERS: tuple[Tier, ...] = ("floors", "needs", "shares", "objectives", "cost")
"""What is better, in order: each tier is solved after the one before and never spoils it."""

TYPES: dict[str, pl.DataType] = {
    "code": pl.String(),
    "text": pl.String(),
    "choice": pl.String(),
    "number": pl.Float64(),
    "whole": pl.Int64(),
    "date": pl.Date(),
    "yes_no": pl.Boolean(),
}
"""The column type of each field type."""

_Value = str | float | bool

ROW = "row"
"""The column that tells on which row of its file a row of a case stands (`pl.UInt32`, the header is row 1)."""


def schema(table: Table) -> dict[str, pl.DataType]:
    """Return the column types of a checked table: its fields in order, then the row."""
    return {field.name: TYPES[field.type] for field in table} | {ROW: pl.UInt32()}


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the plan is for: its title, its first day, its horizon and the policies that steer it.

    `blocks` are the `[[horizon]]` blocks: each a kind of bucket and a count.
    """

    title: str
    as_of: date
    blocks: tuple[tuple[str, int], ...]
    currency: str = "EUR"
    gifts: Literal["pledged", "open"] = "pledged"
    tiers: tuple[Tier, ...] = TIERS


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a plan is made from, checked: every table with every field, defaults filled in.

    `tables` holds a frame for each table of `CASE_TABLES`, with the columns of `schema`; `given` names the tables
    that came with the input (an empty table is given, a missing one is not); `files` tells which file each given
    table stood in; `findings` are the warnings and notes that travel with the case; `changes` are those that made it
    of another.
    """

    scenario: Scenario
    horizon: Horizon
    tables: Mapping[str, pl.DataFrame]
    given: frozenset[str]
    files: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()

    @classmethod
    def build(
        cls,
        scenario: Scenario,
        tables: Mapping[str, pl.DataFrame],
        files: Mapping[str, str] | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> Case:
        """Complete the tables: missing tables become empty, missing columns null, empty cells their default."""
        complete = {name: _complete(table, tables.get(name)) for name, table in CASE_TABLES.items()}
        named = dict(files) if files is not None else {name: f"{name}.csv" for name in tables}
        horizon = Horizon.build(scenario.as_of, scenario.blocks)
        return cls(scenario, horizon, complete, frozenset(tables), named, findings)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table by name."""
        return self.tables[name]

    def replace(self, **tables: pl.DataFrame) -> Case:
        """Return a new case with these tables in place of the old: a what-if is a new case."""
        complete = {name: _complete(CASE_TABLES[name], frame) for name, frame in tables.items()}
        return replace(self, tables={**self.tables, **complete}, given=self.given | set(tables))

    def address(self, table: str, row: int) -> str:
        """Return where a row stands in the input, as `needs.csv:2`."""
        return address_of(self.files.get(table, table), row)

    def digest(self) -> str:
        """Return the SHA-256 of everything the plan depends on: the scenario and all cells, not the file names."""
        digest = hashlib.sha256(repr(self.scenario).encode())
        for name, frame in self.tables.items():
            if name in self.given:
                digest.update(f"\n{name}\n".encode())
                digest.update(frame.drop(ROW).write_csv().encode())
        return digest.hexdigest()


def _complete(table: Table, frame: pl.DataFrame | None) -> pl.DataFrame:
    """Give a frame every column of its table, in order and of its type, with defaults in empty cells."""
    if frame is None:
        return _nothing(table)
    if ROW not in frame.columns:
        frame = frame.with_row_index(ROW, offset=2)
    found = frame.schema
    defaults = {field.name: _default(field.type, field.default) for field in table if field.default}
    if [*found.items()] == [*schema(table).items()] and not any(frame[name].null_count() for name in defaults):
        return frame
    return frame.select(
        _column(name, kind, defaults.get(name), found.get(name)) for name, kind in schema(table).items()
    )


@cache
def _nothing(table: Table) -> pl.DataFrame:
    return pl.DataFrame(schema=schema(table))


def _column(name: str, kind: pl.DataType, default: _Value | None, found: pl.DataType | None) -> pl.Expr:
    """Return a column as its type, with the default in empty cells, or in all cells where there is no such column."""
    if found is None:
        return pl.lit(default, kind).alias(name)
    column = pl.col(name) if found == kind else pl.col(name).cast(kind)
    return column if default is None else column.fill_null(pl.lit(default, kind))


def _default(kind: str, spelling: str) -> _Value:
    """Return the value of a default as its cell would be read."""
    if kind == "yes_no":
        return spelling == "yes"
    return float(spelling) if kind in ("number", "whole") else spelling


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a what-if: what is done to one field of the row, or of all rows, that `id` names.

    Each holds what its cell of the table `changes` does; `value` is written as in a CSV file, empty for an empty cell.
    `file` and `row` tell where the change was written down.
    """

    change: str
    table: str
    id: str
    field: str
    operation: str
    value: str = ""
    from_date: date | None = None
    until_date: date | None = None
    file: str = "changes"
    row: int | None = None

    @property
    def address(self) -> str:
        """Where it was written down, as `what-if.csv:2`."""
        return address_of(self.file, self.row)


FIELDS = ("change", "table", "id", "field", "operation", "value", "from_date", "until_date")
"""The fields of the table `changes` that a change has."""


def changes_in(frame: pl.DataFrame, file: str) -> tuple[Change, ...]:
    """Return the rows of a checked table `changes`, in their order."""
    cells = frame.with_columns(pl.col("value").fill_null("")).select(*FIELDS, pl.lit(file).alias("file"), "row")
    return tuple(Change(*row) for row in cells.iter_rows())


def changes_frame(changes: Iterable[Change]) -> pl.DataFrame:
    """Return changes as rows of the table `changes`."""
    rows = [[getattr(change, name) for name in FIELDS] for change in changes]
    types = {name: pl.Date() if name.endswith("_date") else pl.String() for name in FIELDS}
    frame = pl.DataFrame(rows, schema=types, orient="row")
    return frame.with_columns(pl.when(pl.col("value") != "").then(pl.col("value")))


@dataclass(frozen=True, slots=True)
class Previous:
    """The tables of a plan made before, and the `freeze` days, from the first of the new plan, in which it stands.

    Frozen are the buckets that lie wholly in these days.
    """

    tables: Mapping[str, pl.DataFrame]
    freeze: int = 0

    def frozen(self, horizon: Horizon) -> int:
        """Return how many buckets of a horizon are frozen, from the first on."""
        return int((horizon.ends < self.freeze).sum())
