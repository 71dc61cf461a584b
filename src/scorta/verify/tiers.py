"""The value of each tier, worked out anew from the tables of the plan, and a bound for which no solver is trusted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from scorta.case import Floats, Previous
from scorta.rules import Rule, Tier, TierKind
from scorta.verify.books import Books
from scorta.verify.breach import REDUCED_COST_TOLERANCE, Breach, allowance
from scorta.verify.contracts import firm_orders_of, orders_of
from scorta.verify.keys import shares_of
from scorta.verify.legs import arrivals_of, shipments_of
from scorta.verify.levels import FLOORS
from scorta.verify.needs import issues_of, occurrences_of
from scorta.verify.previous import changes_of
from scorta.verify.production import component_use_of, kits_of, starts_of
from scorta.verify.stocks import excess_of, held_of, stock_of

Value = tuple[float, float]
"""The value of a tier, and the sum of the figures it is made of, whatever their sign."""

Indices = npt.NDArray[np.integer]


def check_tiers(
    books: Books,
    tiers: Sequence[tuple[str, float]],
    previous: Previous | None = None,
) -> tuple[Breach, ...]:
    """Check the value of each tier but that of the floors, whose own rule it is; no tier is named twice or unknown."""
    values, found = value_tiers(books), []
    values |= {} if previous is None else _changes(changes_of(books.horizon, books.plan, previous))
    for name, stated in dict(tiers).items():
        if name not in values and name != FLOORS:
            found.append(Breach(Rule.TIERS, f"There is no tier {name}.", 1.0, "", name))
        elif name != FLOORS and not abs(stated - values[name][0]) <= allowance(values[name][1]):
            sentence = f"The tier {name} is {stated!r}, and the tables make {values[name][0]!r}."
            found.append(Breach(Rule.TIERS, sentence, abs(stated - values[name][0]), "", name))
    if len(dict(tiers)) < len(tiers):
        found.append(Breach(Rule.TIERS, "A tier is named twice.", 1.0))
    for kind, words in _NEVER_LEFT_OUT.items():
        name = Tier(kind).name
        value, size = values[name]
        if name not in dict(tiers) and value > allowance(size):
            found.append(Breach(Rule.TIERS, f"{words} {value:g}, and no tier says so.", value, "", name))
    return tuple(found)


_NEVER_LEFT_OUT = {
    TierKind.LIMITS: "Limits are exceeded by",
    TierKind.FIRM_ORDERS: "Of what is firm, there lack",
}
"""The tiers that a plan has wherever they are above nothing, and how that is said."""


def value_tiers(books: Books) -> dict[str, Value]:
    """Return the value of every tier but that of the floors, by its name."""
    values = {
        TierKind.LIMITS: _limits(books),
        TierKind.FIRM_ORDERS: _firm_orders(books),
        TierKind.ASKS: _sum(books.plan["asks"], pl.col("quantity")),
        TierKind.SHARES: _shares(books),
        TierKind.OBJECTIVES: _objectives(books),
        TierKind.COST: _cost(books),
        TierKind.EARLIEST: _earliest(books),
    }
    return {Tier(kind).name: value for kind, value in values.items()} | _needs(books)


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


def _limits(books: Books) -> Value:
    """Return the excess over storage and maximum, times the days of the bucket."""
    excess = excess_of(books)
    size = _sum(excess, pl.col("level") * pl.col("days"))[1]
    return _sum(excess, pl.col("excess") * pl.col("days"))[0], size


def _firm_orders(books: Books) -> Value:
    """Return what of the firm quantities that are due is not handed over."""
    rows = firm_orders_of(books)
    size = _sum(rows, pl.col("firm_left") + pl.col("bought"))[1]
    return _sum(rows, (pl.col("firm_left") - pl.col("bought")).clip(lower_bound=0.0))[0], size


def _needs(books: Books) -> dict[str, Value]:
    """Return the quantity unmet and the unit-days late of each priority."""
    asked = occurrences_of(books)
    values: dict[str, Value] = {}
    for priority in asked["priority"].unique().sort():
        met = issues_of(books).filter(pl.col("priority") == priority)
        want = _sum(asked.filter(pl.col("priority") == priority), pl.col("quantity"))
        values[Tier(TierKind.NEEDS_UNMET, priority).name] = _add([want, _sum(met, -pl.col("meets"))])
        values[Tier(TierKind.NEEDS_LATE, priority).name] = _sum(met, pl.col("meets") * pl.col("days_late"))
    return values


def _shares(books: Books) -> Value:
    """Return the largest excess over the share in each key, added up."""
    keys = shares_of(books).group_by("key").agg(pl.col("excess").max(), pl.col("total").first())
    return _sum(keys, pl.col("excess").clip(lower_bound=0.0))[0], _sum(keys, pl.col("total"))[1]


def _objectives(books: Books) -> Value:
    """Return the unit-days below the objectives, each divided by its weight."""
    rows = held_of(books).filter(pl.col("objective").is_not_null())
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
            _sum(orders_of(books), quantity * pl.col("price")),
            _sum(starts_of(books), pl.col("started") * pl.col("unit_cost_eur")),
            _sum(starts_of(books), pl.col("setup_cost_eur")),
            _sum(shipments_of(books), pl.col("mass") * pl.col("cost_eur_per_t")),
            _sum(books.plan["leg_use"], pl.col("fixed_cost_eur")),
            _sum(stock_of(books), quantity * pl.col("holding_eur_per_month") * pl.col("months")),
            _sum(
                books.plan["expansions"].join(
                    books.case["expansions"].select("expansion", price="cost_eur"), on="expansion"
                ),
                pl.col("count") * pl.col("price"),
            ),
            _sum(stock_of(books), pl.col("expired") * pl.col("worth")),
            _sum(arrivals_of(books).filter("wasted"), quantity * pl.col("worth")),
            _sum(occurrences_of(books).join(price, on="need"), quantity * pl.col("unmet_cost_eur")),
            _sum(issues_of(books).join(price, on="need"), -pl.col("meets") * pl.col("unmet_cost_eur")),
        ]
    )


def _earliest(books: Books) -> Value:
    """Return what issues meet times the last day of their bucket, and a thousandth of all that is handled.

    That is moves, by their transit and a day, kits put together, and substitutes.
    """
    moved, handled = pl.col("quantity") * (1 + pl.col("transit_days")) / 1000, pl.col("quantity") / 1000
    return _add(
        [
            _sum(issues_of(books), pl.col("meets") * pl.col("end")),
            _sum(shipments_of(books), moved),
            _sum(kits_of(books), handled),
            _sum(issues_of(books).filter(pl.col("item") != pl.col("need_item")), handled),
            _sum(component_use_of(books).filter(pl.col("item") != pl.col("component")), handled),
        ]
    )


def _changes(change: pl.DataFrame) -> dict[str, Value]:
    """Return what is decided otherwise than in a previous plan, in its frozen buckets and in all."""
    otherwise, both = (pl.col("after") - pl.col("before")).abs(), pl.col("after") + pl.col("before")
    parts = ((TierKind.FROZEN, change.filter("frozen")), (TierKind.CHANGE, change))
    return {Tier(kind).name: (_sum(rows, otherwise)[0], _sum(rows, both)[1]) for kind, rows in parts}


def dual_bound(
    *,
    costs: Floats,
    offset: float,
    starts: Indices,
    indices: Indices,
    values: Floats,
    column_lower: Floats,
    column_upper: Floats,
    row_lower: Floats,
    row_upper: Floats,
    duals: Floats,
) -> float:
    """Return a lower bound on `costs` x + `offset` over all x within the bounds of the columns and rows.

    The matrix is given column by column: column j has the rows `indices[starts[j]:starts[j + 1]]` with these
    `values`. Any `duals` do, one for each row: a positive one prices the lower bound of its row, a negative one the
    upper bound; good ones make a good bound. A column without a bound counts as no larger than all figures of the
    problem together: no plan gains by moving more than all that is there, comes in and is asked for. Without any duals
    the costs alone make a bound too (nothing that costs is below 0): the better of the two counts.
    """
    prices = _usable(duals, row_lower, row_upper)
    reduced, size = _reduce(costs, starts, indices, values, prices)
    side = np.where(reduced > 0, column_lower, column_upper)
    reduced[(np.abs(reduced) <= REDUCED_COST_TOLERANCE * size) & ~np.isfinite(side)] = 0.0
    sides = _times(prices, np.where(prices > 0, row_lower, row_upper))
    bounds = (column_lower, column_upper, row_lower, row_upper)
    most = sum(np.abs(bound[np.isfinite(bound)]).sum() for bound in bounds)
    priced, alone = (
        _times(each, np.clip(np.where(each > 0, column_lower, column_upper), -most, most)).sum()
        for each in (reduced, costs)
    )
    return float(offset + max(sides.sum() + priced, alone))


def _usable(duals: Floats, lower: Floats, upper: Floats) -> Floats:
    """Set to 0 the duals that price a side that is not there, or are no numbers."""
    side = np.where(duals > 0, lower, upper)
    return np.where(np.isfinite(duals) & np.isfinite(side), duals, 0.0)


def _reduce(costs: Floats, starts: Indices, indices: Indices, values: Floats, prices: Floats) -> tuple[Floats, Floats]:
    """Return the reduced cost of each column, and the sum of the figures it is made of."""
    column = np.repeat(np.arange(len(costs)), np.diff(np.append(starts, len(values))[: len(costs) + 1]))
    priced = values * prices[indices]
    worth = np.bincount(column, weights=priced, minlength=len(costs))
    size = np.bincount(column, weights=np.abs(priced), minlength=len(costs))
    return costs - worth, np.abs(costs) + size


def _times(price: Floats, side: Floats) -> Floats:
    """Return price times side, 0 where the price is 0 whatever the side."""
    return np.multiply(price, side, out=np.zeros_like(price), where=price != 0)
