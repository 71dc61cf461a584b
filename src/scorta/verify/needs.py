"""Needs: when each is asked for, what may be used in place of its item, what it receives, and how the plan says so."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import Case, Days, Horizon
from scorta.rules import Rule
from scorta.verify.books import Books, come_back, once, places_of, to_date, to_day, with_bucket, with_last_bucket
from scorta.verify.breach import Breach, exceeds, mismatches, report

_OCCURRENCE = ("need", "required_by")
_ISSUE = (*_OCCURRENCE, "item", "reserved_for", "expires_on", "bucket")


_SHORTEST = {"day": 1, "week": 7, "month": 28, "quarter": 89, "year": 365}
"""The fewest days after which a need of each kind comes back."""


@once
def occurrences_of(books: Books) -> pl.DataFrame:
    """Return a row for each occurrence of each open need that is required by the last day of the plan.

    `due` is the bucket of `required_by`, `opens` and `closes` the first and last bucket in which it may be served.
    """
    horizon, count = books.horizon, len(books.horizon)
    rows = _repeated(_open_needs(books.case), horizon)
    lapse = pl.when(pl.col("unmet") == "lapse").then(pl.col("day") + pl.col("lapse_days").fill_null(0))
    rows = rows.with_columns(end=lapse.otherwise(horizon.last_day))
    return rows.with_columns(
        required_by=to_date("day", horizon),
        due=pl.Series(horizon.bucket_of(rows["day"].to_numpy()), dtype=pl.Int64),
        opens=pl.Series(horizon.bucket_of(rows["not_before_day"].to_numpy()), dtype=pl.Int64),
        closes=pl.Series(np.minimum(horizon.bucket_of(rows["end"].to_numpy()), count - 1), dtype=pl.Int64),
    ).select("need", "required_by", "quantity", "priority", "due", "opens", "closes")


def _open_needs(case: Case) -> pl.DataFrame:
    """Return the open needs that are required by the last day of the plan, with their dates as days."""
    horizon = case.horizon
    days = {
        "first_day": to_day("required_by", horizon),
        "not_before_day": to_day("not_before", horizon, 0),
        "until_day": to_day("until", horizon),
    }
    return (
        case["needs"]
        .filter(pl.col("state") == "open")
        .with_columns(**days)
        .filter(pl.col("first_day") <= horizon.last_day)
    )


def _repeated(needs: pl.DataFrame, horizon: Horizon) -> pl.DataFrame:
    """Return a row for each time a need comes back, with the days of that time."""
    until = needs.select(pl.min_horizontal("until_day", pl.lit(horizon.last_day))).to_series().to_numpy()
    every = needs["every"].fill_null("").to_numpy().astype(str)
    gap = needs["every"].replace_strict(_SHORTEST, default=1, return_dtype=pl.Int64).to_numpy()
    room = np.maximum(until - needs["first_day"].to_numpy(), 0) // gap
    counts = np.where(every == "", 1, room + 1)
    index = np.repeat(np.arange(len(counts)), counts)
    turn = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    first, early = needs["first_day"].to_numpy()[index], needs["not_before_day"].to_numpy()[index]
    moved = np.where(needs["not_before"].is_null().to_numpy()[index], early, _turns(horizon, early, every[index], turn))
    rows = needs[index].with_columns(
        day=pl.Series(_turns(horizon, first, every[index], turn), dtype=pl.Int64),
        not_before_day=pl.Series(moved, dtype=pl.Int64),
    )
    return rows.filter(pl.Series((turn == 0) | (rows["day"].to_numpy() <= until[index])))


def _turns(horizon: Horizon, days: Days, every: np.ndarray, turn: Days) -> Days:
    """Return the day on which something comes back for the `turn`-th time."""
    start = np.datetime64(horizon.as_of, "D")
    return (come_back(start + days, every, turn) - start).astype(np.int64)


@once
def substitutes_of(books: Books) -> pl.DataFrame:
    """Return a row for each item, each item it may be used instead of, and each bucket that its dates touch.

    `factor` is how many units of `instead_of` one unit meets of a need, `component_factor` of a component (empty
    where it may not): of several rows the largest.
    """
    rows = books.case["substitutes"].filter(pl.col("factor") > 0, pl.col("item") != pl.col("substitute"))
    rows = rows.select(
        "factor",
        "for_components",
        item="substitute",
        instead_of="item",
        opens=to_day("from_date", books.horizon, 0),
        closes=to_day("until_date", books.horizon),
    )
    rows = rows.join(books.calendar.select("bucket", "start", "end"), how="cross")
    rows = rows.filter(pl.col("opens") <= pl.col("end"), pl.col("closes") >= pl.col("start"))
    return rows.group_by("item", "instead_of", "bucket").agg(
        pl.col("factor").max(), component_factor=pl.col("factor").filter("for_components").max()
    )


@once
def issues_of(books: Books) -> pl.DataFrame:
    """Return the issues, each with its need, the owner of the goods, their condition, and what a unit of them meets."""
    owner = places_of(books).select("place", owner="party")
    asker = books.case["places"].select(need_place="place", place_owner="party")
    needs = books.case["needs"].select("need", "priority", need_place="place", need_item="item", need_party="party")
    needs = needs.join(asker, on="need_place", how="left").with_columns(
        pl.col("need_party").fill_null(pl.col("place_owner"))
    )
    rows = books.plan["issues"].join(needs, on="need", how="left", maintain_order="left")
    rows = rows.join(owner, on="place", how="left", maintain_order="left").with_columns(condition=pl.lit("serviceable"))
    factor = substitutes_of(books).select("bucket", "item", "factor", need_item="instead_of")
    rows = rows.join(factor, on=["bucket", "item", "need_item"], how="left", maintain_order="left")
    rows = rows.with_columns(factor=pl.when(pl.col("item") == pl.col("need_item")).then(1.0).otherwise("factor"))
    return with_last_bucket(books, with_bucket(books, rows))


def check_needs(books: Books) -> tuple[Breach, ...]:
    """Check every issue, every occurrence, and the fulfilment of every need."""
    occurrences = occurrences_of(books)
    issues = issues_of(books).join(occurrences.drop("priority", "quantity"), on=_OCCURRENCE, how="left")
    known = issues.filter(pl.col("due").is_not_null())
    return (
        _check_known(issues)
        + _check_issues(books, known)
        + _check_window(known)
        + _check_asked(books, occurrences)
        + _check_fulfilment(books, occurrences)
    )


def _check_known(issues: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that each issue serves an occurrence of an open need, at its place, of its item or a substitute for it."""
    unknown = issues.filter(pl.col("due").is_null()).with_columns(amount=pl.col("quantity"))
    elsewhere = issues.filter((pl.col("place") != pl.col("need_place")) | pl.col("factor").is_null())
    return report(unknown, Rule.NEED_SERVED, "{need} asks for nothing by {required_by}.", "issues", _ISSUE) + report(
        elsewhere,
        Rule.NEED_SERVED,
        "{need} asks for {need_item} at {need_place}, not for {item} at {place} in bucket {bucket}.",
        "issues",
        _ISSUE,
    )


def _check_issues(books: Books, issues: pl.DataFrame) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the issues: its dates, its days late, and what it meets."""
    due = books.calendar.select(due="bucket", due_end="end")
    expected = {
        "issued_from": pl.col("first_date"),
        "issued_until": pl.col("last_date"),
        "meets": pl.col("quantity") * pl.col("factor"),
        "days_late": (pl.col("end") - pl.col("due_end")).clip(lower_bound=0),
    }
    return mismatches(issues.join(due, on="due"), "issues", _ISSUE, expected)


def _check_window(issues: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that nothing is issued before a need may be served or after it has lapsed."""
    outside = (pl.col("bucket") < pl.col("opens")) | (pl.col("bucket") > pl.col("closes"))
    wrong = issues.filter(outside).with_columns(amount=pl.col("quantity"))
    sentence = "{need} of {required_by} may be served in the buckets {opens} to {closes}."
    return report(wrong, Rule.NEED_WINDOW, sentence, "issues", _ISSUE)


def _check_asked(books: Books, occurrences: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that no occurrence receives more than it asks for."""
    asked = occurrences.select(*_OCCURRENCE, asked="quantity")
    sums = issues_of(books).group_by(_OCCURRENCE).agg(quantity=pl.col("meets").sum()).join(asked, on=_OCCURRENCE)
    broken = sums.with_columns(amount=pl.col("quantity") - pl.col("asked")).filter(exceeds("amount", "quantity"))
    sentence = "{need} of {required_by} asks for {asked:g} and receives {quantity:g}."
    return report(broken, Rule.NEED, sentence, "issues", _OCCURRENCE)


def _check_fulfilment(books: Books, occurrences: pl.DataFrame) -> tuple[Breach, ...]:
    """Check the row of each need in the fulfilment; a need of the plan without a row, or another row, is a breach."""
    facts = books.case["needs"].select(
        "need", need_priority="priority", need_place="place", need_item="item", first_day="required_by"
    )
    needs = occurrences.group_by("need").agg(total=pl.col("quantity").sum()).join(facts, on="need")
    rows = needs.join(_received(books), on="need", how="left").with_columns(
        pl.col("soon", "tardy", "unit_days").fill_null(0.0)
    )
    rows = books.plan["fulfilment"].join(rows, on="need", how="full", coalesce=True)
    expected = {
        "priority": pl.col("need_priority"),
        "place": pl.col("need_place"),
        "item": pl.col("need_item"),
        "required_by": pl.col("first_day"),
        "asked": pl.col("total"),
        "on_time": pl.col("soon"),
        "late": pl.col("tardy"),
        "unmet": pl.col("total") - pl.col("soon") - pl.col("tardy"),
        "unit_days_late": pl.col("unit_days"),
        "first_delivery": pl.col("first"),
        "last_delivery": pl.col("last"),
    }
    return mismatches(rows, "fulfilment", ("need",), expected)


def _received(books: Books) -> pl.DataFrame:
    """Return what each need receives on time and late, the unit-days, and the first and last delivery."""
    quantity, late = pl.col("meets"), pl.col("days_late") > 0
    return (
        issues_of(books)
        .filter(quantity > 0)
        .group_by("need")
        .agg(
            soon=quantity.filter(~late).sum(),
            tardy=quantity.filter(late).sum(),
            unit_days=(quantity * pl.col("days_late")).sum(),
            first=pl.col("last_date").min(),
            last=pl.col("last_date").max(),
        )
    )
