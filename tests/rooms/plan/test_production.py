"""What is started and made, what kits are put together, and what stands in for components."""

from __future__ import annotations

import datetime as dt

from tests.rooms.plan.conftest import cells, planned

ITEMS = "item kind | rice item | wheat item | box kit"
NEED = "need place item quantity required_by priority"


def test_what_is_started_comes_after_its_lead_time() -> None:
    """Ten started at a yield of 0.8 make 8, a week later, at 3 EUR each."""
    plan = planned(
        "week 2",
        items=ITEMS,
        processes="process place item lead_time_days yield unit_cost_eur | MILL P rice 7 0.8 3",
        needs=f"{NEED} | N1 P rice 8 2024-01-14 1",
    )
    columns = ("process", "starts_from", "arrives_from", "started", "made", "cost_eur")
    assert cells(plan, "production", *columns) == [("MILL", dt.date(2024, 1, 1), dt.date(2024, 1, 8), 10, 8, 30)]


def test_kits_are_listed_apart_from_processes() -> None:
    """Three boxes of 2 rice are put together at P; no process runs."""
    plan = planned(
        "week 1",
        items=ITEMS,
        stocks="place item quantity | P rice 6",
        kits="item component quantity | box rice 2",
        needs=f"{NEED} | N1 P box 3 2024-01-07 1",
    )
    assert cells(plan, "kits", "place", "item", "quantity") == [("P", "box", 3)]
    assert plan["production"].is_empty()


def test_a_dated_lot_stands_in_for_its_own_goods() -> None:
    """Four wheat until 10 January go into the mill: a unit of the lot meets a unit of the component."""
    plan = planned(
        "week 1",
        items=ITEMS,
        stocks="place item quantity expires_on | P wheat 4 2024-01-10",
        processes="process place item lead_time_days | MILL P rice 0",
        components="process item quantity | MILL wheat 1",
        needs=f"{NEED} | N1 P rice 4 2024-01-07 1",
    )
    columns = ("component", "item", "expires_on", "quantity", "meets")
    assert cells(plan, "component_use", *columns) == [("wheat", "wheat", dt.date(2024, 1, 10), 4, 4)]
