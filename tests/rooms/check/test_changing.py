"""What-ifs: each operation by hand, every finding, and what is true of all changes."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.check.conftest import ROWS, SCENARIO, table

from scorta.case import Case, Change
from scorta.check import Checked, change_case, check_case, read_changes
from scorta.tables import CASE_TABLES, RawCase

Rows = dict[str, list[dict[str, str]]]


def checked(rows: Rows) -> Checked:
    """Check rows of cells as a case."""
    tables = {name: table(name, cells) for name, cells in rows.items()}
    return check_case(RawCase("case", SCENARIO, "scenario.toml", tables, ()))


def case_of(**more: list[dict[str, str]]) -> Case:
    """Return the small good case, some of its tables replaced."""
    found = checked({**copy.deepcopy(ROWS), **more}).case
    assert found is not None
    return found


CASE = case_of()
LINES = [
    {"line": "LINE1", "place": "PLANT", "capacity_per_month": "120", "until_date": "2022-10-31"},
    {"line": "LINE1", "place": "PLANT", "capacity_per_month": "90", "available_from": "2022-11-01"},
]
"""A line whose rows take turns."""
LOTS = [
    {"place": "DEPOT", "item": "generator", "quantity": "70", "expires_on": "2023-01-31"},
    {"place": "DEPOT", "item": "generator", "quantity": "10"},
    {"place": "PLANT", "item": "engine", "quantity": "40"},
]
"""Two lots of one stock."""


def change(words: str, **more: Any) -> Change:
    """Make a change of `table id field operation value`; `.` is a value with nothing in it."""
    table, name, field, operation, *value = words.split()
    text = " ".join(value)
    return Change("test", table, name, field, operation, "" if text == "." else text, file="what-if.csv", row=2, **more)


def changed(case: Case, *changes: Change) -> Case:
    """Return the case that changes make."""
    found = change_case(case, changes)
    assert found.case is not None, found.findings
    return found.case


def errors(case: Case, *changes: Change) -> list[tuple[str, str, str]]:
    """Return code, address and field of each error that changes lead to."""
    found = change_case(case, changes)
    return [(one.code, one.address, one.field) for one in found.findings if one.severity == "error"]


@pytest.mark.parametrize(
    ("words", "at", "value"),
    [
        ("pledges P1 quantity set 12.5", 0, 12.5),
        ("places DEPOT storage_t set .", 1, None),
        ("pledges P1 available_from set 2022-11-01", 0, dt.date(2022, 11, 1)),
        ("pledges P1 state set in transit", 0, "in transit"),
        ("pledges P1 delivered_quantity add 3", 0, 3.0),
        ("needs N2 required_by add -14", 1, dt.date(2022, 11, 20)),
        ("needs N2 priority add 1", 1, 3),
        ("needs N2 priority multiply 2", 1, 4),
        ("needs N1 lapse_days add 5", 0, 5),
        ("needs needs.csv:3 quantity multiply 0.5", 1, 4.0),
        ("stocks DEPOT/generator quantity add -20", 0, 50.0),
        ("stocks stocks:3 quantity set 41", 1, 41.0),
        ("objectives PL/generator floor set 0", 0, 0.0),
        ("components MAKE/engine quantity multiply 2", 0, 2.0),
        ("processes MAKE whole set yes", 0, True),
        ("places HUB storage_t set 900", 0, 900.0),
    ],
)
def test_one_cell(words: str, at: int, value: object) -> None:
    """The cell is what it was changed to, and nothing else is changed; the case it was made of stays as it is."""
    one = change(words)
    before = CASE.digest()
    found = changed(CASE, one)
    assert found[one.table][one.field][at] == value
    rest = found[one.table].drop(one.field).equals(CASE[one.table].drop(one.field))
    others = all(found[name].equals(CASE[name]) for name in CASE_TABLES if name != one.table)
    assert rest
    assert others
    assert CASE.digest() == before
    assert found.changes == (one,)


def test_remove_takes_the_row_away() -> None:
    """The need is gone, its neighbour keeps the number of its row."""
    found = changed(CASE, change("needs N1 - remove"))
    assert found["needs"]["need"].to_list() == ["N2"]
    assert found["needs"]["row"].to_list() == [3]


def test_all_that_is_set_in_a_new_row_makes_it() -> None:
    """A pledge of three changes is one row below the last, with defaults; what lacks is told once, with a hint."""
    sets = [
        f"pledges P2 {words}"
        for words in ("donor set PL", "item set generator", "quantity set 5", "state set announced")
    ]
    found = changed(CASE, *map(change, sets))["pledges"]
    assert found.select("pledge", "donor", "item", "quantity_state", "row").row(1) == (
        "P2",
        "PL",
        "generator",
        "known",
        3,
    )
    assert errors(CASE, *map(change, sets[:3])) == [("change-incomplete-row", "what-if.csv:2", "id")]
    told = change_case(CASE, [change("pledges P11 quantity set 5")]).findings[0]
    assert "lack donor, item, state" in told.sentence
    assert "Did you mean `P1`?" in told.next_step


def test_a_table_that_the_case_lacks_is_given_by_a_change() -> None:
    """The first contract makes the table, as a file of it would."""
    words = ("buyer set PL", "supplier set ACME", "item set generator", "firm set 5")
    found = changed(CASE, *(change(f"contracts C1 {word}") for word in words))
    assert "contracts" in found.given
    assert found.files["contracts"] == "contracts.csv"


def test_changes_apply_in_order() -> None:
    """5 doubled and 1 more is 11; 5 and 1 more, doubled, is 12."""
    first, double, more = (change(f"needs N2 quantity {words}") for words in ("set 5", "multiply 2", "add 1"))
    assert changed(CASE, first, double, more)["needs"]["quantity"][1] == 11
    assert changed(CASE, first, more, double)["needs"]["quantity"][1] == 12
    again = changed(changed(CASE, first), more)
    assert again["needs"]["quantity"][1] == 6
    assert again.changes == (first, more)


def test_lots_of_one_name() -> None:
    """Multiply and remove are for all lots; a number to set or add is for none in particular, which is told."""
    case = case_of(stocks=LOTS)
    assert changed(case, change("stocks DEPOT/generator quantity multiply 2"))["stocks"]["quantity"].to_list() == [
        140,
        20,
        40,
    ]
    assert changed(case, change("stocks DEPOT/generator - remove"))["stocks"]["item"].to_list() == ["engine"]
    assert changed(case, change("stocks stocks.csv:3 quantity add 5"))["stocks"]["quantity"].to_list() == [70, 15, 40]
    told = change_case(case, [change("stocks DEPOT/generator quantity add 5")]).findings[0]
    assert told.code == "change-many-rows"
    assert "stocks.csv:2, stocks.csv:3" in told.next_step
    assert changed(case, change("stocks */generator quantity add 5"))["stocks"]["quantity"].to_list() == [75, 15, 40]
    assert errors(case, change("stocks */tractor quantity add 5")) == [("change-unknown-row", "what-if.csv:2", "id")]
    assert errors(case, change("pledges * quantity set 5")) == []


def test_rows_that_take_turns_are_one_line() -> None:
    """At no time do both rows hold, so that a number is meant for each; where they add up, it is not."""
    turns, both = case_of(lines=LINES), case_of(lines=[LINES[0], LINES[1] | {"available_from": ""}])
    words = "lines LINE1 capacity_per_month set 200"
    assert changed(turns, change(words))["lines"]["capacity_per_month"].to_list() == [200, 200]
    assert errors(both, change(words)) == [("change-many-rows", "what-if.csv:2", "id")]


def test_a_line_for_a_time() -> None:
    """From 24 October to 13 November twice the hours: four rows, each day with its own."""
    times = {"from_date": dt.date(2022, 10, 24), "until_date": dt.date(2022, 11, 13)}
    case = case_of(lines=LINES)
    found = changed(case, change("lines LINE1 capacity_per_month multiply 2", **times))["lines"].sort(
        "available_from", nulls_last=False
    )
    assert found.select("available_from", "until_date", "capacity_per_month").rows() == [
        (None, dt.date(2022, 10, 23), 120.0),
        (dt.date(2022, 10, 24), dt.date(2022, 10, 31), 240.0),
        (dt.date(2022, 11, 1), dt.date(2022, 11, 13), 180.0),
        (dt.date(2022, 11, 14), None, 90.0),
    ]
    closed = changed(case, change("lines LINE1 - remove", **times))["lines"]
    assert closed["capacity_per_month"].to_list() == [120, 90]
    assert closed["available_from"].to_list() == [None, dt.date(2022, 11, 14)]


def test_an_objective_for_a_time() -> None:
    """No floor in November: the old one comes back on 1 December; without a last day it does not."""
    times = {"from_date": dt.date(2022, 11, 1), "until_date": dt.date(2022, 11, 30)}
    words = "objectives PL/generator floor set 0"
    found = changed(CASE, change(words, **times))["objectives"]
    assert found.select("from_date", "floor", "objective").rows() == [
        (None, 20, 90),
        (dt.date(2022, 11, 1), 0, 90),
        (dt.date(2022, 12, 1), 20, 90),
    ]
    assert changed(CASE, change(words, from_date=times["from_date"]))["objectives"]["floor"].to_list() == [20, 0]
    assert changed(CASE, change(words, until_date=times["until_date"]))["objectives"]["floor"].to_list() == [0, 20]
    beyond = {"from_date": dt.date(2022, 1, 1), "until_date": dt.date(2029, 1, 1)}
    assert changed(CASE, change(words, **beyond))["objectives"]["floor"].to_list() == [0]


def test_an_objective_of_several_days() -> None:
    """A change that lies across two rows changes the part of each, and a row holds until the next as before."""
    row = ROWS["objectives"][0]
    case = case_of(objectives=[row | {"from_date": "2022-11-10"}, row, row | {"party": "UA", "floor": "1"}])
    times = {"from_date": dt.date(2022, 11, 1), "until_date": dt.date(2022, 11, 20)}
    found = changed(case, change("objectives PL/generator floor add 5", **times))["objectives"]
    assert found.filter(party="PL").sort("from_date").select("from_date", "floor").rows() == [
        (None, 20),
        (dt.date(2022, 11, 1), 25),
        (dt.date(2022, 11, 10), 25),
        (dt.date(2022, 11, 21), 20),
    ]


DAY = {"from_date": dt.date(2022, 11, 1)}
WRONG: list[tuple[str, dict[str, dt.date], str, str, str]] = [
    ("pledge P1 quantity set 5", {}, "change-unknown-table", "what-if.csv:2", "table"),
    ("changes P1 quantity set 5", {}, "change-unknown-table", "what-if.csv:2", "table"),
    ("pledges P1 quantty set 5", {}, "change-unknown-field", "what-if.csv:2", "field"),
    ("pledges P7 quantity add 5", {}, "change-unknown-row", "what-if.csv:2", "id"),
    ("stocks HUB/generator quantity set 5", {}, "change-unknown-row", "what-if.csv:2", "id"),
    ("stocks stocks.csv:9 quantity set 5", {}, "change-unknown-row", "what-if.csv:2", "id"),
    ("stocks needs.csv:2 quantity set 5", {}, "change-unknown-row", "what-if.csv:2", "id"),
    ("pledges P1 quantity double 5", {}, "unknown-choice", "what-if.csv:2", "operation"),
    ("pledges P1 quantity set lots", {}, "not-a-number", "what-if.csv:2", "value"),
    ("pledges P1 quantity set -5", {}, "below-minimum", "what-if.csv:2", "value"),
    ("pledges P1 available_from set soon", {}, "not-a-date", "what-if.csv:2", "value"),
    ("pledges P1 state set promised", {}, "unknown-choice", "what-if.csv:2", "value"),
    ("pledges P1 quantity add .", {}, "change-without-value", "what-if.csv:2", "value"),
    ("pledges P1 state add 5", {}, "change-operation", "what-if.csv:2", "operation"),
    ("needs N1 required_by multiply 5", {}, "change-operation", "what-if.csv:2", "operation"),
    ("needs N1 required_by add 1.5", {}, "not-whole", "what-if.csv:2", "value"),
    ("needs N2 priority multiply 1.25", {}, "not-whole", "what-if.csv:2", "value"),
    ("places HUB storage_t add 5", {}, "change-of-empty-cell", "what-if.csv:2", "operation"),
    ("pledges P1 available_from add 5", {}, "change-of-empty-cell", "what-if.csv:2", "operation"),
    ("legs L1 transit_days set 5", DAY, "change-not-dated", "what-if.csv:2", "from_date"),
    ("objectives PL/generator - remove", DAY, "change-not-dated", "what-if.csv:2", "from_date"),
    (
        "lines LINE1 capacity_per_month set 5",
        {"from_date": dt.date(2029, 1, 1)},
        "change-no-time",
        "what-if.csv:2",
        "id",
    ),
    (
        "lines LINE1 capacity_per_month set 5",
        DAY | {"until_date": dt.date(2022, 10, 30)},
        "dates-reversed",
        "what-if.csv:2",
        "until_date",
    ),
    ("needs N1 quantity set .", {}, "empty-cell", "needs.csv:2", "quantity"),
    ("stocks DEPOT/generator quantity add -71", {}, "below-minimum", "stocks.csv:2", "quantity"),
    ("pledges P1 donor set PX", {}, "unknown-reference", "pledges.csv:2", "donor"),
]


@pytest.mark.parametrize(("words", "times", "code", "address", "field"), WRONG, ids=lambda each: str(each))
def test_what_cannot_be_done(words: str, times: dict[str, dt.date], code: str, address: str, field: str) -> None:
    """There is no case, and a finding says where and what to do; of a row that was changed, by what."""
    found = change_case(CASE, [change(words, **times)])
    assert found.case is None
    told = [one for one in found.findings if one.severity == "error"]
    assert [(one.code, one.address, one.field) for one in told] == [(code, address, field)]
    assert told[0].next_step
    assert ("changed by what-if.csv:2" in told[0].sentence) == (address != "what-if.csv:2")


def test_all_findings_at_once() -> None:
    """Three changes that cannot be done are three findings, each at its row."""
    bad = [change("pledge P1 quantity set 5"), change("pledges P1 quantity set lots"), change("needs N9 - remove")]
    assert [code for code, _, _ in errors(CASE, *bad)] == [
        "change-unknown-table",
        "not-a-number",
        "change-unknown-row",
    ]


def test_listed_what_ifs_are_named_and_tried() -> None:
    """The case is planned without them; one that could not be is a warning, of each name by itself."""
    cells = {"table": "pledges", "id": "P1", "field": "quantity", "operation": "set"}
    rows = [{"change": "more", **cells, "value": "90"}, {"change": "lots", **cells, "value": "lots"}]
    found = checked({**ROWS, "changes": rows})
    told = [(one.code, one.severity, one.address) for one in found.findings if one.file == "changes.csv"]
    assert told == [("what-ifs", "note", "changes.csv"), ("not-a-number", "warning", "changes.csv:3")]
    assert found.case is not None
    assert found.case["pledges"]["quantity"][0] == 60


def test_a_file_of_changes_is_read_as_any_table() -> None:
    """What a row lacks is told, the others are read; a file without rows is a finding."""
    rows = [{"change": "a", "table": "needs", "id": "N1", "field": "-", "operation": "remove"}]
    changes, told = read_changes(table("changes", [*rows, rows[0] | {"id": ""}]), ())
    assert [(one.id, one.row, one.value) for one in changes] == [("N1", 2, "")]
    assert [(one.code, one.row, one.field) for one in told] == [("empty-cell", 3, "id")]
    nothing = table("changes", rows)
    nothing = replace(nothing, frame=nothing.frame.clear(), rows=nothing.rows.clear())
    assert [one.code for one in read_changes(nothing, ())[1]] == ["no-changes"]


CELLS = {
    "number": ["0", "7", "12.5", "-3", "lots", "", "1e3"],
    "whole": ["1", "3", "2.5", "0", ""],
    "date": ["2022-11-01", "2023-02-30", "soon", ""],
    "choice": ["committed", "draft", "open", "hub", "road", "nonsense", ""],
    "yes_no": ["yes", "no", "perhaps", ""],
    "code": ["PL", "HUB", "generator", "N1", "X", ""],
    "text": ["a word", ""],
}
"""Cells of each type, good and bad."""


@st.composite
def cells(draw: st.DrawFn) -> tuple[str, int, str, str]:
    """Draw a table, a row of it, a field and a cell."""
    name = draw(st.sampled_from(sorted(ROWS)))
    field = draw(st.sampled_from(CASE_TABLES[name].fields))
    at = draw(st.integers(0, len(ROWS[name]) - 1))
    return name, at, field.name, draw(st.sampled_from(CELLS[field.type]))


@given(cells())
def test_changing_a_cell_is_editing_the_file(cell: tuple[str, int, str, str]) -> None:
    """A case as changed is the case of the edited file, to the last cell; what stops one stops the other."""
    name, at, field, text = cell
    rows = copy.deepcopy(ROWS)
    rows[name][at][field] = text
    edited = checked(rows)
    found = change_case(CASE, [Change("law", name, f"{name}.csv:{at + 2}", field, "set", text)])
    assert (found.case is None) == (edited.case is None)
    if found.case is not None and edited.case is not None:
        assert found.case.digest() == edited.case.digest()
        assert {one.code for one in found.findings} == {one.code for one in edited.findings}
        assert all(found.case[name].equals(edited.case[name]) for name in CASE_TABLES)


@given(cells())
def test_setting_what_is_there_changes_nothing(cell: tuple[str, int, str, str]) -> None:
    """A value set where it stands already leaves every table as it was; so does nothing at all."""
    name, at, field, _ = cell
    text = ROWS[name][at].get(field, "")
    found = changed(CASE, Change("law", name, f"{name}.csv:{at + 2}", field, "set", text))
    assert all(found[name].equals(CASE[name]) for name in CASE_TABLES)
    assert found.findings == CASE.findings
    assert changed(CASE).digest() == CASE.digest()


NUMBERS = [
    (name, at, field.name)
    for name, rows in ROWS.items()
    for at, row in enumerate(rows)
    for field in CASE_TABLES[name]
    if field.type == "number" and field.name in row
]


@given(st.sampled_from(NUMBERS), st.sampled_from([2.0, 4.0, 8.0]))
def test_twice_and_half_is_nothing(number: tuple[str, int, str], factor: float) -> None:
    """A number multiplied and divided by a power of two is the same number."""
    name, at, field = number
    there, back = (
        Change("law", name, f"{name}:{at + 2}", field, "multiply", str(each)) for each in (factor, 1 / factor)
    )
    assert changed(CASE, there, back).digest() == CASE.digest()
