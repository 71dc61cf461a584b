"""A plan on disk: saved whole or not at all, and read back as it was."""

from __future__ import annotations

import datetime as dt
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

from scorta.case import Change
from scorta.errors import InputError, OutputError
from scorta.plan import RECORD, Plan, load_plan, save_plan
from scorta.plan.files import check_place
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


def test_changes_are_kept(plan: Plan, tmp_path: Path) -> None:
    """The changes of a what-if lie beside the tables, are read back, and are gone with the plan that replaces it."""
    what_if = Change("a", "lines", "L", "capacity_per_month", "add", "5", dt.date(2024, 1, 1), None, "a.csv", 2)
    changed = replace(plan, record=replace(plan.record, changes=(what_if,)))
    save_plan(changed, tmp_path / "plan")
    assert same(load_plan(tmp_path / "plan"), changed)
    assert (tmp_path / "plan" / "changes.csv").read_text(encoding="utf-8").splitlines()[1] == (
        "a,lines,L,capacity_per_month,add,5,2024-01-01,"
    )
    save_plan(plan, tmp_path / "plan")
    assert not (tmp_path / "plan" / "changes.csv").exists()


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
    """A second plan takes the place of the first, whole, also where a file of the first is gone."""
    save_plan(plan, tmp_path / "plan")
    (tmp_path / "plan" / "issues.csv").unlink()
    save_plan(make_plan("Spring"), tmp_path / "plan")
    assert load_plan(tmp_path / "plan").record.title == "Spring"
    assert (tmp_path / "plan" / "issues.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


@pytest.mark.parametrize("name", ["notes.txt", "needs.xlsx", ".hidden", "letters", "issues.csv.bak"])
def test_a_plan_among_other_files_is_not_replaced(plan: Plan, tmp_path: Path, name: str) -> None:
    """What somebody put into the folder of a plan, file or folder, is named and stays; taken away, the plan is new."""
    folder = tmp_path / "plan"
    save_plan(plan, folder)
    (folder / name).mkdir() if name == "letters" else (folder / name).write_text("mine", encoding="utf-8")
    before = everything(tmp_path)
    for refused in (lambda: save_plan(make_plan("Spring"), folder), lambda: check_place(folder)):
        with pytest.raises(OutputError, match=f"something else than a plan: {name}\\."):
            refused()
    assert everything(tmp_path) == before
    assert (folder / name).exists()
    (folder / name).rename(tmp_path / name)
    check_place(folder)
    save_plan(make_plan("Spring"), folder)
    assert load_plan(folder).record.title == "Spring"


def test_a_folder_in_place_of_a_file_is_no_plan(plan: Plan, tmp_path: Path) -> None:
    """A folder that is called like a table is somebody's own; of many strange names three are written out."""
    save_plan(plan, tmp_path / "plan")
    (tmp_path / "plan" / "issues.csv").unlink()
    (tmp_path / "plan" / "issues.csv").mkdir()
    with pytest.raises(OutputError, match=r"than a plan: issues\.csv\."):
        save_plan(plan, tmp_path / "plan")
    for number in range(4):
        (tmp_path / "plan" / f"a{number}").mkdir()
    with pytest.raises(OutputError, match=r": a0, a1, a2 and 2 more\."):
        save_plan(plan, tmp_path / "plan")


def test_trying_a_place_leaves_nothing(tmp_path: Path) -> None:
    """A place that is not there yet, one deep down and an empty folder will do; none of them is made or changed."""
    (tmp_path / "empty").mkdir()
    for name in ("plan", "deep/down/plan", "empty"):
        check_place(tmp_path / name)
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


@pytest.mark.parametrize("name", ["file", "file/plan", "x" * 300, "/", "loop", "loop/plan"])
def test_a_place_that_will_not_do(tmp_path: Path, name: str) -> None:
    """A file, what lies under one, a name too long, a whole disk and a link to itself are refused in a sentence."""
    (tmp_path / "file").write_text("words", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    for refused in (check_place, lambda folder: save_plan(make_plan(), folder)):
        with pytest.raises(OutputError):
            refused(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "loop"]


def test_a_disk_that_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing may be written beside the plan, that is known before."""

    def refused(**words: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("tempfile.mkdtemp", refused)
    with pytest.raises(OutputError, match=r"cannot be written to .*: permission denied"):
        check_place(tmp_path / "deep" / "plan")


@pytest.mark.parametrize("target", ["there", "not yet"])
def test_a_link_stays_a_link(plan: Plan, tmp_path: Path, target: str) -> None:
    """Through a link the folder it leads to becomes the plan, whether it held one before or not."""
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "real")
    if target == "there":
        save_plan(plan, tmp_path / "disk" / "real")
    save_plan(make_plan("Spring"), tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert not (tmp_path / "disk" / "real").is_symlink()
    assert load_plan(tmp_path / "disk" / "real").record.title == "Spring"
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["real"]


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
        return "no space left" not in str(error)
    return True


@pytest.mark.parametrize("stage", STAGES)
def test_a_full_disk_leaves_no_half_plan(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """Where there was no plan there is none afterwards: no folder, no hidden litter."""
    with monkeypatch.context() as patch:
        full_after(patch, *STAGES[stage], 0)
        with pytest.raises(OutputError, match="no space left"):
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


@pytest.mark.parametrize("earlier", [True, False])
@pytest.mark.parametrize("stage", ["between the renames", "after the last"])
def test_an_interrupt_among_the_renames(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, earlier: bool
) -> None:
    """Ctrl-C once the old plan was put aside puts it back; where there was none, none is left."""
    if earlier:
        save_plan(plan, tmp_path / "plan")
    right = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.name == "plan" or target.name != "plan" or path.name.endswith("-old"):
            return right(path, target)
        if stage == "after the last":
            right(path, target)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            save_plan(make_plan("Spring"), tmp_path / "plan")
    assert [path.name for path in tmp_path.iterdir()] == (["plan"] if earlier else [])
    if earlier:
        assert same(load_plan(tmp_path / "plan"), plan)


@pytest.mark.parametrize("name", ["write_parquet", "write_csv"])
def test_a_failure_of_the_table_library(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What the table library makes of a disk that is full, or of a quota, is told like any other failure to write."""
    save_plan(plan, tmp_path / "plan")

    def broken(*words: object) -> None:
        raise pl.exceptions.ComputeError("Disk quota exceeded (os error 122)")

    monkeypatch.setattr(pl.DataFrame, name, broken)
    with pytest.raises(OutputError, match=r"could not be written to .*: disk quota exceeded"):
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


@pytest.mark.parametrize("name", [".", "..", "../here"])
def test_the_working_folder_is_not_replaced(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A plan never takes the place of the folder one stands in, not even where an earlier plan lies; beside it, yes."""
    here = tmp_path / "here"
    save_plan(plan, here)
    monkeypatch.chdir(here)
    for attempt in (lambda: check_place(Path(name)), lambda: save_plan(plan, Path(name))):
        with pytest.raises(OutputError, match="the folder you work in, or holds it"):
            attempt()
    save_plan(plan, Path("../there"))
    assert Path.cwd() == here
    assert same(load_plan(Path("../there")), plan)


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
    """A plan that lacks a file cannot be read; without its record it is none. The CSV files are for people."""
    save_plan(plan, tmp_path / "plan")
    for path in (tmp_path / "plan").glob("*.csv"):
        path.unlink()
    assert same(load_plan(tmp_path / "plan"), plan)
    (tmp_path / "plan" / name).unlink()
    words = r"no plan: plan\.json is missing" if name == RECORD else f"lacks the table `{Path(name).stem}`"
    with pytest.raises(InputError, match=words):
        load_plan(tmp_path / "plan")


def test_no_plan_at_all(tmp_path: Path) -> None:
    """A folder that is not there, or empty, is no plan."""
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(InputError, match=r"no plan: plan\.json is missing"):
            load_plan(folder)


def test_a_file_for_a_plan(tmp_path: Path) -> None:
    """A file is not a folder, and neither is what would lie under it."""
    (tmp_path / "file").write_text("words", encoding="utf-8")
    for path in (tmp_path / "file", tmp_path / "file" / "plan"):
        with pytest.raises(InputError, match="is not a folder"):
            load_plan(path)


@pytest.mark.parametrize("owner", [(Path, "read_text"), (pl, "read_parquet")])
def test_a_plan_that_may_not_be_read(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: tuple[object, str]
) -> None:
    """A plan without the right to read it is not called damaged."""
    save_plan(plan, tmp_path / "plan")

    def refused(path: Path, **words: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(*owner, refused)
    with pytest.raises(InputError, match=r"plan/\S+ may not be read"):
        load_plan(tmp_path / "plan")


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
    ["null", "7", "[", "[]", "{}", '{"tiers": 1}', '{"tiers": [], "as_of": "soon", "unsolved": []}', '{"tiers": [{}]}'],
)
def test_a_record_of_something_else(plan: Plan, tmp_path: Path, record: str) -> None:
    """A record that is no JSON, or JSON of another kind, is told as a damaged plan."""
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
