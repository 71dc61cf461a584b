"""What-ifs of a plan, and rows that differ between two cases, each in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import case
from tests.rooms.report.conftest import record

from scorta.case import Change
from scorta.difference import Group, group_changes, list_changed_rows
from scorta.report.changes import (
    changes_block,
    list_changes,
    what_if,
    write_addresses,
    write_change,
    write_group,
    write_label,
)
from scorta.report.page import Grid, Words

PLEDGE = {"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 60, "state": "committed", "available_from": 28}
LEG = {"leg": "L", "origin": "A", "destination": "B", "mode": "road", "transit_days": 3, "capacity_t_per_month": 1200}


def written(table: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> str:
    """Say what became of the one row of a table that changed."""
    found = [one for one in list_changed_rows(case(**{table: before}), case(**{table: after})) if one.table == table]
    (change,) = found
    return write_change(change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"available_from": 14}, "DE brought P1 forward to 2023-01-16"),
        ({"available_from": 42}, "DE put P1 off to 2023-02-13"),
        ({"available_from": None}, "DE brought P1 forward to the first day"),
        ({"quantity": 90}, "DE raised P1 from 60 to 90"),
        ({"quantity": 40, "available_from": 42}, "DE cut P1 from 60 to 40 and put P1 off to 2023-02-13"),
        ({"state": "withdrawn"}, "DE withdrew P1"),
        ({"state": "in transit"}, "DE moved P1 from committed to in transit"),
        ({"only_for": "N1"}, "DE set only_for of P1 to N1 instead of nothing"),
    ],
)
def test_what_a_donor_did_with_a_pledge(change: dict[str, Any], words: str) -> None:
    """Earlier, later, more, less, another step of the ladder, or any other field."""
    assert written("pledges", [PLEDGE], [PLEDGE | change]) == words


@pytest.mark.parametrize(
    ("pledge", "words"),
    [
        (PLEDGE, "DE pledged 60 tent: P1"),
        (PLEDGE | {"quantity": None, "value_eur": 2500000}, "DE pledged tent of 2,500,000 EUR: P1"),
        (PLEDGE | {"quantity": None}, "DE pledged tent, quantity unsaid: P1"),
    ],
)
def test_a_pledge_that_comes_or_goes(pledge: dict[str, Any], words: str) -> None:
    """With what is pledged, as far as it was said; a pledge that goes is gone."""
    other = PLEDGE | {"pledge": "P2"}
    assert written("pledges", [other], [other, pledge]) == words
    assert written("pledges", [other, PLEDGE], [other]) == "DE's pledge P1 of 60 tent is gone"


def test_other_rows() -> None:
    """Fields that changed, the first three; how much of what came or went; a table that came with its rows."""
    changed = LEG | {"transit_days": 5, "capacity_t_per_month": 900, "cost_eur_per_t": 85, "mode": "rail"}
    told = written("legs", [LEG], [changed])
    assert told.startswith("leg L has mode rail instead of road, transit_days 5 instead of 3, ")
    assert told.endswith(" and 1 more field")
    need = {"need": "N1", "place": "HUB", "item": "tent", "quantity": 5, "required_by": 20, "priority": 1}
    assert written("needs", [need], [need, need | {"need": "N2"}]) == "need N2 of 5 tent was added"
    lot = {"place": "HUB", "item": "tent", "quantity": 7}
    assert written("stocks", [lot | {"item": "cot"}, lot], [lot | {"item": "cot"}]) == "stock HUB/tent of 7 is gone"
    (came,) = [one for one in list_changed_rows(case(), case(stocks=[lot, lot])) if one.table == "stocks"]
    assert write_change(came) == "the table stocks came with 2 rows"


def test_rows_are_told_with_where_they_stand() -> None:
    """Three rows of a group in words, the others counted; the file of several rows once."""
    before = [PLEDGE | {"pledge": f"P{number}"} for number in range(1, 6)]
    after = [row | {"state": "withdrawn"} for row in before]
    (group,) = group_changes(list_changed_rows(case(pledges=before), case(pledges=after)), "donor")
    assert write_group(group) == (
        "DE withdrew P1; DE withdrew P2; DE withdrew P3; and 2 more rows (pledges.csv:2, 3, 4, 5, 6)"
    )
    assert write_label(group) == "DE"
    assert write_label(Group(tuple("ABCDE"), ())).startswith("A with B")
    assert write_addresses(("needs.csv:2", "legs.csv:4", "needs.csv:7", "scenario.toml")) == (
        "needs.csv:2, 7, legs.csv:4, scenario.toml"
    )
    many = tuple(f"needs.csv:{row}" for row in range(2, 13))
    assert write_addresses(many) == "needs.csv:2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more"


WHAT_IF = (
    Change("late", "pledges", "P1", "available_from", "set", "2022-12-24", file="late.csv", row=2),
    Change("late", "pledges", "P2", "-", "remove", "", file="late.csv", row=3),
)


def test_a_plan_says_with_which_what_ifs_it_was_made() -> None:
    """Counted in a sentence, row by row in the view; a plan of the case as it stands says that."""
    changed = record(changes=WHAT_IF)
    (words,) = what_if(changed)
    assert words.text == "What if: late (2 changes in late.csv)."
    grid = changes_block(changed)
    assert isinstance(grid, Grid)
    assert [column.title for column in grid.columns] == ["What-if", "Table", "Row", "Field", "Operation", "Value"]
    assert grid.rows[1] == ("late", "pledges", "P2", "", "remove", "")
    assert list_changes(changed)[0]["id"] == "P1"
    assert what_if(record()) == ()
    block = changes_block(record())
    assert isinstance(block, Words)
    assert "as it stands" in block.text
