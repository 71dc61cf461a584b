"""The value of a change, read as the cell it goes to or as the number it changes that cell by."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from scorta.case import Change
from scorta.check.book import Book
from scorta.check.cells import read_cells
from scorta.tables import Field, RawTable, Table

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
