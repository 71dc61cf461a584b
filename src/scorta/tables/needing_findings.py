"""What can be found about needs."""

from scorta.tables.findings import FindingKind

NEEDING: tuple[FindingKind, ...] = (
    FindingKind(
        "need-before-start",
        "error",
        "The need {need} is required by {value}, before the plan begins on {start}.",
        "Correct the day, or close the need.",
        "An open need was due before the first day of the plan.",
    ),
    FindingKind(
        "need-after-horizon",
        "warning",
        "The need {need} is required by {value}, after the last day of the plan ({last}), so it is not planned.",
        "Lengthen the horizon, or leave it for a later plan.",
        "An open need is due after the last day of the plan.",
    ),
    FindingKind(
        "not-before-too-late",
        "error",
        "The need {need} may not be issued before {value}, which lies after its required_by ({required_by}).",
        "Move not_before to required_by or earlier.",
        "A need could never be met on time, because it may be issued only after it is due.",
    ),
    FindingKind(
        "every-without-until",
        "error",
        "The need {need} comes back every {value} but does not say until when.",
        "Fill `until`.",
        "A need that comes back has no last day.",
    ),
    FindingKind(
        "until-without-every",
        "warning",
        "The need {need} has an `until` but no `every`, so it comes once.",
        "Fill `every`, or leave `until` empty.",
        "A need has a last day for coming back but does not come back.",
    ),
    FindingKind(
        "until-too-early",
        "error",
        "The need {need} comes back until {value}, which lies before its required_by ({required_by}).",
        "Correct one of the two days.",
        "A need stops coming back before it has come for the first time.",
    ),
    FindingKind(
        "lapse-days-unused",
        "warning",
        "The need {need} has lapse_days but does not lapse, so they have no effect.",
        "Write unmet = lapse, or leave lapse_days empty.",
        "A need that stays asked for says after how many days it lapses.",
    ),
    FindingKind(
        "unmet-cost-missing",
        "error",
        "The need {need} has no unmet_cost_eur, but the tiers weigh cost without needs.",
        "Fill unmet_cost_eur, or add `needs` to the tiers.",
        "Where cost decides alone, a need without a cost would never be served.",
    ),
    FindingKind(
        "nothing-reaches-need",
        "warning",
        "Nothing can reach the need {need}: no leg brings {item} to {place}, and none lies, comes in or is made there.",
        "Add a leg to {place}, or correct the place or item.",
        "An open need stands at a place that no leg, stock, receipt or process of its item serves.",
    ),
    FindingKind(
        "need-too-soon",
        "warning",
        "The need {need} is required by {value}, but the shortest leg that brings {item} to {place} takes {days} days: "
        "it will be late.",
        "Correct the day or the leg, or expect it to be met late.",
        "An open need is due sooner than any leg can bring its item, of which none lies, comes in or is made there.",
    ),
    FindingKind(
        "need-not-covered",
        "warning",
        "No pledges bring {item} to {place} for the need {need}: it would have to be pledged {lacks}.",
        "Add what is promised to pledges, or expect the need to stay unmet.",
        "Legs could supply an open need, but on every way goods change owner where no pledge of a known quantity "
        "covers it; the fewest pledges that are missing are named.",
    ),
    FindingKind(
        "draft-need",
        "note",
        "The need {need} is a draft, so it is not planned.",
        "{advice} to open once it is agreed.",
        "A need is stated but not yet agreed.",
    ),
)
"""Every kind of finding about needs."""
