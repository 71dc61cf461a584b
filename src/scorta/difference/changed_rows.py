"""What differs between two cases: rows that came, went or changed, found table by table by their names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import polars as pl

from scorta.case import ROW, Case, Change, Horizon, Scenario
from scorta.case.rows import name_of
from scorta.errors import InputError
from scorta.tables import CASE_TABLES, Table

SCENARIO = "scenario"
"""What the scenario is called among the tables."""

_UNPLANNED = ("changes", "risks", "meetings", "agenda", "decisions")
"""Tables that no plan depends on."""

_REMARKS = ("source", "note", "releasable_to")
"""Fields that no plan depends on."""

_NAME, _TIMES = "__name", "__times"

Cells = Mapping[str, Any]
"""The cells of a row by field."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What became of the rows of one name of a table: those that stood only before, and those that stand only after.

    `addresses` tells where they stand, or stood. `sole` says that only one of the two cases has rows of this name, and
    `whole` that only one has the table: its rows then come or go together, for a table that is there at all may change
    what others mean.
    """

    table: str
    name: str
    before: tuple[Cells, ...]
    after: tuple[Cells, ...]
    addresses: tuple[str, ...]
    sole: bool = False
    whole: bool = False

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """Whether the rows were added, removed or changed."""
        if self.before and self.after:
            return "changed"
        return "added" if self.after else "removed"

    def fields(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield each field that changed with its cell before and after, row by row where as many stand as stood."""
        if len(self.before) == len(self.after):
            for old, new in zip(self.before, self.after, strict=True):
                yield from ((name, old[name], new[name]) for name in new if old[name] != new[name])

    @property
    def rows(self) -> tuple[Cells, ...]:
        """The rows as they are after, or were before where none is left."""
        return self.after or self.before


def list_changed_rows(before: Case, after: Case) -> tuple[RowChange, ...]:
    """List what became of the scenario and of the rows that a plan depends on, in the order of tables and rows."""
    found = list(_changed_scenario(before.scenario, after.scenario))
    for name, table in CASE_TABLES.items():
        if name not in _UNPLANNED:
            found += _changed_table(before, after, table)
    return tuple(found)


def mixed(before: Case, after: Case, changes: Collection[RowChange]) -> Case:
    """Return the case of before with these of its changes done: other rows stand as they stood."""
    case, given = before, before.given
    for name in dict.fromkeys(change.table for change in changes):
        if name == SCENARIO:
            scenario = after.scenario
            case = replace(case, scenario=scenario, horizon=Horizon.build(scenario.as_of, scenario.blocks))
            continue
        chosen = [change for change in changes if change.table == name]
        if chosen[0].whole:
            case = replace(case, tables={**case.tables, name: after[name]})
            given = given | {name} if name in after.given else given - {name}
        else:
            among = name_of(CASE_TABLES[name]).is_in([one.name for one in chosen])
            table = pl.concat([before[name].filter(~among), after[name].filter(among)])
            case = case.replace(**{name: table.sort(ROW, maintain_order=True)})
    return replace(case, given=given, files={**before.files, **after.files}, findings=(), changes=())


def _changed_scenario(before: Scenario, after: Scenario) -> Iterator[RowChange]:
    """Yield what changed in the scenario, its title apart."""
    old, new = (
        {one.name: getattr(scenario, one.name) for one in fields(scenario) if one.name != "title"}
        for scenario in (before, after)
    )
    if old != new:
        yield RowChange(SCENARIO, SCENARIO, (old,), (new,), ("scenario.toml",))


def _changed_table(before: Case, after: Case, table: Table) -> list[RowChange]:
    """List what became of the rows of a table, name by name."""
    name = table.name
    old, new = _counted(before[name], table), _counted(after[name], table)
    if (name in before.given) != (name in after.given):
        whole = _change(before, after, table, "", old, new)
        return [replace(whole, sole=True, whole=True)]
    cells = [*_compared(table), _TIMES]
    gone = old.join(new, on=cells, how="anti", nulls_equal=True, maintain_order="left")
    come = new.join(old, on=cells, how="anti", nulls_equal=True, maintain_order="left")
    both = set(old[_NAME]) & set(new[_NAME])
    names = dict.fromkeys([*come[_NAME], *gone[_NAME]])
    found = [_change(before, after, table, one, gone.filter(_is(one)), come.filter(_is(one))) for one in names]
    return [replace(change, sole=change.name not in both) for change in found]


def _is(name: str) -> pl.Expr:
    return pl.col(_NAME) == name


def _compared(table: Table) -> list[str]:
    """Return the fields of a table in which rows may differ so that a plan may."""
    return [field.name for field in table if field.name not in _REMARKS]


def _counted(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Add the name of each row, and how many rows that are the same stand above it."""
    times = pl.int_range(pl.len()).over(_compared(table))
    return frame.with_columns(name_of(table).alias(_NAME), times.alias(_TIMES))


def _change(before: Case, after: Case, table: Table, name: str, gone: pl.DataFrame, come: pl.DataFrame) -> RowChange:
    """Put together what became of the rows of a name."""
    case, rows = (after, come) if len(come) else (before, gone)
    addresses = tuple(case.address(table.name, row) for row in rows[ROW])
    left, new = (tuple(part.select(table.names).to_dicts()) for part in (gone, come))
    return RowChange(table.name, name, left, new, addresses)


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
