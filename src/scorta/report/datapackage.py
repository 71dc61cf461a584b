"""A Frictionless Data Package of a case: the descriptions of its tables in the form that other tools read."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scorta.errors import InputError, OutputError
from scorta.languages import say_reason
from scorta.tables import CASE_TABLES, Field, Table

DESCRIPTOR = "datapackage.json"
"""The file in a folder of CSV files that describes them."""

_TYPES = {"number": "number", "whole": "integer", "date": "date", "yes_no": "boolean"}
"""The types of Frictionless; every other field is a string."""


def datapackage(headings: Mapping[str, Sequence[str]], title: str = "A case of Scorta") -> dict[str, Any]:
    """Return the descriptor of a case whose tables are CSV files with these headings.

    Each table is described as far as its headings go: a column that the table does not have is a string, and a
    reference is described where it names one table and that table is in the case.
    """
    tables = [name for name in CASE_TABLES if name in headings]
    return {
        "name": "scorta-case",
        "title": title,
        "resources": [_resource(CASE_TABLES[name], headings[name], tables) for name in tables],
    }


def write_datapackage(folder: Path) -> Path:
    """Describe the CSV files of a case folder in its `datapackage.json`, in place of an earlier one; return its path.

    Raises:
        InputError: the folder holds no CSV file of a case, or one cannot be read.
        OutputError: the descriptor cannot be written; an earlier one stays.
    """
    headings = {name: _heading(path) for name in CASE_TABLES if (path := folder / f"{name}.csv").is_file()}
    if not headings:
        raise InputError(
            "{folder} holds no CSV file of a case.", "Name a folder with files such as needs.csv.", folder=folder
        )
    text = json.dumps(datapackage(headings), indent=2, ensure_ascii=False) + "\n"
    try:
        _put(folder / DESCRIPTOR, text)
    except OSError as error:
        raise OutputError(
            "{path} cannot be written: {reason}.",
            "Nothing was changed there.",
            path=folder / DESCRIPTOR,
            reason=say_reason(error),
        ) from error
    return folder / DESCRIPTOR


def _resource(table: Table, heading: Sequence[str], tables: Sequence[str]) -> dict[str, Any]:
    known = {field.name: field for field in table}
    schema: dict[str, Any] = {
        "fields": [
            _field(table, known[name]) if name in known else {"name": name, "type": "string"} for name in heading
        ],
        "missingValues": [""],
    }
    if table.key and set(table.key) <= set(heading):
        schema["primaryKey"] = list(table.key)
    links = [_link(table, known[name]) for name in heading if name in known and _is_link(known[name], tables)]
    if links:
        schema["foreignKeys"] = links
    return {
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(table: Table, field: Field) -> dict[str, Any]:
    """Describe a field: its type, meaning, unit and limits."""
    unit = f" Unit: {field.unit}." if field.unit else ""
    described: dict[str, Any] = {"name": field.name, "type": _TYPES.get(field.type, "string")}
    described["description"] = f"{field.meaning}{unit}"
    if field.type == "yes_no":
        described |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if field.example:
        described["example"] = field.example
    constraints = _constraints(field)
    return described | ({"constraints": constraints} if constraints else {})


def _constraints(field: Field) -> dict[str, Any]:
    """Return what a cell must keep to."""
    limits: dict[str, Any] = {}
    if field.required and not field.unless[0]:
        limits["required"] = True
    if field.choices:
        limits["enum"] = list(field.choices)
    for name, limit in (("minimum", field.minimum), ("maximum", field.maximum)):
        if limit is not None:
            limits[name] = int(limit) if field.type == "whole" or limit == int(limit) else limit
    return limits


def _is_link(field: Field, tables: Sequence[str]) -> bool:
    """Tell whether a field can be described as a reference: one that may name two tables cannot."""
    return len(field.refers_to) == 1 and field.refers_to[0] in tables


def _link(table: Table, field: Field) -> dict[str, Any]:
    target = CASE_TABLES[field.refers_to[0]]
    resource = "" if target is table else target.name
    return {"fields": [field.name], "reference": {"resource": resource, "fields": [target.fields[0].name]}}


def _heading(path: Path) -> list[str]:
    """Return the headings of a CSV file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "The headings of {path} cannot be read: {error}.", "Save it as CSV in UTF-8.", path=path, error=error
        ) from error


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(0o644)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
