"""What-ifs: changes found by the name of a file or of a what-if that the case lists, and done to a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from scorta.case import Case, Change, changes_in
from scorta.check import Checked, change_case, read_changes
from scorta.errors import InputError
from scorta.languages import say_count
from scorta.read import read_change_file
from scorta.tables import Finding

NAMED = 5
"""What-ifs of a case that a sentence names."""


def load_changed(case: Case, names: Sequence[str]) -> Checked:
    """Return the case that what-ifs make of a case, one after the other, or everything that is wrong with them.

    A name is that of a what-if in the table `changes` of the case, or else the path of a CSV file of changes.

    Raises:
        InputError: a name is neither.
    """
    changes, found = list[Change](), list[Finding]()
    for name in names:
        more, told = _find(case, name)
        changes += more
        found += told
    return change_case(case, changes, found)


def as_planned(case: Case, changes: Sequence[Change]) -> Case:
    """Return a case as a plan with these changes was made of it; the case itself where they cannot be done to it."""
    return (change_case(case, changes).case or case) if changes else case


def _find(case: Case, name: str) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return the changes that a name stands for, and what is wrong with their file."""
    listed = case["changes"].filter(pl.col("change") == name)
    if not listed.is_empty():
        return changes_in(listed, case.files.get("changes", "changes")), ()
    if not Path(name).exists():
        raise _unknown(case, name)
    part = read_change_file(Path(name))
    return read_changes(part.table, part.findings)


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
