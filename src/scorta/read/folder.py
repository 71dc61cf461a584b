"""Read a folder of CSV and Parquet files with `scenario.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorta.errors import InputError
from scorta.read.csv_file import read_csv
from scorta.read.grid import Part
from scorta.read.kinds import finding
from scorta.read.names import SCENARIO, nearest, unknown_name
from scorta.read.parquet import read_parquet
from scorta.read.scenario import read_toml
from scorta.read.source import read_bytes
from scorta.tables import CASE_TABLES, Finding, RawCase, RawTable

READERS = {".csv": read_csv, ".parquet": read_parquet}
OTHER_TABLES = (".tsv", ".tab", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".numbers", ".feather", ".arrow", ".toml")
"""Endings of files that look like a part of a case and are not read from a folder."""
SCENARIO_FILE = f"{SCENARIO}.toml"


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The files of a folder: those that are tables, by the name of the table, and what there is to say of others."""

    tables: Mapping[str, Path]
    scenario: Path | None
    findings: tuple[Finding, ...]


def read_folder(folder: Path) -> RawCase:
    """Return the raw case of a folder, with all findings of all its files."""
    files = _sort(_list(folder))
    if not files.tables and files.scenario is None and not files.findings:
        raise InputError(
            "The folder {folder} holds no table.",
            "Name a folder of CSV or Parquet files; `scorta template FOLDER` writes one with every table.",
            folder=folder,
        )
    scenario, found = _read_scenario(files.scenario)
    parts = {name: _read_table(name, path) for name, path in files.tables.items()}
    tables: dict[str, RawTable] = {name: part.table for name, part in parts.items() if part.table is not None}
    told = (*files.findings, *found, *(one for part in parts.values() for one in part.findings))
    return RawCase(str(folder), scenario, SCENARIO_FILE, tables, told)


def _list(folder: Path) -> list[Path]:
    """Return the visible files of a folder, in order of their names."""
    try:
        inside = sorted(folder.iterdir())
        return [path for path in inside if not path.name.startswith((".", "~$")) and not _is_other_folder(path)]
    except OSError as error:
        raise InputError(
            "The folder {folder} cannot be read: {reason}.",
            "See that you may read it, then try again.",
            folder=folder,
            reason=error.strerror,
        ) from error


def _is_other_folder(path: Path) -> bool:
    """Tell whether it is a folder that does not pass itself off as a table."""
    return path.is_dir() and path.suffix.lower() not in READERS


def _sort(paths: Iterable[Path]) -> _Sorted:
    """Tell tables, the scenario and other files apart."""
    tables: dict[str, Path] = {}
    scenario = None
    found: list[Finding] = []
    for path in paths:
        if path.name == SCENARIO_FILE:
            scenario = path
        elif path.suffix.lower() not in READERS:
            found.extend(_other_file(path.name))
        elif path.stem not in CASE_TABLES:
            found.append(unknown_name(_printable(path.name), _printable(path.stem), path.suffix))
        elif path.stem in tables:
            found.append(finding("table-twice", path.name, table=path.stem, other=tables[path.stem].name))
        else:
            tables[path.stem] = path
    ordered = {name: tables[name] for name in CASE_TABLES if name in tables}
    return _Sorted(ordered, scenario, tuple(found))


def _other_file(file: str) -> list[Finding]:
    """Find a file that looks like a part of a case but has another ending; any other file is no business of ours."""
    stem, *endings = file.split(".")
    told = [f".{ending.lower()}" for ending in endings]
    if not any(ending in OTHER_TABLES or ending.rstrip("~") in READERS for ending in told):
        return []
    near = nearest(stem)
    suggestion = SCENARIO_FILE if near == SCENARIO else f"{near or stem}.csv"
    return [finding("file-not-read", _printable(file), suggestion=_printable(suggestion))]


def _read_scenario(path: Path | None) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """Return the content of `scenario.toml`."""
    if path is None:
        return {}, (finding("scenario-missing", SCENARIO_FILE, value=SCENARIO_FILE),)
    data = read_bytes(path, path.name)
    return ({}, (data,)) if isinstance(data, Finding) else read_toml(path.name, data)


def _read_table(name: str, path: Path) -> Part:
    """Return what came of the file of one table."""
    data = read_bytes(path, path.name)
    return Part(None, (data,)) if isinstance(data, Finding) else READERS[path.suffix.lower()](name, path.name, data)


def _printable(name: str) -> str:
    """Return a file name with what is no Unicode in it replaced, so that any door can show it."""
    return name.encode(errors="replace").decode()
