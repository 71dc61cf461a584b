"""The views of a plan: which of its tables a reader sees, in which columns and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from scorta.report.page import Column


@dataclass(frozen=True, slots=True)
class View:
    """One view: the table of the plan it shows, the columns of the page by field, and the fields it is sorted by.

    A field before which a minus stands in `order` is sorted from large to small; a column that is `optional` is left
    out where nothing stands in it, or nothing but what goes without saying; `derived` columns are worked out from the
    fields of a row.
    """

    name: str
    table: str
    title: str
    meaning: str
    nothing: str
    columns: Mapping[str, Column]
    order: Sequence[str]
    optional: frozenset[str] = frozenset()
    derived: Mapping[str, pl.Expr] = field(default_factory=dict)


_LOT = {"reserved_for": Column("Reserved for"), "expires_on": Column("Use by", "date")}
_CONDITION = {"condition": Column("Condition")}
_QUANTITY = {"quantity": Column("Quantity", "number")}
_HOURS = pl.col("capacity_hours") + pl.col("expansion_hours")
"""The hours that a line can run."""

_LEAVES = {"leaves_from": Column("Leaves from", "date"), "leaves_until": Column("Leaves until", "date")}

NEEDS = View(
    "needs",
    "fulfilment",
    "Needs",
    "how each need is met: asked, on time, late, unmet",
    "No open need is required by the last day of the plan.",
    {
        "priority": Column("Priority", "number"),
        "need": Column("Need"),
        "place": Column("Place"),
        "item": Column("Item"),
        "required_by": Column("Required by", "date"),
        "asked": Column("Asked", "number"),
        "on_time": Column("On time", "number", "good"),
        "late": Column("Late", "number", "late"),
        "unmet": Column("Unmet", "number", "bad"),
        "last_delivery": Column("Last comes", "date"),
    },
    ("priority", "required_by", "need"),
)

SHIPMENTS = View(
    "shipments",
    "shipments",
    "Shipments",
    "what leaves over which leg, and when it arrives",
    "Nothing is shipped.",
    {
        "leaves_from": Column("Leaves from", "date"),
        "arrives_until": Column("Arrives by", "date"),
        "leg": Column("Leg"),
        "origin": Column("From"),
        "destination": Column("To"),
        "item": Column("Item"),
        **_CONDITION,
        **_LOT,
        **_QUANTITY,
        "mass_t": Column("Tonnes", "number"),
    },
    ("leaves_from", "leg", "item"),
    frozenset({"condition", "reserved_for", "expires_on", "mass_t"}),
)

LEG_USE = View(
    "legs",
    "leg_use",
    "Legs in use",
    "which legs with a fixed cost are used, and what that costs",
    "No leg with a fixed cost is used.",
    {
        **_LEAVES,
        "leg": Column("Leg"),
        "mass_t": Column("Tonnes", "number"),
        "fixed_cost_eur": Column("EUR", "number"),
    },
    ("leaves_from", "leg"),
    frozenset({"mass_t"}),
)

ISSUES = View(
    "issues",
    "issues",
    "Issues",
    "what each need receives, and when",
    "Nothing is issued.",
    {
        "need": Column("Need"),
        "place": Column("Place"),
        "item": Column("Item"),
        "required_by": Column("Required by", "date"),
        "issued_from": Column("Issued from", "date"),
        "issued_until": Column("Issued by", "date"),
        **_LOT,
        **_QUANTITY,
        "meets": Column("Meets", "number"),
        "days_late": Column("Days late", "number", "late"),
    },
    ("need", "required_by", "issued_from"),
    frozenset({"reserved_for", "expires_on", "meets"}),
)

HANDOVERS = View(
    "handovers",
    "handovers",
    "Handovers",
    "what changes owner, and which pledge or contract covers it",
    "Nothing changes owner.",
    {
        **_LEAVES,
        "giver": Column("From"),
        "receiver": Column("To"),
        "item": Column("Item"),
        "basis": Column("Covered by"),
        "agreement": Column("Agreement"),
        "reserved_for": Column("For"),
        **_QUANTITY,
        "value_eur": Column("EUR", "number"),
    },
    ("leaves_from", "giver", "item"),
    frozenset({"reserved_for", "agreement", "value_eur"}),
)

ASKS = View(
    "asks",
    "asks",
    "Asks",
    "what the plan would ask for beyond the pledges",
    'The plan asks for nothing beyond the pledges (with `gifts = "pledged"` it never does).',
    {
        "giver": Column("Ask"),
        "receiver": Column("For"),
        "item": Column("Item"),
        **_QUANTITY,
        **_LEAVES,
        "value_eur": Column("EUR", "number"),
    },
    ("-quantity", "giver", "item"),
    frozenset({"value_eur"}),
)

ORDERS = View(
    "orders",
    "orders",
    "Orders",
    "what to buy of industry, decided by when, under which contract",
    "Nothing is bought of industry.",
    {
        "decide_by": Column("Decide by", "date"),
        "contract": Column("Contract"),
        "supplier": Column("From"),
        "buyer": Column("For"),
        "item": Column("Item"),
        "place": Column("Delivered to"),
        "delivered_from": Column("Comes from", "date"),
        "delivered_until": Column("Comes by", "date"),
        "firm": Column("Firm", "number"),
        "option": Column("Option", "number"),
        **_QUANTITY,
        "unit_price_eur": Column("EUR each", "number"),
        "cost_eur": Column("EUR", "number"),
    },
    ("decide_by", "contract", "item", "leaves_from", "leg"),
    frozenset({"contract", "firm", "option", "unit_price_eur", "cost_eur"}),
)

SPEND = View(
    "spend",
    "spend",
    "Spend",
    "what each party pays in each calendar year",
    "Nobody pays anything.",
    {
        "party": Column("Party"),
        "year": Column("Year", "year"),
        "kind": Column("For"),
        "amount_eur": Column("EUR", "number"),
    },
    ("party", "year", "kind"),
)

PRODUCTION = View(
    "production",
    "production",
    "Production",
    "what is started where, and what comes of it",
    "Nothing is produced.",
    {
        "process": Column("Process"),
        "place": Column("Place"),
        "item": Column("Item"),
        "starts_from": Column("Starts from", "date"),
        "arrives_until": Column("Arrives by", "date"),
        "started": Column("Started", "number"),
        "made": Column("Made", "number"),
        "cost_eur": Column("EUR", "number"),
        "setup_cost_eur": Column("EUR to set up", "number"),
    },
    ("starts_from", "process"),
    frozenset({"cost_eur", "setup_cost_eur"}),
)

KITS = View(
    "kits",
    "kits",
    "Kits",
    "what kits are put together where",
    "No kit is put together.",
    {
        "place": Column("Place"),
        "item": Column("Kit"),
        "date": Column("By", "date"),
        **_QUANTITY,
    },
    ("date", "place", "item"),
)

SHARES = View(
    "shares",
    "shares",
    "Shares",
    "what each party of a key gives, before the plan and in it, beside its share of what all of them give",
    "The case has no burden-sharing key.",
    {
        "key": Column("Key"),
        "party": Column("Party"),
        "share": Column("Share", "share"),
        "part": Column("Gives", "share"),
        "given_eur": Column("Gives EUR", "number"),
        "fair_eur": Column("Share in EUR", "number"),
        "excess_eur": Column("Above its share", "number", "late"),
    },
    ("key", "-excess_eur", "party"),
    derived={
        "part": pl.when(pl.col("total_eur") > 0).then(pl.col("given_eur") / pl.col("total_eur")).otherwise(0.0),
        "fair_eur": pl.col("share") * pl.col("total_eur"),
    },
)

LINES = View(
    "lines",
    "line_load",
    "Lines",
    "how full each line is: the share of its hours that is used, and the hours that expansions add",
    "No line stands.",
    {
        "line": Column("Line"),
        "date": Column("Up to", "date"),
        "used_share": Column("Used", "share"),
        "used_hours": Column("Used hours", "number"),
        "capacity_hours": Column("Capacity", "number"),
        "expansion_hours": Column("Expansions add", "number", "good"),
        "free_hours": Column("Left free", "number"),
        "minimum_hours": Column("Least", "number"),
    },
    ("line", "date"),
    frozenset({"expansion_hours", "minimum_hours"}),
    {
        "used_share": pl.when(_HOURS > 0).then(pl.col("used_hours") / _HOURS).otherwise(0.0),
        "free_hours": pl.max_horizontal(_HOURS - pl.col("used_hours"), 0.0),
    },
)

EXPANSIONS = View(
    "expansions",
    "expansions",
    "Expansions",
    "which lines grow: decided when, ready when, what that adds, what it costs and who pays",
    "No expansion is built.",
    {
        "decided_on": Column("Decide on", "date"),
        "expansion": Column("Expansion"),
        "line": Column("Line"),
        "count": Column("Count", "number"),
        "available_from": Column("Ready on", "date"),
        "adds_per_month": Column("Adds hours a month", "number", "good"),
        "cost_eur": Column("EUR", "number"),
        "paid_by": Column("Paid by"),
    },
    ("decided_on", "expansion"),
    frozenset({"paid_by"}),
)

COMPONENTS = View(
    "components",
    "component_use",
    "Components",
    "what processes and kits take from lots that carry a date, and from substitutes",
    "No process or kit takes from a lot that carries a date, or from a substitute.",
    {
        "place": Column("Place"),
        "component": Column("Component"),
        "item": Column("Item"),
        **_CONDITION,
        "expires_on": Column("Use by", "date"),
        "date": Column("Used by", "date"),
        **_QUANTITY,
        "meets": Column("Stands for", "number"),
    },
    ("place", "component", "item", "date"),
    frozenset({"component", "condition", "expires_on", "meets"}),
)

STOCK = View(
    "stock",
    "stock_levels",
    "Stock",
    "what lies where at the end of each bucket",
    "Nothing is kept anywhere at the end of any bucket.",
    {
        "place": Column("Place"),
        "item": Column("Item"),
        **_CONDITION,
        **_LOT,
        "date": Column("At the end of", "date"),
        "quantity": Column("Quantity", "number"),
        "expired": Column("Thrown away", "number", "bad"),
    },
    ("place", "item", "date"),
    frozenset({"condition", "reserved_for", "expires_on", "expired"}),
)

VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        *(NEEDS, SHIPMENTS, LEG_USE, ISSUES, HANDOVERS, ASKS, SHARES, ORDERS, PRODUCTION, KITS),
        *(COMPONENTS, LINES, EXPANSIONS, STOCK, SPEND),
    )
}
"""The views of a plan's tables by name; `tiers` is read off the record."""
