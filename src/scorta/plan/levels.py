"""How each party stands to its floors and objectives: what it gives away, orders anew, and how soon it is back."""

from __future__ import annotations

import datetime as dt

import polars as pl

from scorta.errors import InputError
from scorta.plan.plan import Answered, Plan
from scorta.plan.stocks import codes, opening
from scorta.rules import ANSWER_TOLERANCE, SOLVER_TOLERANCE

LEVEL_TOLERANCE = ANSWER_TOLERANCE
"""Units by which a level may be short and count as reached."""

LEVEL_TOLERANCE_PER_UNIT = SOLVER_TOLERANCE
"""Part of the figure it is compared with by which a level may be short besides, and count as reached."""

_PAIR = ("party", "item")


def objectives(solved: Answered, holdings: pl.DataFrame) -> pl.DataFrame:
    """List the dip and the way back of all that has a floor or an objective, or is given away."""
    is_wanted = pl.any_horizontal(pl.col("floor", "objective").is_not_null()).any()
    is_lowest = pl.col("level") <= pl.col("level").min() * (1 + LEVEL_TOLERANCE_PER_UNIT) + LEVEL_TOLERANCE
    rows = holdings.sort(*_PAIR, "bucket").group_by(_PAIR, maintain_order=True).agg(
        pl.col("given").sum(),
        pl.col("level", "floor", "objective").last(),
        lowest=pl.col("level").min(),
        lowest_on=pl.col("date").filter(is_lowest).first(),
        below_since=_since("objective"),
        back_on=_back("objective"),
        below_floor_since=_since("floor"),
        above_floor_on=_back("floor"),
        is_wanted=is_wanted,
    )  # fmt: skip
    rows = rows.filter(pl.col("is_wanted") | (pl.col("given") > 0))
    rows = rows.join(_held(solved), on=_PAIR, how="left", maintain_order="left").with_columns(
        pl.col("held").fill_null(0.0)
    )
    draw_down = pl.when(pl.col("held") > 0).then(pl.col("given") / pl.col("held"))
    return _priced(solved, rows.with_columns(draw_down=draw_down))


def _is_below(level: str) -> pl.Expr:
    """Tell where the level is below a floor or an objective by more than the solver leaves."""
    return pl.col("level") < pl.col(level) * (1 - LEVEL_TOLERANCE_PER_UNIT) - LEVEL_TOLERANCE


def _since(level: str) -> pl.Expr:
    """Return the date on which the level is first below a floor or an objective."""
    return pl.col("date").filter(_is_below(level)).first()


def _back(level: str) -> pl.Expr:
    """Return the first date after the last one on which the level is below a floor or an objective."""
    return pl.col("date").filter(pl.col("date") > pl.col("date").filter(_is_below(level)).last()).first()


def _held(solved: Answered) -> pl.DataFrame:
    """Return what each party holds of each item on the first day."""
    whose, quantity = opening(solved)
    held = pl.DataFrame({**codes(solved, whose), "held": quantity})
    return held.group_by(_PAIR, maintain_order=True).agg(pl.col("held").sum())


def _priced(solved: Answered, rows: pl.DataFrame) -> pl.DataFrame:
    """Add what a unit costs: by the cheapest contract of the party, else of anybody, else the value of the item."""
    case, price = solved.network.case, pl.col("unit_price_eur").min()
    own = case["contracts"].group_by(party="buyer", item="item").agg(own=price)
    anybody = case["contracts"].group_by("item").agg(anybody=price)
    rows = rows.join(own, on=_PAIR, how="left", maintain_order="left")
    rows = rows.join(anybody, on="item", how="left", maintain_order="left")
    rows = rows.join(case["items"].select("item", "value_eur"), on="item", how="left", maintain_order="left")
    contract = pl.coalesce("own", "anybody")
    basis = (
        pl.when(contract.is_not_null())
        .then(pl.lit("contract"))
        .when(pl.col("value_eur").is_not_null())
        .then(pl.lit("value"))
    )
    return rows.with_columns(unit_price_eur=pl.coalesce(contract, "value_eur"), price_basis=basis)


DAYS = 365.25
"""Days in a year, as rates and spans count them."""

_SPAN = (pl.col("date").max() - pl.col("starts").min()).dt.total_days() + 1
"""Days from the first to the last of some buckets that stand together."""

_NET = (pl.col("comes_in") - pl.col("goes_out") + pl.col("given")).sum()
"""What some buckets add to a stock, gifts left aside."""


def recoveries(plan: Plan) -> pl.DataFrame:
    """Return every stock that is below its objective at any time, with the years it takes to reach that at each rate.

    - `short`: units that have to come in: the objective at the end of the plan, less what is held on the first day,
      plus all that is given away in the plan.
    - `rate_today`: units a year that the buckets which begin within the first year of the plan add, gifts left aside:
      what comes in, less what goes out otherwise.
    - `rate_planned`: the same of the buckets that end within the year before it is back, or before the plan ends.
    - `years_today`, `years_planned`: short over each rate; empty where nothing is added.
    """
    rows = plan["objectives"].filter(pl.col("below_since").is_not_null() & pl.col("objective").is_not_null())
    short = (pl.col("objective") + pl.col("given") - pl.col("held")).clip(lower_bound=0.0)
    buckets, date, end = _buckets(plan, rows), pl.col("date"), pl.coalesce("back_on", pl.col("date").max().over(_PAIR))
    in_first_year = pl.col("starts") < pl.lit(plan.record.as_of).dt.offset_by("1y")
    in_last_year = (date <= end) & (date > end.dt.offset_by("-1y"))
    for name, chosen in (("today", in_first_year), ("planned", in_last_year)):
        net = pl.when(_NET.abs() > LEVEL_TOLERANCE).then(_NET).otherwise(0.0)
        rate = buckets.filter(chosen).group_by(_PAIR).agg((net / _SPAN * DAYS).alias(f"rate_{name}"))
        rows = rows.join(rate, on=_PAIR, how="left", maintain_order="left")
    return rows.with_columns(short=short).with_columns(
        years_today=_years("rate_today"), years_planned=_years("rate_planned")
    )


def hastened(plan: Plan, by: dt.date) -> pl.DataFrame:
    """Return the same stocks with what it costs more to have all of them at their objectives by a day.

    - `short_by`: units short of the objective at the end of the bucket that holds the day; after the plan, the units
      short at its end less what the planned rate adds until the day.
    - `extra_eur_per_year`: what these cost at `unit_price_eur`, spread evenly over the years from the first day of the
      plan; empty where the item has no price.

    Raises:
        InputError: the day does not come after the first day of the plan.
    """
    began = plan.record.as_of
    if by <= began:
        raise InputError(
            "{by} does not come after the first day of the plan.", "Name a day after {began}.", by=by, began=began
        )
    rows = recoveries(plan)
    levels = _buckets(plan, rows).group_by(_PAIR, maintain_order=True).agg(
        then=pl.col("level").filter(pl.col("date") >= by).first(),
        last=pl.col("level").last(),
        ends=pl.col("date").last(),
    )  # fmt: skip
    rows = rows.join(levels, on=_PAIR, how="left", maintain_order="left")
    after = pl.col("last") + pl.col("rate_planned") * (pl.lit(by) - pl.col("ends")).dt.total_days() / DAYS
    missing = pl.col("objective") - pl.coalesce("then", after.clip(lower_bound=0.0))
    short_by = (
        pl.when(missing > LEVEL_TOLERANCE + LEVEL_TOLERANCE_PER_UNIT * pl.col("objective")).then(missing).otherwise(0.0)
    )
    rows = rows.with_columns(by=pl.lit(by), short_by=short_by).drop("then", "last", "ends")
    price = pl.when(pl.col("short_by") > 0).then(pl.col("unit_price_eur")).otherwise(0.0)
    return rows.with_columns(extra_eur_per_year=pl.col("short_by") * price / ((by - began).days / DAYS))


def _buckets(plan: Plan, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the buckets of these stocks in order, with the first day of each, and the day on which each is back."""
    day_after = pl.col("date").shift(1).over(_PAIR) + pl.duration(days=1)
    buckets = plan["holdings"].sort(*_PAIR, "bucket").with_columns(starts=day_after.fill_null(plan.record.as_of))
    return buckets.join(rows.select(*_PAIR, "back_on"), on=_PAIR, maintain_order="left")


def _years(rate: str) -> pl.Expr:
    """Return the years in which a rate makes good what is short; empty where it adds nothing."""
    nothing = pl.col("short") <= LEVEL_TOLERANCE
    return pl.when(nothing).then(0.0).when(pl.col(rate) > 0).then(pl.col("short") / pl.col(rate))


def replaced(plan: Plan) -> pl.DataFrame:
    """Return the objectives of all that is given away, each with what comes in over the plan, ordered or otherwise.

    `ordered` counts what the giver buys of industry, from `suppliers`; deliveries run from `first_delivery` to
    `last_delivery`. `comes_in` counts all that comes in, by receipts and production of its own, too.
    """
    given = plan["objectives"].filter(pl.col("given") > 0)
    orders = replacement_orders(plan).group_by(_PAIR).agg(
        ordered=pl.col("quantity").sum(),
        suppliers=pl.col("supplier").sort().str.join(", "),
        first_delivery=pl.col("first_delivery").min(),
        last_delivery=pl.col("last_delivery").max(),
    )  # fmt: skip
    comes = plan["holdings"].group_by(_PAIR).agg(pl.col("comes_in").sum())
    rows = given.join(orders, on=_PAIR, how="left", maintain_order="left")
    rows = rows.join(comes, on=_PAIR, how="left", maintain_order="left")
    return rows.with_columns(pl.col("ordered", "comes_in").fill_null(0.0))


def replacement_orders(plan: Plan) -> pl.DataFrame:
    """Return what each giver orders of what it gives away, supplier by supplier, over all orders of the plan."""
    given = plan["objectives"].filter(pl.col("given") > 0).select(_PAIR)
    orders = plan["orders"].rename({"buyer": "party"}).join(given, on=_PAIR, how="semi")
    return orders.group_by(*_PAIR, "supplier").agg(
        pl.col("quantity").sum(),
        decide_by=pl.col("decide_by").min(),
        first_delivery=pl.col("delivered_from").min(),
        last_delivery=pl.col("delivered_until").max(),
    )
