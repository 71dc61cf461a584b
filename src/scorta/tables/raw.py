"""Raw rows: what a reader found in a file, before anything was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorta.tables.findings import Finding

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as found: the cells under the headings of the file, and the row on which each record stands.

    `frame` has the columns of the file under the names of the file: text (`pl.String`, null where the cell is
    empty) from CSV and XLSX, typed columns from Parquet. `rows` (`pl.UInt32`, as long as the frame) counts as a
    spreadsheet does: the header is row 1.
    """

    name: str
    file: str
    frame: pl.DataFrame
    rows: pl.Series


@dataclass(frozen=True, slots=True)
class RawCase:
    """A whole case as found: the raw scenario, the raw tables, and what the readers already had to say.

    `scenario` is the content of `scenario.toml` (or of the sheet `scenario`) as plain Python values.
    """

    origin: str
    scenario: Mapping[str, Any]
    scenario_file: str
    tables: Mapping[str, RawTable]
    findings: tuple[Finding, ...]
