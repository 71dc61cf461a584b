"""Needs that legs could supply, but no chain of pledges and free handovers does."""

import pytest

from scorta.check import pledges

ROWS = {
    "parties": [{"party": code, "kind": "nation"} for code in ("PL", "RO", "UA")]
    + [{"party": "W", "kind": "industry"}],
    "places": [
        {"place": "DEPOT", "party": "PL"},
        {"place": "GATE", "party": "PL"},
        {"place": "HUB", "party": "RO"},
        {"place": "KYIV", "party": "UA"},
        {"place": "FRONT", "party": "UA"},
        {"place": "PLANT", "party": "W"},
    ],
    "items": [{"item": "heater", "mass_kg": "1"}, {"item": "stove", "mass_kg": "1"}],
    "stocks": [{"place": "DEPOT", "item": "heater", "quantity": "9"}],
    "needs": [
        {
            "need": "N1",
            "place": "FRONT",
            "item": "heater",
            "quantity": "1",
            "required_by": "2022-12-04",
            "priority": "1",
        }
    ],
    "legs": [
        {"leg": f"L{k}", "origin": origin, "destination": destination, "mode": "road", "transit_days": "1"}
        for k, (origin, destination) in enumerate(
            [("DEPOT", "GATE"), ("GATE", "HUB"), ("HUB", "KYIV"), ("KYIV", "FRONT"), ("PLANT", "KYIV")]
        )
    ],
    "pledges": [],
}


def pledge(donor, recipient, **more):
    """Return a pledge of heaters."""
    row = {"pledge": f"{donor}-{recipient}", "donor": donor, "recipient": recipient, "item": "heater"}
    return {**row, "quantity": "5", "state": "committed", **more}


def told(checked, rows, scenario=None):
    """Return what is said of needs that no pledges cover."""
    outcome = checked(rows, scenario) if scenario else checked(rows)
    return [(one.address, one.field, one.sentence) for one in outcome.findings if one.code == "need-not-covered"]


@pytest.mark.parametrize(
    ("pledges", "lacks"),
    [
        ([], "from PL to RO and from RO to UA"),
        ([pledge("PL", "UA")], "from PL to RO and from RO to UA"),
        ([pledge("PL", "UA"), pledge("PL", "RO")], "from RO to UA"),
        ([pledge("PL", "RO"), pledge("RO", "UA", item="stove")], "from RO to UA"),
        ([pledge("PL", "RO"), pledge("RO", "UA", state="withdrawn")], "from RO to UA"),
        ([pledge("PL", "RO"), pledge("RO", "UA", quantity=None, quantity_state="undisclosed")], "from RO to UA"),
        ([pledge("PL", "RO"), pledge("RO", "UA", delivered_quantity="5")], "from RO to UA"),
        ([pledge("PL", "RO"), pledge("RO", "UA", delivered_quantity="4")], ""),
        ([pledge("PL", None), pledge("RO", None)], ""),
    ],
)
def test_who_would_have_to_pledge(checked, rows_of, pledges, lacks):
    """Every change of owner on the way needs a pledge that still grants something; those that lack are named."""
    sentence = f"No pledges bring heater to FRONT for the need N1: it would have to be pledged {lacks}."
    assert told(checked, rows_of(pledges=pledges)) == ([("needs.csv:2", "place", sentence)] if lacks else [])


@pytest.mark.parametrize(
    ("first", "second", "lacks"), [("FRONT", "DEPOT", 0), ("DEPOT", "FRONT", 0), ("GATE", "DEPOT", 1)]
)
def test_whichever_row_of_stocks_covers(checked, rows_of, monkeypatch, first, second, lacks):
    """The first rows of stocks may cover a need and the last may: looking at the first before all changes nothing."""
    monkeypatch.setattr(pledges, "_FIRST", 1)
    stocks = [{"place": place, "item": "heater", "quantity": "9"} for place in (first, second)]
    assert len(told(checked, rows_of(stocks=stocks))) == lacks


def test_what_only_later_rows_would_bring(checked, rows_of, monkeypatch):
    """A need whose item none of the first rows of stocks holds is asked about again with all of them."""
    monkeypatch.setattr(pledges, "_FIRST", 1)
    stocks = [{"place": "DEPOT", "item": item, "quantity": "9"} for item in ("stove", "heater")]
    assert len(told(checked, rows_of(stocks=stocks))) == 1


def test_what_comes_free_needs_no_pledge(checked, rows_of):
    """What industry has is free to come; a leg for another item does not bring it."""
    rows = rows_of(stocks=[*ROWS["stocks"], {"place": "PLANT", "item": "heater", "quantity": "1"}])
    assert told(checked, rows) == []
    rows["legs"] = [{**leg, "item": "stove"} if leg["origin"] == "PLANT" else leg for leg in rows["legs"]]
    assert len(told(checked, rows)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"stocks": [{"place": "KYIV", "item": "heater", "quantity": "1"}]},
        {"stocks": [{"place": "FRONT", "item": "stove", "quantity": "1"}]},
        {"needs": [{**ROWS["needs"][0], "state": "closed"}]},
        {"legs": ROWS["legs"][:2]},
    ],
)
def test_nothing_is_said(checked, rows_of, change):
    """Own goods, no goods at all, a need that is not open, and a need that no legs lead to are no matter of pledges."""
    assert told(checked, rows_of(**change)) == []


def test_gifts_that_need_no_pledge(checked, rows_of, scenario):
    """Where gifts are open, or the case has no pledges, none lacks."""
    assert told(checked, rows_of(), {**scenario, "gifts": "open"}) == []
    rows = rows_of()
    del rows["pledges"]
    assert told(checked, rows) == []


@pytest.fixture(name="rows_of")
def _rows_of():
    """A function that returns the rows with some tables changed."""
    return lambda **tables: {**ROWS, **tables}
