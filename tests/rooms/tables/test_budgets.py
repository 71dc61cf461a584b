"""The tables of budgets and of spend."""

from __future__ import annotations

import polars as pl
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong


def test_funds_of_a_year_add_up_and_each_stands_once() -> None:
    """Two funds of one year are two rows; the same fund of the same year is said twice, and stops the case."""
    funds = "party year amount_eur fund | PL 2022 5 ARMY | PL 2022 7 AID"
    assert read("budgets", funds)["amount_eur"].sum() == 12
    assert wrong("budgets", f"{funds} | PL 2022 8 AID") == [("duplicate-key", "party")]


def test_a_year_is_one_of_the_calendar() -> None:
    """A year before 1900 is a slip of the pen, and so is less than no money."""
    assert wrong("budgets", "party year amount_eur | PL 1066 5") == [("below-minimum", "year")]
    assert wrong("budgets", "party year amount_eur | PL 2022 -5") == [("below-minimum", "amount_eur")]


def test_nobody_spends_more_than_its_budgets(winter: Planned) -> None:
    """Of all kinds but holding, which is charged to no budget."""
    budgets = winter.case["budgets"].group_by("party", "year").agg(pl.col("amount_eur").sum().alias("most"))
    spent = winter.plan["spend"].filter(pl.col("kind") != "holding").group_by("party", "year").agg(pl.sum("amount_eur"))
    rows = spent.join(budgets, on=["party", "year"])
    assert not rows.is_empty()
    assert rows.filter(pl.col("amount_eur") > pl.col("most") * (1 + 1e-6)).is_empty()
