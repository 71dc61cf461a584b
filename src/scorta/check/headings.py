"""Which tables and fields there are, and which are missing, misspelt or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from scorta.check.book import Book
from scorta.check.spelling import hint, nearest
from scorta.tables import CASE_TABLES, Field, RawCase, RawTable, Table


def find_tables(raw: RawCase, book: Book) -> Iterator[tuple[RawTable, Table, pl.DataFrame]]:
    """Give each known table with its known columns under their present names; say what else there is."""
    missing = [name for name in CASE_TABLES if name not in raw.tables]
    for name, table in raw.tables.items():
        if name in CASE_TABLES:
            yield table, CASE_TABLES[name], known_columns(table, CASE_TABLES[name], book)
        else:
            missing = _unknown_table(table, missing, book)
    for name in missing if not _is_shut(raw) else ():
        _missing_table(CASE_TABLES[name], raw, book)


def _unknown_table(found: RawTable, missing: list[str], book: Book) -> list[str]:
    """Say that a table is unknown; return the tables that are still missing, less the one that was meant."""
    near = nearest(found.name, missing)
    if near:
        book.say("misspelt-table", found.file, table=found.name, near=near)
        return [name for name in missing if name != near]
    book.say("unknown-table", found.file, table=found.name, hint=hint(found.name, CASE_TABLES))
    return missing


def _is_shut(raw: RawCase) -> bool:
    """Tell whether the workbook could not be opened at all, which says everything: no table is missing for itself."""
    return any(one.severity == "error" and one.file == Path(raw.origin).name for one in raw.findings)


def _missing_table(table: Table, raw: RawCase, book: Book) -> None:
    """Say that a table is missing, unless a finding says already why its file was not read."""
    fields = ", ".join(field.name for field in table if field.required)
    told = [finding.severity for finding in raw.findings if _table_name(finding.file) == table.name]
    if "error" in told or (told and table.needed == "usually"):
        return
    add = f"a sheet `{table.name}`" if "!" in raw.scenario_file else f"{table.name}.csv"
    if table.needed == "always":
        book.say("missing-table", raw.origin, table=table.name, fields=fields, add=add)
    elif table.needed == "usually":
        book.say("missing-usual-table", raw.origin, table=table.name, add=add)


def _table_name(file: str) -> str:
    """Return the name of the table that a file or sheet was meant for: `items` for `Items.csv` or `a.xlsx!items`."""
    return file.rpartition("!")[2].partition(".")[0].strip().lower()


def known_columns(found: RawTable, table: Table, book: Book) -> pl.DataFrame:
    """Return the known columns of a table under their present names."""
    former = {alias: field.name for field in table for alias in field.aliases}
    names: dict[str, str] = {}
    for column in found.frame.columns:
        if column in table.names:
            names[column] = column
        elif column in former:
            _former_name(found, column, former[column], names, book)
    _unknown_fields(found, table, names, book)
    if table.needed != "no" and not len(found.rows):
        book.say("empty-table" if table.needed == "always" else "empty-usual-table", found.file, table=table.name)
    return found.frame.select(pl.col(column).alias(name) for column, name in names.items())


def _former_name(found: RawTable, column: str, name: str, names: dict[str, str], book: Book) -> None:
    if name in found.frame.columns or name in names.values():
        book.say("field-twice", found.file, field=column, near=name)
        return
    book.say("old-name", found.file, field=column, near=name)
    names[column] = name


def _unknown_fields(found: RawTable, table: Table, names: dict[str, str], book: Book) -> None:
    """Say which columns are unknown and which required fields are missing."""
    absent = [field for field in table if field.name not in names.values()]
    former = {alias for field in table for alias in field.aliases}
    for column in found.frame.columns:
        if column not in names and column not in former:
            absent = _unknown_field(found, column, absent, book)
    for field in absent:
        if field.required:
            book.say("missing-field", found.file, 1, field.name, table=table.name, meaning=field.meaning)


def _unknown_field(found: RawTable, column: str, absent: list[Field], book: Book) -> list[Field]:
    """Say that a column is unknown; return the fields that are still absent, less the one that was meant."""
    near = nearest(column, [field.name for field in absent])
    if near:
        book.say("misspelt-field", found.file, 1, column, table=found.name, near=near)
        return [field for field in absent if field.name != near]
    close = hint(column, CASE_TABLES[found.name].names)
    book.say("unknown-field", found.file, 1, column, table=found.name, hint=close)
    return absent
