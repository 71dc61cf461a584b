"""What any reader of text finds: headings, cells below them, and where each row stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scorta.read.kinds import finding
from scorta.tables import Finding, RawTable

BLANK = "\t\n\r "
"""Signs of which a cell that shows nothing is made."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one file or sheet: a column of the frame for each heading, in order, whatever it is called.

    `top` is the row on which the headings stand; `rows` tells on which row each row of the frame stands.
    """

    headings: tuple[str, ...]
    top: int
    frame: pl.DataFrame
    rows: pl.Series


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one file or sheet: the table, if there is one, and what there is to say about it."""

    table: RawTable | None
    findings: tuple[Finding, ...] = ()


def table_from_grid(name: str, file: str, grid: Grid, found: tuple[Finding, ...]) -> Part:
    """Return the table of a grid: headings checked, columns named by them, rows without any cell left out."""
    named = _named_columns(grid.headings)
    columns = grid.frame.get_columns()
    frame = pl.DataFrame([columns[at].alias(heading) for heading, at in named.items()])
    frame, rows = drop_empty_rows(frame, grid.rows)
    return Part(RawTable(name, file, frame, rows), (*_heading_findings(file, grid), *found))


def row_numbers(first: int, count: int) -> pl.Series:
    """Return the numbers of rows that follow one another."""
    return pl.Series("row", np.arange(first, first + count, dtype=np.uint32))


def drop_empty_rows(frame: pl.DataFrame, rows: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """Return a frame and its row numbers without the rows that hold no cell, or none but spaces."""
    if frame.is_empty() or any(_is_full(column) for column in frame):
        return frame, rows
    kept = frame.select(filled()).to_series()
    return (frame, rows) if kept.all() else (frame.filter(kept), rows.filter(kept))


def filled() -> pl.Expr:
    """Tell of each row whether some cell of it shows anything."""
    is_filled = (pl.exclude(pl.String).is_not_null(), pl.col(pl.String).str.strip_chars(BLANK) != "")
    return pl.any_horizontal(*is_filled).fill_null(value=False)


def _is_full(column: pl.Series) -> bool:
    """Tell quickly whether no cell of a column is empty or blank: every text that starts so sorts before this one."""
    return not column.null_count() and (column.dtype != pl.String or str(column.min()) >= "!")


def column_letters(at: int) -> str:
    """Return the letters over a column, as a spreadsheet has them: 0 is A, 26 is AA."""
    letters = ""
    while at >= 0:
        at, rest = divmod(at, 26)
        letters = chr(65 + rest) + letters
        at -= 1
    return letters


def _named_columns(headings: tuple[str, ...]) -> dict[str, int]:
    """Return at which place each heading first stands; a column without a heading is left out."""
    named: dict[str, int] = {}
    for at, heading in enumerate(headings):
        if heading.strip():
            named.setdefault(heading, at)
    return named


def _heading_findings(file: str, grid: Grid) -> list[Finding]:
    """Find empty headings, and headings that stand twice."""
    named, found = _named_columns(grid.headings), []
    for at, heading in enumerate(grid.headings):
        if not heading.strip():
            found.append(finding("heading-empty", file, grid.top, value=column_letters(at)))
        elif named[heading] != at:
            first, second = column_letters(named[heading]), column_letters(at)
            found.append(finding("heading-duplicate", file, grid.top, heading, first=first, second=second))
    return found
