"""Cases: read and checked, changed by what-ifs, empty ones to fill in, and the one that is shipped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

import scorta
from scorta.case import Case, Change, changes_in
from scorta.check import Checked, change_case, check_case, read_changes
from scorta.errors import CaseError, InputError, OutputError
from scorta.languages import say, say_count
from scorta.read import OTHER_WORKBOOKS, WORKBOOKS, read_case, read_change_file
from scorta.tables import Finding, RawCase

NAMED = 5
"""What-ifs of a case that a sentence names."""


def load_case(path: Path, *, every: bool = False) -> Case:
    """Read a case from a folder or workbook and check it; its warnings and notes travel with it.

    Of very many findings of one kind in one field the first are listed, and the rest counted; `every` lists many more.

    Raises:
        CaseError: findings stop the case; it carries those of all tables at once.
        InputError: there is nothing at the path that could be a case.
    """
    return _accepted(check_case(read_case(path), every=every), str(path))


def build_case(raw: RawCase) -> Case:
    """Check a case that was not read from files, as one that was.

    Raises:
        CaseError: findings stop the case; it carries those of all tables at once.
    """
    return _accepted(check_case(raw), raw.origin)


def load_changed(case: Case, names: Sequence[str]) -> Case:
    """Return the case that what-ifs make of a case, one after the other.

    A name is that of a what-if in the table `changes` of the case, or else the path of a CSV file of changes.

    Raises:
        CaseError: findings stop the changes, or the case that they make.
        InputError: a name is neither.
    """
    changes, found = list[Change](), list[Finding]()
    for name in names:
        more, told = _find_changes(case, name)
        changes += more
        found += told
    return changed_case(case, changes, found)


def changed_case(case: Case, changes: Sequence[Change], found: Iterable[Finding] = ()) -> Case:
    """Return the case that changes make of a case; `found` is what was wrong with their file.

    Raises:
        CaseError: findings stop the changes, or the case that they make.
    """
    return _accepted(change_case(case, changes, found), say("The changed case"))


def as_planned(case: Case, changes: Sequence[Change]) -> Case:
    """Return a case as a plan with these changes was made of it; the case itself where they cannot be done to it."""
    return (change_case(case, changes).case or case) if changes else case


def _accepted(checked: Checked, name: str) -> Case:
    """Return the case that passed the check."""
    if checked.case is None:
        raise CaseError(name, checked.findings)
    return checked.case


def _find_changes(case: Case, name: str) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return the changes that a name stands for, and what is wrong with their file."""
    listed = case["changes"].filter(pl.col("change") == name)
    if not listed.is_empty():
        return changes_in(listed, case.files.get("changes", "changes")), ()
    if not Path(name).exists():
        raise _unknown(case, name)
    part = read_change_file(Path(name))
    return read_changes(part.table, part.findings)


def write_template(path: Path, *, every: bool = False, example: bool = False) -> None:
    """Write a case to begin with: a workbook where the path ends in `.xlsx`, else a folder of CSV files.

    It has the tables that a case needs, or `every` one; they are empty, or hold a small `example` that can be planned.

    Raises:
        OutputError: something is there already, or it cannot be written.
    """
    from scorta.report.template import Template, write_csv_template, write_xlsx_template

    ending = path.suffix.lower()
    if ending != ".xlsx" and ending in (*WORKBOOKS, *OTHER_WORKBOOKS):
        raise OutputError(
            "{path} would be a workbook of a format that is not written.",
            "Name a file that ends in .xlsx, or a folder.",
            path=path,
        )
    (write_xlsx_template if ending == ".xlsx" else write_csv_template)(path, Template(every, example))


def demo_case() -> Path:
    """Return the folder of the October 2022 case: beside the package where it is installed, or in the checkout."""
    package = Path(scorta.__file__).parent
    for folder in (package / "examples" / "october-2022", package.parents[1] / "examples" / "october-2022"):
        if folder.is_dir():
            return folder
    raise InputError("The October 2022 case was not installed with this package.", "Install the package anew.")


def _unknown(case: Case, name: str) -> InputError:
    """Say that a name stands for no changes, and which names do."""
    names = case["changes"]["change"].unique(maintain_order=True).to_list()
    left = len(names) - NAMED
    more = say_count(" and {number} more", " and {number} more", left) if left > 0 else ""
    return InputError(
        "There is no file and no what-if of the name {name}.",
        "Name a CSV file of changes, or one of the what-ifs of the case: {names}."
        if names
        else "Name a CSV file of changes.",
        name=name,
        names=", ".join(names[:NAMED]) + more,
    )
