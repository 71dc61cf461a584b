"""The two longer examples: ten years from October 2022, and a civil reserve, each planned, checked and proved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from tests.conftest import LONG_TERM, Planned

from scorta.verify import check_plan

GAP = 0.01
"""How far a tier may be from the bound that was proved outside the solver, relative to it."""

SHELL = "shell_155mm"

PAGE = Path(__file__).parents[2] / "docs" / "learn" / "two-cases.md"


@pytest.mark.parametrize("name", [LONG_TERM, "winter"])
def test_the_plan_is_whole_and_sound(name: str, request: pytest.FixtureRequest) -> None:
    """No tier is left out, and the checker finds nothing."""
    planned: Planned = request.getfixturevalue(name)
    record = planned.plan.record
    assert record.unsolved == ()
    assert check_plan(planned.case, planned.plan.tables, [(tier.name, tier.value) for tier in record.tiers]) == ()


@pytest.mark.wide
def test_ten_years_are_proved(long_term: Planned) -> None:
    """Each tier is within a hundredth of a bound that needs no trust in the solver."""
    gaps = {tier.name: tier.gap for tier in long_term.plan.record.tiers}
    assert {name: gap for name, gap in gaps.items() if gap is None or gap > GAP} == {}


@pytest.mark.parametrize("name", [LONG_TERM, "winter"])
def test_nobody_spends_more_than_its_budget(name: str, request: pytest.FixtureRequest) -> None:
    """By hand from the tables: what each party pays in a year, holding apart, is within the sum of its funds."""
    planned: Planned = request.getfixturevalue(name)
    budgets = planned.case["budgets"].group_by("party", "year").agg(budget=pl.col("amount_eur").sum())
    spend = planned.plan["spend"].filter(pl.col("kind") != "holding")
    spent = spend.group_by("party", "year").agg(spent=pl.col("amount_eur").sum())
    both = budgets.join(spent, on=["party", "year"])
    assert both.height > 5
    assert both.filter(pl.col("spent") > pl.col("budget") * (1 + 1e-6)).is_empty()


@pytest.mark.wide
def test_every_nation_is_back_above_its_objective(long_term: Planned) -> None:
    """Each nation that aims at shells falls below its objective and is back before 2027, none below its floor."""
    aims = long_term.plan["objectives"].filter(pl.col("item") == SHELL, pl.col("objective") > 0)
    assert aims.height == 12
    assert aims.filter(pl.col("back_on").is_null() | (pl.col("back_on") >= dt.date(2027, 1, 1))).is_empty()
    assert aims.filter(pl.col("lowest") < pl.col("floor") - 1e-6).is_empty()


@pytest.mark.wide
def test_page_says_when_each_is_back(long_term: Planned) -> None:
    """The dates on the page are those of the plan."""
    aims = long_term.plan["objectives"].filter(pl.col("item") == SHELL, pl.col("objective") > 0)
    rows = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    told = {row[0].strip(): row[4].strip() for row in rows if len(row) == 6 and row[4].strip()[:2] == "20"}
    assert told == {party: str(day) for party, day in aims.select("party", "back_on").iter_rows()}


@pytest.mark.wide
def test_bodies_are_what_binds_until_their_line_grows(long_term: Planned) -> None:
    """The line of shell bodies is full through 2024, and of the lines of shells no other is; then it grows."""
    loads = long_term.plan["line_load"].filter(pl.col("date").dt.year().is_between(2023, 2024))
    loads = loads.filter(pl.col("line").is_in(["L-US-BODY", "L-US-PROP", "L-US-FUZE", "L-SHELL"]))
    hours = pl.col("capacity_hours") + pl.col("expansion_hours")
    used = loads.group_by("line").agg(used=pl.col("used_hours").sum() / hours.sum())
    assert used.filter(pl.col("used") > 1 - 1e-6)["line"].to_list() == ["L-US-BODY"]
    grown = long_term.plan["expansions"].filter(pl.col("line") == "L-US-BODY")
    assert grown.height > 0


def test_what_is_whole_is_whole(winter: Planned) -> None:
    """Expansions that the case calls whole come in whole numbers, and the train with a fixed cost is used or not."""
    whole = winter.case["expansions"].filter("whole")["expansion"]
    counts = winter.plan["expansions"].filter(pl.col("expansion").is_in(whole.implode()))["count"]
    assert whole.len() > 0
    assert (counts == counts.round(0)).all()
    assert winter.plan["leg_use"].height > 0
