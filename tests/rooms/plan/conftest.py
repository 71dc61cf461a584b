"""A small plan with a row in every table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from tests.cases import make_case

from scorta import desk
from scorta.case import TYPES
from scorta.plan import Options, Plan, Record, Size, TierValue
from scorta.tables import PLAN_TABLES

CELLS = {
    "code": "N1",
    "text": "words",
    "choice": "pledge",
    "number": 70.25,
    "whole": 3,
    "date": dt.date(2024, 1, 7),
    "yes_no": True,
}
"""A cell of each type."""


def make_plan(title: str = "Winter", quantity: float = 70.25) -> Plan:
    """Make a plan of two rows in every table: one full, one empty."""
    cells = CELLS | {"number": quantity}
    tables = {
        name: pl.DataFrame([pl.Series(field.name, [cells[field.type], None], TYPES[field.type]) for field in table])
        for name, table in PLAN_TABLES.items()
    }
    return Plan(tables, make_record(title))


def make_record(title: str) -> Record:
    """Make a record with every field filled in."""
    return Record(
        title=title,
        as_of=dt.date(2024, 1, 1),
        case_hash="0" * 64,
        versions={"scorta": "0.1.0", "solver": "HiGHS 1.11"},
        options=Options(seconds=600.0, memory=8 * 2**30),
        seed=7,
        tiers=(TierValue("floors", 0.0, 0.0, 0.0, 0.125), TierValue("cost", 1e6 / 3, None, None, 1.5)),
        claimed_gap=0.0,
        certified_gap=None,
        unsolved=("earliest",),
        size=Size(columns=3, rows=2, entries=5),
        seconds=2.5,
    )


@pytest.fixture(name="plan")
def _plan() -> Plan:
    """Return a plan."""
    return make_plan()


def planned(blocks: str, scenario: dict[str, Any] | None = None, **tables: str) -> Plan:
    """Plan a case of words."""
    return desk.make_plan(make_case(blocks, scenario=scenario, **tables), certify=False)


def cells(plan: Plan, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of a table of a plan, row by row, figures to six digits."""
    rows = plan[table].select(columns).rows()
    return [tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row) for row in rows]
