"""What may stand in for what, and how far, bucket by bucket."""

from __future__ import annotations

import numpy as np
from tests.cases import make_case

from scorta.network.facts import Facts, read_facts

FIELDS = "item substitute factor for_components from_date until_date"


def facts_of(rows: str) -> Facts:
    """Return the facts of a case of substitutes over three weeks."""
    return read_facts(make_case("week 3", items="item | rice | rye | oats", substitutes=f"{FIELDS} | {rows}"))


def test_the_largest_factor_in_force() -> None:
    """Rye stands in at 0.5 always and at 0.8 in the weeks that 10 to 14 January touch: week 1."""
    found = facts_of("rice rye 0.5 no - - | rice rye 0.8 no 2024-01-10 2024-01-14").substitutes
    assert found.factor.tolist() == [[0.5, 0.8, 0.5]]
    assert (found.first.tolist(), found.last.tolist()) == ([0], [2])


def test_what_stands_in_for_nothing() -> None:
    """A factor of 0, an item for itself and dates outside the plan make no pair."""
    assert len(facts_of("rice rye 0 no - - | rice rice 1 no - - | rice oats 1 no 2025-01-01 -").substitutes) == 0


def test_components_need_leave() -> None:
    """Only what is marked for components may stand in for a component; all may serve needs."""
    facts = facts_of("rice rye 1 yes - - | rice oats 1 no - -")
    assert (facts.substitutes.substitute.tolist(), facts.stand_ins.substitute.tolist()) == ([1, 2], [1])


def test_pairs_of_items() -> None:
    """Rice has two substitutes and oats none."""
    position, pair = facts_of("rice rye 1 no - - | rice oats 1 no - -").substitutes.of(np.array([2, 0]))
    assert (position.tolist(), pair.tolist()) == ([1, 1], [0, 1])
