"""What is left of pledges, and which handovers need cover."""

from __future__ import annotations

import numpy as np
import pytest
from tests.cases import make_case

from scorta.network.facts import read_facts
from scorta.network.pledges import Pledges

FIELDS = "pledge donor recipient item quantity delivered_quantity state available_until"


def pledges(rows: str, **tables: str) -> Pledges:
    """Return the pledges of a case of nothing else."""
    return read_facts(make_case("week 2", pledges=f"{FIELDS} | {rows}", **tables)).pledges


def test_what_is_left() -> None:
    """Of 10, 3 were delivered and 2 are a receipt already: 5 are left; of a pledge of which all came, nothing is."""
    receipts = "place item quantity due_on pledge | R rice 2 2024-01-03 G"
    found = pledges("G A B rice 10 3 committed - | H A B rice 4 4 committed -", receipts=receipts)
    assert (found.row.tolist(), found.left.tolist()) == ([0], [5])


@pytest.mark.parametrize(
    "row", ["G A B rice 5 0 withdrawn -", "G A B rice 5 0 delivered -", "G A B rice 5 0 committed 2023-12-31"]
)
def test_what_grants_nothing(row: str) -> None:
    """A pledge that was withdrawn, has been delivered or ended before the plan grants nothing."""
    assert len(pledges(row)) == 0


def test_dates_as_days() -> None:
    """A pledge until 4 January ends on day 3, one without an end on the last day of the plan."""
    assert pledges("G A B rice 5 0 committed 2024-01-04 | H A B rice 5 0 committed -").closes.tolist() == [3, 13]


def test_which_handovers_need_cover() -> None:
    """A gift from nation to nation does where the case has pledges; a purchase where it has contracts; nothing else."""
    every = np.array([[0, 0, 0, 2, 2], [0, 1, 2, 0, 2]])
    without = read_facts(make_case("week 1")).handover
    both = read_facts(make_case("week 1", pledges="pledge", contracts="contract")).handover
    assert both.needs_cover(*every).tolist() == [False, True, False, False, False]
    assert both.needs_contract(*every).tolist() == [False, False, False, True, False]
    assert not without.needs_cover(*every).any()
    assert not without.needs_contract(*every).any()
    assert without.is_purchase(*every).tolist() == [False, False, False, True, False]
