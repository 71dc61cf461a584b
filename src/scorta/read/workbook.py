"""Read one XLSX workbook: a sheet for each table, and the sheet `scenario`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scorta.errors import InputError
from scorta.read.grid import Part
from scorta.read.kinds import finding
from scorta.read.names import SCENARIO, unknown_name
from scorta.read.scenario import read_scenario_sheet
from scorta.read.sheet import Sheet, read_sheet, sheets_from_lines
from scorta.read.source import read_bytes
from scorta.read.workbook_check import check_workbook
from scorta.read.workbook_process import Limits, run_child
from scorta.tables import CASE_TABLES, Finding, RawCase, RawTable

OTHER_SHEETS = ("about", "guide", "notes", "readme")
"""Sheets that hold no table and are left alone, in capitals or not."""
MAX_BYTES = 256 << 20
"""The largest workbook that is read, in bytes, packed as it is."""
LIMITS = Limits()
"""What the reader of a workbook may use unless told otherwise."""


def read_workbook(path: Path, limits: Limits = LIMITS) -> RawCase:
    """Return the raw case of a workbook, with all findings of all its sheets."""
    lines = _read_lines(path, limits)
    if isinstance(lines, Finding):
        return RawCase(str(path), {}, path.name, {}, (lines,))
    tables, found = _read_tables(path.name, sheets_from_lines(lines))
    if not tables and not found:
        raise InputError(
            "The workbook {path} holds no table.", "Name a workbook with a sheet for each table.", path=path
        )
    sheet = tables.pop(SCENARIO, None)
    scenario, more = _read_scenario(path.name, sheet, found)
    return RawCase(str(path), scenario, _address(path.name, SCENARIO), _ordered(tables), (*more, *found))


def _read_lines(path: Path, limits: Limits) -> list[str] | Finding:
    """Return what the reader of workbooks wrote about the file, once it is known to be safe."""
    data = read_bytes(path, path.name, MAX_BYTES)
    if isinstance(data, Finding):
        return data
    return check_workbook(path.name, data) or run_child(path.name, data, limits)


def _read_tables(book: str, sheets: Iterable[Sheet]) -> tuple[dict[str, RawTable], list[Finding]]:
    """Return the tables of the sheets by name, that of the scenario among them."""
    parts: dict[str, Part] = {}
    found: list[Finding] = []
    for sheet in sheets:
        name, file = sheet.title, _address(book, sheet.title)
        if name in parts:
            found.append(finding("table-twice", file, table=name, other=file))
        elif name in CASE_TABLES or name == SCENARIO:
            parts[name] = read_sheet(name, file, sheet)
            found.extend(parts[name].findings)
        elif sheet.rows and name.strip().lower() not in OTHER_SHEETS:
            found.append(unknown_name(file, name))
    return {name: part.table for name, part in parts.items() if part.table is not None}, found


def _read_scenario(
    book: str, sheet: RawTable | None, found: Iterable[Finding]
) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """Return what the sheet `scenario` says; a sheet that could not be read has its finding already."""
    file = _address(book, SCENARIO)
    if sheet is not None:
        return read_scenario_sheet(sheet)
    missing = finding("scenario-missing", file, value=f"sheet {SCENARIO}")
    return {}, () if any(one.file == file for one in found) else (missing,)


def _ordered(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Return the tables in the order of the description."""
    return {name: tables[name] for name in CASE_TABLES if name in tables}


def _address(book: str, sheet: str) -> str:
    """Return how a sheet is named in findings."""
    return f"{book}!{sheet}"
