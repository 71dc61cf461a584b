"""The price of fairness as tables: what stays short and late, and who gives above its share, cap by cap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from scorta.report.page import Cell, Column, Grid, Page

if TYPE_CHECKING:
    from scorta.plan import FairPlan

_WAYS = {"none": "left out", "tier": "a tier after the needs", "cap": "capped before the needs"}
"""What the keys are in a plan."""

_WAY = (Column("Keys are"), Column("Cap", "gap"))

_CAP = (
    "A cap is how much of what all give a party may give in the plan above its share. What fairness costs the needs is "
    "the difference to the first line."
)
_EXCESS = "The largest excess of a party, before the plan and in it: in EUR, and as a part of what all parties give."


def fairness_page(title: str, plans: Sequence[FairPlan]) -> Page:
    """Return the two tables of the price of fairness: the needs, and the excess over the shares."""
    priorities = sorted({priority for plan in plans for priority in plan.unmet})
    needs = [
        column
        for priority in priorities
        for column in (Column(f"Unmet, {priority}", "number", "bad"), Column(f"Late, {priority}", "number", "late"))
    ]
    keys = list(plans[0].excess_eur)
    excess = [column for key in keys for column in (Column(f"{key}, EUR", "number"), Column(key, "gap"))]
    short = _rows(plans, lambda plan: [side.get(each, 0.0) for each in priorities for side in (plan.unmet, plan.late)])
    above = _rows(plans, lambda plan: [side[key] for key in keys for side in (plan.excess_eur, plan.excess_share)])
    return Page(
        title,
        (
            Grid("The price of fairness: units unmet and unit-days late, by priority", (*_WAY, *needs), short, _CAP),
            Grid("What it buys: the excess over the share, by key", (*_WAY, *excess), above, _EXCESS),
        ),
    )


def _rows(plans: Sequence[FairPlan], cells: Callable[[FairPlan], list[float]]) -> tuple[tuple[Cell, ...], ...]:
    """Return a line for each plan."""
    return tuple((_WAYS[plan.key], plan.cap, *cells(plan)) for plan in plans)
