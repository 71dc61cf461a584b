"""A table that lacks a whole field: that is said, and nothing that would follow from it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from scorta.check import check_case
from scorta.read import read_case
from scorta.tables import CASE_TABLES, Finding, RawCase

BY_DAY = ("walk", "winter-reserve")
EXAMPLES = [
    path.parent
    for path in sorted((Path(__file__).parents[3] / "examples").glob("*/scenario.toml"))
    if path.parent.name in BY_DAY or "SCORTA_NIGHTLY" in os.environ
]
"""Cases in which every table stands; by night the large ones too."""

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


def fields() -> Iterator[object]:
    """Yield every field of the examples that every row must fill."""
    for example in EXAMPLES:
        for table in raw_of(example).tables.values():
            for field in CASE_TABLES[table.name]:
                if field.required and field.name in table.frame.columns:
                    yield pytest.param(example, table.name, field.name, id=f"{example.name}-{table.name}-{field.name}")


@pytest.mark.parametrize(("example", "table", "field"), [*fields()])
def test_a_field_that_lacks_is_said_once(example: Path, table: str, field: str) -> None:
    """Without the field nothing is known of what stood in it: no code is unknown, no key doubled, nobody short."""
    raw = raw_of(example)
    lacking = replace(raw.tables[table], frame=raw.tables[table].frame.drop(field))
    found = check_case(replace(raw, tables={**raw.tables, table: lacking})).findings
    new = {address(one) for one in found} - found_anyway(example)
    assert new == {("missing-field", lacking.file, 1, field)}
