"""Switches: set-ups, minimum lots, lines that run or stand, legs in use, least quantities, and whole numbers."""

from __future__ import annotations

import polars as pl

from scorta.rules import Rule
from scorta.verify.books import Books, to_date, to_day
from scorta.verify.breach import SUM_TOLERANCE, Breach, exceeds, mismatches, report
from scorta.verify.contracts import orders_of
from scorta.verify.legs import shipments_of
from scorta.verify.lines import hours_of, used_hours_of
from scorta.verify.needs import issues_of, occurrences_of
from scorta.verify.production import starts_of

_START = ("process", "bucket")
_LEG = ("leg", "bucket")
_SHIPMENT = ("need", "required_by", "bucket")
_ORDER = ("contract", "bucket")


def check_switches(books: Books) -> tuple[Breach, ...]:
    """Check what is whole, or nothing or at least something; where whole numbers were dropped, only what it costs."""
    costs = _check_set_ups(books) + _check_leg_use(books)
    if books.relaxed:
        return costs
    return (
        costs
        + _check_lots(books)
        + _check_wholes(books)
        + _check_expansions(books)
        + _check_rates(books)
        + _check_shipments(books)
        + _check_call_offs(books)
    )


def _check_set_ups(books: Books) -> tuple[Breach, ...]:
    """Check the set-up cost of each start: that of its process, or a part of it where whole numbers were dropped."""
    cost = pl.col("process_setup").fill_null(0.0)
    expected = {"setup_cost_eur": _within("setup_cost_eur", cost, books.relaxed)}
    return mismatches(starts_of(books), "production", _START, expected)


def _within(column: str, cost: pl.Expr, relaxed: bool) -> pl.Expr:
    """Return what a cost should be: all of it, or where whole numbers were dropped no less than nothing, no more."""
    return pl.col(column).clip(pl.lit(0.0), cost) if relaxed else cost


def _check_leg_use(books: Books) -> tuple[Breach, ...]:
    """Check that each leg in use that has a fixed cost has a row: its days, its mass, and the cost."""
    opens, closes = to_day("open_from", books.horizon, 0), to_day("open_until", books.horizon)
    costs = books.case["legs"].select("leg", cost="fixed_cost_eur", opens=opens, closes=closes)
    costs = costs.filter(pl.col("cost") > 0)
    shipped = shipments_of(books).join(costs, on="leg", how="semi").group_by(_LEG).agg(tonnes=pl.col("mass").sum())
    rows = books.plan["leg_use"].join(shipped, on=_LEG, how="full", coalesce=True).join(costs, on="leg", how="left")
    rows = rows.join(books.calendar.select("bucket", "start", "end"), on="bucket", how="left")
    rows = rows.with_columns(first=pl.max_horizontal("start", "opens"), last=pl.min_horizontal("end", "closes"))
    expected = {
        "leaves_from": to_date("first", books.horizon),
        "leaves_until": to_date("last", books.horizon),
        "mass_t": pl.col("tonnes"),
        "fixed_cost_eur": _within("fixed_cost_eur", pl.col("cost"), books.relaxed),
    }
    return mismatches(rows, "leg_use", _LEG, expected)


def _check_lots(books: Books) -> tuple[Breach, ...]:
    """Check that a process starts its minimum lot, or nothing."""
    short = pl.col("lot").fill_null(0.0) - pl.col("started")
    rows = starts_of(books).with_columns(amount=short).filter(exceeds("amount", "lot"))
    sentence = "{process} starts {started:g} in bucket {bucket}, and its minimum lot is {lot:g}."
    return report(rows, Rule.MINIMUM_LOT, sentence, "production", _START)


def _check_wholes(books: Books) -> tuple[Breach, ...]:
    """Check that a process that starts whole units only does so: exactly, nothing is rounded."""
    rest = (pl.col("started") - pl.col("started").round()).abs()
    rows = starts_of(books).filter("starts_whole").with_columns(amount=rest).filter(pl.col("amount") > 0)
    sentence = "{process} starts {started!r} in bucket {bucket}, which is not whole."
    return report(rows, Rule.WHOLE_UNITS, sentence, "production", _START)


def _check_expansions(books: Books) -> tuple[Breach, ...]:
    """Check that expansions of which only whole ones can be built are whole: exactly, nothing is rounded."""
    whole = books.case["expansions"].filter("whole").select("expansion")
    rest = (pl.col("count") - pl.col("count").round()).abs()
    rows = books.plan["expansions"].join(whole, on="expansion").with_columns(amount=rest).filter(pl.col("amount") > 0)
    sentence = "{count!r} of {expansion} are decided in bucket {bucket}, which is not whole."
    return report(rows, Rule.WHOLE_UNITS, sentence, "expansions", ("expansion", "bucket"))


def _check_rates(books: Books) -> tuple[Breach, ...]:
    """Check that a line is used for its minimum hours, or not at all."""
    least = hours_of(books).select("line", "bucket", "least")
    rows = used_hours_of(books).filter(pl.col("used") > SUM_TOLERANCE).join(least, on=["line", "bucket"])
    rows = rows.with_columns(amount=pl.col("least") - pl.col("used")).filter(exceeds("amount", "least"))
    sentence = "Starts use {used:g} hours of {line} in bucket {bucket}, and it runs for {least:g} or not at all."
    return report(rows, Rule.MINIMUM_RATE, sentence, "production", ("line", "bucket"))


def _check_shipments(books: Books) -> tuple[Breach, ...]:
    """Check that a need receives in a bucket its minimum shipment, all that it asks for, or nothing."""
    least = books.case["needs"].select("need", "minimum_shipment").drop_nulls()
    asked = occurrences_of(books).select("need", "required_by", asked="quantity").join(least, on="need")
    rows = (
        issues_of(books).group_by(_SHIPMENT).agg(quantity=pl.col("meets").sum()).join(asked, on=["need", "required_by"])
    )
    rows = rows.with_columns(least=pl.min_horizontal("minimum_shipment", "asked"))
    rows = rows.with_columns(amount=pl.col("least") - pl.col("quantity")).filter(exceeds("amount", "least"))
    sentence = "{need} receives {quantity:g} in bucket {bucket}, and {least:g} is the least that it receives."
    return report(rows, Rule.MINIMUM_SHIPMENT, sentence, "issues", _SHIPMENT)


def _check_call_offs(books: Books) -> tuple[Breach, ...]:
    """Check that nothing is called off from a contract in a bucket, or its minimum order, or all that is left.

    What is firm comes first, so what is bought by the end of a bucket beyond it was called off.
    """
    minimum = books.case["contracts"].select("contract", "minimum_order").filter(pl.col("minimum_order") > 0)
    bought = orders_of(books).group_by(_ORDER).agg(pl.col("quantity").sum(), pl.col("left", "firm_left").first())
    rows = bought.join(minimum, on="contract").sort(_ORDER)
    until = (pl.col("quantity").cum_sum().over("contract") - pl.col("firm_left")).clip(lower_bound=0.0)
    rows = rows.with_columns(until=until)
    rows = rows.with_columns(called=pl.col("until") - pl.col("until").shift(1, fill_value=0.0).over("contract"))
    rows = rows.with_columns(least=pl.min_horizontal("minimum_order", pl.col("left") - pl.col("firm_left")))
    rows = rows.with_columns(amount=pl.col("least") - pl.col("called")).filter(exceeds("called", "firm_left"))
    sentence = "{called:g} are called off from {contract} in bucket {bucket}, and {least:g} is the least."
    return report(rows.filter(exceeds("amount", "least")), Rule.MINIMUM_ORDER, sentence, "orders", _ORDER)
