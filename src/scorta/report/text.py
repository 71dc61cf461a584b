"""Setting a page as text for a terminal, a file or a pipe, in lines of a given width.

A code, a figure or a date is never broken, and words only at spaces. Where the columns of a table need more room than
there is, those that can be spared make room, the least important first.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scorta.languages import say, write_day, write_gap, write_number, write_share, write_year
from scorta.report.page import Cell, Column, Grid, Kind, Page, Tone, Words

WIDTH = 100
"""Characters in a line where the terminal does not say."""

NARROWEST, WIDEST = 60, 160
"""Characters in a line of a page, however the terminal stands."""

LONGEST = 100_000
"""Characters that the widest table may take where it may take as many as it needs."""

INDENT = 2
"""Characters by which what stands under a heading is moved to the right."""

_STYLES: dict[Tone, str] = {"plain": "", "quiet": "dim", "good": "green", "late": "yellow", "bad": "bold red"}
FIGURES: frozenset[Kind] = frozenset({"number", "share", "gap"})
"""Kinds of cell that stand to the right, so that their figures stand under each other."""

_WRITERS: dict[Kind, Callable[[float], str]] = {"share": write_share, "gap": write_gap, "year": write_year}
_NO_BREAK, _STANDS_IN = "\u00a0", "\ue000"
"""The space within a number, and the sign that stands in for it while lines are broken: Rich would break them there."""

_PLAIN = str.maketrans(
    {"\u2013": "-", "\u2014": "-", "\u2026": "...", "\u00d7": "x", "\u00b7": "-", "\u2500": "-", "\u00a0": " "}
)


def page_width() -> int:
    """Return how wide a page may be where it is printed."""
    return min(max(shutil.get_terminal_size((WIDTH, 24)).columns, NARROWEST), WIDEST)


def set_page(
    page: Page, width: int = WIDTH, *, wide: bool = False, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """Set a page in lines of `width`, tables that are `wide` in lines as long as they need.

    Every character is one that `encoding` has.
    """
    sheet = _Sheet(width, wide, colour)
    if page.title:
        sheet.print(Text(_printable(page.title), style="bold"))
    for block in page:
        sheet.print(Text(""))
        sheet.set_block(block)
    text = "\n".join(line.rstrip() for line in sheet.paper.getvalue().splitlines()) + "\n"
    return _spell(text.replace(_STANDS_IN, _NO_BREAK), encoding)


class _Sheet:
    """What a page is set on: lines of a width, with or without colour."""

    def __init__(self, width: int, wide: bool, colour: bool) -> None:
        self.width, self.wide, self.paper = width, wide, io.StringIO()
        self.console = Console(
            file=self.paper,
            width=LONGEST if wide else width,
            force_terminal=colour,
            no_color=not colour,
            highlight=False,
            legacy_windows=False,
        )

    def print(self, text: Text, indent: int = 0) -> None:
        """Print text in lines of the width, moved to the right."""
        self.console.print(Padding(text, (0, 0, 0, indent)), width=self.width)

    def set_block(self, block: Grid | Words) -> None:
        """Print the heading of a block and what stands under it."""
        if block.title:
            self.print(Text(_printable(block.title), style="bold"))
        if isinstance(block, Words):
            self.print(Text(_printable(block.text), style=_STYLES[block.tone]), INDENT if block.title else 0)
            return
        for note in filter(None, (self.set_grid(block), block.note)):
            self.print(Text(_printable(note), style=_STYLES["quiet"]), INDENT)

    def set_grid(self, grid: Grid) -> str:
        """Print a table, row by row where it has no room; return what there is to say of columns without room."""
        cells = [[_set_cell(*each) for each in zip(row, grid.columns, strict=True)] for row in grid.rows]
        written = [[cell.plain for cell in row] for row in cells]
        fitted = fit(grid.columns, written, None if self.wide else self.width)
        if fitted is None:
            for row in cells:
                self.set_row(grid.columns, row)
            return ""
        self.console.print(_table(grid.columns, cells, fitted))
        left = dict.fromkeys(column.title for at, column in enumerate(grid.columns) if at not in fitted.columns)
        return say("Left out for want of room: {columns}. `--wide` shows all.", columns=", ".join(left)) if left else ""

    def set_row(self, columns: Sequence[Column], row: Sequence[Text]) -> None:
        """Print a row as lines, one for each column in which something stands."""
        for column, cell in zip(columns, row, strict=True):
            if cell.plain:
                self.print(Text.assemble(f"{column.title}: ", cell, overflow="fold"), INDENT)
        self.print(Text())


def _table(columns: Sequence[Column], rows: Sequence[Sequence[Text]], fitted: Fit) -> Table:
    """Make a table with a line under its head and nothing else drawn."""
    table = Table(box=box.SIMPLE_HEAD, header_style="", show_edge=False, pad_edge=True, padding=(0, 1))
    for at, width in zip(fitted.columns, fitted.widths, strict=True):
        column = columns[at]
        table.add_column(
            Text(column.title, style="dim" if column.tone == "quiet" else "bold"),
            justify="right" if column.kind in FIGURES else "left",
            width=width,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(row[at] for at in fitted.columns))
    return table


def _set_cell(cell: Cell, column: Column) -> Text:
    """Write one cell, in the tone of its column unless there is nothing in it."""
    if cell is None:
        return Text(column.empty, style=_STYLES["quiet"])
    written = write_cell(cell, column.kind)
    if column.kind in FIGURES and written in ("0", "0 %"):
        return Text(written, style=_STYLES["quiet"])
    return Text(written, style=_STYLES[column.tone])


def write_cell(cell: Cell, kind: Kind) -> str:
    """Write a cell as its kind is written; an empty one stays empty."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return write_day(cell)
    if isinstance(cell, str):
        return _printable(say(cell) if kind == "choice" else cell)
    return _WRITERS.get(kind, write_number)(cell)


def _printable(text: str) -> str:
    """Show what would steer a terminal, such as an escape in somebody's spreadsheet, as a question mark."""
    shown = "".join(sign if sign.isprintable() or sign in f"\n{_NO_BREAK}" else "?" for sign in text)
    return shown.replace(_NO_BREAK, _STANDS_IN)


def _spell(text: str, encoding: str) -> str:
    """Spell what `encoding` lacks with what it has: a dash for a line, a question mark where nothing is near."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
    return text


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
