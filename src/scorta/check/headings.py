"""Which tables and fields there are, and which are missing, misspelt or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from scorta.check.book import Book
from scorta.check.spelling import nearest
from scorta.tables import CASE_TABLES, Field, FindingKind, RawCase, RawTable, Table
from scorta.tables.findings import FileKind, phrase

MISSING_TABLE = FindingKind(
    "missing-table",
    "error",
    "The table `{table}` is missing.",
    "Add {table}.csv with the fields {fields}.",
    "A table without which no case can be planned is not there.",
)
_MISSING_SHEET = MISSING_TABLE.but(next_step="Add a sheet `{table}` with the fields {fields}.")
MISSING_USUAL_TABLE = FindingKind(
    "missing-usual-table",
    "warning",
    "The table `{table}` is missing, so the case has none of it.",
    "Add {table}.csv, unless this is meant.",
    "A table that nearly every case has is not there.",
)
_MISSING_USUAL_SHEET = MISSING_USUAL_TABLE.but(next_step="Add a sheet `{table}`, unless this is meant.")
EMPTY_TABLE = FindingKind(
    "empty-table",
    "error",
    "The table `{table}` has no rows.",
    "Fill it: a case needs at least one row of {table}.",
    "A table without which no case can be planned has only its header.",
)
EMPTY_USUAL_TABLE = FindingKind(
    "empty-usual-table",
    "warning",
    "The table `{table}` has no rows, so the case has none of it.",
    "Fill it, unless this is meant.",
    "A table that nearly every case has is there, but has only its header.",
)
MISSPELT_TABLE = FindingKind(
    "misspelt-table",
    "error",
    "There is no table `{table}`.",
    "Give it the name of a table, or remove it.",
    "A table has an unknown name close to that of a table that is missing, and a field that this one must have.",
)
UNKNOWN_TABLE = FileKind(
    "unknown-table",
    "warning",
    "There is no table `{table}`, so it is not read.",
    "Remove it, or give it the name of a table.",
    "A table has a name that no table of a case has.",
)
MISSPELT_FIELD = FindingKind(
    "misspelt-field",
    "error",
    "The table `{table}` has no field `{field}`.",
    "Give it the name of a field, or remove it.",
    "A field has an unknown name close to that of a field that is missing.",
)
UNKNOWN_FIELD = FileKind(
    "unknown-field",
    "warning",
    "The table `{table}` has no field `{field}`, so it is not read.",
    "Remove it, or give it the name of a field.",
    "A field has a name that no field of its table has.",
)
OLD_NAME = FileKind(
    "old-name",
    "note",
    "`{field}` is a former name of `{near}`; it is still read.",
    "Rename it to `{near}`.",
    "A field stands under a name it once had.",
)
FIELD_TWICE = FindingKind(
    "field-twice",
    "error",
    "`{field}` and `{near}` are the same field.",
    "Keep `{near}` and remove `{field}`.",
    "A field stands in a table under its name and under a former one.",
)
MISSING_FIELD = FindingKind(
    "missing-field",
    "error",
    "The table `{table}` lacks the field `{field}`.",
    "Add a column `{field}`: {meaning}",
    "A table lacks a field that every row must fill.",
)


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
    if near and any(
        CASE_TABLES[near][name].required for name in CASE_TABLES[near].names if name in found.frame.columns
    ):
        book.say(MISSPELT_TABLE, found.file, table=found.name, guess=near)
        return [name for name in missing if name != near]
    book.say(UNKNOWN_TABLE, found.file, table=found.name, guess=nearest(found.name, CASE_TABLES))
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
    is_sheet = "!" in raw.scenario_file
    if table.needed == "always":
        book.say(_MISSING_SHEET if is_sheet else MISSING_TABLE, raw.origin, table=table.name, fields=fields)
    elif table.needed == "usually":
        book.say(_MISSING_USUAL_SHEET if is_sheet else MISSING_USUAL_TABLE, raw.origin, table=table.name)


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
        book.say(EMPTY_TABLE if table.needed == "always" else EMPTY_USUAL_TABLE, found.file, table=table.name)
    return found.frame.select(pl.col(column).alias(name) for column, name in names.items())


def _former_name(found: RawTable, column: str, name: str, names: dict[str, str], book: Book) -> None:
    if name in found.frame.columns or name in names.values():
        book.say(FIELD_TWICE, found.file, field=column, near=name)
        return
    book.say(OLD_NAME, found.file, field=column, near=name)
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
            book.say(MISSING_FIELD, found.file, 1, field.name, table=table.name, meaning=phrase(field.meaning))


def _unknown_field(found: RawTable, column: str, absent: list[Field], book: Book) -> list[Field]:
    """Say that a column is unknown; return the fields that are still absent, less the one that was meant."""
    near = nearest(column, [field.name for field in absent])
    if near:
        book.say(MISSPELT_FIELD, found.file, 1, column, table=found.name, guess=near)
        return [field for field in absent if field.name != near]
    guess = nearest(column, CASE_TABLES[found.name].names)
    book.say(UNKNOWN_FIELD, found.file, 1, column, table=found.name, guess=guess)
    return absent
