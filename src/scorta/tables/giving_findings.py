"""What can be found about pledges."""

from scorta.tables.findings import FindingKind

GIVING: tuple[FindingKind, ...] = (
    FindingKind(
        "no-pledges",
        "warning",
        "The table has no row, so nobody gives anything to anybody.",
        'Fill it, write `gifts = "open"` in the scenario, or remove the file: without it gifts need no pledge.',
        "Gifts are within pledges, and the table of pledges is there but empty.",
    ),
    FindingKind(
        "pledge-without-quantity",
        "error",
        "The pledge {pledge} has no quantity, though it says that the quantity is known.",
        "Fill the quantity, or write undisclosed or value_only in quantity_state.",
        "A pledge lacks its quantity and does not say that it was not disclosed.",
    ),
    FindingKind(
        "pledge-hides-quantity",
        "warning",
        "The pledge {pledge} gives a quantity of {value}, though its quantity_state is {state}.",
        "Write known in quantity_state if the quantity may be planned; else remove it.",
        "A pledge gives a quantity and says that it gave none; nothing of it is planned.",
    ),
    FindingKind(
        "delivered-above-pledge",
        "error",
        "The pledge {pledge} has delivered {value}, more than the {quantity} it pledged.",
        "Raise the quantity, or correct what was delivered.",
        "More was delivered under a pledge than it holds.",
    ),
    FindingKind(
        "donor-is-recipient",
        "error",
        "The pledge {pledge} gives from {value} to {value}.",
        "Correct the donor or the recipient.",
        "A pledge names the same party as donor and recipient.",
    ),
    FindingKind(
        "delivered-with-remainder",
        "warning",
        "The pledge {pledge} is delivered, though {value} of {quantity} have arrived.",
        "Correct its state or its delivered_quantity: a delivered pledge grants nothing more.",
        "A pledge is said to be delivered while a part of it is still to come.",
    ),
    FindingKind(
        "undisclosed-pledges",
        "note",
        "{count} no quantity that can be planned: {rows}.",
        "Ask the donors for the quantities that matter.",
        "Pledges whose quantity was not disclosed, or only their value: they grant nothing in a plan.",
    ),
)
"""Every kind of finding about pledges."""
