"""One table in words, read as the file of a case that has everything its codes may name."""

from __future__ import annotations

import datetime as dt

import polars as pl
from tests.cases import rows_of

from scorta.check import Checked, check_case
from scorta.tables import RawCase, RawTable

SCENARIO = {"title": "Words", "as_of": dt.date(2022, 10, 17), "horizon": [{"bucket": "week", "count": 12}]}

WORLD = {
    "parties": "party kind | UA nation | PL nation | DE nation | ACME industry",
    "places": "place party kind | HUB UA hub | DEPOT PL depot | PLANT ACME plant",
    "items": "item kind mass_kg value_eur | tent item 40 500 | stove item 20 90 | cot item 9 30 | box kit 70 700",
    "stocks": "place item quantity | DEPOT tent 70 | PLANT stove 40 | DEPOT cot 9",
    "needs": "need place item quantity required_by priority | N1 HUB tent 50 2022-12-04 1 | N2 HUB box 5 2022-12-04 2",
    "legs": "leg origin destination mode transit_days | ROAD DEPOT HUB road 3 | FROM-PLANT PLANT DEPOT road 3",
    "pledges": "pledge donor recipient item quantity state | P1 PL UA tent 60 committed",
    "kits": "item component quantity | box tent 1 | box cot 4",
    "lines": "line place capacity_per_month | LINE PLANT 120",
    "processes": "process place item line line_hours_per_unit lead_time_days | SEW PLANT tent LINE 2 0",
    "contracts": "contract buyer supplier item firm | C1 PL ACME tent 10",
}
"""A case without errors."""


def checked(table: str, words: str) -> Checked:
    """Check the case with another table, its cells as text and `-` for an empty one."""
    tables = {name: _raw(name, given) for name, given in (WORLD | {table: words}).items()}
    return check_case(RawCase("case", SCENARIO, "scenario.toml", tables, ()))


def read(table: str, words: str) -> pl.DataFrame:
    """Return a table as it is read; it has no errors."""
    found = checked(table, words)
    assert wrong(table, words) == []
    assert found.case is not None
    return found.case[table]


def wrong(table: str, words: str) -> list[tuple[str, str]]:
    """Return the errors of a table: the code of each, and the field in which it stands."""
    found = checked(table, words).findings
    return [(one.code, one.field) for one in found if one.severity == "error" and one.file == f"{table}.csv"]


def _raw(name: str, words: str) -> RawTable:
    """Return a table in words as a reader finds it."""
    rows = [{field: None if cell == "-" else cell for field, cell in row.items()} for row in rows_of(words)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    return RawTable(name, f"{name}.csv", frame, pl.Series(range(2, 2 + len(rows)), dtype=pl.UInt32))
