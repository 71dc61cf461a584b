"""Pledges on a page: the steps of the ladder, whom to ask for more, and the price of fair shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from scorta.case import Case
from scorta.plan import FairPlan, Plan
from scorta.report import ask_page, case_page, fairness_page, plan_page, set_page
from scorta.report.page import Grid
from scorta.trace import Ask, Served


@pytest.mark.parametrize("gifts", ["pledged", "open"])
def test_no_table_of_pledges_is_said(plan: Plan, case: Case, gifts: str) -> None:
    """Without a table of pledges gifts are free, whatever the scenario says; with an empty one they are not."""
    scenario = replace(case.scenario, gifts=gifts)
    empty = replace(case.replace(pledges=case["pledges"].clear()), scenario=scenario)
    free = replace(empty, given=case.given - {"pledges"})
    said = "None: the case has no table of pledges, so gifts need none."
    assert said in set_page(plan_page(plan, free, "p"))
    assert "gifts free." in " ".join(set_page(case_page(free)).split())
    assert said not in set_page(plan_page(plan, empty, "p"))
    assert f"gifts {gifts}." in " ".join(set_page(case_page(empty)).split())


def test_asks_are_listed_where_gifts_are_open(plan: Plan, case: Case) -> None:
    """With open gifts and nothing to ask the page says that; with pledged gifts it says why."""
    assert "None: gifts are pledged only" in set_page(plan_page(plan, case, "p"))
    free = replace(case, scenario=replace(case.scenario, gifts="open"))
    assert "asks for nothing beyond the pledges" in set_page(plan_page(plan, free, "p"))
    ask = {"giver": "PL", "receiver": "UA", "item": "heater", "quantity": 7.0}
    asks = pl.concat([plan["asks"], pl.DataFrame([ask])], how="diagonal")
    asking = replace(plan, tables={**plan.tables, "asks": asks})
    assert "heater" in set_page(plan_page(asking, free, "p")).split("Asks")[1].split("Pledges")[0]


def test_ladder_counts_pledges_by_state(plan: Plan, case: Case) -> None:
    """Each step tells how many pledges say how much, and how many do not; the whole stands last."""
    rows = [line.split() for line in set_page(case_page(case)).splitlines()]
    assert ["announced", "2", "0", "1", "1", "2,500,000"] in rows
    assert ["committed", "1", "1", "0", "0", "0"] in rows
    assert ["all", "4", "2", "1", "1", "2,500,000"] in rows


def asked(giver: str, *serves: Served, **more: Any) -> Ask:
    """Return an ask for ten tents."""
    days = {"leaves_from": date(2022, 11, 1), "leaves_until": date(2022, 11, 7)}
    usual = {"receiver": "UA", "item": "tent", "quantity": 10.0, "value_eur": None, "margin": 4.0}
    return Ask(giver=giver, serves=serves, **(usual | days | {"share": None, "gives": None} | more))


def test_each_ask_says_whom_it_serves_and_beside_which_share() -> None:
    """Two needs are named and the others counted; who is in no key has no share; what is hidden is counted."""
    three = [Served(f"N{number}", 1, 9.0, 3.0, 0.5) for number in (1, 2, 3)]
    asks = [asked("PL", *three), asked("DE", share=0.25, gives=0.5), asked("FR")]
    (grid,) = ask_page("A case", asks, 2).blocks
    assert isinstance(grid, Grid)
    assert [row[0] for row in grid.rows] == ["PL", "DE"]
    assert [row[4] for row in grid.rows] == ["N1 3 + 0.5, N2 3 + 0.5, 1 more", "stock objectives"]
    assert [row[6] for row in grid.rows] == ["no key", "50 %, of 25 %"]
    assert "1 more ask is not shown." in (grid.note or "")


def test_nobody_to_ask_is_said() -> None:
    """A page without asks is a sentence."""
    assert "Nobody has anything above its floor" in set_page(ask_page("A case", [], None))


def test_fairness_stands_plan_beside_plan() -> None:
    """A column for each plan, a line for each priority that any of them has, and two for each key."""
    none = FairPlan("none", None, {1: 0.0, 2: 7.0}, {1: 140.0}, {"gdp": 400.0}, {"gdp": 0.4})
    cap = FairPlan("cap", 0.05, {1: 0.0}, {1: 385.0}, {"gdp": 50.0}, {"gdp": 0.05})
    (grid,) = fairness_page("A case", [none, cap]).blocks
    assert isinstance(grid, Grid)
    assert [column.title for column in grid.columns] == ["Price of fairness", "No key", "Cap 5 %"]
    assert [row[1:] for row in grid.rows] == [
        (0.0, 0.0), (140.0, 385.0), (7.0, 0.0), (0.0, 0.0), (400.0, 50.0), (40.0, 5.0),
    ]  # fmt: skip
