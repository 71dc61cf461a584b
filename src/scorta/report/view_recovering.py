"""The views of how stocks recover: what is given away and replaced, and the years to objective."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from scorta.plan import hastened, recoveries, replaced, replacement_orders
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

MONEY = View(
    "years",
    "objectives",
    "Money",
    "what it costs more each year to be at the objective by that day",
    "No stock is below its objective at any time.",
    {
        "party": Column("Party"),
        "item": Column("Item"),
        "by": Column("By", "date"),
        "short_by": Column("Short then", "number", "late"),
        "unit_price_eur": Column("EUR each", "number", "plain", "no price"),
        "price_basis": Column("Price from"),
        "extra_eur_per_year": Column("EUR more a year", "number", "plain", "no price"),
    },
    ("item", "party"),
)

YEARS = View(
    "years",
    "objectives",
    "Years to objective",
    "what each stock below it has to gain, what is given away counted in, and how long that takes at the rate of the "
    "first year and at the planned rate",
    "No stock is below its objective at any time.",
    {
        "party": Column("Party"),
        "item": Column("Item"),
        "objective": Column("Objective", "number"),
        "short": Column("To gain", "number"),
        "rate_today": Column("A year now", "number"),
        "years_today": Column("Years", "number", "plain", "never"),
        "rate_planned": Column("As planned", "number"),
        "years_planned": Column("Years", "number", "plain", "never"),
        "back_on": Column("Back on", "date", "good", "not back"),
    },
    ("item", "party"),
    lays=recoveries,
)


def years_view(by: dt.date) -> View:
    """Return the years to objective with the money that brings every stock to its objective by a day."""
    money = replace(MONEY, lays=lambda plan: hastened(plan, by))
    return replace(YEARS, lays=money.lays, below=(money,))
