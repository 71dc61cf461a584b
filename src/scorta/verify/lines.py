"""Lines: the hours that starts use, what the rows of a line give, and what expansions add."""

from __future__ import annotations

import polars as pl

from scorta.rules import Rule
from scorta.verify.books import Books, months_between, once, places_of, to_date, to_day
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.production import starts_of

_LOAD = ("line", "bucket")
_DECISION = ("expansion", "bucket")


def check_lines(books: Books) -> tuple[Breach, ...]:
    """Check what is decided of expansions, the load of every line, and that no line runs more hours than it has."""
    return _check_expansions(books) + _check_counts(books) + _check_loads(books) + _check_hours(books)


@once
def _expansions_of(books: Books) -> pl.DataFrame:
    """Return the expansions of the plan, each beside its row and the owner of its line."""
    owners = books.case["lines"].unique("line", keep="first", maintain_order=True).select("line", "place")
    owners = owners.join(places_of(books), on="place", how="left").select(grows="line", owner="party")
    facts = books.case["expansions"].select(
        "expansion",
        "maximum_count",
        grows="line",
        each="adds_per_month",
        price="cost_eur",
        lead=pl.col("lead_time_days").ceil().cast(pl.Int64),
        payer="paid_by",
    )
    rows = books.plan["expansions"].join(facts, on="expansion", how="left").join(owners, on="grows", how="left")
    return rows.join(books.calendar, on="bucket", how="left").with_columns(
        payer=pl.coalesce("payer", "owner"), ready=pl.col("start") + pl.col("lead"), ready_on=to_date(
            "start", books.horizon, pl.col("lead")
        )
    )  # fmt: skip


def _check_expansions(books: Books) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the expansions."""
    expected = {
        "line": pl.col("grows"),
        "decided_on": pl.col("first_date"),
        "available_from": pl.col("ready_on"),
        "adds_per_month": pl.col("count") * pl.col("each"),
        "cost_eur": pl.col("count") * pl.col("price"),
        "paid_by": pl.col("payer"),
    }
    return mismatches(_expansions_of(books), "expansions", _DECISION, expected)


def _check_counts(books: Books) -> tuple[Breach, ...]:
    """Check that no more of an expansion is built than may be."""
    sums = _expansions_of(books).group_by("expansion").agg(pl.col("count").sum(), most=pl.col("maximum_count").first())
    broken = sums.with_columns(amount=pl.col("count") - pl.col("most")).filter(exceeds("amount", "most"))
    sentence = "{count:g} of {expansion} are built, and {most} may be."
    return report(broken, Rule.EXPANSION_COUNT, sentence, "expansions", ("expansion",))


@once
def _loads_of(books: Books) -> pl.DataFrame:
    """Return for each line and bucket the hours used, given, ready by expansions, and at most and at least run.

    What expansions have `added` is what is ready of them within the maximum.
    """
    rows = hours_of(books).join(_added(books), on=_LOAD, how="full", coalesce=True)
    rows = rows.join(used_hours_of(books), on=_LOAD, how="full", coalesce=True)
    rows = rows.with_columns(pl.col("used", "room", "added", "least").fill_null(0.0))
    above = (pl.col("most") - pl.col("room")).clip(lower_bound=0.0)
    return rows.with_columns(added=pl.min_horizontal("added", above), ready="added")


@once
def used_hours_of(books: Books) -> pl.DataFrame:
    """Return the hours that starts use of each line in each bucket."""
    own = books.case["processes"].select("process", "line", hours=pl.col("line_hours_per_unit").fill_null(0.0))
    more = books.case["loads"].select("process", "line", hours="line_hours_per_unit")
    rates = pl.concat([own, more]).filter(pl.col("line").is_not_null())
    starts = starts_of(books).select("process", "bucket", "started").join(rates, on="process")
    return starts.group_by(_LOAD).agg(used=(pl.col("started") * pl.col("hours")).sum())


@once
def hours_of(books: Books) -> pl.DataFrame:
    """Return the hours that the rows of each line give, each over its own days; no `most` where one has no maximum."""
    lines = books.case["lines"].select(
        "line",
        "capacity_per_month",
        "maximum_per_month",
        "minimum_per_month",
        opens=to_day("available_from", books.horizon, 0),
        closes=to_day("until_date", books.horizon),
    )
    rows = lines.join(books.calendar.select("bucket", "start", "end"), how="cross")
    rows = rows.with_columns(first=pl.max_horizontal("start", "opens"), last=pl.min_horizontal("end", "closes"))
    rows = rows.with_columns(months_between(rows, "first", "last", books.horizon)).filter(pl.col("months") > 0)
    months, most = pl.col("months"), pl.col("maximum_per_month")
    return rows.group_by(_LOAD).agg(
        room=(pl.col("capacity_per_month") * months).sum(),
        least=(pl.col("minimum_per_month").fill_null(0.0) * months).sum(),
        most=pl.when(most.is_not_null().all()).then((most * months).sum()),
    )


def _added(books: Books) -> pl.DataFrame:
    """Return the hours that expansions add to each line in each bucket: day by day, while the line stands."""
    lines = books.case["lines"].select(
        "line", opens=to_day("available_from", books.horizon, 0), closes=to_day("until_date", books.horizon)
    )
    days = books.calendar.select("bucket", day=pl.int_ranges("start", pl.col("end") + 1)).explode("day")
    date = to_date("day", books.horizon)
    days = days.with_columns(part=1 / date.dt.month_end().dt.day().cast(pl.Float64))
    stands = lines.filter(pl.col("line").is_in(_expansions_of(books)["line"].implode())).join(
        days, how="cross"
    ).filter(pl.col("day").is_between("opens", "closes")).unique(["line", "day"])  # fmt: skip
    rows = (
        _expansions_of(books)
        .select("line", "ready", "adds_per_month")
        .join(stands, on="line")
        .filter(pl.col("day") >= pl.col("ready"))
    )
    return rows.group_by(_LOAD).agg(added=(pl.col("adds_per_month") * pl.col("part")).sum())


def _check_loads(books: Books) -> tuple[Breach, ...]:
    """Check that the load of every line stands in its table, in every bucket in which it has hours."""
    has_any = (pl.col("room") > 0) | (pl.col("added") > 0) | (pl.col("least") > 0)
    due = _loads_of(books).filter(has_any).join(books.calendar.select("bucket", "last_date"), on="bucket")
    rows = books.plan["line_load"].join(due, on=_LOAD, how="full", coalesce=True)
    expected = {
        "date": pl.col("last_date"),
        "used_hours": pl.col("used"),
        "capacity_hours": pl.col("room"),
        "expansion_hours": pl.col("added"),
        "minimum_hours": pl.col("least"),
    }
    return mismatches(rows, "line_load", _LOAD, expected)


def _check_hours(books: Books) -> tuple[Breach, ...]:
    """Check that starts use no more hours of a line than its rows give and expansions add, nor than its maximum."""
    found: tuple[Breach, ...] = ()
    for rule, has in ((Rule.LINE_HOURS, pl.col("room") + pl.col("ready")), (Rule.LINE_MAXIMUM, pl.col("most"))):
        rows = _loads_of(books).with_columns(has=has, amount=pl.col("used") - has)
        sentence = "Starts use {used:g} hours of {line} in bucket {bucket}, and it has {has:g}."
        found += report(rows.filter(exceeds("amount", "used")), rule, sentence, "production", _LOAD)
    return found
