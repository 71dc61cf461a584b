"""Budgets: what each party pays in each calendar year, worked out anew, and what is left of its budget."""

from __future__ import annotations

import datetime as dt

import polars as pl

from scorta.rules import Rule
from scorta.verify.books import Books, places_of, to_date, to_day
from scorta.verify.breach import Breach, exceeds, mismatches, report
from scorta.verify.contracts import orders_of
from scorta.verify.legs import shipments_of
from scorta.verify.production import starts_of
from scorta.verify.stocks import stock_of

_KEY = ("party", "year", "kind")
_PRICED = pl.col("quantity") * pl.col("price")


def check_budgets(books: Books) -> tuple[Breach, ...]:
    """Check the table of spend against everything that costs money, and what is spent against the budgets."""
    decided = _by_year(books, _paid_for(books))
    forced = _by_year(books, _receipts(books))
    sums = pl.concat([decided, forced]).group_by(_KEY).agg(pl.col("amount", "size").sum())
    rows = books.plan["spend"].join(sums, on=_KEY, how="full", coalesce=True)
    wrong = mismatches(rows, "spend", _KEY, {"amount_eur": pl.col("amount")})
    return wrong + _check_sums(books, decided, forced)


def budgeted_of(books: Books) -> pl.DataFrame:
    """Return the amount that each party pays from its budget of each year, receipts under contracts among it."""
    paid = pl.concat([_by_year(books, rows) for rows in (_paid_for(books), _receipts(books))])
    return paid.filter(pl.col("kind") != "holding").group_by("party", "year").agg(pl.col("amount").sum())


def _paid_for(books: Books) -> pl.DataFrame:
    """Return what each row of the plan costs whom."""
    owner = places_of(books).select("place", owner="party")
    transit, after, decided = pl.col("transit_days"), pl.col("last") + 1, to_day("decided_on", books.horizon)
    orders, starts = orders_of(books).filter("runs"), starts_of(books).filter("runs").join(owner, on="place")
    ships, levels = shipments_of(books).filter("runs"), stock_of(books).join(owner, on="place")
    held = pl.col("quantity") * pl.col("holding_eur_per_month") * pl.col("months")
    made, carried = pl.col("started") * pl.col("unit_cost_eur"), pl.col("mass") * pl.col("cost_eur_per_t")
    return pl.concat([
        _paid(orders, "purchase", "receiver", pl.col("first") + transit, after + transit, _PRICED),
        _paid(starts, "production", "owner", pl.col("first"), after, made),
        _paid(starts, "production", "owner", pl.col("first"), after, pl.col("setup_cost_eur")),
        _paid(ships, "transport", "giver", pl.col("first"), after, carried),
        _fixed(books),
        _paid(books.plan["expansions"], "expansion", "paid_by", decided, decided + 1, pl.col("cost_eur")),
        _paid(levels, "holding", "owner", pl.col("start"), pl.col("end") + 1, held),
    ])  # fmt: skip


def _fixed(books: Books) -> pl.DataFrame:
    """Return the fixed costs of legs in use: they are paid by the owner of the place where the leg begins."""
    owners = places_of(books).select(origin="place", owner="party")
    legs = books.case["legs"].select("leg", "origin").join(owners, on="origin")
    rows, until = books.plan["leg_use"].join(legs, on="leg"), to_day("leaves_until", books.horizon) + 1
    return _paid(rows, "transport", "owner", to_day("leaves_from", books.horizon), until, pl.col("fixed_cost_eur"))


def _paid(rows: pl.DataFrame, kind: str, party: str, begin: pl.Expr, until: pl.Expr, amount: pl.Expr) -> pl.DataFrame:
    """Return what rows cost a party, paid evenly over the time from `begin` to `until`."""
    return rows.select(
        pl.col(party).alias("party"),
        kind=pl.lit(kind),
        begin=begin.cast(pl.Float64),
        until=until.cast(pl.Float64),
        amount=amount.cast(pl.Float64).fill_null(0.0),
    )


def _receipts(books: Books) -> pl.DataFrame:
    """Return what receipts under contracts cost the buyers on the day they are due; past due, on the first day."""
    contracts = books.case["contracts"].select("contract", "buyer", price="unit_price_eur")
    rows = books.case["receipts"].join(contracts, on="contract")
    day = to_day("due_on", books.horizon).clip(lower_bound=0)
    return _paid(rows, "purchase", "buyer", day, day + 1, _PRICED)


def _by_year(books: Books, paid: pl.DataFrame) -> pl.DataFrame:
    """Add up what is paid by party, calendar year and kind; what is paid after the last year of the plan is left out.

    `size` is the sum of the figures whatever their sign.
    """
    first, last = books.horizon.as_of.year, books.horizon.date(books.horizon.last_day).year
    edges = [books.horizon.day(dt.date(year, 1, 1)) for year in range(first, last + 2)]
    years = pl.DataFrame({"year": range(first, last + 1), "opens": edges[:-1], "closes": edges[1:]})
    days = {"from": pl.col("begin").floor().cast(pl.Int64), "to": pl.col("until").ceil().cast(pl.Int64) - 1}
    rows = paid.filter(pl.col("amount") != 0).with_columns(**days)
    from_year, to_year = (to_date(name, books.horizon).dt.year().cast(pl.Int64) for name in days)
    rows = rows.with_columns(year=pl.int_ranges(from_year, to_year + 1)).explode("year")
    rows = rows.join(years.with_columns(pl.col("year").cast(pl.Int64)), on="year")
    shared = pl.min_horizontal("until", "closes") - pl.max_horizontal("begin", "opens")
    share = shared.clip(lower_bound=0.0) / (pl.col("until") - pl.col("begin"))
    rows = rows.with_columns(pl.col("amount") * share).filter(pl.col("amount") != 0)
    return rows.group_by(_KEY).agg(pl.col("amount").sum(), size=pl.col("amount").abs().sum())


def _check_sums(books: Books, decided: pl.DataFrame, forced: pl.DataFrame) -> tuple[Breach, ...]:
    """Check that nobody spends more in a year than its budgets, or than what receipts alone cost."""
    where = ("party", "year")
    funds = books.case["budgets"].group_by(where).agg(budget=pl.col("amount_eur").sum())
    due = forced.group_by(where).agg(due=pl.col("amount").sum())
    spent = decided.filter(pl.col("kind") != "holding").group_by(where).agg(
        spent=pl.col("amount").sum(), size=pl.col("size").sum()
    )  # fmt: skip
    rows = spent.join(funds, on=where).join(due, on=where, how="left").with_columns(pl.col("due").fill_null(0.0))
    room = (pl.col("budget") - pl.col("due")).clip(lower_bound=0.0)
    broken = rows.with_columns(room=room, amount=pl.col("spent") - room).filter(exceeds("amount", "size"))
    sentence = "{party} decides on {spent:g} EUR in {year}, and {room:g} are left of its budget of {budget:g}."
    return report(broken, Rule.BUDGET, sentence, "spend", where)
