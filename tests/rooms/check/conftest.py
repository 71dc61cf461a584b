"""A small good case, as rows of cells, and the way from rows to a raw case."""

import copy
import datetime as dt

import polars as pl
import pytest

from scorta.check import check_case
from scorta.tables import RawCase, RawTable

SCENARIO = {"title": "Winter", "as_of": dt.date(2022, 10, 17), "horizon": [{"bucket": "week", "count": 8}]}

ROWS = {
    "parties": [
        {"party": "UA", "kind": "nation"},
        {"party": "PL", "kind": "nation", "gdp_eur": "574000000000"},
        {"party": "ACME", "kind": "industry"},
    ],
    "places": [
        {"place": "HUB", "party": "UA", "kind": "hub", "latitude": "50.1"},
        {"place": "DEPOT", "party": "PL", "storage_t": "4000"},
        {"place": "PLANT", "party": "ACME", "kind": "plant"},
    ],
    "items": [
        {"item": "generator", "mass_kg": "1450", "class": "II"},
        {"item": "engine", "mass_kg": "400", "shelf_life_days": "900"},
    ],
    "stocks": [
        {
            "place": "DEPOT",
            "item": "generator",
            "quantity": "70",
            "expires_on": "2023-01-31",
            "condition": "serviceable",
        },
        {"place": "PLANT", "item": "engine", "quantity": "40"},
    ],
    "needs": [
        {
            "need": "N1",
            "place": "HUB",
            "item": "generator",
            "quantity": "120",
            "required_by": "2022-12-04",
            "priority": "1",
        },
        {
            "need": "N2",
            "place": "HUB",
            "item": "generator",
            "quantity": "8",
            "required_by": "2022-12-04",
            "priority": "2",
            "unmet_cost_eur": "900",
        },
    ],
    "legs": [
        {"leg": "L1", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": "14"},
        {"leg": "L2", "origin": "PLANT", "destination": "HUB", "mode": "road", "transit_days": "14"},
    ],
    "pledges": [
        {"pledge": "P1", "donor": "PL", "recipient": "UA", "item": "generator", "quantity": "60", "state": "committed"}
    ],
    "objectives": [{"party": "PL", "item": "generator", "floor": "20", "objective": "90", "maximum": "200"}],
    "receipts": [{"place": "DEPOT", "item": "generator", "quantity": "30", "due_on": "2022-11-15"}],
    "processes": [
        {
            "process": "MAKE",
            "place": "PLANT",
            "item": "generator",
            "line": "LINE1",
            "line_hours_per_unit": "7",
            "lead_time_days": "0",
        }
    ],
    "components": [{"process": "MAKE", "item": "engine", "quantity": "1"}],
    "lines": [{"line": "LINE1", "place": "PLANT", "capacity_per_month": "120"}],
}


def table(name, rows, rows_from=2):
    """Return rows of cells as a reader finds them: text, empty cells null."""
    columns = dict.fromkeys(column for row in rows for column in row)
    frame = pl.DataFrame(
        {column: [row.get(column) or None for row in rows] for column in columns},
        schema=dict.fromkeys(columns, pl.String),
    )
    numbers = pl.Series(range(rows_from, rows_from + len(rows)), dtype=pl.UInt32)
    return RawTable(name, f"{name}.csv", frame, numbers)


@pytest.fixture
def rows():
    """The rows of a small good case, for a test to spoil."""
    return copy.deepcopy(ROWS)


@pytest.fixture
def scenario():
    """The scenario of a small good case, for a test to spoil."""
    return copy.deepcopy(SCENARIO)


@pytest.fixture
def raw():
    """A function from rows of cells (and a scenario) to a raw case."""

    def build(rows, scenario=SCENARIO, **more):
        tables = {name: table(name, cells) for name, cells in rows.items()}
        return RawCase("case", scenario, "scenario.toml", {**tables, **more}, ())

    return build


@pytest.fixture
def checked(raw):
    """A function from rows of cells (and a scenario) to what the check says of them."""
    return lambda rows, scenario=SCENARIO, **more: check_case(raw(rows, scenario, **more))
