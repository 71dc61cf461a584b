"""The changes with which a plan was made, if it is one of a what-if."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from scorta.difference import NAMED
from scorta.languages import mark, say, say_count, write_day, write_number
from scorta.report.page import Column, Grid, Words, in_language, to_plain

if TYPE_CHECKING:
    from scorta.case import Change
    from scorta.plan import Record
if TYPE_CHECKING:
    from scorta.difference import Group, RowChange


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


_ONE = {
    "scenario": mark("the scenario"),
    "parties": mark("party {name}"),
    "places": mark("place {name}"),
    "items": mark("item {name}"),
    "stocks": mark("stock {name}"),
    "needs": mark("need {name}"),
    "legs": mark("leg {name}"),
    "pledges": mark("pledge {name}"),
    "objectives": mark("objective {name}"),
    "receipts": mark("receipt {name}"),
    "processes": mark("process {name}"),
    "components": mark("component {name}"),
    "coproducts": mark("co-product {name}"),
    "lines": mark("line {name}"),
    "loads": mark("load {name}"),
    "expansions": mark("expansion {name}"),
    "kits": mark("kit part {name}"),
    "substitutes": mark("substitute {name}"),
    "contracts": mark("contract {name}"),
    "budgets": mark("budget {name}"),
    "keys": mark("share {name}"),
}
"""What a row of each table is called, and the scenario."""

_OF_UNITS = ("pledges", "needs", "stocks", "receipts")
"""Tables whose rows say how much there is of an item."""

TOLD = 3
"""Changed rows, or fields of a row, that a sentence tells; the rest are counted."""

Cells = Mapping[str, Any]


def write_group(group: Group) -> str:
    """Say what became of the rows of a group, and where they stand."""
    told = [write_change(change) for change in group.changes[:TOLD]]
    left = len(group.changes) - TOLD
    if left > 0:
        told.append(say_count("and {number} more row", "and {number} more rows", left))
    return f"{'; '.join(told)} ({write_addresses(group.addresses)})"


def write_label(group: Group) -> str:
    """Write the name of a group: of several that are one, the first."""
    left = len(group.labels) - NAMED
    more = say_count(" and {number} more", " and {number} more", left) if left > 0 else ""
    return say(" with ").join(group.labels[:NAMED]) + more


def write_addresses(addresses: tuple[str, ...]) -> str:
    """Write where rows stand, the file of several only once: `pledges.csv:2, 3 and 7`."""
    files: dict[str, list[str]] = {}
    for address in addresses:
        file, _, row = address.rpartition(":")
        files.setdefault(file or row, []).extend([row] if file else [])
    return ", ".join(f"{file}:{_some(rows)}" if rows else file for file, rows in files.items())


def _some(rows: list[str]) -> str:
    """Write some numbers of rows, the first of very many."""
    most = 3 * TOLD
    named = ", ".join(rows[:most])
    left = len(rows) - most
    return say_count("{rows} and {number} more", "{rows} and {number} more", left, rows=named) if left > 0 else named


def write_change(change: RowChange) -> str:
    """Say what became of the rows of one name."""
    if change.whole:
        rows = say_count("{number} row", "{number} rows", len(change.rows))
        came, went = mark("the table {table} came with {rows}"), mark("the table {table} went with {rows}")
        what = came if change.kind == "added" else went
        return say(what, table=change.table, rows=rows)
    if change.table == "pledges" and len(change.rows) == 1:
        return _pledge(change)
    if change.kind != "changed" or not (fields := list(change.fields())):
        return _came_or_went(change)
    told = ", ".join(_field(*field) for field in fields[:TOLD])
    left = len(fields) - TOLD
    more = say_count(" and {number} more field", " and {number} more fields", left) if left > 0 else ""
    return say("{row} has {fields}", row=_called(change), fields=f"{told}{more}")


def _called(change: RowChange) -> str:
    """Name the rows."""
    return say(_ONE[change.table], name=change.name)


def _field(name: str, old: Any, new: Any) -> str:
    """Say what stands in a field now, and what stood there."""
    field = "horizon" if name == "blocks" else name
    return say("{field} {new} instead of {old}", field=field, new=_written(new), old=_written(old))


def _came_or_went(change: RowChange) -> str:
    """Say that rows came, went or changed, and how much of what they are."""
    row, called = change.rows[0], _called(change)
    if change.table in _OF_UNITS and len(change.rows) == 1 and row["quantity"] is not None:
        item = f" {row['item']}" if change.table == "needs" else ""
        called = say("{row} of {quantity}", row=called, quantity=f"{_written(row['quantity'])}{item}")
    return say(_BECAME[change.kind], row=called)


_OTHER_ROWS = mark("{row} has other rows")
_BECAME = {"added": mark("{row} was added"), "removed": mark("{row} is gone"), "changed": _OTHER_ROWS}
"""What became of rows."""


def _pledge(change: RowChange) -> str:
    """Say what a donor did with a pledge."""
    row, (code, donor) = change.rows[0], (change.rows[0]["pledge"], change.rows[0]["donor"])
    if change.kind == "added":
        return say("{donor} pledged {what}: {code}", donor=donor, what=_what(row), code=code)
    if change.kind == "removed":
        return say("{donor}'s pledge {code} of {what} is gone", donor=donor, what=_what(row), code=code)
    fields = list(change.fields())
    if len(change.before) != 1 or change.before[0]["donor"] != donor:
        return say(_OTHER_ROWS, row=_called(change))
    told = [_PLEDGED.get(name, _any)(code, name, old, new) for name, old, new in fields[:TOLD]]
    deeds = say(" and ").join(told)
    return f"{donor} {deeds}"


def _what(row: Cells) -> str:
    """Say what is pledged, as far as it is known."""
    if row["quantity"] is not None:
        return f"{_written(row['quantity'])} {row['item']}"
    if row["value_eur"]:
        return say("{item} of {value} EUR", item=row["item"], value=_written(row["value_eur"]))
    return say("{item}, quantity unsaid", item=row["item"])


def _earlier(code: str, name: str, old: Any, new: Any) -> str:
    """Say that a pledge may leave earlier or later."""
    day = _written(new) if new else say("the first day")
    if new is None or (old is not None and new < old):
        return say("brought {code} forward to {day}", code=code, day=day)
    return say("put {code} off to {day}", code=code, day=day)


def _more(code: str, name: str, old: Any, new: Any) -> str:
    """Say that more or less is pledged."""
    if old is None or new is None:
        return _any(code, name, old, new)
    raised, cut = mark("raised {code} from {old} to {new}"), mark("cut {code} from {old} to {new}")
    return say(raised if new > old else cut, code=code, old=_written(old), new=_written(new))


def _state(code: str, name: str, old: Any, new: Any) -> str:
    """Say on which step of the ladder a pledge stands."""
    if new == "withdrawn":
        return say("withdrew {code}", code=code)
    return say("moved {code} from {old} to {new}", code=code, old=say(old), new=say(new))


def _any(code: str, name: str, old: Any, new: Any) -> str:
    """Say of any other field what stands in it."""
    return say(
        "set {field} of {code} to {new} instead of {old}", field=name, code=code, new=_written(new), old=_written(old)
    )


_PLEDGED: Mapping[str, Callable[[str, str, Any, Any], str]] = {
    "available_from": _earlier,
    "quantity": _more,
    "state": _state,
}
"""How a change of a field of a pledge is said."""


def _written(cell: Any) -> str:
    """Write a cell."""
    if cell is None or cell == "":
        return say("nothing")
    if isinstance(cell, bool):
        return say("yes") if cell else say("no")
    if isinstance(cell, date):
        return write_day(cell)
    if isinstance(cell, tuple):
        return ", ".join(" ".join(map(str, part)) if isinstance(part, tuple) else str(part) for part in cell)
    return write_number(float(cell)) if isinstance(cell, (int, float)) else str(cell)
