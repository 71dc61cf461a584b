"""A small case and a plan of it, written out by hand, so that a page can be checked by eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from scorta.case import TYPES, Case, Scenario
from scorta.plan import Options, Plan, Record, Size, TierValue
from scorta.tables import PLAN_TABLES


def table_of(name: str, *rows: dict[str, object]) -> pl.DataFrame:
    """Return a table of a plan with the fields given, the others empty."""
    types = {field.name: TYPES[field.type] for field in PLAN_TABLES[name]}
    return pl.DataFrame([{field: row.get(field) for field in types} for row in rows], schema=types)


def need_row(need: str, asked: float, on_time: float, late: float, **more: object) -> dict[str, object]:
    """Return a row of the fulfilment table."""
    unmet = asked - on_time - late
    given = {"need": need, "asked": asked, "on_time": on_time, "late": late, "unmet": unmet}
    usual = {"priority": 1, "place": "HUB", "item": "generator", "required_by": date(2022, 12, 4)}
    return usual | given | {"unit_days_late": 7.0 * late} | more


def with_needs(plan: Plan, needs: pl.DataFrame) -> Plan:
    """Return the plan with another fulfilment table."""
    return replace(plan, tables={**plan.tables, "fulfilment": needs})


@pytest.fixture(scope="session")
def case() -> Case:
    """Two places, two items, five needs of which one is a draft, and pledges on three steps of the ladder."""
    scenario = Scenario("A small winter", date(2022, 10, 17), (("week", 8),))
    needs = {"need": ["N1", "N2", "N3", "N4", "N5"], "state": ["open"] * 4 + ["draft"]}
    pledges = {
        "pledge": ["P1", "P2", "P3", "P4"],
        "state": ["committed", "announced", "announced", "withdrawn"],
        "quantity": [60.0, None, None, 5.0],
        "quantity_state": ["known", "undisclosed", "value_only", "known"],
        "value_eur": [None, None, 2_500_000.0, None],
    }
    tables = {
        "parties": pl.DataFrame({"party": ["UA", "PL"]}),
        "places": pl.DataFrame({"place": ["HUB", "DEPOT"], "name": ["Rzeszów", None]}),
        "items": pl.DataFrame({"item": ["generator", "heater"], "name": ["Generator, 100 kVA", None]}),
        "needs": pl.DataFrame(needs),
        "pledges": pl.DataFrame(pledges),
    }
    return Case.build(scenario, tables)


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The plan of that case: one need met, one late, two short."""
    fulfilment = table_of(
        "fulfilment",
        need_row("N1", 120.0, 70.0, 50.0, last_delivery=date(2022, 12, 11)),
        need_row(
            "N2", 40.0, 40.0, 0.0, item="heater", required_by=date(2022, 11, 20), last_delivery=date(2022, 11, 13)
        ),
        need_row("N3", 1000.0, 250.0, 0.0, item="heater", priority=2, place="DEPOT"),
        need_row("N4", 8.0, 0.0, 0.0, priority=3),
    )
    shipments = table_of(
        "shipments",
        {
            "leg": "DEPOT-HUB",
            "origin": "DEPOT",
            "destination": "HUB",
            "item": "generator",
            "bucket": 4,
            "leaves_from": date(2022, 11, 14),
            "leaves_until": date(2022, 11, 20),
            "arrives_from": date(2022, 11, 28),
            "arrives_until": date(2022, 12, 4),
            "quantity": 1234.5678,
            "mass_t": 0.001,
        },
    )
    stock = table_of(
        "stock_levels",
        {"place": "HUB", "item": "heater", "bucket": 1, "date": date(2022, 10, 30), "quantity": 4.0, "expired": 0.0},
        {"place": "DEPOT", "item": "heater", "bucket": 0, "date": date(2022, 10, 23), "quantity": 5.0, "expired": 0.0},
    )
    made = {"fulfilment": fulfilment, "shipments": shipments, "stock_levels": stock}
    return Plan({name: made.get(name, table_of(name)) for name in PLAN_TABLES}, record())


WEEKS = [date(2022, 10, 23), date(2022, 10, 30), date(2022, 11, 6)]
"""The last days of the three weeks of the stock of PL."""


@pytest.fixture
def held(plan: Plan) -> Plan:
    """PL gives 40 of 100 generators, gains 15 in the last of three weeks, and should hold 70; UA uses what it gets."""
    levels = [(60.0, 0.0, 40.0, 40.0), (60.0, 0.0, 0.0, 0.0), (75.0, 15.0, 0.0, 0.0)]
    holdings = [
        {
            "party": "PL", "item": "generator", "bucket": k, "date": WEEKS[k], "level": level, "in_transit": 0.0,
            "comes_in": comes, "goes_out": goes, "given": given, "floor": 50.0, "objective": 70.0,
        }
        for k, (level, comes, goes, given) in enumerate(levels)
    ]  # fmt: skip
    ua = {"party": "UA", "item": "heater", "bucket": 0, "date": WEEKS[0], "level": 0.0, "in_transit": 0.0,
          "comes_in": 4.0, "goes_out": 4.0, "given": 0.0}  # fmt: skip
    aims = {
        "party": "PL", "item": "generator", "held": 100.0, "given": 40.0, "draw_down": 0.4, "level": 75.0,
        "lowest": 60.0, "lowest_on": WEEKS[0], "floor": 50.0, "objective": 70.0, "below_since": WEEKS[0],
        "back_on": WEEKS[2], "unit_price_eur": 21000.0, "price_basis": "value",
    }  # fmt: skip
    order = {
        "supplier": "ACME", "buyer": "PL", "item": "generator", "quantity": 15.0, "decide_by": date(2022, 9, 1),
        "delivered_from": date(2022, 10, 31), "delivered_until": date(2022, 11, 6),
    }  # fmt: skip
    tables = {
        "holdings": table_of("holdings", *holdings, ua),
        "objectives": table_of("objectives", aims),
        "orders": table_of("orders", order),
    }
    return replace(plan, tables={**plan.tables, **tables})


def record(**changes: object) -> Record:
    """Return the record of a run."""
    tiers = (
        TierValue("floors", 0.0, 0.0, 0.0, 0.1),
        TierValue("needs 1 unmet", 50.0, 49.99, 0.0002, 0.2),
        TierValue("cost", 12345.678, None, None, 0.3),
    )
    usual: dict[str, object] = {
        "title": "A small winter",
        "as_of": date(2022, 10, 17),
        "case_hash": "ab" * 32,
        "versions": {"scorta": "0.1.0"},
        "options": Options(seconds=600.0),
        "seed": 0,
        "tiers": tiers,
        "claimed_gap": 0.0,
        "certified_gap": 0.0002,
        "unsolved": (),
        "size": Size(columns=10, rows=8, entries=30),
        "seconds": 0.6,
    }
    return Record(**(usual | changes))  # type: ignore[arg-type]
