"""The book in which the findings of one check are written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

import polars as pl

from scorta.check.sheet import Sheet
from scorta.tables import FINDINGS, Finding

_STRETCHES = 20
"""Most stretches of rows that a sentence names."""


def ranges(rows: Iterable[int]) -> str:
    """Return row numbers as stretches.

    >>> ranges([2, 3, 4, 9, 12, 13])
    'rows 2-4, 9, 12-13'
    """
    stretches: list[list[int]] = []
    for row in sorted(rows):
        if stretches and row == stretches[-1][1] + 1:
            stretches[-1][1] = row
        else:
            stretches.append([row, row])
    named = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in stretches[:_STRETCHES])
    rest = sum(b - a + 1 for a, b in stretches[_STRETCHES:])
    word = "row" if len(stretches) == 1 and stretches[0][0] == stretches[0][1] else "rows"
    return f"{word} {named}" + (f" and {rest:,} more" if rest else "")


def counted(count: int, one: str, many: str) -> str:
    """Return a count with the words for one or for many."""
    return f"{count:,} {one if count == 1 else many}"


LISTED = 50
"""How many findings of one kind are listed for one field; the rest are counted."""

MOST = 10_000
"""How many are listed where every finding is asked for: enough to mend by, and no more than memory holds."""

_SPOILT = ("csv-ragged-row",)
"""Kinds of finding after which nothing is said of the cells of the row: they stand under the wrong headings."""

_UNSAVED = ("formula-without-value",)
"""Kinds of finding after which nobody says that the cell is empty: why, stands there already."""

_SHOWN = 80
"""How many characters of a cell a finding shows."""

Words: TypeAlias = "str | Sequence[str] | pl.Series | pl.Expr"
"""A word of a sentence: the same for every row, one for each row, or read off the row."""


class Book:
    """The findings of one check; it is filled while a case is checked and does not leave the room.

    `listed` of one kind are written down for a field; what the readers found is cut to as many.
    """

    def __init__(self, findings: Iterable[Finding] = (), listed: int = LISTED) -> None:
        self._listed, self._findings = listed, list[Finding]()
        self._spoilt = set[tuple[str, int | None]]()
        self._unsaved = set[tuple[str, int | None, str]]()
        self._counts: Counter[tuple[str, str, str]] = Counter()
        for one in findings:
            self._take(one)

    def _take(self, one: Finding) -> None:
        """Write down what a reader found; its count of more of a kind goes to that kind."""
        if one.code == "more-rows":
            self._counts[one.value, one.file, one.field] += one.stands_for
            return
        if one.code in _SPOILT:
            self._spoilt.add((one.file, one.row))
        if one.code in _UNSAVED:
            self._unsaved.add((one.file, one.row, one.field))
        self._write(one)

    def _write(self, one: Finding) -> None:
        """Count a finding, and list it unless enough of its kind are listed for the field."""
        place = (one.code, one.file, one.field)
        self._counts[place] += 1
        if self._counts[place] <= self._listed:
            self._findings.append(one)

    def page(self) -> Book:
        """Return an empty book in which the same rows are spoilt and the same cells unsaved."""
        page = Book(listed=self._listed)
        page._spoilt, page._unsaved = self._spoilt, self._unsaved
        return page

    def bind(self, page: Book) -> None:
        """Take in what stands in another book."""
        for one in page._findings:
            self._write(one)
        listed = Counter((one.code, one.file, one.field) for one in page._findings)
        self._counts.update(page._counts - listed)

    def say(
        self, code: str, file: str, row: int | None = None, field: str = "", value: object = "", **words: object
    ) -> None:
        """Write down one finding, unless its row is spoilt or enough of its kind are listed for the field."""
        is_unsaved = code == "empty-cell" and (file, row, field) in self._unsaved
        if (file, row) not in self._spoilt and not is_unsaved:
            self._write(FINDINGS[code].at(file, row, field, shorten(value), **words))

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
        listed = at.head(max(self._listed - self._counts[place], 0))
        rows, values = sheet.rows.gather(listed), sheet.cells(field, listed)
        spelt = {name: _spell(word, sheet, listed) for name, word in words.items()}
        for k, (row, value) in enumerate(zip(rows, values, strict=True)):
            self.say(code, sheet.file, row, field, value, **{name: word[k] for name, word in spelt.items()})
        self._counts[place] += len(at) - len(listed)

    def findings(self) -> tuple[Finding, ...]:
        """Return everything written down, with one more for each kind that was cut short: it stands for the rest."""
        return (*self._findings, *self._more())

    def _more(self) -> Iterable[Finding]:
        for (code, file, field), count in self._counts.items():
            if left := count - min(count, self._listed):
                words = {"count": f"{left:,}", "kind": code}
                more = FINDINGS["more-of-the-same"].at(file, None, field, code, **words)
                yield replace(more, severity=FINDINGS[code].severity, stands_for=left)


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
