"""The page that ends a plan, and the page of a case."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from scorta.case import Case
from scorta.plan import Plan
from scorta.report import case_page, plan_page, set_page


def with_needs(plan: Plan, needs: pl.DataFrame) -> Plan:
    """Return the plan with another fulfilment table."""
    return replace(plan, tables={**plan.tables, "fulfilment": needs})


def test_page_tells_how_the_needs_stand(plan: Plan, case: Case) -> None:
    """The first sentence counts what is met, late, short and not planned."""
    text = set_page(plan_page(plan, case, "plans/winter"))
    assert "4 open needs: 1 met in full on time, 1 in full but partly late, 2 short. 1 draft not planned: " in text
    assert "a draft is planned once its state is open." in " ".join(text.split())
    assert "The plan lies in plans/winter" in text


def test_coverage_is_counted_by_date(plan: Plan, case: Case) -> None:
    """Two dates and the whole; shares are means over needs: (70/120 + 250/1000 + 0) / 3 = 28 % on time."""
    lines = set_page(plan_page(plan, case, "p")).splitlines()
    row = next(line for line in lines if line.strip().startswith("2022-12-04"))
    assert row.split() == ["2022-12-04", "3", "0", "1", "2", "28", "%", "14", "%", "58", "%"]


def test_many_dates_are_counted_by_month(plan: Plan, case: Case) -> None:
    """More than eight dates would hide the picture: each month is a row."""
    one = plan["fulfilment"].head(1)
    days = [date(2022, 11, 25) + timedelta(days=k) for k in range(10)]
    needs = pl.concat(one.with_columns(required_by=pl.lit(day)) for day in days)
    text = set_page(plan_page(with_needs(plan, needs), case, "p"))
    rows = [line.split()[:2] for line in text.splitlines() if line.strip().startswith("2022-1")]
    assert ["2022-11", "6"] in rows
    assert ["2022-12", "4"] in rows


def test_shortest_needs_are_named(plan: Plan, case: Case) -> None:
    """The need of which nothing comes stands first, with the names of its place and item."""
    lines = set_page(plan_page(plan, case, "p")).splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith("The shortest 3 needs"))
    assert lines[start + 3].split()[:3] == ["3", "N4", "Rzeszów"]
    assert "Generator, 100 kVA" in lines[start + 3]


def test_nothing_short_is_said(plan: Plan, case: Case) -> None:
    """Where all is met on time, the page says so in place of a table."""
    met = plan["fulfilment"].filter(pl.col("need") == "N2")
    assert "None: every need is met in full and on time." in set_page(plan_page(with_needs(plan, met), case, "p"))


def test_no_needs_at_all_make_a_page(plan: Plan, case: Case) -> None:
    """A case without open needs still has a page, which does not praise how they are met."""
    none = case.replace(needs=pl.DataFrame({"need": ["N1"], "state": ["draft"]}))
    text = set_page(plan_page(with_needs(plan, plan["fulfilment"].clear()), none, "p"))
    assert "The case has no open need. 1 draft not planned" in text
    assert "every need is met" not in text
    assert "Needs covered" not in text


@pytest.mark.parametrize(
    ("many", "named"), [(1, "N0"), (5, "N0, N1, N2, N3, N4"), (7, "N0, N1, N2, N3, N4 and 2 more")]
)
def test_needs_after_the_plan_are_named(plan: Plan, case: Case, many: int, named: str) -> None:
    """Open needs required after the last day (11 December) are counted and named; one on that day is planned."""
    days = [date(2022, 12, 12)] * many + [date(2022, 12, 11), date(2023, 1, 1)]
    states = ["open"] * (many + 1) + ["closed"]
    needs = pl.DataFrame({"need": [f"N{k}" for k in range(many + 2)], "state": states, "required_by": days})
    said = "1 need not" if many == 1 else f"{many} needs not"
    sentence = f"{said} planned: required after the last day of the plan ({named})."
    later = case.replace(needs=needs)
    assert sentence in " ".join(set_page(plan_page(plan, later, "p")).split())
    empty = " ".join(set_page(plan_page(with_needs(plan, plan["fulfilment"].clear()), later, "p")).split())
    assert f"No open need is required by the last day of the plan. {sentence}" in empty


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


def test_certificate_is_honest(plan: Plan, case: Case) -> None:
    """A gap that was not certified is `not proved`, whatever the solver claims."""
    bare = replace(plan, record=replace(plan.record, certified_gap=None))
    assert "0.02 %, certified outside the solver" in set_page(plan_page(plan, case, "p")).replace("\n", " ")
    assert "not proved" in set_page(plan_page(bare, case, "p")).split("Checked:")[1]


def test_case_page_counts_what_the_case_holds(case: Case) -> None:
    """Parties, places, needs by state; the days of the horizon."""
    text = set_page(case_page(case))
    assert "2 parties, 2 places, 2 items, 5 needs, 4 pledges; 8 buckets from 2022-10-17 to 2022-12-11" in text
    assert "Needs: 1 draft, 4 open." in text
