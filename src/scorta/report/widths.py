"""Fitting a table into lines of a given width: which columns stand, and how wide each is.

A code, a figure or a date is never broken, and words only at spaces. Where the columns of a table need more room than
there is, those that can be spared make room, the least important first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from scorta.report.page import Column

GAP = 3
"""Characters between two columns; one stands before the first and one after the last."""

NARROW = 14
"""Characters that a column of text has at least, where all of it needs as many: narrower ones are long and hard to
read, and columns that can be spared make room for them."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The columns that stand, by number, and the width of each."""

    columns: tuple[int, ...]
    widths: tuple[int, ...]


def fit(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None) -> Fit | None:
    """Fit columns, and what is written in each of their rows, into a width (None: as much as they need).

    Returns None where not even the columns that cannot be spared have room side by side.
    """
    sizes = [_size(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    standing = list(range(len(columns)))
    if width is None:
        return Fit(tuple(standing), tuple(max(size.whole, size.heading) for size in sizes))
    spared = sorted((at for at in standing if columns[at].spare), key=lambda at: (columns[at].spare, at))
    while _room([sizes[at].good for at in standing], width) < 0 and spared:
        standing.remove(spared.pop())
    widths = [sizes[at].good for at in standing]
    if _room(widths, width) < 0:
        widths = [sizes[at].least for at in standing]
    left = _room(widths, width)
    return Fit(tuple(standing), tuple(_widened(widths, [sizes[at] for at in standing], left))) if left >= 0 else None


@dataclass(frozen=True, slots=True)
class _Size:
    """Characters that a column needs: the least, what reads well, to hold its cells, to hold its heading."""

    least: int
    good: int
    whole: int
    heading: int


def _size(column: Column, cells: Sequence[str]) -> _Size:
    """Measure a column."""
    whole = max((cell_len(line) for cell in cells for line in cell.split("\n")), default=0)
    heading = _longest(column.title)
    least = max(heading, max(map(_longest, cells), default=0) if column.kind == "text" else whole)
    return _Size(least, max(least, min(whole, NARROW)), whole, cell_len(column.title))


def _longest(text: str) -> int:
    """Return the length of the longest word."""
    return max(map(cell_len, text.replace("\n", " ").split(" ")))


def _room(widths: Sequence[int], width: int) -> int:
    """Return the characters of a line that columns leave; fewer than none where they have no room."""
    return width - sum(widths) - GAP * len(widths) + 1


def _widened(widths: list[int], sizes: Sequence[_Size], left: int) -> list[int]:
    """Give out the characters that are left: to the text that takes most lines, then to the longest heading."""
    for wanted in ([size.whole for size in sizes], [size.heading for size in sizes]):
        while left > 0:
            lines = [want / width if want > width else 0.0 for want, width in zip(wanted, widths, strict=True)]
            if not any(lines):
                break
            widths[lines.index(max(lines))] += 1
            left -= 1
    return widths
