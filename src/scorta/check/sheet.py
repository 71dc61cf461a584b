"""A table while it is checked: its cells as found beside its cells as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from scorta.case import Horizon, Scenario, schema
from scorta.tables import CASE_TABLES, Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `raw` has the known columns of the file, `frame` every column of the table with its type.

    A cell that could not be read is null in `frame`, as is an empty one: defaults are not filled in yet. `filled`
    names the fields that some row fills.
    """

    table: Table
    file: str
    raw: pl.DataFrame
    rows: pl.Series
    frame: pl.DataFrame
    filled: frozenset[str]

    def cells(self, field: str, at: pl.Series) -> list[str]:
        """Return the cells of a field at these positions as they stand in the file."""
        if field not in self.raw.columns:
            return [""] * len(at)
        return ["" if cell is None else str(cell) for cell in self.raw[field].gather(at)]

    def has(self, field: str) -> bool:
        """Tell whether any row fills the field."""
        return field in self.filled


@dataclass(frozen=True, slots=True)
class Papers:
    """All sheets of a case while they are checked, and its scenario and horizon where these can be used."""

    sheets: Mapping[str, Sheet]
    scenario: Scenario | None
    horizon: Horizon | None

    def __getitem__(self, name: str) -> Sheet:
        """Return a sheet by the name of its table; an empty one where the case has no such table."""
        return self.sheets.get(name) or _empty(CASE_TABLES[name])


def filled(table: str, field: str) -> pl.Expr:
    """Return a field with its default in empty cells."""
    return pl.col(field).fill_null(CASE_TABLES[table][field].default)


@cache
def _empty(table: Table) -> Sheet:
    frame = pl.DataFrame(schema=schema(table))
    return Sheet(table, f"{table.name}.csv", frame, pl.Series([], dtype=pl.UInt32), frame, frozenset())
