"""A plan on disk: saved whole or not at all, and read back."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from scorta.case import TYPES, Change, changes_frame
from scorta.errors import InputError, OutputError
from scorta.languages import say_count, say_reason
from scorta.plan.plan import Options, Plan, Record, Size, TierValue
from scorta.tables import PLAN_TABLES

RECORD = "plan.json"
"""The file that holds the record of a plan, and by which a folder is known to be one."""

CHANGES = "changes.csv"
"""The file that holds the changes with which a plan was made, if there were any: it can be planned with again."""

FILES = frozenset({RECORD, CHANGES, *(f"{name}.{ending}" for name in PLAN_TABLES for ending in ("csv", "parquet"))})
"""The files of a plan: a folder that holds anything else is never replaced."""

NAMED = 3
"""Strange files in a folder that are named; the rest are counted."""


def save_plan(plan: Plan, folder: Path) -> None:
    """Write a plan into a folder, in place of an earlier plan there; on any failure what was there stays.

    A link stays a link: what it leads to becomes the plan.

    Raises:
        OutputError: the folder holds something else than a plan, or cannot be written.
    """
    with _told_as_cannot(folder):
        folder = _real(folder)
        _refuse_here(folder)
        _refuse_strange(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = _beside(folder, folder.parent)
    try:
        _write(plan, fresh)
        _put(fresh, folder)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise OutputError(
            "The plan could not be written to {folder}: {reason}.",
            "Nothing was changed there. Make room or name another folder, and plan again.",
            folder=folder,
            reason=say_reason(error),
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check_place(folder: Path) -> None:
    """Try whether a plan may be saved in a folder, before anybody waits for one; nothing is left of the try.

    Raises:
        OutputError: the folder holds something else than a plan or is the working folder, or nothing can be written
            beside it.
    """
    with _told_as_cannot(folder):
        folder = _real(folder)
        _refuse_here(folder)
        _refuse_strange(folder)
        ground = next(above for above in folder.parents if above.exists() or above.is_symlink())
        _beside(folder, ground).rmdir()


def _real(folder: Path) -> Path:
    """Return where a folder truly lies, whatever links lead to it."""
    return Path(os.path.realpath(folder))


@contextmanager
def _told_as_cannot(folder: Path) -> Iterator[None]:
    """Say in a sentence why nothing can be written to a folder."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            "The plan cannot be written to {folder}: {reason}.",
            "Name another folder.",
            folder=folder,
            reason=say_reason(error),
        ) from error


def _beside(folder: Path, ground: Path) -> Path:
    """Make a fresh folder for a plan on the disk on which its own folder will stand."""
    return Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=ground))


def _refuse_here(folder: Path) -> None:
    """Refuse the working folder and those that hold it: a plan takes their place, and its user would stand in none."""
    try:
        here = _real(Path.cwd())
    except FileNotFoundError:
        return
    if here.is_relative_to(folder):
        raise OutputError(
            "{folder} is the folder you work in, or holds it: a plan takes the place of its whole folder.",
            "Name another folder, such as a new one inside this, or change to another folder first.",
            folder=folder,
        )


def _refuse_strange(folder: Path) -> None:
    """Refuse a place at which something else than a plan stands: a plan takes the place of all that is there."""
    if folder.is_mount():
        raise OutputError(
            "{folder} is where a disk begins, and cannot be replaced.", "Name a folder under it.", folder=folder
        )
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError(
            "{folder} is something else than a plan: it is no folder.", "Name another folder.", folder=folder
        )
    strange = _strange(folder) if folder.exists() else []
    if strange:
        left = len(strange) - NAMED
        more = say_count(" and {number} more", " and {number} more", left) if left > 0 else ""
        raise OutputError(
            "{folder} holds something else than a plan: {strange}{more}.",
            "Name another folder for the plan, or move that away.",
            folder=folder,
            strange=", ".join(strange[:NAMED]),
            more=more,
        )


def _strange(folder: Path) -> list[str]:
    """Return the names in a folder that are no files of a plan; without a record, nothing there is one."""
    is_plan = (folder / RECORD).is_file()
    return sorted(path.name for path in folder.iterdir() if not (is_plan and path.name in FILES and path.is_file()))


def _write(plan: Plan, folder: Path) -> None:
    """Write every table twice, as Parquet and CSV, and the record; all of it reaches the disk."""
    for name, frame in plan.tables.items():
        frame.write_parquet(folder / f"{name}.parquet")
        frame.write_csv(folder / f"{name}.csv")
    if plan.record.changes:
        changes_frame(plan.record.changes).write_csv(folder / CHANGES)
    text = json.dumps(_plain(plan.record), indent=2, default=str, allow_nan=False)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
    folder.chmod(0o755)
    for path in (*folder.iterdir(), folder):
        _sync(path)


def _put(fresh: Path, folder: Path) -> None:
    """Put the fresh folder where the old one is; a reader sees the one or the other."""
    old, is_new = fresh.with_name(f"{fresh.name}-old"), not folder.exists()
    try:
        if not is_new:
            folder.rename(old)
        fresh.rename(folder)
        _sync(folder.parent)
    except BaseException:
        _put_back(old, folder, is_new)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _put_back(old: Path, folder: Path, is_new: bool) -> None:
    """Let the folder be again what it was: the old one, or none."""
    if is_new or old.exists():
        shutil.rmtree(folder, ignore_errors=True)
    if old.exists():
        old.rename(folder)


def _sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def load_plan(folder: Path) -> Plan:
    """Read a plan back.

    Raises:
        InputError: the folder is no plan, or a file of it is missing or damaged.
    """
    try:
        record = _record(json.loads((folder / RECORD).read_text(encoding="utf-8")))
        return Plan({name: _read(folder, name) for name in PLAN_TABLES}, record)
    except NotADirectoryError:
        raise InputError(
            "{folder} is not a folder.", "Name a folder that `scorta plan` wrote.", folder=folder
        ) from None
    except PermissionError as error:
        raise InputError(
            "{path} may not be read.", "Ask for the right to read it.", path=error.filename or folder
        ) from error
    except FileNotFoundError:
        raise _missing(folder) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError) as error:
        raise InputError(
            "The plan in {folder} is damaged: {error}.", "Plan again.", folder=folder, error=error
        ) from error


def _missing(folder: Path) -> InputError:
    """Say what is not there: the record, without which nothing is a plan, or tables, such as newer versions add."""
    lacks = [name for name in PLAN_TABLES if not (folder / f"{name}.parquet").exists()]
    if not lacks or not (folder / RECORD).exists():
        return InputError(
            "{folder} is no plan: {file} is missing.",
            "Name a folder that `scorta plan` wrote.",
            folder=folder,
            file=RECORD,
        )
    names = ", ".join(f"`{name}`" for name in lacks)
    return InputError(
        "The plan in {folder} lacks the table {names}: an earlier version saved it, or files were removed."
        if len(lacks) == 1
        else "The plan in {folder} lacks the tables {names}: an earlier version saved it, or files were removed.",
        "Plan the case again.",
        folder=folder,
        names=names,
    )


def _read(folder: Path, name: str) -> pl.DataFrame:
    frame = pl.read_parquet(folder / f"{name}.parquet")
    return frame.select(pl.col(field.name).cast(TYPES[field.type]) for field in PLAN_TABLES[name])


def _plain(record: Record) -> dict[str, Any]:
    """Return a record as it is saved: options that were not given are left out."""
    plain = asdict(record)
    plain["options"] = {name: value for name, value in plain["options"].items() if value is not None}
    return plain


def _record(raw: dict[str, Any]) -> Record:
    tiers = tuple(TierValue(**tier) for tier in raw.pop("tiers"))
    as_of = date.fromisoformat(raw.pop("as_of"))
    changes = tuple(_change(change) for change in raw.pop("changes", ()))
    return Record(
        tiers=tiers,
        as_of=as_of,
        unsolved=tuple(raw.pop("unsolved")),
        changes=changes,
        options=Options(**raw.pop("options")),
        size=Size(**raw.pop("size")),
        **raw,
    )


def _change(raw: dict[str, Any]) -> Change:
    days = {name: date.fromisoformat(raw[name]) for name in ("from_date", "until_date") if raw[name]}
    return Change(**{**raw, **days})
