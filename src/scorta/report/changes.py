"""The changes with which a plan was made, if it is one of a what-if."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scorta.report.numbers import count
from scorta.report.page import Column, Grid, Words
from scorta.report.plain import to_plain

if TYPE_CHECKING:
    from scorta.case import Change
    from scorta.plan import Record

TITLE = "Changes: with which the plan was made"

_COLUMNS = {
    "change": Column("What-if"),
    "table": Column("Table"),
    "id": Column("Row"),
    "field": Column("Field"),
    "operation": Column("Operation"),
    "value": Column("Value"),
    "from_date": Column("From", "date"),
    "until_date": Column("Until", "date"),
}
"""The columns of the view, by the field of a change."""


def changes_block(record: Record) -> Grid | Words:
    """Return the changes as rows, or say that there were none."""
    if not record.changes:
        return Words("None: the case was planned as it stands.", title=TITLE)
    names = [name for name in _COLUMNS if any(_cell(change, name) for change in record.changes)]
    rows = tuple(tuple(_cell(change, name) for name in names) for change in record.changes)
    files = dict.fromkeys(change.file for change in record.changes)
    return Grid(TITLE, tuple(_COLUMNS[name] for name in names), rows, f"Written in {', '.join(files)}.")


def list_changes(record: Record) -> list[dict[str, Any]]:
    """Return the changes as plain values."""
    return [to_plain(change) for change in record.changes]


def what_if(record: Record) -> tuple[Words, ...]:
    """Say with which what-ifs a plan was made; nothing where there were none."""
    numbers = Counter((change.change, change.file) for change in record.changes)
    told = [f"{name} ({count(number, 'change')} in {file})" for (name, file), number in numbers.items()]
    return (Words(f"What if: {', '.join(told)}."),) if told else ()


def _cell(change: Change, name: str) -> Any:
    return "" if name == "field" and change.operation == "remove" else getattr(change, name)
