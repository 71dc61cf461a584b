"""Every cell read as its field's type, and within its bounds; what cannot be read becomes a finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import polars as pl

from scorta.case import ROW, TYPES
from scorta.check.book import Book
from scorta.check.sheet import Sheet, cast_columns
from scorta.check.spelling import (
    NOT_FINITE,
    NOTHING_BUT_SPACES,
    SURROUNDING_SPACES,
    Verdict,
    explain_date,
    explain_number,
    explain_whole,
    nearest,
)
from scorta.languages import mark
from scorta.tables import Field, FindingKind, Phrase, RawTable, Table
from scorta.tables.findings import Fact, phrase

YES = {"true", "1", "y", "ja", "oui", "si", "tak", "так", "yes", "x"}
"""What people write for yes."""

EMPTY_CELL = FindingKind(
    "empty-cell",
    "error",
    "`{field}` is empty.",
    "Fill it: {meaning}",
    "A cell that every row must fill is empty. Only a draft need may lack its quantity.",
)
WRONG_COLUMN_TYPE = FindingKind(
    "wrong-column-type",
    "error",
    "The column `{field}` holds {value}, which cannot be read as cells.",
    "Write the column as {wanted}.",
    "A column of a Parquet file holds lists or records instead of single values.",
)
UNKNOWN_CHOICE = FindingKind(
    "unknown-choice",
    "error",
    "`{value}` is not a choice of `{field}`.",
    "Write one of {choices}.",
    "A cell holds a word that is not one of the few its field allows; capital letters count.",
)
NOT_YES_OR_NO = FindingKind(
    "not-yes-or-no",
    "error",
    "`{value}` is neither yes nor no.",
    "Write yes or no in small letters.",
    "A cell of a yes-or-no field holds something else.",
)
_MEANT_YES = NOT_YES_OR_NO.but(next_step="Write yes in small letters.")
BELOW_MINIMUM = FindingKind(
    "below-minimum",
    "error",
    "`{field}` is {value}, which is below {minimum}.",
    "Write {minimum} or more.",
    "A number is below the least that its field allows, such as a negative quantity.",
)
ABOVE_MAXIMUM = FindingKind(
    "above-maximum",
    "error",
    "`{field}` is {value}, which is above {maximum}.",
    "Write {maximum} or less.",
    "A number is above the most that its field allows.",
)
TOO_LARGE = FindingKind(
    "too-large",
    "error",
    "`{field}` is {value}, too large for a plan to be computed.",
    "Check the unit ({unit}), or leave the cell empty for no limit.",
    "A number is so large that the solver could no longer tell small ones apart.",
)
TOO_SMALL = FindingKind(
    "too-small",
    "warning",
    "`{field}` is {value}, so small that it may count as nothing.",
    "Check the unit ({unit}), or write 0.",
    "A number is nearer to nothing than the solver can tell.",
)
YEAR_OUT_OF_RANGE = FindingKind(
    "year-out-of-range",
    "error",
    "The year of {value} is out of range.",
    "Write a year from 1900 to 2200; leave the cell empty for no limit.",
    "A day lies before 1900 or after 2200.",
)

THOUSANDS_POINT = FindingKind(
    "thousands-point",
    "warning",
    "`{value}` is read as {read}.",
    "Write {thousands} if the point parts thousands, {read} if it does not.",
    "A quantity has a point, three digits after it, and nothing but a nought in the last place.",
)

_PLAIN_NUMBER, _TEXT = Phrase(mark("a plain number")), Phrase(mark("text"))
_WANTED = {
    "number": Phrase(mark("numbers")),
    "whole": Phrase(mark("whole numbers")),
    "date": Phrase(mark("dates")),
    "yes_no": Phrase(mark("booleans")),
}
"""What a typed column of a field may hold, where that is not text."""


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
        book.say(WRONG_COLUMN_TYPE, file, 1, name, columns.schema[name], wanted=_WANTED.get(table[name].type, _TEXT))
    return columns.drop(nested) if nested else columns


def _check_column(sheet: Sheet, field: Field, has_unknown: bool, book: Book) -> None:
    """Say what is wrong with the cells of a column that could not be read, or are empty and must not be."""
    raw, read = sheet.raw[field.name], sheet.frame[field.name]
    if raw.null_count() and field.required:
        book.at(EMPTY_CELL, sheet, _empty(sheet, field), field.name, meaning=phrase(field.meaning))
    if has_unknown:
        unread = raw.is_not_null() & ~raw.is_in(list(field.choices))
        _explain_cells(sheet, field, unread.arg_true(), book)
    elif raw.null_count() != read.null_count():
        _explain_cells(sheet, field, (raw.is_not_null() & read.is_null()).arg_true(), book)
    if field.unit == "units" and raw.dtype == pl.String and raw.str.contains(".", literal=True).any():
        _ask_for_thousands(sheet, field, book)


def _ask_for_thousands(sheet: Sheet, field: Field, book: Book) -> None:
    """Say of each quantity such as 1.500 how it is read: in half of Europe it is fifteen hundred."""
    cells = sheet.raw[field.name]
    at = cells.str.contains(r"^[1-9]\d{0,2}\.\d{2}0$").fill_null(value=False).arg_true()
    found = cells.gather(at)
    read = [f"{float(cell):g}" for cell in found]
    book.at(THOUSANDS_POINT, sheet, at, field.name, read=read, thousands=found.str.replace(".", "", literal=True))


def _empty(sheet: Sheet, field: Field) -> pl.Series:
    """Return the positions of cells that are empty and must not be."""
    is_empty, (other, value) = pl.col(field.name).is_null(), field.unless
    if other in sheet.raw.columns:
        is_empty &= pl.col(other).ne_missing(value)
    return sheet.raw.select(pl.arg_where(is_empty)).to_series()


def _explain_cells(sheet: Sheet, field: Field, at: pl.Series, book: Book) -> None:
    """Say of each cell why it could not be read; the many of one kind are counted, not listed."""
    cells = sheet.raw.select(cell=pl.col(field.name).gather(at).cast(pl.String)).with_columns(at=at)
    for cell, positions in cells.group_by("cell", maintain_order=True).agg("at").iter_rows():
        kind, words = _explain(field, cell)
        book.at(kind, sheet, pl.Series(positions), field.name, **words)


def _explain(field: Field, cell: str) -> Verdict:
    if field.type == "date":
        return explain_date(cell)
    if field.type == "whole":
        return explain_whole(cell, field.unit)
    if field.type == "number":
        return explain_number(cell, field.unit)
    if cell != cell.strip():
        return (SURROUNDING_SPACES, {"meant": cell.strip()}) if cell.strip() else (NOTHING_BUT_SPACES, {})
    if field.type == "yes_no":
        return (_MEANT_YES if cell.casefold() in YES else NOT_YES_OR_NO), {}
    return UNKNOWN_CHOICE, {"choices": ", ".join(field.choices), "guess": nearest(cell, field.choices)}


LARGEST = 1e12
"""Largest figure a plan is computed with: beyond it the solver's 16 digits no longer hold small ones beside it."""

LARGEST_SUM = 1e15
"""Largest sum of money: a gross domestic product is larger than any quantity."""

SMALLEST_FIGURE = 1e-9
"""Smallest figure that is not nothing: a thousandth of the solver's tolerance."""

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 12, 31)
"""The days that a case may speak of."""


def check_bounds(sheet: Sheet, book: Book) -> Sheet:
    """Say which numbers and days lie out of bounds; those that cannot be computed with become empty."""
    fields = [field for field in sheet.table if field.type in ("number", "whole", "date") and sheet.has(field.name)]
    doubtful = _doubtful(fields, sheet) if fields else []
    if not doubtful:
        return sheet
    tests = [(field, kind, mask) for field in doubtful for kind, mask in _masks(field).items()]
    is_found = sheet.frame.select(mask.any().alias(str(k)) for k, (_, _, mask) in enumerate(tests)).row(0)
    found = [test for test, is_true in zip(tests, is_found, strict=True) if is_true]
    for field, kind, mask in found:
        book.where(kind, sheet, mask, field.name, **_words(field))
    usable = [(field, ~mask) for field, kind, mask in found if kind in (NOT_FINITE, YEAR_OUT_OF_RANGE)]
    emptied = [pl.when(mask).then(pl.col(field.name)).alias(field.name) for field, mask in usable]
    return replace(sheet, frame=sheet.frame.with_columns(emptied))


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
        least = max(least, SMALLEST_FIGURE)
    most = largest(field) if field.maximum is None else min(field.maximum, largest(field))
    return bool(low >= least and high <= most)


def _masks(field: Field) -> dict[FindingKind, pl.Expr]:
    """Return what may be wrong with a field's values, by kind of finding."""
    value = pl.col(field.name)
    if field.type == "date":
        return {YEAR_OUT_OF_RANGE: ~value.is_between(FIRST_DAY, LAST_DAY)}
    is_large = value.abs() > largest(field)
    masks = {TOO_LARGE: is_large}
    if field.type == "number":
        is_finite = value.is_finite()
        masks = {
            NOT_FINITE: ~is_finite,
            TOO_LARGE: is_large & is_finite,
            TOO_SMALL: (value.abs() < SMALLEST_FIGURE) & (value != 0.0),
        }
    if field.minimum is not None:
        masks[BELOW_MINIMUM] = (value < field.minimum) & ~is_large
    if field.maximum is not None:
        masks[ABOVE_MAXIMUM] = (value > field.maximum) & ~is_large
    return masks


def largest(field: Field) -> float:
    """Return the largest value a field may have."""
    return LARGEST_SUM if field.unit == "EUR" else LARGEST


def _words(field: Field) -> dict[str, Fact]:
    minimum = f"{field.minimum:g}" if field.minimum is not None else ""
    maximum = f"{field.maximum:g}" if field.maximum is not None else ""
    return {"minimum": minimum, "maximum": maximum, "unit": phrase(field.unit) if field.unit else _PLAIN_NUMBER}
