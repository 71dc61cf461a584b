"""The cases of tests: made of rows, or of tables in words, without the check, since many are wrong on purpose.

    case(
        needs=[{"need": "N1", "place": "HUB", "item": "tent", "quantity": 5, "required_by": 20, "priority": 1}],
        stocks="place item quantity | HUB tent 3",
    )

Cells may be text as in a CSV file; a whole number in a field of dates is a day counted from `as_of`. Tables in words
are `heading heading | cell cell | cell cell`, or one row a line, `-` an empty cell. A case that is right, and that a
user could make, is made by `scorta.Case.of`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from scorta.case import TIERS, TYPES, Case, Scenario
from scorta.tables import CASE_TABLES, PLAN_TABLES, Table

Row = dict[str, Any]
Rows = list[Row]

AS_OF = dt.date(2023, 1, 2)
"""The first day of a case unless it says otherwise: a Monday, so that weeks are weeks of the calendar."""

NEW_YEAR = dt.date(2024, 1, 1)
"""The first day of the cases of `make_case`, a Monday: January has 31 days, February 29."""

WORLD = {
    "parties": "party kind | A nation | B nation | I industry",
    "places": "place party | P A | Q A | R B | W I",
    "items": "item mass_kg | rice 1000",
}
"""The tables that every case of `make_case` has unless it says otherwise."""

_USUAL = {"meets": "quantity", "component": "item"}
"""Columns of a plan that say the same as another, unless goods are used in place of others."""


def case(
    horizon: Sequence[tuple[str, int]] = (("week", 4),),
    as_of: dt.date = AS_OF,
    gifts: str = "pledged",
    tiers: Sequence[str] = TIERS,
    **tables: Rows | str,
) -> Case:
    """Build a case; parties, places and items that other rows name need no rows of their own.

    Tables that are not named are missing, those named without rows are given but empty.
    """
    scenario = Scenario("A case of a test", as_of, tuple(horizon), gifts=gifts, tiers=tuple(tiers))
    rows = _named({name: rows_of(given) if isinstance(given, str) else given for name, given in tables.items()})
    return Case.build(scenario, {name: frame_of(CASE_TABLES[name], given, as_of) for name, given in rows.items()})


def make_case(blocks: str, as_of: dt.date = NEW_YEAR, scenario: dict[str, Any] | None = None, **tables: str) -> Case:
    """Build a case in this `WORLD` from tables in words; `blocks` as `week 4 month 2`."""
    frames = {name: read_words(CASE_TABLES[name], words) for name, words in (WORLD | tables).items()}
    return Case.build(Scenario("by hand", as_of, pairs_of(blocks), **(scenario or {})), frames)


def pairs_of(blocks: str) -> tuple[tuple[str, int], ...]:
    """Read `week 4 month 2` as pairs of a kind of bucket and a count."""
    words = blocks.split()
    return tuple(zip(words[::2], map(int, words[1::2]), strict=True))


def read_words(table: Table, words: str) -> pl.DataFrame:
    """Read a table in words; goods of a plan are serviceable and stand for themselves unless these say otherwise."""
    rows = rows_of(words)
    if table is PLAN_TABLES.get(table.name):
        rows = [_usual(table, row) for row in rows]
    return frame_of(table, rows)


def rows_of(words: str) -> Rows:
    """Read the rows of a table in words."""
    heads, *rows = [line.split() for line in words.strip().replace("\n", "|").split("|")]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def _usual(table: Table, row: Row) -> Row:
    """Fill in the cells of a row of a plan that go without saying."""
    same = {name: row[other] for name, other in _USUAL.items() if name in table.names and other in row}
    return ({"condition": "serviceable"} if "condition" in table.names else {}) | same | row


def frame_of(table: Table, rows: Rows, as_of: dt.date = AS_OF) -> pl.DataFrame:
    """Return rows as a frame with every field of the table, each of its type; a field that is not known is an error."""
    types = {field.name: TYPES[field.type] for field in table}
    unknown = {field for row in rows for field in row} - set(types)
    if unknown:
        raise KeyError(f"The table {table.name} has no field {sorted(unknown)}.")
    columns = {name: [_cell(kind, row.get(name), as_of) for row in rows] for name, kind in types.items()}
    return pl.DataFrame(columns, schema=types)


def _cell(kind: pl.DataType, cell: Any, as_of: dt.date) -> Any:
    """Return the value of a cell, which may be written as in a CSV file."""
    if cell is None or cell == "-":
        return None
    if kind == pl.Date:
        return dt.date.fromisoformat(cell) if isinstance(cell, str) else _day(cell, as_of)
    if kind == pl.Boolean and isinstance(cell, str):
        return {"yes": True, "no": False}[cell]
    if kind == pl.Float64:
        return float(cell)
    return int(cell) if kind == pl.Int64 else cell


def _day(day: dt.date | int, as_of: dt.date) -> dt.date:
    """Return a day, which may be counted from the first."""
    return as_of + dt.timedelta(days=day) if isinstance(day, int) else day


def _named(tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """Add rows for the items, places and parties that other rows name, where the case has no such table."""
    found = dict(tables)
    if "items" not in found:
        found["items"] = [{"item": code} for code in _codes(found, "item")]
    if "places" not in found:
        found["places"] = [{"place": code, "party": "UA"} for code in _codes(found, "place", "origin", "destination")]
    if "parties" not in found:
        codes = _codes(found, "party", "donor", "recipient")
        found["parties"] = [{"party": code, "kind": "nation"} for code in codes]
    return found


def _codes(tables: Mapping[str, Rows], *fields: str) -> Iterable[str]:
    """Return the codes that stand in these fields of any table, each once, in order."""
    named = [row.get(field) for rows in tables.values() for row in rows for field in fields]
    return dict.fromkeys(code for code in named if code is not None)
