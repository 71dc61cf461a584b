"""Read a folder of CSV and Parquet files with `scenario.toml`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl

from scorta.errors import InputError
from scorta.languages import say_reason
from scorta.read.csv_file import read_csv
from scorta.read.grid import Part, drop_empty_rows, finding, read_bytes, row_numbers
from scorta.read.scenario import SCENARIO_MISSING, read_toml
from scorta.tables import CASE_TABLES, Finding, RawCase, RawTable
from scorta.tables.findings import FileKind

TABLE_MISNAMED = FileKind(
    "table-misnamed",
    "error",
    "{value} is not the name of a table.",
    "Give it the name of a table, or move it out of the case.",
    "A file or sheet has a name close to that of a table, so it was probably meant to be one; it was not read.",
)
TABLE_UNKNOWN = FileKind(
    "table-unknown",
    "warning",
    "{value} is not the name of a table, so it was not read.",
    "Rename it if it was meant to be a table, or move it out of the case.",
    "A file or sheet looks like a table but has a name that is none; it was not read.",
)
FILE_NOT_READ = FileKind(
    "file-not-read",
    "warning",
    "{file} was not read: a case folder holds CSV and Parquet files and scenario.toml.",
    "Save its content as {suggestion}, or move it out of the case.",
    "A file looks like a table or a scenario but has an ending that is not read.",
)
TABLE_TWICE = FileKind(
    "table-twice",
    "error",
    "The table {table} stands in {file} and in {other}.",
    "Keep one of the two.",
    "A table stands in the case twice; the first was read, the second was not.",
)
PARQUET_BROKEN = FileKind(
    "parquet-broken",
    "error",
    "{file} is not a Parquet file, or is damaged.",
    "Write it again, or give the table as CSV.",
    "A file with the ending .parquet could not be read as one.",
)
PARQUET_TOO_LARGE = FileKind(
    "parquet-too-large",
    "error",
    "{file} holds {value} cells, more than {limit}.",
    "Split the table over several cases, or see whether it is the right file.",
    "A Parquet file unpacks to more cells than the program will hold in memory.",
)
PARQUET_COLUMN_TYPE = FileKind(
    "parquet-column-type",
    "error",
    "The column {field} of {file} is of type {value}, which is no type of a cell.",
    "Write the column as text, numbers, dates or booleans.",
    "A column of a Parquet file holds lists, structures, bytes or other things that no field is made of.",
)


SCENARIO = "scenario"
"""The file and the sheet that hold the scenario have this name."""

KNOWN = (*CASE_TABLES, SCENARIO)

NEAR = 0.8
"""How like a known name another must be to pass for a slip of it, from 0 to 1."""


def nearest(name: str) -> str:
    """Return the known name that a name holds as a word or is near to, or nothing."""
    words = re.findall(r"[a-z]+", name.lower())
    near = get_close_matches(name.strip().lower(), KNOWN, 1, NEAR)
    return next((word for word in (*words, *near) if word in KNOWN), "")


def unknown_name(file: str, name: str, ending: str = "") -> Finding:
    """Return the finding of a file or sheet whose name is that of no table."""
    if near := nearest(name):
        return finding(TABLE_MISNAMED, file, value=name + ending, guess=near + ending)
    return finding(TABLE_UNKNOWN, file, value=name + ending)


MAX_CELLS = 200_000_000
"""Most cells that a file may unpack to."""


def read_parquet(name: str, file: str, data: bytes) -> Part:
    """Return the table of a Parquet file; its first record stands on row 2, as below headings."""
    try:
        schema = pl.read_parquet_schema(io.BytesIO(data))
        height = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()
        if height * len(schema) > MAX_CELLS:
            return Part(None, (_too_large(file, height * len(schema)),))
        kept = [column for column, kind in schema.items() if _is_cell(kind)]
        frame = pl.read_parquet(io.BytesIO(data), columns=kept)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError, MemoryError):
        return Part(None, (finding(PARQUET_BROKEN, file),))
    wrong = [
        finding(PARQUET_COLUMN_TYPE, file, None, column, str(schema[column])) for column in schema if column not in kept
    ]
    return Part(_table(name, file, frame), tuple(wrong))


def _too_large(file: str, cells: int) -> Finding:
    return finding(PARQUET_TOO_LARGE, file, value=f"{cells:,}", limit=MAX_CELLS)


def _is_cell(kind: pl.DataType) -> bool:
    """Tell whether a column of that type holds what a cell can."""
    return kind.is_numeric() or isinstance(
        kind, (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Datetime, pl.Null)
    )


def _table(name: str, file: str, frame: pl.DataFrame) -> RawTable:
    """Return the table: categories as text, empty text as no cell, rows without any cell left out."""
    text = pl.col(pl.String, pl.Categorical, pl.Enum).cast(pl.String)
    frame = frame.with_columns(pl.when(text != "").then(text).name.keep())
    return RawTable(name, file, *drop_empty_rows(frame, row_numbers(2, frame.height)))


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
    parts = {name: read_table(name, path) for name, path in files.tables.items()}
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
            reason=say_reason(error),
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
            found.append(finding(TABLE_TWICE, path.name, table=path.stem, other=tables[path.stem].name))
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
    return [finding(FILE_NOT_READ, _printable(file), suggestion=_printable(suggestion))]


def _read_scenario(path: Path | None) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """Return the content of `scenario.toml`."""
    if path is None:
        return {}, (finding(SCENARIO_MISSING, SCENARIO_FILE, value=SCENARIO_FILE),)
    data = read_bytes(path, path.name)
    return ({}, (data,)) if isinstance(data, Finding) else read_toml(path.name, data)


def read_table(name: str, path: Path) -> Part:
    """Return what came of the file of one table."""
    data = read_bytes(path, path.name)
    return Part(None, (data,)) if isinstance(data, Finding) else READERS[path.suffix.lower()](name, path.name, data)


def _printable(name: str) -> str:
    """Return a file name with what is no Unicode in it replaced, so that any door can show it."""
    return name.encode(errors="replace").decode()
