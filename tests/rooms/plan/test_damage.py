"""Plans that are damaged, and disks that fail at the last moment."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tests.rooms.plan.conftest import make_plan

from scorta.errors import InputError, OutputError
from scorta.plan import RECORD, load_plan, save_plan


@pytest.mark.parametrize("record", ["null", "7", '"x"', "{}", "["])
def test_a_record_of_something_else(tmp_path: Path, record: str) -> None:
    """A record that is no record is told as a damaged plan."""
    save_plan(make_plan(), tmp_path / "plan")
    (tmp_path / "plan" / RECORD).write_text(record, encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        load_plan(tmp_path / "plan")


@pytest.mark.parametrize(
    ("lacks", "words"), [(["holdings"], "table `holdings`:"), (["spend", "orders"], "tables `orders`, `spend`:")]
)
def test_missing_tables_are_named(tmp_path: Path, lacks: list[str], words: str) -> None:
    """A plan without tables that this version adds is called a plan still, and is to be made again."""
    save_plan(make_plan(), tmp_path / "plan")
    for name in lacks:
        (tmp_path / "plan" / f"{name}.parquet").unlink()
    with pytest.raises(InputError) as told:
        load_plan(tmp_path / "plan")
    assert f"plan lacks the {words} an earlier version saved it" in told.value.sentence
    assert told.value.next_step == "Plan the case again."


@pytest.mark.parametrize("earlier", [True, False])
def test_the_last_sync_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, earlier: bool) -> None:
    """Where the folder above does not reach the disk, what was there before stands, as the error says."""
    if earlier:
        save_plan(make_plan("one"), tmp_path / "plan")
    right, above = os.fsync, tmp_path.stat().st_ino

    def broken(handle: int) -> None:
        if os.fstat(handle).st_ino == above:
            raise OSError(errno.EIO, "Input/output error")
        right(handle)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OutputError, match="Nothing was changed"):
        save_plan(make_plan("two"), tmp_path / "plan")
    assert [path.name for path in tmp_path.iterdir()] == (["plan"] if earlier else [])
    if earlier:
        assert load_plan(tmp_path / "plan").record.title == "one"
