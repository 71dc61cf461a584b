"""What should be held, and what is held in a plan beside it."""

from scorta.tables.describe import BUCKET, COMMON, ITEM, Field, Table, code, date, number, whole

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
        number(
            "floor",
            "Protected minimum: gifts never take the level below it.",
            "units",
            example="20",
            zero_if_empty=True,
        ),
        number(
            "objective",
            "Stock objective: what the level should reach once needs are met.",
            "units",
            example="90",
            zero_if_empty=True,
        ),
        number("maximum", "Most that may lie there at the end of a bucket.", "units", example="200"),
        number("daily_rate", "Use in a day, for an objective in days of supply.", "units per day", example="3"),
        number("days_of_supply", "Days of use the objective covers: objective = daily_rate x days_of_supply.", "days"),
        whole("priority", "Weight of the objective: 1 counts once, 2 half, 3 a third.", minimum=1, example="1"),
        *COMMON,
    ),
    key=("party", "place", "item", "from_date"),
    named_by=("party", "place", "item"),
    days=("from_date", ""),
)

_PARTY = code("party", "Who holds, over all its places.", "parties", required=True)

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

PLAN_OBJECTIVES = Table(
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
