"""The examples as data: how much stands in them, that every row names its source, that what they name exists."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import polars as pl
import pytest

from scorta.check import check_case
from scorta.read import read_case
from scorta.tables import CASE_TABLES

EXAMPLES = Path(__file__).parents[2] / "examples"
OCTOBER = EXAMPLES / "october-2022"
WALK = EXAMPLES / "walk"
LONG_TERM, WINTER = EXAMPLES / "october-2022-long-term", EXAMPLES / "winter-reserve"
FOLDERS = pytest.mark.parametrize("folder", [OCTOBER, WALK, LONG_TERM, WINTER], ids=lambda folder: folder.name)


def read(folder: Path) -> dict[str, pl.DataFrame]:
    """Return the tables of a folder, every cell as text, null where it is empty."""
    return {path.stem: pl.read_csv(path, infer_schema=False) for path in sorted(folder.glob("*.csv"))}


def numbers(table: pl.DataFrame, name: str) -> pl.Series:
    """Return the cells of a column that are not empty, as numbers."""
    return table[name].drop_nulls().cast(pl.Float64)


def test_october_is_as_large_as_it_says() -> None:
    """At least 40 parties, 25 places, 30 items, 45 legs, 200 pledges with their state, 18 open needs."""
    case = read(OCTOBER)
    least = {"parties": 40, "places": 25, "items": 30, "legs": 45, "pledges": 200}
    assert {name: case[name].height for name in least if case[name].height < least[name]} == {}
    assert case["pledges"]["state"].null_count() == 0
    assert case["needs"].filter(pl.col("state") == "open").height >= 18


def test_readme_counts_its_rows() -> None:
    """The numbers in the README's first table are those of the files."""
    case = read(OCTOBER)
    lines = re.findall(r"^\| (`\w+\.csv`.*?) \| ([\d, ]+) \|", (OCTOBER / "README.md").read_text("utf-8"), re.M)
    told = {
        name: int(count)
        for names, counts in lines
        for name, count in zip(re.findall(r"`(\w+)\.csv`", names), counts.split(","), strict=True)
    }
    assert told == {name: table.height for name, table in case.items()}


@FOLDERS
def test_every_row_names_its_source(folder: Path) -> None:
    """No row of any table lacks `source`."""
    case = read(folder)
    assert [name for name, table in case.items() if "source" not in table.columns] == []
    assert {name: table["source"].null_count() for name, table in case.items() if table["source"].null_count()} == {}


@FOLDERS
def test_tables_and_fields_are_known(folder: Path) -> None:
    """Every file is a table of a case, every column one of its fields, and every choice one of its words."""
    for name, table in read(folder).items():
        assert name in CASE_TABLES
        assert set(table.columns) <= set(CASE_TABLES[name].names)
        for field in CASE_TABLES[name]:
            if field.choices and field.name in table.columns:
                assert set(table[field.name].drop_nulls()) <= set(field.choices), (name, field.name)


@FOLDERS
def test_everything_named_exists(folder: Path) -> None:
    """Every code that refers to another table stands there, and no key stands twice."""
    case = read(folder)
    codes = {name: set(table.to_series(0)) for name, table in case.items()}
    for name, table in case.items():
        for field in CASE_TABLES[name]:
            if field.refers_to and field.name in table.columns:
                known = set().union(*(codes.get(other, set()) for other in field.refers_to))
                assert set(table[field.name].drop_nulls()) <= known, (name, field.name)
        key = [field for field in CASE_TABLES[name].key if field in table.columns]
        if key:
            assert table.select(key).is_duplicated().sum() == 0, name


@FOLDERS
def test_required_cells_are_filled(folder: Path) -> None:
    """A required cell is empty only where a draft lacks its quantity."""
    for name, table in read(folder).items():
        if name == "needs":
            drafts = (pl.col("state") == "draft") & pl.col("quantity").is_null()
            table = table.filter(~drafts)
        for field in CASE_TABLES[name]:
            if field.required:
                assert table[field.name].null_count() == 0, (name, field.name)


@FOLDERS
def test_no_path_of_a_machine(folder: Path) -> None:
    """No file tells where it was made."""
    for path in sorted(folder.iterdir()):
        assert not re.search(r"/(work|home|tmp|Users)/|shared/data", path.read_text("utf-8")), path.name


def test_nothing_was_announced_after_the_first_day() -> None:
    """What became known later does not feed the plan: no pledge and no open need is of a later day."""
    case = read(OCTOBER)
    assert max(case["pledges"]["announced_on"]) <= "2022-10-13"
    late = case["needs"].filter(pl.col("note").str.starts_with("known only after"))
    assert late.height == 10
    assert set(late["state"]) == {"draft"}


def test_ladder_is_consistent() -> None:
    """A delivered pledge has arrived whole; one without a quantity says so; the rest has arrived in no part."""
    pledges = read(OCTOBER)["pledges"]
    delivered = pledges.filter(pl.col("state") == "delivered")
    assert (delivered["quantity"] == delivered["delivered_quantity"]).all()
    assert pledges.filter(pl.col("state") != "delivered")["delivered_quantity"].null_count() == (
        pledges.filter(pl.col("state") != "delivered").height
    )
    silent = pledges.filter(pl.col("quantity").is_null())
    assert set(silent["quantity_state"]) == {"undisclosed", "value_only"}
    assert set(pledges.filter(pl.col("quantity").is_not_null())["quantity_state"]) == {"known"}


def test_old_pledges_say_that_delivery_is_assumed() -> None:
    """Only one arrival was reported by 13 October 2022; every other `delivered` is marked as assumed."""
    pledges = read(OCTOBER)["pledges"]
    delivered = pledges.filter(pl.col("state") == "delivered")
    told = delivered.filter(~pl.col("note").str.contains("assumed: delivered before October 2022"))
    assert told.select("donor", "item", "quantity").rows() == [("DE", "iris_t_slm", "1")]


def test_numbers_are_sane() -> None:
    """No item weighs or costs nothing, no leg takes more than 40 days, no place lies off the map."""
    case = read(OCTOBER)
    assert numbers(case["items"], "mass_kg").min() > 0
    assert case["items"]["mass_kg"].null_count() == 0
    assert numbers(case["legs"], "transit_days").is_between(1, 40).all()
    assert numbers(case["places"], "latitude").is_between(-90, 90).all()
    assert numbers(case["pledges"], "quantity").min() > 0


def test_every_donor_can_reach_the_cities_in_the_east() -> None:
    """From each depot a chain of legs leads to Kyiv, Dnipro and Kharkiv."""
    case = read(OCTOBER)
    onward: dict[str, set[str]] = {}
    for origin, destination in case["legs"].select("origin", "destination").rows():
        onward.setdefault(origin, set()).add(destination)
    for depot in [place for place in case["places"]["place"] if place.endswith("-DEP")]:
        seen, ahead = set(), {depot}
        while ahead:
            seen |= ahead
            ahead = set().union(*(onward.get(place, set()) for place in ahead)) - seen
        assert {"UA-KYV", "UA-DNK", "UA-HRK"} <= seen, depot


def test_shared_capacities_agree() -> None:
    """Legs that share a capacity all state the same figure."""
    for folder in (OCTOBER, WALK):
        legs = read(folder)["legs"].filter(pl.col("shared_capacity").is_not_null())
        counts = legs.group_by("shared_capacity").agg(pl.col("capacity_t_per_month").n_unique())
        assert set(counts["capacity_t_per_month"]) == {1}


def test_walk_as_computed_by_hand() -> None:
    """The rows of the walk give 50 above the floor and 20 made in time, and a road of 80 a week."""
    case = read(WALK)
    scenario = tomllib.loads((WALK / "scenario.toml").read_text("utf-8"))
    start, required = scenario["as_of"], dt.date.fromisoformat(case["needs"]["required_by"][0])
    transit = {int(days) for days in case["legs"]["transit_days"]}
    assert transit == {14}
    last_start = required - dt.timedelta(days=13 + 7)
    assert (last_start - start).days == 4 * 7
    above = float(case["stocks"]["quantity"][0]) - float(case["objectives"]["floor"][0])
    hours = {10: 124 / 31, 11: 120 / 30}
    days = [start + dt.timedelta(days=day) for day in range(5 * 7)]
    made = sum(hours[day.month] for day in days) / float(case["processes"]["line_hours_per_unit"][0])
    assert (above, made) == (50, 20)
    weekly = float(case["legs"]["capacity_t_per_month"][0]) * 7 / 31 * 1000 / float(case["items"]["mass_kg"][0])
    assert weekly == pytest.approx(80)
    assert case["pledges"]["available_from"][0] == "2022-11-21"


@FOLDERS
def test_example_checks_without_errors(folder: Path) -> None:
    """The reader and the check of the house find no error in either example."""
    checked = check_case(read_case(folder))
    assert [finding for finding in checked.findings if finding.severity == "error"] == []
    assert checked.case is not None
