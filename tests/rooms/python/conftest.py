"""One small case made of rows, and its plan, for all tests of the door for Python users."""

from __future__ import annotations

from typing import Any

import pytest

import scorta as sc

Rows = dict[str, Any]


def given(**others: Any) -> Rows:
    """Return what a case is made of: tents of PL for a need of UA; a pledge that leaves a week late for half of it."""
    return {
        "start": "2022-10-17",
        "weeks": 6,
        "title": "Tents",
        "parties": [{"party": "UA", "kind": "nation"}, {"party": "PL", "kind": "nation"}],
        "places": [{"place": "HUB", "party": "UA"}, {"place": "DEPOT", "party": "PL"}],
        "items": [{"item": "tent", "name": "Tent, 10 m²", "mass_kg": 40, "value_eur": 500}],
        "needs": [
            {"need": "N1", "place": "HUB", "item": "tent", "quantity": 50, "required_by": "2022-11-06", "priority": 1}
        ],
        "stocks": [{"place": "DEPOT", "item": "tent", "quantity": 80}],
        "legs": [{"leg": "ROAD", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": 7}],
        "pledges": [
            {"pledge": "P1", "donor": "PL", "item": "tent", "quantity": 30, "state": "committed"},
            {"pledge": "P2", "donor": "PL", "item": "tent", "quantity": 20, "state": "committed"}
            | {"available_from": "2022-11-07"},
        ],
        **others,
    }


@pytest.fixture(scope="session")
def tents() -> sc.Case:
    """The case."""
    return sc.Case.of(**given())


@pytest.fixture(scope="session")
def planned(tents: sc.Case) -> sc.Plan:
    """Its plan: 30 come in time, 20 a week late."""
    return sc.plan(tents)
