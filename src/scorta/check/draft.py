"""The tables of a case while changes are done to them."""

from __future__ import annotations

import datetime as dt

import polars as pl

from scorta.case import Case, Change
from scorta.tables import Table


class Draft:
    """A case in the making; it does not leave the room.

    `tables` holds the tables that were changed, `touched` the last change of each row, by table and row number.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self.tables: dict[str, pl.DataFrame] = {}
        self.touched: dict[tuple[str, int], Change] = {}

    def __getitem__(self, table: Table) -> pl.DataFrame:
        """Return a table as it is now."""
        return self.tables.get(table.name, self._case[table.name])

    def __setitem__(self, table: Table, frame: pl.DataFrame) -> None:
        self.tables[table.name] = frame

    def file(self, table: Table) -> str:
        """Return the file, or sheet, of a table: that which it has, or would have beside the others."""
        return file_of(self._case, table.name)

    @property
    def as_of(self) -> dt.date:
        """The first day of the plan."""
        return self._case.horizon.as_of

    @property
    def last_day(self) -> dt.date:
        """The last day of the plan."""
        return self._case.horizon.date(self._case.horizon.last_day)


def file_of(case: Case, name: str) -> str:
    """Return the file, or sheet, in which something of a case stands, or would stand beside its tables."""
    book, is_sheet, _ = next(iter(case.files.values()), "").rpartition("!")
    beside = f"{book}!{name}" if is_sheet else name if "." in name else f"{name}.csv"
    return case.files.get(name, beside)
