"""Tables as Python has them: rows, frames and files become raw rows, as a folder of files does."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import polars as pl

from scorta.errors import InputError
from scorta.read.folder import READERS, read_table
from scorta.read.grid import drop_empty_rows, row_numbers
from scorta.tables import CASE_TABLES, RawTable
from scorta.tables.findings import Finding


class FrameLike(Protocol):
    """A frame of another library, such as pandas: it has columns, and gives its rows."""

    columns: Any
    to_dict: Any


TableLike: TypeAlias = "Iterable[Mapping[str, Any]] | pl.DataFrame | pl.LazyFrame | FrameLike | str | os.PathLike[str]"
"""What a table may be given as: rows, a frame, or the path of a CSV or Parquet file."""

_SPELLING = {bool: lambda cell: "yes" if cell else "no", dt.date: dt.date.isoformat}
"""How a value is written in a CSV file, where `str` does not write it so."""


def read_given(name: str, given: TableLike) -> tuple[RawTable | None, tuple[Finding, ...]]:
    """Return a table as it was given, and what is wrong with its file where it is one.

    Raises:
        InputError: what was given is no table.
    """
    if isinstance(given, str | os.PathLike):
        path = Path(given)
        if path.suffix.lower() not in READERS:
            raise InputError(
                "{path} is no table that is read.", "Name a file that ends in .csv or .parquet.", path=path
            )
        part = read_table(name, path)
        return part.table, part.findings
    frame = _frame(name, given)
    return RawTable(name, name, *drop_empty_rows(frame, row_numbers(2, frame.height))), ()


def _frame(name: str, given: Any) -> pl.DataFrame:
    """Return rows or a frame of any library as a frame."""
    if isinstance(given, pl.LazyFrame):
        return given.collect()
    if isinstance(given, pl.DataFrame):
        return given
    if hasattr(given, "to_dict") and hasattr(given, "columns"):  # pandas: what is missing there is no cell here
        given = given.astype(object).where(given.notna(), None).to_dict("records")
    elif hasattr(given, "__arrow_c_stream__"):
        return pl.DataFrame(given)
    return _from_rows(name, given)


def _from_rows(name: str, given: Any) -> pl.DataFrame:
    """Return rows as a frame with a column for each field that some row has; no rows at all as an empty table."""
    if isinstance(given, Mapping) or not isinstance(given, Iterable):
        sentence = "{name} is given as a value of type {kind}."
        raise InputError(sentence, "Give a list of rows, a frame or the path of a file.", name=name, kind=_kind(given))
    rows = list(given)
    wrong = next((row for row in rows if not isinstance(row, Mapping)), None)
    if wrong is not None:
        sentence = "A row of {name} is a value of type {kind}."
        raise InputError(sentence, "Give each row as a dict of fields and cells.", name=name, kind=_kind(wrong))
    if not rows and name in CASE_TABLES:
        return pl.DataFrame(schema=dict.fromkeys(CASE_TABLES[name].names, pl.String))
    fields = dict.fromkeys(field for row in rows for field in row)
    return pl.DataFrame([_column(str(field), [_cell(row.get(field)) for row in rows]) for field in fields])


def _kind(value: object) -> str:
    """Name the type of a value."""
    return type(value).__name__


def _cell(cell: Any) -> Any:
    """Return a cell as a plain value: numbers of other libraries as Python's, midnight as its day, NaN as no cell."""
    if hasattr(cell, "dtype") and hasattr(cell, "item"):
        cell = cell.item()
    if isinstance(cell, dt.datetime) and cell.time() == dt.time() and cell.tzinfo is None:
        return cell.date()
    return None if isinstance(cell, float) and cell != cell else cell


_TYPES: Mapping[frozenset[type], pl.DataType] = {
    frozenset({bool}): pl.Boolean(),
    frozenset({int}): pl.Int64(),
    frozenset({float}): pl.Float64(),
    frozenset({int, float}): pl.Float64(),
    frozenset({dt.date}): pl.Date(),
    frozenset({dt.datetime}): pl.Datetime(),
}
"""The columns that keep their type; others are text, as in a CSV file."""


def _column(name: str, cells: Sequence[Any]) -> pl.Series:
    """Return cells as a column: of their type where they have one, else as they are written in a CSV file."""
    kinds = frozenset(type(cell) for cell in cells if cell is not None)
    if any(issubclass(kind, Mapping | Sequence | set) and kind is not str for kind in kinds):
        return pl.Series(name, cells, pl.Object)
    if kinds in _TYPES and not any(isinstance(cell, int) and abs(cell) >= 2**63 for cell in cells):
        return pl.Series(name, cells, _TYPES[kinds])
    spelt = [None if cell is None else _SPELLING.get(type(cell), str)(cell) for cell in cells]
    return pl.Series(name, spelt, pl.String)
