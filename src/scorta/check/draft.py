"""A case in the making: changes done to it one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from scorta.case import ROW, TYPES, Case, Change, changes_in
from scorta.case.rows import (
    find_rows,
    is_among,
    name_of,
    names_many,
    parted,
    take_turns,
    with_row,
    with_values,
    without,
)
from scorta.check.book import Book, named, spelling
from scorta.check.change import Value, read_value, sound_table
from scorta.check.spelling import NOT_WHOLE, nearest
from scorta.tables import Finding, FindingKind, Table, address_of

CHANGE_UNKNOWN_ROW = FindingKind(
    "change-unknown-row",
    "error",
    "The table `{table}` has no row `{value}`.",
    "Write its {naming}, or the address of a row, such as {address}.",
    "A change names a row that its table does not have, or that an earlier change has removed.",
)
CHANGE_INCOMPLETE_ROW = FindingKind(
    "change-incomplete-row",
    "error",
    "The table `{table}` has no row `{value}`, and a new one would lack {fields}.",
    "Name a row that is there, or set these fields of the new row too.",
    "A value is set in a row that is not there: all that is set in it makes a new row, which lacks a field that "
    "every row must fill.",
)
CHANGE_MANY_ROWS = FindingKind(
    "change-many-rows",
    "error",
    "{number} rows of `{table}` have the name `{value}`, so it is not clear in which of them to set `{target}`.",
    "Name one by its address: {addresses}. `multiply` and `remove` change all of them.",
    "A number is to be set in, or added to, one of several rows that add up, such as the lots of a stock.",
)
_ADD_TO_MANY_ROWS = CHANGE_MANY_ROWS.but(
    sentence=(
        "{number} rows of `{table}` have the name `{value}`, so it is not clear in which of them to add to `{target}`."
    )
)
CHANGE_OF_EMPTY_CELL = FindingKind(
    "change-of-empty-cell",
    "error",
    "`{target}` of {name} is empty: there is nothing to add to.",
    "Use `set` with the new value.",
    "A number is to be added to, or multiplied with, a cell that is empty and does not mean 0 by that.",
)
_NOTHING_TO_MULTIPLY = CHANGE_OF_EMPTY_CELL.but(sentence="`{target}` of {name} is empty: there is nothing to multiply.")
CHANGE_NO_TIME = FindingKind(
    "change-no-time",
    "error",
    "No row `{value}` of `{table}` holds in that time of the plan.",
    "Correct `from_date` and `until_date`: the plan is from {first} to {last}.",
    "A change is for a time that lies outside the plan, or in which no row of that name is in force.",
)
WHAT_IFS = FindingKind(
    "what-ifs",
    "note",
    "{number} what-ifs are listed, which a plan leaves aside: {names}.",
    "Plan one with `scorta plan CASE --change NAME`.",
    "The case has a table `changes`: each name in it is a what-if, used only where it is asked for.",
    one="{number} what-if is listed, which a plan leaves aside: {names}.",
)


class Draft:
    """A case in the making; it does not leave the room.

    `tables` holds the tables that were changed, `touched` the last change of each row, by table and row number.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self.tables: dict[str, pl.DataFrame] = {}
        self.touched: dict[tuple[str, int], Change] = {}

    def __getitem__(self, table: Table) -> pl.DataFrame:
        """Return a table as it is now."""
        return self.tables.get(table.name, self._case[table.name])

    def __setitem__(self, table: Table, frame: pl.DataFrame) -> None:
        self.tables[table.name] = frame

    def file(self, table: Table) -> str:
        """Return the file, or sheet, of a table: that which it has, or would have beside the others."""
        return file_of(self._case, table.name)

    @property
    def as_of(self) -> dt.date:
        """The first day of the plan."""
        return self._case.horizon.as_of

    @property
    def last_day(self) -> dt.date:
        """The last day of the plan."""
        return self._case.horizon.date(self._case.horizon.last_day)


def file_of(case: Case, name: str) -> str:
    """Return the file, or sheet, in which something of a case stands, or would stand beside its tables."""
    first = next(iter(case.files.values()), "")
    book, is_sheet, _ = first.rpartition("!")
    is_named = "." in name or first.isidentifier()  # a case made in Python has no files
    beside = f"{book}!{name}" if is_sheet else name if is_named else f"{name}.csv"
    return case.files.get(name, beside)


_NAMED = 5
"""Addresses of rows that a finding names."""


def meant_rows(change: Change, table: Table, draft: Draft, changes: Sequence[Change], book: Book) -> pl.Series | None:
    """Return the rows that are meant, a new one where all that is set in it makes a row; or say why there are none."""
    frame, file = draft[table], draft.file(table)
    rows = find_rows(frame, table, change.id, file)
    if not rows.is_empty():
        return rows
    is_new = change.operation == "set" and len(table.naming) == 1 and not names_many(change.id)
    is_new &= not (change.from_date or change.until_date)
    if is_new:
        return _new_row(change, table, draft, changes, book)
    words = {"table": table.name, "naming": "/".join(table.naming), "address": address_of(file, 2)}
    book.say(CHANGE_UNKNOWN_ROW, change.file, change.row, "id", change.id, guess=_near(change, table, frame), **words)
    return None


def _near(change: Change, table: Table, frame: pl.DataFrame) -> str:
    """Return the name of the row that was probably meant, or nothing."""
    return nearest(change.id, frame.select(name_of(table)).to_series().drop_nulls().unique(maintain_order=True))


def _new_row(change: Change, table: Table, draft: Draft, changes: Sequence[Change], book: Book) -> pl.Series | None:
    """Make a row of all that is set in it, whichever change comes first; say once what it would lack."""
    given = [one for one in changes if _is_of_same_row(one, change) and one.field in table.names]
    lacking = _lacking(table, given)
    if lacking:
        words = {"fields": ", ".join(lacking), "guess": _near(change, table, draft[table])}
        if change == next(iter(given)):
            book.say(CHANGE_INCOMPLETE_ROW, change.file, change.row, "id", change.id, table=table.name, **words)
        return None
    values = [(one.field, read_value(one, table, Book())) for one in reversed(given)]
    cells = {name: value.cell for name, value in values if value is not None}
    draft[table] = with_row(draft[table], table, cells | {table.naming[0]: change.id})
    return draft[table][ROW].tail(1)


def _is_of_same_row(one: Change, change: Change) -> bool:
    return (one.operation, one.table, one.id) == ("set", change.table, change.id)


def _lacking(table: Table, given: Iterable[Change]) -> list[str]:
    """Return the fields that the row must fill and that are not set."""
    values = {one.field: one.value for one in given} | {table.naming[0]: "its name"}
    return [field.name for field in table if field.is_needed(values) and not values.get(field.name)]


def is_clear(change: Change, table: Table, draft: Draft, rows: pl.Series, book: Book) -> bool:
    """Tell whether one number is meant for all of several rows; say so where they add up or are of several owners."""
    if len(rows) < 2 or change.operation in ("multiply", "remove") or names_many(change.id):
        return True
    if table[change.field].type not in ("number", "whole"):
        return True
    frame, file = draft[table], draft.file(table)
    is_one = frame.filter(is_among(rows)).select(table.naming).n_unique() == 1
    adds_up = table.rows_of_a_name == "add up"
    if table.name == "lines":
        adds_up = not take_turns(frame, table, rows, draft.as_of)
    if is_one and not adds_up:
        return True
    addresses = ", ".join(address_of(file, row) for row in rows.head(_NAMED))
    words = {"table": table.name, "addresses": addresses, "target": change.field}
    kind = _ADD_TO_MANY_ROWS if change.operation == "add" else CHANGE_MANY_ROWS
    book.say(kind, change.file, change.row, "id", change.id, number=len(rows), **words)
    return False


def apply_changes(case: Case, changes: Sequence[Change], book: Book) -> Draft:
    """Do changes to a case in their order; one that cannot be done is told in the book and left out."""
    draft = Draft(case)
    for change in changes:
        table = sound_table(change, book)
        value = None if table is None else read_value(change, table, book)
        if table is not None and value is not None:
            rows = meant_rows(change, table, draft, changes, book)
            if rows is not None and is_clear(change, table, draft, rows, book):
                _apply(change, table, draft, rows, value, book)
    return draft


def _apply(change: Change, table: Table, draft: Draft, rows: pl.Series, value: Value, book: Book) -> None:
    """Do one change to some rows, or to the part of them that holds in its time."""
    frame = draft[table]
    if change.from_date or change.until_date:
        frame, rows = _in_its_time(change, table, draft, rows, book)
        if rows.is_empty():
            return
    if change.operation == "remove":
        draft[table] = without(frame, rows)
        return
    held = frame.filter(is_among(rows))
    if not _has_cells(change, table, held, book) or not _gives_wholes(change, table, held, value, book):
        return
    draft[table] = with_values(frame, rows, change.field, _new_cell(change, table, value))
    draft.touched.update({(table.name, row): change for row in rows})


def _in_its_time(
    change: Change, table: Table, draft: Draft, rows: pl.Series, book: Book
) -> tuple[pl.DataFrame, pl.Series]:
    """Part the rows at the first and last day of the change; say where none of them holds between."""
    begin, end = draft.as_of, draft.last_day
    first, last = change.from_date or begin, change.until_date or end
    span = (first if first > begin else None, last if last < end else None)
    frame, held = parted(draft[table], table, rows, span, begin)
    if held.is_empty() or first > end or last < begin:
        days = {"first": begin.isoformat(), "last": end.isoformat()}
        book.say(CHANGE_NO_TIME, change.file, change.row, "id", change.id, table=table.name, **days)
        return frame, held.clear()
    return frame, held


def _has_cells(change: Change, table: Table, held: pl.DataFrame, book: Book) -> bool:
    """Tell whether there are numbers or days to change; say where an empty cell is none."""
    empty = held[change.field].null_count()
    enough = empty == 0 or (change.operation == "multiply" and empty < held.height)
    if change.operation == "set" or table[change.field].zero_if_empty or enough:
        return True
    kind = _NOTHING_TO_MULTIPLY if change.operation == "multiply" else CHANGE_OF_EMPTY_CELL
    book.say(kind, change.file, change.row, "operation", change.operation, target=change.field, name=change.id)
    return False


def _gives_wholes(change: Change, table: Table, held: pl.DataFrame, value: Value, book: Book) -> bool:
    """Tell whether a whole number stays one; say which does not."""
    if change.operation != "multiply" or table[change.field].type != "whole":
        return True
    results = held.select(_new_cell(change, table, value)).to_series().drop_nulls()
    broken = results.filter(results != results.floor())
    if broken.is_empty():
        return True
    book.say(NOT_WHOLE, change.file, change.row, "value", spelling(broken[0]))
    return False


def _new_cell(change: Change, table: Table, value: Value) -> pl.Expr:
    """Return what a cell becomes."""
    field, cell = table[change.field], pl.col(change.field)
    if change.operation == "set":
        return pl.lit(value.cell, TYPES[field.type])
    if field.type == "date":
        return cell + pl.duration(days=pl.lit(value.cell, pl.Int64))
    if change.operation == "add":
        return (cell.fill_null(0) if field.zero_if_empty else cell) + pl.lit(value.cell)
    return cell * pl.lit(value.cell)


_LISTED = 5
"""What-ifs that the note names."""


def check_listed(case: Case) -> tuple[Finding, ...]:
    """Name the what-ifs of a case, and warn of those that could not be planned."""
    changes = changes_in(case["changes"], case.files.get("changes", "changes.csv"))
    names = list(dict.fromkeys(change.change for change in changes))
    if not names:
        return ()
    book = Book()
    book.say(WHAT_IFS, changes[0].file, number=len(names), names=named(names, _LISTED))
    for name in names:
        apply_changes(case, [change for change in changes if change.change == name], book)
    return tuple(replace(one, severity="warning") if one.severity == "error" else one for one in book.findings())
