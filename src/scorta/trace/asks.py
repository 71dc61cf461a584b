"""Asks: of whom to ask how much of what, in the order of what it does for the needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from scorta.case import Case
from scorta.plan import Plan
from scorta.trace.trace import asks_serve


@dataclass(frozen=True, slots=True)
class Served:
    """What a need receives thanks to an ask: units on time and late, of all that it asks for."""

    need: str
    priority: int
    asked: float
    on_time: float
    late: float


@dataclass(frozen=True, slots=True)
class Ask:
    """What a giver is asked for beyond its pledges, when it is to leave, and whom it serves, most urgent first.

    `margin` is what the giver has above its floor at the lowest in the plan, after giving; `share` and `gives` are its
    share by a burden-sharing key and the part that it gives in the plan, None where it is in none or in several.
    """

    giver: str
    receiver: str
    item: str
    quantity: float
    leaves_from: date
    leaves_until: date
    value_eur: float | None
    serves: tuple[Served, ...]
    margin: float
    share: float | None
    gives: float | None


def list_asks(case: Case, plan: Plan) -> tuple[Ask, ...]:
    """Return what a plan with open gifts asks for: what serves the most urgent needs first, of these what serves most.

    What serves most is what brings most of all that these needs ask for, on time before late.
    """
    facts = plan["fulfilment"].select("need", "priority", "asked")
    asks = []
    for row, served in zip(plan["asks"].iter_rows(named=True), asks_serve(case, plan), strict=True):
        needs = served.group_by("need").agg(pl.col("on_time", "late").sum()).join(facts, on="need")
        needs = needs.sort("priority", -pl.col("on_time"), "need").select(
            "need", "priority", "asked", "on_time", "late"
        )
        share, gives = _shares(plan, row["giver"])
        asks.append(
            Ask(
                giver=row["giver"],
                receiver=row["receiver"],
                item=row["item"],
                quantity=row["quantity"],
                leaves_from=row["leaves_from"],
                leaves_until=row["leaves_until"],
                value_eur=row["value_eur"],
                serves=tuple(Served(*need) for need in needs.iter_rows()),
                margin=_margin(plan, row["giver"], row["item"]),
                share=share,
                gives=gives,
            )
        )
    return tuple(sorted(asks, key=_worth))


def _shares(plan: Plan, party: str) -> tuple[float | None, float | None]:
    """Return the share of a party by the key that it is in, and the part that it gives; None without a key."""
    rows = plan["shares"].filter(party=party).select("share", "given_eur", "total_eur").rows()
    if len(rows) != 1:
        return None, None
    ((share, given, total),) = rows
    return share, given / total if total else 0.0


def _margin(plan: Plan, party: str, item: str) -> float:
    """Return the least that a party holds of an item above its floor at the end of a bucket."""
    levels = plan["holdings"].filter(party=party, item=item)
    lowest = levels.select((pl.col("level") - pl.col("floor").fill_null(0.0)).min()).item()
    return 0.0 if lowest is None else float(lowest)


def _worth(ask: Ask) -> tuple[int, float, float, str, str]:
    """Return what orders an ask among others: smaller comes first."""
    first = min((served.priority for served in ask.serves), default=1_000_000)
    urgent = [served for served in ask.serves if served.priority == first]
    on_time = sum(served.on_time / served.asked for served in urgent)
    late = sum(served.late / served.asked for served in urgent)
    return first, -round(on_time, 9), -round(late, 9), ask.giver, ask.item
