"""What any reader of text finds: headings, cells below them, and where each row stands."""

from __future__ import annotations

import ctypes
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from scorta.languages import mark, reason_of
from scorta.tables import CASE_TABLES, Finding, FindingKind, Phrase, RawTable, Table
from scorta.tables.findings import MORE_ROWS, Fact, FileKind

FILE_UNREADABLE = FileKind(
    "file-unreadable",
    "error",
    "{file} could not be read: {reason}.",
    "See that the file is there and may be read, then try again.",
    "The system refused to open or to read a file, the file disappeared, or it is no ordinary file.",
)
FILE_TOO_LARGE = FileKind(
    "file-too-large",
    "error",
    "{file} holds more than {limit}.",
    "Split the table over several cases, or see whether it is the right file.",
    "A file is larger than the program will read into memory.",
)
HEADING_DUPLICATE = FileKind(
    "heading-duplicate",
    "error",
    "The heading {field} stands over columns {first} and {second}.",
    "Keep one of the two columns, or rename one.",
    "Two columns of a table have the same heading; only the first is kept.",
)
HEADING_EMPTY = FileKind(
    "heading-empty",
    "error",
    "Column {value} has no heading.",
    "Write a heading over it, or delete the column.",
    "A column of a table has cells but an empty heading, or a row of headings has an empty cell.",
)
HEADINGS_BELOW = FileKind(
    "headings-below",
    "error",
    "Row {row} holds no known heading; row {below} looks like the headings.",
    "Remove the rows above row {below}.",
    "A title or other rows stand above the headings of a table; the table was not read.",
)


LISTED = 10_000
"""Findings of one kind that are made for one file; the rest are counted. What is listed of them, the check decides."""

SHOWN = 60
"""Characters of a cell that a finding shows."""


def finding(
    kind: FindingKind, /, file: str, row: int | None = None, field: str = "", value: str = "", **facts: Fact
) -> Finding:
    """Return the finding of that kind at an address, of what stands there no more than can be shown."""
    return kind.at(file, row, field, shorten(value), **facts)


def shorten(value: str) -> str:
    """Return a cell as a finding shows it: on one line, its end cut where it is long."""
    line = " ".join(value.split()) if len(value) < 10 * SHOWN else " ".join(value[: 10 * SHOWN].split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 3]}..."


def listed(file: str, found: list[Finding], count: int | None = None) -> list[Finding]:
    """Return the first findings of one kind, and how many more there are; `count` tells where not all are made."""
    count = len(found) if count is None else count
    if count <= LISTED:
        return found
    left, kind = count - LISTED, found[0].code
    more = finding(MORE_ROWS, file, value=kind, number=left, kind=kind, shown=LISTED)
    return [*found[:LISTED], replace(more, stands_for=left)]


MAX_BYTES = 2 << 30
"""The largest file that is read into memory, in bytes."""

LARGE = 16 << 20
"""From how many bytes on a file is read into large pages."""

PAGE, MADV_HUGEPAGE = 4096, 14
"""The size of an ordinary page, and how Linux is asked for large ones."""


SHORTER = mark("it became shorter while it was read")
"""Why a file is not read of which another program takes something away."""


def read_bytes(path: Path, file: str, limit: int | None = None) -> bytes | Finding:
    """Return the content of a file, or the finding that says why there is none."""
    limit = MAX_BYTES if limit is None else limit
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return finding(FILE_UNREADABLE, file, reason=Phrase(mark("it is not an ordinary file")))
        if about.st_size > limit:
            return finding(FILE_TOO_LARGE, file, limit=f"{limit >> 20} MiB")
        return path.read_bytes() if about.st_size < LARGE else _read_large(path, about.st_size)
    except OSError as error:
        return finding(FILE_UNREADABLE, file, reason=why_unread(error))


def _read_large(path: Path, size: int) -> bytes:
    """Return the content of a large file, in large pages where there are any: touching memory is what takes long."""
    whole = BytesIO(bytes(size))
    with path.open("rb") as file, whole.getbuffer() as buffer:
        _ask_for_large_pages(np.frombuffer(buffer, np.uint8))
        if file.readinto(buffer) != size:
            raise OSError(0, SHORTER)
    return whole.getvalue()


def _ask_for_large_pages(memory: npt.NDArray[np.uint8]) -> None:
    """Advise Linux to give memory that was not touched yet in large pages; elsewhere nothing happens."""
    start = -(-memory.ctypes.data // PAGE) * PAGE
    size = memory.ctypes.data + memory.size - start
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), MADV_HUGEPAGE)


def why_unread(error: OSError) -> str | Phrase:
    """Return what the system says, as part of a sentence."""
    reason = reason_of(error)
    return reason if "{" in reason else Phrase(reason)


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
            found.append(finding(HEADING_EMPTY, file, grid.top, value=column_letters(at)))
        elif named[heading] != at:
            first, second = column_letters(named[heading]), column_letters(at)
            found.append(finding(HEADING_DUPLICATE, file, grid.top, heading, first=first, second=second))
    return found


LOOKED_AT = 9
"""Rows below the first one in which headings are looked for."""

Cells = Sequence[str | None]
"""The cells of one row."""


def headings_below(
    name: str, file: str, top: int, headings: Cells, rows: Iterable[tuple[int, Cells]]
) -> Finding | None:
    """Return the finding that the headings stand on one of the rows below the first, or None where they do not."""
    table = CASE_TABLES.get(name)
    if table is None or _count_known(table, headings):
        return None
    below = (row for row, cells in islice(rows, LOOKED_AT) if _are_headings(table, cells))
    lower = next(below, None)
    return None if lower is None else finding(HEADINGS_BELOW, file, top, below=lower)


def _are_headings(table: Table, cells: Cells) -> bool:
    """Tell whether more than half of the cells that hold something name a field of the table."""
    return 2 * _count_known(table, cells) > sum(bool(cell) for cell in cells)


def _count_known(table: Table, cells: Cells) -> int:
    """Count the cells that name a field of the table, by its present or a former name."""
    known = {name for field in table for name in (field.name, *field.aliases)}
    return sum(cell in known for cell in cells)
