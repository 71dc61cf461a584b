"""Folders: which files are tables, which are not, and what is said about the others."""

import os
from pathlib import Path

import polars as pl
import pytest

from scorta.errors import InputError
from scorta.read import grid, read_case
from scorta.tables import CASE_TABLES

NEEDS = b"need,place\nN1,HUB\n"
UNKNOWN = {
    "need.csv": ("table-misnamed", "needs.csv"),
    "Needs.csv": ("table-misnamed", "needs.csv"),
    "NEEDS.CSV": ("table-misnamed", "needs.CSV"),
    " needs.csv": ("table-misnamed", "needs.csv"),
    "needs (1).csv": ("table-misnamed", "needs.csv"),
    "stock.csv": ("table-misnamed", "stocks.csv"),
    "pleges.parquet": ("table-misnamed", "pledges.parquet"),
    "scenario.csv": ("table-misnamed", "scenario.csv"),
    "wishes.csv": ("table-unknown", ""),
    "needs-2022.csv": ("table-misnamed", "needs.csv"),
    "winter needs.csv": ("table-misnamed", "needs.csv"),
    "itmes.csv": ("table-misnamed", "items.csv"),
    "prices.parquet": ("table-unknown", ""),
    "needs.tsv": ("file-not-read", "needs.csv"),
    "needs.xlsx": ("file-not-read", "needs.csv"),
    "need.xls": ("file-not-read", "needs.csv"),
    "needs.ods": ("file-not-read", "needs.csv"),
    "needs.csv.gz": ("file-not-read", "needs.csv"),
    "needs.csv.txt": ("file-not-read", "needs.csv"),
    "needs.csv~": ("file-not-read", "needs.csv"),
    "Scenario.toml": ("file-not-read", "scenario.toml"),
    "scenarios.toml": ("file-not-read", "scenario.toml"),
}
SILENT = ["README", "README.md", "plan.json", "notes.txt", ".hidden.csv", "~$needs.xlsx", "map.png", "needs.md"]


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_file(name, read_files):
    """A file with the wrong name or ending is told, with the nearest right name, and is not read."""
    code, near = UNKNOWN[name]
    raw = read_files.named({name: NEEDS, "items.csv": b"item\n"})
    assert [(one.code, one.file, one.row) for one in raw.findings] == [(code, name, None)]
    assert near in raw.findings[0].next_step
    assert list(raw.tables) == ["items"]


@pytest.mark.parametrize("name", SILENT)
def test_silent_file(name, read_files):
    """A file that is no table and does not look like one is left alone."""
    raw = read_files.named({name: b"\0\xff", "needs.csv": NEEDS})
    assert raw.findings == ()
    assert list(raw.tables) == ["needs"]


def test_name_that_is_no_unicode(read_files, tmp_path):
    """A file name that is no Unicode can be shown all the same."""
    Path(os.fsdecode(bytes(tmp_path) + b"/ne\xe9ds.csv")).write_bytes(NEEDS)
    raw = read_files(needs_csv=NEEDS)
    assert [one.code for one in raw.findings] == ["table-misnamed"]
    assert raw.findings[0].file.encode()


def test_subfolder_is_left_alone(read_files, tmp_path):
    """A folder within the folder is left alone, but not one that passes itself off as a table."""
    (tmp_path / "old").mkdir()
    (tmp_path / "stocks.csv").mkdir()
    raw = read_files(needs_csv=NEEDS)
    assert [(one.code, one.file) for one in raw.findings] == [("file-unreadable", "stocks.csv")]


def test_all_tables_in_order(read_files):
    """Every table of a case is read, in the order of their description, whatever that of the files."""
    raw = read_files.named({f"{name}.csv": b"a\n1\n" for name in sorted(CASE_TABLES)})
    assert list(raw.tables) == list(CASE_TABLES)
    assert raw.findings == ()


def test_table_twice(read_files, tmp_path):
    """A table that stands in two files is told, and the first of them is read."""
    pl.DataFrame({"need": ["N2"]}).write_parquet(tmp_path / "needs.parquet")
    raw = read_files(needs_csv=NEEDS)
    assert [(one.code, one.file) for one in raw.findings] == [("table-twice", "needs.parquet")]
    assert raw.tables["needs"].frame["need"].to_list() == ["N1"]


def test_ending_in_capitals(read_files):
    """The ending of a file may be in capitals."""
    raw = read_files.named({"needs.CSV": NEEDS})
    assert raw.findings == ()
    assert raw.tables["needs"].file == "needs.CSV"


def test_origin(read_files, tmp_path):
    """The raw case knows where it comes from."""
    raw = read_files(needs_csv=NEEDS)
    assert (raw.origin, raw.scenario_file) == (str(tmp_path), "scenario.toml")


def test_file_that_disappears(read_files, monkeypatch):
    """A file that disappears between the listing and the reading is a finding."""
    whole = Path.read_bytes

    def read(path):
        if path.name == "needs.csv":
            path.unlink()
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    raw = read_files(needs_csv=NEEDS, items_csv=b"item\n")
    assert [(one.code, one.file) for one in raw.findings] == [("file-unreadable", "needs.csv")]
    assert "no such file" in raw.findings[0].sentence
    assert list(raw.tables) == ["items"]


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error"), OSError()]
)
def test_file_that_cannot_be_read(read_files, monkeypatch, error):
    """A file that the system refuses to read is a finding that says why."""

    def refuse(path):
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    raw = read_files(needs_csv=NEEDS)
    assert [(one.code, one.file) for one in raw.findings] == [
        ("file-unreadable", "scenario.toml"),
        ("file-unreadable", "needs.csv"),
    ]


@pytest.mark.parametrize("rows", [0, 1, 2, 501])
def test_large_file(read_files, monkeypatch, rows):
    """A large file, read into large pages, is the same file."""
    data = NEEDS + b"".join(b"M%d,HUB\n" % row for row in range(rows))
    small = read_files(needs_csv=data).tables["needs"].frame
    monkeypatch.setattr(grid, "LARGE", 1)
    assert read_files(needs_csv=data).tables["needs"].frame.equals(small)


def test_large_file_that_becomes_shorter(read_files, monkeypatch):
    """A large file that is cut while it is read is a finding, and half of it is never taken for the whole."""
    whole = Path.open

    def cut(path, mode, **words):
        if (path.name, mode) == ("needs.csv", "rb"):
            os.truncate(path, 20)
        return whole(path, mode, **words)

    monkeypatch.setattr(grid, "LARGE", 1000)
    monkeypatch.setattr(Path, "open", cut)
    raw = read_files(needs_csv=NEEDS * 99)
    assert [(one.code, one.file) for one in raw.findings] == [("file-unreadable", "needs.csv")]
    assert "became shorter" in raw.findings[0].sentence


def test_pipe_is_not_waited_for(read_files, tmp_path):
    """A pipe with the name of a table is told and never opened, since opening it would wait for ever."""
    os.mkfifo(tmp_path / "needs.csv")
    assert [one.code for one in read_files(items_csv=b"item\n").findings] == ["file-unreadable"]


def test_dangling_link(read_files, tmp_path):
    """A link to nothing is a finding."""
    (tmp_path / "needs.csv").symlink_to(tmp_path / "gone.csv")
    assert [one.code for one in read_files(items_csv=b"item\n").findings] == ["file-unreadable"]


def test_file_too_large(read_files, monkeypatch):
    """A file above the limit is a finding; one at the limit is read."""
    monkeypatch.setattr(grid, "MAX_BYTES", 200)
    raw = read_files(needs_csv=b"need\n" + b"1" * 195, items_csv=b"item\n" + b"1" * 196)
    assert [(one.code, one.file) for one in raw.findings] == [("file-too-large", "items.csv")]
    assert list(raw.tables) == ["needs"]


def test_nothing_there(tmp_path):
    """A path at which nothing is, is an error that says what to name."""
    with pytest.raises(InputError, match="There is nothing at") as caught:
        read_case(tmp_path / "gone")
    assert caught.value.next_step


@pytest.mark.parametrize("files", [(), ("README.md",), (".hidden.csv",)])
def test_folder_without_a_table(tmp_path, files):
    """A folder that is empty, or holds nothing that looks like a table, is an error."""
    for file in files:
        (tmp_path / file).touch()
    with pytest.raises(InputError, match="holds no table"):
        read_case(tmp_path)


def test_folder_with_misnamed_tables_only(read_files, told):
    """A folder whose tables are misnamed is read, so that its findings can be told."""
    raw = read_files.named({"need.csv": NEEDS}, scenario=None)
    assert told(raw) == [("table-misnamed", None), ("scenario-missing", None)]


def test_folder_that_may_not_be_listed(tmp_path, monkeypatch):
    """A folder that may not be listed is an error."""

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(InputError, match="cannot be read"):
        read_case(tmp_path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("needs.csv", "Name the folder that holds it"),
        ("needs.parquet", "Name the folder that holds it"),
        ("scenario.toml", "Name the folder that holds it"),
        ("case.xls", "Save it as .xlsx"),
        ("case.ods", "Save it as .xlsx"),
        ("case.numbers", "Save it as .xlsx"),
        ("case.xlsb", "Save it as .xlsx"),
        ("case.pdf", "Name a folder"),
        ("case", "Name a folder"),
    ],
)
def test_file_that_is_no_case(tmp_path, name, said):
    """A file that is no case is an error that tells what to name instead."""
    (tmp_path / name).write_bytes(NEEDS)
    with pytest.raises(InputError) as caught:
        read_case(tmp_path / name)
    assert said in caught.value.next_step
