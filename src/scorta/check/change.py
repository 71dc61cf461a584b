"""One change: the table, the field and the value that it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from scorta.case import Change
from scorta.case.changing import LEVELS, SPANS
from scorta.check.book import Book
from scorta.check.cells import read_cells
from scorta.check.spelling import hint
from scorta.tables import CASE_TABLES, Field, RawTable, Table

CHANGEABLE = tuple(name for name in CASE_TABLES if name != "changes")
"""The tables that a change can be of."""

OPERATIONS = CASE_TABLES["changes"]["operation"].choices
"""What a change can do."""

_INSTEAD: Mapping[str, str] = {
    "needs": "`not_before`, `required_by` or `until`",
    "legs": "`open_from` or `open_until`",
    "pledges": "`available_from` or `available_until`",
    "processes": "`from_date` or `until_date` of the process",
    "contracts": "`from_date` or `until_date` of the contract",
    "receipts": "`due_on`",
    "budgets": "the row of one year",
}
"""What to change instead of a row for a time."""


def sound_table(change: Change, book: Book) -> Table | None:
    """Return the table of a change that is sound so far; else say everything that is wrong with it."""
    table = _table(change, book)
    is_known = _is_operation(change, book)
    if table is None:
        return None
    has_field = _is_field(change, table, book)
    is_dated = _may_be_dated(change, table, book)
    return table if is_known and has_field and is_dated else None


def _table(change: Change, book: Book) -> Table | None:
    if change.table in CHANGEABLE:
        return CASE_TABLES[change.table]
    words = {"tables": ", ".join(CHANGEABLE), "hint": hint(change.table, CHANGEABLE)}
    book.say("change-unknown-table", change.file, change.row, "table", change.table, **words)
    return None


def _is_operation(change: Change, book: Book) -> bool:
    if change.operation in OPERATIONS:
        return True
    words = {"choices": ", ".join(OPERATIONS), "hint": hint(change.operation, OPERATIONS)}
    book.say("unknown-choice", change.file, change.row, "operation", change.operation, **words)
    return False


def _is_field(change: Change, table: Table, book: Book) -> bool:
    if change.operation == "remove" or change.field in table.names:
        return True
    words = {"fields": ", ".join(table.names), "hint": hint(change.field, table.names)}
    book.say("change-unknown-field", change.file, change.row, "field", change.field, table=table.name, **words)
    return False


def _may_be_dated(change: Change, table: Table, book: Book) -> bool:
    """Tell whether the rows of the table can be changed for the time that is asked, if any is."""
    if not change.from_date and not change.until_date:
        return True
    if change.from_date and change.until_date and change.until_date < change.from_date:
        words = {"first": "from_date", "start": change.from_date.isoformat()}
        book.say("dates-reversed", change.file, change.row, "until_date", change.until_date, **words)
        return False
    if table.name in SPANS or (table.name == LEVELS and change.operation != "remove"):
        return True
    place = "from_date" if change.from_date else "until_date"
    cell = change.from_date or change.until_date
    book.say("change-not-dated", change.file, change.row, place, cell, table=table.name, advice=_advice(table))
    return False


def _advice(table: Table) -> str:
    """Say what to do instead of changing a row for a time."""
    if table.name == LEVELS:
        return "Set the floor, the objective or the maximum for that time, in place of removing the row."
    instead = _INSTEAD.get(table.name)
    other = f", or change {instead}" if instead else ""
    return f"Leave `from_date` and `until_date` empty: the change then holds throughout{other}."


_MOST_DAYS = 100_000
"""Most days that are added to a date, or taken from it."""

_HOLDS = {"code": "a code", "text": "words", "choice": "one of a few words", "yes_no": "yes or no", "date": "a date"}
"""What a field that is no number holds."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that was read; None is an empty cell."""

    cell: object = None


def read_value(change: Change, table: Table, book: Book) -> Value | None:
    """Return the value of a change, or None where it cannot be used, which the book then says."""
    if change.operation == "remove":
        return Value()
    field = table[change.field]
    if change.operation == "set":
        return _read(change, field, book) if change.value else Value()
    if field.type not in ("number", "whole") and (field.type, change.operation) != ("date", "add"):
        wanted = "numbers and dates" if change.operation == "add" else "numbers"
        words = {"wanted": wanted, "target": field.name, "kind": _HOLDS[field.type]}
        book.say("change-operation", change.file, change.row, "operation", change.operation, **words)
        return None
    if not change.value:
        wanted = "a number of days" if field.type == "date" else "a number"
        book.say("change-without-value", change.file, change.row, "value", operation=change.operation, wanted=wanted)
        return None
    return _read(change, _amount(change, field), book)


def _amount(change: Change, field: Field) -> Field:
    """Return a field for the number by which a cell is changed."""
    if field.type == "date":
        return Field("value", "whole", "", minimum=-_MOST_DAYS, maximum=_MOST_DAYS)
    is_whole = field.type == "whole" and change.operation == "add"
    return Field("value", "whole" if is_whole else "number", "", unit=field.unit)


def _read(change: Change, field: Field, book: Book) -> Value | None:
    """Read the value as a cell of a field, as a reader of files does, and with the same words where that fails."""
    field = replace(field, name="value", required=False, aliases=())
    found = RawTable(
        "changes", change.file, pl.DataFrame({"value": [change.value]}), pl.Series([change.row], dtype=pl.UInt32)
    )
    page = book.page()
    sheet = read_cells(found, Table("changes", "", "", (field,)), found.frame, page)
    book.bind(page)
    is_wrong = any(finding.severity == "error" for finding in page.findings())
    return None if is_wrong else Value(sheet.frame["value"][0])
