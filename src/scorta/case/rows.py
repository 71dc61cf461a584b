"""Rows changed one by one: found by their name, altered, made, removed, and parted where a change holds for a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import polars as pl

from scorta.case.case import ROW, TYPES
from scorta.tables import Table

LEVELS = "objectives"
"""The table whose rows hold until the next one of the same owner and item."""

STAR = "*"
"""What stands for any code in the name of a row."""

_ADDRESS = re.compile(r"(.+)[:#](\d{1,9})|(.+)\[(\d{1,9})\]")
_FIRST, _LAST = dt.date.min, dt.date.max


def name_of(table: Table) -> pl.Expr:
    """Return the name of each row: its codes with a slash between them, empty ones left out."""
    return pl.concat_str(pl.col(table.naming).cast(pl.String), separator="/", ignore_nulls=True)


def find_rows(frame: pl.DataFrame, table: Table, name: str, file: str) -> pl.Series:
    """Return the row numbers of the rows of a name; where none has it, that of the row with this address, if any.

    A star stands for any code of a name, `*/2024` for the budgets of every party in 2024, and alone for every row. An
    address is written as findings print it (`stocks.csv:4`, or `stocks[2]` of rows given in Python), or with the name
    of the table (`stocks:4`).
    """
    found = frame.filter(_is_called(table, name))[ROW]
    address = _ADDRESS.fullmatch(name)
    if found.is_empty() and address and (address[1] or address[3]) in (file, table.name):
        row = int(address[2]) if address[2] else int(address[4]) + 2
        return frame.filter(pl.col(ROW) == row)[ROW]
    return found


def names_many(name: str) -> bool:
    """Tell whether a name has a star in the place of a code."""
    return STAR in name.split("/")


def _is_called(table: Table, name: str) -> pl.Expr:
    """Tell of each row whether a name is its own."""
    if name == STAR:
        return pl.lit(value=True)
    if not names_many(name):
        return name_of(table) == name
    parts = ("[^/]+" if part == STAR else re.escape(part) for part in name.split("/"))
    return name_of(table).str.contains(f"^{'/'.join(parts)}$")


def is_among(rows: pl.Series) -> pl.Expr:
    """Tell of each row whether its number is among these."""
    return pl.col(ROW).is_in(rows.implode())


def with_values(frame: pl.DataFrame, rows: pl.Series, field: str, value: pl.Expr) -> pl.DataFrame:
    """Return the frame with other values in a field of some rows."""
    column = pl.when(is_among(rows)).then(value.cast(frame.schema[field])).otherwise(pl.col(field))
    return frame.with_columns(column.alias(field))


def with_row(frame: pl.DataFrame, table: Table, cells: Mapping[str, object]) -> pl.DataFrame:
    """Return the frame with one more row below the last."""
    values = [pl.Series(field.name, [cells.get(field.name)], TYPES[field.type]) for field in table]
    row = pl.DataFrame([*values, pl.Series(ROW, [_free_row(frame)], pl.UInt32)])
    return pl.concat([frame, row])


def without(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Return the frame without some rows."""
    return frame.filter(~is_among(rows))


def parted(
    frame: pl.DataFrame, table: Table, rows: pl.Series, span: tuple[dt.date | None, dt.date | None], as_of: dt.date
) -> tuple[pl.DataFrame, pl.Series]:
    """Part rows where a span of days begins and ends; return the frame, and the rows that hold within the span.

    What holds on each day stays as it is. An open end of the span is None.
    """
    first, last = span[0] or _FIRST, span[1] or _LAST
    frame, rows = _cut(frame, table, rows, first, as_of)
    if last < _LAST:
        frame, rows = _cut(frame, table, rows, last + dt.timedelta(days=1), as_of)
    spans = _spans(frame, table, as_of).filter(is_among(rows))
    return frame, spans.filter((pl.col("begins") >= first) & (pl.col("ends") <= last))[ROW]


def take_turns(frame: pl.DataFrame, table: Table, rows: pl.Series, as_of: dt.date) -> bool:
    """Tell whether on each day no more than one of some rows holds."""
    spans = _spans(frame, table, as_of).filter(is_among(rows)).sort("begins")
    return bool((spans["begins"] > spans["ends"].shift(1)).all())


def _cut(
    frame: pl.DataFrame, table: Table, rows: pl.Series, day: dt.date, as_of: dt.date
) -> tuple[pl.DataFrame, pl.Series]:
    """Part those of some rows that hold on a day and the day before; return the frame, and the rows with the new."""
    spans = _spans(frame, table, as_of)
    cut = spans.filter(is_among(rows) & (pl.col("begins") < day) & (pl.col("ends") >= day))[ROW]
    if cut.is_empty():
        return frame, rows
    start, end = table.days
    new = pl.int_range(_free_row(frame), _free_row(frame) + len(cut), dtype=pl.UInt32)
    later = frame.filter(is_among(cut)).with_columns(pl.lit(day).alias(start), new.alias(ROW))
    if end:
        frame = with_values(frame, cut, end, pl.lit(day - dt.timedelta(days=1)))
    return pl.concat([frame, later]), pl.concat([rows, later[ROW]])


def _spans(frame: pl.DataFrame, table: Table, as_of: dt.date) -> pl.DataFrame:
    """Return the first and last day on which each row holds."""
    if table.name == LEVELS:
        begins = pl.col("from_date").fill_null(as_of)
        owner = ["party", "place", "item"]
        levels = frame.select(*owner, ROW, begins=begins).sort("begins")
        following = pl.col("begins").shift(-1).over(owner)
        return levels.select(ROW, "begins", ends=following.dt.offset_by("-1d").fill_null(_LAST))
    start, end = table.days
    return frame.select(ROW, begins=pl.col(start).fill_null(_FIRST), ends=pl.col(end).fill_null(_LAST))


def _free_row(frame: pl.DataFrame) -> int:
    """Return the number of the row below the last."""
    last = frame.select(pl.col(ROW).cast(pl.Int64).max()).item()
    return 2 if last is None else int(last) + 1
