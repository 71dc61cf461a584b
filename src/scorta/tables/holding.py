"""What is held, what comes in without a decision, and what should be held."""

from scorta.tables.describe import COMMON, Table, choice, code, date, number, whole

STOCKS = Table(
    "stocks",
    "Stocks",
    "What lies where on the first day, lot by lot.",
    (
        code("place", "Where it lies.", "places", required=True, example="DEPOT"),
        code("item", "What lies there.", "items", required=True, example="generator_100kva"),
        number("quantity", "How much.", "units", required=True, example="70"),
        date("expires_on", "Last day the lot can be used; empty if it keeps.", example="2023-01-31"),
        choice("condition", "Whether it can be issued as it is.", "serviceable", "repairable", default="serviceable"),
        code("reserved_for", "The only need it may serve; empty if free.", "needs"),
        *COMMON,
    ),
    needed="usually",
    named_by=("place", "item"),
)

OBJECTIVES = Table(
    "objectives",
    "Objectives",
    "What a party, or one place, should hold of an item. A row holds until the next `from_date` of the same owner "
    "and item.",
    (
        code("party", "The owner, over all its places; or leave it empty and give a place.", "parties", example="PL"),
        code("place", "The place; or leave it empty and give a party.", "places"),
        code("item", "The item.", "items", required=True, example="generator_100kva"),
        date("from_date", "First day the row holds; empty for the first day of the plan."),
        number("floor", "Protected minimum: gifts never take the level below it.", "units", example="20"),
        number("objective", "Stock objective: what the level should reach once needs are met.", "units", example="90"),
        number("maximum", "Most that may lie there at the end of a bucket.", "units", example="200"),
        number("daily_rate", "Use in a day, for an objective in days of supply.", "units per day", example="3"),
        number("days_of_supply", "Days of use the objective covers: objective = daily_rate x days_of_supply.", "days"),
        whole("priority", "Weight of the objective: 1 counts once, 2 half, 3 a third.", minimum=1, example="1"),
        *COMMON,
    ),
    key=("party", "place", "item", "from_date"),
    named_by=("party", "place", "item"),
)

RECEIPTS = Table(
    "receipts",
    "Receipts",
    "Scheduled receipts: what comes in on a known day from orders already placed or goods already under way.",
    (
        code("place", "Where it comes in.", "places", required=True, example="DEPOT"),
        code("item", "What comes in.", "items", required=True, example="generator_100kva"),
        number("quantity", "How much.", "units", required=True, example="30"),
        date(
            "due_on",
            "The day it comes in; one already past comes in the first bucket.",
            required=True,
            example="2022-11-15",
        ),
        code("contract", "The contract it is delivered under.", "contracts"),
        code("pledge", "The pledge it is delivered under: it no longer draws on the pledge.", "pledges"),
        *COMMON,
    ),
    named_by=("place", "item"),
)
