"""What parties may spend, and what a plan spends."""

from scorta.tables.describe import COMMON, Field, Table, code, number, text, whole

BUDGETS = Table(
    "budgets",
    "Budgets",
    "What a party may spend in a year.",
    (
        code("party", "Who pays.", "parties", required=True, example="PL"),
        whole("year", "The calendar year.", required=True, minimum=1900, example="2023"),
        number("amount_eur", "The most it may spend.", "EUR", required=True, example="250000000"),
        text("fund", "Name of the fund."),
        *COMMON,
    ),
    key=("party", "year", "fund"),
    named_by=("party", "year"),
    rows_of_a_name="add up",
)

SPEND = Table(
    "spend",
    "Spend",
    "What each party pays in each calendar year that the plan touches, by kind. What is paid after the last of these "
    "years is not listed.",
    (
        code("party", "Who pays.", "parties", required=True),
        whole("year", "The calendar year.", required=True, example="2023"),
        Field(
            "kind",
            "choice",
            "What for: purchases (receipts under contracts too), production, transport, expansions, or holding, which "
            "is charged to no budget.",
            required=True,
            choices=("purchase", "production", "transport", "expansion", "holding"),
        ),
        number("amount_eur", "How much.", "EUR", required=True, minimum=None),
    ),
    key=("party", "year", "kind"),
)
