"""The text of a problem: its labels are the words of the case, and nothing is left out."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
import pytest
from tests.cases import make_case
from tests.rooms.problem.freezing import previous

from scorta.case import Case
from scorta.network import Network, build_network
from scorta.problem import Problem, build_problem
from scorta.problem.text import label_columns, label_rows, write_rule, write_text


@pytest.fixture(name="case")
def _case() -> Case:
    """Return a case with something of every family."""
    return make_case(
        "week 2 month 1",
        scenario={"gifts": "open"},
        places="place party storage_t throughput_t_per_month | P A 50 90 | R B - 90 | W I - -",
        items="item mass_kg shelf_life_days | rice 1000 - | wheat 500 90 | oil - -",
        stocks="place item quantity expires_on reserved_for "
        "| P rice 70 - - | P rice 5 2024-01-10 N1 | P wheat 9 2024-01-10 - | P wheat 4 - - | W rice 8 - - "
        "| P oil 3 - - | W oil 3 - -",
        receipts="place item quantity due_on | P rice 9 2024-01-08",
        legs="leg origin destination mode transit_days capacity_t_per_month shared_capacity fixed_cost_eur "
        "| L P R road 2.5 31 - 9 | M P R sea 14 10 SEA - | K W R road 0 - - -",
        needs="need place item quantity required_by priority every until minimum_shipment "
        "| N1 R rice 50 2024-01-10 1 - - - | N2 R rice 3 2024-01-03 2 week 2024-01-10 2 "
        "| N3 P rice 3 2024-01-03 2 - - - | N4 R oil 3 2024-01-03 2 - - -",
        pledges="pledge donor recipient item quantity state only_for available_from "
        "| G A B rice 40 committed - 2024-01-03 | H A - rice 9 committed N1 -",
        objectives="party place item floor objective maximum | A - rice 20 90 60 | - R rice 3 - -",
        processes="process place item lead_time_days line line_hours_per_unit minimum_lot | MILL P rice 3 LINE 7 2",
        components="process item quantity | MILL wheat 2",
        lines="line place capacity_per_month maximum_per_month minimum_per_month | LINE P 310 900 31",
        expansions="expansion line adds_per_month lead_time_days cost_eur maximum_count | X LINE 62 7 5 2",
        keys="key party share maximum_excess | gdp A 0.5 0.1 | gdp B 0.5 -",
        contracts="contract buyer supplier item firm option unit_price_eur minimum_order "
        "| C B I rice 2 5 10 4 | D B I oil - 5 10 -",
        budgets="party year amount_eur | B 2024 60",
    )


@pytest.fixture(name="built")
def _built(case: Case) -> tuple[Network, Problem]:
    """Return its network and problem, with a previous plan that also carried something over a leg it has no more."""
    days = "2024-01-01 2024-01-07"
    before = previous(
        7,
        shipments=f"leg item condition bucket leaves_from leaves_until quantity | L rice serviceable 0 {days} 4"
        f" | L wheat repairable 0 {days} 4 | GONE rice serviceable 0 {days} 4",
        issues=f"need item bucket issued_from issued_until quantity | N1 rice 0 {days} 2",
        production=f"process bucket starts_from starts_until started | MILL 0 {days} 4",
        handovers="agreement basis bucket leaves_from leaves_until quantity"
        f" | G pledge 0 {days} 1 | C contract 0 {days} 6",
        expansions="expansion bucket decided_on count | X 0 2024-01-01 1",
    )
    network = build_network(case, before)
    return network, build_problem(network)


def test_every_family_has_members(built: tuple[Network, Problem]) -> None:
    """The case of these tests has columns and rows of every family, so that every label is tried."""
    families = [*built[1].columns.values(), *built[1].rules.values()]
    assert [family.name for family in families if not family.size] == []


def test_labels_name_one_thing_each(built: tuple[Network, Problem]) -> None:
    """No two columns have the same label, no two rows either; none is empty."""
    network, problem = built
    for labels, families in ((label_columns, problem.columns), (label_rows, problem.rules)):
        found = pl.concat([labels(network, problem, name) for name in families])
        assert found.null_count() == 0
        assert found.is_duplicated().sum() == 0
        assert len(found) == sum(family.size for family in families.values())


def test_labels_are_words_of_the_case(built: tuple[Network, Problem]) -> None:
    """The lots, the occurrences and the shared capacity stand in the labels."""
    network, problem = built
    for family, label in (
        ("stock", "stock[P,rice,for N1,until 2024-01-10,0]"),
        ("ship", "ship[L,rice,becomes for N1,0]"),
        ("issue", "issue[N2,due 2024-01-10,1]"),
        ("use", "use[P,wheat,until 2024-01-10,1]"),
        ("handover", "handover[H,A,B,rice,for N1,0]"),
        ("purchase", "purchase[C,K,rice,1]"),
        ("undelivered", "undelivered[C]"),
        ("below_floor", "below_floor[R,rice,2]"),
        ("over_maximum", "over_maximum[A,rice,2]"),
        ("start", "start[MILL,1]"),
        ("run", "run[MILL,1]"),
        ("line_on", "line_on[LINE,1]"),
        ("used", "used[L,1]"),
        ("sent", "sent[N2,due 2024-01-10,1]"),
        ("above_previous", "above_previous[ship,L,rice,0]"),
        ("above_previous", "above_previous[ship,L,wheat,repairable,0]"),
        ("below_previous", "below_previous[ship,gone,0]"),
        ("below_previous", "below_previous[issue,N1,rice,0]"),
        ("below_previous", "below_previous[expand,X,0]"),
    ):
        assert label in label_columns(network, problem, family).to_list()
    assert "leg_capacity[SEA,0]" in label_rows(network, problem, "leg_capacity").to_list()
    assert label_rows(network, problem, "line_hours").to_list()[2] == "line_hours[LINE,2]"
    assert label_rows(network, problem, "budget").to_list() == ["budget[B,2024]"]


def test_the_text_is_the_whole_problem(built: tuple[Network, Problem]) -> None:
    """Every row stands in the text once, with as many terms as it has entries; every tier too."""
    network, problem = built
    lines = write_text(network, problem).splitlines()
    rules = [line.split(": ", 1) for line in lines[lines.index("Rules") + 1 : lines.index("Bounds") - 1]]
    entries = np.bincount(problem.rows, minlength=problem.shape[1])
    assert [label for label, _ in rules] == [
        label for name in problem.rules for label in label_rows(network, problem, name)
    ]
    assert [len(re.findall(r"\w\[", words)) for _, words in rules] == entries.tolist()
    assert [line.split(":")[0] for line in lines[1 : lines.index("Rules") - 1]] == [
        *(tier.name for tier in problem.tiers),
        *("floors give way where there is", "these floors", "without more of"),
    ]


def test_the_rows_of_a_rule_are_in_the_text(built: tuple[Network, Problem]) -> None:
    """What `write_rule` writes stands in the whole text, line by line."""
    network, problem = built
    whole = set(write_text(network, problem).splitlines())
    for name in problem.rules:
        assert set(write_rule(network, problem, name).splitlines()) <= whole


def test_an_empty_case() -> None:
    """A case with nothing in it has a text too: tiers of nothing, no row, no bound."""
    network = build_network(make_case("week 1"))
    text = write_text(network, build_problem(network))
    assert text == "Tiers\nfloors: 0\nobjectives: 0\ncost: 0\nearliest: 0\n\nRules\n\nBounds\n"
