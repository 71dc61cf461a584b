"""The price of fairness as a table: what stays short and late, and who gives above its share, plan by plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scorta.languages import mark, say
from scorta.report.numbers import write_gap
from scorta.report.page import Cell, Column, Grid, Page

if TYPE_CHECKING:
    from scorta.plan import FairPlan


def fairness_page(title: str, plans: Sequence[FairPlan]) -> Page:
    """Return the table of the price of fairness: a column for each plan."""
    columns = (Column(say("Price of fairness")), *(Column(_named(plan), "number") for plan in plans))
    note = say(
        "No key: nobody looks at shares. Key: the excess is as small as can be without worsening the tiers before it. "
        "Cap: how much of what all give a party may give in the plan above its share, whatever needs stay short. "
        "The excess counts what was given before the plan too."
    )
    return Page(title, (Grid(say("What fairness costs the needs, and what it buys"), columns, _rows(plans), note),))


def _named(plan: FairPlan) -> str:
    """Name a plan by what its keys are in it."""
    if plan.cap is not None:
        return say("Cap {share}", share=write_gap(plan.cap))
    return say("No key") if plan.key == "none" else say("Key")


def _rows(plans: Sequence[FairPlan]) -> tuple[tuple[Cell, ...], ...]:
    """Return the lines of the needs, priority by priority, and those of the keys."""
    priorities = sorted({priority for plan in plans for priority in plan.unmet})
    lines: list[tuple[str, list[float]]] = []
    for number in priorities:
        for figure, amounts in (
            (mark("Units unmet"), [plan.unmet for plan in plans]),
            (mark("Unit-days late"), [plan.late for plan in plans]),
        ):
            words = say("{figure}, priority {priority}", figure=say(figure), priority=number)
            lines.append((words, [amount.get(number, 0.0) for amount in amounts]))
    for key in plans[0].excess_eur:
        lines.append((say("Above the share of {key}, EUR", key=key), [plan.excess_eur[key] for plan in plans]))
        lines.append((say("the same, % of all given"), [100 * plan.excess_share[key] for plan in plans]))
    return tuple((words, *figures) for words, figures in lines)
