"""The views of what is made, of what it takes, and of the lines."""

import polars as pl

from scorta.report.page import Column
from scorta.report.view import CONDITION, QUANTITY, View

_HOURS = pl.col("capacity_hours") + pl.col("expansion_hours")
"""The hours that a line can run."""

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
        **QUANTITY,
    },
    ("date", "place", "item"),
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
        **CONDITION,
        "expires_on": Column("Use by", "date"),
        "date": Column("Used by", "date"),
        **QUANTITY,
        "meets": Column("Stands for", "number"),
    },
    ("place", "component", "item", "date"),
    frozenset({"component", "condition", "expires_on", "meets"}),
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
    "which lines grow: decided when, ready when, hours a month added, cost, and who pays",
    "No expansion is built.",
    {
        "decided_on": Column("Decide on", "date"),
        "expansion": Column("Expansion"),
        "line": Column("Line"),
        "count": Column("Count", "number"),
        "available_from": Column("Ready on", "date"),
        "adds_per_month": Column("Adds hours", "number", "good"),
        "cost_eur": Column("EUR", "number"),
        "paid_by": Column("Paid by"),
    },
    ("decided_on", "expansion"),
    frozenset({"paid_by"}),
)
