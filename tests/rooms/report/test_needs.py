"""How the needs stand: sentences, how they are covered by date, which stay shortest, and the figures of a plan."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from tests.rooms.report.conftest import with_needs

from scorta.case import Case
from scorta.plan import Plan
from scorta.report import list_rows, plan_page, set_page, show_view


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


def test_statistics_have_the_same_names_in_python_and_json(plan: Plan) -> None:
    """One row with every figure; the page has a line for each priority and one for all."""
    (row,) = list_rows(plan, "statistics")
    assert list(row) == list(plan.statistics.__dataclass_fields__)
    assert row["coverage"]["needs"] == plan["fulfilment"].height
    text = set_page(show_view(plan, "statistics"))
    assert "Coverage, by priority" in text
    assert "Unit-days late: " in text
