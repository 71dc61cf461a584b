"""What a previous plan decided, over the buckets of the new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl
from tests.cases import make_case

from scorta.case import TYPES, Previous
from scorta.network import KINDS, NOTHING, Decided, Pairs, build_network, subject_of
from scorta.tables import PLAN_TABLES

CASE = make_case("week 2", legs="leg origin destination mode transit_days | L P Q road 1")


def decided(freeze: int = 0, **tables: list[dict[str, Any]]) -> Decided:
    """Return what a plan of these rows decided."""
    frames = {
        name: pl.DataFrame(tables.get(name, []), schema={field.name: TYPES[field.type] for field in table})
        for name, table in PLAN_TABLES.items()
    }
    return build_network(CASE, Previous(frames, freeze)).decided


def shipment(leg: str, first: dt.date, last: dt.date, condition: str = "serviceable") -> dict[str, Any]:
    """Return a shipment of 10 rice that leaves evenly over some days."""
    return {
        "leg": leg, "item": "rice", "condition": condition, "leaves_from": first, "leaves_until": last, "quantity": 10.0
    }  # fmt: skip


def test_quantities_are_spread_over_days() -> None:
    """Ten over 10 days, from 4 to 13 January: four of them lie in week 0 and six in week 1."""
    found = decided(shipments=[shipment("L", dt.date(2024, 1, 4), dt.date(2024, 1, 13))])
    assert (found.bucket.tolist(), found.quantity.tolist()) == ([0, 1], [4, 6])
    assert [KINDS[kind] for kind in found.kind] == ["ship", "ship"]


def test_what_lies_outside_the_plan_is_left_out() -> None:
    """Of ten over ten days from 30 December on two days lie before the plan; what ended before it is gone."""
    rows = [
        shipment("L", dt.date(2023, 12, 30), dt.date(2024, 1, 8)),
        shipment("L", dt.date(2023, 12, 1), dt.date(2023, 12, 9)),
    ]
    assert decided(shipments=rows).quantity.tolist() == [7, 1]


def test_a_leg_that_is_no_more() -> None:
    """What was decided about a leg that the case lost is about nothing, and is kept as that."""
    day = dt.date(2024, 1, 4)
    assert decided(shipments=[shipment("X", day, day)]).subject.tolist() == [NOTHING]


def test_frozen_buckets() -> None:
    """Ten frozen days hold one whole week."""
    assert decided(freeze=10).frozen == 1


def test_subjects_tell_what_waits_for_repair_apart() -> None:
    """The same item over the same leg is another subject where it waits for repair; so are other items and legs."""
    leg, item, waits = (side.reshape(-1) for side in np.meshgrid(*(np.arange(size) for size in (3, 4, 2))))
    goods = subject_of(Pairs(3, 4), leg, item)
    assert len(np.unique(subject_of(Pairs(12, 2), goods, waits))) == 24
    assert (
        subject_of(Pairs(12, 2), subject_of(Pairs(3, 4), np.array([1]), np.array([NOTHING])), np.array([0])) == NOTHING
    )
