"""The changes with which a plan was made, if it is one of a what-if."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scorta.languages import mark, say, say_count
from scorta.report.numbers import to_plain
from scorta.report.page import Column, Grid, Words, in_language

if TYPE_CHECKING:
    from scorta.case import Change
    from scorta.plan import Record

TITLE = mark("Changes: with which the plan was made")

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
        return Words(say("None: the case was planned as it stands."), title=say(TITLE))
    names = [name for name in _COLUMNS if any(_cell(change, name) for change in record.changes)]
    rows = tuple(tuple(_cell(change, name) for name in names) for change in record.changes)
    files = dict.fromkeys(change.file for change in record.changes)
    return Grid(
        say(TITLE),
        in_language(_COLUMNS[name] for name in names),
        rows,
        say("Written in {files}.", files=", ".join(files)),
    )


def list_changes(record: Record) -> list[dict[str, Any]]:
    """Return the changes as plain values."""
    return [to_plain(change) for change in record.changes]


def what_if(record: Record) -> tuple[Words, ...]:
    """Say with which what-ifs a plan was made; nothing where there were none."""
    numbers = Counter((change.change, change.file) for change in record.changes)
    told = ", ".join(
        say_count(
            "{name} ({number} change in {file})", "{name} ({number} changes in {file})", number, name=name, file=file
        )
        for (name, file), number in numbers.items()
    )
    return (Words(say("What if: {changes}.", changes=told)),) if told else ()


def _cell(change: Change, name: str) -> Any:
    return "" if name == "field" and change.operation == "remove" else getattr(change, name)
