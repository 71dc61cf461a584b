"""Setting a page as text for a terminal, a file or a pipe."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import date

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scorta.report.numbers import write_day, write_gap, write_number, write_share, write_year
from scorta.report.page import Cell, Column, Grid, Kind, Page, Tone, Words

WIDTH = 100
"""Characters in a line where the terminal does not say."""

NARROWEST, WIDEST = 60, 160
"""Characters in a line of a page, however the terminal stands."""

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


def set_page(page: Page, width: int = WIDTH, *, colour: bool = False, encoding: str = "utf-8") -> str:
    """Set a page in lines of `width`; every character is one that `encoding` has."""
    paper = io.StringIO()
    console = Console(
        file=paper, width=width, force_terminal=colour, no_color=not colour, highlight=False, legacy_windows=False
    )
    if page.title:
        console.print(Text(_printable(page.title), style="bold"))
    for block in page:
        console.print()
        _set_block(block, console)
    text = "\n".join(line.rstrip() for line in paper.getvalue().splitlines()) + "\n"
    return _spell(text.replace(_STANDS_IN, _NO_BREAK), encoding)


def _set_block(block: Grid | Words, console: Console) -> None:
    """Print the heading of a block and what stands under it."""
    if block.title:
        console.print(Text(_printable(block.title), style="bold"))
    if isinstance(block, Words):
        console.print(_indent(Text(_printable(block.text), style=_STYLES[block.tone]), bool(block.title)))
        return
    console.print(_set_grid(block))
    if block.note:
        console.print(_indent(Text(_printable(block.note), style=_STYLES["quiet"])))


def _indent(text: Text, deep: bool = True) -> Padding:
    """Move a text under its heading."""
    return Padding(text, (0, 0, 0, 2 if deep else 0))


def _set_grid(grid: Grid) -> Table:
    """Make a table with a line under its head and nothing else drawn."""
    table = Table(box=box.SIMPLE_HEAD, header_style="", show_edge=False, pad_edge=True, padding=(0, 1))
    for column in grid.columns:
        right = column.kind in FIGURES
        table.add_column(
            Text(column.title, style="bold"),
            justify="right" if right else "left",
            no_wrap=column.kind != "text",
            overflow="fold",
        )
    for row in grid.rows:
        table.add_row(*(_set_cell(cell, column) for cell, column in zip(row, grid.columns, strict=True)))
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
        return _printable(cell)
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
