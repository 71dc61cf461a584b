"""Workbooks that are broken, unsafe or too large: told quickly, never opened, never hung."""

import io
import time
import zipfile

import pytest

from scorta.read import read_case, workbook_process
from scorta.read.workbook import read_workbook
from scorta.read.workbook_process import Limits

SHEETS = {"scenario": [["field", "value"], ["title", "x"]], "needs": [["need", "place"], ["N1", "HUB"]]}
TYPES, BOOK = "[Content_Types].xml", "xl/workbook.xml"
SHEET = "xl/worksheets/sheet2.xml"


def archive(parts, packing=zipfile.ZIP_DEFLATED):
    """Return the bytes of a zip archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as new:
        for name, content in parts:
            new.writestr(name, content)
    return stream.getvalue()


def encrypted():
    """Return an archive whose only part says that it is encrypted."""
    data = bytearray(archive([(BOOK, b"x")], zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying():
    """Return an archive whose part unpacks to more than it says."""
    data = bytearray(archive([(TYPES, b"<a/>"), (BOOK, b"<a>" + b" " * 5_000 + b"</a>")]))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


WHOLE = archive([(TYPES, b"<a/>"), (BOOK, b"<a/>")])
NO_WORKBOOK = {
    "no byte": (b"", "workbook-broken"),
    "text": (b"need,place\n", "workbook-broken"),
    "half an archive": (WHOLE[: len(WHOLE) // 2], "workbook-broken"),
    "archive without its list": (WHOLE[:-22], "workbook-broken"),
    "damaged part": (WHOLE.replace(b"\xb3\x49", b"\xff\xff", 1), "workbook-broken"),
    "part larger than it says": (lying(), "workbook-broken"),
    "empty archive": (archive([]), "workbook-broken"),
    "archive of a CSV file": (archive([("needs.csv", b"need\n")]), "workbook-broken"),
    "OpenDocument": (archive([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), "workbook-broken"),
    "binary workbook": (archive([(TYPES, b"<a/>"), ("xl/workbook.bin", b"")]), "workbook-broken"),
    "parts that are no workbook": (WHOLE, "workbook-broken"),
    "unknown packing": (archive([(TYPES, b"<a/>"), (BOOK, b"<a/>")], zipfile.ZIP_LZMA), "workbook-broken"),
    "another packing": (archive([(TYPES, b"<a/>"), (BOOK, b"<a/>")], zipfile.ZIP_BZIP2), "workbook-broken"),
    "old format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook-encrypted"),
    "encrypted part": (encrypted(), "workbook-encrypted"),
    "thousands of parts": (archive([(f"{at}.xml", b"") for at in range(2_001)]), "workbook-too-large"),
    "part that unpacks a thousandfold": (archive([(BOOK, bytes(3 << 20))]), "workbook-too-large"),
    "picture that unpacks a thousandfold": (archive([("xl/a.png", bytes(3 << 20))]), "workbook-too-large"),
    "document type": (archive([(TYPES, b"<a/>"), (BOOK, b"<!DOCTYPE a []><a/>")]), "workbook-unsafe"),
    "document type in small letters": (archive([(TYPES, b"<a/>"), (BOOK, b"<!doctype a><a/>")]), "workbook-unsafe"),
    "document type far down": (
        archive(
            [(TYPES, b"<a/>"), (BOOK, b"<!--" + b"0123456789" * 30_000 + b"--><!DOCTYPE a><a/>")], zipfile.ZIP_STORED
        ),
        "workbook-unsafe",
    ),
    "document type across two blocks": (
        archive([(TYPES, b"<a/>"), (BOOK, b" " * ((1 << 18) - 4) + b"<!DOCTYPE a><a/>")], zipfile.ZIP_STORED),
        "workbook-unsafe",
    ),
    "entities within entities": (
        archive([(TYPES, b'<!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'), (BOOK, b"<a/>")]),
        "workbook-unsafe",
    ),
    "UTF-16 that hides a document type": (
        archive([(TYPES, b"<a/>"), (BOOK, "<!DOCTYPE a><a/>".encode("utf-16"))]),
        "workbook-unsafe",
    ),
    "UTF-16 without mark": (archive([(TYPES, b"<a/>"), (BOOK, "<a/>".encode("utf-16-le"))]), "workbook-unsafe"),
    "unusual encoding": (
        archive([(TYPES, b"<a/>"), (BOOK, b"<?xml version='1.0' encoding='UTF-7'?><a/>")]),
        "workbook-unsafe",
    ),
    "document type in relations": (
        archive([(TYPES, b"<a/>"), (BOOK, b"<a/>"), ("_rels/.rels", b"<!DOCTYPE a><a/>")]),
        "workbook-unsafe",
    ),
}


@pytest.mark.parametrize("case", NO_WORKBOOK)
def test_no_workbook(case, tmp_path, told):
    """A file that is no workbook, or no safe one, is one finding that names it, and no table."""
    data, code = NO_WORKBOOK[case]
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    raw = read_case(path)
    assert told(raw) == [(code, None)]
    assert raw.findings[0].file == "book.xlsx"
    assert raw.tables == {}


def test_part_twice(make_book, rewrite, told):
    """An archive that holds a part twice is not opened: two readers might read two workbooks."""
    path = make_book(SHEETS)
    with pytest.warns(UserWarning, match="Duplicate name"):
        rewrite(path, lambda name, content: content, extra=[(SHEET, b"<a/>")])
    assert told(read_case(path)) == [("workbook-broken", None)]


def test_all_parts_together_too_large(make_book, told, monkeypatch):
    """Parts that together unpack to too much are told before they are."""
    monkeypatch.setattr(workbook_process, "MAX_UNPACKED", 2_000)
    assert told(read_case(make_book(SHEETS))) == [("workbook-too-large", None)]


EXTENTS = {
    "two cells at the corners": ("A1", "XFD1048576"),
    "far below and wide": ("T1", "A1048576"),
    "far to the right and long": ("XFD1", "A2000"),
}


@pytest.mark.parametrize("case", EXTENTS)
def test_sheet_of_billions_of_cells(case, make_book, told):
    """A sheet whose few cells lie very far apart is told at once, and the other sheets are read."""

    def scatter(book):
        for place in EXTENTS[case]:
            book["items"][place] = "x"

    path, start = make_book({**SHEETS, "items": []}, change=scatter), time.monotonic()
    raw = read_case(path)
    assert time.monotonic() - start < 10
    assert told(raw) == [("sheet-too-large", None)]
    assert raw.findings[0].file == "book.xlsx!items"
    assert raw.tables["needs"].frame.rows() == [("N1", "HUB")]


def test_declared_extent_does_not_matter(make_book, rewrite):
    """A sheet that only says that it is huge is read like any other."""

    def declare(name, content):
        return content.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')

    raw = read_case(rewrite(make_book(SHEETS), declare))
    assert raw.findings == ()
    assert raw.tables["needs"].frame.rows() == [("N1", "HUB")]


HUB = b't="inlineStr"><is><t>HUB</t></is>'
EDITS = {
    "sheet that is cut": lambda content: content[: len(content) // 2],
    "sheet that is no XML": lambda content: b"need,place",
    "sheet that is empty": lambda content: b"",
    "sheet that is missing": lambda content: None,
    "row that comes again": lambda content: content.replace(b'<row r="2"', b'<row r="1"'),
    "row zero": lambda content: content.replace(b'<row r="1"', b'<row r="0"'),
    "row without number": lambda content: content.replace(b'<row r="1"', b'<row r="x"'),
    "cell nowhere": lambda content: content.replace(b'r="A2"', b'r="2A"'),
    "cell beyond all columns": lambda content: content.replace(b'r="B2"', b'r="ZZZZ2"'),
    "string that is not in the list": lambda content: content.replace(HUB, b't="s"><v>99</v>'),
    "number that is none": lambda content: content.replace(HUB, b"><v>five</v>"),
    "number of too many digits": lambda content: content.replace(HUB, b"><v>" + b"9" * 10_000 + b"</v>"),
    "truth that is none": lambda content: content.replace(HUB, b't="b"><v>maybe</v>'),
    "entity that is not declared": lambda content: content.replace(b">HUB<", b">&hub;<"),
}


@pytest.mark.parametrize("case", EDITS)
def test_damaged_sheet(case, make_book, rewrite, told):
    """A sheet that breaks the format is one finding about the workbook, whatever openpyxl says of it."""
    path = rewrite(make_book(SHEETS), lambda name, content: EDITS[case](content) if name == SHEET else content)
    raw = read_case(path)
    assert told(raw) == [("workbook-broken", None)]
    assert raw.tables == {}


def test_sheet_twice(make_book, rewrite, told):
    """Of two sheets with one name the first is read, and the second is told."""
    path = make_book({**SHEETS, "items": [["item"], ["x"]]})
    raw = read_case(rewrite(path, lambda name, content: content.replace(b'name="items"', b'name="needs"')))
    assert told(raw) == [("table-twice", None)]
    assert raw.tables["needs"].frame.columns == ["need", "place"]


def test_formula_without_result(make_book, told):
    """A formula whose result was not saved is told with its cell, and counts as an empty cell."""
    raw = read_case(make_book({**SHEETS, "items": [["item", "mass_kg"], ["x", "=1+1"], ["y", 2]]}))
    assert told(raw) == [("formula-without-value", 2)]
    assert (raw.findings[0].field, raw.findings[0].value) == ("mass_kg", "B2")
    assert raw.tables["items"].frame.rows() == [("x", None), ("y", "2")]


def test_headings(make_book, told):
    """Headings that are missing or stand twice, and cells beyond them, are told as in a CSV file."""
    rows = [["item", "item", None, "unit"], ["x", "y", "z"], ["x", "y", None, "kg", "more"]]
    raw = read_case(make_book({**SHEETS, "items": rows}))
    assert told(raw) == [("heading-duplicate", 1), ("heading-empty", 1), ("cell-beyond-headings", 3)]
    assert [one.value for one in raw.findings[1:]] == ["C", "E"]


def test_empty_sheet_of_a_table(make_book, told):
    """A sheet with the name of a table and no cell is told."""
    assert told(read_case(make_book({**SHEETS, "items": []}))) == [("file-empty", None)]


def test_missing_scenario(make_book, told):
    """A workbook without the sheet of the scenario is told."""
    raw = read_case(make_book({"needs": [["need"]]}))
    assert told(raw) == [("scenario-missing", None)]
    assert raw.findings[0].file == "book.xlsx!scenario"


def test_text_too_long(make_book, rewrite, told):
    """A cell of more text than any spreadsheet program allows is told, and cut."""
    path = rewrite(make_book(SHEETS), lambda name, content: content.replace(b">HUB<", b">" + b"H" * 32_768 + b"<"))
    raw = read_case(path)
    assert told(raw) == [("sheet-too-much-text", 2)]
    assert len(raw.tables["needs"].frame["place"][0]) == 32_767


def test_time_limit(make_book, told):
    """A workbook that takes longer than its limit is given up."""
    path, start = make_book(SHEETS), time.monotonic()
    assert told(read_workbook(path, Limits(seconds=0))) == [("workbook-time", None)]
    assert time.monotonic() - start < 5


def test_memory_limit(make_book, told):
    """A workbook that takes more memory than its limit is given up: far more than it has at its start."""
    rows = [[f"{row} {'x' * 500}", "b"] for row in range(30_000)]
    raw = read_workbook(make_book({**SHEETS, "needs": rows}), Limits(memory=1 << 20))
    assert told(raw) == [("workbook-memory", None)]
    assert "1 MiB" in raw.findings[0].sentence


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os; os.abort()", "signal 6"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "signal 9"),
        ("raise SystemExit(7)", "exit code 7"),
        ("no python", "exit code 1"),
        ("", "no such file or directory"),
    ],
)
def test_reader_that_dies(make_book, told, tmp_path, monkeypatch, script, reason):
    """A reader that dies, or ends without a result, is a finding that says how."""
    (tmp_path / "child.py").write_text(script)
    monkeypatch.setattr(workbook_process, "SCRIPT", tmp_path / "child.py")
    raw = read_case(make_book(SHEETS))
    assert told(raw) == [("workbook-reader-died", None)]
    assert reason in raw.findings[0].sentence.lower()


def test_workbook_that_disappears(make_book, monkeypatch, told):
    """A workbook that disappears while it is read is a finding."""
    path = make_book(SHEETS)

    def read(gone):
        gone.unlink()
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(type(path), "read_bytes", read)
    assert told(read_case(path)) == [("file-unreadable", None)]


def test_title_above_the_headings_of_a_sheet(make_book, told):
    """A title above the headings of a sheet is told once, and the sheet is not read."""
    rows = [["Needs of winter"], [], ["need", "place", "colour"], ["N1", "HUB", "red"]]
    raw = read_case(make_book(SHEETS | {"needs": rows}))
    assert told(raw) == [("headings-below", 1)]
    assert "row 3" in raw.findings[0].sentence
    assert not raw.tables
