"""The tables of processes, of what goes in and comes out, and of what is made."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong

HEADS = "process place item lead_time_days yield minimum_lot"


def test_all_that_is_started_arrives_unless_it_is_said() -> None:
    """An empty yield is 1, and any part of a unit can be started."""
    (row,) = read("processes", f"{HEADS} | SEW PLANT tent 5 - -").to_dicts()
    assert (row["yield"], row["whole"], row["line"]) == (1, False, None)


@pytest.mark.parametrize(
    ("table", "words", "error"),
    [
        ("processes", f"{HEADS} | SEW PLANT tent -5 - -", ("below-minimum", "lead_time_days")),
        ("processes", f"{HEADS} | SEW PLANT tent 5 - - | SEW PLANT cot 5 - -", ("duplicate-key", "process")),
        ("components", "process item quantity | SEW stove - ", ("empty-cell", "quantity")),
        ("components", "process item quantity | SEW stove 1 | SEW stove 2", ("duplicate-key", "process")),
        ("coproducts", "process item quantity | KNIT cot 1", ("unknown-reference", "process")),
    ],
)
def test_what_cannot_be_meant_is_told(table: str, words: str, error: tuple[str, str]) -> None:
    """Nothing arrives before it is started; a bill of materials says of each component how much."""
    assert error in wrong(table, words)


def test_a_bill_of_materials_may_change() -> None:
    """Rows of one component follow one another in time."""
    rows = "SEW stove 1 2022-10-17 2022-10-30 | SEW stove 2 2022-10-31 -"
    found = read("components", f"process item quantity from_date until_date | {rows}")
    assert found["quantity"].to_list() == [1, 2]


def test_what_is_made_is_what_is_started_times_the_yield(winter: Planned) -> None:
    """It costs what its process says, and arrives the lead time later, in whole days."""
    processes = winter.case["processes"].select(
        "process",
        "yield",
        pl.col("unit_cost_eur").fill_null(0.0),
        pl.duration(days=pl.col("lead_time_days").floor()).alias("lead"),
    )
    rows = winter.plan["production"].join(processes, on="process")
    assert rows.height > 20
    assert rows["made"].to_list() == pytest.approx((rows["started"] * rows["yield"]).to_list())
    assert rows["cost_eur"].to_list() == pytest.approx((rows["started"] * rows["unit_cost_eur"]).to_list())
    assert (rows["starts_from"] + rows["lead"]).equals(rows["arrives_from"], check_names=False)


def test_substitutes_stand_in_by_their_factor(winter: Planned) -> None:
    """What is taken in place of a component meets quantity x factor of it; the component itself meets itself."""
    factors = winter.case["substitutes"].select(component="item", item="substitute", factor="factor")
    rows = winter.plan["component_use"].join(factors, on=["component", "item"], how="left")
    assert not rows.is_empty()
    met = rows["quantity"] * rows["factor"].fill_null(1.0)
    assert rows["meets"].to_list() == pytest.approx(met.to_list())
