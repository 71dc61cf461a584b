"""The occurrences of every open need (how much, due when, issued from when until when), and what may serve them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from scorta.case import Case, Days, Floats, Horizon
from scorta.network.index import Bools, Span, days_of, numbers_of, ranges
from scorta.network.names import Names, Places


@dataclass(frozen=True, slots=True)
class Occurrences:
    """One row for each occurrence of an open need that is due within the horizon.

    `need` is the row in the table of needs, `due` the bucket of `required_by`; it may be issued in the buckets
    `first` to `last`, nothing or at least `least` in each (0: any quantity); `own` tells that the owner of the place
    asks for itself.
    """

    need: Days
    place: Days
    item: Days
    quantity: Floats
    least: Floats
    priority: Days
    due_day: Days
    due: Days
    first: Days
    last: Days
    unmet_cost: Floats
    own: Bools

    def __len__(self) -> int:
        return len(self.need)


@dataclass(frozen=True, slots=True)
class Issues:
    """Which spot may serve which occurrence of a need, with its buckets.

    `pair` is the row of the substitutes by which it may, -1 where the spot holds what is asked for; it is None in a
    case without substitutes.
    """

    occurrence: Days
    spot: Days
    span: Span
    pair: Days | None = None


def read_occurrences(case: Case, names: Names, places: Places) -> Occurrences:
    """List the occurrences of all open needs, in the order of the table."""
    horizon = case.horizon
    needs = case["needs"].with_row_index("need_row").filter(pl.col("state") == "open")
    sides = _occurrences(needs, horizon)
    due_day, not_before, which = (side[sides[0] <= horizon.last_day] for side in sides)
    place = names.places.of(needs["place"])[which]
    party = names.parties.of(needs["party"])[which]
    due = horizon.bucket_of(due_day)
    lapses = (needs["unmet"] == "lapse").to_numpy()[which]
    grace = needs["lapse_days"].fill_null(0).to_numpy()[which]
    quantity = numbers_of(needs["quantity"], 0.0)[which]
    lapse = np.minimum(horizon.bucket_of(due_day + grace), len(horizon) - 1)
    return Occurrences(
        need=needs["need_row"].cast(pl.Int64).to_numpy()[which],
        place=place,
        item=names.items.of(needs["item"])[which],
        quantity=quantity,
        least=np.minimum(numbers_of(needs["minimum_shipment"], 0.0)[which], quantity),
        priority=needs["priority"].to_numpy()[which],
        due_day=due_day,
        due=due,
        first=horizon.bucket_of(not_before),
        last=np.where(lapses, lapse, len(horizon) - 1),
        unmet_cost=numbers_of(needs["unmet_cost_eur"], 0.0)[which],
        own=(party < 0) | (party == places.party[place]),
    )


def _occurrences(needs: pl.DataFrame, horizon: Horizon) -> tuple[Days, Days, Days]:
    """Return day due, first day and row of every occurrence through `until`, or the last day of the plan."""
    due = days_of(needs["required_by"], horizon, 0)
    until = np.minimum(days_of(needs["until"], horizon, horizon.last_day), horizon.last_day)
    every = needs["every"].fill_null("once").to_numpy().astype(str)
    shortest = np.select([every == "once", every == "week"], [horizon.last_day + 1, 7], default=28)
    shortest = np.where(np.isin(every, ["quarter", "year"]), 84, shortest)
    most = np.where(every == "once", 1, np.maximum(until - due, 0) // shortest + 1)
    which, count = ranges(np.zeros_like(most), most)
    days = _step(needs["required_by"], every, which, count, horizon)
    first = _step(needs["not_before"].fill_null(horizon.as_of), every, which, count, horizon)
    not_before = np.where(needs["not_before"].is_null().to_numpy()[which], 0, first)
    kept = (count == 0) | (days <= until[which])
    return days[kept], np.maximum(not_before[kept], 0), which[kept]


def _step(dates: pl.Series, every: npt.NDArray[np.str_], which: Days, count: Days, horizon: Horizon) -> Days:
    """Return the day `count` weeks, months, quarters or years after each date, as `scorta.case.step` does."""
    start = dates.to_numpy().astype("datetime64[D]")[which]
    kind = every[which]
    months = start.astype("datetime64[M]")
    jump = np.select([kind == "month", kind == "quarter", kind == "year"], [1, 3, 12], default=0) * count
    target = months + jump
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    day = np.minimum((start - months.astype("datetime64[D]")).astype(np.int64), length - 1)
    moved = target.astype("datetime64[D]") + day + np.where(kind == "week", 7 * count, 0)
    return np.asarray((moved - np.datetime64(horizon.as_of, "D")).astype(np.int64))
