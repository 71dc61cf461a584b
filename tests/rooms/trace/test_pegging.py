"""Pegging: every unit that leaves a spot is tied to a batch that came in before, and nothing is tied twice."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.cases import case
from tests.conftest import LONG_TERM, Planned
from tests.laws.chance import Wishes, build, chance_facts

from scorta import desk
from scorta.case import Case
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.trace import list_asks, serves, trace_need
from scorta.trace.pegging import Pegging, lay_ledger, peg, tie

WALK = Path(__file__).parents[3] / "examples" / "walk"
NEAR = 1e-6


def assert_tied(pegging: Pegging) -> None:
    """Every flow is tied whole to batches of its own spot that came no later; no batch gives more than it has."""
    batches, flows = pegging.ledger.batches.rows(named=True), pegging.ledger.flows.rows(named=True)
    given: dict[int, float] = defaultdict(float)
    spot = ("place", "item", "condition", "reserved_for", "expires_on")
    for number, flow in enumerate(flows):
        links = pegging.sources.get(number, ())
        assert sum(quantity for _, quantity in links) == pytest.approx(flow["quantity"], rel=NEAR, abs=NEAR)
        for batch, quantity in links:
            source = batches[batch]
            assert [source[name] for name in spot] == [flow[name] for name in spot]
            if quantity > NEAR:
                assert source["bucket"] <= flow["bucket"]
            given[batch] += quantity
    for batch, quantity in given.items():
        assert quantity <= batches[batch]["quantity"] * (1 + NEAR) + NEAR
    assert {(b, f, q) for f, held in pegging.sources.items() for b, q in held} == {
        (b, f, q) for b, held in pegging.sinks.items() for f, q in held
    }


def assert_sums(plan: Plan, pegging: Pegging) -> None:
    """What the flows of each kind add up to is what the tables of the plan say."""
    flows = pegging.ledger.flows
    for kind, table in (("issue", "issues"), ("shipment", "shipments")):
        assert flows.filter(kind=kind)["quantity"].sum() == pytest.approx(plan[table]["quantity"].sum(), rel=NEAR)
    assert flows.filter(kind="expired")["quantity"].sum() == pytest.approx(
        plan["stock_levels"]["expired"].sum(), abs=NEAR
    )


def lay(buckets: list[int], quantities: list[float], **lot: str) -> pl.DataFrame:
    """Return entries of one spot."""
    spot = {"place": "HUB", "item": "tent", "condition": "serviceable", "reserved_for": None, "expires_on": None}
    kinds = {name: pl.lit(word, pl.String) for name, word in (spot | lot).items()}
    return pl.DataFrame({"bucket": buckets, "quantity": quantities}).with_columns(**kinds)


def test_pieces_are_cut_where_a_batch_or_a_flow_ends() -> None:
    """Batches of 3 and 4, flows of 2 and 4: the second flow takes what is left of the first batch, then the second."""
    assert tie(lay([0, 1], [3.0, 4.0]), lay([1, 1], [2.0, 4.0])).rows() == [(0, 0, 2.0), (0, 1, 1.0), (1, 1, 3.0)]


def test_what_comes_first_goes_first_however_it_is_listed() -> None:
    """Of two batches and two flows that are listed last first, the earlier batch goes into the earlier flow."""
    assert tie(lay([5, 0], [3.0, 4.0]), lay([6, 1], [3.0, 4.0])).rows() == [(1, 1, 4.0), (0, 0, 3.0)]


def test_what_lies_elsewhere_is_not_touched() -> None:
    """A flow takes nothing of another spot, not even where its own holds too little; lots are spots of their own."""
    here, lot = lay([0], [1.0]), lay([0], [9.0], reserved_for="N1")
    assert tie(pl.concat([lot, here]), lay([0], [5.0])).rows() == [(1, 0, 1.0)]
    assert tie(lot, here).is_empty()
    assert tie(here.clear(), here).is_empty()


def test_the_walk_is_tied() -> None:
    """50 of the stock in Poland leave, the 20 of the floor stay; 50 of Germany's 60 leave late."""
    case = desk.load_case(WALK)
    plan = desk.make_plan(case)
    pegging = peg(case, plan)
    assert_tied(pegging)
    assert_sums(plan, pegging)
    batches = pegging.ledger.batches.with_row_index("number").filter(kind="stock")
    given = {
        row["place"]: sum(quantity for _, quantity in pegging.sinks.get(row["number"], ()))
        for row in batches.iter_rows(named=True)
    }
    assert given == pytest.approx({"DEPOT-PL": 50.0, "DEPOT-DE": 50.0})


@pytest.mark.parametrize("name", ["october", "winter", LONG_TERM])
def test_every_example_is_tied(name: str, request: pytest.FixtureRequest) -> None:
    """The real cases, with kits, substitutes, repairs, lots and production: every unit of every flow."""
    planned: Planned = request.getfixturevalue(name)
    pegging = peg(planned.case, planned.plan)
    assert_tied(pegging)
    assert_sums(planned.plan, pegging)


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_any_case_is_tied(first: int) -> None:
    """On cases by chance, with everything in them."""
    with desk.SolverProcess() as solver:
        for seed in range(first, first + 20):
            case: Case = build(chance_facts(Random(seed), Wishes(contracts=seed % 3 == 0)))
            plan = desk.make_plan(case, certify=False, solver=solver)
            pegging = peg(case, plan)
            assert_tied(pegging)
            assert_sums(plan, pegging)


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


def test_what_comes_in_and_what_leaves(planned: tuple[Case, Plan]) -> None:
    """Thirteen lie there, five are shipped and arrive, eight are issued."""
    ledger = lay_ledger(*planned)
    came = {kind: ledger.batches.filter(kind=kind)["quantity"].sum() for kind in ("stock", "shipment")}
    left = {kind: ledger.flows.filter(kind=kind)["quantity"].sum() for kind in ("shipment", "issue")}
    assert came == pytest.approx({"stock": 13, "shipment": 5}, abs=1e-6)
    assert left == pytest.approx({"shipment": 5, "issue": 8}, abs=1e-6)


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


def test_whom_to_ask() -> None:
    """Without a pledge DE is asked for the five that are lacking: they come on time, and it keeps five."""
    made = case(gifts="open", **WORLD, pledges=[])
    (ask,) = list_asks(made, desk.make_plan(made, certify=False))
    assert (ask.giver, ask.receiver, ask.item) == ("DE", "UA", "tent")
    assert (ask.quantity, ask.margin) == pytest.approx((5, 5), abs=1e-6)
    (served,) = ask.serves
    assert (served.need, served.on_time, served.late) == ("N", pytest.approx(5, abs=1e-6), 0)
