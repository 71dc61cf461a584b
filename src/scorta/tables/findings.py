"""What was found in the input: raw rows, and findings about them, each with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import polars as pl

Severity = Literal["error", "warning", "note"]
"""An error stops the case; a warning travels with the plan; a note tells what was assumed or left out."""


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


def row_of(file: str, row: int) -> str:
    """Return how a row of the same table is named: `row 2` in a file, `needs[0]` among rows given in Python."""
    return address_of(file, row) if file.isidentifier() else f"row {row}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the input: where it stands, what is wrong, and what to do.

    `row` is the row as a spreadsheet counts it (the header is row 1), or None where the finding is about the
    whole file; `field` and `value` are empty where it is about the row. `stands_for` counts the findings that it
    stands for: itself, or those of a kind (its `value`) that are too many to list.
    """

    code: str
    severity: Severity
    file: str
    row: int | None
    field: str
    value: str
    sentence: str
    next_step: str
    stands_for: int = 1

    @property
    def address(self) -> str:
        """Where it stands, as `needs.csv:2`, `needs.csv`, or `needs[0]` of rows given in Python."""
        return address_of(self.file, self.row)


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding, described once: its code, how grave it is, and the sentences a user reads.

    `sentence` and `next_step` may hold {names} that are filled in for each finding; `meaning` says on the
    reference page when it is found.
    """

    code: str
    severity: Severity
    sentence: str
    next_step: str
    meaning: str

    def at(self, file: str, row: int | None = None, field: str = "", value: str = "", **words: object) -> Finding:
        """Return the finding of this kind at an address; `words` fill the {names} of its sentences."""
        words = {"file": file, "row": row, "field": field, "value": value, **words}
        sentence, next_step = self.sentence.format(**words), self.next_step.format(**words)
        return Finding(self.code, self.severity, file, row, field, value, sentence, next_step)


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
