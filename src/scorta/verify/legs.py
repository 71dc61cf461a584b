"""Legs and places: what a leg carries, when it is open, how much it carries, and what passes through a place."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Horizon
from scorta.verify.books import Books
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.spans import months_between, to_date, to_day

_KEY = ("leg", "item", "reserved_for", "expires_on", "arrives_for", "bucket", "leaves_from", "leaves_until")


def check_legs(books: Books) -> tuple[Breach, ...]:
    """Check every shipment and all that legs carry together."""
    limits = _check_single(books) + _check_shared(books) + _check_windows(books) + _check_places(books)
    return _check_rows(books) + _check_open(books) + limits


def _check_rows(books: Books) -> tuple[Breach, ...]:
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
    return mismatches(books.shipments, "shipments", _KEY, expected)


def _check_open(books: Books) -> tuple[Breach, ...]:
    """Check that a leg carries only its item, and only in a bucket in which it is open."""
    closed = books.shipments.filter(~pl.col("runs"))
    other = books.shipments.filter(pl.col("leg_item").is_not_null() & (pl.col("leg_item") != pl.col("item")))
    return report(closed, "leg open", "The leg {leg} is not open in bucket {bucket}.", "shipments", _KEY) + report(
        other, "leg item", "The leg {leg} carries only {leg_item}, not {item}.", "shipments", _KEY
    )


def _check_single(books: Books) -> tuple[Breach, ...]:
    """Check what each leg with a capacity of its own carries in each bucket."""
    limited = pl.col("capacity_t_per_month").is_not_null() & pl.col("shared_capacity").is_null()
    rows = books.shipments.filter(limited)
    loads = rows.group_by("leg", "bucket").agg(
        pl.col("mass").sum(), pl.col("capacity_t_per_month", "open_first", "open_last").first()
    )
    loads = loads.with_columns(months_between(loads, "open_first", "open_last", books.horizon))
    return _overload(loads, pl.col("capacity_t_per_month"), "leg capacity", "The leg {leg}", ("leg", "bucket"))


def _check_shared(books: Books) -> tuple[Breach, ...]:
    """Check what the legs of one shared capacity carry together, over the days on which any of them is open."""
    figure = books.case["legs"].group_by("shared_capacity").agg(figure=pl.col("capacity_t_per_month").max())
    months = _shared_months(books)
    rows = books.shipments.filter(pl.col("shared_capacity").is_not_null())
    loads = rows.group_by("shared_capacity", "bucket").agg(pl.col("mass").sum())
    loads = loads.join(figure, on="shared_capacity").join(months, on=["shared_capacity", "bucket"])
    loads = loads.filter(pl.col("figure").is_not_null())
    where = ("shared_capacity", "bucket")
    together = _overload(loads, pl.col("figure"), "leg capacity", "The capacity {shared_capacity}", where)
    return together + _check_own_days(books, rows.join(figure, on="shared_capacity"))


def _check_own_days(books: Books, rows: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that no leg of a shared capacity carries more than that figure over the days on which it is open itself."""
    limited = rows.filter("runs", pl.col("figure").is_not_null())
    loads = limited.group_by("leg", "bucket").agg(
        pl.col("mass").sum(), pl.col("figure", "open_first", "open_last").first()
    )
    loads = loads.with_columns(months_between(loads, "open_first", "open_last", books.horizon))
    return _overload(loads, pl.col("figure"), "leg capacity", "The leg {leg}", ("leg", "bucket"))


def _check_windows(books: Books) -> tuple[Breach, ...]:
    """Check that what leaves on some days of a bucket, and on no others, is no more than the capacity on these days."""
    owner = pl.coalesce(pl.format("capacity {}", "shared_capacity"), pl.format("leg {}", "leg"))
    figure = books.case["legs"].group_by(owner=owner).agg(figure=pl.col("capacity_t_per_month").max()).drop_nulls()
    rows = books.shipments.filter("runs").with_columns(owner=owner)
    rows = rows.join(figure, on="owner")
    days = rows.select("owner", "bucket", "figure", "first", "last").unique()
    flows = rows.select("owner", "bucket", "mass", leaves="first", left="last")
    inside = (pl.col("leaves") >= pl.col("first")) & (pl.col("left") <= pl.col("last"))
    loads = days.join(flows, on=["owner", "bucket"]).filter(inside).group_by(days.columns).agg(pl.col("mass").sum())
    loads = loads.with_columns(months_between(loads, "first", "last", books.horizon))
    where = ("owner", "bucket", "first", "last")
    return _overload(
        loads, pl.col("figure"), "leg capacity", "What goes over {owner} on days {first} to {last} alone", where
    )


def _shared_months(books: Books) -> pl.DataFrame:
    """Return the months in each bucket in which any leg of a shared capacity is open."""
    horizon = books.horizon
    legs = books.case["legs"].filter(pl.col("shared_capacity").is_not_null())
    names = legs.select(pl.col("shared_capacity").unique().sort())
    group = legs["shared_capacity"].rank("dense").cast(pl.Int64).to_numpy() - 1
    first = legs.select(to_day("open_from", horizon, 0).clip(0, horizon.last_day + 1)).to_series().to_numpy()
    last = legs.select(to_day("open_until", horizon).clip(-1, horizon.last_day)).to_series().to_numpy()
    real = first <= last
    change = np.zeros((len(names), horizon.last_day + 2), dtype=np.int32)
    np.add.at(change, (group[real], first[real]), 1)
    np.add.at(change, (group[real], last[real] + 1), -1)
    worth = (change.cumsum(axis=1)[:, :-1] > 0) * _day_worth(horizon)
    months = np.add.reduceat(worth, horizon.starts, axis=1) if len(names) else np.zeros((0, len(horizon)))
    index = names.join(books.calendar.select("bucket"), how="cross")
    return index.with_columns(months=pl.Series(months.ravel(), dtype=pl.Float64))


def _day_worth(horizon: Horizon) -> np.ndarray:
    """Return what each day counts of its month."""
    days = np.arange(horizon.last_day + 1)
    return horizon.months(days, days)


def _check_places(books: Books) -> tuple[Breach, ...]:
    """Check what legs take out of each place and bring into it in each bucket."""
    limits = books.case["places"].select("place", figure="throughput_t_per_month").drop_nulls()
    if limits.is_empty():
        return ()
    taken = books.shipments.select("bucket", "mass", place="origin")
    brought = books.arrivals.select("bucket", "mass", "place")
    found: tuple[Breach, ...] = ()
    for words, rows in (("out of", taken), ("into", brought)):
        loads = (
            rows.join(limits, on="place")
            .group_by("place", "bucket")
            .agg(pl.col("mass").sum(), pl.col("figure").first())
        )
        loads = loads.join(books.calendar.select("bucket", "months"), on="bucket")
        subject = f"What goes {words} {{place}}"
        found += _overload(loads, pl.col("figure"), "throughput", subject, ("place", "bucket"))
    return found


def _overload(
    loads: pl.DataFrame, figure: pl.Expr, rule: str, subject: str, where: tuple[str, ...]
) -> tuple[Breach, ...]:
    """Return a breach where the mass is more than the figure per month allows."""
    if loads.is_empty():
        return ()
    room = figure * pl.col("months")
    rows = loads.with_columns(room=room, amount=pl.col("mass") - room).filter(exceeds("amount", "mass"))
    sentence = f"{subject} is {{mass:g}} t in bucket {{bucket}}, and {{room:g}} t is the most."
    return report(rows, rule, sentence, "shipments", where)
