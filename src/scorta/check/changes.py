"""What-ifs: from a case and changes to another case, or to everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from scorta.case import ROW, Case, Change, Scenario, changes_in
from scorta.check.book import Book
from scorta.check.cells import read_cells
from scorta.check.check import Checked, check_case
from scorta.check.draft import Draft, apply_changes, file_of
from scorta.check.headings import MISSING_USUAL_TABLE, known_columns
from scorta.tables import CASE_TABLES, Finding, FindingKind, RawCase, RawTable, Table
from scorta.tables.findings import FileKind

_TABLE = CASE_TABLES["changes"]

NO_CHANGES = FindingKind(
    "no-changes",
    "error",
    "{file} holds no change.",
    "Write a row for each change, with the fields {fields}.",
    "A file of changes has no rows.",
)


def read_changes(found: RawTable | None, findings: Iterable[Finding]) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return the changes of a file as a reader found it, rows that cannot be read left out, and all findings."""
    book = Book(findings)
    changes: tuple[Change, ...] = ()
    if found is not None:
        sheet = read_cells(found, _TABLE, known_columns(found, _TABLE, book), book)
        whole = pl.all_horizontal(pl.col(field.name).is_not_null() for field in _TABLE if field.required)
        changes = changes_in(sheet.frame.filter(whole), found.file)
        if sheet.frame.is_empty():
            fields = ", ".join(field.name for field in _TABLE if field.required)
            book.say(NO_CHANGES, found.file, fields=fields)
    return changes, book.findings()


def change_case(case: Case, changes: Sequence[Change], found: Iterable[Finding] = ()) -> Checked:
    """Return the case that changes make of a case, checked as any other; or what is wrong with them, and no case.

    The changes are done in their order; the case they are done to stays as it is. `found` is what was wrong with their
    file: an error there stops the new case too.
    """
    book = Book()
    draft = apply_changes(case, changes, book)
    told = tuple(dict.fromkeys((*found, *book.findings())))
    if _is_stopped(told):
        return Checked(None, told)
    checked = check_case(_raw(case, draft), listed=False)
    findings = (*told, *(_traced(one, case, draft) for one in checked.findings))
    if checked.case is None:
        return Checked(None, findings)
    return Checked(replace(checked.case, findings=findings, changes=(*case.changes, *changes)), findings)


def _is_stopped(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _traced(finding: Finding, case: Case, draft: Draft) -> Finding:
    """Say of a finding that the case did not have before which change its row is owed to."""
    tables = {file_of(case, name): name for name in CASE_TABLES}
    change = draft.touched.get((tables.get(finding.file, ""), finding.row or 0))
    if change is None or finding in case.findings:
        return finding
    return replace(finding, changed_by=change.address)


def _raw(case: Case, draft: Draft) -> RawCase:
    """Return the case with its changed tables as if it had been read."""
    names = [name for name in CASE_TABLES if name in case.given or name in draft.tables]
    tables = {name: _raw_table(case, CASE_TABLES[name], draft) for name in names}
    origin = next((one.file for one in case.findings if one.code == MISSING_USUAL_TABLE.code), "case")
    lasting = tuple(one for one in case.findings if isinstance(one.kind, FileKind))
    return RawCase(origin, _plain(case.scenario), file_of(case, "scenario.toml"), tables, lasting)


def _raw_table(case: Case, table: Table, draft: Draft) -> RawTable:
    """Return a table without the columns in which nothing was ever filled in."""
    frame = draft[table]
    kept = [field.name for field in table if field.required or not _is_bare(frame[field.name], field.default)]
    return RawTable(table.name, file_of(case, table.name), frame.select(kept), frame[ROW])


def _is_bare(column: pl.Series, default: str) -> bool:
    """Tell whether no cell of a column holds anything but what an empty one means."""
    words = {True: "yes", False: "no"}
    return all(value is None or words.get(value, str(value)) == default for value in column.unique())


def _plain(scenario: Scenario) -> dict[str, object]:
    """Return a scenario as a reader finds it."""
    blocks = [{"bucket": bucket, "count": count} for bucket, count in scenario.blocks]
    return {
        "title": scenario.title,
        "as_of": scenario.as_of,
        "currency": scenario.currency,
        "gifts": scenario.gifts,
        "tiers": list(scenario.tiers),
        "horizon": blocks,
    }
