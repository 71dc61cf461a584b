"""Read one CSV file: one strict dialect, never guessed, every row counted.

UTF-8, commas, double quotes doubled inside, LF or CRLF, the headings in the first line that holds anything. The quick
way lets Polars parse, and finds commas and line ends over the bytes beside it, since Polars fills up short rows and at
times cuts long ones without a word. Where the two disagree, the careful reader decides.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from scorta.languages import mark
from scorta.read.csv_records import CSV_LINE_END, Record, read_records
from scorta.read.csv_structure import Structure, find_structure, row_at
from scorta.read.grid import (
    BLANK,
    LISTED,
    Grid,
    Part,
    filled,
    finding,
    headings_below,
    listed,
    row_numbers,
    table_from_grid,
)
from scorta.tables import Finding, FindingKind, Phrase
from scorta.tables.findings import FileKind

SAVE_UTF8 = "Save the file as CSV UTF-8 and read it again."

CSV_UTF16 = FileKind(
    "csv-utf16",
    "error",
    "{file} is in UTF-16 or UTF-32, not in UTF-8.",
    SAVE_UTF8,
    "A CSV file begins with the mark of UTF-16 or UTF-32, or is full of zero bytes as those are.",
)
CSV_NOT_UTF8 = FileKind(
    "csv-not-utf8",
    "error",
    "Row {row} of {file} holds the byte {value}, which is not UTF-8.",
    SAVE_UTF8,
    "A CSV file holds a byte that UTF-8 does not allow, mostly because it was saved as Latin-1 or Windows-1252. "
    "Only the first such row is named.",
)
CSV_ZERO_BYTE = FileKind(
    "csv-zero-byte",
    "error",
    "Row {row} of {file} holds a zero byte.",
    "See whether the file is damaged, and save it again as CSV UTF-8.",
    "A CSV file holds a zero byte, which no text has. Only the first such row is named.",
)
FILE_EMPTY = FileKind(
    "file-empty",
    "error",
    "{file} is empty: it has no row of headings.",
    "Write the headings of the table in the first row, or delete the file.",
    "A file or sheet of a table holds nothing, not even headings.",
)
CSV_DELIMITER = FileKind(
    "csv-delimiter",
    "error",
    "The headings of {file} are separated by {signs}, not by commas.",
    "Save the file with a comma between the cells.",
    "The row of headings of a CSV file holds a semicolon, a tab or a vertical bar; the separator is never guessed.",
)
CSV_RAGGED_ROW = FileKind(
    "csv-ragged-row",
    "error",
    "Row {row} has {number} cells, the header has {headings}.",
    "See whether a comma is missing or too many; a cell that holds a comma stands between double quotes.",
    "A row of a CSV file has more or fewer cells than there are headings.",
    one="Row {row} has {number} cell, the header has {headings}.",
    hides="row",
)


WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""What a file in UTF-16 or UTF-32 begins with (the mark of UTF-32 LE begins with that of UTF-16 LE)."""

CHUNK = 1 << 20
"""Bytes decoded in one go."""


def drop_mark(data: bytes) -> bytes:
    """Return the bytes without the mark of UTF-8, with which some programs begin a file."""
    return data.removeprefix(codecs.BOM_UTF8)


def is_wide(data: bytes) -> bool:
    """Tell whether the bytes are UTF-16 or UTF-32: by their mark, or by the zero bytes of plain letters in them."""
    head = data[:200]
    return data.startswith(WIDE_MARKS) or head.count(0) * 3 > len(head)


def check_encoding(file: str, data: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the bytes as UTF-8 and what was wrong with them; what is no UTF-8 is replaced by U+FFFD."""
    found = []
    if (at := data.find(0)) >= 0:
        found.append(finding(CSV_ZERO_BYTE, file, row_at(data, at)))
        data = data.replace(b"\0", "\ufffd".encode())
    wrong = None if data.isascii() else _first_wrong(data)
    if wrong is not None:
        found.append(finding(CSV_NOT_UTF8, file, row_at(data, wrong), value=f"0x{data[wrong]:02X}"))
        data = data.decode(errors="replace").encode()
    return data, tuple(found)


def _first_wrong(data: bytes) -> int | None:
    """Return where the first byte stands that is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for at in range(0, len(data), CHUNK):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(data[at : at + CHUNK], final=at + CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return at - kept + error.start
    return None


BLANK_LINES = re.compile(rb"(?:\r?\n)*")

HEAD = 1 << 16
"""Bytes at the beginning of a file in which headings below the first row are looked for."""

OTHER_DELIMITERS = {
    ";": Phrase(mark("semicolons")),
    "\t": Phrase(mark("tabs")),
    "|": Phrase(mark("vertical bars")),
}


def read_csv(name: str, file: str, data: bytes) -> Part:
    """Return the table of a CSV file and everything that is wrong with the file."""
    if is_wide(data):
        return Part(None, (finding(CSV_UTF16, file),))
    data, found = check_encoding(file, drop_mark(data))
    blank = BLANK_LINES.match(data)
    above = blank.group().count(b"\n") if blank else 0
    data = data[blank.end() :] if blank and above else data
    if not data:
        return Part(None, (*found, finding(FILE_EMPTY, file)))
    headings = _read_headings(data)
    if other := _other_delimiter(headings):
        return Part(None, (*found, finding(CSV_DELIMITER, file, above + 1, value=other.words, signs=other)))
    if lower := headings_below(name, file, above + 1, headings, _rows_below(data, above + 2)):
        return Part(None, (*found, lower))
    grid, more = read_cells(file, data, headings, above + 1)
    return table_from_grid(name, file, grid, (*found, *more))


def _read_headings(data: bytes) -> tuple[str, ...]:
    """Return the cells of the first record."""
    line = data[: data.find(b"\n")] if b"\n" in data else data
    line = line.removesuffix(b"\r")
    if b'"' in line or b"\r" in line:
        return next(read_records(data.decode())).cells
    return tuple(line.decode().split(","))


def _rows_below(data: bytes, first: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the first rows below that of the headings, each with its number."""
    records = read_records(data[:HEAD].decode(errors="replace"))
    next(records)
    yield from enumerate((record.cells for record in records), first)


def _other_delimiter(headings: Iterable[str]) -> Phrase | None:
    """Return the name of the separator that stands within a heading, or nothing."""
    together = "".join(headings)
    return next((name for sign, name in OTHER_DELIMITERS.items() if sign in together), None)


ONCE = (CSV_LINE_END,)
"""Faults that are told once for a file: where one row has it, most have."""


def read_cells(file: str, data: bytes, headings: tuple[str, ...], top: int) -> tuple[Grid, list[Finding]]:
    """Return the cells below the headings, and what is wrong with their rows."""
    quoted = b'"' in data
    structure, frame = _read_quickly(data, quoted=quoted)
    if frame is None or frame.shape != (structure.records - 1, len(headings)):
        return _read_carefully(file, data, headings, top)
    none_short = frame.width > 1 and frame.to_series(-1).null_count() == 0  # a short row is filled up with nulls
    found = [] if structure.is_even(len(headings), none_short=none_short) else _ragged(file, structure, top, frame)
    return _grid(headings, top, frame, quoted=quoted), found


def _grid(headings: tuple[str, ...], top: int, frame: pl.DataFrame, *, quoted: bool) -> Grid:
    """Return a grid whose rows follow the headings one by one; a cell of nothing but two quotes is empty."""
    if quoted:
        frame = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    return Grid(headings, top, frame, row_numbers(top + 1, frame.height))


def _read_quickly(data: bytes, *, quoted: bool) -> tuple[Structure, pl.DataFrame | None]:
    """Return the structure of a file, found while Polars parses it, and what came of that: nothing if it is unsound.

    Where there are quotes the structure comes first: Polars need not be tried with quotes that do not match.
    """
    with ThreadPoolExecutor(1) as pool:
        scan = pool.submit(find_structure, data)
        frame = None if quoted and not scan.result().sound else _parse(data)
    structure = scan.result()
    return structure, frame if structure.sound else None


def _parse(data: bytes) -> pl.DataFrame | None:
    """Return what Polars makes of the file, or None where it refuses.

    A short row is filled up and a long one is cut; which rows these are, the structure tells.
    """
    try:
        return pl.read_csv(data, infer_schema=False, truncate_ragged_lines=True, raise_if_empty=False)
    except pl.exceptions.PolarsError:
        return None


def _ragged(file: str, structure: Structure, top: int, frame: pl.DataFrame) -> list[Finding]:
    """Find the rows with more or fewer cells than the headings; a short one that shows nothing is empty."""
    cells = structure.cells()
    is_filled = np.append(True, frame.select(filled()).to_series().to_numpy())
    wrong = np.flatnonzero((cells != cells[0]) & (cells != 0) & ((cells > cells[0]) | is_filled))
    found = [_uneven(file, top + int(at), int(cells[at]), int(cells[0])) for at in wrong[:LISTED]]
    return listed(file, found, wrong.size)


def _uneven(file: str, row: int, cells: int, width: int) -> Finding:
    """Return the finding of a row with the wrong number of cells."""
    return finding(CSV_RAGGED_ROW, file, row, number=cells, headings=width)


def _read_carefully(file: str, data: bytes, headings: tuple[str, ...], top: int) -> tuple[Grid, list[Finding]]:
    """Return the cells as the careful reader finds them."""
    records = list(read_records(data.decode()))
    frame = pl.DataFrame(
        [
            pl.Series(
                str(at), [record.cells[at] if at < len(record.cells) else None for record in records[1:]], pl.String
            )
            for at in range(len(headings))
        ]
    )
    return _grid(headings, top, frame, quoted=True), _faults(file, records, top)


def _faults(file: str, records: list[Record], top: int) -> list[Finding]:
    """Find the faults of the records, and the records with more or fewer cells than the headings."""
    width = len(records[0].cells)
    found: dict[FindingKind, list[Finding]] = {}
    for row, record in enumerate(records, top):
        if record.fault:
            found.setdefault(record.fault, []).append(finding(record.fault, file, row, value=record.text))
        is_shown = len(record.cells) > width or any(cell.strip(BLANK) for cell in record.cells)
        if is_shown and len(record.cells) != width and record.fault in (None, *ONCE):
            found.setdefault(CSV_RAGGED_ROW, []).append(_uneven(file, row, len(record.cells), width))
    return [one for kind, told in found.items() for one in (told[:1] if kind in ONCE else listed(file, told))]
