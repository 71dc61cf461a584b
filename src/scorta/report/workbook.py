"""A plan as a workbook: a sheet for each view, with names beside codes, real dates, frozen heads and filters."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from scorta.errors import OutputError
from scorta.languages import say
from scorta.report.files import check_file, is_workbook, put_file
from scorta.report.page import Column, Grid, Kind, in_language
from scorta.report.show import show_view, shown_columns, sorted_rows
from scorta.report.view import View
from scorta.report.views import VIEWS
from scorta.tables import CASE_TABLES, PLAN_TABLES

if TYPE_CHECKING:
    from scorta.case import Case
    from scorta.plan import Plan

MOST_ROWS = 1_048_575
"""Rows of a sheet below its head: Excel has no more."""

_MARK = "Written by Scorta"
"""What stands in the properties of a workbook, so that it is known for a plan and may be replaced by the next."""

_FORMATS: Mapping[Kind, str] = {
    "date": "yyyy-mm-dd",
    "number": "#,##0.##",
    "share": "0.0 %",
    "gap": "0.0000 %",
    "year": "0",
}
_WIDTHS: Mapping[Kind, int] = {"text": 22, "date": 12}
_WHOLE = "#,##0"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet before it is written: its name, its columns, and its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]


def write_plan_workbook(plan: Plan, path: Path, case: Case | None = None) -> None:
    """Write a plan as a workbook; with the case it was made of, the names of what codes name stand beside them.

    Raises:
        OutputError: it cannot be written, or something else than the workbook of a plan is there.
    """
    import xlsxwriter  # a twelfth of a second, for this alone

    check_workbook(path)
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plan.record.title, "comments": _MARK})
    formats = {kind: book.add_format({"num_format": form}) for kind, form in (*_FORMATS.items(), ("whole", _WHOLE))}
    head = book.add_format({"bold": True, "bg_color": "#DCE6F2", "bottom": 1})
    for sheet in _sheets(plan, case):
        _write_sheet(book.add_worksheet(sheet.name), sheet, head, formats)
    book.close()
    put_file(packed.getvalue(), path)


def check_workbook(path: Path) -> None:
    """Try whether a plan may be written as a workbook, before anybody waits for one.

    Raises:
        OutputError: no workbook has such a name, something else than the workbook of a plan is there, or nothing can be
            written there.
    """
    if not is_workbook(path):
        raise OutputError("{path} is no name of a workbook.", "Name a file that ends in .xlsx.", path=path)
    try:
        ours = not path.exists() or _MARK.encode() in zipfile.ZipFile(path).read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        ours = False
    if not ours:
        raise OutputError("{path} is something else than a plan.", "Name another file, or move that away.", path=path)
    check_file(path)


def _sheets(plan: Plan, case: Case | None) -> Iterator[_Sheet]:
    """Yield the record and every view that has rows."""
    record, sheets = plan.record, [_sheet_of_grid(name, plan) for name in ("tiers", "changes")]
    sheets += [_sheet_of_view(view, plan, case) for main in VIEWS.values() for view in (main, *main.below)]
    facts = [
        (say("Plan"), record.title),
        (say("First day"), record.as_of),
        (say("Solved in, seconds"), record.seconds),
        (say("Gap to the best, proved"), record.certified_gap),
        (say("Gap to the best, as the solver says"), record.claimed_gap),
    ]
    facts += [(say("Version of {name}", name=name), version) for name, version in record.versions.items()]
    facts += [
        (say("Rows of {name} that do not fit", name=one.name), len(one.rows) - MOST_ROWS)
        for one in sheets
        if len(one.rows) > MOST_ROWS
    ]
    yield _Sheet("plan", in_language((Column("Fact"), Column("Value"))), list(facts))
    yield from (sheet for sheet in sheets if sheet.rows)


def _sheet_of_grid(name: str, plan: Plan) -> _Sheet:
    """Return what the page of a view shows as a sheet."""
    block = show_view(plan, name).blocks[0]
    return _Sheet(name, block.columns, list(block.rows)) if isinstance(block, Grid) else _Sheet(name, (), [])


def _sheet_of_view(view: View, plan: Plan, case: Case | None) -> _Sheet:
    """Return the rows of a view as a sheet, in the columns of its page."""
    rows = sorted_rows(plan, view)
    columns, shown = list[Column](), list[pl.Series]()
    fields = shown_columns(rows, view)
    for field, column in zip(fields, in_language(fields.values()), strict=True):
        columns.append(column)
        shown.append(rows[field])
        if (names := _names(view, field, case)) is not None:
            columns.append(Column(say("{column}, name", column=column.title)))
            shown.append(rows[field].replace_strict(names, default=None, return_dtype=pl.String))
    name = view.name if VIEWS[view.name] is view else view.title.lower()
    return _Sheet(name, tuple(columns), list(zip(*(column.to_list() for column in shown), strict=True)))


def _names(view: View, field: str, case: Case | None) -> dict[str, str] | None:
    """Return the name of each code that stands in a field, where the case has names for them."""
    known = {each.name: each.refers_to for each in PLAN_TABLES[view.table]}
    tables = [name for name in known.get(field, ()) if "name" in CASE_TABLES[name].names]
    if case is None or not tables:
        return None
    pairs = pl.concat(
        [case[name].select(pl.col(CASE_TABLES[name].fields[0].name).alias("code"), "name") for name in tables]
    )
    return dict(pairs.drop_nulls().unique("code", keep="first").iter_rows()) or None


def _write_sheet(sheet: Any, page: _Sheet, head: Any, formats: Mapping[str, Any]) -> None:
    """Write one sheet: a frozen head with filters, and each cell by its type."""
    rows = page.rows[:MOST_ROWS]
    for at, column in enumerate(page.columns):
        cells: list[Any] = [row[at] for row in rows]
        if column.kind == "choice":
            cells = [cell and say(cell) for cell in cells]
        kind = (
            "whole"
            if column.kind == "number" and all(cell is None or cell == round(cell) for cell in cells)
            else column.kind
        )
        sheet.write_string(0, at, column.title, head)
        sheet.set_column(at, at, max(_WIDTHS.get(column.kind, 11), len(column.title) + 2), formats.get(kind))
        for row, cell in enumerate(cells, start=1):
            _write_cell(sheet, row, at, cell, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), max(len(page.columns) - 1, 0))


def _write_cell(sheet: Any, row: int, at: int, cell: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, at, cell, formats["date"])
    elif isinstance(cell, bool):
        sheet.write_boolean(row, at, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, at, cell)
    elif cell is not None:
        sheet.write_string(row, at, str(cell))
