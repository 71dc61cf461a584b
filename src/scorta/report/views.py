"""The views of a plan, in the order in which a reader meets them: each is described here, and nowhere else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl

from scorta.languages import mark
from scorta.plan import hastened, recoveries, replaced, replacement_orders
from scorta.report.page import Column
from scorta.report.view import View, said_back

_HOURS = pl.col("capacity_hours") + pl.col("expansion_hours")
"""The hours that a line can run."""

NEEDS = View(
    name="needs",
    table="fulfilment",
    title="Needs",
    meaning="how each need is met: asked, on time, late, unmet",
    nothing="No open need is required by the last day of the plan.",
    fields=(
        *("priority", "need", "place", "item", "required_by", "asked", "on_time", "late", "unmet"),
        "last_delivery",
    ),
    order=("priority", "required_by", "need"),
    spare=("last_delivery", "priority", "late", "on_time", "place"),
)

SHIPMENTS = View(
    name="shipments",
    table="shipments",
    title="Shipments",
    meaning="what leaves over which leg, and when it arrives",
    nothing="Nothing is shipped.",
    fields=(
        *("leaves_from", "arrives_until", "leg", "origin", "destination", "item", "condition", "reserved_for"),
        *("expires_on", "quantity", "mass_t"),
    ),
    order=("leaves_from", "leg", "item"),
    spare=("mass_t", "leg", "condition", "expires_on", "reserved_for", "origin"),
    optional=frozenset({"condition", "reserved_for", "expires_on", "mass_t"}),
)

LEG_USE = View(
    name="legs",
    table="leg_use",
    title="Legs in use",
    meaning="which legs with a fixed cost are used, and what that costs",
    nothing="No leg with a fixed cost is used.",
    fields=("leaves_from", "leaves_until", "leg", "mass_t", "fixed_cost_eur"),
    order=("leaves_from", "leg"),
    spare=("mass_t", "leaves_until"),
    optional=frozenset({"mass_t"}),
)

ISSUES = View(
    name="issues",
    table="issues",
    title="Issues",
    meaning="what each need receives, and when",
    nothing="Nothing is issued.",
    fields=(
        *("need", "place", "item", "required_by", "issued_from", "issued_until", "reserved_for", "expires_on"),
        *("quantity", "meets", "days_late"),
    ),
    order=("need", "required_by", "issued_from"),
    spare=("issued_from", "expires_on", "place", "reserved_for", "meets", "required_by"),
    optional=frozenset({"reserved_for", "expires_on", "meets"}),
)

HANDOVERS = View(
    name="handovers",
    table="handovers",
    title="Handovers",
    meaning="what changes owner, and which pledge or contract covers it",
    nothing="Nothing changes owner.",
    fields=(
        *("leaves_from", "leaves_until", "giver", "receiver", "item", "basis", "agreement", "reserved_for"),
        *("quantity", "value_eur"),
    ),
    order=("leaves_from", "giver", "item"),
    spare=("basis", "value_eur", "reserved_for", "leaves_from", "agreement"),
    heads={"reserved_for": Column("Then for", "code")},
    optional=frozenset({"reserved_for", "agreement", "value_eur"}),
)

ASKS = View(
    name="asks",
    table="asks",
    title="Asks",
    meaning="what the plan would ask for beyond the pledges",
    nothing='The plan asks for nothing beyond the pledges (with `gifts = "pledged"` it never does).',
    fields=("giver", "receiver", "item", "quantity", "leaves_from", "leaves_until", "value_eur"),
    order=("-quantity", "giver", "item"),
    spare=("value_eur", "leaves_from", "receiver"),
    heads={"giver": Column("Ask", "code")},
    optional=frozenset({"value_eur"}),
)

SHARES = View(
    name="shares",
    table="shares",
    title="Shares",
    meaning="what each party of a key gives, before the plan and in it, beside its share of what all of them give",
    nothing="The case has no burden-sharing key.",
    fields=("key", "party", "share", "part", "given_eur", "fair_eur", "excess_eur"),
    order=("key", "-excess_eur", "party"),
    spare=("fair_eur", "given_eur"),
    heads={
        "part": Column("Gives", "share"),
        "given_eur": Column("Gives EUR", "number"),
        "fair_eur": Column("Share in EUR", "number"),
        "excess_eur": Column("Above its share", "number", "late"),
    },
    derived={
        "part": pl.when(pl.col("total_eur") > 0).then(pl.col("given_eur") / pl.col("total_eur")).otherwise(0.0),
        "fair_eur": pl.col("share") * pl.col("total_eur"),
    },
)

ORDERS = View(
    name="orders",
    table="orders",
    title="Orders",
    meaning="what to buy of industry, decided by when, under which contract",
    nothing="Nothing is bought of industry.",
    fields=(
        *("decide_by", "contract", "supplier", "buyer", "item", "delivered_until", "firm", "quantity"),
        "cost_eur",
    ),
    order=("decide_by", "contract", "item", "leaves_from", "leg"),
    spare=("firm", "cost_eur", "buyer", "contract"),
    optional=frozenset({"contract", "supplier", "firm", "cost_eur"}),
)

PRODUCTION = View(
    name="production",
    table="production",
    title="Production",
    meaning="what is started where, and what comes of it",
    nothing="Nothing is produced.",
    fields=(
        *("process", "place", "item", "starts_from", "arrives_until", "started", "made", "cost_eur"),
        "setup_cost_eur",
    ),
    order=("starts_from", "process"),
    spare=("setup_cost_eur", "cost_eur", "started", "place"),
    optional=frozenset({"cost_eur", "setup_cost_eur"}),
)

KITS = View(
    name="kits",
    table="kits",
    title="Kits",
    meaning="what kits are put together where",
    nothing="No kit is put together.",
    fields=("place", "item", "date", "quantity"),
    order=("date", "place", "item"),
    heads={"item": Column("Kit", "code"), "date": Column("By", "date")},
)

COMPONENTS = View(
    name="components",
    table="component_use",
    title="Components",
    meaning="what processes and kits take from lots that carry a date, and from substitutes",
    nothing="No process or kit takes from a lot that carries a date, or from a substitute.",
    fields=("place", "component", "item", "condition", "expires_on", "date", "quantity", "meets"),
    order=("place", "component", "item", "date"),
    spare=("condition", "expires_on", "place"),
    heads={"date": Column("Used by", "date"), "meets": Column("Stands for", "number")},
    optional=frozenset({"component", "condition", "expires_on", "meets"}),
)

LINES = View(
    name="lines",
    table="line_load",
    title="Lines",
    meaning="how full each line is: the share of its hours that is used, and the hours that expansions add",
    nothing="No line stands.",
    fields=(
        *("line", "date", "used_share", "used_hours", "capacity_hours", "expansion_hours", "free_hours"),
        "minimum_hours",
    ),
    order=("line", "date"),
    spare=("minimum_hours", "capacity_hours", "used_hours", "free_hours"),
    heads={"used_share": Column("Used", "share"), "free_hours": Column("Left free", "number")},
    optional=frozenset({"expansion_hours", "minimum_hours"}),
    derived={
        "used_share": pl.when(_HOURS > 0).then(pl.col("used_hours") / _HOURS).otherwise(0.0),
        "free_hours": pl.max_horizontal(_HOURS - pl.col("used_hours"), 0.0),
    },
)

EXPANSIONS = View(
    name="expansions",
    table="expansions",
    title="Expansions",
    meaning="which lines grow: decided when, ready when, hours a month added, cost, and who pays",
    nothing="No expansion is built.",
    fields=("decided_on", "expansion", "line", "count", "available_from", "adds_per_month", "cost_eur", "paid_by"),
    order=("decided_on", "expansion"),
    spare=("line", "count", "paid_by", "adds_per_month"),
    optional=frozenset({"paid_by"}),
)

STOCK = View(
    name="stock",
    table="stock_levels",
    title="Stock",
    meaning="what lies where at the end of each bucket",
    nothing="Nothing is kept anywhere at the end of any bucket.",
    fields=("place", "item", "condition", "reserved_for", "expires_on", "date", "quantity", "expired"),
    order=("place", "item", "date"),
    spare=("expired", "condition"),
    heads={"date": Column("At the end of", "date")},
    optional=frozenset({"condition", "reserved_for", "expires_on", "expired"}),
)

HOLDINGS = View(
    name="holdings",
    table="holdings",
    title="Holdings",
    meaning="what each party holds over all its places, what comes in and goes out, and what it should hold",
    nothing="Nobody holds anything, or should.",
    fields=("party", "item", "date", "level", "in_transit", "comes_in", "goes_out", "floor", "objective"),
    order=("party", "item", "date"),
    spare=("in_transit", "goes_out", "comes_in", "floor"),
    optional=frozenset({"in_transit", "floor", "objective"}),
)

OF_PARTY = View(
    name="stock",
    table="holdings",
    title="Stock",
    meaning="over all its places",
    nothing="It never holds any, and should hold none.",
    fields=("date", "level", "in_transit", "comes_in", "goes_out", "given", "floor", "objective", "short"),
    order=("date",),
    spare=("in_transit", "goes_out", "comes_in", "given"),
    heads={"short": Column("Short by", "number", "late")},
    optional=frozenset({"in_transit", "given", "floor", "objective", "short"}),
    derived={"short": (pl.col("objective") - pl.col("level")).clip(lower_bound=0.0)},
)

FLOORS = View(
    name="objectives",
    table="objectives",
    title="Floors",
    meaning="which levels fall below them, since when, and when they are above again",
    nothing="No level falls below its floor.",
    fields=("party", "item", "floor", "lowest", "lowest_on", "below_floor_since", "above_floor_on"),
    order=("party", "item"),
    spare=("lowest_on", "floor"),
    heads={
        "below_floor_since": Column("Below since", "date", "bad"),
        "above_floor_on": Column("Above on", "date", "good", "not above"),
    },
    lays=lambda plan: plan["objectives"].filter(pl.col("below_floor_since").is_not_null()),
)

OBJECTIVES = View(
    name="objectives",
    table="objectives",
    title="Objectives",
    meaning="how far each stock is drawn down, since when it is below its objective, and when it is back",
    nothing="Nobody has a floor or an objective, or gives anything.",
    fields=("party", "item", "held", "draw_down", "level", "floor", "objective", "below_since", "back"),
    order=("party", "item"),
    spare=("draw_down", "floor", "held", "below_since"),
    heads={
        "level": Column("At the end", "number"),
        "below_since": Column("Below since", "date", "late"),
        "back": Column("Back on", "choice", "good"),
    },
    optional=frozenset({"draw_down", "floor", "objective", "below_since", "back"}),
    derived={"back": said_back("below_since", "back_on")},
    below=(FLOORS,),
)

ORDERED = View(
    name="replace",
    table="objectives",
    title="Replacement orders",
    meaning="what givers order of industry of what they give away",
    nothing="Nothing that is given away is ordered of industry.",
    fields=("party", "item", "supplier", "quantity", "decide_by", "first_delivery", "last_delivery"),
    order=("party", "item", "supplier"),
    spare=("first_delivery", "supplier"),
    heads={"quantity": Column("Quantity", "number", "good")},
    lays=replacement_orders,
)

REPLACE = View(
    name="replace",
    table="objectives",
    title="Replace",
    meaning="how low each stock that is given from falls, what comes in over the plan, and when it is above its floor "
    "and objective again",
    nothing="Nothing is given away.",
    fields=("party", "item", "held", "given", "lowest", "lowest_on", "comes_in", "floor_back", "objective_back"),
    order=("party", "item"),
    spare=("lowest_on", "comes_in", "held", "floor_back"),
    heads={"floor_back": Column("Above floor", "choice"), "objective_back": Column("At objective", "choice")},
    optional=frozenset({"floor_back", "objective_back"}),
    derived={
        "floor_back": said_back("below_floor_since", "above_floor_on"),
        "objective_back": said_back("below_since", "back_on"),
    },
    lays=replaced,
    below=(ORDERED,),
)

YEARS = View(
    name="years",
    table="objectives",
    title="Years to objective",
    meaning="what each stock below it has to gain, what is given away counted in, and how long that takes at the rate "
    "of the first year and at the planned rate",
    nothing="No stock is below its objective at any time.",
    fields=(
        *("party", "item", "objective", "short", "rate_today", "years_today", "rate_planned", "years_planned"),
        "back_on",
    ),
    order=("item", "party"),
    spare=("rate_today", "rate_planned", "objective"),
    heads={
        "short": Column("To gain", "number"),
        "rate_today": Column("A year now", "number"),
        "years_today": Column("Years", "number", empty="never"),
        "rate_planned": Column("As planned", "number"),
        "years_planned": Column("Years", "number", empty="never"),
        "back_on": Column("Back on", "date", "good", "not back"),
    },
    lays=recoveries,
)

MONEY = View(
    name="years",
    table="objectives",
    title="Money",
    meaning="what it costs more each year to be at the objective by that day",
    nothing="No stock is below its objective at any time.",
    fields=("party", "item", "by", "short_by", "unit_price_eur", "price_basis", "extra_eur_per_year"),
    order=("item", "party"),
    spare=("by", "price_basis", "unit_price_eur"),
    heads={
        "by": Column("By", "date"),
        "short_by": Column("Short then", "number", "late"),
        "unit_price_eur": Column("EUR each", "number", empty="no price"),
        "extra_eur_per_year": Column("EUR more a year", "number", empty="no price"),
    },
)

SPEND = View(
    name="spend",
    table="spend",
    title="Spend",
    meaning="what each party pays in each calendar year",
    nothing="Nobody pays anything.",
    fields=("party", "year", "kind", "amount_eur"),
    order=("party", "year", "kind"),
)

VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        *(NEEDS, SHIPMENTS, LEG_USE, ISSUES, HANDOVERS, ASKS, SHARES, ORDERS, PRODUCTION, KITS),
        *(COMPONENTS, LINES, EXPANSIONS, STOCK, HOLDINGS, OBJECTIVES, REPLACE, YEARS, SPEND),
    )
}
"""The views of a plan's tables by name."""

MEANINGS = {name: view.meaning for name, view in VIEWS.items()} | {
    "changes": mark("the changed cells of the what-if that was planned"),
    "tiers": mark("what was made as small as can be, in order, and how near it is to the best"),
    "statistics": mark("the figures of the whole plan: needs covered, draw-down, cost, gap"),
}
"""What each view shows, by its name: the last three are read off the record, and off the whole plan."""

VIEW_NAMES = tuple(MEANINGS)
"""Every view by name."""

USUAL = {
    "condition": pl.lit("serviceable"),
    "meets": pl.col("quantity"),
    "component": pl.col("item"),
    "supplier": pl.when(pl.col("contract").is_not_null()).then(pl.col("supplier")).otherwise(pl.lit("")),
}
"""What an optional field holds that goes without saying."""


def years_view(by: dt.date) -> View:
    """Return the years to objective with the money that brings every stock to its objective by a day."""
    money = replace(MONEY, lays=lambda plan: hastened(plan, by))
    return replace(YEARS, lays=money.lays, below=(money,))


def party_view(party: str, item: str, title: str) -> View:
    """Return the view of all that one party holds of an item."""
    is_meant = (pl.col("party") == party) & (pl.col("item") == item)
    return replace(OF_PARTY, title=title, lays=lambda plan: plan["holdings"].filter(is_meant))
