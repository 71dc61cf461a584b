"""One change: the table, the field and the value that it means."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from scorta.case import Change
from scorta.case.rows import LEVELS
from scorta.check.book import Book
from scorta.check.cells import UNKNOWN_CHOICE, read_cells
from scorta.check.rows import DATES_REVERSED
from scorta.check.spelling import nearest
from scorta.languages import mark
from scorta.tables import CASE_TABLES, Field, FindingKind, Phrase, RawTable, Table
from scorta.tables.findings import Fact

CHANGEABLE = tuple(name for name in CASE_TABLES if name != "changes")
"""The tables that a change can be of."""

OPERATIONS = CASE_TABLES["changes"]["operation"].choices
"""What a change can do."""

CHANGE_UNKNOWN_TABLE = FindingKind(
    "change-unknown-table",
    "error",
    "There is no table `{value}` that can be changed.",
    "Write one of {tables}.",
    "A change names a table that a case does not have, or the table `changes` itself.",
)
CHANGE_UNKNOWN_FIELD = FindingKind(
    "change-unknown-field",
    "error",
    "The table `{table}` has no field `{value}`.",
    "Write one of {fields}.",
    "A change names a field that its table does not have.",
)
CHANGE_OPERATION = FindingKind(
    "change-operation",
    "error",
    "`{value}` is for numbers and dates, and `{target}` holds {kind}.",
    "Use `set` with the new value.",
    "A field of words is to be added to or multiplied, or a date to be multiplied.",
)
_MULTIPLIED_NO_NUMBER = CHANGE_OPERATION.but(sentence="`{value}` is for numbers, and `{target}` holds {kind}.")
CHANGE_WITHOUT_VALUE = FindingKind(
    "change-without-value",
    "error",
    "There is nothing to add: `value` is empty.",
    "Write {wanted}.",
    "A change that adds or multiplies has no number.",
)
_MULTIPLIED_BY_NOTHING = CHANGE_WITHOUT_VALUE.but(sentence="There is nothing to multiply: `value` is empty.")
CHANGE_NOT_DATED = FindingKind(
    "change-not-dated",
    "error",
    "The table `{table}` cannot be changed for a time in this way.",
    "Leave `from_date` and `until_date` empty: the change then holds throughout.",
    "A change has a first or a last day, and its table has no rows that hold for a time.",
)
_OTHER_DAYS = CHANGE_NOT_DATED.but(
    next_step="Leave `from_date` and `until_date` empty: the change then holds throughout, or change {instead}."
)
_ONE_YEAR = CHANGE_NOT_DATED.but(
    next_step=(
        "Leave `from_date` and `until_date` empty: the change then holds throughout, or change the row of one year."
    )
)
_LEVEL_REMOVED = CHANGE_NOT_DATED.but(
    next_step="Set the floor, the objective or the maximum for that time, in place of removing the row."
)

_DAYS, _NUMBER = Phrase(mark("a number of days")), Phrase(mark("a number"))


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
    words = {"tables": ", ".join(CHANGEABLE), "guess": nearest(change.table, CHANGEABLE)}
    book.say(CHANGE_UNKNOWN_TABLE, change.file, change.row, "table", change.table, **words)
    return None


def _is_operation(change: Change, book: Book) -> bool:
    if change.operation in OPERATIONS:
        return True
    words = {"choices": ", ".join(OPERATIONS), "guess": nearest(change.operation, OPERATIONS)}
    book.say(UNKNOWN_CHOICE, change.file, change.row, "operation", change.operation, **words)
    return False


def _is_field(change: Change, table: Table, book: Book) -> bool:
    if change.operation == "remove" or change.field in table.names:
        return True
    words = {"fields": ", ".join(table.names), "guess": nearest(change.field, table.names)}
    book.say(CHANGE_UNKNOWN_FIELD, change.file, change.row, "field", change.field, table=table.name, **words)
    return False


def _may_be_dated(change: Change, table: Table, book: Book) -> bool:
    """Tell whether the rows of the table can be changed for the time that is asked, if any is."""
    if not change.from_date and not change.until_date:
        return True
    if change.from_date and change.until_date and change.until_date < change.from_date:
        words = {"first": "from_date", "start": change.from_date.isoformat()}
        book.say(DATES_REVERSED, change.file, change.row, "until_date", change.until_date, **words)
        return False
    if table.rows_of_a_name == "follow" or (table.name == LEVELS and change.operation != "remove"):
        return True
    place = "from_date" if change.from_date else "until_date"
    cell = change.from_date or change.until_date
    instead = ", ".join(f"`{name}`" for name in _moved_by(table))
    kind = (
        _LEVEL_REMOVED
        if table.name == LEVELS
        else _ONE_YEAR
        if table.name == "budgets"
        else _OTHER_DAYS
        if instead
        else CHANGE_NOT_DATED
    )
    book.say(kind, change.file, change.row, place, cell, table=table.name, instead=instead)
    return False


def _moved_by(table: Table) -> list[str]:
    """Return the fields by which a row is moved in time: those of the days on which it holds, else all of its days."""
    return [name for name in table.days if name] or [field.name for field in table if field.type == "date"]


_MOST_DAYS = 100_000
"""Most days that are added to a date, or taken from it."""

_HOLDS = {
    "code": Phrase(mark("a code")),
    "text": Phrase(mark("words")),
    "choice": Phrase(mark("one of a few words")),
    "yes_no": Phrase(mark("yes or no")),
    "date": Phrase(mark("a date")),
}
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
        kind = CHANGE_OPERATION if change.operation == "add" else _MULTIPLIED_NO_NUMBER
        words: dict[str, Fact] = {"target": field.name, "kind": _HOLDS[field.type]}
        book.say(kind, change.file, change.row, "operation", change.operation, **words)
        return None
    if not change.value:
        kind = _MULTIPLIED_BY_NOTHING if change.operation == "multiply" else CHANGE_WITHOUT_VALUE
        wanted = _DAYS if field.type == "date" else _NUMBER
        book.say(kind, change.file, change.row, "value", wanted=wanted)
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
