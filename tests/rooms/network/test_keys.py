"""Burden-sharing keys: shares, caps and what was given before the plan."""

from __future__ import annotations

import numpy as np
from tests.cases import make_case

from scorta.network.facts import read_facts
from scorta.network.keys import Shares

KEYS = "key party share maximum_excess | K A 0.75 0.1 | K B 0.25 -"


def shares(pledges: str, **tables: str) -> Shares:
    """Return the shares of two parties, rice being worth 3 EUR."""
    return read_facts(make_case("week 1", items="item value_eur | rice 3", keys=KEYS, pledges=pledges, **tables)).shares


def test_nobody_has_given() -> None:
    """Without pledges nothing is given; where no cap is named, there is none."""
    found = shares("pledge")
    assert (found.given.tolist(), found.total.tolist()) == ([0, 0], [0, 0])
    assert found.cap.tolist() == [0.1, np.inf]


def test_what_was_delivered_and_what_comes_count() -> None:
    """A delivered 4 and B all of its 2; 1 more of A's pledge is a receipt: 15 and 6 EUR, 21 together."""
    pledges = (
        "pledge donor recipient item quantity delivered_quantity state"
        " | G A B rice 10 4 committed | H B A rice 2 0 delivered"
    )
    found = shares(pledges, receipts="place item quantity due_on pledge | R rice 1 2024-01-03 G")
    assert (found.given.tolist(), found.total.tolist()) == ([15, 6], [21, 21])
