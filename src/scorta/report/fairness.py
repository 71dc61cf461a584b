"""The price of fairness as a table: what stays short and late, and who gives above its share, plan by plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scorta.report.numbers import write_gap
from scorta.report.page import Cell, Column, Grid, Page

if TYPE_CHECKING:
    from scorta.plan import FairPlan

_WAYS = {"none": "No key", "tier": "Key"}
"""What a plan is called that has no cap."""

_NOTE = (
    "No key: nobody looks at shares. Key: the excess is as small as can be without spoiling the tiers before it. "
    "Cap: how much of what all give a party may give in the plan above its share, whatever needs stay short. "
    "The excess counts what was given before the plan too."
)


def fairness_page(title: str, plans: Sequence[FairPlan]) -> Page:
    """Return the table of the price of fairness: a column for each plan."""
    columns = (Column("Price of fairness"), *(Column(_named(plan), "number") for plan in plans))
    return Page(title, (Grid("What fairness costs the needs, and what it buys", columns, _rows(plans), _NOTE),))


def _named(plan: FairPlan) -> str:
    """Name a plan by what its keys are in it."""
    return f"Cap {write_gap(plan.cap)}" if plan.cap is not None else _WAYS[plan.key]


def _rows(plans: Sequence[FairPlan]) -> tuple[tuple[Cell, ...], ...]:
    """Return the lines of the needs, priority by priority, and those of the keys."""
    priorities = sorted({priority for plan in plans for priority in plan.unmet})
    lines: list[tuple[str, list[float]]] = []
    for priority in priorities:
        lines.append((f"Units unmet, priority {priority}", [plan.unmet.get(priority, 0.0) for plan in plans]))
        lines.append((f"Unit-days late, priority {priority}", [plan.late.get(priority, 0.0) for plan in plans]))
    for key in plans[0].excess_eur:
        lines.append((f"Above the share of {key}, EUR", [plan.excess_eur[key] for plan in plans]))
        lines.append(("the same, % of all given", [100 * plan.excess_share[key] for plan in plans]))
    return tuple((words, *figures) for words, figures in lines)
