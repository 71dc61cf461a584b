"""A finished page before it is set: sentences and tables, its numbers not yet rounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from scorta.languages import say, say_count

Cell = str | int | float | date | None
"""What may stand in a table of a page."""

Kind = Literal["text", "code", "choice", "date", "number", "share", "gap", "year"]
"""How a cell is written: only text is broken into lines; a choice is one of a few words, which every language has; a
share and a gap are parts of 1 and are written in per cent."""

Tone = Literal["plain", "quiet", "good", "late", "bad"]
"""What a sentence or column is about, for a terminal with colours; nothing is said by colour alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid; its tone colours the cells that are neither empty nor zero; `empty` is what these say.

    `spare` is 0 where the column always stands; of the others, the one with the largest makes room first where a page
    is narrow.
    """

    title: str
    kind: Kind = "text"
    tone: Tone = "plain"
    empty: str = ""
    spare: int = 0


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


def left_out(number: int) -> str:
    """Say how many rows are not shown."""
    if number <= 0:
        return ""
    return say_count(
        "… and {number} more row; `--limit 0` shows all.", "… and {number} more rows; `--limit 0` shows all.", number
    )
