"""The checker reckons anew how far a plan departs from a previous one."""

from __future__ import annotations

import datetime as dt

import polars as pl
from tests.cases import read_words

from scorta.case import Horizon, Previous
from scorta.tables import PLAN_TABLES
from scorta.verify.previous import changes_of

MONDAY = dt.date(2024, 1, 1)
WEEKS = Horizon.build(MONDAY, (("week", 3),))


def tables(**words: str) -> dict[str, pl.DataFrame]:
    """Return the tables of a plan from words."""
    return {name: read_words(table, words.get(name, "")) for name, table in PLAN_TABLES.items()}


def shipments(*rows: str) -> dict[str, pl.DataFrame]:
    """Return a plan that only ships rice: `leg bucket first last quantity`."""
    return tables(shipments="leg bucket leaves_from leaves_until quantity\n" + "\n".join(rows))


def rows(after: dict[str, pl.DataFrame], before: dict[str, pl.DataFrame], freeze: int = 0) -> list[tuple[object, ...]]:
    """Return what the checker lays side by side: what, bucket, before, after, frozen."""
    found = changes_of(WEEKS, after, Previous(before, freeze))
    return sorted(found.select("one", "bucket", "before", "after", "frozen").rows())


def test_plans_stand_side_by_side() -> None:
    """What both decide stands in one row, what one decides has nothing beside it; 7 days freeze a week."""
    after = shipments("L 0 2024-01-01 2024-01-07 4", "M 1 2024-01-08 2024-01-14 2")
    before = shipments("L 0 2024-01-01 2024-01-07 1", "L 0 2024-01-01 2024-01-03 2")
    assert rows(after, before, 7) == [("L", 0, 3.0, 4.0, True), ("M", 1, 0.0, 2.0, False)]


def test_the_previous_plan_is_spread_by_days() -> None:
    """12 over the 12 days from December 27th, of which 5 are past: 7 in week 0; an edge parts the others."""
    before = shipments("L 9 2023-12-27 2024-01-07 12", "M 9 2024-01-06 2024-01-09 4", "N 9 2024-01-20 2024-01-23 8")
    expected = [("L", 0, 7.0), ("M", 0, 2.0), ("M", 1, 2.0), ("N", 2, 4.0)]
    assert rows(tables(), before) == [(*row, 0.0, False) for row in expected]


def test_each_kind_is_a_kind_of_its_own() -> None:
    """Agreed, made, put together, issued and built: none is mistaken for another; an ask is not agreed."""
    one = tables(
        handovers="agreement basis bucket leaves_from leaves_until quantity\nX pledge 0 2024-01-01 2024-01-07 1\n"
        "X contract 0 2024-01-01 2024-01-07 1\n- ask 0 2024-01-01 2024-01-07 1",
        production="process bucket starts_from starts_until started\nX 0 2024-01-01 2024-01-07 1",
        kits="place item bucket date quantity\nX box 0 2024-01-07 1",
        issues="need item bucket issued_from issued_until quantity\nX rice 0 2024-01-01 2024-01-07 1",
        expansions="expansion bucket decided_on count\nX 0 2024-01-01 1",
    )
    found = changes_of(WEEKS, one, Previous(tables()))
    assert sorted(found["kind"]) == ["expansions", "handovers", "handovers", "issues", "kits", "production"]
    again = changes_of(WEEKS, one, Previous(one))
    assert again.filter(pl.col("before") != pl.col("after")).is_empty()
    assert len(again) == len(found)
