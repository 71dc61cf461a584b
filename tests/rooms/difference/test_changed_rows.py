"""What differs between two cases, and mixtures of them."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from polars.testing import assert_frame_equal
from tests.cases import case
from tests.laws.chance import build, chance_facts

from scorta.case import Change
from scorta.difference import group_changes, list_changed_rows, mixed
from scorta.errors import InputError


@pytest.mark.parametrize("seed", range(20))
def test_all_changes_make_the_other_case(seed: int) -> None:
    """Nothing changed is the case before; everything changed is the case after, whatever the two are."""
    before, after = build(chance_facts(Random(seed))), build(chance_facts(Random(seed + 1000)))
    changes = list_changed_rows(before, after)
    assert mixed(before, after, ()).digest() == before.digest()
    found = mixed(before, after, changes)
    assert (found.scenario, found.given) == (after.scenario, after.given)
    assert found.horizon.starts.tolist() == after.horizon.starts.tolist()
    for name, frame in after.tables.items():
        assert_frame_equal(found[name].drop("row"), frame.drop("row"), check_row_order=False)
    assert not list_changed_rows(after, found)


@pytest.mark.parametrize("seed", range(5))
def test_a_case_does_not_differ_from_itself(seed: int) -> None:
    """Nothing differs, and there is nothing to put together."""
    one = build(chance_facts(Random(seed)))
    assert group_changes(list_changed_rows(one, one), "source") == ()


def test_lots_that_are_the_same_are_counted() -> None:
    """One of two lots that are alike goes: one row is gone, and it is said which is left standing."""
    lot = {"place": "HUB", "item": "tent", "quantity": 3}
    (change,) = list_changed_rows(case(stocks=[lot, lot]), case(stocks=[lot]))
    assert (change.kind, change.sole, len(change.before), len(change.after)) == ("removed", False, 1, 0)
    assert change.addresses == ("stocks.csv:3",)


def test_the_shares_of_a_key_change_together() -> None:
    """Shares add up to one: they are one change."""
    before, after = (
        case(keys=[{"key": "gdp", "party": "DE", "share": part}, {"key": "gdp", "party": "PL", "share": 1 - part}])
        for part in (0.5, 0.75)
    )
    (group,) = group_changes(list_changed_rows(before, after))
    assert (group.label, len(group.changes)) == ("keys gdp", 2)


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
