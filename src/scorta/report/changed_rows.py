"""What became of rows, in words that can be read aloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from scorta.report.numbers import count, write_day, write_number

if TYPE_CHECKING:
    from scorta.case import Group, RowChange

_ONE = {
    "parties": "party",
    "places": "place",
    "items": "item",
    "stocks": "stock",
    "needs": "need",
    "legs": "leg",
    "pledges": "pledge",
    "objectives": "objective",
    "receipts": "receipt",
    "processes": "process",
    "components": "component",
    "coproducts": "co-product",
    "lines": "line",
    "loads": "load",
    "expansions": "expansion",
    "kits": "kit part",
    "substitutes": "substitute",
    "contracts": "contract",
    "budgets": "budget",
    "keys": "share",
}
"""What one row of a table is called."""

_OF_UNITS = ("pledges", "needs", "stocks", "receipts")
"""Tables whose rows say how much there is of an item."""

TOLD = 3
"""Changed rows, or fields of a row, that a sentence tells; the rest are counted."""

Cells = Mapping[str, Any]


def write_group(group: Group) -> str:
    """Say what became of the rows of a group, and where they stand."""
    told = [write_change(change) for change in group.changes[:TOLD]]
    left = len(group.changes) - TOLD
    more = f"; and {count(left, 'more row')}" if left > 0 else ""
    return f"{'; '.join(told)}{more} ({write_addresses(group.addresses)})"


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
    return f"{named} and {len(rows) - most} more" if len(rows) > most else named


def write_change(change: RowChange) -> str:
    """Say what became of the rows of one name."""
    if change.whole:
        side = "came" if change.kind == "added" else "went"
        return f"the table {change.table} {side} with {count(len(change.rows), 'row')}"
    if change.table == "pledges" and len(change.rows) == 1:
        return _pledge(change)
    if change.kind != "changed" or not (fields := list(change.fields())):
        return _came_or_went(change)
    told = [_field(change, *field) for field in fields[:TOLD]]
    more = f" and {count(len(fields) - TOLD, 'more field')}" if len(fields) > TOLD else ""
    return f"{_called(change)} has {', '.join(told)}{more}"


def _called(change: RowChange) -> str:
    """Name the rows."""
    return "the scenario" if change.table not in _ONE else f"{_ONE[change.table]} {change.name}"


def _field(change: RowChange, name: str, old: Any, new: Any) -> str:
    """Say what stands in a field now, and what stood there."""
    field = "horizon" if name == "blocks" else name
    return f"{field} {_written(new)} instead of {_written(old)}"


def _came_or_went(change: RowChange) -> str:
    """Say that rows came, went or changed, and how much of what they are."""
    verb = {"added": "was added", "removed": "is gone", "changed": "has other rows"}[change.kind]
    row = change.rows[0]
    units = ""
    if change.table in _OF_UNITS and len(change.rows) == 1 and row["quantity"] is not None:
        units = f" of {_written(row['quantity'])}" + (f" {row['item']}" if change.table == "needs" else "")
    return f"{_called(change)}{units} {verb}"


def _pledge(change: RowChange) -> str:
    """Say what a donor did with a pledge."""
    row, (code, donor) = change.rows[0], (change.rows[0]["pledge"], change.rows[0]["donor"])
    if change.kind == "added":
        return f"{donor} pledged {_what(row)}: {code}"
    if change.kind == "removed":
        return f"{donor}'s pledge {code} of {_what(row)} is gone"
    fields = list(change.fields())
    if len(change.before) != 1 or change.before[0]["donor"] != donor:
        return f"pledge {code} has other rows"
    told = [_PLEDGED.get(name, _any)(name, old, new).format(code=code) for name, old, new in fields[:TOLD]]
    return f"{donor} {' and '.join(told)}"


def _what(row: Cells) -> str:
    """Say what is pledged, as far as it is known."""
    if row["quantity"] is not None:
        return f"{_written(row['quantity'])} {row['item']}"
    return (
        f"{row['item']} of {_written(row['value_eur'])} EUR" if row["value_eur"] else f"{row['item']}, quantity unsaid"
    )


def _earlier(name: str, old: Any, new: Any) -> str:
    """Say that a pledge may leave earlier or later."""
    if new is None or (old is not None and new < old):
        return f"brought {{code}} forward to {_written(new) if new else 'the first day'}"
    return f"put {{code}} off to {_written(new)}"


def _more(name: str, old: Any, new: Any) -> str:
    """Say that more or less is pledged."""
    if old is None or new is None:
        return _any(name, old, new)
    return f"{'raised' if new > old else 'cut'} {{code}} from {_written(old)} to {_written(new)}"


def _state(name: str, old: Any, new: Any) -> str:
    """Say on which step of the ladder a pledge stands."""
    return "withdrew {code}" if new == "withdrawn" else f"moved {{code}} from {old} to {new}"


def _any(name: str, old: Any, new: Any) -> str:
    """Say of any other field what stands in it."""
    return f"set {name} of {{code}} to {_written(new)} instead of {_written(old)}"


_PLEDGED: Mapping[str, Callable[[str, Any, Any], str]] = {
    "available_from": _earlier,
    "quantity": _more,
    "state": _state,
}
"""How a change of a field of a pledge is said."""


def _written(cell: Any) -> str:
    """Write a cell."""
    if cell is None or cell == "":
        return "nothing"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return write_day(cell)
    if isinstance(cell, tuple):
        return ", ".join(" ".join(map(str, part)) if isinstance(part, tuple) else str(part) for part in cell)
    return write_number(float(cell)) if isinstance(cell, (int, float)) else str(cell)
