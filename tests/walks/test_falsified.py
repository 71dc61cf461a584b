"""Numbers in plans of every kind, falsified one at a time: the checker catches every one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.conftest import Planned
from tests.laws.chance import Wishes, build, chance_facts

from scorta import desk
from scorta.case import Case, Previous
from scorta.plan import Plan
from scorta.verify import check_plan

WALK = Path(__file__).parents[2] / "examples" / "walk"
EACH = 20
"""Numbers that are falsified in each plan."""

Tables = Mapping[str, pl.DataFrame]
Tiers = list[tuple[str, float]]
Cell = tuple[str, str, int]
"""A number of a plan: its table, its column and its row; of a tier the word `tiers`, its name and 0."""


def numbers_of(plan: Plan) -> dict[tuple[str, str], list[Cell]]:
    """Return every number and date of a plan, by table and column, and the value of every tier."""
    found = {("tiers", tier.name): [("tiers", tier.name, 0)] for tier in plan.record.tiers}
    for name, frame in plan.tables.items():
        for column in frame.columns:
            rows = frame[column].is_not_null().arg_true().to_list()
            if rows and (frame.schema[column].is_numeric() or frame.schema[column] == pl.Date):
                found[name, column] = [(name, column, row) for row in rows]
    return found


def falsify(plan: Plan, cell: Cell) -> tuple[Tables, Tiers]:
    """Return the tables and tiers of a plan with one number changed."""
    table, column, row = cell
    tiers = [(tier.name, tier.value) for tier in plan.record.tiers]
    if table == "tiers":
        return plan.tables, [(name, _other(value) if name == column else value) for name, value in tiers]
    frame = plan[table]
    values = frame[column].to_list()
    values[row] = _other(values[row])
    return {**plan.tables, table: frame.with_columns(pl.Series(column, values, frame.schema[column]))}, tiers


def _other(value: Any) -> Any:
    """Return a wrong value near the right one: a day later, one more, or a hundredth and a bit more."""
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=1)
    return value + 1 if isinstance(value, int) else value * 1.01 + 0.01


def missed(case: Case, plan: Plan, rng: Random, previous: Previous | None = None) -> list[Cell]:
    """Falsify numbers of as many columns as can be, one at a time; return what the checker does not see."""
    columns = list(numbers_of(plan).values())
    chosen = rng.sample(columns, min(EACH, len(columns)))
    chosen += rng.choices(columns, k=EACH - len(chosen))
    return [cell for cell in map(rng.choice, chosen) if not check_plan(case, *falsify(plan, cell), previous=previous)]


def test_every_false_number_in_the_walk_is_caught() -> None:
    """20 of 20 in the case that a person can follow by hand."""
    case = desk.load_case(WALK)
    assert missed(case, desk.make_plan(case), Random(1)) == []


def test_every_false_number_in_the_october_plan_is_caught(october: Planned) -> None:
    """20 of 20 in the real case."""
    assert missed(october.case, october.plan, Random(2)) == []


def test_every_false_number_of_what_parties_hold_is_caught(october: Planned) -> None:
    """One in each column of the tables that sum up what each party holds."""
    rng, columns = Random(3), numbers_of(october.plan)
    assert ("objectives", "below_since") in columns
    cells = [rng.choice(columns[key]) for key in columns if key[0] in ("holdings", "objectives")]
    assert [cell for cell in cells if not check_plan(october.case, *falsify(october.plan, cell))] == []


@pytest.mark.parametrize(
    "seed",
    [111, 68, 64, 179, 96, 85],
    ids=["asks", "gifts", "dated components", "kits of substitutes", "repairs", "expansions"],
)
def test_every_false_number_in_a_plan_by_chance_is_caught(seed: int) -> None:
    """120 of 120 in six small cases by chance."""
    case = build(chance_facts(Random(seed), Wishes()))
    assert missed(case, desk.make_plan(case), Random(seed)) == []


def test_every_false_number_in_a_plan_that_follows_is_caught() -> None:
    """20 of 20 in a plan that follows another of the walk, with a need raised, and the tiers that tell the change."""
    case = desk.load_case(WALK)
    before = desk.make_plan(case)
    now = case.replace(needs=case["needs"].with_columns(pl.col("quantity") + 15.0))
    plan, previous = desk.make_plan(now, previous=before, freeze=14), Previous(before.tables, 14)
    assert missed(now, plan, Random(4), previous) == []
    for name in ("frozen", "change"):
        assert check_plan(now, *falsify(plan, ("tiers", name, 0)), previous=previous)
