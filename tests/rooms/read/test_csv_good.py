"""Good and odd CSV files: read without a finding, cell by cell."""

import codecs

import polars as pl
import pytest

AB = ("a", "b")
GOOD = {
    "plain": (b"a,b\n1,2\n3,4\n", [("1", "2"), ("3", "4")], [2, 3]),
    "no end of the last line": (b"a,b\n1,2", [("1", "2")], [2]),
    "CRLF": (b"a,b\r\n1,2\r\n", [("1", "2")], [2]),
    "mixed line ends": (b"a,b\n1,2\r\n3,4\n", [("1", "2"), ("3", "4")], [2, 3]),
    "mark of UTF-8": (codecs.BOM_UTF8 + b"a,b\n1,2\n", [("1", "2")], [2]),
    "mark of UTF-8 before quotes": (codecs.BOM_UTF8 + b'"a","b"\n1,2\n', [("1", "2")], [2]),
    "headings only": (b"a,b\n", [], []),
    "headings without a line end": (b"a,b", [], []),
    "headings and blank lines": (b"a,b\n\n\n", [], []),
    "headings in quotes": (b'"a","b"\r\n1,2\r\n', [("1", "2")], [2]),
    "blank line": (b"a,b\n1,2\n\n3,4\n", [("1", "2"), ("3", "4")], [2, 4]),
    "blank line of CRLF": (b"a,b\r\n\r\n1,2\r\n", [("1", "2")], [3]),
    "blank lines at the end": (b"a,b\n1,2\n\n\r\n\n", [("1", "2")], [2]),
    "blank lines above": (b"\n\r\na,b\n1,2\n", [("1", "2")], [4]),
    "row of empty cells": (b"a,b\n,\n1,2\n", [("1", "2")], [3]),
    "empty cells": (b"a,b\n,2\n1,\n", [(None, "2"), ("1", None)], [2, 3]),
    "empty quotes": (b'a,b\n"",2\n1,""\n', [(None, "2"), ("1", None)], [2, 3]),
    "empty quotes and CRLF": (b'a,b\r\n1,""\r\n', [("1", None)], [2]),
    "spaces are kept": (b"a,b\n  , 2 \n", [("  ", " 2 ")], [2]),
    "spaces within quotes are kept": (b'a,b\n"  "," 2 "\n', [("  ", " 2 ")], [2]),
    "comma in quotes": (b'a,b\n"1,5",2\n', [("1,5", "2")], [2]),
    "doubled quotes": (b'a,b\n"say ""no""",""""\n', [('say "no"', '"')], [2]),
    "line end in quotes": (b'a,b\n"1\n1",2\n3,4\n', [("1\n1", "2"), ("3", "4")], [2, 3]),
    "CRLF in quotes": (b'a,b\r\n"1\r\n\r\n1",2\r\n3,4\r\n', [("1\r\n\r\n1", "2"), ("3", "4")], [2, 3]),
    "carriage return in quotes": (b'a,b\n"1\r1",2\n', [("1\r1", "2")], [2]),
    "nothing is taken for null": (b"a,b\nnull,NA\n#N/A,nan\n", [("null", "NA"), ("#N/A", "nan")], [2, 3]),
    "nothing is taken for a comment": (b"a,b\n#1,2\n//,2\n", [("#1", "2"), ("//", "2")], [2, 3]),
    "numbers stay text": (b"a,b\n007,1e3\n", [("007", "1e3")], [2]),
    "semicolon in a cell": (b"a,b\n1;2,3\n", [("1;2", "3")], [2]),
    "other letters": ("a,b\nKraków,Жешув 🚚\n".encode(), [("Kraków", "Жешув 🚚")], [2]),
    "other line ends of Unicode": ("a,b\n1\u20281,2\x85\n".encode(), [("1\u20281", "2\x85")], [2]),
    "row of blank cells": (b"a,b\n  ,\t\n1,2\n", [("1", "2")], [3]),
    "row of blank cells in quotes": (b'a,b\n" ","\n"\n1," "\n', [("1", " ")], [3]),
    "line of spaces": (b"a,b\n  \n1,2\n ", [("1", "2")], [3]),
    "quotes on a line alone": (b'a,b\n""\n1,2\n', [("1", "2")], [3]),
    "blank first cells": (b"a,b\n ,2\n,2\n", [(" ", "2"), (None, "2")], [2, 3]),
    "known words on the eleventh row": (
        b"a,b\n" + b"1,2\n" * 9 + b"need,place\n",
        [("1", "2")] * 9 + [("need", "place")],
        [*range(2, 12)],
    ),
    "one known word of two": (b"a,b\nneed,2\n", [("need", "2")], [2]),
    "odd controls": (b"a,b\n\x1a1,\x0b\x0c\n", [("\x1a1", "\x0b\x0c")], [2]),
    "apostrophes": (b"a,b\n'1,2'\n", [("'1", "2'")], [2]),
    "backslashes": (b"a,b\n1\\,2\\n\n", [("1\\", "2\\n")], [2]),
    "one row of quotes only": (b'a,b\n"",""\n', [], []),
}


@pytest.mark.parametrize("case", GOOD)
def test_good_file(case, read_needs):
    """A good file is read without a finding: its cells, and the row of each record."""
    data, cells, rows = GOOD[case]
    raw = read_needs(data)
    table = raw.tables["needs"]
    assert raw.findings == ()
    assert tuple(table.frame.columns) == AB
    assert table.frame.rows() == cells
    assert table.rows.to_list() == rows


@pytest.mark.parametrize("case", GOOD)
def test_types(case, read_needs):
    """Cells are text and rows are small numbers, also where there are none."""
    table = read_needs(GOOD[case][0]).tables["needs"]
    assert set(table.frame.dtypes) == {pl.String}
    assert table.rows.dtype == pl.UInt32
    assert (table.name, table.file) == ("needs", "needs.csv")


def test_one_column(read_needs):
    """A table of one column is read like any other; a blank line is no row of it."""
    table = read_needs(b'a\n1\n\n""\n2\n').tables["needs"]
    assert table.frame.rows() == [("1",), ("2",)]
    assert table.rows.to_list() == [2, 5]


def test_headings_are_kept_as_they_are(read_needs):
    """Headings keep their spaces, quotes and line ends: whether they name a field is asked elsewhere."""
    assert read_needs(b'" a ","b,""c""\nd"\n1,2\n').tables["needs"].frame.columns == [" a ", 'b,"c"\nd']


def test_first_of_two_columns_with_one_heading_is_kept(read_needs):
    """Of two columns with one heading the first is kept, and a column without a heading is left out."""
    assert read_needs(b"a,,a\n1,2,3\n").tables["needs"].frame.to_dicts() == [{"a": "1"}]


def test_what_is_no_utf8_is_replaced(read_needs):
    """The rest of a file in Latin-1 is read, so that its other findings are not hidden."""
    assert read_needs(b"a,b\nKrak\xf3w,2\n").tables["needs"].frame.rows() == [("Krak\ufffdw", "2")]


def test_many_columns_and_rows(read_needs):
    """A file of many blocks is read whole, with quotes, blank lines and line ends in quotes all over it."""
    block = b'x,"y,1"\n\n"z\r\n""w""",\r\n,\n'
    table = read_needs(b"a,b\n" + block * 30_000).tables["needs"]
    assert table.frame.height == 60_000
    assert table.frame.unique().sort("a").rows() == [("x", "y,1"), ('z\r\n"w"', None)]
    assert table.rows.to_list()[-2:] == [119_998, 120_000]
