"""Pegging: every unit that leaves a spot is tied to a batch that came in before, and nothing is tied twice."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import polars as pl
import pytest
from tests.conftest import LONG_TERM, Planned
from tests.laws.chance import Wishes, build, chance_facts

from scorta import desk
from scorta.case import Case
from scorta.plan import Plan
from scorta.trace.pegging import Pegging, lay_ledger, peg, tie

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


def test_the_walk_is_tied(planned_walk: Planned) -> None:
    """50 of the stock in Poland leave, the 20 of the floor stay; 50 of Germany's 60 leave late."""
    pegging = peg(planned_walk.case, planned_walk.plan)
    assert_tied(pegging)
    assert_sums(planned_walk.plan, pegging)
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


def test_what_comes_in_and_what_leaves(planned_walk: Planned) -> None:
    """130 lie there; 120 of these and of what is made go over one leg each, arrive, and are issued."""
    ledger = lay_ledger(planned_walk.case, planned_walk.plan)
    came = {kind: ledger.batches.filter(kind=kind)["quantity"].sum() for kind in ("stock", "shipment")}
    left = {kind: ledger.flows.filter(kind=kind)["quantity"].sum() for kind in ("shipment", "issue")}
    assert came == pytest.approx({"stock": 130, "shipment": 120})
    assert left == pytest.approx({"shipment": 120, "issue": 120})
