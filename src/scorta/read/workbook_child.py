"""Read the cells of a workbook, in a process of its own that may be stopped: a script, not part of the package.

It knows no table and judges nothing: it writes one JSON line for each sheet and each row that holds a cell.

::

    {"sheet": "needs"}
    [1, ["need", "place", null, "quantity"]]     row, cells as text
    {"problem": "sheet-too-large", ...}          the rest of the sheet is left out

It runs without the rest of Scorta so that its memory can be kept small.
"""

from __future__ import annotations

import errno
import json
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TextIO

MAX_CELLS = 20_000_000
"""Most cells, empty ones included, of the rectangle that a sheet may span."""
MAX_TEXT = 32_767
"""Most characters of one cell, as spreadsheet programs have it."""
WHOLE = 1e15
"""Below this size a number without decimals is written without a point; above, not every digit is known."""
MAX_WRITTEN = 512 << 20
"""Most bytes that are written about a workbook."""
MEMORY_EXIT, BROKEN_EXIT, FULL_EXIT = 3, 4, 5
"""Exit codes: memory ran out, the workbook cannot be read, its cells come to more than may be written."""
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
"""A cell of a sheet holds a formula."""
BLOCK = 1 << 18
"""Bytes of a sheet looked at in one go."""

Row = list[dict[str, Any]]
"""The cells of a row as openpyxl's parser gives them."""


def main(book: str, out: str, memory: int, seconds: int) -> int:
    """Read a workbook and write what it holds; the result is the exit code."""
    warnings.simplefilter("ignore")
    try:
        with Path(out).open("w", encoding="utf-8", errors="replace") as lines:
            _read(book, lines, memory, seconds)
    except Exception as error:  # whatever openpyxl meets in a damaged file
        return _exit_code(error)
    return 0


def _exit_code(error: Exception) -> int:
    """Return what an error means; zlib and expat have their own words for memory that ran out."""
    said, number = str(error), error.errno if isinstance(error, OSError) else None
    if isinstance(error, MemoryError) or number == errno.ENOMEM or "out of memory" in said or "Error -4" in said:
        return MEMORY_EXIT
    return FULL_EXIT if number in (errno.EFBIG, errno.ENOSPC) else BROKEN_EXIT


def _read(book: str, lines: TextIO, memory: int, seconds: int) -> None:
    """Write every sheet of a workbook, hidden ones included."""
    from openpyxl.reader.excel import ExcelReader

    _limit(memory, seconds)
    reader = ExcelReader(book, read_only=True, data_only=True)
    reader.read()
    if len(reader.parser.sheets) != len(reader.wb.sheetnames):
        raise ValueError("openpyxl left out a sheet whose part is missing")
    for sheet in reader.wb.worksheets:
        _write_sheet(sheet, lines)


def _limit(memory: int, seconds: int) -> None:
    """Bound the memory and processor time of this process, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds + 5, seconds + 6))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_WRITTEN, MAX_WRITTEN))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _write_sheet(sheet: Any, lines: TextIO) -> None:
    """Write the rows of a sheet that hold a cell, and what is wrong with cells."""
    _write(lines, {"sheet": sheet.title})
    width = 0
    for row, cells in _rows(sheet):
        texts = {cell["column"]: _text(cell["value"]) for cell in cells if _holds(cell)}
        width = max(width, *texts, 0)
        if row * width > MAX_CELLS:
            _write(lines, {"problem": "sheet-too-large", "row": row, "column": width})
            return
        if texts:
            _write_row(lines, row, texts)
    for row, column in _unsaved_formulas(sheet):
        _write(lines, {"problem": "formula-without-value", "row": row, "column": column})


def _write_row(lines: TextIO, row: int, texts: dict[int, str]) -> None:
    """Write the cells of a row, from the first column to the last that holds anything."""
    for column, text in texts.items():
        if len(text) > MAX_TEXT:
            _write(lines, {"problem": "sheet-too-much-text", "row": row, "column": column})
            texts[column] = text[:MAX_TEXT]
    _write(lines, [row, [texts.get(at) for at in range(1, max(texts) + 1)]])


def _rows(sheet: Any, *, data_only: bool = True) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a sheet as they stand in it, without the empty ones between that openpyxl would make up."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book, last = sheet.parent, 0
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for row, cells in parser.parse():
            if row <= last:
                raise ValueError(row)
            last = row
            yield row, cells


def _holds(cell: dict[str, Any]) -> bool:
    """Tell whether a cell holds anything."""
    return cell["value"] is not None and cell["value"] != ""


def _unsaved_formulas(sheet: Any) -> Iterator[tuple[int, int]]:
    """Yield row and column of each formula whose result is not in the file (an empty text is a result)."""
    if not _has_formula(sheet):
        return
    formulas = {
        (row, cell["column"])
        for row, cells in _rows(sheet, data_only=False)
        for cell in cells
        if cell["data_type"] == "f"
    }
    for row, cells in _rows(sheet):
        unsaved = (cell["column"] for cell in cells if cell["value"] is None and cell["data_type"] == "n")
        yield from ((row, column) for column in unsaved if (row, column) in formulas)


def _has_formula(sheet: Any) -> bool:
    """Tell whether any cell of a sheet holds a formula."""
    tail = b""
    with sheet._get_source() as source:
        while block := source.read(BLOCK):
            if FORMULA.search(tail + block):
                return True
            tail = block[-100:]
    return False


def _text(value: Any) -> str:
    """Return a value as the text that means it in a CSV file."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 86_400:.10g}"
    return str(value)


def _write(lines: TextIO, line: object) -> None:
    lines.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
