"""Cases to begin with: what they hold, and that nothing is overwritten or left half-written."""

import datetime as dt
import os
import tomllib

import openpyxl
import pytest

from scorta.check import check_case
from scorta.desk import load_case, make_plan
from scorta.errors import OutputError
from scorta.read import read_case
from scorta.report.template import NEEDED, Template, write_csv_template, write_xlsx_template
from scorta.tables import CASE_TABLES

WRITERS = {"case": write_csv_template, "case.xlsx": write_xlsx_template}
EMPTY = ("parties", "places", "items")
"""The tables that need a row."""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The empty workbook with every table, opened."""
    path = tmp_path_factory.mktemp("book") / "case.xlsx"
    write_xlsx_template(path, Template(every=True))
    opened = openpyxl.load_workbook(path)
    yield opened
    opened.close()


def test_folder_has_the_tables_of_a_case(tmp_path):
    """Each table is a CSV file with its headings, beside a scenario that can be read; the others come with `every`."""
    write_csv_template(tmp_path / "case", Template(first=dt.date(2022, 11, 1)))
    files = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "case").iterdir()}
    assert set(files) == {f"{name}.csv" for name in NEEDED} | {"scenario.toml", "datapackage.json"}
    assert files["needs.csv"] == ",".join(CASE_TABLES["needs"].names) + "\n"
    scenario = tomllib.loads(files["scenario.toml"])
    assert scenario["horizon"][0] == {"bucket": "week", "count": 26}
    assert scenario["as_of"] == dt.date(2022, 11, 1)
    write_csv_template(tmp_path / "every", Template(every=True))
    assert {path.stem for path in (tmp_path / "every").glob("*.csv")} == set(CASE_TABLES)


def test_the_plan_begins_next_month():
    """A case that is begun today is planned from the first day of the month that follows."""
    first = Template().as_of
    assert first.day == 1
    assert 0 < (first - dt.date.today()).days <= 31


def test_workbook_has_every_table_and_field(book, tmp_path):
    """Each table is a sheet with frozen headings, beside a sheet for the scenario; usually those of a case alone."""
    assert book.sheetnames == ["scenario", *CASE_TABLES]
    for name, table in CASE_TABLES.items():
        assert tuple(cell.value for cell in book[name][1]) == table.names
        assert book[name].freeze_panes == "A2"
    write_xlsx_template(tmp_path / "case.xlsx", Template())
    assert set(openpyxl.load_workbook(tmp_path / "case.xlsx").sheetnames) == {"scenario", *NEEDED}


def test_headings_tell_their_meaning(book):
    """The note of a heading tells the meaning, the unit, whether the field is required, and an example."""
    notes = {cell.value: cell.comment.text for cell in book["needs"][1]}
    assert notes["quantity"].startswith("How much; a draft may lack it. Unit: units. Required.")
    assert "Required" not in notes["until"]
    assert all(f"For example {field.example}." in notes[field.name] for field in CASE_TABLES["needs"] if field.example)


def drop_downs(book):
    """Return what is offered, by table and field."""
    return {
        (name, CASE_TABLES[name].names[openpyxl.utils.cell.range_boundaries(str(rule.sqref))[0] - 1]): rule
        for name in CASE_TABLES
        for rule in book[name].data_validations.dataValidation
    }


def test_choices_and_codes_drop_down(book):
    """A field with choices, or yes and no, offers them; one that names a row of a sheet, its codes."""
    rules, fields = drop_downs(book), [(name, field) for name, table in CASE_TABLES.items() for field in table]
    assert set(rules) == {
        (name, field.name)
        for name, field in fields
        if field.type == "yes_no" or field.choices or len(field.refers_to) == 1
    }
    kind, item = rules["parties", "kind"], rules["needs", "item"]
    assert (kind.formula1, kind.showErrorMessage) == ('"nation,organisation,industry"', True)
    assert (item.formula1, item.showErrorMessage) == ("OFFSET(items!$A$2,0,0,MAX(COUNTA(items!$A:$A)-1,1),1)", False)


def test_days_are_shown_as_they_are_written(book):
    """A column of days shows YYYY-MM-DD."""
    place = CASE_TABLES["needs"].names.index("required_by") + 1
    letter = openpyxl.utils.get_column_letter(place)
    assert book["needs"].column_dimensions[letter].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("every", [False, True], ids=["needed", "every"])
@pytest.mark.parametrize("name", WRITERS)
def test_template_is_a_case_that_lacks_only_rows(name, every, tmp_path):
    """What is written can be read and checked as it is: the only findings are the rows still to be filled in."""
    WRITERS[name](tmp_path / name, Template(every=every))
    checked = check_case(read_case(tmp_path / name))
    assert {finding.code for finding in checked.findings if finding.severity == "error"} == {"empty-table"}
    assert len([finding for finding in checked.findings if finding.code == "empty-table"]) == len(EMPTY)


@pytest.mark.parametrize("every", [False, True], ids=["needed", "every"])
@pytest.mark.parametrize("name", WRITERS)
def test_example_can_be_planned(name, every, tmp_path):
    """Without a finding but that it is assumed; 12 of 20 generators and all blankets come, on time."""
    WRITERS[name](tmp_path / name, Template(every=every, example=True))
    case = load_case(tmp_path / name)
    assert {finding.code for finding in case.findings} == {"assumed-rows"}
    met = make_plan(case)["fulfilment"].sort("need")
    assert met["on_time"].to_list() == pytest.approx([12, 5000])
    assert met["unmet"].to_list() == pytest.approx([8, 0])


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_overwritten(name, tmp_path):
    """What is there already stays, and it is said; beside it a template can be written."""
    (tmp_path / name).write_text("mine")
    with pytest.raises(OutputError, match="there already"):
        WRITERS[name](tmp_path / name, Template())
    assert (tmp_path / name).read_text() == "mine"
    WRITERS[name](tmp_path / f"new-{name}", Template())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, f"new-{name}"])


@pytest.mark.parametrize("name", WRITERS)
def test_place_that_is_no_folder_is_an_error(name, tmp_path):
    """Where nothing can be written an error says so."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        WRITERS[name](tmp_path / "file" / name, Template())


@pytest.mark.parametrize("name", WRITERS)
def test_full_disk_leaves_nothing(name, tmp_path, monkeypatch):
    """Where the disk is full nothing half-written is left."""

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space left"):
        WRITERS[name](tmp_path / name, Template())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore")
def test_workbook_that_cannot_be_closed_leaves_nothing(tmp_path, monkeypatch):
    """What the writer of workbooks cannot finish is an error of the output, with nothing left."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    def fail(self):
        raise FileCreateError("No space left on device")

    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", fail)
    with pytest.raises(OutputError, match="no space left"):
        write_xlsx_template(tmp_path / "case.xlsx", Template())
    assert list(tmp_path.iterdir()) == []


def test_scenario_of_both_templates_is_the_same(tmp_path):
    """The sheet of the scenario and its file hold the same keys, in the same order."""
    template = Template()
    write_csv_template(tmp_path / "case", template)
    scenario = tomllib.loads((tmp_path / "case" / "scenario.toml").read_text(encoding="utf-8"))
    assert [name for name, _, _ in template.scenario] == list(scenario)
    assert scenario["tiers"] == ["floors", "needs", "shares", "objectives", "cost"]
