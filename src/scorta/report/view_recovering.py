"""The views of how stocks recover: what is given away and replaced."""

from scorta.plan import replaced, replacement_orders
from scorta.report.page import Column
from scorta.report.view import View, said_back

ORDERED = View(
    "replace",
    "objectives",
    "Replacement orders",
    "what givers order of industry of what they give away",
    "Nothing that is given away is ordered of industry.",
    {
        "party": Column("Party"),
        "item": Column("Item"),
        "supplier": Column("From"),
        "quantity": Column("Quantity", "number", "good"),
        "decide_by": Column("Decide by", "date"),
        "first_delivery": Column("First comes", "date"),
        "last_delivery": Column("Last comes", "date"),
    },
    ("party", "item", "supplier"),
    lays=replacement_orders,
)

REPLACE = View(
    "replace",
    "objectives",
    "Replace",
    "how low each stock that is given from falls, what comes in over the plan, and when it is above its floor and "
    "objective again",
    "Nothing is given away.",
    {
        "party": Column("Party"),
        "item": Column("Item"),
        "held": Column("Held", "number"),
        "given": Column("Given", "number"),
        "lowest": Column("Lowest", "number"),
        "lowest_on": Column("On", "date"),
        "comes_in": Column("Comes in", "number", "good"),
        "floor_back": Column("Above floor", "date"),
        "objective_back": Column("At objective", "date"),
    },
    ("party", "item"),
    frozenset({"floor_back", "objective_back"}),
    {
        "floor_back": said_back("below_floor_since", "above_floor_on"),
        "objective_back": said_back("below_since", "back_on"),
    },
    replaced,
    (ORDERED,),
)
