"""Setting a page as HTML, for a notebook: plain tables that take the looks of what they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scorta.report.page import Cell, Column, Grid, Page, Tone, Words
from scorta.report.text import FIGURES, write_cell

_COLOURS: dict[Tone, str] = {
    "plain": "",
    "quiet": "color:#777",
    "good": "color:#2a7d2a",
    "late": "color:#a66a00",
    "bad": "color:#b3261e;font-weight:bold",
}
"""How a tone looks; nothing is said by colour alone."""


def page_html(page: Page) -> str:
    """Return a page as HTML, with every mark in its words escaped."""
    return "\n".join(_lines(page))


def _lines(page: Page) -> Iterator[str]:
    yield "<div>"
    if page.title:
        yield f"<h4>{escape(page.title)}</h4>"
    for block in page:
        if block.title:
            yield f"<h5>{escape(block.title)}</h5>"
        if isinstance(block, Words):
            yield _paragraph(block.text, block.tone)
        else:
            yield from _table(block)
    yield "</div>"


def _paragraph(text: str, tone: Tone) -> str:
    """Set words; their line ends and indents stay, as those of a tree."""
    return f'<p style="white-space:pre-wrap;text-align:left;{_COLOURS[tone]}">{escape(text)}</p>'


def _table(grid: Grid) -> Iterator[str]:
    yield "<table><thead><tr>"
    yield from (f'<th style="{_side(column)}">{escape(column.title)}</th>' for column in grid.columns)
    yield "</tr></thead><tbody>"
    for row in grid.rows:
        cells = zip(row, grid.columns, strict=True)
        yield "<tr>" + "".join(_cell(cell, column) for cell, column in cells) + "</tr>"
    yield "</tbody></table>"
    if grid.note:
        yield _paragraph(grid.note, "quiet")


def _cell(cell: Cell, column: Column) -> str:
    """Set a cell, in the tone of its column unless there is nothing in it."""
    written = column.empty if cell is None else write_cell(cell, column.kind)
    tone = "quiet" if cell is None or written in ("0", "0 %") else column.tone
    return f'<td style="{_side(column)};{_COLOURS[tone]}">{escape(written)}</td>'


def _side(column: Column) -> str:
    return f"text-align:{'right' if column.kind in FIGURES else 'left'}"
