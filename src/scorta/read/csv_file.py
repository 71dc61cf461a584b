"""Read one CSV file: one strict dialect, never guessed, every row counted.

UTF-8, commas, double quotes doubled inside, LF or CRLF, the headings in the first line that holds anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scorta.read.csv_cells import read_cells
from scorta.read.encoding import check_encoding, drop_mark, is_wide
from scorta.read.grid import Part, table_from_grid
from scorta.read.headings import headings_below
from scorta.read.kinds import finding
from scorta.read.records import read_records

BLANK_LINES = re.compile(rb"(?:\r?\n)*")
HEAD = 1 << 16
"""Bytes at the beginning of a file in which headings below the first row are looked for."""
OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def read_csv(name: str, file: str, data: bytes) -> Part:
    """Return the table of a CSV file and everything that is wrong with the file."""
    if is_wide(data):
        return Part(None, (finding("csv-utf16", file),))
    data, found = check_encoding(file, drop_mark(data))
    blank = BLANK_LINES.match(data)
    above = blank.group().count(b"\n") if blank else 0
    data = data[blank.end() :] if blank and above else data
    if not data:
        return Part(None, (*found, finding("file-empty", file)))
    headings = _read_headings(data)
    if other := _other_delimiter(headings):
        return Part(None, (*found, finding("csv-delimiter", file, above + 1, value=other)))
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


def _other_delimiter(headings: Iterable[str]) -> str:
    """Return the name of the separator that stands within a heading, or nothing."""
    together = "".join(headings)
    return next((name for sign, name in OTHER_DELIMITERS.items() if sign in together), "")
