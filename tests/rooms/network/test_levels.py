"""Aims: which row of objectives is in force at the end of each bucket."""

from __future__ import annotations

import numpy as np
import pytest
from tests.cases import make_case

from scorta.network import Levels, build_network


def levels(blocks: str, objectives: str) -> Levels:
    """Return the levels of a case of nothing else."""
    return build_network(make_case(blocks, objectives=objectives)).levels


def test_the_row_in_force() -> None:
    """A row holds until the next of the same owner and item: 10 in week 0, 30 from week 1, whatever the order.

    The row from 14 January, the last day of week 1, is in force at its end; one from the 15th would not be.
    """
    found = levels("week 3", "place item from_date floor | P rice 2024-01-14 30 | P rice - 10")
    assert found.floor.tolist() == [[10, 30, 30]]
    assert found.row.tolist() == [[3, 2, 2]]
    later = levels("week 3", "place item from_date floor | P rice 2024-01-15 30 | P rice - 10")
    assert later.floor.tolist() == [[10, 10, 30]]


def test_before_the_first_row() -> None:
    """Before its first row an owner has nothing set, not zero; a row from before the plan holds from the first day."""
    found = levels("week 2", "place item from_date floor | P rice 2024-01-10 30 | Q rice 2023-06-01 7")
    earlier, later = found.floor  # in the order of their dates
    assert earlier.tolist() == [7, 7]
    assert np.isnan(later[0])
    assert later[1] == 30


def test_the_later_row_before_the_plan() -> None:
    """Of two rows from before the plan the later one holds."""
    found = levels("week 1", "place item from_date floor | P rice 2023-06-01 7 | P rice 2023-07-01 8")
    assert found.floor.tolist() == [[8]]


def test_a_row_replaces_all_of_the_one_before() -> None:
    """A row with an objective only takes the floor and the maximum of the row before away."""
    found = levels("week 2", "place item from_date floor objective maximum | P rice - 5 9 20 | P rice 2024-01-10 - 8 -")
    assert np.isnan(found.floor[0, 1])
    assert np.isnan(found.maximum[0, 1])
    assert found.objective.tolist() == [[9, 8]]


def test_owners_are_apart() -> None:
    """A party and a place of it, and two items, are four owners; the party of a place is known."""
    case = make_case(
        "week 1",
        items="item | rice | oil",
        objectives="party place item floor | A - rice 1 | - P rice 2 | A - oil 3 | - R oil 4",
    )
    found = build_network(case).levels
    assert found.floor[:, 0].tolist() == [1, 2, 3, 4]
    assert found.place.tolist() == [-1, 0, -1, 2]
    assert found.party.tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("cells", "objective"), [("- 3 30", 90), ("50 3 30", 50), ("- 3 -", None), ("- - 30", None), ("0 3 30", 0)]
)
def test_days_of_supply(cells: str, objective: float | None) -> None:
    """3 a day for 30 days are 90; a stated objective goes before it, even 0; half of it is nothing."""
    found = levels("week 1", f"place item objective daily_rate days_of_supply | P rice {cells}")
    value = found.objective[0, 0]
    assert np.isnan(value) if objective is None else value == objective


def test_priority_is_one_unless_said() -> None:
    """An objective without a priority has 1."""
    found = levels("week 1", "place item objective priority | P rice 5 - | Q rice 5 3")
    assert found.priority.tolist() == [[1], [3]]
