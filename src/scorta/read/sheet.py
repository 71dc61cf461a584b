"""Make a table of the cells of one sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from scorta.read.grid import Grid, Part, column_letters, table_from_grid
from scorta.read.headings import headings_below
from scorta.read.kinds import finding, listed
from scorta.read.workbook_child import MAX_CELLS, MAX_TEXT
from scorta.tables import Finding

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
        return Part(None, tuple(problems) or (finding("file-empty", file),))
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
        finding("cell-beyond-headings", file, row, value=column_letters(len(cells) - 1))
        for row, cells in body
        if len(cells) > width
    ]
    return listed(file, found)


def _problem(file: str, said: dict[str, Any], named: list[str | None]) -> Finding:
    """Return the finding of a problem that the reader of a workbook met, with the heading over its cell."""
    code, row, column = said["problem"], said["row"], said["column"]
    if code == "sheet-too-large":
        return finding(code, file, rows=f"{row:,}", columns=f"{column:,}", limit=f"{MAX_CELLS:,}")
    heading = named[column - 1] if column <= len(named) else None
    return finding(code, file, row, heading or "", f"{column_letters(column - 1)}{row}", limit=f"{MAX_TEXT:,}")
