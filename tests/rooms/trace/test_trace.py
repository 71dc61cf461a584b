"""Tracing a need: the chain of supply behind it, as steps, as a page and as JSON, adding up to the plan."""

from __future__ import annotations

from random import Random
from typing import Any

import polars as pl
import pytest
from tests.cases import case
from tests.conftest import Planned
from tests.laws.chance import Wishes, build, chance_facts

from scorta import desk
from scorta.case import Case
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.trace import Step, serves, trace_need

NEAR = 1e-6

ENDS = ("stock", "receipt", "circle")
"""Steps behind which nothing stands; a production or kit may take nothing."""


def assert_conserved(root: Step, plan_meets: float | None = None) -> None:
    """Behind every step but a making stand steps that add up to it; at the end of every chain stands a source."""
    for step in root:
        behind = sum(each.quantity for each in step.behind)
        if step.kind in ENDS:
            assert step.behind == ()
        elif step.kind not in ("production", "kit", "component"):
            assert behind == pytest.approx(step.quantity, rel=NEAR, abs=NEAR), step
        elif step.kind == "component":
            assert step.behind, step
    assert plan_meets is None or root.quantity == pytest.approx(plan_meets, rel=NEAR, abs=NEAR)


def test_the_walk_as_computed_by_hand(planned_walk: Planned) -> None:
    """50 of stock above the floor, 20 made from five weeks, and 50 of the late pledge: one leg each."""
    root = trace_need(planned_walk.case, planned_walk.plan, "N1")
    assert_conserved(root, 120.0)
    ends = [
        (step.kind, step.facts["place"], round(step.quantity, 6))
        for step in root
        if step.kind in ("stock", "production")
    ]
    assert sorted(ends) == [("production", "PLANT-CZ", 4.0)] * 5 + [
        ("stock", "DEPOT-DE", 50.0),
        ("stock", "DEPOT-PL", 50.0),
    ]
    assert {step.facts["under"] for step in root if step.kind == "shipment"} == {"P1", "P2", "P3"}
    assert [step.facts["days_late"] for step in root.behind] == [0] * 5 + [7]


@pytest.mark.parametrize("name", ["october", "winter"])
def test_every_need_of_the_examples(name: str, request: pytest.FixtureRequest) -> None:
    """What is traced of each need is what the plan issues it, step by step."""
    planned: Planned = request.getfixturevalue(name)
    issued = dict(planned.plan["issues"].group_by("need").agg(pl.col("quantity").sum()).iter_rows())
    for need in planned.plan["fulfilment"]["need"]:
        assert_conserved(trace_need(planned.case, planned.plan, need), issued.get(need, 0.0))


def test_any_need_of_any_case() -> None:
    """On cases by chance."""
    with desk.SolverProcess() as solver:
        for seed in range(25):
            case = build(chance_facts(Random(seed), Wishes(contracts=seed % 3 == 0)))
            plan = desk.make_plan(case, certify=False, solver=solver)
            for need in plan["fulfilment"]["need"]:
                assert_conserved(trace_need(case, plan, need))


def test_a_kit_is_traced_to_its_components(winter: Planned) -> None:
    """A winter kit: a stove, two blankets... each component in its proportion, down to the rows of stocks."""
    root = trace_need(winter.case, winter.plan, "N-HRK-KIT")
    per_kit = dict(winter.case["kits"].filter(item="winter_kit").select("component", "quantity").iter_rows())
    kits = [step for step in root if step.kind == "kit"]
    assert kits
    for kit in kits:
        taken = {str(part.facts["item"]): part.quantity for part in kit.behind}
        assert taken == pytest.approx({item: kit.quantity * each for item, each in per_kit.items()}, rel=NEAR)


def test_a_plan_of_another_state_is_refused(planned_walk: Planned) -> None:
    """The ledger of a plan needs the case that it was made of."""
    case = planned_walk.case
    changed = case.replace(stocks=case["stocks"].with_columns(pl.col("quantity") + 1.0))
    with pytest.raises(InputError, match="another state"):
        desk.trace(changed, planned_walk.plan, ["N1"])


@pytest.mark.parametrize(("codes", "on_time", "late"), [
    (["DEPOT-PL", "generator"], 50, 0), (["DEPOT-DE", "generator"], 0, 50), (["P1"], 0, 50), (["P2"], 50, 0),
    (["P3"], 20, 0), (["LINE"], 20, 0),
])  # fmt: skip
def test_each_source_of_the_walk(planned_walk: Planned, codes: list[str], on_time: float, late: float) -> None:
    """The stock above the floor, the late pledge, the line: what each is good for, by hand."""
    (row,) = serves(planned_walk.case, planned_walk.plan, codes).to_dicts()
    assert (row["on_time"], row["late"]) == (pytest.approx(on_time), pytest.approx(late))


def test_forward_and_back_agree(october: Planned) -> None:
    """What each stock of the real case serves is what is traced back to it from all needs, goods made of it apart."""
    back: dict[tuple[str, str], float] = {}
    for need in october.plan["fulfilment"]["need"]:
        for step in trace_need(october.case, october.plan, need):
            if step.kind == "stock":
                key = (str(step.facts["place"]), str(step.facts["item"]))
                back[key] = back.get(key, 0.0) + step.quantity
    taken = set(october.case["components"]["item"]) | set(october.case["kits"]["component"])
    checked = 0
    for (place, item), quantity in back.items():
        if item not in taken and checked < 15:
            served = serves(october.case, october.plan, [place, item])["quantity"].sum()
            assert served == pytest.approx(quantity, rel=NEAR, abs=NEAR)
            checked += 1
    assert checked == 15


WORLD: dict[str, Any] = {
    "parties": [{"party": "UA", "kind": "nation"}, {"party": "DE", "kind": "nation"}],
    "places": [{"place": "HUB", "party": "UA"}, {"place": "DEPOT", "party": "DE"}],
    "stocks": [{"place": "DEPOT", "item": "tent", "quantity": 10}, {"place": "HUB", "item": "tent", "quantity": 3}],
    "needs": [{"need": "N", "place": "HUB", "item": "tent", "quantity": 8, "required_by": 27, "priority": 1}],
    "legs": [{"leg": "L1", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": 0}],
}
"""UA asks for eight tents, has three, and DE has ten."""

PLEDGES = [{"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 10, "state": "committed"}]


@pytest.fixture(scope="module")
def planned() -> tuple[Case, Plan]:
    """Return the case with a pledge, and its plan."""
    made = case(**WORLD, pledges=PLEDGES)
    return made, desk.make_plan(made, certify=False)


def test_back_to_what_lay_there(planned: tuple[Case, Plan]) -> None:
    """Behind the eight stand three of the hub, and five over the leg under the pledge."""
    trace = trace_need(*planned, "N")
    sources: dict[str, float] = {}
    for step in trace:
        if step.kind == "stock":
            sources[str(step.facts["place"])] = sources.get(str(step.facts["place"]), 0.0) + step.quantity
    assert trace.quantity == pytest.approx(8)
    assert sources == pytest.approx({"HUB": 3, "DEPOT": 5}, abs=1e-6)
    assert {step.facts["under"] for step in trace if step.kind == "shipment"} == {"P1"}


def test_forward_to_the_need(planned: tuple[Case, Plan]) -> None:
    """Of the pledge five units serve the need, of the stock at the hub three; nothing is called X."""
    assert serves(*planned, ["P1"])["quantity"].to_list() == pytest.approx([5], abs=1e-6)
    assert serves(*planned, ["HUB", "tent"])["quantity"].to_list() == pytest.approx([3], abs=1e-6)
    with pytest.raises(InputError, match="called X"):
        serves(*planned, ["X"])
