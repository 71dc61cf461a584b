"""Headings that do not stand where they should: below a title or other rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from scorta.read.kinds import finding
from scorta.tables import CASE_TABLES, Finding, Table

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
    return None if lower is None else finding("headings-below", file, top, below=lower)


def _are_headings(table: Table, cells: Cells) -> bool:
    """Tell whether more than half of the cells that hold something name a field of the table."""
    return 2 * _count_known(table, cells) > sum(bool(cell) for cell in cells)


def _count_known(table: Table, cells: Cells) -> int:
    """Count the cells that name a field of the table, by its present or a former name."""
    known = {name for field in table for name in (field.name, *field.aliases)}
    return sum(cell in known for cell in cells)
