"""What share of the whole each party should carry, and what it carries in a plan."""

from scorta.tables.describe import COMMON, Field, Table, code, number

KEYS = Table(
    "keys",
    "Burden-sharing keys",
    "The share of the whole that each party should carry.",
    (
        Field("key", "text", "Name of the key.", required=True, example="gdp"),
        code("party", "The party.", "parties", required=True, example="PL"),
        number("share", "Its share; the shares of a key sum to 1.", "share", required=True, maximum=1, example="0.04"),
        number(
            "maximum_excess",
            "By how much what it gives in the plan may exceed its share; empty for no limit.",
            "share",
            maximum=1,
            example="0.05",
        ),
        *COMMON,
    ),
    key=("key", "party"),
)

SHARES = Table(
    "shares",
    "Shares",
    "What each party of a burden-sharing key has given and gives, beside its share of what all of them give.",
    (
        code("key", "The key.", required=True),
        code("party", "The party.", "parties", required=True),
        number("share", "Its share.", "share", required=True),
        number("given_eur", "Value it has given, and gives in the plan.", "EUR", required=True),
        number("total_eur", "Value that all parties of the key give.", "EUR", required=True),
        number(
            "excess_eur",
            "What it gives above its share: given_eur - share x total_eur; negative where it gives less.",
            "EUR",
            required=True,
            minimum=None,
        ),
    ),
    key=("key", "party"),
)
