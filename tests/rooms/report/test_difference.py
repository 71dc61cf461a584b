"""Two plans side by side as a page, and because of which rows they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.cases import case
from tests.rooms.report.conftest import need_row, table_of

from scorta.difference import Attribution, Comparison, compare, group_changes, list_changed_rows
from scorta.plan import Plan
from scorta.report import attribution_page, compare_page, plain_attribution, plain_comparison, set_page
from scorta.report.page import Grid, Words

LEG = {"leg": "L", "origin": "A", "destination": "B", "mode": "road", "transit_days": 3}


@pytest.fixture
def better(plan: Plan) -> Plan:
    """The plan in which N1 is met in full on time, N4 is asked for no more, and PL gives 50 generators."""
    needs = [
        need_row("N1", 120.0, 120.0, 0.0, last_delivery=date(2022, 12, 4)),
        *plan["fulfilment"].filter(pl.col("need").is_in(["N2", "N3"])).to_dicts(),
    ]
    gift = {"giver": "PL", "receiver": "UA", "item": "generator", "basis": "pledge", "quantity": 50.0}
    tables = {"fulfilment": table_of("fulfilment", *needs), "handovers": table_of("handovers", gift)}
    return replace(plan, tables={**plan.tables, **tables})


@pytest.fixture
def comparison(plan: Plan, better: Plan) -> Comparison:
    """The two plans side by side."""
    return compare(plan, better)


def test_what_differs_stands_side_by_side(comparison: Comparison) -> None:
    """50 of N1 come in time, the last a week earlier; N4 is there before only; PL gives 50 more; N2 is as it was."""
    page = set_page(compare_page(comparison), 160)
    lines = [line.split() for line in page.splitlines()]
    assert ["N1", "generator", "120", "120", "70", "120", "50", "0", "0", "0"] in lines
    assert "N4 (only before)" in page
    assert ["N1", "generator", "2022-12-11", "2022-12-04", "-7", "350", "0"] in lines
    assert ["PL", "generator", "0", "50"] in lines
    assert not any(line[:1] == ["N2"] for line in lines)
    assert any(
        line[:1] == ["N2"]
        for line in (row.split() for row in set_page(compare_page(comparison, every=True)).splitlines())
    )


def test_one_need_alone(comparison: Comparison) -> None:
    """Nothing else stands on the page, nor in what a program gets."""
    page = set_page(compare_page(comparison, need="N1"), 160)
    assert "Before and after" not in page
    assert "N4" not in page
    told = plain_comparison(comparison, need="N1")
    assert [row["on_time_change"] for row in told["needs"]] == [50.0]
    assert {*plain_comparison(comparison)} == {"totals", "needs", "given", "orders", "spend", "shares"}


def test_a_plan_beside_itself(plan: Plan) -> None:
    """Nothing differs, and the page says so."""
    assert "Every need is met as before." in set_page(compare_page(compare(plan, plan)))


def attributed(*effects: tuple[str, str, int | None, str | None, float], every_order: bool = True) -> Attribution:
    """Return what two groups, a quicker leg and a larger one, do to measures."""
    before, after = (
        case(legs=[LEG, LEG | {"leg": "M"}]),
        case(legs=[LEG | {"transit_days": 1}, LEG | {"leg": "M", "transit_days": 2}]),
    )
    names = {"group": pl.String, "measure": pl.String, "priority": pl.Int64, "need": pl.String, "change": pl.Float64}
    groups = group_changes(list_changed_rows(before, after))
    return Attribution(groups, every_order, 4, pl.DataFrame(list(effects), schema=names, orient="row"))


EFFECTS = (
    ("legs L", "on_time", None, "N1", 40.0),
    ("legs M", "on_time", None, "N1", 10.0),
    ("legs L", "unit_days_late", 1, None, -280.0),
    ("legs M", "unit_days_late", 1, None, -70.0),
    ("legs M", "unmet", None, "N3", 1e-9),
    ("legs L", "unmet", None, "N1", 0.0),
)


def test_because_of_which_rows(comparison: Comparison) -> None:
    """A sentence for each group, what matters most first; the table adds up, and round-off is nothing."""
    words, grid = attribution_page("A case", attributed(*EFFECTS), comparison, "N1").blocks
    assert isinstance(words, Words)
    assert isinstance(grid, Grid)
    assert words.text.splitlines() == [
        "Because leg L has transit_days 1 instead of 3 (legs.csv:2): 40 more of N1 on time.",
        "Because leg M has transit_days 2 instead of 3 (legs.csv:3): 10 more of N1 on time.",
    ]
    assert [column.title for column in grid.columns] == ["Changed", "On time"]
    assert grid.rows == (("legs L", 40.0), ("legs M", 10.0), ("all", 50.0))
    assert "over all orders in which the 2 could have changed (4 plans)" in (grid.note or "")


def test_of_all_needs_the_table_is_by_priority(comparison: Comparison) -> None:
    """In the order in which the groups stand, where not every order counted."""
    found = attributed(*EFFECTS, (Attribution((), True, 0, pl.DataFrame()).rest, "unit_days_late", 1, None, -1.0),
                       every_order=False)  # fmt: skip
    *_, grid = attribution_page("A case", found, comparison).blocks
    assert isinstance(grid, Grid)
    assert [column.title for column in grid.columns] == ["Changed", "Unit-days (1)"]
    assert grid.rows == (("legs L", -280.0), ("legs M", -70.0), ("no row", -1.0), ("all", -351.0))
    assert "another order shares it otherwise" in (grid.note or "")
    assert "No row: a choice among plans that are as good" in (grid.note or "")


def test_no_row_that_differs(comparison: Comparison) -> None:
    """That is said, and there is no table where nothing moved."""
    found = replace(attributed(), groups=())
    (words,) = attribution_page("A case", found, comparison).blocks
    assert isinstance(words, Words)
    assert words.text == "No row on which a plan depends differs between the two cases."


def test_a_program_gets_what_is_not_nothing() -> None:
    """Changes of nothing are left out, and nothing is rounded; the method is named."""
    told = plain_attribution(attributed(*EFFECTS))
    assert told["method"] == "every order"
    assert [row["change"] for row in told["effects"]] == [40.0, 10.0, -280.0, -70.0, 1e-9]
