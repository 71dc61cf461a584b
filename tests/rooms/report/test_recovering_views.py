"""What is replaced, as a page."""

from dataclasses import replace

import polars as pl

from scorta.plan import Plan
from scorta.report import list_rows, set_page, show_view


def test_what_is_replaced(held: Plan) -> None:
    """The dip and the way back on one table, the orders from industry on another; a floor never crossed is no date."""
    page = show_view(held, "replace")
    text = set_page(page)
    assert len(page.blocks) == 2
    assert "Replacement orders" in text
    assert "ACME" in text
    assert "2022-11-06" in text
    assert "Above floor" not in text
    (row,) = list_rows(held, "replace")
    assert (row["given"], row["lowest"], row["ordered"], row["suppliers"]) == (40.0, 60.0, 15.0, "ACME")
    assert (row["floor_back"], row["objective_back"]) == (None, "2022-11-06")


def test_what_is_not_back_says_so(held: Plan) -> None:
    """A level that stays below has no date, and the page does not leave the reader to guess."""
    aims = held["objectives"].with_columns(back_on=pl.lit(None, pl.Date), below_floor_since="below_since")
    below = replace(held, tables={**held.tables, "objectives": aims})
    for name in ("replace", "objectives"):
        assert "not back" in set_page(show_view(below, name)), name
    assert "not above" in set_page(show_view(below, "objectives"))
    assert "No level falls below its floor." in set_page(show_view(held, "objectives"))
