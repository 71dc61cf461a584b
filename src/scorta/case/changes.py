"""One change of a what-if."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from scorta.tables import address_of


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a what-if: what is done to one field of the row, or of all rows, that `id` names.

    Each holds what its cell of the table `changes` does; `value` is written as in a CSV file, empty for an empty cell.
    `file` and `row` tell where the change was written down.
    """

    change: str
    table: str
    id: str
    field: str
    operation: str
    value: str = ""
    from_date: date | None = None
    until_date: date | None = None
    file: str = "changes"
    row: int | None = None

    @property
    def address(self) -> str:
        """Where it was written down, as `what-if.csv:2`."""
        return address_of(self.file, self.row)


FIELDS = ("change", "table", "id", "field", "operation", "value", "from_date", "until_date")
"""The fields of the table `changes` that a change has."""


def changes_in(frame: pl.DataFrame, file: str) -> tuple[Change, ...]:
    """Return the rows of a checked table `changes`, in their order."""
    cells = frame.with_columns(pl.col("value").fill_null("")).select(*FIELDS, pl.lit(file).alias("file"), "row")
    return tuple(Change(*row) for row in cells.iter_rows())


def changes_frame(changes: Iterable[Change]) -> pl.DataFrame:
    """Return changes as rows of the table `changes`."""
    rows = [[getattr(change, name) for name in FIELDS] for change in changes]
    types = {name: pl.Date() if name.endswith("_date") else pl.String() for name in FIELDS}
    frame = pl.DataFrame(rows, schema=types, orient="row")
    return frame.with_columns(pl.when(pl.col("value") != "").then(pl.col("value")))
