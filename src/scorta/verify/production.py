"""Production: what a process starts, uses, makes and costs, what stands in for components, and kits put together."""

from __future__ import annotations

import polars as pl

from scorta.rules import Rule
from scorta.verify.books import (
    ENTRY,
    FREE,
    Books,
    arriving,
    levels_of,
    once,
    places_of,
    to_date,
    to_day,
    with_bucket,
    with_last_bucket,
    with_open_days,
)
from scorta.verify.breach import SUM_TOLERANCE, Breach, exceeds, mismatches, report
from scorta.verify.needs import occurrences_of, substitutes_of

_START = ("process", "bucket")
_USED = ("place", "bucket", "used", "condition", "quantity")
_TAKEN = ("place", "component", "item", "condition", "expires_on", "bucket")
_KIT = ("place", "item", "bucket")
_GOODS = ("place", "item")


@once
def starts_of(books: Books) -> pl.DataFrame:
    """Return the starts, each with its process and the days on which it may start."""
    processes = books.case["processes"].select(
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
        opens=to_day("from_date", books.horizon, 0),
        closes=to_day("until_date", books.horizon),
    )
    rows = books.plan["production"].join(processes, on="process", how="left", maintain_order="left")
    return with_open_days(with_bucket(books, rows))


@once
def kits_of(books: Books) -> pl.DataFrame:
    """Return the kits put together, each with the days of its bucket."""
    return with_bucket(books, books.plan["kits"])


@once
def uses_of(books: Books) -> pl.DataFrame:
    """Return what each start uses of each row of its bill of materials, with the days on which the row is in force.

    A process that takes its own product takes it repairable. The rows of kits put together stand after those of starts;
    they name no process.
    """
    bill = books.case["components"].select(
        "process",
        used="item",
        per_unit="quantity",
        valid_from=to_day("from_date", books.horizon, 0),
        valid_until=to_day("until_date", books.horizon),
    )
    rows = starts_of(books).filter("runs").join(bill, on="process", how="inner")
    shared = pl.min_horizontal("last", "valid_until") - pl.max_horizontal("first", "valid_from") + 1
    rows = rows.with_columns(in_force=shared.clip(lower_bound=0))
    part = pl.col("in_force") / (pl.col("last") - pl.col("first") + 1)
    mended = pl.col("used") == pl.col("process_item")
    rows = rows.with_columns(
        quantity=pl.col("started") * pl.col("per_unit") * part,
        condition=pl.when(mended).then(pl.lit("repairable")).otherwise(pl.lit("serviceable")),
    )
    return pl.concat([rows, _into_kits(books)], how="diagonal")


def _into_kits(books: Books) -> pl.DataFrame:
    """Return what goes into the kits put together."""
    parts = books.case["kits"].select("item", used="component", per_kit="quantity")
    rows = kits_of(books).join(parts, on="item", how="inner")
    rows = rows.with_columns(pl.col("quantity") * pl.col("per_kit"), condition=pl.lit("serviceable"))
    return rows.select(_USED)


@once
def component_use_of(books: Books) -> pl.DataFrame:
    """Return what is taken for components, and how many units of the component a unit of it stands in for."""
    factor = substitutes_of(books).select("bucket", "item", "component_factor", component="instead_of")
    rows = books.plan["component_use"].join(
        factor, on=["bucket", "item", "component"], how="left", maintain_order="left"
    )
    is_own = pl.col("item") == pl.col("component")
    rows = rows.with_columns(factor=pl.when(is_own).then(1.0).otherwise("component_factor"))
    return with_last_bucket(books, with_bucket(books, rows))


@once
def undated_use_of(books: Books) -> pl.DataFrame:
    """Return what is taken from goods without a date: all that starts use, less what stands in for it."""
    where = ("place", "item", "condition", "bucket")
    used = uses_of(books).select("place", "condition", "bucket", "quantity", item="used")
    instead = component_use_of(books).select(
        "place", "condition", "bucket", quantity=-pl.col("meets"), item="component"
    )
    sums = pl.concat([used.select(*where, "quantity"), instead.select(*where, "quantity")]).group_by(where)
    rows = sums.agg(pl.col("quantity").sum(), size=pl.col("quantity").abs().sum())
    return rows.with_columns(reserved_for=pl.lit(None, pl.String), expires_on=pl.lit(None, pl.Date))


@once
def makings_of(books: Books) -> pl.DataFrame:
    """Return the product and the co-products that arrive in each spot and bucket, and the kits put together."""
    running = starts_of(books).with_row_index("ref").filter("runs")
    beside = books.case["coproducts"].select("process", "item", share="quantity")
    columns = ("ref", "first", "last", "lead_time_days", "place", "item")
    outputs = [
        rows.select(*columns, of=pl.col("started") * pl.col("share"))
        for rows in (running, running.drop("item", "share").join(beside, on="process"))
    ]
    rows = arriving(books, pl.concat(outputs), "lead_time_days")
    rows = rows.with_columns(**FREE, kind=pl.lit("production"), quantity=pl.col("of") * pl.col("share"))
    kits = kits_of(books).with_row_index("ref").with_columns(**FREE, kind=pl.lit("kit"), of="quantity")
    return pl.concat([rows.select(*ENTRY, "of"), kits.select(*ENTRY, "of")])


def check_production(books: Books) -> tuple[Breach, ...]:
    """Check every start, what stands in for components, and the kits put together."""
    starts = _check_figures(books) + _check_dates(books) + _check_bill(books)
    return starts + _check_component_use(books) + _check_kits(books)


def _check_figures(books: Books) -> tuple[Breach, ...]:
    """Check what is worked out in a row of the production: its place, its item, its dates, its yield, its cost."""
    lead = pl.col("lead_time_days")
    expected = {
        "place": pl.col("process_place"),
        "item": pl.col("process_item"),
        "starts_from": to_date("first", books.horizon),
        "starts_until": to_date("last", books.horizon),
        "made": pl.col("started") * pl.col("share"),
        "arrives_from": to_date("first", books.horizon, lead.floor().cast(pl.Int64)),
        "arrives_until": to_date("last", books.horizon, lead.ceil().cast(pl.Int64)),
        "cost_eur": pl.col("started") * pl.col("unit_cost_eur"),
    }
    return mismatches(starts_of(books), "production", _START, expected)


def _check_dates(books: Books) -> tuple[Breach, ...]:
    """Check that a process starts only in a bucket that touches its dates."""
    closed = starts_of(books).filter(~pl.col("runs"))
    return report(closed, Rule.PROCESS_DATES, "{process} may not start in bucket {bucket}.", "production", _START)


def _check_bill(books: Books) -> tuple[Breach, ...]:
    """Check that a process with a bill of materials starts only where some row of it is in force."""
    days = (
        uses_of(books)
        .filter(pl.col("process").is_not_null())
        .group_by(_START)
        .agg(pl.col("in_force").max(), amount=pl.col("started").first())
    )
    idle = days.filter((pl.col("in_force") == 0) & (pl.col("amount") > SUM_TOLERANCE))
    sentence = "{process} starts in bucket {bucket}, though none of its components is in force."
    return report(idle, Rule.BILL_IN_FORCE, sentence, "production", _START)


def _check_kits(books: Books) -> tuple[Breach, ...]:
    """Check that what is put together is a kit, and asked for where that is done."""
    kits = kits_of(books).with_columns(amount=pl.col("quantity"))
    parts = books.case["kits"].filter(pl.col("quantity") > 0)
    unknown = kits.join(parts, on="item", how="anti")
    unasked = kits.join(_asked_for(books, parts), on=_GOODS, how="anti")
    dates = mismatches(kits_of(books), "kits", _KIT, {"date": pl.col("last_date")})
    strange = report(unknown, Rule.KIT_ASKED, "{item} is no kit.", "kits", _KIT)
    return dates + strange + report(unasked, Rule.KIT_ASKED, "Nobody asks for {item} at {place}.", "kits", _KIT)


def _asked_for(books: Books, parts: pl.DataFrame) -> pl.DataFrame:
    """Return the places and items that needs and objectives ask for, with the kits that go into kits there."""
    needs = books.case["needs"].join(occurrences_of(books), on="need", how="semi").select(_GOODS)
    others = substitutes_of(books).select("item", "instead_of").unique()
    instead = needs.join(others, left_on="item", right_on="instead_of").select("place", item="item_right")
    wanted = levels_of(books).filter(pl.col("floor").is_not_null() | pl.col("objective").is_not_null())
    by_party = wanted.drop("place").join(places_of(books), on="party").select(_GOODS)
    at_place = wanted.filter(pl.col("place").is_not_null()).select(_GOODS)
    goods = pl.concat([needs, instead, by_party, at_place]).unique()
    inside = parts.select("item", into="component").filter(pl.col("into").is_in(parts["item"].implode()))
    while True:
        more = pl.concat([goods, goods.join(inside, on="item").select("place", item="into")]).unique()
        if more.height == goods.height:
            return goods
        goods = more


def _check_component_use(books: Books) -> tuple[Breach, ...]:
    """Check that only dated lots and substitutes in force stand in for components, and for no more than is used."""
    meets = {"date": pl.col("last_date"), "meets": pl.col("quantity") * pl.col("factor").fill_null(0.0)}
    rows = undated_use_of(books).with_columns(amount=-pl.col("quantity")).filter(exceeds("amount", "size"))
    sentence = "{amount:g} more are taken from dated lots and substitutes than starts use."
    found = report(rows, Rule.COMPONENTS, sentence, "component_use", ("place", "item", "bucket"))
    is_own = pl.col("item") == pl.col("component")
    idle = component_use_of(books).filter(is_own & pl.col("expires_on").is_null())
    broken = pl.col("factor").is_null() | (pl.col("condition") == "repairable")
    wrong = component_use_of(books).filter(~is_own & broken)
    return (
        mismatches(component_use_of(books), "component_use", _TAKEN, meets)
        + found
        + report(idle, Rule.STAND_IN, "What has no date stands in for itself.", "component_use", _TAKEN)
        + report(wrong, Rule.STAND_IN, "{item} may not stand in for {component}.", "component_use", _TAKEN)
    )
