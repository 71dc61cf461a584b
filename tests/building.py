"""A small builder of cases for tests: a case from rows written as dicts, in five lines.

    case(
        needs=[{"need": "N1", "place": "HUB", "item": "tent", "quantity": 5, "required_by": 20, "priority": 1}],
        stocks=[{"place": "HUB", "item": "tent", "quantity": 3}],
    )

A whole number in a field of dates is a day counted from `as_of`. Parties, places and items that other rows name need
no rows of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from scorta.case import TIERS, TYPES, Case, Scenario
from scorta.tables import CASE_TABLES

Row = dict[str, Any]
Rows = list[Row]

AS_OF = dt.date(2023, 1, 2)
"""The first day of a case unless it says otherwise: a Monday, so that weeks are weeks of the calendar."""


def case(
    horizon: Sequence[tuple[str, int]] = (("week", 4),),
    as_of: dt.date = AS_OF,
    gifts: str = "pledged",
    tiers: Sequence[str] = TIERS,
    **tables: Rows,
) -> Case:
    """Build a case from rows; tables that are not named are missing, those named without rows are given but empty."""
    scenario = Scenario("A case of a test", as_of, tuple(horizon), gifts=gifts, tiers=tuple(tiers))
    complete = _named(tables)
    return Case.build(scenario, {name: _frame(name, rows, as_of) for name, rows in complete.items()})


def _named(tables: dict[str, Rows]) -> dict[str, Rows]:
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


def _codes(tables: dict[str, Rows], *fields: str) -> Iterable[str]:
    """Return the codes that stand in these fields of any table, each once, in order."""
    named = [row.get(field) for rows in tables.values() for row in rows for field in fields]
    return dict.fromkeys(code for code in named if code is not None)


def _frame(name: str, rows: Rows, as_of: dt.date) -> pl.DataFrame:
    """Turn the rows of a table into a frame of the right types; a field that is not known is an error."""
    types = {field.name: TYPES[field.type] for field in CASE_TABLES[name]}
    unknown = {field for row in rows for field in row} - set(types)
    if unknown:
        raise KeyError(f"The table {name} has no field {sorted(unknown)}.")
    return pl.DataFrame({field: [_cell(kind, row.get(field), as_of) for row in rows] for field, kind in types.items()},
                        schema=types)  # fmt: skip


def _cell(kind: pl.DataType, value: Any, as_of: dt.date) -> Any:
    """Return the value of a cell: days as dates, whole numbers as decimals where the field has decimals."""
    if value is None:
        return None
    if kind == pl.Date and isinstance(value, int):
        return as_of + dt.timedelta(days=value)
    return float(value) if kind == pl.Float64 else value
