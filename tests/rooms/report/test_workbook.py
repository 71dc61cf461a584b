"""A plan as a workbook: a sheet for each view, with names, dates, frozen heads and filters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from tests.rooms.python.conftest import given

import scorta as sc
from scorta.case import Case
from scorta.errors import OutputError
from scorta.languages import speaking
from scorta.report import VIEW_NAMES, write_plan_workbook


@pytest.fixture(scope="module")
def made() -> sc.Plan:
    """The plan of a small case made of rows, with a stock objective and an asks policy that is open."""
    objectives = [{"party": "PL", "item": "tent", "objective": 80, "priority": 1}]
    return sc.plan(sc.Case.of(**given(objectives=objectives, gifts="open")))


def case_of(plan: sc.Plan) -> Case:
    """Return the case of the engine."""
    assert plan.case is not None
    return plan.case.engine


def test_every_view_with_rows_has_its_sheet(made: sc.Plan, tmp_path: Path) -> None:
    """Heads are frozen and filtered, dates are dates, figures are figures, names stand beside codes."""
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(made.engine, path, case_of(made))
    book = openpyxl.load_workbook(path)
    assert {name for name in book.sheetnames if name in VIEW_NAMES} >= {"needs", "shipments", "stock", "tiers"}
    sheet = book["needs"]
    head = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.max_row == 1 + made.engine["fulfilment"].height
    row = dict(zip(head, (cell.value for cell in sheet[2]), strict=True))
    names = dict(case_of(made)["items"].select("item", "name").iter_rows())
    assert row["Item, name"] == names[row["Item"]]
    assert isinstance(row["Required by"], datetime)
    assert isinstance(row["Asked"], int | float)


def test_heads_and_choices_are_in_the_language_that_is_spoken(made: sc.Plan, tmp_path: Path) -> None:
    """Sheets keep the names of their views; what stands above and in a cell is said as on a page."""
    with speaking("it"):
        write_plan_workbook(made.engine, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert "Fabbisogno" in [cell.value for cell in book["needs"][1]]
    rows = book["handovers"].iter_rows(values_only=True)
    assert {"impegno", "richiesta"} & {cell for row in rows for cell in row}


def test_codes_alone_without_the_case(made: sc.Plan, tmp_path: Path) -> None:
    """Where no case is at hand there are no names."""
    write_plan_workbook(made.engine, tmp_path / "plan.xlsx")
    head = [cell.value for cell in openpyxl.load_workbook(tmp_path / "plan.xlsx")["needs"][1]]
    assert "Item" in head
    assert "Item, name" not in head


def test_a_formula_in_a_name_stays_text(made: sc.Plan, tmp_path: Path) -> None:
    """What somebody wrote into a cell is not computed by whoever opens the workbook."""
    items = case_of(made)["items"]
    case = case_of(made).replace(items=items.with_columns(name=items["name"].map_elements(lambda _: "=1+1", str)))
    write_plan_workbook(made.engine, tmp_path / "plan.xlsx", case)
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["needs"]
    head = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, head.index("Item, name") + 1).data_type == "s"


def test_an_earlier_plan_is_replaced_and_nothing_else(made: sc.Plan, tmp_path: Path) -> None:
    """A workbook of ours gives way to the next; another one, a file of no workbook and a folder stay as they are."""
    path, other, text = tmp_path / "plan.xlsx", tmp_path / "other.xlsx", tmp_path / "text.xlsx"
    write_plan_workbook(made.engine, path)
    write_plan_workbook(made.engine, path, case_of(made))
    assert "Item, name" in [cell.value for cell in openpyxl.load_workbook(path)["needs"][1]]
    openpyxl.Workbook().save(other)
    text.write_text("mine", encoding="utf-8")
    before = other.read_bytes()
    for strange in (other, text, tmp_path / "plan.xls"):
        with pytest.raises(OutputError):
            write_plan_workbook(made.engine, strange)
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(OutputError):
        write_plan_workbook(made.engine, tmp_path / "folder.xlsx")
    assert (other.read_bytes(), text.read_text(encoding="utf-8")) == (before, "mine")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["folder.xlsx", "other.xlsx", "plan.xlsx", "text.xlsx"]
