"""What must be right about a change before any row is looked at: its table, field, operation and days."""

from __future__ import annotations

from collections.abc import Mapping

from scorta.case import Change
from scorta.case.changing import LEVELS, SPANS
from scorta.check.book import Book
from scorta.check.nearest import hint
from scorta.tables import CASE_TABLES, Table

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
