"""Legs and places: when goods leave and arrive, what a leg carries and how much, and what passes through a place."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.rules import Rule
from scorta.verify.books import (
    Books,
    arriving,
    contracts_of,
    months_between,
    once,
    places_of,
    pledges_of,
    to_date,
    to_day,
    with_bucket,
    with_item,
    with_last_bucket,
    with_open_days,
)
from scorta.verify.breach import Breach, exceeds, mismatches, report

_SHIPMENT = ("leg", "item", "reserved_for", "expires_on", "arrives_for", "bucket", "leaves_from", "leaves_until")
_GIVER = ("giver", "item")
_STATED = ("open_first", "open_last", "says_first", "says_last")
_CARRIED = ("item", "condition", "expires_on", "last_bucket", "worth", "quantity", "mass", "giver", "receiver")


@once
def legs_of(books: Books) -> pl.DataFrame:
    """Return the legs with the days on which they are open."""
    return books.case["legs"].select(
        "leg",
        pl.col("transit_days").cast(pl.Float64),
        "capacity_t_per_month",
        "shared_capacity",
        "cost_eur_per_t",
        leg_origin="origin",
        leg_destination="destination",
        leg_item="item",
        opens=to_day("open_from", books.horizon, 0),
        closes=to_day("open_until", books.horizon),
    )


@once
def shipments_of(books: Books) -> pl.DataFrame:
    """Return the shipments, each with its leg, its days of departure, its parties and its item."""
    giver = places_of(books).select(origin="place", giver="party", giver_kind="party_kind")
    receiver = places_of(books).select(destination="place", receiver="party", receiver_kind="party_kind")
    rows = with_item(books, books.plan["shipments"]).join(legs_of(books), on="leg", how="left", maintain_order="left")
    rows = with_bucket(books, rows)
    rows = rows.join(giver, on="origin", how="left", maintain_order="left")
    rows = rows.join(receiver, on="destination", how="left", maintain_order="left")
    rows = rows.with_columns(mass=pl.col("quantity") * pl.col("mass_kg").fill_null(0.0) / 1000)
    return with_last_bucket(books, departures_of(books, with_open_days(rows)))


def departures_of(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Make the first and last day of each flow those that it states, where an agreement of its parties bounds them so.

    `rows` have the first and last day on which their leg is open in the bucket; these stay in `open_first` and
    `open_last`, and are the days of the flow where what it states is neither all of them nor bounded by an agreement.
    """
    stated = {"says_first": to_day("leaves_from", books.horizon), "says_last": to_day("leaves_until", books.horizon)}
    rows = rows.with_columns(open_first="first", open_last="last", **stated).with_row_index("flow")
    inside = (pl.col("says_first") >= pl.col("first")) & (pl.col("says_last") <= pl.col("last"))
    less = inside & ((pl.col("says_first") > pl.col("first")) | (pl.col("says_last") < pl.col("last")))
    cut = rows["flow"].is_in(_bounded(books, rows.filter("runs", less)).implode())
    days = {"first": "says_first", "last": "says_last"}
    chosen = {name: pl.when(pl.Series(cut)).then(pl.col(says)).otherwise(pl.col(name)) for name, says in days.items()}
    return rows.with_columns(**chosen).drop("flow", *stated)


def _bounded(books: Books, rows: pl.DataFrame) -> pl.Series:
    """Return the flows that state exactly the days that an agreement of their giver, item and receiver leaves them."""
    stated = rows.filter(pl.col("giver") != pl.col("receiver")).select("flow", *_GIVER, "receiver", *_STATED)
    pairs = stated.join(_agreed_days(books), on=_GIVER)
    first, last = pl.max_horizontal("open_first", "starts"), pl.min_horizontal("open_last", "stops")
    fits = (pl.col("taker").is_null() | (pl.col("taker") == pl.col("receiver"))) & (first <= last)
    return pairs.filter(fits & (pl.col("says_first") == first) & (pl.col("says_last") == last))["flow"].unique()


def _agreed_days(books: Books) -> pl.DataFrame:
    """Return the days of every pledge and every contract, with its parties and its item."""
    pledges = pledges_of(books).select(
        giver="donor", taker="recipient", item="pledge_item", starts="opens", stops="closes"
    )
    contracts = contracts_of(books).select(
        "starts", "stops", giver="contract_supplier", taker="contract_buyer", item="contract_item"
    )
    return pl.concat([pledges, contracts.select(pledges.columns)])


@once
def arrivals_of(books: Books) -> pl.DataFrame:
    """Return the part of each shipment that arrives in each bucket; `wasted` are those that arrive after its life.

    `ref` is the row of the shipment, and `of` all of it.

    Each shipment flows evenly over the buckets that its transit reaches. Where the last day of a lot lies within a
    bucket, what arrives through that day and what arrives after it are parts of their own.
    """
    rows = arriving(books, shipments_of(books).with_row_index("ref").filter("runs"), "transit_days")
    starts = pl.Series(books.horizon.starts[rows["bucket"].to_numpy()], dtype=pl.Int64)
    begin = pl.max_horizontal(pl.col("first") + pl.col("transit_days"), starts)
    left = (to_day("expires_on", books.horizon) + 1 - begin).clip(lower_bound=0)
    alive = pl.min_horizontal("share", left / (pl.col("last") - pl.col("first") + 1))
    rows = rows.select(*_CARRIED, "ref", "bucket", "share", alive=alive, place="destination",
                       reserved_for="arrives_for", kind=pl.lit("shipment"), of="quantity")  # fmt: skip
    parts = [
        rows.with_columns(share=pl.col("alive"), wasted=pl.lit(False)),
        rows.with_columns(share=pl.col("share") - pl.col("alive"), wasted=pl.lit(True)).filter(pl.col("share") > 0),
    ]
    rows = pl.concat(parts).with_columns(pl.col("quantity", "mass") * pl.col("share"))
    return rows.drop("share", "alive")


def is_gift() -> pl.Expr:
    """Tell which flows between parties are gifts: they leave a nation or organisation for another."""
    kinds = (pl.col("giver_kind") != "industry") & (pl.col("receiver_kind") != "industry")
    return kinds & (pl.col("giver") != pl.col("receiver"))


def is_sale() -> pl.Expr:
    """Tell which flows between parties are sales: they leave industry for a nation or organisation."""
    return (pl.col("giver_kind") == "industry") & (pl.col("receiver_kind") != "industry")


def check_legs(books: Books) -> tuple[Breach, ...]:
    """Check every shipment and all that legs carry together."""
    is_single = pl.col("capacity_t_per_month").is_not_null() & pl.col("shared_capacity").is_null()
    single = _check_legs(books, shipments_of(books).filter(is_single), "capacity_t_per_month")
    limits = single + _check_shared(books) + _check_windows(books) + _check_places(books)
    return _check_shipments(books) + _check_open(books) + limits


def _check_shipments(books: Books) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the shipments: its places, its dates, its mass and its cost."""
    transit = pl.col("transit_days")
    expected = {
        "origin": pl.col("leg_origin"),
        "destination": pl.col("leg_destination"),
        "leaves_from": to_date("first", books.horizon),
        "leaves_until": to_date("last", books.horizon),
        "arrives_from": to_date("first", books.horizon, transit.floor().cast(pl.Int64)),
        "arrives_until": to_date("last", books.horizon, transit.ceil().cast(pl.Int64)),
        "mass_t": pl.col("quantity") * pl.col("mass_kg") / 1000,
        "cost_eur": pl.col("mass") * pl.col("cost_eur_per_t"),
    }
    return mismatches(shipments_of(books), "shipments", _SHIPMENT, expected)


def _check_open(books: Books) -> tuple[Breach, ...]:
    """Check that a leg carries only its item, and only in a bucket in which it is open."""
    closed = shipments_of(books).filter(~pl.col("runs"))
    other = shipments_of(books).filter(pl.col("leg_item").is_not_null() & (pl.col("leg_item") != pl.col("item")))
    return report(
        closed, Rule.LEG_OPEN, "The leg {leg} is not open in bucket {bucket}.", "shipments", _SHIPMENT
    ) + report(other, Rule.LEG_ITEM, "The leg {leg} carries only {leg_item}, not {item}.", "shipments", _SHIPMENT)


def _check_legs(books: Books, rows: pl.DataFrame, figure: str) -> tuple[Breach, ...]:
    """Check what each leg carries in each bucket against its figure, over the days on which it is open."""
    loads = rows.group_by("leg", "bucket").agg(pl.col("mass").sum(), pl.col(figure, "open_first", "open_last").first())
    loads = loads.with_columns(months_between(loads, "open_first", "open_last", books.horizon))
    return _overload(loads, pl.col(figure), Rule.LEG_CAPACITY, "The leg {leg}", ("leg", "bucket"))


def _check_shared(books: Books) -> tuple[Breach, ...]:
    """Check what the legs of one shared capacity carry: together while any of them is open, and each while it is."""
    figure = books.case["legs"].group_by("shared_capacity").agg(figure=pl.col("capacity_t_per_month").max())
    months = _shared_months(books)
    rows = shipments_of(books).filter(pl.col("shared_capacity").is_not_null())
    loads = rows.group_by("shared_capacity", "bucket").agg(pl.col("mass").sum())
    loads = loads.join(figure, on="shared_capacity").join(months, on=["shared_capacity", "bucket"])
    loads = loads.filter(pl.col("figure").is_not_null())
    where = ("shared_capacity", "bucket")
    together = _overload(loads, pl.col("figure"), Rule.LEG_CAPACITY, "The capacity {shared_capacity}", where)
    rows = rows.join(figure, on="shared_capacity").filter("runs", pl.col("figure").is_not_null())
    return together + _check_legs(books, rows, "figure")


def _check_windows(books: Books) -> tuple[Breach, ...]:
    """Check that what leaves on some of the open days of a bucket alone is no more than the capacity on these days."""
    owner = pl.coalesce(pl.format("capacity {}", "shared_capacity"), pl.format("leg {}", "leg"))
    figure = books.case["legs"].group_by(owner=owner).agg(figure=pl.col("capacity_t_per_month").max()).drop_nulls()
    rows = shipments_of(books).filter("runs").with_columns(owner=owner)
    rows = rows.join(figure, on="owner")
    days = rows.select("owner", "bucket", "figure", "first", "last").unique()
    flows = rows.select("owner", "bucket", "mass", leaves="first", left="last")
    inside = (pl.col("leaves") >= pl.col("first")) & (pl.col("left") <= pl.col("last"))
    loads = days.join(flows, on=["owner", "bucket"]).filter(inside).group_by(days.columns).agg(pl.col("mass").sum())
    loads = loads.with_columns(months_between(loads, "first", "last", books.horizon))
    loads = loads.join(_open_months(books, rows), on=["owner", "bucket"])
    loads = loads.with_columns(closed=pl.col("open") - pl.col("months")).filter(exceeds("closed", "open"))
    where = ("owner", "bucket", "first", "last")
    return _overload(
        loads, pl.col("figure"), Rule.LEG_WINDOW, "What goes over {owner} on days {first} to {last} alone", where
    )


def _open_months(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the months in each bucket in which each leg of these flows, or any leg of a shared capacity, is open."""
    own = rows.filter(pl.col("shared_capacity").is_null()).select("owner", "bucket", "open_first", "open_last").unique()
    own = own.with_columns(months_between(own, "open_first", "open_last", books.horizon).alias("open"))
    shared = _shared_months(books).select("bucket", owner=pl.format("capacity {}", "shared_capacity"), open="months")
    return pl.concat([own.select("bucket", "owner", "open"), shared])


def _shared_months(books: Books) -> pl.DataFrame:
    """Return the months in each bucket in which any leg of a shared capacity is open."""
    horizon = books.horizon
    legs = books.case["legs"].filter(pl.col("shared_capacity").is_not_null())
    names = legs.select(pl.col("shared_capacity").unique().sort())
    group = legs["shared_capacity"].rank("dense").cast(pl.Int64).to_numpy() - 1
    first = legs.select(to_day("open_from", horizon, 0).clip(0, horizon.last_day + 1)).to_series().to_numpy()
    last = legs.select(to_day("open_until", horizon).clip(-1, horizon.last_day)).to_series().to_numpy()
    real, days = first <= last, np.arange(horizon.last_day + 1)
    change = np.zeros((len(names), horizon.last_day + 2), dtype=np.int32)
    np.add.at(change, (group[real], first[real]), 1)
    np.add.at(change, (group[real], last[real] + 1), -1)
    worth = (change.cumsum(axis=1)[:, :-1] > 0) * horizon.months(days, days)
    months = np.add.reduceat(worth, horizon.starts, axis=1) if len(names) else np.zeros((0, len(horizon)))
    index = names.join(books.calendar.select("bucket"), how="cross")
    return index.with_columns(months=pl.Series(months.ravel(), dtype=pl.Float64))


def _check_places(books: Books) -> tuple[Breach, ...]:
    """Check what legs take out of each place and bring into it in each bucket."""
    limits = books.case["places"].select("place", figure="throughput_t_per_month").drop_nulls()
    if limits.is_empty():
        return ()
    taken = shipments_of(books).select("bucket", "mass", place="origin")
    brought = arrivals_of(books).select("bucket", "mass", "place")
    found: tuple[Breach, ...] = ()
    for rule, words, rows in ((Rule.THROUGHPUT_OUT, "out of", taken), (Rule.THROUGHPUT_IN, "into", brought)):
        loads = (
            rows.join(limits, on="place")
            .group_by("place", "bucket")
            .agg(pl.col("mass").sum(), pl.col("figure").first())
        )
        loads = loads.join(books.calendar.select("bucket", "months"), on="bucket")
        subject = f"What goes {words} {{place}}"
        found += _overload(loads, pl.col("figure"), rule, subject, ("place", "bucket"))
    return found


def _overload(
    loads: pl.DataFrame, figure: pl.Expr, rule: Rule, subject: str, where: tuple[str, ...]
) -> tuple[Breach, ...]:
    """Return a breach where the mass is more than the figure per month allows."""
    if loads.is_empty():
        return ()
    room = figure * pl.col("months")
    rows = loads.with_columns(room=room, amount=pl.col("mass") - room).filter(exceeds("amount", "mass"))
    sentence = f"{subject} is {{mass:g}} t in bucket {{bucket}}, and {{room:g}} t is the most."
    return report(rows, rule, sentence, "shipments", where)
