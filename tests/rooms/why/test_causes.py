"""Hindrances and causes say themselves, in the language that is spoken; what is handed out of their rows."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from tests.cases import case

from scorta.languages import speaking
from scorta.why import Cause, Hindrance, Kind
from scorta.why.causes import hindrance_of
from scorta.why.reliefs import Relief

PLEDGE = {"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 60.0}
LEG = {"leg": "L1", "origin": "A", "destination": "B"}

SAID = [
    (Kind.PLEDGE_TOO_SMALL, PLEDGE, "DE's pledge P1 is of no more than 60 of tent"),
    (Kind.LEG_SLOW, LEG | {"transit_days": 1.0}, "leg L1 from A to B takes 1 day"),
    (Kind.LEG_CLOSED, LEG | {"open_until": dt.date(2022, 12, 1)}, "leg L1 from A to B is closed after 2022-12-01"),
    (Kind.LEG_FULL, LEG | {"capacity_t_per_month": 5.0}, "leg L1 from A to B carries no more than 5 t a month"),
    (
        Kind.LEG_FULL,
        LEG | {"shared_capacity": "R"},
        "leg L1 from A to B carries no more together with all that share R",
    ),
    (Kind.STORAGE_FULL, {"place": "HUB", "storage_t": 7.0}, "HUB stores no more than 7 t"),
    (Kind.BUDGET_SPENT, {"party": "DE", "year": 2023}, "DE has no more money in 2023"),
    (Kind.FLOOR, {"party": "DE", "item": "tent"}, "DE keeps a floor of tent"),
    (
        Kind.SHARE_FULL,
        {"key": "K", "party": "DE", "share": 0.25, "maximum_excess": 0.0},
        "DE may give no more than 0 % above its share of 25 % (key K)",
    ),
    (
        Kind.NOT_ORDERED,
        {"supplier": "IND", "item": "tent", "buyer": "DE"},
        "IND has, expects or makes tent, and DE has no contract for it",
    ),
    (
        Kind.OBJECTIVE_BESIDE,
        {"party": "PL", "item": "tent", "objective": 9.0},
        "PL has a stock objective of 9 for tent, too",
    ),
    (
        Kind.OBJECTIVE_BESIDE,
        {"place": "D1", "item": "tent", "daily_rate": 9.0},
        "D1 has a stock objective for tent, too",
    ),
    (Kind.SHARES_FIRST, {}, "what each gives is shared fairly before stocks are filled"),
    (Kind.ASKS_FIRST, {}, "nobody is asked to give beyond its pledges to fill a stock"),
    (
        Kind.PLEDGED_FOR_IT,
        PLEDGE | {"recipient": "UA"},
        "DE's pledge P1 of 60 of tent is only for UA",
    ),
    (
        Kind.RESERVED_FOR_IT,
        {"quantity": 10.0, "item": "tent", "place": "HUB", "reserved_for": "X"},
        "10 of tent at HUB are reserved for X",
    ),
]


@pytest.mark.parametrize(("kind", "facts", "words"), SAID)
def test_each_is_said_in_a_sentence(kind: Kind, facts: dict[str, object], words: str) -> None:
    """Dates, shares, years and days are written as what they are, and what is empty is left out."""
    assert Hindrance(kind, ("x.csv:2",), facts).sentence == words


def test_a_cause_says_all_that_hinders_together() -> None:
    """One alone, two together, and three."""
    one, other = Hindrance(Kind.PLEDGE_TOO_SMALL, (), PLEDGE), Hindrance(Kind.SHARES_FIRST, (), {})
    alone = "DE's pledge P1 is of no more than 60 of tent"
    assert Cause((one,), 1.0, 1.0, 1.0).sentence == alone
    both = f"{alone}, and what each gives is shared fairly before stocks are filled: both together"
    assert Cause((one, other), 1.0, 1.0, 1.0).sentence == both
    assert Cause((one, other, one), 1.0, 1.0, 1.0).sentence.endswith(": all together")


def test_a_hindrance_speaks_the_language_of_the_reader() -> None:
    """The same object is read in English and in Italian, numbers and all."""
    full = Hindrance(Kind.STORAGE_FULL, ("places.csv:2",), {"place": "HUB", "storage_t": 1234.5})
    assert full.sentence == "HUB stores no more than 1,234 t"
    with speaking("it"):
        assert full.sentence != "HUB stores no more than 1,234 t"
        assert "1.234" in full.sentence


def test_facts_are_fields_of_the_row_and_nothing_of_the_engine() -> None:
    """A row on its way through the engine carries numbers of its own: none is handed out, nor is what is empty."""
    need = {"need": "N1", "place": "HUB", "item": "tent", "quantity": 5.0, "required_by": 9, "priority": 1}
    made = case(places=[{"place": "HUB", "party": "UA"}], needs=[need])
    row = made["needs"].with_row_index("number").row(0, named=True) | {"missing": 3.0, "unit_days": 9.0}
    found = hindrance_of(made, Relief(Kind.OTHERS_FIRST, (row["row"],), row, np.zeros(0, np.int64)))
    assert found.rows == ("needs.csv:2",)
    assert set(found.facts) >= {"need", "place", "item", "quantity", "required_by", "priority"}
    assert not {"number", "row", "missing", "unit_days", "every"} & set(found.facts)
