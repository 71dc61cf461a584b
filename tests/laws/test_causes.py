"""What stands in the way of a need is named: in cases by chance it is the first cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import polars as pl
import pytest
from tests.laws.bottlenecks import ample, made_together, planted
from tests.laws.chance import Facts, Wishes, build, chance_facts, sharing_facts

from scorta import desk
from scorta.case import Case
from scorta.desk import SolverProcess
from scorta.plan import Plan
from scorta.why import Why, part_of_case

EXACT, NEAR = 1e-6, 1e-2
"""What counts as nothing, and how near the two come: others keep what they have to a millionth, and a unit of theirs
may be worth many unit-days."""

TOLERATED = 0.05
"""Share of cases in which another cause may be named first."""


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all cases."""
    with SolverProcess() as process:
        yield process


def first_cause(seed: int, solver: SolverProcess) -> tuple[str, str]:
    """Return what was put in the way, and what is named first."""
    facts, kind = planted(Random(seed))
    case = build(facts)
    plan = desk.make_plan(case, certify=False, solver=solver)
    (need,) = plan["fulfilment"].filter(need="N").to_dicts()
    assert need["late"] + need["unmet"] > 0, (seed, kind)
    found = desk.why(case, plan, "N", solver)
    if not found.way:
        return kind, "no way"
    return kind, found.causes[0].hindrances[0].kind if found.causes else "nothing"


@pytest.mark.parametrize("seed", range(10))
def test_nothing_stands_in_the_way_of_an_ample_case(seed: int, solver: SolverProcess) -> None:
    """Before anything is put in the way, all comes on time."""
    plan = desk.make_plan(build(ample(Random(seed))), certify=False, solver=solver)
    (need,) = plan["fulfilment"].filter(need="N").to_dicts()
    assert (need["late"], need["unmet"]) == (0, 0)


@pytest.mark.parametrize("cases", [range(15), pytest.param(range(15, 150), marks=pytest.mark.wide)])
@pytest.mark.parametrize("facts", [chance_facts, sharing_facts])
def test_while_nothing_gives_way_a_need_is_met_as_in_the_plan(
    facts: Callable[[Random], Facts], cases: range, solver: SolverProcess
) -> None:
    """The problem of a need alone is faithful: it gives the need what the whole plan gives it, whatever the case."""
    for seed in cases:
        case = build(facts(Random(seed)))
        plan = desk.make_plan(case, certify=False, solver=solver)
        for need in plan["fulfilment"].filter(pl.col("late") + pl.col("unmet") > EXACT).iter_rows(named=True):
            met = desk.why(case, plan, need["need"], solver).met
            assert met.unmet == pytest.approx(need["unmet"], abs=NEAR), (seed, need["need"])
            assert met.unit_days == pytest.approx(need["unit_days_late"], rel=NEAR, abs=NEAR), (seed, need["need"])


@pytest.mark.parametrize("cases", [24, pytest.param(200, marks=pytest.mark.wide)])
def test_what_was_put_in_the_way_is_named_first(cases: int, solver: SolverProcess) -> None:
    """In 95 of 100 cases and more the first cause is what was put in the way."""
    found = [first_cause(seed, solver) for seed in range(cases)]
    missed = [pair for pair in found if pair[0] != pair[1]]
    assert len(missed) <= TOLERATED * len(found), missed


def told(found: Why) -> tuple[list[object], object]:
    """Return what is told of a need, but the order of what does as much."""
    rows = [([(one.kind, one.rows) for one in cause.hindrances], round(cause.on_time, 3)) for cause in found.causes]
    return sorted(rows), round(found.left.late + found.left.unmet, 3)


@pytest.mark.parametrize("cases", [24, pytest.param(400, marks=pytest.mark.wide)])
def test_what_is_plenty_has_no_part_in_an_answer(
    cases: int, solver: SolverProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where parts and hours are plenty, what else is made of them keeps what it has: the answer is the same."""
    found_plenty, find = 0, part_of_case.find_plenty

    def seen(case: Case, plan: Plan, item: str, lacking: float) -> part_of_case.Plenty:
        nonlocal found_plenty
        found = find(case, plan, item, lacking)
        found_plenty += found != part_of_case.Plenty()
        return found

    monkeypatch.setattr("scorta.why.question.find_plenty", seen)
    for seed in range(cases):
        case = build(made_together(Random(seed)))
        plan = desk.make_plan(case, certify=False, solver=solver)
        for need in plan["fulfilment"].filter(pl.col("late") + pl.col("unmet") > EXACT)["need"]:
            found = desk.why(case, plan, need, solver)
            with monkeypatch.context() as nothing_is_plenty:
                nothing_is_plenty.setattr(part_of_case, "SPARE", float("inf"))
                assert told(found) == told(desk.why(case, plan, need, solver)), (seed, need)
    assert found_plenty > cases / 4


@pytest.mark.parametrize("first", ["objectives", "shares"])
def test_what_comes_before_needs_is_held(first: str, solver: SolverProcess) -> None:
    """Where objectives or shares come first the need is met as in the plan, and what comes first is named."""
    case = build(
        {
            "tiers": (first, "needs"),
            "parties": [{"party": party, "kind": "nation"} for party in ("UA", "DE", "PL")],
            "places": [{"place": "FRONT", "party": "UA"}, {"place": "DEPOT", "party": "DE"}],
            "items": [{"item": "cot", "value_eur": 1}],
            "stocks": [{"place": "DEPOT", "item": "cot", "quantity": 3}],
            "objectives": [{"party": "DE", "item": "cot", "objective": 3}] if first == "objectives" else [],
            "keys": [{"key": "K", "party": party, "share": 0.5} for party in ("DE", "PL")] if first == "shares" else [],
            "pledges": [{"pledge": "P", "donor": "DE", "item": "cot", "quantity": 3, "state": "committed"}],
            "needs": [{"need": "N", "place": "FRONT", "item": "cot", "quantity": 3, "required_by": 20, "priority": 1}],
            "legs": [{"leg": "A", "origin": "DEPOT", "destination": "FRONT", "mode": "road", "transit_days": 1}],
        }
    )
    plan = desk.make_plan(case, certify=False, solver=solver)
    found = desk.why(case, plan, "N", solver)
    assert plan["fulfilment"]["unmet"].to_list() == [3]
    assert found.met.unmet == pytest.approx(3, abs=NEAR)
    kinds = {"objectives": "objective beside", "shares": "shares first"}
    assert kinds[first] in {one.kind for cause in found.causes for one in cause.hindrances}


@pytest.mark.parametrize("binds", ["pledge too late", "leg closed"])
@pytest.mark.parametrize("seed", range(4))
def test_of_two_in_series_only_the_one_that_binds_is_named(seed: int, binds: str, solver: SolverProcess) -> None:
    """Pledge and leg both open late, but one of them early enough: only the other is named."""
    facts = ample(Random(seed))
    pledge, leg = facts["pledges"][0], facts["legs"][seed % 2]
    pledge["available_from"], leg["open_from"] = (49, 14) if binds == "pledge too late" else (14, 49)
    case = build(facts)
    found = desk.why(case, desk.make_plan(case, certify=False, solver=solver), "N", solver)
    assert {hindrance.kind for cause in found.causes for hindrance in cause.hindrances} == {binds}


@pytest.mark.parametrize(("seed", "need"), [(67, "N0"), (341, "N2")])
def test_floors_of_whose_place_it_is_hold_as_in_the_plan(seed: int, need: str, solver: SolverProcess) -> None:
    """A need of a guest, and one for what is made of goods below a floor, do not draw on the floors of their place."""
    case = build(chance_facts(Random(seed), Wishes(floors="anybody")))
    plan = desk.make_plan(case, certify=False, solver=solver)
    (asked,) = plan["fulfilment"].filter(need=need).to_dicts()
    assert desk.why(case, plan, need, solver).met.unmet == pytest.approx(asked["unmet"], abs=NEAR)


def test_the_cap_of_a_share_is_named(solver: SolverProcess) -> None:
    """Who may give nothing above its share gives too little: the cap is told, with the row of the key."""
    facts = ample(Random(1))
    for item in facts["items"]:
        item["value_eur"] = 1
    facts["keys"] = [
        {"key": "K", "party": "DE", "share": 0.1, "maximum_excess": 0.1},
        {"key": "K", "party": "PL", "share": 0.9},
    ]
    case = build(facts)
    found = desk.why(case, desk.make_plan(case, certify=False, solver=solver), "N", solver)
    (hindrance,) = found.causes[0].hindrances
    assert (hindrance.kind, hindrance.rows) == ("share full", ("keys.csv:2",))
