"""What was found in the input: raw rows, and findings about them, each with what to do about it.

A finding keeps its kind and its facts, and is put into words when it is read: in the language that is spoken then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from string import Formatter
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from scorta.languages import mark, punctuate, say, say_count

if TYPE_CHECKING:
    import polars as pl

Severity = Literal["error", "warning", "note"]
"""An error stops the case; a warning travels with the plan; a note tells what was assumed or left out."""

ADDRESS = ("file", "row", "field", "value")
"""Facts of every finding: where it stands, and what stands there."""


def address_of(file: str, row: int | None) -> str:
    """Return where a row stands: `needs.csv:2` in a file, `needs[0]` among rows that were given in Python.

    Rows given in Python have the name of their table in place of that of a file; like those of a file they are counted
    from 2, below the headings.
    """
    if row is None:
        return file
    if file.isidentifier():
        return f"{file}[{row - 2}]" if row > 1 else file
    return f"{file}:{row}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence that has words of its own; it is said when the sentence is."""

    words: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def __str__(self) -> str:
        return say(self.words, **_said(self.facts))


@dataclass(frozen=True, slots=True)
class Named:
    """The first of some names, and how many more there are."""

    names: tuple[str, ...]
    left: int = 0

    def __str__(self) -> str:
        more = say_count(" and {number} more", " and {number} more", self.left) if self.left else ""
        return ", ".join(self.names) + more


Fact: TypeAlias = "str | int | Phrase | Named"
"""What fills a {name} in a sentence: text stands as it is, a whole number has signs between its thousands."""


def phrase(words: str, **facts: Fact) -> Phrase:
    """Return a part of a sentence, with what fills its {names}."""
    return Phrase(words, tuple(facts.items()))


def row_of(file: str, row: int) -> Fact:
    """Return how a row of the same table is named: `row 2` in a file, `needs[0]` among rows given in Python."""
    return address_of(file, row) if file.isidentifier() else phrase(mark("row {row}"), row=row)


def _said(facts: tuple[tuple[str, Fact], ...]) -> dict[str, str]:
    """Put facts into words."""
    return {name: punctuate(f"{fact:,}") if isinstance(fact, int) else str(fact) for name, fact in facts}


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding, described once: its code, how grave it is, and the sentences a user reads.

    `sentence` and `next_step` may hold {names} that are filled in for each finding; `meaning` says on the
    reference page when it is found. `one` is the sentence where its {number} is 1. `hides` is what nothing more is
    said of: the cells of the same row, or that the same cell is empty.
    """

    code: str
    severity: Severity
    sentence: str
    next_step: str
    meaning: str
    one: str = ""
    hides: Literal["", "row", "cell"] = ""

    def at(self, file: str, row: int | None = None, field: str = "", value: str = "", **facts: Fact) -> Finding:
        """Return the finding of this kind at an address; `facts` fill the {names} of its sentences."""
        return Finding(self, self.severity, file, row, field, value, tuple(facts.items()))

    def but(self, *, sentence: str = "", next_step: str = "") -> FindingKind:
        """Return the same kind, said in other words in some of its findings."""
        return replace(self, sentence=sentence or self.sentence, next_step=next_step or self.next_step)


@dataclass(frozen=True, slots=True)
class FileKind(FindingKind):
    """A kind of finding about a file, rather than about what it says: a case that is made of another keeps it."""


@cache
def names_in(kind: FindingKind) -> tuple[str, ...]:
    """Return the {names} in the sentences of a kind that are no part of its address."""
    parts = Formatter().parse(kind.sentence + kind.next_step + kind.one)
    return tuple(dict.fromkeys(name for _, name, _, _ in parts if name and name not in ADDRESS))


def kinds_in(*modules: ModuleType) -> tuple[FindingKind, ...]:
    """Return the kinds of finding that stand in some modules: by themselves, or in a row of a list of checks."""
    found: dict[FindingKind, None] = {}
    for module in modules:
        for value in vars(module).values():
            for one in value if isinstance(value, tuple) else (value,):
                kind = getattr(one, "kind", one)
                if isinstance(kind, FindingKind):
                    found[kind] = None
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the input: where it stands, what is wrong, and what to do.

    `row` is the row as a spreadsheet counts it (the header is row 1), or None where the finding is about the
    whole file; `field` and `value` are empty where it is about the row. `facts` fill the sentences of its kind; one of
    the name `guess` is what was probably meant, and is asked for. `stands_for` counts the findings that it stands for:
    itself, or those of a kind (its `value`) that are too many to list. `changed_by` is the address of the change that
    made the row what it is.
    """

    kind: FindingKind
    severity: Severity
    file: str
    row: int | None
    field: str
    value: str
    facts: tuple[tuple[str, Fact], ...] = ()
    stands_for: int = 1
    changed_by: str = ""

    @property
    def code(self) -> str:
        """The code of its kind."""
        return self.kind.code

    @property
    def address(self) -> str:
        """Where it stands, as `needs.csv:2`, `needs.csv`, or `needs[0]` of rows given in Python."""
        return address_of(self.file, self.row)

    @property
    def sentence(self) -> str:
        """What is wrong."""
        number = dict(self.facts).get("number")
        if self.kind.one and isinstance(number, int):
            words = {name: fact for name, fact in self._words().items() if name != "number"}
            sentence = say_count(self.kind.one, self.kind.sentence, number, **words)
        else:
            sentence = say(self.kind.sentence, **self._words())
        if not self.changed_by:
            return sentence
        return f"{sentence} {say('The row was changed by {address}.', address=self.changed_by)}"

    @property
    def next_step(self) -> str:
        """What to do."""
        step = say(self.kind.next_step, **self._words())
        guess = dict(self.facts).get("guess")
        return f"{step} {say('Did you mean `{guess}`?', guess=guess)}" if guess else step

    def _words(self) -> dict[str, str]:
        """Return what fills the {names} of its sentences."""
        address = {"file": self.file, "row": str(self.row), "field": self.field, "value": self.value}
        return address | _said(self.facts)


MORE_OF_THE_SAME = FindingKind(
    "more-of-the-same",
    "note",
    "{number} more findings of the kind {kind} were left out here.",
    "Mend those that are listed and check again; `--all` lists up to 10,000 of a kind in a field.",
    "A kind of finding (its *value*) was made so often in one field that only the first are listed: 50, or 10,000 "
    "with `--all`. It is as grave as those that it stands for, and counted as so many.",
    one="{number} more finding of the kind {kind} was left out here.",
)
MORE_ROWS = FindingKind(
    "more-rows",
    "note",
    "{number} more rows of {file} have the finding {kind}; only the first {shown} are listed.",
    "Correct the rows listed and read the file again.",
    "A file has very many findings of one kind; the reader cut the list, and the check counts them with the others "
    "as `more-of-the-same`.",
    one="{number} more row of {file} has the finding {kind}; only the first {shown} are listed.",
)


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as found: the cells under the headings of the file, and the row on which each record stands.

    `frame` has the columns of the file under the names of the file: text (`pl.String`, null where the cell is
    empty) from CSV and XLSX, typed columns from Parquet. `rows` (`pl.UInt32`, as long as the frame) counts as a
    spreadsheet does: the header is row 1.
    """

    name: str
    file: str
    frame: pl.DataFrame
    rows: pl.Series


@dataclass(frozen=True, slots=True)
class RawCase:
    """A whole case as found: the raw scenario, the raw tables, and what the readers already had to say.

    `scenario` is the content of `scenario.toml` (or of the sheet `scenario`) as plain Python values.
    """

    origin: str
    scenario: Mapping[str, Any]
    scenario_file: str
    tables: Mapping[str, RawTable]
    findings: tuple[Finding, ...]
