"""Kits and substitutes, and the kits that a plan puts together."""

from scorta.tables.describe import BUCKET, COMMON, Table, code, date, number, yes_no

KITS = Table(
    "kits",
    "Kits",
    "What a kit is put together from, where it is asked for.",
    (
        code("item", "The kit.", "items", required=True, example="winter_kit"),
        code("component", "What goes into it.", "items", required=True, example="heater"),
        number("quantity", "Units in one kit.", "units per kit", required=True, example="2"),
        *COMMON,
    ),
    key=("item", "component"),
)

SUBSTITUTES = Table(
    "substitutes",
    "Substitutes",
    "What may be used in place of an item.",
    (
        code("item", "What is asked for.", "items", required=True, example="generator_100kva"),
        code("substitute", "What may be given instead.", "items", required=True, example="generator_50kva"),
        number(
            "factor", "Units of `item` met by one unit of `substitute`.", "units per unit", required=True, example="0.5"
        ),
        yes_no("for_components", "Whether it also serves as a component."),
        date("from_date", "First day; empty for no limit."),
        date("until_date", "Last day, that day included."),
        *COMMON,
    ),
    key=("item", "substitute", "from_date"),
    named_by=("item", "substitute"),
    days=("from_date", "until_date"),
    rows_of_a_name="follow",
)

KITS_MADE = Table(
    "kits",
    "Kits",
    "What kits are put together where in which bucket.",
    (
        code("place", "Where they are put together.", "places", required=True),
        code("item", "The kit.", "items", required=True),
        BUCKET,
        date("date", "Last day of the bucket.", required=True),
        number("quantity", "How many are put together, over the whole bucket.", "units", required=True),
    ),
    key=("place", "item", "bucket"),
)
