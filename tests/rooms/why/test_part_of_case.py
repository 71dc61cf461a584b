"""Components and lines of which there is plenty."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import case
from tests.laws.chance import Facts, build
from tests.rooms.why.making import NEAR, POLES, makes

from scorta import desk
from scorta.case import Case
from scorta.desk import SolverProcess
from scorta.plan import Plan
from scorta.why.part_of_case import SPARE, Plenty, find_plenty

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


def kinds(case: Case, plan: Plan, lacking: float) -> tuple[bool, bool]:
    """Tell whether poles are plenty, and the line."""
    found = find_plenty(case, plan, "tent", lacking)
    return ("PLANT", "pole") in found.components, "L" in found.lines


@pytest.mark.parametrize("times", [0.99, 1.01])
def test_what_is_left_at_any_time_tells_what_is_plenty(plan: Plan, times: float) -> None:
    """What is left when least is left is plenty up to what that would make, several times over."""
    assert kinds(case(**MAKING), plan, times * few_hours(plan))[1] == (times < 1)
    assert kinds(case(**MAKING), plan, times * few_poles(plan))[0] == (times < 1)


def test_what_is_left_goes_no_further_where_more_goes_into_one(plan: Plan) -> None:
    """A yield of a half, a kit of three, a stand-in for a quarter, a fifth beside: so many times as much is started."""
    tents, cots = MAKING["processes"]
    for times, more in (
        (2, {"processes": [tents | {"yield": 0.5}, cots]}),
        (3, {"kits": [{"item": "camp", "component": "tent", "quantity": 3}]}),
        (4, {"substitutes": [{"item": "camp", "substitute": "tent", "factor": 0.25}]}),
        (
            5,
            {
                "processes": [{**tents, "item": "hut"}, cots],
                "coproducts": [{"process": "TENT", "item": "camp", "quantity": 0.2}],
            },
        ),
    ):
        goods = [{"item": item} for item in ("tent", "cot", "pole", "hut", "camp")]
        changed, wanted = case(**MAKING | {"items": goods} | more), "tent" if times == 2 else "camp"
        for close, plenty in ((0.99, True), (1.01, False)):
            found = find_plenty(changed, plan, wanted, close * few_hours(plan) / times)
            assert ("L" in found.lines) == plenty, (times, close)


@pytest.mark.parametrize(
    "more",
    [
        {"components": [row | {"from_date": 1} for row in MAKING["components"]]},
        {"kits": [{"item": "tent", "component": "pole", "quantity": 1}]},
        {"substitutes": [{"item": "cot", "substitute": "pole", "factor": 1}]},
        {"stocks": [{"place": "FRONT", "item": "pole", "quantity": 100}]},
    ],
    ids=["bill that changes", "goes into kits", "stands in", "lies elsewhere"],
)
def test_components_that_are_more_than_a_quantity_are_none(plan: Plan, more: dict[str, Any]) -> None:
    """A component that is something else as well, whose bill changes, or that lies elsewhere, is looked at."""
    changed = case(**MAKING | more)
    assert not kinds(changed, plan if "stocks" not in more else desk.make_plan(changed), 0.01)[0]


@pytest.mark.parametrize("more", [{"maximum_per_month": 400}, {"available_from": 7}], ids=["maximum", "opens later"])
def test_lines_that_are_more_than_their_hours_are_none(more: dict[str, Any]) -> None:
    """A line with a maximum, and one that has no hours in some bucket."""
    changed = case(**MAKING | {"lines": [MAKING["lines"][0] | more]})
    assert not kinds(changed, desk.make_plan(changed), 0.01)[1]


def test_things_that_stand_in_for_each_other_have_an_end(plan: Plan) -> None:
    """Two things stand in for each other, nearly one by one or at a loss: the count of what goes into one ends."""
    for factor in (0.5, 1 - 1e-9):
        pairs = [{"item": a, "substitute": b, "factor": factor} for a, b in (("tent", "cot"), ("cot", "tent"))]
        assert isinstance(find_plenty(case(**MAKING, substitutes=pairs), plan, "tent", 1), Plenty)


@pytest.mark.parametrize(
    "made",
    [
        {
            "processes": [makes("pole", line="L", line_hours_per_unit=1), makes("tent")],
            "components": [
                {"process": "MAKE-pole", "item": "wood", "quantity": 1},
                {"process": "MAKE-tent", "item": "pole", "quantity": 20},
            ],
        },
        {
            "processes": [makes("pole", line="L", line_hours_per_unit=1)],
            "components": [{"process": "MAKE-pole", "item": "wood", "quantity": 1}],
            "kits": [{"item": "tent", "component": "pole", "quantity": 20}],
        },
        {
            "processes": [makes("pole", line="L", line_hours_per_unit=1)],
            "components": [{"process": "MAKE-pole", "item": "wood", "quantity": 1}],
            "coproducts": [{"process": "MAKE-pole", "item": "tent", "quantity": 0.05}],
        },
        {
            "processes": [makes("tarp", line="L", line_hours_per_unit=1)],
            "components": [{"process": "MAKE-tarp", "item": "wood", "quantity": 1}],
            "substitutes": [{"item": "tent", "substitute": "tarp", "factor": 0.05}],
        },
    ],
    ids=["bill", "kit", "co-product", "stand-in"],
)
def test_a_line_is_no_plenty_where_much_goes_into_one(made: Facts, solver: SolverProcess) -> None:
    """One tent is met; with all the wood that is wanted the hours of the line suffice for four more."""
    case = build(POLES | made)
    found = desk.why(case, desk.make_plan(case, certify=False, solver=solver), "N", solver)
    short = [cause for cause in found.causes if [one.kind for one in cause.hindrances] == ["component short"]]
    assert [cause.on_time for cause in short] == [pytest.approx(4, abs=NEAR)]


def test_a_line_that_only_an_expansion_fills_is_no_plenty(solver: SolverProcess) -> None:
    """A budget goes into hours for tents, and none is left to buy cots: the line, the budget and the need are told."""
    case = build(
        {
            "horizon": [("month", 2)],
            "parties": [{"party": "UA", "kind": "nation"}, {"party": "IND", "kind": "industry"}],
            "places": [{"place": "FRONT", "party": "UA"}, {"place": "SHOP", "party": "IND"}],
            "items": [{"item": item} for item in ("tent", "cot", "leg")],
            "needs": [
                {"need": "M", "place": "FRONT", "item": "tent", "quantity": 380, "required_by": 30, "priority": 1},
                {"need": "N", "place": "FRONT", "item": "cot", "quantity": 10, "required_by": 50, "priority": 2},
            ],
            "lines": [{"line": "L", "place": "FRONT", "capacity_per_month": 1}],
            "expansions": [
                {"expansion": "X", "line": "L", "adds_per_month": 400, "lead_time_days": 1, "cost_eur": 1000,
                 "maximum_count": 1, "paid_by": "UA"}
            ],
            "processes": [makes(item, line="L", line_hours_per_unit=1) for item in ("tent", "cot")],
            "components": [{"process": "MAKE-cot", "item": "leg", "quantity": 1}],
            "stocks": [{"place": "SHOP", "item": "cot", "quantity": 10}],
            "contracts": [
                {"contract": "C", "buyer": "UA", "supplier": "IND", "item": "cot", "option": 10, "unit_price_eur": 100}
            ],
            "budgets": [{"party": "UA", "year": 2023, "amount_eur": 1000}],
            "legs": [{"leg": "A", "origin": "SHOP", "destination": "FRONT", "mode": "road", "transit_days": 1}],
        }
    )  # fmt: skip
    plan = desk.make_plan(case, certify=False, solver=solver)
    assert plan["expansions"]["cost_eur"].sum() > 900
    found = desk.why(case, plan, "N", solver)
    told = {one.kind for cause in found.causes for one in cause.hindrances}
    assert told >= {"budget spent", "line full", "others first"}
