"""Read a CSV file cell by cell, and say of each row what is wrong with it.

Slow and careful: used for files in which a quote or a line end stands where none may, and wherever the quick reader
and the structure of the file do not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scorta.tables import FindingKind
from scorta.tables.findings import FileKind

CSV_LINE_END = FileKind(
    "csv-line-end",
    "error",
    "Row {row} of {file} ends with a lone carriage return.",
    "Save the file with LF or CRLF at the end of each line.",
    "A CSV file uses a carriage return without a line feed. Only the first such row is named.",
)
CSV_UNCLOSED_QUOTE = FileKind(
    "csv-unclosed-quote",
    "error",
    "Row {row} opens a double quote that is never closed.",
    "Close it at the end of the cell, or write a double quote within a cell twice.",
    "A cell of a CSV file begins with a double quote, and the next one does not end the cell or is missing.",
)
CSV_TEXT_AFTER_QUOTE = FileKind(
    "csv-text-after-quote",
    "error",
    "Row {row} has text after a closing double quote: {value}.",
    "Write a double quote within a cell twice, and end the cell with one.",
    "In a CSV file something other than a comma or the end of the line follows the quote that closes a cell.",
)
CSV_QUOTE_INSIDE = FileKind(
    "csv-quote-inside",
    "error",
    "Row {row} has a double quote inside a cell that does not begin with one: {value}.",
    "Put the whole cell between double quotes, and write the quote within it twice.",
    "A cell of a CSV file holds a double quote but does not stand between double quotes.",
)


QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')

PLAIN = re.compile(r"[^,\r\n]*+")

LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, and the kind and the text of what is wrong with it, if anything is."""

    cells: tuple[str, ...]
    fault: FindingKind | None = None
    text: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether the line holds nothing, not even quotes."""
        return not self.cells


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell, and where in the text it ends."""

    value: str
    end: int
    fault: FindingKind | None = None
    text: str = ""


def read_records(text: str) -> Iterator[Record]:
    """Yield the records of a CSV file one after the other."""
    at = 0
    while at < len(text):
        record, at = _read_record(text, at)
        yield record


def _read_record(text: str, start: int) -> tuple[Record, int]:
    """Return the record that starts there, and where the next one does."""
    if line_end := LINE_END.match(text, start):
        return _close(Record(()), line_end), line_end.end()
    cells, fault, shown, at = [], None, "", start
    while True:
        cell = _read_cell(text, at)
        if cell.fault == CSV_UNCLOSED_QUOTE:
            return _first_line(text, start, cell.text)
        cells.append(cell.value)
        fault, shown = (fault, shown) if fault else (cell.fault, cell.text)
        if not text.startswith(",", cell.end):
            break
        at = cell.end + 1
    record = Record(tuple(cells), fault, shown)
    line_end = LINE_END.match(text, cell.end)
    return (_close(record, line_end), line_end.end()) if line_end else (record, len(text))


def _close(record: Record, line_end: re.Match[str]) -> Record:
    """Return the record with a fault where its line ends with a lone carriage return."""
    if line_end.group() == "\r" and not record.fault:
        return replace(record, fault=CSV_LINE_END)
    return record


def _first_line(text: str, start: int, shown: str) -> tuple[Record, int]:
    """Return the first line of a record whose quote is never closed, so that reading goes on below it."""
    line_end = LINE_END.search(text, start)
    stop, following = line_end.span() if line_end else (len(text), len(text))
    return Record(tuple(text[start:stop].split(",")), CSV_UNCLOSED_QUOTE, shown), following


def _read_cell(text: str, at: int) -> _Cell:
    """Return the cell that starts there."""
    if text.startswith('"', at):
        return _read_quoted(text, at)
    value = _plain(text, at)
    fault = CSV_QUOTE_INSIDE if '"' in value else None
    return _Cell(value, at + len(value), fault, value if fault else "")


def _read_quoted(text: str, at: int) -> _Cell:
    """Return the cell between quotes that starts there."""
    quoted = QUOTED.match(text, at)
    if quoted is None:
        return _Cell("", at, CSV_UNCLOSED_QUOTE, _plain(text, at))
    value = quoted.group()[1:-1].replace('""', '"')
    rest = _plain(text, quoted.end())
    if not rest:
        return _Cell(value, quoted.end())
    if "\n" in value or "\r" in value:
        # The next quote lies on a later line and ends no cell there: this one was forgotten.
        return _Cell("", at, CSV_UNCLOSED_QUOTE, _plain(text, at))
    return _Cell(value + rest, quoted.end() + len(rest), CSV_TEXT_AFTER_QUOTE, rest)


def _plain(text: str, at: int) -> str:
    """Return what stands there up to the next comma or line end."""
    match = PLAIN.match(text, at)
    return match.group() if match else ""
