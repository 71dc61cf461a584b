"""The tables of production lines, of their expansions, and of how a plan uses them."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong

from scorta.tables import CASE_TABLES


def test_several_rows_of_a_line_are_no_slip() -> None:
    """Hours of one line may stand on as many rows as there are; a minimum that is not said is none."""
    found = read("lines", "line place capacity_per_month minimum_per_month | LINE PLANT 120 - | LINE PLANT 60 4")
    assert found["capacity_per_month"].to_list() == [120, 60]
    assert [CASE_TABLES["lines"][name].empty for name in ("minimum_per_month", "maximum_per_month")] == ["0", ""]


@pytest.mark.parametrize(
    ("table", "words", "error"),
    [
        ("lines", "line place capacity_per_month | LINE PLANT -1", ("below-minimum", "capacity_per_month")),
        ("loads", "process line line_hours_per_unit | SEW OTHER 2", ("unknown-reference", "line")),
        ("expansions", "expansion line adds_per_month lead_time_days cost_eur maximum_count | X LINE 9 30 5 1.5",
         ("not-whole", "maximum_count")),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(table: str, words: str, error: tuple[str, str]) -> None:
    """A line runs no less than never, is there, and grows a whole number of times."""
    assert error in wrong(table, words)


def test_no_line_works_longer_than_its_hours(winter: Planned) -> None:
    """What starts use is within what its rows give and expansions add; what they add is paid for."""
    load = winter.plan["line_load"]
    assert load.height > 100
    most = pl.col("capacity_hours") + pl.col("expansion_hours")
    assert load.filter(pl.col("used_hours") > most + 1e-4).is_empty()
    built = winter.plan["expansions"].join(winter.case["expansions"], on="expansion", suffix="_of_one")
    assert not built.is_empty()
    for name in ("adds_per_month", "cost_eur"):
        assert built[name].to_list() == pytest.approx((built["count"] * built[f"{name}_of_one"]).to_list())
