"""Empty cases to fill in: what they hold, and that nothing is overwritten or left half-written."""

import os
import tomllib

import openpyxl
import pytest

from scorta.check import check_case
from scorta.errors import OutputError
from scorta.read import read_case
from scorta.report import template
from scorta.report.template import write_csv_template, write_xlsx_template
from scorta.tables import CASE_TABLES

WRITERS = {"case": write_csv_template, "case.xlsx": write_xlsx_template}
EMPTY = ("parties", "places", "items")
"""The tables that need a row."""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The empty workbook, opened."""
    path = tmp_path_factory.mktemp("book") / "case.xlsx"
    write_xlsx_template(path)
    opened = openpyxl.load_workbook(path)
    yield opened
    opened.close()


def test_folder_has_every_table_and_field(tmp_path):
    """Each table is a CSV file with its headings, beside a scenario that can be read."""
    write_csv_template(tmp_path / "case")
    files = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "case").iterdir()}
    assert set(files) == {f"{name}.csv" for name in CASE_TABLES} | {"scenario.toml", "datapackage.json"}
    assert files["needs.csv"] == ",".join(CASE_TABLES["needs"].names) + "\n"
    assert tomllib.loads(files["scenario.toml"])["horizon"][0] == {"bucket": "week", "count": 26}


def test_workbook_has_every_table_and_field(book):
    """Each table is a sheet with frozen headings, beside a sheet for the scenario."""
    assert book.sheetnames == ["scenario", *CASE_TABLES]
    for name, table in CASE_TABLES.items():
        assert tuple(cell.value for cell in book[name][1]) == table.names
        assert book[name].freeze_panes == "A2"


def test_headings_tell_their_meaning(book):
    """The note of a heading tells the meaning, the unit, and whether the field is required."""
    notes = {cell.value: cell.comment.text for cell in book["needs"][1]}
    assert notes["quantity"] == "How much; a draft may lack it. Unit: units. Required."
    assert "Required" not in notes["until"]


def test_choices_drop_down(book):
    """A field with choices, or yes and no, offers them; another does not."""
    offered = {
        (name, str(rule.sqref)): rule.formula1
        for name in CASE_TABLES
        for rule in book[name].data_validations.dataValidation
    }
    wanted = sum(field.type in ("choice", "yes_no") for table in CASE_TABLES.values() for field in table)
    assert len(offered) == wanted
    assert offered["parties", "C2:C1048576"] == '"nation,organisation,industry"'
    assert '"yes,no"' in offered.values()


def test_days_are_shown_as_they_are_written(book):
    """A column of days shows YYYY-MM-DD."""
    place = CASE_TABLES["needs"].names.index("required_by") + 1
    letter = openpyxl.utils.get_column_letter(place)
    assert book["needs"].column_dimensions[letter].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("name", WRITERS)
def test_template_is_a_case_that_lacks_only_rows(name, tmp_path):
    """What is written can be read and checked as it is: the only findings are the rows still to be filled in."""
    WRITERS[name](tmp_path / name)
    checked = check_case(read_case(tmp_path / name))
    assert {finding.code for finding in checked.findings if finding.severity == "error"} == {"empty-table"}
    assert len([finding for finding in checked.findings if finding.code == "empty-table"]) == len(EMPTY)


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_overwritten(name, tmp_path):
    """What is there already stays, and it is said; beside it a template can be written."""
    (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError, match="there already"):
        WRITERS[name](tmp_path / name)
    assert (tmp_path / name).read_text() == "mine"
    WRITERS[name](tmp_path / f"new-{name}")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, f"new-{name}"])


@pytest.mark.parametrize("name", WRITERS)
def test_place_that_is_no_folder_is_an_error(name, tmp_path):
    """Where nothing can be written an error says so."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        WRITERS[name](tmp_path / "file" / name)


@pytest.mark.parametrize("name", WRITERS)
def test_full_disk_leaves_nothing(name, tmp_path, monkeypatch):
    """Where the disk is full nothing half-written is left."""

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        WRITERS[name](tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore")
def test_workbook_that_cannot_be_closed_leaves_nothing(tmp_path, monkeypatch):
    """What the writer of workbooks cannot finish is an error of the output, with nothing left."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    def fail(self):
        raise FileCreateError("No space left on device")

    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", fail)
    with pytest.raises(OutputError, match="No space left"):
        write_xlsx_template(tmp_path / "case.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_scenario_of_both_templates_is_the_same():
    """The sheet of the scenario and its file hold the same keys."""
    assert {name for name, _, _ in template.SCENARIO} == set(tomllib.loads(template.SCENARIO_TOML))
