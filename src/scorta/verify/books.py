"""The books of the checker: a case and a plan of it on one calendar, and the facts of the case that many rules ask for.

Each subject puts the rows of its tables beside these facts in its own file; a frame is worked out once for all rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps

import numpy as np
import numpy.typing as npt
import polars as pl

from scorta.case import BEYOND, Case, Days, Floats, Horizon
from scorta.tables import PLAN_TABLES
from scorta.verify.breach import typed

Times = npt.NDArray[np.datetime64]

SPOT = ("place", "item", "condition", "reserved_for", "expires_on")
"""What stock is kept by: the place, the item, its condition, and the lot."""

CELL = (*SPOT, "bucket")
"""A spot in a bucket."""

ENTRY = (*CELL, "kind", "ref", "quantity")
"""What comes or goes: where, when, of what kind it is, the row it belongs to, and how much."""

HOLDER = ("party", "place", "item")
"""Who holds: a party over all its places, or one place; and what."""

FREE = {
    "condition": pl.lit("serviceable"),
    "reserved_for": pl.lit(None, pl.String),
    "expires_on": pl.lit(None, pl.Date),
}
"""What is made or received: serviceable, reserved for nothing, without a last day of use."""

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Books:
    """A case and a plan of it, side by side.

    `plan` has the tables of the plan by name, `calendar` a row for each bucket; `relaxed` says that whole numbers were
    dropped. `frames` keeps what was worked out from them, by the function that did.
    """

    case: Case
    plan: Mapping[str, pl.DataFrame]
    calendar: pl.DataFrame
    relaxed: bool = False
    frames: dict[Callable[[Books], pl.DataFrame], pl.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def horizon(self) -> Horizon:
        """The horizon of the case."""
        return self.case.horizon


def open_books(case: Case, tables: Mapping[str, pl.DataFrame], relaxed: bool = False) -> Books:
    """Put the tables of a plan beside the case on one calendar."""
    plan = {name: typed(table, tables[name]) for name, table in PLAN_TABLES.items()}
    return Books(case=case, plan=plan, calendar=calendar_of(case.horizon), relaxed=relaxed)


def once(work_out: Callable[[Books], pl.DataFrame]) -> Callable[[Books], pl.DataFrame]:
    """Let a frame be worked out once for the same books, however many rules ask for it."""

    @wraps(work_out)
    def kept(books: Books) -> pl.DataFrame:
        if work_out not in books.frames:
            books.frames[work_out] = work_out(books)
        return books.frames[work_out]

    return kept


@once
def places_of(books: Books) -> pl.DataFrame:
    """Return each place with its owner and the kind of the owner."""
    kinds = books.case["parties"].select("party", party_kind="kind")
    return books.case["places"].select("place", "party").join(kinds, on="party", how="left")


@once
def pledges_of(books: Books) -> pl.DataFrame:
    """Return each pledge with its parties, its item, its days, and what is left of it after deliveries and receipts.

    Nothing is left of a pledge that is withdrawn or delivered, or whose quantity nobody knows; `is_open` tells whether
    it can still be given under within the plan.
    """
    due = books.case["receipts"].group_by("pledge").agg(due=pl.col("quantity").sum())
    holds = ~pl.col("state").is_in(["withdrawn", "delivered"]) & (pl.col("quantity_state") == "known")
    left = pl.col("quantity") - pl.col("delivered_quantity").fill_null(0.0) - pl.col("due").fill_null(0.0)
    return (
        books.case["pledges"]
        .join(due, on="pledge", how="left")
        .select(
            "pledge",
            "donor",
            "recipient",
            "only_for",
            pledge_item="item",
            opens=to_day("available_from", books.horizon, 0),
            closes=to_day("available_until", books.horizon),
            left=pl.when(holds & pl.col("quantity").is_not_null()).then(left.clip(lower_bound=0.0)).otherwise(0.0),
            is_open=holds & (to_day("available_until", books.horizon) >= 0),
        )
    )


@once
def contracts_of(books: Books) -> pl.DataFrame:
    """Return each contract with its parties, its days, its price, and what is left of it after receipts.

    `left` is null where neither a firm quantity nor an option bounds it; `is_due` tells whether what is left of the
    firm quantity must be handed over within the plan.
    """
    horizon = books.horizon
    received = books.case["receipts"].group_by("contract").agg(received=pl.col("quantity").sum())
    rows = books.case["contracts"].join(received, on="contract", how="left").with_columns(
        pl.col("received").fill_null(0.0), starts=to_day("from_date", horizon, 0), stops=to_day("until_date", horizon)
    )  # fmt: skip
    firm, said = pl.col("firm").fill_null(0.0), pl.max_horizontal("firm", "option").is_not_null()
    in_force = (pl.col("stops") >= 0) & (pl.col("starts") <= horizon.last_day)
    ends_within = (pl.col("stops") <= horizon.last_day) | (pl.col("stops") == BEYOND)
    left = (firm + pl.col("option").fill_null(0.0) - pl.col("received")).clip(lower_bound=0.0)
    return rows.select(
        "contract",
        "starts",
        "stops",
        contract_supplier="supplier",
        contract_buyer="buyer",
        contract_item="item",
        delivers_to="deliver_to",
        price="unit_price_eur",
        left=pl.when(said).then(left),
        firm_left=(firm - pl.col("received")).clip(lower_bound=0.0),
        is_due=in_force & ends_within,
    )


@once
def levels_of(books: Books) -> pl.DataFrame:
    """Return the floor, objective and maximum that each holder should keep at the end of each bucket, where it has any.

    A row of the objectives holds from its day until the next row of the same holder does.
    """
    by_days = pl.col("daily_rate") * pl.col("days_of_supply")
    rows = (
        books.case["objectives"]
        .select(
            "place",
            "item",
            "floor",
            "maximum",
            party=pl.when(pl.col("place").is_null()).then(pl.col("party")),
            objective=pl.coalesce("objective", by_days),
            weight=pl.col("priority").fill_null(1).cast(pl.Float64),
            begins=to_day("from_date", books.horizon, 0),
        )
        .sort("begins")
    )
    rows = rows.with_columns(ceases=pl.col("begins").shift(-1).over(HOLDER).fill_null(BEYOND))
    rows = rows.join(books.calendar, how="cross")
    return rows.filter((pl.col("begins") <= pl.col("end")) & (pl.col("end") < pl.col("ceases")))


def with_item(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the facts of the item to each row."""
    facts = books.case["items"].select(
        "item", "mass_kg", "holding_eur_per_month", "shelf_life_days", worth=pl.col("value_eur")
    )
    return rows.join(facts, on="item", how="left", maintain_order="left")


def with_bucket(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the days of the bucket to each row."""
    return rows.join(books.calendar, on="bucket", how="left", maintain_order="left")


def with_open_days(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the first and last day of the bucket from `opens` to `closes`, on which a flow may run.

    `first` is after `last` where it may not, and `runs` says so.
    """
    first, last = pl.max_horizontal("start", "opens"), pl.min_horizontal("end", "closes")
    return rows.with_columns(first=first, last=last, runs=first <= last)


def with_last_bucket(books: Books, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the bucket in which each lot is thrown away: that of its last day, or their number where it outlives all."""
    last = pl.Series(bucket_of(rows, "expires_on", books.horizon), dtype=pl.Int64)
    return rows.with_columns(last_bucket=last)


def calendar_of(horizon: Horizon) -> pl.DataFrame:
    """Return a row for each bucket: its first and last day as numbers and as dates, its days and its months."""
    calendar = pl.DataFrame(
        {
            "bucket": np.arange(len(horizon), dtype=np.int64),
            "start": horizon.starts,
            "end": horizon.ends,
            "days": horizon.ends - horizon.starts + 1,
            "months": horizon.months(horizon.starts, horizon.ends),
        }
    )
    dates = {"first_date": to_date("start", horizon), "last_date": to_date("end", horizon)}
    return calendar.with_columns(**dates)


def to_day(column: str, horizon: Horizon, empty: int = BEYOND) -> pl.Expr:
    """Return the day of a date, counted from the first day of the plan; `empty` where there is no date."""
    return (pl.col(column) - pl.lit(horizon.as_of)).dt.total_days().cast(pl.Int64).fill_null(empty)


def to_date(column: str, horizon: Horizon, plus: pl.Expr | None = None) -> pl.Expr:
    """Return the date of a day, `plus` some whole days."""
    day = pl.col(column) if plus is None else pl.col(column) + plus
    return (day.clip(-BEYOND // 10, BEYOND // 10) + (horizon.as_of - _EPOCH).days).cast(pl.Int32).cast(pl.Date)


def bucket_of(frame: pl.DataFrame, column: str, horizon: Horizon) -> Days:
    """Return the bucket that holds the date of each row; the number of buckets where it is empty or later."""
    return horizon.bucket_of(frame.select(to_day(column, horizon)).to_series().to_numpy())


def months_between(frame: pl.DataFrame, first: str, last: str, horizon: Horizon) -> pl.Series:
    """Return the calendar months in the days from `first` to `last` of each row, none where they are no days."""
    return pl.Series("months", horizon.months(frame[first].to_numpy(), frame[last].to_numpy()))


def spread(horizon: Horizon, first: Days, last: Days, lag: Floats) -> tuple[Days, Days, Floats]:
    """Spread flows that run evenly from day `first` to day `last` over the buckets in which they arrive.

    Returns three equally long columns: the flow, the bucket, and the share of the flow that arrives in the bucket.
    What arrives after the last day has no row.
    """
    edges = np.append(horizon.starts, horizon.last_day + 1).astype(np.float64)
    opens, closes = first + lag, last + 1 + lag
    from_bucket = np.searchsorted(edges, opens, side="right") - 1
    to_bucket = np.minimum(np.searchsorted(edges, closes, side="left") - 1, len(horizon) - 1)
    counts = np.maximum(to_bucket - from_bucket + 1, 0)
    flow = np.repeat(np.arange(len(counts)), counts)
    bucket = from_bucket[flow] + np.arange(len(flow)) - np.repeat(np.cumsum(counts) - counts, counts)
    overlap = np.minimum(closes[flow], edges[bucket + 1]) - np.maximum(opens[flow], edges[bucket])
    return flow, bucket, overlap / (closes - opens)[flow]


def arriving(books: Books, rows: pl.DataFrame, lag: str) -> pl.DataFrame:
    """Return flows once for each `bucket` in which they arrive, days of lag later, with the `share` that does then."""
    flow, bucket, share = spread(books.horizon, *(rows[name].to_numpy() for name in ("first", "last", lag)))
    return rows[flow].with_columns(bucket=pl.Series(bucket, dtype=pl.Int64), share=pl.Series(share, dtype=pl.Float64))


def come_back(dates: Times, every: npt.NDArray[np.str_], count: Days) -> Times:
    """Return the day `count` weeks, months, quarters or years after each date, on the same day where there is one."""
    days = dates.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    position = (days - months.astype("datetime64[D]")).astype(np.int64)
    factor = np.select([every == "month", every == "quarter", every == "year"], [1, 3, 12], 0)
    target = months + factor * count
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    by_month = target.astype("datetime64[D]") + np.minimum(position, length - 1)
    in_days = np.select([every == "week", every == "day"], [7, 1], 0)
    return np.where(in_days > 0, days + in_days * count, by_month)
