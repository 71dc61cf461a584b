"""Read the scenario: `scenario.toml`, or the rows of the sheet `scenario`, as the same plain Python values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from scorta.languages import mark
from scorta.read.csv_file import drop_mark
from scorta.read.grid import finding
from scorta.tables import Finding, Phrase, RawTable
from scorta.tables.findings import FileKind

SCENARIO_MISSING = FileKind(
    "scenario-missing",
    "error",
    "The case has no {value}.",
    "Add it, with title, as_of and horizon; `scorta template FOLDER` writes one.",
    "A folder lacks scenario.toml, or a workbook lacks the sheet `scenario`.",
)
SCENARIO_NOT_TOML = FileKind(
    "scenario-not-toml",
    "error",
    "{file} is not valid TOML: {reason}.",
    "Correct that line: a field, an equals sign and a value, with text between double quotes.",
    "scenario.toml breaks a rule of its format.",
)
SCENARIO_HEADING = FileKind(
    "scenario-heading",
    "error",
    "The sheet scenario lacks the heading {field}.",
    "Give the sheet two columns with the headings field and value.",
    "The sheet `scenario` of a workbook does not have the columns field and value.",
)
SCENARIO_FIELD_TWICE = FileKind(
    "scenario-field-twice",
    "error",
    "Row {row} gives {field} again.",
    "Keep one of the two rows.",
    "The sheet `scenario` names a field on two rows; the first was read.",
)
SCENARIO_HORIZON = FileKind(
    "scenario-horizon",
    "error",
    "Row {row}: {value} is not a part of a horizon.",
    "Write counts and buckets with commas between them, as in: 26 week, 18 month.",
    "The horizon in the sheet `scenario` is not a list of a count and a bucket each.",
)


TOML_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$|\s*\(at end of document\)$")
HORIZON_PART = re.compile(r"\s*(\d{1,9})\s+(\S+)\s*")


def read_toml(file: str, data: bytes) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """Return the content of `scenario.toml`, and what was wrong with it."""
    try:
        return tomllib.loads(drop_mark(data).decode()), ()
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        return {}, (finding(SCENARIO_NOT_TOML, file, row, reason=Phrase(mark("it is not UTF-8"))),)
    except RecursionError:
        return {}, (finding(SCENARIO_NOT_TOML, file, reason=Phrase(mark("its values are nested too deeply"))),)
    except ValueError as error:
        return {}, (_toml_finding(file, data, str(error)),)


def read_scenario_sheet(table: RawTable) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """Return what the sheet `scenario` says, in the structure of `scenario.toml`."""
    lacking = [name for name in ("field", "value") if name not in table.frame.columns]
    if lacking:
        return {}, tuple(finding(SCENARIO_HEADING, table.file, 1, name) for name in lacking)
    given: dict[str, Any] = {}
    found: list[Finding] = []
    cells = zip(table.rows, table.frame["field"], table.frame["value"], strict=True)
    for row, field, value in cells:
        if field is None or value is None:
            continue
        if field in given:
            found.append(finding(SCENARIO_FIELD_TWICE, table.file, row, field, value))
            continue
        given[field], more = _field_value(table.file, row, field, value)
        found.extend(more)
    return given, tuple(found)


def _toml_finding(file: str, data: bytes, said: str) -> Finding:
    """Return the finding of a TOML file that breaks a rule, with the line on which it does."""
    where = TOML_LINE.search(said)
    line = where.group(1) if where else None
    row = int(line) if line else (data.count(b"\n") + 1 if where else None)
    reason = said[: where.start()] if where else said
    return finding(SCENARIO_NOT_TOML, file, row, reason=reason[:1].lower() + reason[1:])


def _field_value(file: str, row: int, field: str, value: str) -> tuple[Any, list[Finding]]:
    """Return the value of a field of the scenario: a list where the field is one."""
    if field == "tiers":
        return [part.strip() for part in value.split(",") if part.strip()], []
    if field == "horizon":
        return _horizon(file, row, value)
    return value, []


def _horizon(file: str, row: int, value: str) -> tuple[list[dict[str, Any]], list[Finding]]:
    """Return the blocks of a horizon such as `26 week, 18 month`."""
    blocks, found = [], []
    for part in value.split(","):
        if matched := HORIZON_PART.fullmatch(part):
            blocks.append({"bucket": matched.group(2), "count": int(matched.group(1))})
        else:
            found.append(finding(SCENARIO_HORIZON, file, row, "horizon", part.strip()))
    return blocks, found
