"""Changed rows put together: what was announced together, or what cannot stand without each other, is one group."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scorta.case import Change
from scorta.difference.changed_rows import SCENARIO, RowChange
from scorta.errors import InputError
from scorta.tables import CASE_TABLES

BY_ROW, BY_TABLE, BY_WHAT_IF = "row", "table", "what-if"
"""Ways to put rows together that are no field: by their code, by their table, by the what-if that changed them."""

_AS_ONE = {"keys": "key"}
"""Fields whose rows belong together: the shares of a key are parts of one whole."""

NAMED = 2
"""Parts of a group that its label names."""


@dataclass(frozen=True, slots=True)
class Group:
    """Changed rows that are looked at as one: what they are called, several names where several are one, and all."""

    labels: tuple[str, ...]
    changes: tuple[RowChange, ...]

    @property
    def label(self) -> str:
        """What they are called together."""
        left = len(self.labels) - NAMED
        return " with ".join(self.labels[:NAMED]) + (f" and {left} more" if left > 0 else "")

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where its rows stand."""
        return tuple(dict.fromkeys(address for change in self.changes for address in change.addresses))


def group_changes(
    changes: Sequence[RowChange], by: str = BY_ROW, what_ifs: Collection[Change] = ()
) -> tuple[Group, ...]:
    """Put changed rows together by their code, table or what-if, or by what stands in one of their fields.

    Rows whose table has no such field stay alone. Groups become one where a row of the one names a row that came or
    went in the other: neither can be there without the other.

    Raises:
        InputError: no changed row has a field of that name.
    """
    _check_field(changes, by)
    parts: dict[str, list[RowChange]] = {}
    for change in changes:
        parts.setdefault(_label(change, by, what_ifs), []).append(change)
    groups = [Group((label,), tuple(part)) for label, part in parts.items()]
    return tuple(_joined([groups[at] for at in together]) for together in _together(groups))


def _check_field(changes: Sequence[RowChange], by: str) -> None:
    """Refuse a field that no changed table has."""
    known = dict.fromkeys(
        field.name for change in changes if change.table != SCENARIO for field in CASE_TABLES[change.table]
    )
    if changes and by not in (BY_ROW, BY_TABLE, BY_WHAT_IF, *known):
        raise InputError(
            "No changed row has a field {by}.",
            "Name row, table, what-if, or one of: {known}.",
            by=by,
            known=", ".join(known),
        )


def _label(change: RowChange, by: str, what_ifs: Collection[Change]) -> str:
    """Return the label of the group to which a changed row belongs."""
    name = change.rows[0][_AS_ONE[change.table]] if change.table in _AS_ONE and change.rows else change.name
    alone = " ".join(dict.fromkeys(filter(None, (change.table, name))))
    if by == BY_TABLE:
        return change.table
    if by == BY_WHAT_IF:
        return " + ".join(_what_ifs_of(change, what_ifs)) or alone
    cell = change.rows[-1].get(by) if change.rows and by != BY_ROW else None
    return alone if cell is None else str(cell)


def _what_ifs_of(change: RowChange, what_ifs: Collection[Change]) -> dict[str, None]:
    """Return the what-ifs that changed a row, which they call by its name or its address."""
    names = {change.name, *change.addresses, *(f"{change.table}:{one.rpartition(':')[2]}" for one in change.addresses)}
    return dict.fromkeys(one.change for one in what_ifs if one.table == change.table and one.id in names)


def _together(groups: Sequence[Group]) -> list[list[int]]:
    """Return which groups become one, in the order of the first of each."""
    root = list(range(len(groups)))
    makers = {made: at for at, group in enumerate(groups) for made in _makes(group)}
    for at, group in enumerate(groups):
        for named in _names(group):
            if named in makers:
                one, other = sorted((root[at], root[makers[named]]))
                root = [one if each == other else each for each in root]
    return [[at for at, each in enumerate(root) if each == first] for first in dict.fromkeys(root)]


def _makes(group: Group) -> Iterator[tuple[str, str]]:
    """Yield the table and code of every row that came or went."""
    for change in group.changes:
        if change.sole:
            first = CASE_TABLES[change.table].fields[0]
            yield from ((change.table, row[first.name]) for row in change.rows)


def _names(group: Group) -> Iterator[tuple[str, str]]:
    """Yield the table and code of every row that the rows of a group name, before or after."""
    for change in group.changes:
        if change.table != SCENARIO:
            for field in CASE_TABLES[change.table]:
                for row in (*change.before, *change.after):
                    yield from ((table, row[field.name]) for table in field.refers_to if row[field.name] is not None)


def _joined(groups: Sequence[Group]) -> Group:
    """Return groups as one."""
    labels = tuple(label for group in groups for label in group.labels)
    return Group(labels, tuple(change for group in groups for change in group.changes))
