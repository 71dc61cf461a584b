"""Every cell read as its field's type; what cannot be read becomes a finding."""

from __future__ import annotations

import polars as pl

from scorta.case import ROW, TYPES
from scorta.check.book import Book
from scorta.check.bounds import check_bounds
from scorta.check.nearest import hint
from scorta.check.sheet import Sheet
from scorta.check.spelling import Verdict, explain_date, explain_number, explain_whole
from scorta.tables import Field, RawTable, Table

YES = {"true", "1", "y", "ja", "oui", "si", "tak", "так", "yes", "x"}
"""What people write for yes."""


def read_cells(found: RawTable, table: Table, columns: pl.DataFrame, book: Book) -> Sheet:
    """Read the cells of a table; the sheet's unreadable cells are empty."""
    raw = _without_nested(_as_text_or_typed(columns, table), found.file, table, book)
    frame = raw.select(_column(table[name], kind) for name, kind in raw.schema.items())
    dates = [name for name, kind in raw.schema.items() if table[name].type == "date" and kind == pl.String]
    wholes = [name for name in raw.columns if table[name].type == "whole"]
    frame = frame.with_columns(
        *(_dates(raw[name]) for name in dates), *(_wholes(raw[name], frame[name]) for name in wholes)
    )
    missing = [pl.lit(None, TYPES[field.type]).alias(field.name) for field in table if field.name not in raw.columns]
    complete = frame.with_columns(*missing, found.rows.alias(ROW)).select(*table.names, ROW)
    sheet = Sheet(table, found.file, raw, found.rows, complete)
    for name in raw.columns:
        _check_column(sheet, table[name], book)
    return check_bounds(sheet, book)


def _as_text_or_typed(columns: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Keep columns that already have a fitting type, write the others as text, and make empty text null."""
    if not columns.width:
        return columns
    frame = columns.select(_fitting(table[name], kind) for name, kind in columns.schema.items())
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    empty = frame.select((pl.col(name).str.len_bytes() == 0).any() for name in texts).row(0) if texts else ()
    return frame.with_columns(
        pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)
        for name, is_empty in zip(texts, empty, strict=True)
        if is_empty
    )


def _fitting(field: Field, kind: pl.DataType) -> pl.Expr:
    """Return a typed column as it is where its type fits the field, else as text."""
    column = pl.col(field.name)
    is_number = kind.is_numeric() and field.type in ("number", "whole")
    is_fitting = is_number or kind == TYPES[field.type] or kind.is_nested()
    if is_fitting or kind in (pl.Object, pl.Binary):
        return column
    if kind == pl.Datetime and field.type == "date":
        whole_days = column.dt.truncate("1d") == column
        return pl.when(whole_days).then(column.dt.to_string("%Y-%m-%d")).otherwise(column.cast(pl.String))
    return column.cast(pl.String, strict=False)


def _without_nested(columns: pl.DataFrame, file: str, table: Table, book: Book) -> pl.DataFrame:
    """Leave out columns of lists and records, and say so."""
    nested = [name for name, kind in columns.schema.items() if kind.is_nested() or kind in (pl.Object, pl.Binary)]
    for name in nested:
        book.say("wrong-column-type", file, 1, name, columns.schema[name], wanted=_wanted(table[name]))
    return columns.drop(nested)


def _wanted(field: Field) -> str:
    return {"number": "numbers", "whole": "whole numbers", "date": "dates", "yes_no": "booleans"}.get(
        field.type, "text"
    )


def _column(field: Field, kind: pl.DataType) -> pl.Expr:
    """Return a column cast to its field's type, null where that cannot be done."""
    column = pl.col(field.name)
    if field.type == "date" and kind == pl.String:
        return column
    if field.type == "yes_no" and kind == pl.String:
        return pl.when(column == "yes").then(True).when(column == "no").then(False).alias(field.name)
    if field.type == "whole" and kind.is_float():
        return pl.lit(None, pl.Int64).alias(field.name)
    return column.cast(TYPES[field.type], strict=False).alias(field.name)


def _dates(cells: pl.Series) -> pl.Series:
    """Read YYYY-MM-DD and nothing else, each different cell once: the parser alone would also take other forms."""
    cell = pl.col(cells.name)
    is_strict = cell.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    different = pl.DataFrame(cells.unique()).with_columns(
        day=pl.when(is_strict).then(cell.str.to_date("%Y-%m-%d", strict=False))
    )
    return (
        pl.DataFrame(cells).join(different, on=cells.name, how="left", maintain_order="left")["day"].alias(cells.name)
    )


def _wholes(cells: pl.Series, read: pl.Series) -> pl.Series:
    """Read whole numbers that are written with decimals, as 12.0, where some of a column are."""
    if cells.null_count() == read.null_count():
        return read
    number = cells.cast(pl.Float64, strict=False)
    whole = pl.when(number.is_finite() & (number == number.floor())).then(number).cast(pl.Int64, strict=False)
    return pl.select(pl.coalesce(read, whole)).to_series().alias(read.name)


def _check_column(sheet: Sheet, field: Field, book: Book) -> None:
    """Say what is wrong with the cells of a column that could not be read, or are empty and must not be."""
    raw, read = sheet.raw[field.name], sheet.frame[field.name]
    if raw.null_count() and field.required:
        book.at("empty-cell", sheet, _empty(sheet, field), field.name, meaning=field.meaning)
    if field.type == "choice":
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
