"""The value of each tier, worked out anew from the tables of the plan."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from scorta.verify.books import Books
from scorta.verify.breach import Breach, allowance
from scorta.verify.orders import lay_firm

Value = tuple[float, float]
"""The value of a tier, and the sum of the figures it is made of, whatever their sign."""


def check_tiers(
    books: Books,
    holders: pl.DataFrame,
    excess: pl.DataFrame,
    shares: pl.DataFrame,
    change: pl.DataFrame | None,
    tiers: Sequence[tuple[str, float]],
) -> tuple[Breach, ...]:
    """Check the value of each tier but `floors`, whose own rule it is; no tier is named twice or unknown."""
    values, found = value_tiers(books, holders, excess, shares), []
    values |= {} if change is None else _changes(change)
    for name, stated in dict(tiers).items():
        if name not in values and name != "floors":
            found.append(Breach("tiers", f"There is no tier {name}.", 1.0, "", name))
        elif name != "floors" and not abs(stated - values[name][0]) <= allowance(values[name][1]):
            sentence = f"The tier {name} is {stated!r}, and the tables make {values[name][0]!r}."
            found.append(Breach("tiers", sentence, abs(stated - values[name][0]), "", name))
    if len(dict(tiers)) < len(tiers):
        found.append(Breach("tiers", "A tier is named twice.", 1.0))
    for name, words in (("limits", "Limits are exceeded by"), ("firm orders", "Of what is firm, there lack")):
        value, size = values[name]
        if name not in dict(tiers) and value > allowance(size):
            found.append(Breach("tiers", f"{words} {value:g}, and no tier says so.", value, "", name))
    return tuple(found)


def value_tiers(books: Books, holders: pl.DataFrame, excess: pl.DataFrame, shares: pl.DataFrame) -> dict[str, Value]:
    """Return the value of every tier but `floors`: from what is held, by how much limits are exceeded, who gives."""
    return {
        "limits": _limits(excess),
        "firm orders": _firm_orders(books),
        **_needs(books),
        "asks": _sum(books.asks, pl.col("quantity")),
        "shares": _shares(shares),
        "objectives": _objectives(holders),
        "cost": _cost(books),
        "earliest": _earliest(books),
    }


def _sum(rows: pl.DataFrame, term: pl.Expr) -> Value:
    """Return the sum of a term over rows, and of its size."""
    if rows.is_empty():
        return 0.0, 0.0
    figures = term.cast(pl.Float64).fill_null(0.0)
    value, size = rows.select(value=figures.sum(), size=figures.abs().sum()).row(0)
    return value, size


def _add(values: Sequence[Value]) -> Value:
    """Return the sum of values."""
    return sum(value for value, _ in values), sum(size for _, size in values)


def _limits(excess: pl.DataFrame) -> Value:
    """Return the excess over storage and maximum, times the days of the bucket."""
    size = _sum(excess, pl.col("level") * pl.col("days"))[1]
    return _sum(excess, pl.col("excess") * pl.col("days"))[0], size


def _firm_orders(books: Books) -> Value:
    """Return what of the firm quantities that are due is not handed over."""
    rows = lay_firm(books)
    size = _sum(rows, pl.col("firm_left") + pl.col("bought"))[1]
    return _sum(rows, (pl.col("firm_left") - pl.col("bought")).clip(lower_bound=0.0))[0], size


def _needs(books: Books) -> dict[str, Value]:
    """Return the quantity unmet and the unit-days late of each priority."""
    asked = books.occurrences
    values: dict[str, Value] = {}
    for priority in asked["priority"].unique().sort():
        met = books.issues.filter(pl.col("priority") == priority)
        want = _sum(asked.filter(pl.col("priority") == priority), pl.col("quantity"))
        values[f"needs {priority} unmet"] = _add([want, _sum(met, -pl.col("meets"))])
        values[f"needs {priority} late"] = _sum(met, pl.col("meets") * pl.col("days_late"))
    return values


def _shares(shares: pl.DataFrame) -> Value:
    """Return the largest excess over the share in each key, added up."""
    keys = shares.group_by("key").agg(pl.col("excess").max(), pl.col("total").first())
    return _sum(keys, pl.col("excess").clip(lower_bound=0.0))[0], _sum(keys, pl.col("total"))[1]


def _objectives(holders: pl.DataFrame) -> Value:
    """Return the unit-days below the objectives, each divided by its weight."""
    rows = holders.filter(pl.col("objective").is_not_null())
    below = (pl.col("objective") - pl.col("level")).clip(lower_bound=0.0)
    size = _sum(rows, pl.col("objective") * pl.col("days") / pl.col("weight"))[1]
    return _sum(rows, below * pl.col("days") / pl.col("weight"))[0], size


def _cost(books: Books) -> Value:
    """Return the cost of all that is bought, made, moved, held, built and thrown away, and of what stays unmet.

    Set-ups count to production, and fixed costs of legs to transport; both stand in tables that are checked.
    """
    price = books.case["needs"].select("need", "unmet_cost_eur")
    quantity = pl.col("quantity")
    return _add(
        [
            _sum(books.orders, quantity * pl.col("price")),
            _sum(books.production, pl.col("started") * pl.col("unit_cost_eur")),
            _sum(books.production, pl.col("setup_cost_eur")),
            _sum(books.shipments, pl.col("mass") * pl.col("cost_eur_per_t")),
            _sum(books.leg_use, pl.col("fixed_cost_eur")),
            _sum(books.levels, quantity * pl.col("holding_eur_per_month") * pl.col("months")),
            _sum(
                books.expansions.join(books.case["expansions"].select("expansion", price="cost_eur"), on="expansion"),
                pl.col("count") * pl.col("price"),
            ),
            _sum(books.levels, pl.col("expired") * pl.col("worth")),
            _sum(books.arrivals.filter("wasted"), quantity * pl.col("worth")),
            _sum(books.occurrences.join(price, on="need"), quantity * pl.col("unmet_cost_eur")),
            _sum(books.issues.join(price, on="need"), -pl.col("meets") * pl.col("unmet_cost_eur")),
        ]
    )


def _earliest(books: Books) -> Value:
    """Return what issues meet times the last day of their bucket, and a thousandth of all that is handled.

    That is moves, by their transit and a day, kits put together, and substitutes.
    """
    moved, handled = pl.col("quantity") * (1 + pl.col("transit_days")) / 1000, pl.col("quantity") / 1000
    return _add(
        [
            _sum(books.issues, pl.col("meets") * pl.col("end")),
            _sum(books.shipments, moved),
            _sum(books.kits, handled),
            _sum(books.issues.filter(pl.col("item") != pl.col("need_item")), handled),
            _sum(books.component_use.filter(pl.col("item") != pl.col("component")), handled),
        ]
    )


def _changes(change: pl.DataFrame) -> dict[str, Value]:
    """Return what is decided otherwise than in a previous plan, in its frozen buckets and in all."""
    otherwise, both = (pl.col("after") - pl.col("before")).abs(), pl.col("after") + pl.col("before")
    parts = (("frozen", change.filter("frozen")), ("change", change))
    return {name: (_sum(rows, otherwise)[0], _sum(rows, both)[1]) for name, rows in parts}
