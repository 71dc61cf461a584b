"""A plan on disk: saved whole or not at all, and read back."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from scorta.case import TYPES
from scorta.errors import InputError, OutputError
from scorta.plan.plan import Plan, Record, TierValue
from scorta.tables import PLAN_TABLES

RECORD = "plan.json"
"""The file that holds the record of a plan, and by which a folder is known to be one."""


def save_plan(plan: Plan, folder: Path) -> None:
    """Write a plan into a folder, in place of an earlier plan there; on any failure what was there stays.

    Raises:
        OutputError: the folder holds something else than a plan, or cannot be written.
    """
    folder = folder.absolute()
    if folder.exists() and not _may_replace(folder):
        raise OutputError(f"{folder} holds something else than a plan.", "Name another folder for the plan.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise OutputError(
            f"The plan cannot be written to {folder}: {error.strerror}.", "Name another folder."
        ) from error
    try:
        _write(plan, fresh)
        _put(fresh, folder)
    except OSError as error:
        raise OutputError(
            f"The plan could not be written to {folder}: {error.strerror or error}.",
            "Nothing was changed there. Make room or name another folder, and plan again.",
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _may_replace(folder: Path) -> bool:
    """Tell whether a folder is empty or a plan."""
    return folder.is_dir() and ((folder / RECORD).is_file() or not any(folder.iterdir()))


def _write(plan: Plan, folder: Path) -> None:
    """Write every table twice, as Parquet and CSV, and the record; all of it reaches the disk."""
    for name, frame in plan.tables.items():
        frame.write_parquet(folder / f"{name}.parquet")
        frame.write_csv(folder / f"{name}.csv")
    text = json.dumps(asdict(plan.record), indent=2, default=str, allow_nan=False)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
    folder.chmod(0o755)
    for path in (*folder.iterdir(), folder):
        _sync(path)


def _put(fresh: Path, folder: Path) -> None:
    """Put the fresh folder where the old one is; a reader sees the one or the other."""
    old = fresh.with_name(f"{fresh.name}-old")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
        _sync(folder.parent)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


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
    except FileNotFoundError:
        files = [RECORD, *(f"{name}.parquet" for name in PLAN_TABLES)]
        missing = next((name for name in files if not (folder / name).exists()), RECORD)
        raise InputError(
            f"{folder} is no plan: {missing} is missing.", "Name a folder that `scorta plan` wrote."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pl.exceptions.PolarsError) as error:
        raise InputError(f"The plan in {folder} is damaged: {error}.", "Plan again.") from error


def _read(folder: Path, name: str) -> pl.DataFrame:
    frame = pl.read_parquet(folder / f"{name}.parquet")
    return frame.select(pl.col(field.name).cast(TYPES[field.type]) for field in PLAN_TABLES[name])


def _record(raw: dict[str, Any]) -> Record:
    tiers = tuple(TierValue(**tier) for tier in raw.pop("tiers"))
    as_of = date.fromisoformat(raw.pop("as_of"))
    return Record(tiers=tiers, as_of=as_of, unsolved=tuple(raw.pop("unsolved")), **raw)
