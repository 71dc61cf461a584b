"""Folders and workbooks of a few bytes, built where a test needs them."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from scorta.read import read_case

SCENARIO = b'title = "Winter"\nas_of = 2022-10-17\n\n[[horizon]]\nbucket = "week"\ncount = 8\n'


@pytest.fixture
def read_files(tmp_path):
    """Read a folder that holds a scenario and these files, by name."""

    def read(**files):
        return read_named({name.replace("_", ".", 1): data for name, data in files.items()})

    def read_named(files, scenario=SCENARIO):
        if scenario is not None:
            (tmp_path / "scenario.toml").write_bytes(scenario)
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        return read_case(tmp_path)

    read.named = read_named
    return read


@pytest.fixture
def read_needs(read_files):
    """Read a folder whose file needs.csv holds these bytes."""
    return lambda data: read_files(needs_csv=data)


@pytest.fixture
def told():
    """Return code and row of each finding of a raw case."""
    return lambda raw: [(one.code, one.row) for one in raw.findings]


@pytest.fixture
def make_book(tmp_path):
    """Write a workbook of these sheets, each a list of rows, and return its path."""

    def make(sheets, name="book.xlsx", change=lambda book: None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        change(book)
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def rewrite():
    """Change the parts of a workbook: `edit` takes name and content and returns the new content, None to drop it."""

    def change(path: Path, edit, extra=(), packing=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w", packing) as new:
            for part in old.infolist():
                content = edit(part.filename, old.read(part))
                if content is not None:
                    new.writestr(part.filename, content)
            for name, content in extra:
                new.writestr(name, content)
        return path

    return change
