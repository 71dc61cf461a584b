"""Groups of changed rows: by code, table, what-if or field; what cannot stand alone is one."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import case

from scorta.case import Change
from scorta.difference import group_changes, list_changed_rows
from scorta.errors import InputError

PLEDGES: list[dict[str, Any]] = [
    {"pledge": code, "donor": donor, "item": "tent", "quantity": 5, "state": "committed"}
    for code, donor in (("P1", "DE"), ("P2", "DE"), ("P3", "PL"))
]
BEFORE = case(pledges=PLEDGES)
AFTER = case(pledges=[row | {"quantity": 9} for row in PLEDGES])
CHANGES = list_changed_rows(BEFORE, AFTER)


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("row", ["pledges P1", "pledges P2", "pledges P3"]),
        ("table", ["pledges"]),
        ("donor", ["DE", "PL"]),
    ],
)
def test_rows_are_put_together(by: str, labels: list[str]) -> None:
    """By their code, their table, or what stands in a field."""
    assert [group.label for group in group_changes(CHANGES, by)] == labels


def test_rows_that_two_what_ifs_changed_are_a_group_of_both() -> None:
    """Its name holds no word of a language; rows that none changed stay alone."""
    what_ifs = [
        Change(name, "pledges", code, "quantity", "set", "9")
        for name, code in (("more", "P1"), ("late", "P1"), ("more", "P2"))
    ]
    assert [group.label for group in group_changes(CHANGES, "what-if", what_ifs)] == [
        "more + late",
        "more",
        "pledges P3",
    ]


def test_what_cannot_stand_alone_is_one() -> None:
    """A pledge of a donor that was not there before cannot be there without it."""
    new = {"pledge": "P4", "donor": "IT", "item": "tent", "quantity": 1, "state": "committed"}
    groups = group_changes(list_changed_rows(BEFORE, case(pledges=[*PLEDGES, new])))
    assert [sorted(group.labels) for group in groups] == [["parties IT", "pledges P4"]]


def test_a_field_that_no_row_has_is_refused() -> None:
    """The error names those that there are."""
    with pytest.raises(InputError, match="donor"):
        group_changes(CHANGES, "colour")
