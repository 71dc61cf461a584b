"""Writing one file, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scorta.errors import OutputError
from scorta.report.files import check_file, is_workbook, put_file


@pytest.mark.parametrize(
    ("name", "workbook"), [("plan.xlsx", True), ("PLAN.XLSX", True), ("plan.xls", False), ("p", False)]
)
def test_a_workbook_is_known_by_its_ending(name: str, workbook: bool) -> None:
    """Capitals do not matter; all else is a folder."""
    assert is_workbook(name) is workbook
    assert is_workbook(Path("plans") / name) is workbook


def test_a_file_is_written_in_folders_that_are_made(tmp_path: Path) -> None:
    """It can be read by everybody, replaces what was there, and nothing lies beside it."""
    path = tmp_path / "new" / "deeper" / "a.csv"
    put_file(b"one", path)
    put_file(b"two", path)
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [each.name for each in path.parent.iterdir()] == ["a.csv"]


def test_what_was_there_stays_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing half-written is left, and it is said why."""

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"a\.csv cannot be written: no space left on device\. Name another file\."):
        put_file(b"new", path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_a_place_is_tried_before_anybody_waits(tmp_path: Path) -> None:
    """Nothing is left of the try, not even a folder; below a file nothing can stand."""
    check_file(tmp_path / "new" / "deeper" / "a.csv")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        check_file(tmp_path / "file" / "a.csv")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
