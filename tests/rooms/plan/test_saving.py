"""A plan on disk: saved whole or not at all, and read back as it was."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.rooms.plan.conftest import make_plan

from scorta.errors import InputError, OutputError
from scorta.plan import RECORD, Plan, load_plan, save_plan
from scorta.tables import PLAN_TABLES

STAGES: dict[str, tuple[object, str]] = {
    "making the folder": (Path, "mkdir"),
    "the first table": (pl.DataFrame, "write_parquet"),
    "the first CSV": (pl.DataFrame, "write_csv"),
    "the record": (Path, "write_text"),
    "the rights of the folder": (Path, "chmod"),
    "reaching the disk": (os, "fsync"),
    "putting it in place": (Path, "rename"),
}
"""What is called at each stage of saving."""


def full_after(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, calls: int) -> None:
    """Let the disk be full when a function is called after so many calls that went well."""
    right: Callable[..., object] = getattr(owner, name)
    made = itertools.count()

    def broken(*args: object, **kwargs: object) -> object:
        if next(made) == calls:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return right(*args, **kwargs)

    monkeypatch.setattr(owner, name, broken)


def everything(folder: Path) -> dict[str, bytes]:
    """Return all files under a folder, hidden ones too, with what is in them."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def same(one: Plan, other: Plan) -> bool:
    """Tell whether two plans are equal, cell by cell and field by field."""
    tables = all(one[name].equals(other[name]) for name in PLAN_TABLES)
    return tables and one.record == other.record and set(one.tables) == set(other.tables)


def test_round_trip(plan: Plan, tmp_path: Path) -> None:
    """What is read back equals what was saved; a plan of another quantity does not."""
    save_plan(plan, tmp_path / "plan")
    found = load_plan(tmp_path / "plan")
    assert same(found, plan)
    assert [frame.schema for frame in found.tables.values()] == [plan[name].schema for name in PLAN_TABLES]
    assert not same(found, make_plan(quantity=70.26))


def test_every_file_is_there(plan: Plan, tmp_path: Path) -> None:
    """Each table as Parquet and CSV, and the record; nothing else, neither there nor beside it."""
    save_plan(plan, tmp_path / "deep" / "plan")
    files = {f"{name}.{ending}" for name in PLAN_TABLES for ending in ("parquet", "csv")} | {RECORD}
    assert {path.name for path in (tmp_path / "deep" / "plan").iterdir()} == files
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["plan"]
    record = json.loads((tmp_path / "deep" / "plan" / RECORD).read_text(encoding="utf-8"))
    assert record["as_of"] == "2024-01-01"
    assert record["tiers"][0]["name"] == "floors"


def test_it_replaces_an_earlier_plan(plan: Plan, tmp_path: Path) -> None:
    """A second plan takes the place of the first, whole; what else lay among its files goes with it."""
    save_plan(plan, tmp_path / "plan")
    (tmp_path / "plan" / "old.parquet").write_bytes(b"")
    save_plan(make_plan("Spring"), tmp_path / "plan")
    assert load_plan(tmp_path / "plan").record.title == "Spring"
    assert not (tmp_path / "plan" / "old.parquet").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


@pytest.mark.parametrize("calls", [0, 1, 2])
@pytest.mark.parametrize("stage", STAGES)
def test_a_full_disk_leaves_the_earlier_plan(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, calls: int
) -> None:
    """Whatever the stage at which the disk is full, the earlier plan stands as it was and nothing else is left."""
    folder = tmp_path / "plan"
    save_plan(plan, folder)
    before = everything(tmp_path)
    with monkeypatch.context() as patch:
        full_after(patch, *STAGES[stage], calls)
        reached = saved_or_refused(make_plan("Spring"), folder)
    if reached:  # that stage comes less often than that, or after the plan is in place
        assert load_plan(folder).record.title == "Spring"
    else:
        assert everything(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def saved_or_refused(plan: Plan, folder: Path) -> bool:
    """Save a plan; tell whether that went well, or else whether it was refused as it should be."""
    try:
        save_plan(plan, folder)
    except OutputError as error:
        return "No space left" not in str(error)
    return True


@pytest.mark.parametrize("stage", STAGES)
def test_a_full_disk_leaves_no_half_plan(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """Where there was no plan there is none afterwards: no folder, no hidden litter."""
    with monkeypatch.context() as patch:
        full_after(patch, *STAGES[stage], 0)
        with pytest.raises(OutputError, match="No space left"):
            save_plan(plan, tmp_path / "plan")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_no_litter(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the tables are written leaves the earlier plan and nothing beside it."""
    save_plan(plan, tmp_path / "plan")

    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pl.DataFrame, "write_csv", interrupted)
        with pytest.raises(KeyboardInterrupt):
            save_plan(make_plan("Spring"), tmp_path / "plan")
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
    assert same(load_plan(tmp_path / "plan"), plan)


def test_a_folder_with_other_things_is_not_replaced(plan: Plan, tmp_path: Path) -> None:
    """A folder that holds something else than a plan, or a file, is left alone; an empty folder is taken."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear", encoding="utf-8")
    (tmp_path / "file").write_text("words", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    before = everything(tmp_path)
    for name in ("letters", "file"):
        with pytest.raises(OutputError, match="something else than a plan"):
            save_plan(plan, tmp_path / name)
    assert everything(tmp_path) == before
    save_plan(plan, tmp_path / "empty")
    assert same(load_plan(tmp_path / "empty"), plan)


def test_a_folder_under_a_file(plan: Plan, tmp_path: Path) -> None:
    """Where no folder can be made the plan is refused with the reason, and nothing is left."""
    (tmp_path / "file").write_text("words", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        save_plan(plan, tmp_path / "file" / "plan")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_record_with_no_number(plan: Plan, tmp_path: Path, number: float) -> None:
    """A record that is no JSON is not written: nothing is left of the plan."""
    with pytest.raises(ValueError, match="JSON"):
        save_plan(replace(plan, record=replace(plan.record, seconds=number)), tmp_path / "plan")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [RECORD, *(f"{table}.parquet" for table in PLAN_TABLES)])
def test_a_missing_file(plan: Plan, tmp_path: Path, name: str) -> None:
    """A plan that lacks a file cannot be read, and is said to be none. The CSV files are for people."""
    save_plan(plan, tmp_path / "plan")
    for path in (tmp_path / "plan").glob("*.csv"):
        path.unlink()
    assert same(load_plan(tmp_path / "plan"), plan)
    (tmp_path / "plan" / name).unlink()
    with pytest.raises(InputError, match=r"no plan: .* is missing"):
        load_plan(tmp_path / "plan")


def test_no_plan_at_all(tmp_path: Path) -> None:
    """A folder that is not there, or empty, is no plan."""
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(InputError, match=r"no plan: plan\.json is missing"):
            load_plan(folder)


@pytest.mark.parametrize("name", [RECORD, "issues.parquet", "stock_levels.parquet"])
@pytest.mark.parametrize("damage", ["emptied", "cut", "rubbish"])
def test_a_damaged_file(plan: Plan, tmp_path: Path, name: str, damage: str) -> None:
    """A file that is empty, cut short or something else makes the plan damaged: a sentence, no traceback."""
    folder = tmp_path / "plan"
    save_plan(plan, folder)
    held = (folder / name).read_bytes()
    spoilt = {"emptied": b"", "cut": held[: len(held) // 2], "rubbish": b"\xff\x00 rubbish " * 99}
    (folder / name).write_bytes(spoilt[damage])
    with pytest.raises(InputError, match="damaged"):
        load_plan(folder)


@pytest.mark.parametrize(
    "record",
    ["[]", "{}", '{"tiers": 1}', '{"tiers": [], "as_of": "soon", "unsolved": []}', '{"tiers": [{}]}'],
)
def test_a_record_of_something_else(plan: Plan, tmp_path: Path, record: str) -> None:
    """A record that is JSON of another kind is damaged too."""
    save_plan(plan, tmp_path / "plan")
    (tmp_path / "plan" / RECORD).write_text(record, encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        load_plan(tmp_path / "plan")


def test_a_table_of_another_kind(plan: Plan, tmp_path: Path) -> None:
    """A table without a column, or with words for numbers, is damaged; one more column is left out."""
    folder = tmp_path / "plan"
    save_plan(plan, folder)
    issues = plan["issues"]
    issues.with_columns(extra=pl.lit(1)).write_parquet(folder / "issues.parquet")
    assert same(load_plan(folder), plan)
    for wrong in (issues.drop("quantity"), issues.with_columns(quantity=pl.lit("many"))):
        wrong.write_parquet(folder / "issues.parquet")
        with pytest.raises(InputError, match="damaged"):
            load_plan(folder)


def test_a_moved_plan_is_a_plan(plan: Plan, tmp_path: Path) -> None:
    """A plan knows nothing of its folder: moved, it is the same plan."""
    save_plan(plan, tmp_path / "plan")
    shutil.move(tmp_path / "plan", tmp_path / "archive")
    assert same(load_plan(tmp_path / "archive"), plan)
