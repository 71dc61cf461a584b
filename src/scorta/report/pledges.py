"""What is pledged, step by step of the ladder, whom to ask for more, and what it costs that all carry their shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from scorta.languages import mark, say, say_count, write_gap, write_number, write_share
from scorta.report.page import Cell, Column, Grid, Page, Words, in_language
from scorta.tables import CASE_TABLES

if TYPE_CHECKING:
    from scorta.case import Case
    from scorta.plan import FairPlan
    from scorta.trace import Ask

NAMED = 2
"""Needs that are named for each ask."""

_SAID = pl.col("quantity").is_not_null() & (pl.col("quantity_state") == "known")

_LADDER = (
    Column("State", "choice"),
    Column("Pledges", "number"),
    Column("with quantity", "number"),
    Column("undisclosed", "number", spare=1),
    Column("value only", "number", spare=2),
    Column("EUR stated", "number"),
)

_ASKS = (
    Column("Ask", "code"),
    Column("For", "number"),
    Column("Of", "code"),
    Column("Leaves by", "date"),
    Column("Serves, units on time + late"),
    Column("Left above floor", "number", spare=2),
    Column("Gives, of its share", spare=1),
)


def ladder_grid(case: Case) -> Grid:
    """Return the pledges by state, from the first step of the ladder to the last."""
    rows = [_step(case["pledges"], state) for state in CASE_TABLES["pledges"]["state"].choices]
    total = _step(case["pledges"], "")
    rows = [*(row for row in rows if row[1]), total]
    return Grid(say("Pledges, step by step of the ladder"), in_language(_LADDER), tuple(rows))


def _step(pledges: pl.DataFrame, state: str) -> tuple[str, int, int, int, int, float]:
    """Count the pledges of one state, or of all."""
    here = pledges.filter(pl.col("state") == state) if state else pledges
    said = here.filter(_SAID).height
    value_only = here.filter(~_SAID & (pl.col("quantity_state") == "value_only")).height
    value = float(here["value_eur"].sum())
    return (state or "all", here.height, said, here.height - said - value_only, value_only, value)


def ask_page(title: str, asks: Sequence[Ask], limit: int | None) -> Page:
    """Return the page of the asks to bring to a meeting, what serves the most urgent needs first."""
    if not asks:
        nobody = say("Nobody has anything above its floor that would help, beyond what is pledged.")
        return Page(title, (Words(nobody),))
    shown = asks if limit is None else asks[:limit]
    rows = tuple(
        (one.giver, one.quantity, one.item, one.leaves_until, _serves(one), one.margin, _share(one)) for one in shown
    )
    note = say("What serves the most urgent needs first, of these what brings most of what they ask for.")
    if hidden := len(asks) - len(shown):
        note += " " + say_count("{number} more ask is not shown.", "{number} more asks are not shown.", hidden)
    heading = say("Asks: beyond what is pledged, and above the floors")
    return Page(title, (Grid(heading, in_language(_ASKS), rows, note),))


def _serves(ask: Ask) -> str:
    """Say which needs an ask serves."""
    told = [f"{one.need} {write_number(one.on_time)} + {write_number(one.late)}" for one in ask.serves[:NAMED]]
    needs, left = ", ".join(told), len(ask.serves) - NAMED
    if left > 0:
        return say_count("{needs}, {number} more", "{needs}, {number} more", left, needs=needs)
    return needs or say("stock objectives")


def _share(ask: Ask) -> str:
    """Say what the giver gives beside its share by a key."""
    if ask.share is None or ask.gives is None:
        return say("no key")
    return say("{gives}, of {share}", gives=write_share(ask.gives), share=write_share(ask.share))


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
