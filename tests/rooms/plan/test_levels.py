"""Years to objective, the money to be quicker, and what is ordered anew, from tables written out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from tests.rooms.plan.conftest import make_record

from scorta.case import TYPES
from scorta.errors import InputError
from scorta.plan import Plan, hastened, recoveries, replaced, replacement_orders
from scorta.tables import PLAN_TABLES

QUARTERS = [dt.date(year, month, day) for year in (2024, 2025) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))]
"""The last days of the eight quarters from 1 January 2024: 366 days, then 365."""

YEARS_TO_END = (dt.date(2025, 12, 31) - dt.date(2024, 1, 1)).days / 365.25


def plan_of(
    net: list[float],
    held: float = 100.0,
    given: float = 40.0,
    objective: float | None = 100.0,
    price: float | None = 5.0,
    is_below: bool = True,
) -> Plan:
    """Make a plan in which PL gives so many in the first quarter, and each quarter adds so much besides."""
    gifts = [given] + [0.0] * (len(net) - 1)
    levels = [held + sum(net[: k + 1]) - given for k in range(len(net))]
    below = [date for date, level in zip(QUARTERS, levels, strict=False) if objective and level < objective]
    after = [date for date in QUARTERS[: len(net)] if below and date > below[-1]]
    holdings = [
        {
            "party": "PL", "item": "gen", "bucket": k, "date": QUARTERS[k], "level": levels[k], "in_transit": 0.0,
            "comes_in": max(net[k], 0.0), "goes_out": max(-net[k], 0.0) + gifts[k], "given": gifts[k],
        }
        for k in range(len(net))
    ]  # fmt: skip
    aims = {
        "party": "PL", "item": "gen", "held": held, "given": given, "level": levels[-1], "objective": objective,
        "below_since": below[0] if below and is_below else None, "back_on": after[0] if after else None,
        "unit_price_eur": price, "price_basis": "value" if price is not None else None,
    }  # fmt: skip
    tables = {"holdings": holdings, "objectives": [aims]}
    frames = {
        name: pl.DataFrame(tables.get(name, []), schema={field.name: TYPES[field.type] for field in table})
        for name, table in PLAN_TABLES.items()
    }
    return Plan(frames, replace(make_record("by hand"), as_of=dt.date(2024, 1, 1)))


def test_years_at_the_rate_of_today_and_as_planned() -> None:
    """40 given have to be gained: 10 a year now (366 days), 20 a year in the second year (365 days)."""
    (row,) = recoveries(plan_of([2.5] * 4 + [5.0] * 4)).to_dicts()
    assert row["short"] == 40.0
    assert row["rate_today"] == pytest.approx(10 / 366 * 365.25)
    assert row["rate_planned"] == pytest.approx(20 / 365 * 365.25)
    assert row["years_today"] == pytest.approx(4 / 365.25 * 366)
    assert row["years_planned"] == pytest.approx(2 / 365.25 * 365)
    assert row["back_on"] is None


def test_the_planned_rate_is_that_of_the_year_before_it_is_back() -> None:
    """40 come in the fifth quarter, and nothing after: the planned rate is that of the year that ends then."""
    (row,) = recoveries(plan_of([0.0] * 4 + [40.0, 0.0, 0.0, 0.0])).to_dicts()
    assert row["back_on"] == dt.date(2025, 3, 31)
    assert row["rate_today"] == 0.0
    assert row["years_today"] is None
    assert row["rate_planned"] == pytest.approx(40.0 / 365 * 365.25)
    assert row["years_planned"] == pytest.approx(1.0, rel=1e-3)


def test_what_leaves_otherwise_counts_against_the_rate() -> None:
    """1 more goes out than comes in each quarter: at that rate never. Gifts are no rate: they have to be gained."""
    (row,) = recoveries(plan_of([-1.0] * 8)).to_dicts()
    assert row["rate_today"] == pytest.approx(-4 / 366 * 365.25)
    assert (row["years_today"], row["years_planned"], row["short"]) == (None, None, 40.0)


def test_a_plan_of_less_than_a_year_has_one_rate() -> None:
    """Two quarters of 2.5 are 5 in 182 days, now and as planned."""
    (row,) = recoveries(plan_of([2.5] * 2)).to_dicts()
    assert row["rate_today"] == row["rate_planned"] == pytest.approx(5 / 182 * 365.25)


def test_nothing_to_gain_takes_no_time() -> None:
    """What starts above an objective that it later falls below has nothing to gain, whatever the rate."""
    (row,) = recoveries(plan_of([-30.0, 0.0], held=120.0, given=0.0)).to_dicts()
    assert (row["short"], row["years_today"]) == (0.0, 0.0)


@pytest.mark.parametrize(("objective", "is_below"), [(None, True), (100.0, False)])
def test_only_what_is_below_an_objective_that_stands_is_listed(objective: float | None, is_below: bool) -> None:
    """No row for what was never below, nor where there is no objective at the end."""
    plan = plan_of([2.5] * 8, objective=objective, is_below=is_below)
    assert recoveries(plan).is_empty()
    assert hastened(plan, dt.date(2025, 1, 1)).is_empty()


@pytest.mark.parametrize(
    ("by", "short"),
    [
        (dt.date(2024, 1, 2), 37.5),
        (dt.date(2024, 3, 31), 37.5),
        (dt.date(2024, 4, 1), 35.0),
        (dt.date(2025, 12, 31), 10.0),
        (dt.date(2026, 3, 1), 10.0 - 20 / 365 * 60),
        (dt.date(2027, 1, 1), 0.0),
    ],
)
def test_units_short_by_a_day(by: dt.date, short: float) -> None:
    """Within the plan the level at the end of the day's bucket counts, after it the planned rate goes on."""
    (row,) = hastened(plan_of([2.5] * 4 + [5.0] * 4), by).to_dicts()
    assert row["short_by"] == pytest.approx(short)
    years = (by - dt.date(2024, 1, 1)).days / 365.25
    assert row["extra_eur_per_year"] == pytest.approx(short * 5.0 / years)
    assert row["by"] == by


def test_money_for_ten_units() -> None:
    """10 are short at the end of two years; at 5 EUR each that is 25 EUR a year more."""
    (row,) = hastened(plan_of([2.5] * 4 + [5.0] * 4), dt.date(2025, 12, 31)).to_dicts()
    assert row["extra_eur_per_year"] == pytest.approx(50 / YEARS_TO_END)
    assert row["extra_eur_per_year"] == pytest.approx(25, rel=2e-3)


def test_a_level_does_not_fall_below_nothing() -> None:
    """Where the planned rate would empty the stock after the plan, all of the objective is short."""
    (row,) = hastened(plan_of([-7.0] * 8), dt.date(2030, 1, 1)).to_dicts()
    assert row["short_by"] == 100.0


def test_without_a_price_there_is_no_money() -> None:
    """An item without a price has no figure, unless nothing is short: that costs nothing."""
    plan = plan_of([2.5] * 4 + [5.0] * 4, price=None)
    assert hastened(plan, dt.date(2025, 12, 31))["extra_eur_per_year"].to_list() == [None]
    assert hastened(plan, dt.date(2027, 1, 1))["extra_eur_per_year"].to_list() == [0.0]


def test_a_day_before_the_plan_is_refused() -> None:
    """The first day of the plan is no day by which anything could be bought; the day after is."""
    plan = plan_of([2.5] * 8)
    with pytest.raises(InputError, match="does not come after the first day"):
        hastened(plan, dt.date(2024, 1, 1))
    assert hastened(plan, dt.date(2024, 1, 2)).height == 1


OBJECTIVES = [
    {"party": "PL", "item": "gen", "held": 100.0, "given": 40.0},
    {"party": "PL", "item": "tent", "held": 9.0, "given": 0.0},
    {"party": "DE", "item": "gen", "held": 10.0, "given": 5.0},
]
ORDERS = [("ACME", "PL", "gen", 4.0, 1), ("ACME", "PL", "gen", 6.0, 3), ("BOLT", "PL", "gen", 2.0, 2)]
OTHERS = [("ACME", "UA", "gen", 50.0, 1), ("ACME", "PL", "tent", 7.0, 1)]
"""Orders of one who gives nothing, and of what is not given."""


def giving_plan() -> Plan:
    """Return a plan in which PL gives and orders, and DE gives and orders nothing."""
    orders = [
        {
            "supplier": supplier, "buyer": buyer, "item": item, "quantity": quantity,
            "decide_by": dt.date(2024, month, 1), "delivered_from": dt.date(2024, month, 10),
            "delivered_until": dt.date(2024, month, 20),
        }
        for supplier, buyer, item, quantity, month in ORDERS + OTHERS
    ]  # fmt: skip
    holdings = [{"party": "PL", "item": "gen", "bucket": k, "comes_in": 7.0} for k in range(3)]
    tables = {"objectives": OBJECTIVES, "orders": orders, "holdings": holdings}
    frames = {
        name: pl.DataFrame(tables.get(name, []), schema={field.name: TYPES[field.type] for field in table})
        for name, table in PLAN_TABLES.items()
    }
    return Plan(frames, make_record("by hand"))


def test_what_is_ordered_in_place_of_what_is_given() -> None:
    """12 from two suppliers, from the first day of the first delivery to the last of the last; 21 come in, in all."""
    de, pl_ = sorted(replaced(giving_plan()).to_dicts(), key=lambda row: row["party"])
    assert (pl_["ordered"], pl_["suppliers"], pl_["comes_in"]) == (12.0, "ACME, BOLT", 21.0)
    assert (pl_["first_delivery"], pl_["last_delivery"]) == (dt.date(2024, 1, 10), dt.date(2024, 3, 20))
    assert (de["ordered"], de["suppliers"], de["first_delivery"], de["comes_in"]) == (0.0, None, None, 0.0)


def test_orders_stand_by_supplier() -> None:
    """Only those of what the buyer gives away, each supplier in one row."""
    rows = replacement_orders(giving_plan()).sort("supplier")
    assert rows.select("party", "item", "supplier", "quantity").rows() == [
        ("PL", "gen", "ACME", 10.0),
        ("PL", "gen", "BOLT", 2.0),
    ]
    assert rows["decide_by"].to_list() == [dt.date(2024, 1, 1), dt.date(2024, 2, 1)]
