"""The books of the checker: the tables of a plan, each row beside the facts of the case it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from scorta.case import Case, Horizon
from scorta.tables import PLAN_TABLES
from scorta.verify.agreeing import lay_contracts
from scorta.verify.arriving import lay_arrivals
from scorta.verify.departing import lay_departures
from scorta.verify.form import tidy
from scorta.verify.instead import lay_instead
from scorta.verify.occurrences import lay_occurrences
from scorta.verify.spans import bucket_of, lay_calendar, to_day
from scorta.verify.using import lay_use

SPOT = ("place", "item", "condition", "reserved_for", "expires_on")
"""What stock is kept by: the place, the item, its condition, and the lot."""

CELL = (*SPOT, "bucket")
"""A spot in a bucket."""


@dataclass(frozen=True, slots=True)
class Books:
    """A case and a plan of it, side by side.

    `calendar` has a row for each bucket, `places` for each place with its owner and the kind of the owner,
    `arrivals` for each part of a shipment that arrives in a bucket, `uses` for each component of a start or of a kit
    put together, `occurrences` for each time a need is asked for, `instead` for each bucket in which an item may be
    used in place of another. The tables of the plan carry, besides their own columns, the
    facts that the rules need: the first and last day of each flow, its parties, and `gone`, the bucket in which a
    lot is thrown away (the number of buckets where it outlives the plan). `relaxed` says that whole numbers were
    dropped.
    """

    case: Case
    calendar: pl.DataFrame
    places: pl.DataFrame
    occurrences: pl.DataFrame
    instead: pl.DataFrame
    shipments: pl.DataFrame
    arrivals: pl.DataFrame
    production: pl.DataFrame
    uses: pl.DataFrame
    kits: pl.DataFrame
    issues: pl.DataFrame
    handovers: pl.DataFrame
    component_use: pl.DataFrame
    levels: pl.DataFrame
    asks: pl.DataFrame
    fulfilment: pl.DataFrame
    shares: pl.DataFrame
    line_load: pl.DataFrame
    expansions: pl.DataFrame
    orders: pl.DataFrame
    spend: pl.DataFrame
    leg_use: pl.DataFrame
    holdings: pl.DataFrame
    objectives: pl.DataFrame
    relaxed: bool

    @property
    def horizon(self) -> Horizon:
        """The horizon of the case."""
        return self.case.horizon


def open_books(case: Case, tables: Mapping[str, pl.DataFrame], relaxed: bool = False) -> Books:
    """Put the tables of a plan beside the facts of its case."""
    plan = {name: tidy(table, tables[name]) for name, table in PLAN_TABLES.items()}
    calendar, places = lay_calendar(case.horizon), _places(case)
    shipments = _shipments(case, calendar, places, plan["shipments"])
    production = _production(case, calendar, plan["production"])
    kits = plan["kits"].join(calendar, on="bucket", how="left", maintain_order="left")
    instead = lay_instead(case, calendar)
    return Books(
        case,
        calendar,
        places,
        lay_occurrences(case),
        instead,
        shipments,
        lay_arrivals(shipments, case.horizon),
        production,
        lay_use(case, production, kits),
        kits,
        _issues(case, calendar, places, instead, plan["issues"]),
        _handovers(case, calendar, plan["handovers"]),
        _component_use(case, calendar, instead, plan["component_use"]),
        _mark_lots(_item(case, plan["stock_levels"]).join(calendar, on="bucket", maintain_order="left"), case.horizon),
        plan["asks"],
        plan["fulfilment"],
        plan["shares"],
        plan["line_load"],
        plan["expansions"],
        _orders(case, calendar, places, plan["orders"]),
        plan["spend"],
        plan["leg_use"],
        plan["holdings"],
        plan["objectives"],
        relaxed,
    )


def _places(case: Case) -> pl.DataFrame:
    """Return each place with its owner and the kind of the owner."""
    kinds = case["parties"].select("party", party_kind="kind")
    return case["places"].select("place", "party").join(kinds, on="party", how="left")


def _shipments(case: Case, calendar: pl.DataFrame, places: pl.DataFrame, shipments: pl.DataFrame) -> pl.DataFrame:
    """Add to each shipment its leg, its days of departure, its parties and its item."""
    giver = places.select(origin="place", giver="party", giver_kind="party_kind")
    receiver = places.select(destination="place", receiver="party", receiver_kind="party_kind")
    rows = _item(case, shipments).join(_legs(case), on="leg", how="left", maintain_order="left")
    rows = rows.join(calendar, on="bucket", how="left", maintain_order="left")
    rows = rows.join(giver, on="origin", how="left", maintain_order="left")
    rows = rows.join(receiver, on="destination", how="left", maintain_order="left")
    rows = rows.with_columns(mass=pl.col("quantity") * pl.col("mass_kg").fill_null(0.0) / 1000)
    return _mark_lots(lay_departures(case, _within(rows, "opens", "closes")), case.horizon)


def _orders(case: Case, calendar: pl.DataFrame, places: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Add to each order its leg, its days of departure, its parties and its contract."""
    seller = places.select(leg_origin="place", seller="party", seller_kind="party_kind")
    receiver = places.select(leg_destination="place", receiver="party", receiver_kind="party_kind")
    rows = orders.join(_legs(case), on="leg", how="left", maintain_order="left")
    rows = rows.join(calendar, on="bucket", how="left", maintain_order="left")
    rows = rows.join(seller, on="leg_origin", how="left", maintain_order="left")
    rows = rows.join(receiver, on="leg_destination", how="left", maintain_order="left")
    rows = rows.join(lay_contracts(case), on="contract", how="left", maintain_order="left")
    rows = rows.with_columns(giver="seller", giver_kind="seller_kind")
    return lay_departures(case, _within(rows, "opens", "closes"))


def _legs(case: Case) -> pl.DataFrame:
    """Return the legs with the days on which they are open."""
    return case["legs"].select(
        "leg",
        pl.col("transit_days").cast(pl.Float64),
        "capacity_t_per_month",
        "shared_capacity",
        "cost_eur_per_t",
        leg_origin="origin",
        leg_destination="destination",
        leg_item="item",
        opens=to_day("open_from", case.horizon, 0),
        closes=to_day("open_until", case.horizon),
    )


def _production(case: Case, calendar: pl.DataFrame, production: pl.DataFrame) -> pl.DataFrame:
    """Add to each start its process and the days on which it may start."""
    processes = case["processes"].select(
        "process",
        "line",
        "line_hours_per_unit",
        "lead_time_days",
        "unit_cost_eur",
        share="yield",
        lot="minimum_lot",
        starts_whole="whole",
        process_setup="setup_cost_eur",
        process_place="place",
        process_item="item",
        opens=to_day("from_date", case.horizon, 0),
        closes=to_day("until_date", case.horizon),
    )
    rows = production.join(processes, on="process", how="left", maintain_order="left")
    return _within(rows.join(calendar, on="bucket", how="left", maintain_order="left"), "opens", "closes")


def _within(rows: pl.DataFrame, opens: str, closes: str) -> pl.DataFrame:
    """Add the first and last day of the bucket on which a flow may run; `first` is after `last` where it may not."""
    first, last = pl.max_horizontal("start", opens), pl.min_horizontal("end", closes)
    return rows.with_columns(first=first, last=last, runs=first <= last)


def _issues(
    case: Case, calendar: pl.DataFrame, places: pl.DataFrame, instead: pl.DataFrame, issues: pl.DataFrame
) -> pl.DataFrame:
    """Add to each issue its need, the owner of the goods, their condition, and what a unit of them meets."""
    owner = places.select("place", owner="party")
    asker = case["places"].select(need_place="place", place_owner="party")
    needs = case["needs"].select("need", "priority", need_place="place", need_item="item", need_party="party")
    needs = needs.join(asker, on="need_place", how="left").with_columns(
        pl.col("need_party").fill_null(pl.col("place_owner"))
    )
    rows = issues.join(needs, on="need", how="left", maintain_order="left")
    rows = rows.join(owner, on="place", how="left", maintain_order="left").with_columns(condition=pl.lit("serviceable"))
    factor = instead.select("bucket", "item", "factor", need_item="instead_of")
    rows = rows.join(factor, on=["bucket", "item", "need_item"], how="left", maintain_order="left")
    rows = rows.with_columns(factor=pl.when(pl.col("item") == pl.col("need_item")).then(1.0).otherwise("factor"))
    return _mark_lots(rows.join(calendar, on="bucket", how="left", maintain_order="left"), case.horizon)


def _component_use(case: Case, calendar: pl.DataFrame, instead: pl.DataFrame, used: pl.DataFrame) -> pl.DataFrame:
    """Add to what is taken for components how many units of the component a unit of it stands in for."""
    factor = instead.select("bucket", "item", "component_factor", component="instead_of")
    rows = used.join(factor, on=["bucket", "item", "component"], how="left", maintain_order="left")
    is_own = pl.col("item") == pl.col("component")
    rows = rows.with_columns(factor=pl.when(is_own).then(1.0).otherwise("component_factor"))
    return _mark_lots(rows.join(calendar, on="bucket", maintain_order="left"), case.horizon)


def _handovers(case: Case, calendar: pl.DataFrame, handovers: pl.DataFrame) -> pl.DataFrame:
    """Add to each handover the kinds of its parties and its item."""
    giver = case["parties"].select(giver="party", giver_kind="kind")
    receiver = case["parties"].select(receiver="party", receiver_kind="kind")
    rows = _item(case, handovers).join(giver, on="giver", how="left", maintain_order="left")
    rows = rows.join(receiver, on="receiver", how="left", maintain_order="left")
    return rows.join(calendar, on="bucket", how="left", maintain_order="left")


def _item(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the facts of the item to each row."""
    facts = case["items"].select(
        "item", "mass_kg", "holding_eur_per_month", "shelf_life_days", worth=pl.col("value_eur")
    )
    return rows.join(facts, on="item", how="left", maintain_order="left")


def _mark_lots(rows: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """Add the bucket in which the lot of each row is thrown away."""
    return rows.with_columns(gone=pl.Series(bucket_of(rows, "expires_on", horizon), dtype=pl.Int64))
