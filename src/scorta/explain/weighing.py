"""Weighing a repair: what it changes between two plans, for a need and for others, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from scorta.case import Case, Change
from scorta.explain.repairs import Repair, changes_of
from scorta.plan import Plan

FELT = 1e-6
"""Units and unit-days below which nothing has changed."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes for a need: units on time, late and unmet, and unit-days late, after less before."""

    need: str
    on_time: float
    late: float
    unmet: float
    unit_days: float


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair that was planned: what it does for the need, what for others, and what it costs.

    `price` is what the whole plan costs more, in EUR, None where nobody counts cost; `days` are the unit-days that the
    need is spared, a unit that never came counted to the end of the plan.
    """

    repair: Repair
    effect: Effect
    others: tuple[Effect, ...]
    price: float | None
    days: float

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that is changed."""
        return changes_of(self.repair)

    @property
    def helps(self) -> bool:
        """Tell whether the need is met any better."""
        return self.days > FELT


def is_enough(one: Fix, other: Fix) -> bool:
    """Tell whether a repair does as much as another that changes what it does and more."""
    return set(one.changes) <= set(other.changes) and one.days >= other.days * (1 - FELT)


def weigh(case: Case, before: Plan, after: Plan, need: str, repair: Repair) -> Fix:
    """Tell what a repair changes between two plans."""
    effects = {effect.need: effect for effect in _effects(before, after)}
    effect = effects.pop(need, Effect(need, 0.0, 0.0, 0.0, 0.0))
    due = before["fulfilment"].filter(need=need)["required_by"].item()
    left = max((case.horizon.date(case.horizon.last_day) - due).days, 1)
    costs = [tier.value for plan in (before, after) for tier in plan.record.tiers if tier.name == "cost"]
    price = costs[1] - costs[0] if len(costs) == 2 else None
    return Fix(repair, effect, tuple(effects.values()), price, -effect.unit_days - left * effect.unmet)


def _effects(before: Plan, after: Plan) -> list[Effect]:
    """Return what changes for each need that is met otherwise."""
    figures = ("on_time", "late", "unmet", "unit_days_late")
    tables = [plan["fulfilment"].select("need", *figures) for plan in (before, after)]
    rows = tables[0].join(tables[1], on="need", suffix="_after", maintain_order="left")
    rows = rows.select("need", *(pl.col(f"{name}_after") - pl.col(name) for name in figures))
    return [Effect(*row) for row in rows.iter_rows() if max(map(abs, row[1:])) > FELT]
