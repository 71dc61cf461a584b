"""Who and what there is: parties, places, items, and the legs between places."""

from scorta.tables.describe import COMMON, Table, choice, code, date, number, text, whole, yes_no

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
            "holding_eur_per_month", "Cost of keeping one unit for a month.", "EUR per unit and month", example="12"
        ),
        whole("shelf_life_days", "Days a unit keeps after it comes in; empty if it keeps.", "days", minimum=1),
        text("nsn", "NATO stock number.", example="6115-00-000-0000"),
        *COMMON,
    ),
    key=("item",),
    needed="always",
)

LEGS = Table(
    "legs",
    "Legs",
    "One stretch of a route: from a place to a place, by one mode, in some days, up to some tonnes.",
    (
        code("leg", "Code of the leg.", required=True, example="DEPOT-HUB-ROAD"),
        code("origin", "Where it starts.", "places", required=True, example="DEPOT"),
        code("destination", "Where it ends.", "places", required=True, example="HUB"),
        choice("mode", "How goods move.", "road", "rail", "sea", "air", "river", "pipeline", required=True),
        number("transit_days", "Days from departure to arrival.", "days", required=True, example="14"),
        number("capacity_t_per_month", "Most it carries; empty for no limit.", "t per month", example="1200"),
        text("shared_capacity", "Legs with the same name here share one capacity.", example="SUCEAVA-RAIL"),
        number("cost_eur_per_t", "Cost of carrying a tonne.", "EUR per t", example="85"),
        number("fixed_cost_eur", "Cost of each bucket in which the leg is used.", "EUR per bucket"),
        date("open_from", "First day of departure; empty for no limit.", example="2022-11-01"),
        date("open_until", "Last day of departure, that day included.", example="2023-03-31"),
        code("item", "The only item it carries; empty for every item.", "items"),
        *COMMON,
    ),
    key=("leg",),
    needed="usually",
)

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
)
