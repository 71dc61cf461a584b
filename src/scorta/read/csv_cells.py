"""Read the cells of a CSV file, quickly where that can be trusted and carefully elsewhere.

The quick way lets Polars parse, and finds commas and line ends over the bytes beside it, since Polars fills up short
rows and at times cuts long ones without a word. Where the two disagree, the careful reader decides.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from scorta.read.grid import BLANK, Grid, filled, row_numbers
from scorta.read.kinds import LISTED, count_of, finding, listed
from scorta.read.records import Record, read_records
from scorta.read.structure import Structure, find_structure
from scorta.tables import Finding

ONCE = ("csv-line-end",)
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
    return finding("csv-ragged-row", file, row, cells=count_of(cells, "cell"), headings=width)


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
    found: dict[str, list[Finding]] = {}
    for row, record in enumerate(records, top):
        if record.fault:
            found.setdefault(record.fault, []).append(finding(record.fault, file, row, value=record.text))
        is_shown = len(record.cells) > width or any(cell.strip(BLANK) for cell in record.cells)
        if is_shown and len(record.cells) != width and record.fault in ("", *ONCE):
            found.setdefault("csv-ragged-row", []).append(_uneven(file, row, len(record.cells), width))
    return [one for kind, told in found.items() for one in (told[:1] if kind in ONCE else listed(file, told))]
