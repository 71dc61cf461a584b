"""What differs between two cases, and mixtures of them."""

from __future__ import annotations

from random import Random

import pytest
from polars.testing import assert_frame_equal
from tests.cases import case
from tests.laws.chance import build, chance_facts

from scorta.difference import group_changes, list_changed_rows, mixed


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
