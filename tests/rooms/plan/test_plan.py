"""The record of a plan, saved under its own words; and its figures, by hand and as its tables add up."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import polars as pl
import pytest
from tests.cases import make_case
from tests.conftest import LONG_TERM, Planned

from scorta import desk
from scorta.case import BEYOND
from scorta.network import build_network
from scorta.plan import RECORD, Options, Plan, Size, cover, load_plan, save_plan
from scorta.plan.plan import QUANTITY_TOLERANCE, Answered
from scorta.problem import build_problem
from scorta.rules import Column


@pytest.mark.parametrize(
    ("options", "saved"),
    [
        (Options(seconds=60.0, memory=100, gap=0.01), {"seconds": 60.0, "memory": 100, "gap": 0.01}),
        (
            Options(60.0, 100, 0.01, "ab", 7),
            {"seconds": 60.0, "memory": 100, "gap": 0.01, "previous": "ab", "freeze": 7},
        ),
    ],
)
def test_options_are_saved_as_they_were_given(
    plan: Plan, tmp_path: Path, options: Options, saved: dict[str, object]
) -> None:
    """What was not given is not written; what is read back is the same."""
    made = replace(plan, record=replace(plan.record, options=options))
    save_plan(made, tmp_path / "plan")
    assert json.loads((tmp_path / "plan" / RECORD).read_text(encoding="utf-8"))["options"] == saved
    assert load_plan(tmp_path / "plan").record.options == options


def test_a_record_without_whole_numbers_is_read(plan: Plan, tmp_path: Path) -> None:
    """A plan that was saved before whole numbers were counted has none, and none were dropped."""
    save_plan(plan, tmp_path / "plan")
    path = tmp_path / "plan" / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    record["size"] = {"columns": 3, "rows": 2, "entries": 5}
    path.write_text(json.dumps(record), encoding="utf-8")
    assert load_plan(tmp_path / "plan").record.size == Size(columns=3, rows=2, entries=5, whole=0, dropped=0)


WALK = Path(__file__).parents[3] / "examples" / "walk"


def test_the_walk_as_computed_by_hand() -> None:
    """Of 120 asked 70 come on time and 50 a week late; Poland gives 50 of 70, Germany 50 of 60."""
    case = desk.load_case(WALK)
    figures = desk.make_plan(case).statistics
    assert figures.coverage.on_time == pytest.approx(70 / 120)
    assert figures.coverage.delivered == pytest.approx(1.0)
    assert (figures.coverage.needs, figures.coverage.met, figures.coverage.partly_late) == (1, 0, 1)
    assert figures.coverage_by_priority == {1: figures.coverage}
    assert figures.on_time_in_full == 0
    assert figures.unit_days_late == pytest.approx(350)
    assert figures.draw_down["PL"]["generator"] == pytest.approx(50 / 70)
    assert figures.draw_down["DE"]["generator"] == pytest.approx(50 / 60)


def test_a_case_that_asks_for_nothing_has_no_coverage() -> None:
    """Nothing can be told of no need; a need of nothing is met, and has no share."""
    case = desk.load_case(WALK)
    closed = case["needs"].with_columns(state=pl.lit("closed"))
    figures = desk.make_plan(case.replace(needs=closed)).statistics
    assert (figures.coverage.needs, figures.coverage.delivered, figures.on_time_in_full) == (0, None, None)
    assert figures.coverage_by_priority == {}
    nothing = pl.DataFrame({"asked": [0.0], "on_time": [0.0], "late": [0.0], "unmet": [0.0]})
    assert (cover(nothing).met, cover(nothing).on_time) == (1, None)


@pytest.mark.parametrize("name", ["october", "winter", LONG_TERM])
def test_the_figures_are_those_of_the_tables(name: str, request: pytest.FixtureRequest) -> None:
    """Each figure of the examples, added up another way."""
    planned: Planned = request.getfixturevalue(name)
    plan, figures = planned.plan, planned.plan.statistics
    parts = figures.coverage_by_priority.values()
    for field in ("needs", "met", "partly_late", "short"):
        assert sum(getattr(part, field) for part in parts) == getattr(figures.coverage, field)
    assert figures.coverage.needs == figures.coverage.met + figures.coverage.partly_late + figures.coverage.short
    shares = [row["unmet"] / row["asked"] for row in plan["fulfilment"].iter_rows(named=True) if row["asked"] > 0]
    assert figures.coverage.unmet == pytest.approx(sum(shares) / len(shares))
    assert figures.coverage.delivered == pytest.approx(1 - sum(shares) / len(shares), abs=1e-6)
    assert figures.unit_days_late == pytest.approx(
        (plan["issues"]["meets"] * plan["issues"]["days_late"]).sum(), rel=1e-6, abs=1e-6
    )
    assert sum(figures.spend.values()) == pytest.approx(plan["spend"]["amount_eur"].sum())
    drawn = {(party, item): part for party, held in figures.draw_down.items() for item, part in held.items()}
    for row in plan["objectives"].filter(pl.col("held") > 0).iter_rows(named=True):
        assert drawn[row["party"], row["item"]] == pytest.approx(row["given"] / row["held"], abs=1e-9)
    for line, load in figures.load.items():
        hours = plan["line_load"].filter(line=line)
        there = hours["capacity_hours"].sum() + hours["expansion_hours"].sum()
        assert (load or 0.0) * there == pytest.approx(hours["used_hours"].sum(), rel=1e-6, abs=1e-6)


@pytest.fixture(name="solved")
def _solved() -> Answered:
    """Return a case of a dated and a repairable lot, in whose answer every column is 2 but the first of stock."""
    stocks = (
        "place item quantity expires_on condition reserved_for | P rice 1 2024-01-10 - N1 | P rice 1 - repairable -"
    )
    network = build_network(make_case("week 1", stocks=stocks))
    problem = build_problem(network)
    values = np.full(len(problem.lower), 2.0)
    values[problem.columns[Column.STOCK].start] = QUANTITY_TOLERANCE / 2
    return Answered(network, problem, cast(Any, SimpleNamespace(values=values)))


def test_noise_is_not_used(solved: Answered) -> None:
    """A column below the solver's tolerance counts as nothing."""
    family, at, values = solved.used(Column.STOCK)
    assert family.size == 2
    assert (at.tolist(), values.tolist()) == ([1], [2.0])


def test_days_as_dates(solved: Answered) -> None:
    """Days count from the first day of the plan; what lies beyond every horizon has no date."""
    assert solved.dates(np.array([0, 9, BEYOND])).to_list() == [dt.date(2024, 1, 1), dt.date(2024, 1, 10), None]


def test_what_names_a_lot(solved: Answered) -> None:
    """A lot is named by what it is reserved for and its last day; the other waits for repair."""
    spots = np.arange(2)
    named = {name: values.to_list() for name, values in solved.lot(spots).items()}
    rows = set(zip(named["reserved_for"], named["expires_on"], solved.condition(spots).to_list(), strict=True))
    assert rows == {("N1", dt.date(2024, 1, 10), "serviceable"), (None, None, "repairable")}
