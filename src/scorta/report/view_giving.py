"""The views of what changes owner, what is asked for, and who gives above its share."""

import polars as pl

from scorta.report.page import Column
from scorta.report.view import LEAVES, QUANTITY, View

HANDOVERS = View(
    "handovers",
    "handovers",
    "Handovers",
    "what changes owner, and which pledge or contract covers it",
    "Nothing changes owner.",
    {
        **LEAVES,
        "giver": Column("From"),
        "receiver": Column("To"),
        "item": Column("Item"),
        "basis": Column("Covered by"),
        "agreement": Column("Agreement"),
        "reserved_for": Column("For"),
        **QUANTITY,
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
        **QUANTITY,
        **LEAVES,
        "value_eur": Column("EUR", "number"),
    },
    ("-quantity", "giver", "item"),
    frozenset({"value_eur"}),
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
