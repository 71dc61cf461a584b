"""Columns as found, cast to the types of their fields: what cannot be cast becomes empty."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scorta.case import TYPES
from scorta.tables import Field, Table

_DATE = 10
"""Characters of YYYY-MM-DD."""


def cast_columns(columns: pl.DataFrame, table: Table) -> tuple[pl.DataFrame, pl.DataFrame, frozenset[str]]:
    """Return the columns with empty text as null, the same columns cast, and the fields with unknown choices."""
    raw = columns.select(_fitting(table[name], kind) for name, kind in columns.schema.items())
    frame, doubts = _cast(raw, table)
    empty = doubts & {f"empty {name}" for name in raw.columns}
    if empty:
        texts = [pl.col(doubt.removeprefix("empty ")) for doubt in sorted(empty)]
        raw = raw.with_columns(pl.when(text != "").then(text) for text in texts)
        frame, doubts = _cast(raw, table)
    dates = [doubt.removeprefix("date ") for doubt in sorted(doubts) if doubt.startswith("date ")]
    wholes = [name for name in raw.columns if table[name].type == "whole"]
    frame = frame.with_columns(
        *raw.select(_strict_date(name) for name in dates), *(_wholes(raw[name], frame[name]) for name in wholes)
    )
    return raw, frame, frozenset(name for name in raw.columns if f"choice {name}" in doubts)


def _fitting(field: Field, kind: pl.DataType) -> pl.Expr:
    """Return a typed column as it is where its type fits the field, else as text."""
    column = pl.col(field.name)
    if (kind.is_numeric() and field.type in ("number", "whole")) or kind == TYPES[field.type]:
        return column
    if kind == pl.Datetime and field.type == "date":
        whole_days = column.dt.truncate("1d") == column
        return pl.when(whole_days).then(column.dt.to_string("%Y-%m-%d")).otherwise(column.cast(pl.String))
    return column.cast(pl.String, strict=False)


def _cast(raw: pl.DataFrame, table: Table) -> tuple[pl.DataFrame, frozenset[str]]:
    """Cast all columns and look for doubts about them in one pass: a million rows take time for each."""
    casts = [_column(table[name], kind) for name, kind in raw.schema.items()]
    doubts = {key: doubt for name, kind in raw.schema.items() for key, doubt in _doubts(table[name], kind).items()}
    both = raw.select(*casts, **doubts)
    found = both.select(*doubts).row(0, named=True) if doubts and raw.height else {}
    return both.select(raw.columns), frozenset(name for name, is_doubtful in found.items() if is_doubtful)


def _column(field: Field, kind: pl.DataType) -> pl.Expr:
    """Return a column cast to its field's type, null where that cannot be done."""
    column = pl.col(field.name)
    if field.type == "date" and kind == pl.String:
        return column.str.to_date("%Y-%m-%d", strict=False, cache=False)
    if field.type == "yes_no" and kind == pl.String:
        return pl.when(column == "yes").then(True).when(column == "no").then(False).alias(field.name)
    if field.type == "whole" and kind.is_float():
        return pl.lit(None, pl.Int64).alias(field.name)
    return column.cast(TYPES[field.type], strict=False)


def _doubts(field: Field, kind: pl.DataType) -> Mapping[str, pl.Expr]:
    """Return what must be looked at more closely in a column of text, each as whether it is anywhere in it."""
    if kind != pl.String:
        return {}
    column = pl.col(field.name)
    length = column.str.len_bytes()
    doubts = {f"empty {field.name}": length.min() == 0}
    if field.type == "date":
        doubts[f"date {field.name}"] = (length.min() != _DATE) | (length.max() != _DATE)
    if field.type == "choice":
        doubts[f"choice {field.name}"] = (~column.is_in(list(field.choices))).any()
    return doubts


def _strict_date(name: str) -> pl.Expr:
    """Read days of YYYY-MM-DD and nothing shorter: the parser alone would also take 2022-1-5."""
    column = pl.col(name)
    return (
        pl.when(column.str.len_bytes() == _DATE)
        .then(column.str.to_date("%Y-%m-%d", strict=False, cache=False))
        .alias(name)
    )


def _wholes(cells: pl.Series, read: pl.Series) -> pl.Series:
    """Read whole numbers that are written with decimals, as 12.0, where some of a column are."""
    if cells.null_count() == read.null_count():
        return read
    number = cells.cast(pl.Float64, strict=False)
    whole = pl.when(number.is_finite() & (number == number.floor())).then(number).cast(pl.Int64, strict=False)
    return pl.select(pl.coalesce(read, whole)).to_series().alias(read.name)
