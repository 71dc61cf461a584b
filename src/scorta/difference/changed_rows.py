"""What differs between two cases: rows that came, went or changed, found table by table by their names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import polars as pl

from scorta.case import ROW, Case, Horizon, Scenario
from scorta.case.rows import name_of
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
            case = case.replace(**{name: _mixed_table(before[name], after[name], name, [one.name for one in chosen])})
    return replace(case, given=given, files={**before.files, **after.files}, findings=(), changes=())


def _mixed_table(before: pl.DataFrame, after: pl.DataFrame, table: str, names: Collection[str]) -> pl.DataFrame:
    """Return the rows of before, but those of these names as they are after."""
    among = name_of(CASE_TABLES[table]).is_in(list(names))
    return pl.concat([before.filter(~among), after.filter(among)]).sort(ROW, maintain_order=True)


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
