"""What can be found about objectives, stock and receipts."""

from scorta.tables.findings import FindingKind

HOLDING: tuple[FindingKind, ...] = (
    FindingKind(
        "objective-owner",
        "error",
        "The objective of {item} names {what}.",
        "Fill either `party` or `place`, and leave the other empty.",
        "An objective belongs to a party or to a place: to one of them and not to both.",
    ),
    FindingKind(
        "objective-rate",
        "warning",
        "The objective of {item} gives `{field}` without `{other}`, so it has no effect.",
        "Fill both daily_rate and days_of_supply, or give the objective itself.",
        "An objective in days of supply lacks its rate or its days.",
    ),
    FindingKind(
        "floor-above-objective",
        "warning",
        "The floor of {item} ({value}) is above its objective ({objective}).",
        "Check the two: a floor is the least, an objective what should be reached.",
        "An objective lies below the protected minimum.",
    ),
    FindingKind(
        "objective-above-maximum",
        "warning",
        "The objective of {item} ({value}) is above its maximum ({maximum}), so it can never be reached.",
        "Raise the maximum or lower the objective.",
        "An objective or floor lies above the most that may lie there.",
    ),
    FindingKind(
        "stock-expired",
        "warning",
        "The lot of {item} at {place} expired on {value}, before the plan begins.",
        "Remove the row, or correct the day.",
        "A lot of stock has passed its last day of use before the first day of the plan.",
    ),
    FindingKind(
        "reserved-for-other-item",
        "warning",
        "The stock of {item} is reserved for the need {value}, which asks for {other}.",
        "Reserve it for a need of {item}, or leave the field empty.",
        "Stock is reserved for a need that asks for another item, so nobody can use it.",
    ),
    FindingKind(
        "receipt-past-due",
        "note",
        "The receipt of {item} was due on {value}, before the plan begins: it comes in the first bucket.",
        "Correct the day if a later one is known.",
        "A scheduled receipt is late already on the first day of the plan.",
    ),
)
"""Every kind of finding about objectives, stock and receipts."""
