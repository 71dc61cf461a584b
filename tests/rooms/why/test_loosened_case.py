"""Rows that loosen others."""

from __future__ import annotations

from tests.cases import case

from scorta.why.loosened_case import loosen


def test_a_quicker_leg_has_no_capacity_of_its_own() -> None:
    """What goes by a leg made quicker counts towards what the leg carries; what needs no capacity has none."""
    legs = [
        {"leg": leg, "origin": "D1", "destination": "HUB", "mode": "road", "transit_days": 3} for leg in ("L1", "L2")
    ]
    legs[0]["capacity_t_per_month"] = 5
    loosened, added = loosen(case(legs=legs), "UA", 10.0)
    shared = loosened["legs"]["shared_capacity"]
    quick = [row.number for row in added if row.kind == "leg slow"]
    assert shared[quick[0]] == shared[0] is not None
    assert shared[quick[1]] is shared[1] is None


def test_a_pledge_that_is_over_does_not_keep_a_donor_from_being_asked() -> None:
    """Who has withdrawn a pledge, or delivered all of it, may be asked as one that has pledged nothing."""
    for state in ("withdrawn", "delivered", "committed"):
        pledged = case(
            parties=[{"party": "DE", "kind": "nation"}, {"party": "UA", "kind": "nation"}],
            places=[{"place": "D1", "party": "DE"}, {"place": "HUB", "party": "UA"}],
            stocks=[{"place": "D1", "item": "tent", "quantity": 5}],
            pledges=[{"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 5, "state": state}],
        )
        kinds = {row.kind for row in loosen(pledged, "UA", 10.0)[1]}
        assert ("not asked" in kinds) == (state != "committed")


def test_what_is_only_for_another_need_is_loosened_for_that_need_alone() -> None:
    """A pledge to its owner and stock reserved for it are freed where it is asked about, and not without a quantity."""
    world = {
        "parties": [{"party": party, "kind": "nation"} for party in ("DE", "UA", "MD")],
        "places": [{"place": "D1", "party": "DE"}, {"place": "HUB", "party": "UA"}],
        "needs": [{"need": "X", "place": "HUB", "item": "tent", "quantity": 5, "required_by": 9, "priority": 1}],
        "stocks": [{"place": "D1", "item": "tent", "quantity": 5, "reserved_for": "X"}],
    }
    pledge = {"pledge": "P1", "donor": "DE", "item": "tent", "recipient": "UA", "state": "committed"}
    freed = {"pledged for it", "reserved for it"}
    for states, found in (({"quantity": 5}, freed), ({"quantity_state": "undisclosed"}, {"reserved for it"})):
        pledged = case(**world, pledges=[pledge | {"quantity_state": "known"} | states])
        assert {row.kind for row in loosen(pledged, "MD", 10.0, "X")[1]} & freed == found
        assert not {row.kind for row in loosen(pledged, "MD", 10.0)[1]} & freed


def test_industry_without_a_contract_may_be_ordered_of() -> None:
    """At the lowest price of anybody's contract, and only where the buyer has none of its own."""
    contracts = [{"contract": "C1", "buyer": "UA", "supplier": "IND", "item": "tent", "unit_price_eur": 7}]
    made = case(
        parties=[
            {"party": "DE", "kind": "nation"},
            {"party": "UA", "kind": "nation"},
            {"party": "IND", "kind": "industry"},
        ],
        places=[{"place": "PLANT", "party": "IND"}],
        stocks=[{"place": "PLANT", "item": "tent", "quantity": 5}],
        contracts=contracts,
    )
    (order,) = (row for row in loosen(made, "DE", 10.0)[1] if row.kind == "not ordered")
    named = {name: order.facts[name] for name in ("supplier", "buyer", "item", "unit_price_eur")}
    assert named == {"supplier": "IND", "buyer": "DE", "item": "tent", "unit_price_eur": 7}
    assert not any(row.kind == "not ordered" for row in loosen(made, "UA", 10.0)[1])
