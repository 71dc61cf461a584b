"""What a plan holds."""

from scorta.tables.describe import Field, Table, code, date, number
from scorta.tables.plan_fields import BUCKET, CONDITION, ITEM, LOT

_PARTY = code("party", "Who holds, over all its places.", "parties", required=True)

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

HOLDINGS = Table(
    "holdings",
    "Holdings",
    "What each party holds of each item over all its places at the end of each bucket, and what came in and went out: "
    "goods that wait for repair do not count. What it never holds, receives, gives or should hold has no rows.",
    (
        _PARTY,
        ITEM,
        BUCKET,
        date("date", "Last day of the bucket.", required=True),
        number("level", "What lies at its places at the end of that day.", "units", required=True),
        number("in_transit", "What is under way between its own places then.", "units", required=True),
        number(
            "comes_in",
            "What came in over the bucket: receipts, production, kits put together, and what arrived from others.",
            "units",
            required=True,
        ),
        number(
            "goes_out",
            "What went out: handed over, issued, used in production and kits, thrown away. `level` + `in_transit` is "
            "that of the bucket before, plus `comes_in`, less this.",
            "units",
            required=True,
        ),
        number("given", "What of it was handed over to other nations and organisations.", "units", required=True),
        number("floor", "Floor at the end of that day: that of the party or those of its places, the larger.", "units"),
        number("objective", "Stock objective at the end of that day, likewise.", "units"),
    ),
    key=("party", "item", "bucket"),
)

OBJECTIVES = Table(
    "objectives",
    "Objectives",
    "How each party stands to what it should hold, and what giving does to its stock: every item of which it has a "
    "floor or an objective at any time, or gives anything away. All that is said of a level is said of `holdings`.",
    (
        _PARTY,
        ITEM,
        number("held", "What it holds on the first day.", "units", required=True),
        number("given", "What it hands over to other nations and organisations in the plan.", "units", required=True),
        number("draw_down", "Draw-down: given / held; empty where it holds nothing.", "share"),
        number("level", "Level at the end of the plan.", "units", required=True),
        number("lowest", "Lowest level at the end of a bucket.", "units", required=True),
        date("lowest_on", "Last day of the first bucket at the end of which it is that low.", required=True),
        number("floor", "Floor at the end of the plan.", "units"),
        number("objective", "Stock objective at the end of the plan.", "units"),
        date(
            "below_since",
            "Last day of the first bucket at the end of which the level is below the objective; empty if it never is.",
        ),
        date(
            "back_on",
            "Last day of the bucket from which on it is at or above the objective to the end of the plan; empty if it "
            "was never below, or is not back.",
        ),
        date(
            "below_floor_since",
            "Last day of the first bucket at the end of which the level is below the floor; empty if it never is.",
        ),
        date(
            "above_floor_on",
            "Last day of the bucket from which on it is at or above the floor to the end of the plan; empty if it was "
            "never below, or is not back.",
        ),
        number(
            "unit_price_eur",
            "What a unit costs: the lowest price of its own contracts for the item, else of anybody's, whatever their "
            "dates; else `value_eur` of the item; empty where there is none.",
            "EUR per unit",
        ),
        Field(
            "price_basis",
            "choice",
            "Where the price comes from; empty where there is none.",
            choices=("contract", "value"),
        ),
    ),
    key=("party", "item"),
)
