"""A case for Python users: made of rows, refused with all findings, changed."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.rooms.python.conftest import given

import scorta as sc
from scorta.tables import CASE_TABLES

WALK = Path(__file__).parents[3] / "examples" / "walk"


def stopped(**others: Any) -> list[tuple[str, str, str]]:
    """Return the errors of a case that others make of the right one: where, which field, which kind."""
    with pytest.raises(sc.CaseError) as caught:
        sc.Case.of(**given(**others))
    return [(one.address, one.field, one.code) for one in caught.value.findings if one.severity == "error"]


def test_a_case_of_rows_is_that_of_files() -> None:
    """The walk, given as frames, has the tables of the walk that was read."""
    read = sc.read_case(WALK)
    tables = {name: read[name] for name in CASE_TABLES if name in read.engine.given}
    made = sc.Case.of(start="2022-10-17", weeks=8, title=read.title, **tables)
    assert made.engine.digest() == read.engine.digest()


def test_tables_go_by_their_names(tents: sc.Case) -> None:
    """`case.needs` is `case["needs"]`, with every field and its type; a name of no table tells the nearest."""
    assert tents.needs["quantity"].to_list() == [50.0]
    assert tents.needs.schema["required_by"] == pl.Date
    assert tents["needs"].equals(tents.needs)
    assert {"needs", "change", "what_if", "findings"} <= set(dir(tents))
    with pytest.raises(AttributeError, match="Did you mean `needs`"):
        _ = tents.neds
    with pytest.raises(sc.InputError, match="Did you mean `needs`"):
        _ = tents["neds"]


def test_it_cannot_be_altered(tents: sc.Case) -> None:
    """A what-if is a new case."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        tents.engine = tents.engine
    assert tents.change("P1", quantity=5).pledges["quantity"][0] == 5
    assert tents.pledges["quantity"][0] == 30


def test_all_findings_come_at_once() -> None:
    """A misspelt code, a wrong number and a missing start are told together, each row by its place in the list."""
    needs = given()["needs"]
    wrong = [needs[0] | {"item": "tant"}, needs[0] | {"need": "N2", "quantity": "lots"}]
    assert stopped(start=None, needs=wrong) == [
        ("Case.of", "start", "scenario-missing-key"),
        ("needs[0]", "item", "unknown-reference"),
        ("needs[1]", "quantity", "not-a-number"),
    ]


def test_the_error_reads_as_a_page() -> None:
    """Printed, it lists what is wrong, where, and what to do."""
    with pytest.raises(sc.CaseError) as caught:
        sc.Case.of(**given(start=None, stocks=[{"place": "DEPO", "item": "tent", "quantity": -1}]))
    first, *lines = str(caught.value).splitlines()
    assert first == "The case cannot be planned: 3 errors."
    assert '  Case.of: The case does not give `start`. Add start="2022-10-17".' in lines
    assert any(line.startswith("  stocks[0]: ") and "Did you mean `DEPOT`?" in line for line in lines)


@pytest.mark.parametrize(
    ("others", "error"),
    [
        ({"weeks": None}, ("Case.of", "horizon", "scenario-missing-key")),
        ({"weeks": 0}, ("Case.of", "horizon[1].count", "horizon-count")),
        ({"start": "17.10.2022"}, ("Case.of", "start", "scenario-wrong-type")),
        ({"gifts": "opn"}, ("Case.of", "gifts", "scenario-unknown-choice")),
        ({"tiers": "needs"}, ("Case.of", "tiers", "scenario-wrong-type")),
        ({"tiers": ("need",)}, ("Case.of", "tiers", "scenario-unknown-choice")),
        ({"needs": given()["needs"] * 2}, ("needs[1]", "need", "duplicate-key")),
        ({"needs": [given()["needs"][0] | {"quantity": [5]}]}, ("needs", "quantity", "wrong-column-type")),
    ],
)
def test_what_is_wrong_is_named(others: dict[str, Any], error: tuple[str, str, str]) -> None:
    """Where it stands, which field it is, and what kind of finding."""
    assert error in stopped(**others)


def test_a_row_that_stands_twice_is_named_as_python_counts() -> None:
    """The first of the two is `needs[0]`, not a row of a file."""
    with pytest.raises(sc.CaseError, match=r"`N1` stands on needs\[0\] already"):
        sc.Case.of(**given(needs=given()["needs"] * 2))


def test_missing_tables_are_named_without_files() -> None:
    """A case of nothing says which tables to give."""
    with pytest.raises(sc.CaseError, match="Add `parties` with the fields party, kind"):
        sc.Case.of()


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"needz": []}, "Did you mean `needs`"),
        ({"xyz": []}, "Its tables are parties, places"),
        ({"horizon": [("week", 6)]}, "given twice"),
        ({"horizon": ["week"], "weeks": None}, "no block"),
    ],
)
def test_what_makes_no_sense_is_refused(others: dict[str, Any], words: str) -> None:
    """A table of no case, two horizons, a horizon of no blocks."""
    with pytest.raises(sc.InputError, match=words):
        sc.Case.of(**given(**others))


def test_a_horizon_of_many_kinds() -> None:
    """Weeks, then months; or any blocks in any order."""
    assert sc.Case.of(**given(weeks=2, months=3)).engine.scenario.blocks == (("week", 2), ("month", 3))
    blocks = (("day", 7), ("quarter", 2))
    assert sc.Case.of(**given(weeks=None, horizon=blocks)).engine.scenario.blocks == blocks


def test_a_row_is_changed_by_its_code(tents: sc.Case) -> None:
    """Fields are set, scaled and added to; a row is taken out; a new one is made where its table is named."""
    assert str(tents.change("P2", available_from="2022-10-24").pledges["available_from"][1]) == "2022-10-24"
    assert tents.change("DEPOT/tent", scale={"quantity": 0.5}).stocks["quantity"].to_list() == [40]
    assert tents.change("stocks[0]", add={"quantity": 5}).stocks["quantity"].to_list() == [85]
    assert tents.change("P1", remove=True).pledges["pledge"].to_list() == ["P2"]
    new = tents.change("P3", table="pledges", donor="PL", item="tent", quantity=1, state="announced")
    assert new.pledges["pledge"].to_list() == ["P1", "P2", "P3"]
    assert tents.change("P2", available_from=None).pledges["available_from"].null_count() == 2


def test_a_change_for_a_time() -> None:
    """Of a table whose rows hold one after the other, a row is parted at the days that are named."""
    lines = [{"line": "L", "place": "DEPOT", "capacity_per_month": 10}]
    processes = [{"process": "M", "place": "DEPOT", "item": "tent", "line": "L", "line_hours_per_unit": 1}]
    case = sc.Case.of(**given(lines=lines, processes=[processes[0] | {"lead_time_days": 1}]))
    less = case.change("L", scale={"capacity_per_month": 0}, during=("2022-10-31", "2022-11-06"))
    assert less.lines["capacity_per_month"].to_list() == [10, 0, 10]


@pytest.mark.parametrize(
    ("code", "done", "words"),
    [
        ("P9", {"quantity": 5}, "No row of the case is called P9"),
        ("P1", {}, "Nothing is changed of P1"),
        ("P1", {"quantiti": 5}, "Did you mean `quantity`"),
        ("P1", {"quantity": "lots"}, "`lots` is not a number"),
        ("P1", {"quantity": 5, "during": ("soon", None)}, "soon is no day"),
        ("P9", {"table": "pledges", "quantity": 5}, "would lack donor, item, state"),
    ],
)
def test_a_change_that_cannot_be_done_says_why(tents: sc.Case, code: str, done: dict[str, Any], words: str) -> None:
    """A row that is not there, nothing to do, a slip of the pen, a value that cannot be read."""
    with pytest.raises(sc.ScortaError, match=words):
        tents.change(code, **done)


def test_a_code_of_two_tables_needs_the_table() -> None:
    """A place and a pledge of one code: `table` says which is meant."""
    pledges = [given()["pledges"][0] | {"pledge": "DEPOT"}]
    case = sc.Case.of(**given(pledges=pledges))
    with pytest.raises(sc.InputError, match="several tables: places, pledges"):
        case.change("DEPOT", quantity=5)
    assert case.change("DEPOT", table="pledges", quantity=5).pledges["quantity"].to_list() == [5]


def test_what_ifs_by_name_and_file(tents: sc.Case, tmp_path: Path) -> None:
    """A file of changes, and a name of the table `changes`, do the same."""
    row = {"change": "early", "table": "pledges", "id": "P2", "field": "available_from", "operation": "set"}
    row["value"] = "2022-10-24"
    pl.DataFrame([row]).write_csv(tmp_path / "early.csv")
    listed = sc.Case.of(**given(changes=[row]))
    days = [tents.what_if(tmp_path / "early.csv"), listed.what_if("early")]
    assert [str(case.pledges["available_from"][1]) for case in days] == ["2022-10-24"] * 2
    with pytest.raises(sc.InputError, match="no what-if of the name late"):
        tents.what_if("late")


def test_it_is_printed_as_a_page(tents: sc.Case) -> None:
    """What it holds, in words and as HTML."""
    assert str(tents).splitlines()[0] == "Tents"
    assert "1 need, 2 pledges" in str(tents)
    assert repr(tents) == "<Case: Tents>"
    assert "<h4>Tents</h4>" in tents._repr_html_()


def test_the_case_that_is_shipped() -> None:
    """October 2022 is there, with its notes."""
    assert "October 2022" in sc.demo_case().title
