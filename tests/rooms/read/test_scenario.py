"""The scenario of a folder: its content as plain values, or what is wrong with the file."""

from datetime import date

import pytest

BAD = {
    "no value": (b'title = "x"\nas_of =\n', 2),
    "date without quotes or sense": (b"as_of = 17.10.2022\n", 1),
    "day that does not exist": (b"\n\nas_of = 2022-02-30\n", 3),
    "key twice": (b'title = "x"\ntitle = "y"\n', 2),
    "text never closed": (b'title = "x\n', 1),
    "block never closed": (b'title = "x"\n[[horizon\n', 2),
    "no TOML at all": (b"title: x\n", 1),
    "Latin-1": (b'title = "x"\ncurrency = "\xe9"\n', 2),
    "UTF-16": ('title = "x"\n'.encode("utf-16"), 1),
    "zero byte": (b'title = "\0"\n', 1),
    "cut at the end": (b'title = "x"\ntiers = ["needs",', 2),
    "nested too deeply": (b"tiers = " + b"[" * 20_000, None),
    "number of too many digits": (b"count = " + b"9" * 10_000 + b"\n", None),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_scenario(case, read_files, told):
    """A file that is no TOML is a finding with the line, and the tables are read all the same."""
    data, row = BAD[case]
    raw = read_files.named({"needs.csv": b"need\nN1\n"}, scenario=data)
    assert told(raw) == [("scenario-not-toml", row)]
    assert raw.findings[0].address.startswith("scenario.toml")
    assert raw.scenario == {}
    assert list(raw.tables) == ["needs"]


def test_good_scenario(read_files):
    """The content is what the file says, as plain values."""
    raw = read_files(needs_csv=b"need\n")
    assert raw.scenario == {
        "title": "Winter",
        "as_of": date(2022, 10, 17),
        "horizon": [{"bucket": "week", "count": 8}],
    }


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"# nothing\r\n"])
def test_empty_scenario(read_files, data):
    """An empty file is valid TOML; what it lacks is told by the check."""
    raw = read_files.named({"needs.csv": b"need\n"}, scenario=data)
    assert (raw.scenario, raw.findings) == ({}, ())


def test_mark_of_utf8(read_files):
    """The mark of UTF-8, with which some programs begin a file, is accepted."""
    raw = read_files.named({"needs.csv": b"need\n"}, scenario=b'\xef\xbb\xbftitle = "x"\r\n')
    assert (raw.scenario, raw.findings) == ({"title": "x"}, ())


def test_missing_scenario(read_files, told):
    """A folder without scenario.toml has a finding that names it."""
    raw = read_files.named({"needs.csv": b"need\n"}, scenario=None)
    assert told(raw) == [("scenario-missing", None)]
    assert raw.findings[0].file == "scenario.toml"


def test_scenario_in_a_workbook(make_book):
    """The sheet gives the same structure as the file."""
    from scorta.read import read_case

    rows = [["field", "value"], ["title", "Winter"], ["as_of", date(2022, 10, 17)], ["tiers", "floors, needs,"]]
    raw = read_case(make_book({"scenario": [*rows, ["horizon", "8 week, 18  month"]]}))
    assert raw.findings == ()
    assert raw.scenario == {
        "title": "Winter",
        "as_of": "2022-10-17",
        "tiers": ["floors", "needs"],
        "horizon": [{"bucket": "week", "count": 8}, {"bucket": "month", "count": 18}],
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["field", "value"], ["horizon", "8week"]], [("scenario-horizon", 2)]),
        ([["field", "value"], ["horizon", "8 week; 3 month"]], [("scenario-horizon", 2)]),
        ([["field", "value"], ["title", "x"], ["horizon", "week 8, 2.5 month"]], [("scenario-horizon", 3)] * 2),
        ([["field", "value"], ["title", "x"], ["title", "y"]], [("scenario-field-twice", 3)]),
        ([["title", "x"]], [("scenario-heading", 1)] * 2),
        ([["field", "values"], ["title", "x"]], [("scenario-heading", 1)]),
        ([], [("file-empty", None)]),
    ],
)
def test_bad_scenario_in_a_workbook(make_book, told, rows, expected):
    """A sheet that says nothing sensible has findings with their rows."""
    from scorta.read import read_case

    assert told(read_case(make_book({"scenario": rows, "needs": [["need"]]}))) == expected
