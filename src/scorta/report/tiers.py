"""What a plan made good, in order, and how near it is to the best there can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorta.languages import mark, say
from scorta.report.page import Column, Grid, in_language, to_plain
from scorta.rules import tier_of

if TYPE_CHECKING:
    from scorta.plan import Record


def tiers_grid(record: Record) -> Grid:
    """Return the tiers in the order in which they were solved: value, what it counts, certified gap.

    Where something is whole, the gap that the solver claims stands beside it.
    """
    is_whole = record.size.whole > 0
    rows = tuple(
        (
            say_tier(tier.name),
            tier.value,
            say(tier_of(tier.name).about.counts),
            say("not proved") if tier.gap is None else tier.gap,
            *((tier.claimed_gap,) if is_whole else ()),
        )
        for tier in record.tiers
    )
    columns = (*TIER_COLUMNS, *((Column("Claimed gap", "gap", spare=1),) if is_whole else ()))
    heading = say("What was made as small as can be, in this order")
    return Grid(heading, in_language(columns), rows, " ".join(_notes(record)))


def _notes(record: Record) -> list[str]:
    """Say what the time limit left out or stopped, what dropping whole numbers means, and what the gaps are."""
    notes = []
    if record.unsolved:
        left = ", ".join(map(say_tier, record.unsolved))
        notes.append(say("Not reached within the time limit, so feasible and not best: {tiers}.", tiers=left))
    stopped = [tier.name for tier in record.tiers if tier.claimed_gap > 2 * record.options.gap]
    if stopped:
        early = ", ".join(map(say_tier, stopped))
        notes.append(say("Stopped by the time limit before it was within the gap: {tiers}.", tiers=early))
    if record.size.whole:
        notes.append(say("The certified gap is to a plan without whole numbers, the claimed one to a plan with them."))
    if record.size.dropped:
        notes.append(say(RELAXED))
    return notes


RELAXED = mark(
    "Whole numbers were dropped: parts of units, of lots, of set-ups and of fixed costs stand in this plan, "
    "and no plan with whole ones is better."
)
"""What a relaxed plan is."""


TIER_COLUMNS = (
    Column("Tier"),
    Column("Value", "number"),
    Column("Counts"),
    Column("Certified gap", "gap", spare=2),
)
"""The columns of the tiers."""


def list_tiers(record: Record) -> list[dict[str, Any]]:
    """Return the tiers as plain values, nothing rounded."""
    return [to_plain(tier) for tier in record.tiers]


def say_tier(name: str) -> str:
    """Say what a tier is called."""
    tier = tier_of(name)
    return say(tier.about.name, priority=tier.priority) if tier.about.name and tier.name == name else name
