"""Rows that loosen others."""

from __future__ import annotations

from tests.building import case

from scorta.explain.loosening import loosened


def test_a_quicker_leg_has_no_capacity_of_its_own() -> None:
    """What goes by a leg made quicker counts towards what the leg carries; what needs no capacity has none."""
    legs = [
        {"leg": leg, "origin": "D1", "destination": "HUB", "mode": "road", "transit_days": 3} for leg in ("L1", "L2")
    ]
    legs[0]["capacity_t_per_month"] = 5
    loose, loosers = loosened(case(legs=legs), "UA", 10.0)
    shared = loose["legs"]["shared_capacity"]
    quick = [looser.number for looser in loosers if looser.kind == "leg slow"]
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
        kinds = {looser.kind for looser in loosened(pledged, "UA", 10.0)[1]}
        assert ("not asked" in kinds) == (state != "committed")
