"""Components and lines of which there is plenty are left out of a question."""

from __future__ import annotations

from typing import Any

import pytest
from tests.building import case

from scorta import desk
from scorta.case import Case
from scorta.explain.plenty import SPARE, without_plenty
from scorta.plan import Plan

# 100 poles lie at the plant; a cot takes 3 of them and 2 hours, a tent 2 and 5 hours. Only cots are asked for.
MAKING: dict[str, Any] = {
    "horizon": [("week", 2)],
    "parties": [{"party": "UA", "kind": "nation"}, {"party": "IND", "kind": "industry"}],
    "places": [{"place": "FRONT", "party": "UA"}, {"place": "PLANT", "party": "IND"}],
    "items": [{"item": item} for item in ("tent", "cot", "pole")],
    "lines": [{"line": "L", "place": "PLANT", "capacity_per_month": 310}],
    "processes": [
        {
            "process": process,
            "place": "PLANT",
            "item": item,
            "line": "L",
            "line_hours_per_unit": hours,
            "lead_time_days": 1,
        }
        for process, item, hours in (("TENT", "tent", 5), ("COT", "cot", 2))
    ],
    "components": [
        {"process": "TENT", "item": "pole", "quantity": 2},
        {"process": "COT", "item": "pole", "quantity": 3},
    ],
    "stocks": [{"place": "PLANT", "item": "pole", "quantity": 100}],
    "needs": [{"need": "M", "place": "FRONT", "item": "cot", "quantity": 10, "required_by": 3, "priority": 1}],
    "legs": [{"leg": "A", "origin": "PLANT", "destination": "FRONT", "mode": "road", "transit_days": 1}],
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan of it, in which only cots are made."""
    made = desk.make_plan(case(**MAKING))
    assert set(made["production"]["process"]) == {"COT"}
    return made


def few_poles(plan: Plan) -> float:
    """Return how many units may lack before poles are short: a cot takes most of them."""
    return plan["stock_levels"].filter(item="pole")["quantity"].to_numpy().min() / SPARE / 3


def few_hours(plan: Plan) -> float:
    """Return how many units may lack before hours are short: a tent takes most of them."""
    load = plan["line_load"]
    return (load["capacity_hours"] - load["used_hours"]).to_numpy().min() / SPARE / 5


def left(case: Case, plan: Plan, lacking: float) -> tuple[int, int]:
    """Return how many rows of components and how many processes on a line are left."""
    found = without_plenty(case, plan, lacking)
    return found["components"].height, found["processes"]["line"].count()


@pytest.mark.parametrize("times", [0.99, 1.01])
def test_what_is_left_at_any_time_tells_what_is_plenty(plan: Plan, times: float) -> None:
    """What is left when least is left is plenty up to what that would make, several times over."""
    assert left(case(**MAKING), plan, times * few_hours(plan))[1] == (0 if times < 1 else 2)
    assert left(case(**MAKING), plan, times * few_poles(plan))[0] == (0 if times < 1 else 2)


def test_what_is_left_goes_no_further_where_less_arrives(plan: Plan) -> None:
    """Of a process that yields half, twice as much is started."""
    tents, cots = MAKING["processes"]
    halved = case(**MAKING | {"processes": [tents | {"yield": 0.5}, cots]})
    assert left(halved, plan, 0.99 * few_hours(plan))[1] == 2


@pytest.mark.parametrize(
    "more",
    [
        {"objectives": [{"place": "PLANT", "item": "pole", "floor": 1}]},
        {"places": [{"place": "FRONT", "party": "UA"}, {"place": "PLANT", "party": "IND", "storage_t": 9}]},
        {"components": [row | {"from_date": 1} for row in MAKING["components"]]},
        {"stocks": [{"place": "FRONT", "item": "pole", "quantity": 100}]},
    ],
    ids=["should be held", "storage", "bill that changes", "lies elsewhere"],
)
def test_components_that_are_more_than_a_quantity_stay(plan: Plan, more: dict[str, Any]) -> None:
    """What somebody should hold, what lies where storage is limited, and bills that change are looked at."""
    changed = case(**MAKING | more)
    made = plan if "stocks" not in more else desk.make_plan(changed)
    assert left(changed, made, 0.01)[0] == 2


@pytest.mark.parametrize("more", [{"maximum_per_month": 400}, {"available_from": 7}], ids=["maximum", "opens later"])
def test_lines_that_are_more_than_their_hours_stay(more: dict[str, Any]) -> None:
    """A line with a maximum, and one that has no hours in some bucket."""
    changed = case(**MAKING | {"lines": [MAKING["lines"][0] | more]})
    assert left(changed, desk.make_plan(changed), 0.01)[1] == 2
