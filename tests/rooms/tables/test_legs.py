"""The tables of legs, of shipments and of leg use."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong

from scorta.tables import CASE_TABLES

HEADS = "leg origin destination mode transit_days"


def test_a_leg_carries_without_limit_and_for_nothing_unless_it_is_said() -> None:
    """An empty capacity is no limit; empty costs are 0."""
    (row,) = read("legs", f"{HEADS} | ROAD DEPOT HUB road 0.5 | FROM-PLANT PLANT DEPOT road 3").head(1).to_dicts()
    assert (row["transit_days"], row["capacity_t_per_month"], row["open_from"]) == (0.5, None, None)
    legs = CASE_TABLES["legs"]
    names = ("cost_eur_per_t", "fixed_cost_eur", "capacity_t_per_month")
    assert [legs[name].empty for name in names] == ["0", "0", ""]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("ROAD DEPOT HUB ship 3", ("unknown-choice", "mode")),
        ("ROAD DEPOT HUB road -1", ("below-minimum", "transit_days")),
        ("ROAD DEPOT NOWHERE road 3", ("unknown-reference", "destination")),
        ("ROAD DEPOT HUB road 3 | ROAD HUB DEPOT road 3", ("duplicate-key", "leg")),
    ],
)
def test_what_cannot_be_meant_is_told(row: str, error: tuple[str, str]) -> None:
    """No other mode, no travel back in time, no place that is not there, no two legs of one code."""
    assert error in wrong("legs", f"{HEADS} | {row}")


def test_shipments_weigh_cost_and_arrive_as_their_leg_says(winter: Planned) -> None:
    """mass_t x cost_eur_per_t, and the transit in whole days later."""
    legs = winter.case["legs"].select(
        "leg", pl.col("cost_eur_per_t").fill_null(0.0), pl.duration(days=pl.col("transit_days").floor()).alias("travel")
    )
    items = winter.case["items"].select("item", "mass_kg")
    rows = winter.plan["shipments"].join(legs, on="leg").join(items, on="item")
    assert rows.height == winter.plan["shipments"].height > 100
    weighed = rows.filter(pl.col("mass_kg").is_not_null())
    assert weighed["mass_t"].to_list() == pytest.approx((weighed["quantity"] * weighed["mass_kg"] / 1000).to_list())
    cost = (weighed["mass_t"] * weighed["cost_eur_per_t"]).to_list()
    assert weighed["cost_eur"].to_list() == pytest.approx(cost)
    assert (rows["leaves_from"] + rows["travel"]).equals(rows["arrives_from"], check_names=False)


def test_a_used_leg_carries_what_its_shipments_weigh(winter: Planned) -> None:
    """Of each leg with a fixed cost, in each bucket in which it is used."""
    use = winter.plan["leg_use"]
    assert not use.is_empty()
    carried = winter.plan["shipments"].group_by("leg", "bucket").agg(pl.col("mass_t").sum().alias("carried"))
    rows = use.join(carried, on=["leg", "bucket"])
    assert rows.height == use.height
    assert rows["mass_t"].to_list() == pytest.approx(rows["carried"].to_list())
