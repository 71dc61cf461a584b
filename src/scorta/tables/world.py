"""Who and what there is: parties, places and items."""

from scorta.tables.describe import COMMON, Table, choice, code, number, text, whole

PARTIES = Table(
    "parties",
    "Parties",
    "Who owns, gives, receives or makes: a nation, an organisation, or a company of industry.",
    (
        code("party", "Code of the party.", required=True, example="PL"),
        text("name", "Name in full.", example="Poland"),
        choice(
            "kind",
            "What the party is: goods that leave a nation or organisation for another are a gift, goods that leave "
            "industry are a purchase.",
            "nation",
            "organisation",
            "industry",
            required=True,
        ),
        number("gdp_eur", "Gross domestic product in a year.", "EUR", example="574000000000"),
        *COMMON,
    ),
    key=("party",),
    needed="always",
)

PLACES = Table(
    "places",
    "Places",
    "Where goods lie, are made, change mode or are needed.",
    (
        code("place", "Code of the place.", required=True, example="HUB"),
        text("name", "Name in full.", example="Rzeszow"),
        code("party", "Who owns what lies there.", "parties", required=True, example="UA"),
        choice("kind", "What the place is.", "depot", "plant", "hub", "port", "unit", default="depot"),
        text("country", "Country, as the two letters of ISO 3166-1.", example="PL"),
        number("latitude", "Latitude, north positive.", "degrees", minimum=-90, maximum=90, example="50.11"),
        number("longitude", "Longitude, east positive.", "degrees", minimum=-180, maximum=180, example="22.02"),
        number("storage_t", "Most that may lie there at the end of a bucket; empty for no limit.", "t", example="4000"),
        number(
            "throughput_t_per_month",
            "Most that legs may bring in, and most that they may take out; empty for no limit.",
            "t per month",
            example="9000",
        ),
        *COMMON,
    ),
    key=("place",),
    needed="always",
)

ITEMS = Table(
    "items",
    "Items",
    "What is needed, held, moved and made. Quantities everywhere are in the item's unit.",
    (
        code("item", "Code of the item.", required=True, example="generator_100kva"),
        text("name", "Name in full.", example="Generator, 100 kVA"),
        choice("kind", "An item, or a kit that is put together where it is asked for.", "item", "kit", default="item"),
        choice("class", "Supply class.", "I", "II", "III", "IV", "V", example="II"),
        text("unit", "The unit in which the item is counted.", example="piece"),
        number(
            "mass_kg", "Mass of one unit; needed where a leg or place counts tonnes.", "kg per unit", example="1450"
        ),
        number("volume_m3", "Volume of one unit.", "m3 per unit", example="4.2"),
        number("value_eur", "Value of one unit.", "EUR per unit", example="21000"),
        number(
            "holding_eur_per_month",
            "Cost of keeping one unit for a month.",
            "EUR per unit and month",
            example="12",
            zero_if_empty=True,
        ),
        whole("shelf_life_days", "Days a unit keeps after it comes in; empty if it keeps.", "days", minimum=1),
        text("nsn", "NATO stock number.", example="6115-00-000-0000"),
        *COMMON,
    ),
    key=("item",),
    needed="always",
)
