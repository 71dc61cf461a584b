"""The ledger, back and forward, of a case that one reckons in the head."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import case

from scorta import desk
from scorta.case import Case
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.trace import list_asks, serves, trace_need
from scorta.trace.ledger import lay_ledger

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
