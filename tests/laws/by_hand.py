"""A case as CSV files, and its cells changed as somebody does who edits them by hand."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from pathlib import Path

import polars as pl

from scorta import desk
from scorta.case import Case, Change
from scorta.errors import CaseError
from scorta.tables import CASE_TABLES

CODES = {"pledges": "pledge", "contracts": "contract", "legs": "leg", "lines": "line", "places": "place"}
"""The field by which a row is named; elsewhere it is named by its address: the file and the line."""

NEVER = "9999-12-31"
"""A day after all others."""

Row = dict[str, str]
"""A line of a file, by field."""


def write_case(case: Case, folder: Path) -> None:
    """Write a case as a folder of CSV files with its `scenario.toml`."""
    folder.mkdir(parents=True)
    scenario = case.scenario
    tiers = ", ".join(f'"{tier}"' for tier in scenario.tiers)
    lines = [f'title = "{scenario.title}"', f"as_of = {scenario.as_of}", 'currency = "EUR"']
    lines += [f'gifts = "{scenario.gifts}"', f"tiers = [{tiers}]"]
    lines += [f'\n[[horizon]]\nbucket = "{kind}"\ncount = {count}' for kind, count in scenario.blocks]
    (folder / "scenario.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    yes_or_no = pl.when(pl.selectors.boolean()).then(pl.lit("yes")).otherwise(pl.lit("no")).name.keep()
    for name in case.given:
        case[name].select(CASE_TABLES[name].names).with_columns(yes_or_no).write_csv(folder / f"{name}.csv")


def load_case(folder: Path) -> Case | None:
    """Read a folder as `scorta plan` does; None where there are findings that stop it."""
    try:
        return desk.load_case(folder)
    except CaseError:
        return None


def edit(folder: Path, change: Change) -> None:
    """Do a change to the file of its table."""
    path = folder / f"{change.table}.csv"
    rows = _read(path) if path.exists() else []
    meant = _meant(rows, change)
    for row in meant:
        if change.table == "objectives" and change.from_date is not None:
            _lower_for_a_time(rows, row, change, _as_of(folder))
        else:
            row[change.field] = _changed(row.get(change.field, ""), change)
    _write(path, change.table, rows)


def _meant(rows: list[Row], change: Change) -> list[Row]:
    """Return the rows that a change means; one that sets what is not there begins a row."""
    if change.table not in CODES:
        file, line = change.id.split(":")
        assert file == f"{change.table}.csv"
        return [rows[int(line) - 2]]
    code = CODES[change.table]
    meant = [row for row in rows if row[code] == change.id]
    if not meant and change.operation == "set":
        meant = [{code: change.id}]
        rows += meant
    return meant


def _changed(cell: str, change: Change) -> str:
    """Return what a cell becomes."""
    if change.operation == "set":
        return change.value
    number = float(change.value)
    return repr(float(cell or 0) + number if change.operation == "add" else float(cell) * number)


def _as_of(folder: Path) -> str:
    """Return the first day of a case."""
    return str(tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))["as_of"])


def _lower_for_a_time(rows: list[Row], row: Row, change: Change, as_of: str) -> None:
    """Let a row of objectives be another from the first day of a change, and itself again after the last."""
    since, first = row["from_date"] or as_of, str(change.from_date)
    after = str(change.until_date + dt.timedelta(days=1)) if change.until_date else NEVER
    own = [each["from_date"] for each in rows if all(each[side] == row[side] for side in ("party", "place", "item"))]
    ends = min((start for start in own if start > since), default=NEVER)
    rows.append({**row, "floor": _changed(row["floor"], change), "from_date": max(first, since)})
    if after < ends:
        rows.append({**row, "from_date": after})
    if first <= since:
        rows.remove(row)


def _read(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _write(path: Path, table: str, rows: list[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(CASE_TABLES[table].names), restval="")
        writer.writeheader()
        writer.writerows(rows)
