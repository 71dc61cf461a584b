"""Every table of a case read once: budgets, the numbers of pairs, and the shares of burden-sharing keys."""

from __future__ import annotations

import numpy as np
from tests.cases import make_case

from scorta.network.facts import Shares, read_facts


def test_budgets_by_party_and_year() -> None:
    """Two rows of a party and year are added up; without a row nothing bounds it; a year outside the plan is none."""
    budgets = "party year amount_eur | A 2024 5 | A 2024 7 | B 2025 1 | A 2030 9"
    facts = read_facts(make_case("month 14", budgets=budgets))
    assert facts.budgets.tolist() == [[12, np.inf], [np.inf, 1], [np.inf, np.inf]]


def test_pairs_are_numbered_over_all_of_the_case() -> None:
    """Three parties, four places and two items: each pair has a number of its own and leads back to its sides."""
    facts = read_facts(make_case("week 3", items="item | rice | oil"))
    assert (facts.owned.size, facts.goods.size, facts.by_bucket(4).size) == (6, 8, 12)
    assert [side.tolist() for side in facts.goods.split(facts.goods.of(np.array([3]), np.array([1])))] == [[3], [1]]


def test_kits_stand_after_the_processes() -> None:
    """The recipe holds the one process, then the kit that a need asks for, which costs nothing and takes no time."""
    facts = read_facts(
        make_case(
            "week 1",
            items="item kind | rice item | box kit",
            processes="process place item lead_time_days unit_cost_eur | MILL P rice 7 3",
            kits="item component quantity | box rice 2",
            needs="need place item quantity required_by priority | N1 Q box 5 2024-01-07 1",
        )
    )
    assert facts.recipe.processes == 1
    assert facts.recipe.place.tolist() == [0, 1]
    assert (facts.recipe.lead.tolist(), facts.recipe.unit_cost.tolist()) == ([7, 0], [3, 0])


def test_whose_places_a_leg_joins() -> None:
    """A leg from P of A to R of B leads from party 0 to party 1."""
    facts = read_facts(make_case("week 1", legs="leg origin destination mode transit_days | L P R road 1"))
    giver, receiver = facts.ends_of(np.array([0]))
    assert (giver.tolist(), receiver.tolist()) == ([0], [1])


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
