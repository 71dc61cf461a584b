"""Read one XLSX workbook: a sheet for each table, and the sheet `scenario`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from scorta.errors import InputError
from scorta.read.csv_file import FILE_EMPTY
from scorta.read.folder import SCENARIO, TABLE_TWICE, unknown_name
from scorta.read.grid import Grid, Part, column_letters, finding, headings_below, listed, read_bytes, table_from_grid
from scorta.read.scenario import SCENARIO_MISSING, read_scenario_sheet
from scorta.read.workbook_child import MAX_CELLS, MAX_TEXT
from scorta.read.workbook_process import Limits, check_workbook, run_child
from scorta.tables import CASE_TABLES, Finding, RawCase, RawTable
from scorta.tables.findings import FileKind

CELL_BEYOND_HEADINGS = FileKind(
    "cell-beyond-headings",
    "error",
    "Row {row} has a cell in column {value}, where there is no heading.",
    "Write a heading over the column, or clear the cell.",
    "A row of a sheet has a cell to the right of the last heading.",
)
SHEET_TOO_LARGE = FileKind(
    "sheet-too-large",
    "error",
    "{file} spans {rows} rows and {columns} columns, more than {limit} cells.",
    "Delete stray cells far below or to the right of the table, or give the table as CSV.",
    "The cells in use of a sheet lie in a rectangle larger than the program will read, "
    "mostly because of one stray cell.",
)
SHEET_TOO_MUCH_TEXT = FileKind(
    "sheet-too-much-text",
    "error",
    "Row {row} has a cell of more than {limit} characters.",
    "Shorten the text of the cell.",
    "A cell of a sheet holds more text than a spreadsheet program allows.",
)
FORMULA_WITHOUT_VALUE = FileKind(
    "formula-without-value",
    "error",
    "Cell {value} holds a formula whose result was not saved.",
    "Open the workbook in a spreadsheet program and save it, or put the value in place of the formula.",
    "A cell holds a formula, and the workbook does not hold what it came to; formulas are not computed here.",
    hides="cell",
)
_OF_CELLS = {kind.code: kind for kind in (SHEET_TOO_MUCH_TEXT, FORMULA_WITHOUT_VALUE)}
"""What the reader of a workbook can have to say about a cell."""

_SHEET_MISSING = SCENARIO_MISSING.but(sentence="The case has no sheet scenario.")


Rows = list[tuple[int, list[str | None]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet that hold a cell, and what the reader of the workbook had to say about others."""

    title: str
    rows: Rows
    problems: list[dict[str, Any]]


def sheets_from_lines(lines: Iterable[str]) -> list[Sheet]:
    """Return the sheets that the reader of a workbook wrote about."""
    sheets: list[Sheet] = []
    for line in filter(None, lines):
        said = json.loads(line)
        if isinstance(said, list):
            sheets[-1].rows.append((said[0], said[1]))
        elif "sheet" in said:
            sheets.append(Sheet(said["sheet"], [], []))
        else:
            sheets[-1].problems.append(said)
    return sheets


def read_sheet(name: str, file: str, sheet: Sheet) -> Part:
    """Return the table of a sheet: its first row that holds a cell is the row of headings."""
    named = sheet.rows[0][1] if sheet.rows else []
    problems = listed(file, [_problem(file, problem, named) for problem in sheet.problems])
    if not sheet.rows:
        return Part(None, tuple(problems) or (finding(FILE_EMPTY, file),))
    top, cells = sheet.rows[0]
    body = sheet.rows[1:]
    if lower := headings_below(name, file, top, cells, body):
        return Part(None, (lower, *problems))
    headings = [heading or "" for heading in cells]
    columns = [[row[at] if at < len(row) else None for _, row in body] for at in range(len(headings))]
    kept = [at for at, heading in enumerate(headings) if heading or any(cell is not None for cell in columns[at])]
    frame = pl.DataFrame([pl.Series(str(at), columns[at], pl.String) for at in kept])
    rows = pl.Series("row", np.array([row for row, _ in body], dtype=np.uint32))
    grid = Grid(tuple(headings[at] for at in kept), top, frame, rows)
    return table_from_grid(name, file, grid, (*_beyond(file, body, len(headings)), *problems))


def _beyond(file: str, body: Rows, width: int) -> list[Finding]:
    """Find the rows with a cell to the right of the last heading."""
    found = [
        finding(CELL_BEYOND_HEADINGS, file, row, value=column_letters(len(cells) - 1))
        for row, cells in body
        if len(cells) > width
    ]
    return listed(file, found)


def _problem(file: str, said: dict[str, Any], named: list[str | None]) -> Finding:
    """Return the finding of a problem that the reader of a workbook met, with the heading over its cell."""
    code, row, column = said["problem"], said["row"], said["column"]
    if code == SHEET_TOO_LARGE.code:
        return finding(SHEET_TOO_LARGE, file, rows=row, columns=column, limit=MAX_CELLS)
    heading = named[column - 1] if column <= len(named) else None
    return finding(_OF_CELLS[code], file, row, heading or "", f"{column_letters(column - 1)}{row}", limit=MAX_TEXT)


OTHER_SHEETS = ("about", "guide", "notes", "readme")
"""Sheets that hold no table and are left alone, in capitals or not."""

MAX_BYTES = 256 << 20
"""The largest workbook that is read, in bytes, packed as it is."""

LIMITS = Limits()
"""What the reader of a workbook may use unless told otherwise."""


def read_workbook(path: Path, limits: Limits = LIMITS) -> RawCase:
    """Return the raw case of a workbook, with all findings of all its sheets."""
    lines = _read_lines(path, limits)
    if isinstance(lines, Finding):
        return RawCase(str(path), {}, path.name, {}, (lines,))
    tables, found = _read_tables(path.name, sheets_from_lines(lines))
    if not tables and not found:
        raise InputError(
            "The workbook {path} holds no table.", "Name a workbook with a sheet for each table.", path=path
        )
    sheet = tables.pop(SCENARIO, None)
    scenario, more = _read_scenario(path.name, sheet, found)
    return RawCase(str(path), scenario, _address(path.name, SCENARIO), _ordered(tables), (*more, *found))


def _read_lines(path: Path, limits: Limits) -> list[str] | Finding:
    """Return what the reader of workbooks wrote about the file, once it is known to be safe."""
    data = read_bytes(path, path.name, MAX_BYTES)
    if isinstance(data, Finding):
        return data
    return check_workbook(path.name, data) or run_child(path.name, data, limits)


def _read_tables(book: str, sheets: Iterable[Sheet]) -> tuple[dict[str, RawTable], list[Finding]]:
    """Return the tables of the sheets by name, that of the scenario among them."""
    parts: dict[str, Part] = {}
    found: list[Finding] = []
    for sheet in sheets:
        name, file = sheet.title, _address(book, sheet.title)
        if name in parts:
            found.append(finding(TABLE_TWICE, file, table=name, other=file))
        elif name in CASE_TABLES or name == SCENARIO:
            parts[name] = read_sheet(name, file, sheet)
            found.extend(parts[name].findings)
        elif sheet.rows and name.strip().lower() not in OTHER_SHEETS:
            found.append(unknown_name(file, name))
    return {name: part.table for name, part in parts.items() if part.table is not None}, found


def _read_scenario(
    book: str, sheet: RawTable | None, found: Iterable[Finding]
) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """Return what the sheet `scenario` says; a sheet that could not be read has its finding already."""
    file = _address(book, SCENARIO)
    if sheet is not None:
        return read_scenario_sheet(sheet)
    missing = finding(_SHEET_MISSING, file, value=f"sheet {SCENARIO}")
    return {}, () if any(one.file == file for one in found) else (missing,)


def _ordered(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Return the tables in the order of the description."""
    return {name: tables[name] for name in CASE_TABLES if name in tables}


def _address(book: str, sheet: str) -> str:
    """Return how a sheet is named in findings."""
    return f"{book}!{sheet}"
