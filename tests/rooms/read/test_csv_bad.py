"""Bad CSV files: each gives exactly the findings that name what is wrong, with their rows."""

import codecs

import pytest

LATIN = "need,place\nN1,Kraków\n".encode("latin-1")
LONG = b"a,b\n" + b"1,2\n" * 70_000

BAD = {
    # encodings
    "utf-16 with mark": ("need,place\nN1,HUB\n".encode("utf-16"), [("csv-utf16", None)]),
    "utf-16 big-endian with mark": (codecs.BOM_UTF16_BE + "a,b\n".encode("utf-16-be"), [("csv-utf16", None)]),
    "utf-16 without mark": ("need,place\nN1,HUB\n".encode("utf-16-le"), [("csv-utf16", None)]),
    "utf-16 big-endian without mark": ("need,place\n".encode("utf-16-be"), [("csv-utf16", None)]),
    "utf-32": ("a,b\n1,2\n".encode("utf-32"), [("csv-utf16", None)]),
    "utf-32 big-endian": (codecs.BOM_UTF32_BE + "a,b\n".encode("utf-32-be"), [("csv-utf16", None)]),
    "latin-1 in row 2": (LATIN, [("csv-not-utf8", 2)]),
    "latin-1 in the headings": ("n\xf6d,b\n1,2\n".encode("latin-1"), [("csv-not-utf8", 1)]),
    "windows-1252 quote": (b"a,b\n1,2\n\x93x\x94,2\n", [("csv-not-utf8", 3)]),
    "latin-1 below a quoted line end": (b'a,b\n"1\n1",2\n\xe9,2\n', [("csv-not-utf8", 3)]),
    "utf-8 cut at the end": (b"a,b\n1,\xc3", [("csv-not-utf8", 2)]),
    "utf-8 of a surrogate": (b"a,b\n1,\xed\xa0\x80\n", [("csv-not-utf8", 2)]),
    "overlong utf-8": (b"a,b\n1,\xc0\xaf\n", [("csv-not-utf8", 2)]),
    "zero byte": (b"need,place\nN1,HUB\nN\x002,HUB\n", [("csv-zero-byte", 3)]),
    "zero byte and latin-1": (b"need,place\nN1,H\xe9\nN\x002,HUB\n", [("csv-zero-byte", 3), ("csv-not-utf8", 2)]),
    # nothing there
    "no byte": (b"", [("file-empty", None)]),
    "only the mark": (codecs.BOM_UTF8, [("file-empty", None)]),
    "only line ends": (b"\n\r\n\n", [("file-empty", None)]),
    # delimiters
    "semicolons": (b"need;place\nN1;HUB\n", [("csv-delimiter", 1)]),
    "tabs": (b"need\tplace\nN1\tHUB\n", [("csv-delimiter", 1)]),
    "vertical bars": (b"need|place\nN1|HUB\n", [("csv-delimiter", 1)]),
    "commas and semicolons": (b"need,place;item\nN1,HUB;x\n", [("csv-delimiter", 1)]),
    "a spreadsheet's line about the delimiter": (b"sep=;\nneed;place\n", [("csv-delimiter", 1)]),
    "semicolons below blank lines": (b"\n\nneed;place\nN1;HUB\n", [("csv-delimiter", 3)]),
    "semicolons with mark and CRLF": (codecs.BOM_UTF8 + b"need;place\r\nN1;HUB\r\n", [("csv-delimiter", 1)]),
    # line ends
    "carriage returns": (b"a,b\r1,2\r3,4\r", [("csv-line-end", 1)]),
    "one carriage return": (b"a,b\n1,2\r3,4\n", [("csv-line-end", 2)]),
    "carriage return at the end": (b"a,b\n1,2\r", [("csv-line-end", 2)]),
    "carriage return inside a cell": (b"a,b\n1\r5,2\n", [("csv-line-end", 2), ("csv-ragged-row", 2)]),
    "carriage return before CRLF": (b"a,b\r\n1,2\r\r\n", [("csv-line-end", 2)]),
    # quotes
    "quote never closed": (b'a,b\n1,2\n3,"4\n5,6\n', [("csv-unclosed-quote", 3)]),
    "quote never closed in the last row": (b'a,b\n1,2\n3,"4', [("csv-unclosed-quote", 3)]),
    "quote never closed in the headings": (b'a,"b\n1,2\n', [("csv-unclosed-quote", 1)]),
    "only a quote": (b'"', [("csv-unclosed-quote", 1)]),
    "two forgotten quotes": (b'a,b\n1,"2\n3,4\n5,"6\n7,8\n', [("csv-unclosed-quote", 2), ("csv-unclosed-quote", 4)]),
    "forgotten quote above a good one": (b'a,b\n1,"2\n3,"4"\n', [("csv-unclosed-quote", 2)]),
    "text after a quote": (b'a,b\n1,"2"x\n3,4\n', [("csv-text-after-quote", 2)]),
    "space after a quote": (b'a,b\n"1" ,2\n', [("csv-text-after-quote", 2)]),
    "backslash before a quote": (b'a,b\n1,"2\\"3"\n', [("csv-text-after-quote", 2)]),
    "quote inside a cell": (b'a,b\n1,2"\n', [("csv-quote-inside", 2)]),
    "space before a quote": (b'a,b\n1, "2"\n', [("csv-quote-inside", 2)]),
    "inches": (b'a,b\n5.5" pipe,2\n1,2\n6" pipe,2\n', [("csv-quote-inside", 2), ("csv-quote-inside", 4)]),
    "quote inside the headings": (b'a,b"c\n1,2\n', [("csv-quote-inside", 1)]),
    "pair of quotes inside a cell": (b'a,b\n1,x""y\n', [("csv-quote-inside", 2)]),
    "three quotes": (b'a,b\n1,"""\n', [("csv-unclosed-quote", 2)]),
    "two faults": (b'a,b\n1"1,2\n3,"4"x\n', [("csv-quote-inside", 2), ("csv-text-after-quote", 3)]),
    "quote inside below a quoted line end": (b'a,b\n"1\n1",2\n3,4"\n', [("csv-quote-inside", 3)]),
    # ragged rows
    "short row": (b"a,b,c\n1,2,3\n1,2\n", [("csv-ragged-row", 3)]),
    "long row": (b"a,b\n1,2\n3,4,5\n", [("csv-ragged-row", 3)]),
    "short and long row": (b"a,b,c\n1,2\n1,2,3,4\n", [("csv-ragged-row", 2), ("csv-ragged-row", 3)]),
    "first row short": (b"a,b\n1\n2,3\n", [("csv-ragged-row", 2)]),
    "last row cut": (b"a,b,c\n1,2,3\n1,2", [("csv-ragged-row", 3)]),
    "decimal comma": (b"need,quantity\nN1,1,5\n", [("csv-ragged-row", 2)]),
    "comma at each end": (b"a,b\n1,2,\n3,4,\n", [("csv-ragged-row", 2), ("csv-ragged-row", 3)]),
    "short row below a blank line": (b"a,b\n\n1\n", [("csv-ragged-row", 3)]),
    "short row below a quoted line end": (b'a,b\n"1\n\n1",2\n3\n', [("csv-ragged-row", 3)]),
    "long row with quotes": (b'a,b\n"1","2","3"\n', [("csv-ragged-row", 2)]),
    "row of too many empty cells": (b"a,b\n,,\n", [("csv-ragged-row", 2)]),
    "long row of spaces with quotes elsewhere": (b'a,b\n , , \n"1","2"\n', [("csv-ragged-row", 2)]),
    "row longer than one heading": (b"a\n1,2\n", [("csv-ragged-row", 2)]),
    "long row in a long file": (LONG + b"1,2,3\n" + b"1,2\n" * 70_000, [("csv-ragged-row", 70_002)]),
    "short row in a long file": (LONG + b"1\n" + b"1,2\n" * 70_000, [("csv-ragged-row", 70_002)]),
    "short for long in a long file": (
        LONG + b"1\n1,2,3\n" + b"1,2\n" * 70_000,
        [("csv-ragged-row", 70_002), ("csv-ragged-row", 70_003)],
    ),
    # headings
    "title above the headings": (b"Needs of winter\nneed,place\nN1,HUB\n", [("headings-below", 1)]),
    "title with empty cells": (b"Needs of winter,,\nneed,place,item\nN1,HUB,x\n", [("headings-below", 1)]),
    "blank line, title and date": (b'\nWinter\n2022,"a\nb"\nneed,colour,item\n', [("headings-below", 2)]),
    "headings on the tenth row": (b"x\n" * 9 + b"need\nN1\n", [("headings-below", 1)]),
    "title and an unclosed quote": (b'Winter\nneed,place\n"N1,HUB\n', [("headings-below", 1)]),
    "heading twice": (b"a,b,a\n1,2,3\n", [("heading-duplicate", 1)]),
    "heading three times": (b"a,a,a\n1,2,3\n", [("heading-duplicate", 1), ("heading-duplicate", 1)]),
    "heading twice as Polars would rename it": (b"a,a_duplicated_0,a\n1,2,3\n", [("heading-duplicate", 1)]),
    "no heading": (b"a,,c\n1,2,3\n", [("heading-empty", 1)]),
    "no last heading": (b"a,b,\n1,2,\n", [("heading-empty", 1)]),
    "heading of a space": (b"a, ,c\n1,2,3\n", [("heading-empty", 1)]),
    "no heading at all": (b",,\n1,2,3\n", [("heading-empty", 1)] * 3),
    "heading twice below a blank line": (b"\na,a\n1,2\n", [("heading-duplicate", 2)]),
    # several at once
    "all at once": (
        b'a,a,\n1,2\n1,2,\xff\n1,"2"x,3\n',
        [
            ("heading-duplicate", 1),
            ("heading-empty", 1),
            ("csv-not-utf8", 3),
            ("csv-ragged-row", 2),
            ("csv-text-after-quote", 4),
        ],
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_file(case, read_needs, told):
    """A bad file gives its findings, each with the row on which it stands."""
    data, expected = BAD[case]
    assert told(read_needs(data)) == expected


@pytest.mark.parametrize("case", BAD)
def test_findings_tell_what_to_do(case, read_needs):
    """Each finding is an error of needs.csv, says what is wrong in one line, and tells what to do."""
    for finding in read_needs(BAD[case][0]).findings:
        assert (finding.file, finding.severity) == ("needs.csv", "error")
        assert finding.next_step.endswith(".")
        assert "\n" not in finding.sentence
        assert "{" not in finding.sentence + finding.next_step


def test_sentence_of_a_ragged_row(read_needs):
    """The sentence counts the cells."""
    finding = read_needs(b"a,b,c\n1\n").findings[0]
    assert finding.sentence == "Row 2 has 1 cell, the header has 3."
    assert finding.address == "needs.csv:2"


def test_sentence_names_byte_and_delimiter(read_needs):
    """The sentence says which byte or which delimiter was met."""
    assert "0xF3" in read_needs(LATIN).findings[0].sentence
    assert "semicolons" in read_needs(b"a;b\n").findings[0].sentence


def test_long_cell_is_cut_in_a_finding(read_needs):
    """A finding shows the beginning of a long cell only."""
    finding = read_needs(b'a,b\n1,x"' + b"y" * 10_000 + b"\n").findings[0]
    assert len(finding.value) == 60
    assert finding.value.startswith('x"yyy')


def test_braces_in_a_cell_are_shown_as_they_are(read_needs):
    """A cell with braces does not upset the sentence."""
    assert read_needs(b'a,b\n1,{x}"\n').findings[0].value == '{x}"'


@pytest.mark.parametrize("row", [b"1,2,3\n", b'1,2"\n', b'1,"2"x\n'])
def test_long_lists_are_cut(row, read_needs):
    """Of very many rows with one fault the first ten thousand are listed, and the others counted."""
    findings = read_needs(b"a,b\n" + row * 11_150).findings
    assert len(findings) == 10_001
    assert (findings[-1].code, findings[-1].value, findings[-1].stands_for) == ("more-rows", findings[0].code, 1_150)
    assert findings[-1].sentence.startswith("1,150 more rows of needs.csv")


def test_bad_rows_do_not_hide_the_others(read_needs):
    """The rows beside a bad one are read, and stand where they stood."""
    table = read_needs(b'a,b\n1,"2\n3,4\n5,6,7\n8\n9,"x\ny"\n').tables["needs"]
    assert table.frame.rows() == [("1", '"2'), ("3", "4"), ("5", "6"), ("8", None), ("9", "x\ny")]
    assert table.rows.to_list() == [2, 3, 4, 5, 6]


def test_all_files_tell_their_findings_at_once(read_files, told):
    """A bad file does not keep the next from being read."""
    raw = read_files(needs_csv=b"a;b\n", places_csv=b"a,b\n1\n", items_csv=b"item\nx\n")
    assert [(one.code, one.file) for one in raw.findings] == [
        ("csv-ragged-row", "places.csv"),
        ("csv-delimiter", "needs.csv"),
    ]
    assert list(raw.tables) == ["places", "items"]


def test_headings_below_are_told_once(read_needs):
    """Where a title stands above the headings, one finding names both rows; the table is not read."""
    raw = read_needs(b"Needs of winter\n\nneed,place\nN1,HUB\n")
    (finding,) = raw.findings
    assert finding.sentence == "Row 1 holds no known heading; row 3 looks like the headings."
    assert finding.next_step == "Remove the rows above row 3."
    assert "needs" not in raw.tables
