"""Every cell read as its field's type; what cannot be read becomes a finding."""

from __future__ import annotations

import polars as pl

from scorta.case import ROW, TYPES
from scorta.check.book import Book
from scorta.check.bounds import check_bounds
from scorta.check.casting import cast_columns
from scorta.check.nearest import hint
from scorta.check.sheet import Sheet
from scorta.check.spelling import Verdict, explain_date, explain_number, explain_whole
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
