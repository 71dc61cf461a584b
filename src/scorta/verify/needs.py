"""Needs: what may be issued to them, when and how much, and how the plan says they are met."""

from __future__ import annotations

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import Breach, exceeds, mismatches, report

_OCCURRENCE = ("need", "required_by")
_KEY = (*_OCCURRENCE, "item", "reserved_for", "expires_on", "bucket")


def check_needs(books: Books) -> tuple[Breach, ...]:
    """Check every issue, every occurrence, and the fulfilment of every need."""
    occurrences = books.occurrences
    issues = books.issues.join(occurrences.drop("priority", "quantity"), on=_OCCURRENCE, how="left")
    known = issues.filter(pl.col("due").is_not_null())
    return (
        _check_known(issues)
        + _check_rows(books, known)
        + _check_window(known)
        + _check_asked(books, occurrences)
        + _check_fulfilment(books, occurrences)
    )


def _check_known(issues: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that each issue serves an occurrence of an open need, at its place, of its item or a substitute for it."""
    unknown = issues.filter(pl.col("due").is_null()).with_columns(amount=pl.col("quantity"))
    elsewhere = issues.filter((pl.col("place") != pl.col("need_place")) | pl.col("factor").is_null())
    return report(unknown, "need", "{need} asks for nothing by {required_by}.", "issues", _KEY) + report(
        elsewhere,
        "need",
        "{need} asks for {need_item} at {need_place}, not for {item} at {place} in bucket {bucket}.",
        "issues",
        _KEY,
    )


def _check_rows(books: Books, issues: pl.DataFrame) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the issues: its dates, its days late, and what it meets."""
    due = books.calendar.select(due="bucket", due_end="end")
    expected = {
        "issued_from": pl.col("first_date"),
        "issued_until": pl.col("last_date"),
        "meets": pl.col("quantity") * pl.col("factor"),
        "days_late": (pl.col("end") - pl.col("due_end")).clip(lower_bound=0),
    }
    return mismatches(issues.join(due, on="due"), "issues", _KEY, expected)


def _check_window(issues: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that nothing is issued before a need may be served or after it has lapsed."""
    outside = (pl.col("bucket") < pl.col("opens")) | (pl.col("bucket") > pl.col("closes"))
    wrong = issues.filter(outside).with_columns(amount=pl.col("quantity"))
    sentence = "{need} of {required_by} may be served in the buckets {opens} to {closes}."
    return report(wrong, "need window", sentence, "issues", _KEY)


def _check_asked(books: Books, occurrences: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that no occurrence receives more than it asks for."""
    asked = occurrences.select(*_OCCURRENCE, asked="quantity")
    sums = books.issues.group_by(_OCCURRENCE).agg(quantity=pl.col("meets").sum()).join(asked, on=_OCCURRENCE)
    broken = sums.with_columns(amount=pl.col("quantity") - pl.col("asked")).filter(exceeds("amount", "quantity"))
    sentence = "{need} of {required_by} asks for {asked:g} and receives {quantity:g}."
    return report(broken, "need quantity", sentence, "issues", _OCCURRENCE)


def _check_fulfilment(books: Books, occurrences: pl.DataFrame) -> tuple[Breach, ...]:
    """Check the row of each need in the fulfilment; a need of the plan without a row, or another row, is a breach."""
    facts = books.case["needs"].select(
        "need", need_priority="priority", need_place="place", need_item="item", first_day="required_by"
    )
    needs = occurrences.group_by("need").agg(total=pl.col("quantity").sum()).join(facts, on="need")
    rows = needs.join(_received(books), on="need", how="left").with_columns(
        pl.col("soon", "tardy", "unit_days").fill_null(0.0)
    )
    rows = books.fulfilment.join(rows, on="need", how="full", coalesce=True)
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
        books.issues.filter(quantity > 0)
        .group_by("need")
        .agg(
            soon=quantity.filter(~late).sum(),
            tardy=quantity.filter(late).sum(),
            unit_days=(quantity * pl.col("days_late")).sum(),
            first=pl.col("last_date").min(),
            last=pl.col("last_date").max(),
        )
    )
