"""The views of what is held."""

import polars as pl

from scorta.report.page import Column
from scorta.report.view import CONDITION, LOT, View, said_back

STOCK = View(
    "stock",
    "stock_levels",
    "Stock",
    "what lies where at the end of each bucket",
    "Nothing is kept anywhere at the end of any bucket.",
    {
        "place": Column("Place"),
        "item": Column("Item"),
        **CONDITION,
        **LOT,
        "date": Column("At the end of", "date"),
        "quantity": Column("Quantity", "number"),
        "expired": Column("Thrown away", "number", "bad"),
    },
    ("place", "item", "date"),
    frozenset({"condition", "reserved_for", "expires_on", "expired"}),
)


_FIGURES = {
    "date": Column("Up to", "date"),
    "level": Column("Level", "number"),
    "in_transit": Column("In transit", "number"),
    "comes_in": Column("Comes in", "number", "good"),
    "goes_out": Column("Goes out", "number"),
    "floor": Column("Floor", "number"),
    "objective": Column("Objective", "number"),
}

HOLDINGS = View(
    "holdings",
    "holdings",
    "Holdings",
    "what each party holds over all its places, what comes in and goes out, and what it should hold",
    "Nobody holds anything, or should.",
    {"party": Column("Party"), "item": Column("Item"), **_FIGURES},
    ("party", "item", "date"),
    frozenset({"in_transit", "floor", "objective"}),
)

OF_PARTY = View(
    "stock",
    "holdings",
    "Stock",
    "over all its places",
    "It never holds any, and should hold none.",
    _FIGURES | {"given": Column("Given", "number"), "short": Column("Short", "number", "late")},
    ("date",),
    frozenset({"in_transit", "given", "floor", "objective", "short"}),
    {"short": (pl.col("objective") - pl.col("level")).clip(lower_bound=0.0)},
)

FLOORS = View(
    "objectives",
    "objectives",
    "Floors",
    "which levels fall below them, since when, and when they are above again",
    "No level falls below its floor.",
    {
        "party": Column("Party"),
        "item": Column("Item"),
        "floor": Column("Floor", "number"),
        "lowest": Column("Lowest", "number"),
        "lowest_on": Column("On", "date"),
        "below_floor_since": Column("Below since", "date", "bad"),
        "above_floor_on": Column("Above on", "date", "good", "not above"),
    },
    ("party", "item"),
    lays=lambda plan: plan["objectives"].filter(pl.col("below_floor_since").is_not_null()),
)

OBJECTIVES = View(
    "objectives",
    "objectives",
    "Objectives",
    "how far each stock is drawn down, since when it is below its objective, and when it is back",
    "Nobody has a floor or an objective, or gives anything.",
    {
        "party": Column("Party"),
        "item": Column("Item"),
        "held": Column("Held", "number"),
        "draw_down": Column("Draw-down", "share"),
        "level": Column("At the end", "number"),
        "floor": Column("Floor", "number"),
        "objective": Column("Objective", "number"),
        "below_since": Column("Below since", "date", "late"),
        "back": Column("Back on", "date", "good"),
    },
    ("party", "item"),
    frozenset({"draw_down", "floor", "objective", "below_since", "back"}),
    {"back": said_back("below_since", "back_on")},
    below=(FLOORS,),
)
