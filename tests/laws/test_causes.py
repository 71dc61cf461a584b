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


POLES: Facts = {
    "horizon": [("week", 2)],
    "parties": [{"party": "UA", "kind": "nation"}],
    "places": [{"place": "FRONT", "party": "UA"}],
    "items": [{"item": item} for item in ("tent", "pole", "wood", "tarp")],
    "needs": [{"need": "N", "place": "FRONT", "item": "tent", "quantity": 10, "required_by": 6, "priority": 1}],
    "lines": [{"line": "L", "place": "FRONT", "capacity_per_month": 443}],
    "stocks": [{"place": "FRONT", "item": "wood", "quantity": 20}],
}
"""A line of 100 hours a week, and wood for twenty of what is made on it: 20 of them go into each of ten tents."""


def makes(item: str, **more: object) -> dict[str, object]:
    """Return a process at the front that takes no time."""
    return {"process": f"MAKE-{item}", "place": "FRONT", "item": item, "lead_time_days": 0, **more}


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


@pytest.mark.parametrize("more", [{}, {"setup_cost_eur": 10}, {"minimum_lot": 0.5}], ids=["plain", "set-up", "lot"])
def test_a_full_line_is_named_where_something_is_set_up(more: Facts, solver: SolverProcess) -> None:
    """The most that is started where a process is set up follows from its hours, and gives way with them."""
    made = {"processes": [makes("tent", line="L", line_hours_per_unit=20, **more)], "stocks": []}
    case = build(POLES | made)
    found = desk.why(case, desk.make_plan(case, certify=False, solver=solver), "N", solver)
    assert [one.kind for cause in found.causes for one in cause.hindrances] == ["line full"]
    assert found.causes[0].on_time == pytest.approx(5, abs=NEAR)


def test_firm_orders_of_other_goods_leave_no_room(solver: SolverProcess) -> None:
    """Rugs that nobody has are ordered beside tents; the tents of another's firm order are not taken for that."""
    contracts = [
        {"contract": "C1", "buyer": "PL", "supplier": "IND", "item": "tent", "firm": 10, "until_date": 20},
        {"contract": "C2", "buyer": "UA", "supplier": "IND", "item": "tent", "option": 10},
        {"contract": "C3", "buyer": "PL", "supplier": "IND", "item": "rug", "firm": 10, "until_date": 20},
    ]
    parties = [{"party": party, "kind": "industry" if party == "IND" else "nation"} for party in ("UA", "PL", "IND")]
    case = build(
        {
            "parties": parties,
            "places": [{"place": f"AT-{row['party']}", "party": row["party"]} for row in parties],
            "items": [{"item": "tent"}, {"item": "rug"}],
            "stocks": [{"place": "AT-IND", "item": "tent", "quantity": 10}],
            "needs": [
                {"need": "N", "place": "AT-UA", "item": "tent", "quantity": 10, "required_by": 20, "priority": 1}
            ],
            "contracts": [row | {"unit_price_eur": 1} for row in contracts],
            "legs": [
                {"leg": party, "origin": "AT-IND", "destination": f"AT-{party}", "mode": "road", "transit_days": 1}
                for party in ("UA", "PL")
            ],
        }
    )
    plan = desk.make_plan(case, certify=False, solver=solver)
    assert plan["fulfilment"]["unmet"].to_list() == [10]
    assert desk.why(case, plan, "N", solver).met.unmet == pytest.approx(10, abs=NEAR)


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


@pytest.mark.parametrize("paid", ["expansion", "leg"])
def test_what_others_pay_for_lines_and_legs_is_spent(paid: str, solver: SolverProcess) -> None:
    """A budget goes into hours, or a leg, for tents alone: nothing of it is left to buy cots."""
    legs = [
        {"leg": "A", "origin": "SHOP", "destination": "FRONT", "mode": "road", "transit_days": 1},
        {"leg": "B", "origin": "HUB", "destination": "FRONT", "mode": "road", "transit_days": 1},
    ]
    tents: Facts = {"stocks": [{"place": "HUB", "item": "tent", "quantity": 380}]}
    if paid == "expansion":
        tents = {
            "lines": [{"line": "L", "place": "FRONT", "capacity_per_month": 1}],
            "expansions": [
                {"expansion": "X", "line": "L", "adds_per_month": 400, "lead_time_days": 1, "cost_eur": 1000,
                 "maximum_count": 1, "paid_by": "UA"}
            ],
            "processes": [makes("tent", line="L", line_hours_per_unit=1)],
            "stocks": [],
        }  # fmt: skip
    else:
        legs[1] |= {"fixed_cost_eur": 1000, "item": "tent"}
    case = build(
        {
            "horizon": [("month", 1)],
            "parties": [{"party": "UA", "kind": "nation"}, {"party": "IND", "kind": "industry"}],
            "places": [
                {"place": place, "party": "IND" if place == "SHOP" else "UA"} for place in ("FRONT", "SHOP", "HUB")
            ],
            "items": [{"item": "tent", "mass_kg": 1}, {"item": "cot", "mass_kg": 1}],
            "needs": [
                {"need": "M", "place": "FRONT", "item": "tent", "quantity": 380, "required_by": 30, "priority": 1},
                {"need": "N", "place": "FRONT", "item": "cot", "quantity": 10, "required_by": 30, "priority": 2},
            ],
            "contracts": [
                {"contract": "C", "buyer": "UA", "supplier": "IND", "item": "cot", "option": 10, "unit_price_eur": 100}
            ],
            "budgets": [{"party": "UA", "year": 2023, "amount_eur": 1000}],
            "legs": legs,
        }
        | tents
        | {"stocks": [{"place": "SHOP", "item": "cot", "quantity": 10}, *tents["stocks"]]}
    )
    plan = desk.make_plan(case, certify=False, solver=solver)
    (need,) = plan["fulfilment"].filter(need="N").to_dicts()
    assert need["unmet"] > 9
    assert desk.why(case, plan, "N", solver).met.unmet == pytest.approx(need["unmet"], abs=NEAR)


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


def test_goods_may_lie_above_a_storage_that_others_leave(solver: SolverProcess) -> None:
    """Rugs fill a storage and are thrown away; then tents come in as a receipt, and nothing takes them anywhere.

    Elsewhere more come in than the most that should lie there.
    """
    case = build(
        {
            "horizon": [("week", 4)],
            "parties": [{"party": "UA", "kind": "nation"}],
            "places": [
                {"place": "FRONT", "party": "UA"},
                {"place": "HUB", "party": "UA", "storage_t": 1},
                {"place": "STORE", "party": "UA"},
            ],
            "items": [{"item": item, "mass_kg": 1000} for item in ("tent", "rug")],
            "objectives": [{"place": "STORE", "item": "tent", "maximum": 4}],
            "stocks": [
                {"place": "HUB", "item": "tent", "quantity": 2},
                {"place": "HUB", "item": "rug", "quantity": 2, "expires_on": 6},
            ],
            "receipts": [
                {"place": "HUB", "item": "tent", "quantity": 3, "due_on": 8},
                {"place": "STORE", "item": "tent", "quantity": 9, "due_on": 8},
            ],
            "needs": [{"need": "N", "place": "FRONT", "item": "tent", "quantity": 5, "required_by": 20, "priority": 1}],
        }
    )
    found = desk.why(case, desk.make_plan(case, certify=False, solver=solver), "N", solver)
    assert (found.met.unmet, found.way) == (pytest.approx(5), False)


@pytest.mark.parametrize("others", [0, 1000])
def test_what_is_stored_of_other_goods_leaves_no_room(others: int, solver: SolverProcess) -> None:
    """Between two legs that are open one after the other goods have to be stored, beside what lies there already."""
    facts = ample(Random(2))
    hub = next(row for row in facts["places"] if row["place"] == "HUB")
    hub["storage_t"] = 0.5 + others / 100
    facts["stocks"] += [{"place": "HUB", "item": "cot", "quantity": others}] if others else []
    for leg, field, day in (("A", "open_until", 20), ("B", "open_from", 35)):
        next(row for row in facts["legs"] if row["leg"] == leg)[field] = day
    case = build(facts)
    plan = desk.make_plan(case, certify=False, solver=solver)
    (need,) = plan["fulfilment"].filter(need="N").to_dicts()
    found = desk.why(case, plan, "N", solver)
    assert found.met.unmet == pytest.approx(need["unmet"], abs=NEAR)
    assert "storage full" in {hindrance.kind for cause in found.causes for hindrance in cause.hindrances}
