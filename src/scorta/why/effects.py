"""Effects of a repair: what it changes between two plans, for a need and for others, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from scorta.case import Case, Change
from scorta.plan import Plan
from scorta.rules import ANSWER_TOLERANCE, Tier, TierKind
from scorta.why.repairs import Repair, changes_of

EFFECT_TOLERANCE = ANSWER_TOLERANCE
"""Units and unit-days below which nothing has changed."""


FIGURES = ("on_time", "late", "unmet", "unit_days_late")
"""How a need is met."""

TOGETHER_TOLERANCE = 1e-4
"""Units and unit-days, and the part of all that change, below which needs together are met as well as before."""


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

    `swaps` are needs of an item and a priority that only change places: all told they are met as well as before.
    `left` are the units that still come late or never. `price` is what the whole plan costs more, in EUR, None where
    nobody counts cost; `days` are the unit-days that the need is spared, a unit that never came counted to the end of
    the plan.
    """

    repair: Repair
    effect: Effect
    others: tuple[Effect, ...]
    swaps: tuple[str, ...]
    left: float
    price: float | None
    days: float

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that is changed."""
        return changes_of(self.repair)

    @property
    def rank(self) -> tuple[bool, int, float]:
        """Return what orders repairs: what makes the need whole, one change before two, what is cheap for its days."""
        return self.left > EFFECT_TOLERANCE, len(self.repair), (self.price or 0.0) / self.days

    @property
    def helps(self) -> bool:
        """Tell whether the need is met any better."""
        return self.days > EFFECT_TOLERANCE


def is_enough(one: Fix, other: Fix) -> bool:
    """Tell whether a repair does as much as another that changes what it does and more."""
    return set(one.changes) <= set(other.changes) and one.days >= other.days * (1 - EFFECT_TOLERANCE)


def weigh(case: Case, before: Plan, after: Plan, need: str, repair: Repair) -> Fix:
    """Tell what a repair changes between two plans."""
    found = _effects(before, after)
    swaps = found.filter(pl.col("swaps") & (pl.col("need") != need))["need"]
    told = found.filter(~pl.col("need").is_in(swaps.implode()))
    effects = {row[0]: Effect(*row) for row in told.select("need", *FIGURES).iter_rows()}
    effect = effects.pop(need, Effect(need, 0.0, 0.0, 0.0, 0.0))
    asked = after["fulfilment"].filter(need=need).row(0, named=True)
    left = max((case.horizon.date(case.horizon.last_day) - asked["required_by"]).days, 1)
    cost = Tier(TierKind.COST).name
    costs = [tier.value for plan in (before, after) for tier in plan.record.tiers if tier.name == cost]
    return Fix(
        repair,
        effect,
        tuple(effects.values()),
        tuple(swaps),
        asked["late"] + asked["unmet"],
        costs[1] - costs[0] if len(costs) == 2 else None,
        -effect.unit_days - left * effect.unmet,
    )


def _effects(before: Plan, after: Plan) -> pl.DataFrame:
    """Return what changes for each need that is met otherwise, and whether it only changes places with others."""
    tables = [plan["fulfilment"].select("need", "item", "priority", *FIGURES) for plan in (before, after)]
    rows = tables[0].join(tables[1], on="need", suffix="_after", maintain_order="left")
    rows = rows.select(
        "need", "item", "priority", *(pl.col(f"{name}_after").sub(pl.col(name)).alias(name) for name in FIGURES)
    )
    among = ("item", "priority")
    alike = (
        pl.col(name).sum().over(among).abs() <= TOGETHER_TOLERANCE * (1.0 + pl.col(name).abs().sum().over(among))
        for name in ("unmet", "unit_days_late")
    )
    rows = rows.with_columns(swaps=pl.all_horizontal(alike))
    return rows.filter(pl.max_horizontal(pl.col(name).abs() for name in FIGURES) > EFFECT_TOLERANCE)
