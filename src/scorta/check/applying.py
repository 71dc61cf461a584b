"""Changes done to a case, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from scorta.case import TYPES, Case, Change
from scorta.case.changing import is_among, parted, with_values, without
from scorta.check.book import Book, spelling
from scorta.check.draft import Draft
from scorta.check.meant import is_clear, meant_rows
from scorta.check.sound import sound_table
from scorta.check.values import Value, read_value
from scorta.tables import Table

_NOUGHT = (
    *("floor", "objective", "firm", "option", "minimum_per_month", "minimum_lot", "minimum_shipment"),
    *("minimum_order", "lapse_days", "line_hours_per_unit", "unit_cost_eur", "setup_cost_eur", "fixed_cost_eur"),
    *("cost_eur_per_t", "holding_eur_per_month"),
)
"""Fields of which an empty cell means 0; elsewhere it means no limit, or nothing known."""


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
    if not _has_cells(change, held, book) or not _gives_wholes(change, table, held, value, book):
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
        book.say("change-no-time", change.file, change.row, "id", change.id, table=table.name, **days)
        return frame, held.clear()
    return frame, held


def _has_cells(change: Change, held: pl.DataFrame, book: Book) -> bool:
    """Tell whether there are numbers or days to change; say where an empty cell is none."""
    empty = held[change.field].null_count()
    enough = empty == 0 or (change.operation == "multiply" and empty < held.height)
    if change.operation == "set" or change.field in _NOUGHT or enough:
        return True
    what = "add to" if change.operation == "add" else "multiply"
    words = {"target": change.field, "name": change.id, "operation": what}
    book.say("change-of-empty-cell", change.file, change.row, "operation", change.operation, **words)
    return False


def _gives_wholes(change: Change, table: Table, held: pl.DataFrame, value: Value, book: Book) -> bool:
    """Tell whether a whole number stays one; say which does not."""
    if change.operation != "multiply" or table[change.field].type != "whole":
        return True
    results = held.select(_new_cell(change, table, value)).to_series().drop_nulls()
    broken = results.filter(results != results.floor())
    if broken.is_empty():
        return True
    book.say("not-whole", change.file, change.row, "value", spelling(broken[0]))
    return False


def _new_cell(change: Change, table: Table, value: Value) -> pl.Expr:
    """Return what a cell becomes."""
    field, cell = table[change.field], pl.col(change.field)
    if change.operation == "set":
        return pl.lit(value.cell, TYPES[field.type])
    if field.type == "date":
        return cell + pl.duration(days=pl.lit(value.cell, pl.Int64))
    if change.operation == "add":
        return (cell.fill_null(0) if field.name in _NOUGHT else cell) + pl.lit(value.cell)
    return cell * pl.lit(value.cell)
