"""Which rows a change means: those of a name, the one at an address, or a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from scorta.case import ROW, Change
from scorta.case.changing import SPANS, find_rows, is_among, name_of, take_turns, with_row
from scorta.check.book import Book
from scorta.check.draft import Draft
from scorta.check.nearest import hint
from scorta.check.values import read_value
from scorta.tables import Table

_ADDING_UP = ("stocks", "receipts", "lines", "budgets")
"""Tables of which several rows of one name add up: a number for all of them is not one for each."""

_NAMED = 5
"""Addresses of rows that a finding names."""


def meant_rows(change: Change, table: Table, draft: Draft, changes: Sequence[Change], book: Book) -> pl.Series | None:
    """Return the rows that are meant, a new one where all that is set in it makes a row; or say why there are none."""
    frame, file = draft[table], draft.file(table)
    rows = find_rows(frame, table, change.id, file)
    if not rows.is_empty():
        return rows
    is_new = change.operation == "set" and len(table.naming) == 1 and not (change.from_date or change.until_date)
    if is_new:
        return _new_row(change, table, draft, changes, book)
    words = {"table": table.name, "naming": "/".join(table.naming), "address": f"{file}:2"}
    book.say("change-unknown-row", change.file, change.row, "id", change.id, hint=_near(change, table, frame), **words)
    return None


def _near(change: Change, table: Table, frame: pl.DataFrame) -> str:
    """Ask whether a row with a name like it was meant."""
    return hint(change.id, frame.select(name_of(table)).to_series().drop_nulls().unique(maintain_order=True))


def _new_row(change: Change, table: Table, draft: Draft, changes: Sequence[Change], book: Book) -> pl.Series | None:
    """Make a row of all that is set in it, whichever change comes first; say once what it would lack."""
    given = [one for one in changes if _is_of_same_row(one, change) and one.field in table.names]
    lacking = _lacking(table, given)
    if lacking:
        words = {"fields": ", ".join(lacking), "hint": _near(change, table, draft[table])}
        if change == next(iter(given)):
            book.say("change-incomplete-row", change.file, change.row, "id", change.id, table=table.name, **words)
        return None
    values = [(one.field, read_value(one, table, Book())) for one in reversed(given)]
    cells = {name: value.cell for name, value in values if value is not None}
    draft[table] = with_row(draft[table], table, cells | {table.naming[0]: change.id})
    return draft[table][ROW].tail(1)


def _is_of_same_row(one: Change, change: Change) -> bool:
    return (one.operation, one.table, one.id) == ("set", change.table, change.id)


def _lacking(table: Table, given: Iterable[Change]) -> list[str]:
    """Return the fields that every row must fill and that are not set; only a draft need may lack its quantity."""
    values = {one.field: one.value for one in given} | {table.naming[0]: "its name"}
    needed = [field.name for field in table if field.required]
    if table.name == "needs" and values.get("state") == "draft":
        needed.remove("quantity")
    return [name for name in needed if not values.get(name)]


def is_clear(change: Change, table: Table, draft: Draft, rows: pl.Series, book: Book) -> bool:
    """Tell whether one number is meant for all of several rows; say so where they add up or are of several owners."""
    if len(rows) < 2 or change.operation in ("multiply", "remove"):
        return True
    if table[change.field].type not in ("number", "whole"):
        return True
    frame, file = draft[table], draft.file(table)
    is_one = frame.filter(is_among(rows)).select(table.naming).n_unique() == 1
    has_turns = table.name in SPANS and take_turns(frame, table, rows, draft.as_of)
    if is_one and (table.name not in _ADDING_UP or has_turns):
        return True
    addresses = ", ".join(f"{file}:{row}" for row in rows.head(_NAMED))
    words = {"count": f"{len(rows):,} rows", "operation": change.operation, "target": change.field}
    book.say(
        "change-many-rows", change.file, change.row, "id", change.id, table=table.name, addresses=addresses, **words
    )
    return False
