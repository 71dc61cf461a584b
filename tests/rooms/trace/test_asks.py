"""The list of asks: of whom, how much, for whom, in which order."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import case

from scorta import desk
from scorta.case import Case
from scorta.errors import InputError


def three_givers(**more: Any) -> Case:
    """Return a case in which PL has 10 tents above its floor, DE 4 cots and FR 50; cots are needed more urgently."""
    tables: dict[str, Any] = {
        "parties": [{"party": party, "kind": "nation"} for party in ("UA", "PL", "DE", "FR")],
        "places": [{"place": f"{party}-D", "party": party} for party in ("UA", "PL", "DE", "FR")],
        "stocks": [
            {"place": "PL-D", "item": "tent", "quantity": 30},
            {"place": "DE-D", "item": "cot", "quantity": 4},
            {"place": "FR-D", "item": "cot", "quantity": 50},
        ],
        "objectives": [{"party": "PL", "item": "tent", "floor": 20}],
        "legs": [
            {"leg": f"{party}-UA", "origin": f"{party}-D", "destination": "UA-D", "mode": "road", "transit_days": 0}
            for party in ("PL", "DE", "FR")
        ],
        "needs": [
            {"need": "COTS", "place": "UA-D", "item": "cot", "quantity": 40, "required_by": 6, "priority": 1},
            {"need": "TENTS", "place": "UA-D", "item": "tent", "quantity": 25, "required_by": 6, "priority": 2},
        ],
        "pledges": [{"pledge": "P1", "donor": "DE", "item": "cot", "quantity": 4, "state": "committed"}],
    }
    return case(**(tables | more))


def test_who_is_asked_for_what() -> None:
    """DE has pledged all it has; FR is asked for the other 36 cots first, PL for the 10 tents above its floor."""
    cots, tents = desk.ask(three_givers())
    assert (cots.giver, cots.receiver, cots.item, round(cots.quantity, 6), cots.share) == ("FR", "UA", "cot", 36, None)
    (served,) = cots.serves
    assert (served.need, round(served.on_time, 6), served.late, served.asked) == ("COTS", 36, 0, 40)
    assert (tents.giver, round(tents.quantity, 6), round(tents.margin, 6)) == ("PL", 10, 0)


def test_beside_an_ask_stands_the_share() -> None:
    """A giver of a key is told what it gives beside its share."""
    keys = [{"key": "GDP", "party": "FR", "share": 0.4}, {"key": "GDP", "party": "DE", "share": 0.6}]
    items = [{"item": "cot", "value_eur": 10}, {"item": "tent", "value_eur": 100}]
    cots, _ = desk.ask(three_givers(keys=keys, items=items))
    assert (cots.share, cots.gives) == (0.4, pytest.approx(0.9))


def test_nobody_has_to_be_asked_where_gifts_are_free() -> None:
    """A case without pledges is refused in a sentence."""
    free = three_givers()
    with pytest.raises(InputError, match="nobody has to be asked"):
        desk.ask(Case.build(free.scenario, {name: free[name] for name in free.given if name != "pledges"}))
