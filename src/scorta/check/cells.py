"""Every cell read as its field's type, and within its bounds; what cannot be read becomes a finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import polars as pl

from scorta.case import ROW, TYPES
from scorta.check.book import Book
from scorta.check.sheet import Sheet, cast_columns
from scorta.check.spelling import Verdict, explain_date, explain_number, explain_whole, hint
from scorta.tables import Field, RawTable, Table

YES = {"true", "1", "y", "ja", "oui", "si", "tak", "так", "yes", "x"}
"""What people write for yes."""


def read_cells(found: RawTable, table: Table, columns: pl.DataFrame, book: Book) -> Sheet:
    """Read the cells of a table; the sheet's unreadable cells are empty."""
    columns = _without_nested(columns, found.file, table, book)
    raw, frame, unknown = cast_columns(columns, table)
    filled = frozenset(column.name for column in frame if column.null_count() < frame.height)
    missing = [pl.lit(None, TYPES[field.type]).alias(field.name) for field in table if field.name not in raw.columns]
    rows = pl.DataFrame([found.rows.alias(ROW)])  # first, so that a table without any known column keeps its rows
    sheet = Sheet(table, found.file, raw, found.rows, rows.with_columns(*frame.get_columns(), *missing), filled)
    for name in raw.columns:
        _check_column(sheet, table[name], name in unknown, book)
    return check_bounds(sheet, book)


def _without_nested(columns: pl.DataFrame, file: str, table: Table, book: Book) -> pl.DataFrame:
    """Leave out columns of lists, records and bytes, and say so."""
    nested = [name for name, kind in columns.schema.items() if kind.is_nested() or kind in (pl.Object, pl.Binary)]
    for name in nested:
        book.say("wrong-column-type", file, 1, name, columns.schema[name], wanted=_wanted(table[name]))
    return columns.drop(nested) if nested else columns


def _wanted(field: Field) -> str:
    """Return the words for the values that a typed column of the field may hold."""
    wanted = {"number": "numbers", "whole": "whole numbers", "date": "dates", "yes_no": "booleans"}
    return wanted.get(field.type, "text")


def _check_column(sheet: Sheet, field: Field, has_unknown: bool, book: Book) -> None:
    """Say what is wrong with the cells of a column that could not be read, or are empty and must not be."""
    raw, read = sheet.raw[field.name], sheet.frame[field.name]
    if raw.null_count() and field.required:
        book.at("empty-cell", sheet, _empty(sheet, field), field.name, meaning=field.meaning)
    if has_unknown:
        unread = raw.is_not_null() & ~raw.is_in(list(field.choices))
        _explain_cells(sheet, field, unread.arg_true(), book)
    elif raw.null_count() != read.null_count():
        _explain_cells(sheet, field, (raw.is_not_null() & read.is_null()).arg_true(), book)


def _empty(sheet: Sheet, field: Field) -> pl.Series:
    """Return the positions of cells that are empty and must not be: only a draft need may lack its quantity."""
    is_empty = pl.col(field.name).is_null()
    if sheet.table.name == "needs" and field.name == "quantity" and "state" in sheet.raw.columns:
        is_empty &= pl.col("state").ne_missing("draft")
    return sheet.raw.select(pl.arg_where(is_empty)).to_series()


def _explain_cells(sheet: Sheet, field: Field, at: pl.Series, book: Book) -> None:
    """Say of each cell why it could not be read; the many of one kind are counted, not listed."""
    cells = sheet.raw.select(cell=pl.col(field.name).gather(at).cast(pl.String)).with_columns(at=at)
    for cell, positions in cells.group_by("cell", maintain_order=True).agg("at").iter_rows():
        code, words = _explain(field, cell)
        book.at(code, sheet, pl.Series(positions), field.name, **words)


def _explain(field: Field, cell: str) -> Verdict:
    if field.type == "date":
        return explain_date(cell)
    if field.type == "whole":
        return explain_whole(cell)
    if field.type == "number":
        return explain_number(cell)
    if cell != cell.strip():
        return "surrounding-spaces", {"advice": f"Write {cell.strip()}." if cell.strip() else "Leave the cell empty."}
    if field.type == "yes_no":
        return "not-yes-or-no", {"advice": "yes" if cell.casefold() in YES else "yes or no"}
    return "unknown-choice", {"choices": ", ".join(field.choices), "hint": hint(cell, field.choices)}


LARGEST = 1e12
"""Largest figure a plan is computed with: beyond it the solver's 16 digits no longer hold small ones beside it."""

LARGEST_SUM = 1e15
"""Largest sum of money: a gross domestic product is larger than any quantity."""

SMALLEST = 1e-9
"""Smallest figure that is not nothing: a thousandth of the solver's tolerance."""

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 12, 31)
"""The days that a case may speak of."""


def check_bounds(sheet: Sheet, book: Book) -> Sheet:
    """Say which numbers and days lie out of bounds; those that cannot be computed with become empty."""
    fields = [field for field in sheet.table if field.type in ("number", "whole", "date") and sheet.has(field.name)]
    doubtful = _doubtful(fields, sheet) if fields else []
    if not doubtful:
        return sheet
    flags = {f"{code} {field.name}": mask.any() for field in doubtful for code, mask in _masks(field).items()}
    found = [name for name, is_found in sheet.frame.select(**flags).row(0, named=True).items() if is_found]
    for name in found:
        code, field_name = name.split(" ")
        field = sheet.table[field_name]
        book.where(code, sheet, _masks(field)[code], field_name, **_words(field))
    unusable = [name.split(" ") for name in found if name.startswith(("not-finite", "year-out-of-range"))]
    return replace(sheet, frame=sheet.frame.with_columns(_emptied(sheet.table[name], code) for code, name in unusable))


def _doubtful(fields: list[Field], sheet: Sheet) -> list[Field]:
    """Return the fields whose lowest and highest values do not show that all of them lie within bounds."""
    values = [(pl.col(field.name), field.type == "number") for field in fields]
    lows = [value.nan_min() if may_be_nan else value.min() for value, may_be_nan in values]
    highs = [value.nan_max() if may_be_nan else value.max() for value, may_be_nan in values]
    ends = sheet.frame.select(end.alias(str(k)) for k, end in enumerate([*lows, *highs])).row(0)
    low, high = ends[: len(fields)], ends[len(fields) :]
    return [field for k, field in enumerate(fields) if not _is_within(field, low[k], high[k])]


def _is_within(field: Field, low: Any, high: Any) -> bool:
    """Tell whether no value from the lowest to the highest is out of bounds; where one is NaN, so are both."""
    if field.type == "date":
        return bool(low >= FIRST_DAY and high <= LAST_DAY)
    least = 0.0 if field.minimum is None else field.minimum
    if field.type == "number":
        least = max(least, SMALLEST)
    most = largest(field) if field.maximum is None else min(field.maximum, largest(field))
    return bool(low >= least and high <= most)


def _masks(field: Field) -> dict[str, pl.Expr]:
    """Return what may be wrong with a field's values, by code of the finding."""
    value = pl.col(field.name)
    if field.type == "date":
        return {"year-out-of-range": ~value.is_between(FIRST_DAY, LAST_DAY)}
    is_large = value.abs() > largest(field)
    masks = {"too-large": is_large}
    if field.type == "number":
        is_finite = value.is_finite()
        masks = {
            "not-finite": ~is_finite,
            "too-large": is_large & is_finite,
            "too-small": (value.abs() < SMALLEST) & (value != 0.0),
        }
    if field.minimum is not None:
        masks["below-minimum"] = (value < field.minimum) & ~is_large
    if field.maximum is not None:
        masks["above-maximum"] = (value > field.maximum) & ~is_large
    return masks


def largest(field: Field) -> float:
    """Return the largest value a field may have."""
    return LARGEST_SUM if field.unit == "EUR" else LARGEST


def _words(field: Field) -> dict[str, str]:
    minimum = f"{field.minimum:g}" if field.minimum is not None else ""
    maximum = f"{field.maximum:g}" if field.maximum is not None else ""
    return {"minimum": minimum, "maximum": maximum, "unit": field.unit or "a plain number"}


def _emptied(field: Field, code: str) -> pl.Expr:
    return pl.when(~_masks(field)[code]).then(pl.col(field.name)).alias(field.name)
