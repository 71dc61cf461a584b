"""One error makes no others: of a field that lacks, and of a cell that is wrong, that is said and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from scorta.check import check_case
from scorta.read import read_case
from scorta.tables import CASE_TABLES, Field, Finding, RawCase, RawTable

FOLDER = Path(__file__).parents[2] / "examples"
WALK, RESERVE = FOLDER / "walk", FOLDER / "winter-reserve"
"""A small case, and one in which every table stands."""

IS_NIGHT = "SCORTA_NIGHTLY" in os.environ
EXAMPLES = sorted(path.parent for path in FOLDER.glob("*/scenario.toml")) if IS_NIGHT else [WALK, RESERVE]

WRONG = {"number": "lots", "whole": "lots", "date": "soon", "choice": "Xx", "yes_no": "maybe", "code": "NOBODY"}
"""What no cell of a type can mean, and a code that names no row."""

Address = tuple[str, str, int | None, str]


@cache
def raw_of(example: Path) -> RawCase:
    """Return the rows of an example."""
    return read_case(example)


def address(finding: Finding) -> Address:
    """Return what is found, and where."""
    return finding.code, finding.file, finding.row, finding.field


@cache
def found_anyway(example: Path) -> set[Address]:
    """Return what the check says of an example as it is."""
    return {address(one) for one in check_case(raw_of(example)).findings}


def found_anew(example: Path, table: RawTable) -> set[Address]:
    """Return what the check says of an example with another table in place of its own, and of itself does not."""
    raw = raw_of(example)
    changed = replace(raw, tables={**raw.tables, table.name: table})
    return {address(one) for one in check_case(changed).findings} - found_anyway(example)


def fields() -> Iterator[tuple[Path, RawTable, Field]]:
    """Yield every field of the examples that stands in its table; by day not of the same tables again."""
    for example in EXAMPLES:
        for table in raw_of(example).tables.values():
            if IS_NIGHT or example == WALK or table.name not in raw_of(WALK).tables:
                yield from ((example, table, field) for field in CASE_TABLES[table.name] if field.name in table.frame)


def required() -> Iterator[object]:
    """Yield the fields that every row must fill."""
    for example, table, field in fields():
        if field.required:
            yield pytest.param(example, table, field.name, id=f"{example.name}-{table.name}-{field.name}")


@pytest.mark.parametrize(("example", "table", "field"), [*required()])
def test_a_field_that_lacks_is_said_once(example: Path, table: RawTable, field: str) -> None:
    """Without the field nothing is known of what stood in it: no code is unknown, no key doubled, nobody short."""
    lacking = replace(table, frame=table.frame.drop(field))
    assert found_anew(example, lacking) == {("missing-field", lacking.file, 1, field)}


def spoilt() -> Iterator[object]:
    """Yield the cells of first rows, each with what cannot be meant, or with nothing in it."""
    for example, table, field in fields():
        wrong = WRONG.get(field.type) if field.type != "code" or field.refers_to else None
        for cell in ([wrong] if wrong else []) + ([None] if field.required else []):
            name = f"{example.name}-{table.name}-{field.name}-{cell or 'nothing'}"
            yield pytest.param(example, table, field.name, cell, id=name)


@pytest.mark.parametrize(("example", "table", "field", "cell"), [*spoilt()])
def test_a_cell_that_is_wrong_is_said_once(example: Path, table: RawTable, field: str, cell: str | None) -> None:
    """What rests on a wrong cell, in its row, in rows that name it or in searches over tables, is not said of it."""
    column = table.frame[field].cast(pl.String)
    wrong = table.frame.with_columns(pl.concat([pl.Series(field, [cell], pl.String), column[1:]]))
    found = {(file, row, name) for _, file, row, name in found_anew(example, replace(table, frame=wrong))}
    assert found == {(table.file, int(table.rows[0]), field)}
