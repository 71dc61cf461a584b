"""A finished page before it is set: sentences and tables, its numbers not yet rounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from scorta.languages import say

Cell = str | int | float | date | None
"""What may stand in a table of a page."""

Kind = Literal["text", "date", "number", "share", "gap", "year"]
"""How a cell is written: a share and a gap are parts of 1 and are written in per cent."""

Tone = Literal["plain", "quiet", "good", "late", "bad"]
"""What a sentence or column is about, for a terminal with colours; nothing is said by colour alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid; its tone colours the cells that are neither empty nor zero; `empty` is what these say."""

    title: str
    kind: Kind = "text"
    tone: Tone = "plain"
    empty: str = ""


def in_language(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return columns with their words in the language that is spoken."""
    return tuple(replace(column, title=say(column.title), empty=say(column.empty)) for column in columns)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a page with its heading, and a sentence under it where one is needed."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or two, or a heading with lines under it."""

    text: str
    tone: Tone = "plain"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page: its title and its blocks, from the top down."""

    title: str
    blocks: tuple[Grid | Words, ...]

    def __iter__(self) -> Iterator[Grid | Words]:
        return iter(self.blocks)
