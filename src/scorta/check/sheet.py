"""A table while it is checked: its cells as found beside its cells as read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from scorta.case import TYPES, Horizon, Scenario, schema
from scorta.tables import CASE_TABLES, Field, Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `raw` has the known columns of the file, `frame` every column of the table with its type.

    A cell that could not be read is null in `frame`, as is an empty one: defaults are not filled in yet. `filled`
    names the fields that some row fills.
    """

    table: Table
    file: str
    raw: pl.DataFrame
    rows: pl.Series
    frame: pl.DataFrame
    filled: frozenset[str]

    def cells(self, field: str, at: pl.Series) -> list[str]:
        """Return the cells of a field at these positions as they stand in the file."""
        if field not in self.raw.columns:
            return [""] * len(at)
        return ["" if cell is None else str(cell) for cell in self.raw[field].gather(at)]

    @property
    def lost(self) -> frozenset[str]:
        """The fields that every row must fill and that the file lacks altogether: of these nothing is known."""
        lacking = (field.name for field in self.table if field.required and field.name not in self.raw.columns)
        return frozenset(lacking if len(self.rows) else ())

    @property
    def has_gaps(self) -> bool:
        """Tell whether some cell could not be read, or is empty and must not be: what rests on it is not known."""
        return bool(self.lost) or any(self._has_gap(self.table[name]) for name in self.raw.columns)

    def _has_gap(self, field: Field) -> bool:
        """Tell whether a column holds fewer values than it must, or than the file gives."""
        must = field.required and not field.unless[0]
        return self.frame[field.name].null_count() > (0 if must else self.raw[field.name].null_count())

    def unread(self, field: str) -> pl.Series | None:
        """Tell of each row whether its cell stands in the file but could not be read; None where all could be."""
        if field not in self.raw.columns or self.raw[field].null_count() == self.frame[field].null_count():
            return None
        return self.raw[field].is_not_null() & self.frame[field].is_null()

    def has(self, field: str) -> bool:
        """Tell whether any row fills the field."""
        return field in self.filled

    def blank(self, field: str) -> pl.Series:
        """Tell of each row whether a cell is empty in the file: one that could not be read is not."""
        if field in self.raw.columns:
            return self.raw[field].is_null()
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, len(self.rows))


@dataclass(frozen=True, slots=True)
class Papers:
    """All sheets of a case while they are checked, and its scenario and horizon where these can be used."""

    sheets: Mapping[str, Sheet]
    scenario: Scenario | None
    horizon: Horizon | None
    looked: set[str] = dataclasses.field(default_factory=set)

    def __getitem__(self, name: str) -> Sheet:
        """Return a sheet by the name of its table, and note that it was looked at; an empty one where there is none."""
        self.looked.add(name)
        return self.sheets.get(name) or _empty(CASE_TABLES[name])

    @property
    def seen(self) -> list[Sheet]:
        """The sheets of the case that were looked at."""
        return [self.sheets[name] for name in self.looked if name in self.sheets]

    def view(self, name: str, conditions: Iterable[pl.Expr]) -> Sheet:
        """Return a sheet with what conditions speak of beside its cells: blank cells, and the days of the plan."""
        sheet = self[name]
        asked = {column for condition in conditions for column in condition.meta.root_names()}
        blanks = [field for field in sheet.table.names if blank(field).meta.output_name() in asked]
        days = (None, None) if self.horizon is None else (self.horizon.as_of, self.horizon.date(self.horizon.last_day))
        plan = [pl.lit(day, pl.Date).alias(name) for name, day in zip(("start", "last"), days, strict=True)]
        beside = [sheet.blank(field).alias(blank(field).meta.output_name()) for field in blanks]
        return replace(sheet, frame=sheet.frame.with_columns(*plan, *beside))


START, LAST = pl.col("start"), pl.col("last")
"""The first and the last day of the plan in a condition; where the plan has none, nothing is before or after them."""


BLANK = " is blank"
"""How the column is called in a condition that tells whether a cell is empty."""


def blank(field: str) -> pl.Expr:
    """Tell in a condition whether a cell is empty in the file: one that could not be read is not."""
    return pl.col(f"{field}{BLANK}")


def filled(table: str, field: str) -> pl.Expr:
    """Return a field with its default in empty cells."""
    return pl.col(field).fill_null(CASE_TABLES[table][field].default)


@cache
def _empty(table: Table) -> Sheet:
    frame = pl.DataFrame(schema=schema(table))
    return Sheet(table, f"{table.name}.csv", frame, pl.Series([], dtype=pl.UInt32), frame, frozenset())


_DATE = 10
"""Characters of YYYY-MM-DD."""


def cast_columns(columns: pl.DataFrame, table: Table) -> tuple[pl.DataFrame, pl.DataFrame, frozenset[str]]:
    """Return the columns with empty text as null, the same columns cast, and the fields with unknown choices."""
    typed = [_fitting(table[name], kind) for name, kind in columns.schema.items() if kind != pl.String]
    raw = columns.with_columns(typed) if typed else columns
    doubts = _find_doubts(raw, table)
    if empty := doubts["empty"]:
        raw = raw.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in empty)
        doubts = _find_doubts(raw, table)
    frame = raw.select(_column(table[name], kind, name in doubts["date"]) for name, kind in raw.schema.items())
    wholes = [_wholes(raw[name], frame[name]) for name in raw.columns if _lacks_wholes(table[name], raw, frame)]
    return raw, frame.with_columns(wholes) if wholes else frame, frozenset(doubts["choice"])


def _fitting(field: Field, kind: pl.DataType) -> pl.Expr:
    """Return a typed column as it is where its type fits the field, else as text."""
    column = pl.col(field.name)
    if (kind.is_numeric() and field.type in ("number", "whole")) or kind == TYPES[field.type]:
        return column
    if kind == pl.Datetime and field.type == "date":
        whole_days = column.dt.truncate("1d") == column
        return pl.when(whole_days).then(column.dt.to_string("%Y-%m-%d")).otherwise(column.cast(pl.String))
    return column.cast(pl.String, strict=False)


def _find_doubts(raw: pl.DataFrame, table: Table) -> Mapping[str, list[str]]:
    """Return the columns of text that must be looked at more closely, by what is doubtful about some of their cells."""
    tests = {
        (what, name): test
        for name, kind in raw.schema.items()
        if kind == pl.String
        for what, test in _doubts(table[name]).items()
    }
    found = raw.select(test.alias(str(k)) for k, test in enumerate(tests.values())).row(0) if tests else ()
    doubts: dict[str, list[str]] = {"empty": [], "date": [], "choice": []}
    for (what, name), is_doubtful in zip(tests, found, strict=True):
        if is_doubtful:
            doubts[what].append(name)
    return doubts


def _doubts(field: Field) -> Mapping[str, pl.Expr]:
    """Return what may be doubtful about a column of text, each as whether it is anywhere in it."""
    column = pl.col(field.name)
    doubts = {"empty": (column == "").any()}
    if field.type == "date":
        doubts["date"] = (column.str.len_bytes() != _DATE).any()
    if field.type == "choice":
        doubts["choice"] = ~pl.any_horizontal(column == choice for choice in field.choices).all()
    return doubts


def _column(field: Field, kind: pl.DataType, is_doubtful: bool) -> pl.Expr:
    """Return a column cast to its field's type, null where that cannot be done."""
    column = pl.col(field.name)
    if field.type == "date" and kind == pl.String:
        return _date(column, is_doubtful)
    if field.type == "yes_no" and kind == pl.String:
        return pl.when(column == "yes").then(True).when(column == "no").then(False).alias(field.name)
    if field.type == "whole" and kind.is_float():
        return pl.lit(None, pl.Int64).alias(field.name)
    return column.cast(TYPES[field.type], strict=False)


def _date(column: pl.Expr, is_doubtful: bool) -> pl.Expr:
    """Read days of YYYY-MM-DD and nothing shorter: the parser alone would also take 2022-1-5."""
    read = column.str.to_date("%Y-%m-%d", strict=False, cache=False)
    return pl.when(column.str.len_bytes() == _DATE).then(read) if is_doubtful else read


def _lacks_wholes(field: Field, raw: pl.DataFrame, frame: pl.DataFrame) -> bool:
    """Tell whether some cells of a column of whole numbers were not read."""
    return field.type == "whole" and raw[field.name].null_count() != frame[field.name].null_count()


def _wholes(cells: pl.Series, read: pl.Series) -> pl.Series:
    """Read whole numbers that are written with decimals, as 12.0."""
    number = cells.cast(pl.Float64, strict=False)
    whole = pl.when(number.is_finite() & (number == number.floor())).then(number).cast(pl.Int64, strict=False)
    return pl.select(pl.coalesce(read, whole)).to_series().alias(read.name)
