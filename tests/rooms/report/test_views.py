"""What is replaced, and the years to objective, as pages."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

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
    for name in ("replace", "objectives", "years"):
        assert "not back" in set_page(show_view(below, name)), name
    assert "not above" in set_page(show_view(below, "objectives"))
    assert "No level falls below its floor." in set_page(show_view(held, "objectives"))


def test_years_to_objective(held: Plan) -> None:
    """10 units are to be gained: 70 less the 60 that are left; 15 come in three weeks."""
    (row,) = list_rows(held, "years")
    assert row["short"] == 10.0
    assert row["years_today"] == row["years_planned"] == pytest.approx(10 / 15 * 21 / 365.25)
    assert len(show_view(held, "years").blocks) == 1
    assert "EUR more a year" not in set_page(show_view(held, "years"))


def test_money_to_be_there_by_a_day(held: Plan) -> None:
    """10 generators at 21,000 EUR are short a fortnight after the first day; without a price the page says so."""
    by = date(2022, 10, 30)
    (row,) = list_rows(held, "years", by=by)
    assert row["extra_eur_per_year"] == pytest.approx(10 * 21000 / (13 / 365.25))
    assert "EUR more a year" in set_page(show_view(held, "years", by=by))
    aims = held["objectives"].with_columns(unit_price_eur=pl.lit(None, pl.Float64), price_basis=pl.lit(None, pl.String))
    unpriced = replace(held, tables={**held.tables, "objectives": aims})
    assert set_page(show_view(unpriced, "years", by=by)).count("no price") == 2


def test_never_is_said_where_a_rate_adds_nothing(held: Plan) -> None:
    """Without the 15 nothing is gained: never, at either rate."""
    rows = held["holdings"].with_columns(comes_in=0.0, level=60.0)
    aims = held["objectives"].with_columns(back_on=pl.lit(None, pl.Date))
    idle = replace(held, tables={**held.tables, "holdings": rows, "objectives": aims})
    assert set_page(show_view(idle, "years")).count("never") == 2
