"""A problem taken apart: what is a part, when parts become one, and that nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.rooms.solve.small import three

from scorta.rules import Rule
from scorta.solve.parts import Parts, exceeded

SIZE = 1e-6
"""How far two tiers may be apart and count as the same, relative to them."""


def members(parts: Parts) -> list[list[int]]:
    """Return the columns of each part."""
    return sorted(sorted(parts.columns.of(number).tolist()) for number in range(len(parts)))


def test_what_shares_a_limit_only_is_apart() -> None:
    """Each of the goods is a part with its own row; the leg is in none of them."""
    parts = Parts.build(three(9), least=1)
    assert members(parts) == [[0, 3], [1, 4], [2, 5]]
    assert sorted(parts[number].problem.shape for number in range(3)) == [(2, 1, 2)] * 3


def test_what_shares_another_row_is_one_part() -> None:
    """Were the leg's row one of another rule, the three would hang together by it."""
    problem = three(9)
    assert len(Parts.build(replace(problem, rules={Rule.BALANCE: problem.rules[Rule.LEG_CAPACITY]}), least=1)) == 1


def test_a_limit_that_somebody_can_make_room_in_is_shared_by_none() -> None:
    """A row with a number below 0 joins what stands in it: leaving out what adds below 0 would forbid too much."""
    assert len(Parts.build(three(9, (1, 1, -1)), least=1)) == 1


def test_small_parts_are_put_together_and_nothing_is_lost() -> None:
    """Parts of 3 entries, of at least 6: in their order. All entries but those of the leg stand in some part."""
    parts = Parts.build(three(9), least=6)
    assert members(parts) == [[0, 3], [1, 2, 4, 5]]
    assert sum(parts[number].problem.shape[2] for number in range(2)) == 6


def test_those_that_use_a_limit_without_room_become_one() -> None:
    """3 of the first and 1 of the second are 1 too many for the leg; the third uses nothing of it and stays alone."""
    problem = three(3)
    values = np.array([3.0, 1.0, 0.0, 1.0, 2.0, 2.0])
    over = exceeded(problem, values)
    assert over.tolist() == [3]
    parts = Parts.build(problem, least=1).joined(over, values)
    assert parts is not None
    assert members(parts) == [[0, 1, 3, 4], [2, 5]]
    assert parts[0].problem.row_upper.tolist() == [4, 3, 3]
    again = parts.joined(over, np.array([2.0, 1.0, 1.0, 2.0, 2.0, 1.0]))
    assert again is not None
    assert members(again) == [[0, 1, 2, 3, 4, 5]]
