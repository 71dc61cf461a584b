"""The hours of lines, and when expansions are ready."""

from __future__ import annotations

import numpy as np
import pytest
from tests.cases import make_case

from scorta.network.facts import Facts, read_facts


def facts_of(lines: str, expansions: str = "expansion line") -> Facts:
    """Return the facts of a case of lines over January and February."""
    return read_facts(make_case("month 2", lines=lines, expansions=expansions))


def test_rows_of_a_line_are_added_up() -> None:
    """Ten hours a month, and four more from 17 January on, the last 15 of its 31 days."""
    lines = facts_of("line place capacity_per_month available_from | A W 10 - | A W 4 2024-01-17").lines
    assert len(lines) == 1
    assert lines.capacity[0].tolist() == [pytest.approx(10 + 4 * 15 / 31), 14]
    assert lines.owner.tolist() == [2]


def test_without_a_maximum_a_line_may_grow_for_ever() -> None:
    """One row without a maximum takes it away from its line."""
    fields = "line place capacity_per_month maximum_per_month"
    assert facts_of(f"{fields} | A W 10 20").lines.maximum[0].tolist() == [20, 20]
    assert facts_of(f"{fields} | A W 10 20 | A W 1 -").lines.maximum[0].tolist() == [np.inf, np.inf]


def test_months_on_which_a_line_stands() -> None:
    """A line that stands from 16 January on has half of January and a bit, and all of February."""
    lines = facts_of("line place capacity_per_month available_from | A W 10 2024-01-16").lines
    assert lines.months(np.array([0, 0]), np.array([0, 31]), np.array([30, 59])).tolist() == [pytest.approx(16 / 31), 1]


def test_expansions() -> None:
    """Decided on the first day of a bucket, one is ready after its lead time; the owner pays where nobody is named."""
    found = facts_of(
        "line place capacity_per_month | A W 10",
        "expansion line adds_per_month cost_eur lead_time_days maximum_count paid_by | X A 5 7 10 2 - | Y A 5 7 0 - B",
    ).expansions
    assert found.ready.tolist() == [[10, 41], [0, 31]]
    assert (found.most.tolist(), found.payer.tolist()) == ([2, np.inf], [2, 1])
