"""The book in which the findings of one check are written down, and checks that are rows of a list."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import polars as pl

from scorta.check.sheet import BLANK, Papers, Sheet
from scorta.tables import Finding, FindingKind, Phrase
from scorta.tables.findings import MORE_OF_THE_SAME, MORE_ROWS, Fact, Named, Severity, names_in

LISTED = 50
"""How many findings of one kind are listed for one field; the rest are counted."""

MOST = 10_000
"""How many are listed where every finding is asked for: enough to mend by, and no more than memory holds."""

_EMPTY = "empty-cell"
"""The finding that nobody makes of a cell of which a reader has said why it is empty."""

_SHOWN = 80
"""How many characters of a cell a finding shows."""

_STRETCHES = 20
"""Most stretches of rows, and most names, that a sentence names."""

Words: TypeAlias = "Fact | Sequence[str] | Sequence[Phrase] | Sequence[Fact] | pl.Series | pl.Expr"
"""A fact of a sentence: the same for every row, one for each row, or read off the row."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the rows of one table: of each row in which a condition holds, a kind of finding is made.

    The {names} in the sentences of the kind are read off the row, by the names of its fields, where `words` has none.
    `START`, `LAST` and `blank` may stand in the condition.
    """

    kind: FindingKind
    table: str
    field: str
    when: pl.Expr
    words: Mapping[str, Words] = dataclasses.field(default_factory=dict)


class Book:
    """The findings of one check; it is filled while a case is checked and does not leave the room.

    `listed` of one kind are written down for a field; what the readers found is cut to as many.
    """

    def __init__(self, findings: Iterable[Finding] = (), listed: int = LISTED) -> None:
        self._listed, self._findings = listed, list[Finding]()
        self._broken_rows = set[tuple[str, int | None]]()
        self._explained = set[tuple[str, int | None, str]]()
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._severities: dict[str, Severity] = {}
        for one in findings:
            self._take(one)

    def _take(self, one: Finding) -> None:
        """Write down what a reader found; its count of more of a kind goes to that kind."""
        if one.kind == MORE_ROWS:
            self._counts[one.value, one.file, one.field] += one.stands_for
            return
        if one.kind.hides == "row":
            self._broken_rows.add((one.file, one.row))
        if one.kind.hides == "cell":
            self._explained.add((one.file, one.row, one.field))
        self._write(one)

    def _write(self, one: Finding) -> None:
        """Count a finding, and list it unless enough of its kind are listed for the field."""
        place = (one.code, one.file, one.field)
        self._severities[one.code] = one.severity
        self._counts[place] += 1
        if self._counts[place] <= self._listed:
            self._findings.append(one)

    def page(self) -> Book:
        """Return an empty book in which the same rows are broken and the same cells explained."""
        page = Book(listed=self._listed)
        page._broken_rows, page._explained = self._broken_rows, self._explained
        return page

    def bind(self, page: Book, errors_only: bool = False) -> None:
        """Take in what stands in another book, or the errors of it."""
        left_out = {code for code, grave in page._severities.items() if errors_only and grave != "error"}
        taken = [one for one in page._findings if one.code not in left_out]
        for one in taken:
            self._write(one)
        counts = Counter({place: count for place, count in page._counts.items() if place[0] not in left_out})
        self._counts.update(counts - Counter((one.code, one.file, one.field) for one in taken))
        self._severities = page._severities | self._severities

    def say(
        self,
        kind: FindingKind,
        /,
        file: str,
        row: int | None = None,
        field: str = "",
        value: object = "",
        **facts: Fact,
    ) -> None:
        """Write down one finding, unless its row is broken or enough of its kind are listed for the field."""
        is_explained = kind.code == _EMPTY and (file, row, field) in self._explained
        if (file, row) not in self._broken_rows and not is_explained:
            self._write(kind.at(file, row, field, shorten(value), **facts))

    def where(self, kind: FindingKind, /, sheet: Sheet, mask: pl.Expr, field: str = "", **words: Words) -> None:
        """Write down a finding for each row of the sheet that the mask picks."""
        if sheet.frame.height:
            hits = sheet.frame.select(pl.arg_where(mask.fill_null(value=False))).to_series()
            self.at(kind, sheet, hits, field, **words)

    def at(self, kind: FindingKind, /, sheet: Sheet, at: pl.Series, field: str = "", **words: Words) -> None:
        """Write down a finding for each of these positions of the sheet; facts that are not given stand in its row."""
        if not len(at):
            return
        place, self._severities[kind.code] = (kind.code, sheet.file, field), kind.severity
        listed = at.head(max(self._listed - self._counts[place], 0))
        rows, values = sheet.rows.gather(listed), sheet.cells(field, listed)
        own = {name: pl.col(name) for name in names_in(kind) if name in sheet.frame.columns}
        spelt = {name: _spell(word, sheet, listed) for name, word in {**own, **words}.items()}
        for k, (row, value) in enumerate(zip(rows, values, strict=True)):
            self.say(kind, sheet.file, row, field, value, **{name: word[k] for name, word in spelt.items()})
        self._counts[place] += len(at) - len(listed)

    def findings(self) -> tuple[Finding, ...]:
        """Return everything written down, with one more for each kind that was cut short: it stands for the rest."""
        return (*self._findings, *self._more())

    def _more(self) -> Iterable[Finding]:
        for (code, file, name), count in self._counts.items():
            if left := count - min(count, self._listed):
                more = MORE_OF_THE_SAME.at(file, None, name, code, number=left, kind=code)
                yield replace(more, severity=self._severities[code], stands_for=left)


def check_each(checks: Sequence[Check], papers: Papers, book: Book) -> None:
    """Make every check of a list: all conditions of a table are looked at in one go."""
    for table in dict.fromkeys(check.table for check in checks):
        lost = papers[table].lost
        own = [check for check in checks if check.table == table and not lost & _fields_of(check)]
        sheet = papers.view(table, [check.when for check in own])
        conditions = [_when_read(check, sheet) for check in own]
        holds = sheet.frame.select(condition.any().alias(str(k)) for k, condition in enumerate(conditions))
        for check, condition, is_found in zip(own, conditions, holds.row(0) if own else (), strict=True):
            if is_found:
                book.where(check.kind, sheet, condition, check.field, **check.words)


def _when_read(check: Check, sheet: Sheet) -> pl.Expr:
    """Return the condition of a check for rows of which every cell that it speaks of could be read."""
    fields = _fields_of(check) & set(sheet.raw.columns)
    unread = [mask for name in sorted(fields) if (mask := sheet.unread(name)) is not None]
    return check.when & ~pl.any_horizontal(unread) if unread else check.when


def _fields_of(check: Check) -> set[str]:
    """Return the fields that a check speaks of: in its condition, in its sentences, and where it stands."""
    words = [word for word in (check.when, *check.words.values()) if isinstance(word, pl.Expr)]
    asked = {name.removesuffix(BLANK) for word in words for name in word.meta.root_names()}
    return {check.field, *asked, *names_in(check.kind)}


def shorten(value: object) -> str:
    """Return the text of a cell, cut where it is long."""
    text = str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _spell(word: Words, sheet: Sheet, at: pl.Series) -> Sequence[Fact]:
    """Return a fact for each of some rows."""
    if isinstance(word, str | int | Phrase | Named):
        return [word] * len(at)
    if isinstance(word, pl.Expr):
        word = sheet.frame[at].select(word).to_series()
    return [value if isinstance(value, Phrase) else spelling(value) for value in word[: len(at)]]


def spelling(value: object) -> str:
    """Return a value as a planner writes it: numbers without needless decimals, nothing as nothing."""
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else shorten(value)


def stretches(rows: Iterable[int]) -> Named:
    """Return row numbers as stretches.

    >>> str(stretches([2, 3, 4, 9, 12, 13]))
    '2-4, 9, 12-13'
    """
    found: list[list[int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    names = [str(first) if first == last else f"{first}-{last}" for first, last in found[:_STRETCHES]]
    return Named(tuple(names), sum(last - first + 1 for first, last in found[_STRETCHES:]))


def named(names: Sequence[str], most: int = _STRETCHES) -> Named:
    """Return the first of some names, and how many more there are."""
    return Named(tuple(names[:most]), max(len(names) - most, 0))
