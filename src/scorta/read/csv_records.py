"""Read a CSV file cell by cell, and say of each row what is wrong with it.

Slow and careful: used for files in which a quote or a line end stands where none may, and wherever the quick reader
and the structure of the file do not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')

PLAIN = re.compile(r"[^,\r\n]*+")

LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, and the code and the text of what is wrong with it (empty where nothing is)."""

    cells: tuple[str, ...]
    fault: str = ""
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
    fault: str = ""
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
    cells, fault, shown, at = [], "", "", start
    while True:
        cell = _read_cell(text, at)
        if cell.fault == "csv-unclosed-quote":
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
        return replace(record, fault="csv-line-end")
    return record


def _first_line(text: str, start: int, shown: str) -> tuple[Record, int]:
    """Return the first line of a record whose quote is never closed, so that reading goes on below it."""
    line_end = LINE_END.search(text, start)
    stop, following = line_end.span() if line_end else (len(text), len(text))
    return Record(tuple(text[start:stop].split(",")), "csv-unclosed-quote", shown), following


def _read_cell(text: str, at: int) -> _Cell:
    """Return the cell that starts there."""
    if text.startswith('"', at):
        return _read_quoted(text, at)
    value = _plain(text, at)
    fault = "csv-quote-inside" if '"' in value else ""
    return _Cell(value, at + len(value), fault, value if fault else "")


def _read_quoted(text: str, at: int) -> _Cell:
    """Return the cell between quotes that starts there."""
    quoted = QUOTED.match(text, at)
    if quoted is None:
        return _Cell("", at, "csv-unclosed-quote", _plain(text, at))
    value = quoted.group()[1:-1].replace('""', '"')
    rest = _plain(text, quoted.end())
    if not rest:
        return _Cell(value, quoted.end())
    if "\n" in value or "\r" in value:
        # The next quote lies on a later line and ends no cell there: this one was forgotten.
        return _Cell("", at, "csv-unclosed-quote", _plain(text, at))
    return _Cell(value + rest, quoted.end() + len(rest), "csv-text-after-quote", rest)


def _plain(text: str, at: int) -> str:
    """Return what stands there up to the next comma or line end."""
    match = PLAIN.match(text, at)
    return match.group() if match else ""
