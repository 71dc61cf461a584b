"""The book in which the findings of one check are written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import polars as pl

from scorta.check.sheet import Sheet
from scorta.tables import FINDINGS, Finding

LISTED = 50
"""How many findings of one kind are listed for one field; the rest are counted."""

_SPOILT = ("csv-ragged-row",)
"""Kinds of finding after which nothing is said of the cells of the row: they stand under the wrong headings."""

_SHOWN = 80
"""How many characters of a cell a finding shows."""

Words: TypeAlias = "str | Sequence[str] | pl.Series | pl.Expr"
"""A word of a sentence: the same for every row, one for each row, or read off the row."""


class Book:
    """The findings of one check; it is filled while a case is checked and does not leave the room."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._findings = list(findings)
        self._spoilt = {(one.file, one.row) for one in self._findings if one.code in _SPOILT}
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def say(
        self, code: str, file: str, row: int | None = None, field: str = "", value: object = "", **words: object
    ) -> None:
        """Write down one finding, unless its row is spoilt or enough of its kind are listed for the field."""
        if (file, row) in self._spoilt:
            return
        place = (code, file, field)
        self._counts[place] += 1
        if self._counts[place] <= LISTED:
            self._findings.append(FINDINGS[code].at(file, row, field, shorten(value), **words))

    def where(self, code: str, sheet: Sheet, mask: pl.Expr, field: str = "", **words: Words) -> None:
        """Write down a finding for each row of the sheet that the mask picks."""
        if not sheet.frame.height:
            return
        hits = sheet.frame.select(pl.arg_where(mask.fill_null(value=False))).to_series()
        self.at(code, sheet, hits, field, **words)

    def at(self, code: str, sheet: Sheet, at: pl.Series, field: str = "", **words: Words) -> None:
        """Write down a finding for each of these positions of the sheet."""
        if not len(at):
            return
        place = (code, sheet.file, field)
        listed = at.head(max(LISTED - self._counts[place], 0))
        rows, values = sheet.rows.gather(listed), sheet.cells(field, listed)
        spelt = {name: _spell(word, sheet, listed) for name, word in words.items()}
        for k, (row, value) in enumerate(zip(rows, values, strict=True)):
            self.say(code, sheet.file, row, field, value, **{name: word[k] for name, word in spelt.items()})
        self._counts[place] += len(at) - len(listed)

    def findings(self) -> tuple[Finding, ...]:
        """Return everything written down, with one note for each kind that was cut short."""
        return (*self._findings, *self._more())

    def _more(self) -> Iterable[Finding]:
        for (code, file, field), count in self._counts.items():
            if count > LISTED:
                yield FINDINGS["more-of-the-same"].at(file, None, field, count=f"{count - LISTED:,}", kind=code)


def shorten(value: object) -> str:
    """Return the text of a cell, cut where it is long."""
    text = str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _spell(word: Words, sheet: Sheet, at: pl.Series) -> Sequence[object]:
    if isinstance(word, str):
        return [word] * len(at)
    if isinstance(word, pl.Expr):
        word = sheet.frame[at].select(word).to_series()
    return [spelling(value) for value in word[: len(at)]]


def spelling(value: object) -> str:
    """Return a value as a planner writes it: numbers without needless decimals, nothing as nothing."""
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else shorten(value)
