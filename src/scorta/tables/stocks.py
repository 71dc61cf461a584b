"""What lies where, what comes in without a decision, and what lies where in a plan."""

from scorta.tables.describe import BUCKET, COMMON, CONDITION, ITEM, LOT, Table, choice, code, date, number

STOCKS = Table(
    "stocks",
    "Stocks",
    "What lies where on the first day, lot by lot.",
    (
        code("place", "Where it lies.", "places", required=True, example="DEPOT"),
        code("item", "What lies there.", "items", required=True, example="generator_100kva"),
        number("quantity", "How much.", "units", required=True, example="70", compared=True),
        date("expires_on", "Last day the lot can be used; empty if it keeps.", example="2023-01-31"),
        choice("condition", "Whether it can be issued as it is.", "serviceable", "repairable", default="serviceable"),
        code("reserved_for", "The only need it may serve; empty if free.", "needs"),
        *COMMON,
    ),
    needed="usually",
    named_by=("place", "item"),
    rows_of_a_name="add up",
)

RECEIPTS = Table(
    "receipts",
    "Receipts",
    "Scheduled receipts: what comes in on a known day from orders already placed or goods already under way.",
    (
        code("place", "Where it comes in.", "places", required=True, example="DEPOT"),
        code("item", "What comes in.", "items", required=True, example="generator_100kva"),
        number("quantity", "How much.", "units", required=True, example="30", compared=True),
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
    days=("due_on", ""),
    rows_of_a_name="add up",
)

STOCK_LEVELS = Table(
    "stock_levels",
    "Stock levels",
    "What lies where at the end of each bucket, and what was thrown away in it because its life was over. A spot "
    "without a row holds nothing.",
    (
        code("place", "The place.", "places", required=True),
        ITEM,
        CONDITION,
        *LOT,
        BUCKET,
        date("date", "Last day of the bucket.", required=True),
        number("quantity", "What lies there at the end of that day.", "units", required=True),
        number("expired", "What was thrown away in the bucket.", "units", required=True),
    ),
    key=("place", "item", "condition", "reserved_for", "expires_on", "bucket"),
)
