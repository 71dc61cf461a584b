"""Before it is written: a page for people, its numbers not yet rounded, and plain values for programs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

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


DIGITS = 6
"""Digits after the first that a number for a program has: the solver answers to about a millionth."""

ZERO_TOLERANCE = 1e-9
"""A number for a program that is nearer to zero than this is zero."""


def to_plain(value: object) -> Any:
    """Turn facts into plain values that JSON can hold: dictionaries, lists, days as ISO 8601.

    A number is told as exactly as the solver answers, so that 49.9999989 of 50 is 50; one for which JSON has no word is
    null.
    """
    if is_dataclass(value) and not isinstance(value, type):
        said = {"sentence": value.sentence} if hasattr(value, "sentence") else {}
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)} | said
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return exact(value) if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else _to_list(value)


def _to_list(value: object) -> Any:
    """Turn a collection into a list; sets are sorted."""
    if isinstance(value, AbstractSet):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_plain(item) for item in value]
    return value


def exact(value: float) -> float:
    """Return a number as exactly as the solver answers, to a millionth of it; money to a thousandth at least.

    >>> [exact(x) for x in (49.99999892857143, 1234.5678, 0.3333333333, 104577464.37, -2e-12)]
    [50.0, 1234.568, 0.3333333, 104577464.37, 0.0]
    """
    if abs(value) < ZERO_TOLERANCE:
        return 0.0
    return round(value, max(3, DIGITS - math.floor(math.log10(abs(value)))))
