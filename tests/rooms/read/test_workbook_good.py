"""Workbooks that are read: what each kind of cell comes to, and which sheets are tables."""

from datetime import date, datetime, time, timedelta

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from scorta.errors import InputError
from scorta.read import read_case
from scorta.read.workbook_child import _text

SCENARIO = [["field", "value"], ["title", "Winter"]]
CELLS = {
    "text": ("HUB", "HUB"),
    "text of a number": ("007", "007"),
    "spaces": ("  ", "  "),
    "text of two lines": ("a\nb", "a\nb"),
    "other line ends of Unicode": ("a\u2028b\x85", "a\u2028b\x85"),
    "other letters": ("Жешув 🚚", "Жешув 🚚"),
    "whole number": (120, "120"),
    "whole number with decimals": (120.0, "120"),
    "large whole number": (1e14, "100000000000000"),
    "number": (0.1, "0.1"),
    "small number": (-2.5e-7, "-2.5e-07"),
    "very large number": (1.5e300, "1.5e+300"),
    "yes": (True, "yes"),
    "no": (False, "no"),
    "date": (date(2022, 12, 4), "2022-12-04"),
    "midnight": (datetime(2022, 12, 4), "2022-12-04"),
    "date and time": (datetime(2022, 12, 4, 6, 30), "2022-12-04 06:30:00"),
    "time": (time(6, 30), "06:30:00"),
    "error": ("#N/A", "#N/A"),
    "division by zero": ("#DIV/0!", "#DIV/0!"),
    "reference": ("#REF!", "#REF!"),
}


def test_cells(make_book):
    """Each kind of cell comes out as the text that means it in a CSV file."""
    values = [[name, value] for name, (value, _) in CELLS.items()]
    raw = read_case(make_book({"scenario": SCENARIO, "needs": [["need", "note"], *values]}))
    assert raw.findings == ()
    assert dict(raw.tables["needs"].frame.rows()) == {name: text for name, (_, text) in CELLS.items()}


def test_duration_is_told_in_days():
    """A duration comes out as its days."""
    assert _text(timedelta(days=1, hours=12)) == "1.5"


def test_rows_are_those_of_the_sheet(make_book):
    """Empty rows are left out, and the others keep their number."""
    rows = [["need", "place"], [], ["N1", None], [None, None], [None, "HUB"]]
    table = read_case(make_book({"scenario": SCENARIO, "needs": rows})).tables["needs"]
    assert table.frame.rows() == [("N1", None), (None, "HUB")]
    assert table.rows.to_list() == [3, 5]
    assert (table.rows.dtype, table.file) == (pl.UInt32, "book.xlsx!needs")


def test_headings_below_empty_rows_and_beside_empty_columns(make_book):
    """The first row that holds a cell is that of the headings; a column without any cell is left out."""
    rows = [[], [None, "need", None, "place"], [None, "N1", None, "HUB"]]
    raw = read_case(make_book({"scenario": SCENARIO, "needs": rows}))
    assert raw.findings == ()
    assert raw.tables["needs"].frame.to_dicts() == [{"need": "N1", "place": "HUB"}]
    assert raw.tables["needs"].rows.to_list() == [3]


def test_headings_only(make_book):
    """A sheet with headings only is an empty table."""
    raw = read_case(make_book({"scenario": SCENARIO, "needs": [["need", "place"]]}))
    assert raw.findings == ()
    assert raw.tables["needs"].frame.schema == {"need": pl.String, "place": pl.String}


def test_formatted_cells_hold_nothing(make_book):
    """Cells that have a colour but no value do not count, even far away."""

    def paint(book):
        for place in ("XFD1", "A1048576", "C2"):
            book["needs"][place].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")

    raw = read_case(make_book({"scenario": SCENARIO, "needs": [["need", "place"], ["N1", "HUB"]]}, change=paint))
    assert raw.findings == ()
    assert raw.tables["needs"].frame.rows() == [("N1", "HUB")]


def test_merged_cells_hold_their_value_once(make_book):
    """The value of merged cells stands in the first of them."""
    rows = [["need", "place"], ["N1", "HUB"], ["N2", None]]
    path = make_book({"scenario": SCENARIO, "needs": rows}, change=lambda book: book["needs"].merge_cells("B2:B3"))
    assert read_case(path).tables["needs"].frame.rows() == [("N1", "HUB"), ("N2", None)]


def test_hidden_sheet_is_read(make_book):
    """A hidden sheet is a table like any other."""

    def hide(book):
        book["needs"].sheet_state = "veryHidden"

    assert "needs" in read_case(make_book({"scenario": SCENARIO, "needs": [["need"]]}, change=hide)).tables


def test_sheets_that_are_no_tables(make_book):
    """Notes and blank sheets are left alone; a sheet with another name is told, with the nearest right one."""
    sheets = {"README": [["x"]], "Notes": [["x"]], "Sheet1": [], "need": [["x"]], "prices": [["x"]]}
    raw = read_case(make_book({"scenario": SCENARIO, "needs": [["need"]], **sheets}))
    assert [(one.code, one.file) for one in raw.findings] == [
        ("table-misnamed", "book.xlsx!need"),
        ("table-unknown", "book.xlsx!prices"),
    ]
    assert "needs" in raw.findings[0].next_step


def test_tables_in_order(make_book):
    """Tables come in the order of their description, whatever that of the sheets."""
    raw = read_case(make_book({"legs": [["leg"]], "scenario": SCENARIO, "parties": [["party"]]}))
    assert list(raw.tables) == ["parties", "legs"]
    assert (raw.scenario_file, raw.scenario) == ("book.xlsx!scenario", {"title": "Winter"})


def test_result_of_a_formula_is_used(make_book, rewrite):
    """A formula counts as the result that was saved with it, an empty text included."""
    path = make_book({"scenario": SCENARIO, "needs": [["need", "note"], ["=A1", "=B1"]]})

    def save_results(name, content):
        content = content.replace(b"<f>A1</f><v></v>", b"<f>A1</f><v>7</v>").replace(
            b"<f>A1</f><v />", b"<f>A1</f><v>7</v>"
        )
        for empty in (b"<v></v>", b"<v />", b"<v/>"):
            content = content.replace(b'<c r="B2"><f>B1</f>' + empty, b'<c r="B2" t="str"><f>B1</f><v></v>')
        return content

    raw = read_case(rewrite(path, save_results))
    assert raw.findings == ()
    assert raw.tables["needs"].frame.rows() == [("7", None)]


def test_workbook_of_another_program(tmp_path):
    """Cells are the same where their texts stand in one list and dates are counted from 1904, as other programs do."""
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx", {"date_1904": True})
    sheet, day = book.add_worksheet("needs"), book.add_format({"num_format": "dd.mm.yyyy"})
    for row, cells in enumerate([["need", "note"], ["N1", "N1"], ["N2", ""]]):
        sheet.write_row(row, 0, cells)
    sheet.write_datetime(2, 2, datetime(2022, 12, 4), day)
    sheet.write(0, 2, "required_by")
    sheet.write_formula(1, 2, "=DATE(2022,12,4)", day, 43_437)
    book.close()
    raw = read_case(tmp_path / "book.xlsx")
    assert [one.code for one in raw.findings] == ["scenario-missing"]
    assert raw.tables["needs"].frame.rows() == [("N1", "N1", "2022-12-04"), ("N2", None, "2022-12-04")]


def test_macro_workbook(make_book):
    """A workbook with the ending of one with macros is read; macros are never run."""
    assert "needs" in read_case(make_book({"scenario": SCENARIO, "needs": [["need"]]}, name="book.xlsm")).tables


def test_same_tables_from_workbook_and_folder(make_book, read_files):
    """A workbook and a folder of the same cells give the same tables."""
    rows = [["need", "place", "note"], ["N1", "HUB", None], ["N2", "PORT", "a, b"]]
    book = read_case(make_book({"scenario": SCENARIO, "needs": rows})).tables["needs"]
    csv = read_files(needs_csv=b'need,place,note\nN1,HUB,\nN2,PORT,"a, b"\n').tables["needs"]
    assert book.frame.equals(csv.frame)
    assert book.rows.equals(csv.rows)


@pytest.mark.parametrize("sheets", [{"Sheet1": []}, {"README": [["x"]]}])
def test_workbook_without_a_table(make_book, sheets):
    """A workbook that holds nothing like a table is an error."""
    with pytest.raises(InputError, match="holds no table"):
        read_case(make_book(sheets))
