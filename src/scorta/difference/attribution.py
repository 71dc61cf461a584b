"""Attribution: what each group of changed rows has to do with the difference of two plans, so that it adds up.

What a group does depends on which others are there already. So it is looked at in every order in which the groups may
come, and the mean counts (the Shapley value): it favours no order, and what all groups do adds up to the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
import polars as pl

from scorta.case import Floats
from scorta.difference.changed_rows import Group
from scorta.difference.comparison import NEED
from scorta.plan import Plan
from scorta.plan.plan import MET_TOLERANCE

Chosen = frozenset[int]
"""Groups that are changed already, by number."""

Measure = tuple[str, int | None, str | None]
"""A figure that is attributed: its name, and the priority or need whose figure it is (neither: of the whole plan)."""

REST = "no row"
"""What stands in place of a group for what no changed row explains: a choice among plans that are as good, or other
options, versions, or a plan that was followed."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What groups of changed rows have to do with the difference of two plans.

    `effects` has for each group, and for `rest`, the change of each measure: `met` counts needs met in full on time;
    `unmet` and `unit_days_late` are of a priority or need, `on_time` and `late` of a need. They add up to the whole
    difference. `every_order` says whether all orders of the groups counted, or only the one in which they stand;
    `plans` is how many were made.
    """

    groups: tuple[Group, ...]
    every_order: bool
    plans: int
    effects: pl.DataFrame

    @property
    def rest(self) -> str:
        """What stands in place of a group for what no changed row explains."""
        return REST

    def effect(self, label: str, measure: str, priority: int | None = None, need: str | None = None) -> float:
        """Return what a group does to a measure: of a priority, of a need, or of the whole plan."""
        rows = self.effects.filter(
            pl.col("group") == label,
            pl.col("measure") == measure,
            pl.col("priority").eq_missing(priority),
            pl.col("need").eq_missing(need),
        )
        return float(rows["change"].sum())


def measure(fulfilment: pl.DataFrame) -> dict[Measure, float]:
    """Return what is attributed, read off a plan's table `fulfilment`."""
    met = fulfilment.filter((pl.col("late") <= MET_TOLERANCE) & (pl.col("unmet") <= MET_TOLERANCE)).height
    found: dict[Measure, float] = {("met", None, None): float(met)}
    parts = fulfilment.group_by("priority").agg(pl.col("unmet", "unit_days_late").sum()).sort("priority")
    for name in ("unmet", "unit_days_late"):
        found |= {(name, row["priority"], None): row[name] for row in parts.iter_rows(named=True)}
    for row in fulfilment.iter_rows(named=True):
        found |= {(name, None, row["need"]): row[name] for name in NEED}
    return found


def mixtures(groups: int, every_order: bool) -> tuple[Chosen, ...]:
    """List the mixtures that must be planned, each a group away from the one before, where that can be."""
    if not every_order:
        return tuple(frozenset(range(count)) for count in range(groups + 1))
    codes = (number ^ (number >> 1) for number in range(2**groups))
    return tuple(frozenset(at for at in range(groups) if code >> at & 1) for code in codes)


def attribute(
    groups: Sequence[Group],
    every_order: bool,
    plans: tuple[Plan, Plan],
    planned: Callable[[Chosen], dict[Measure, float]],
) -> Attribution:
    """Attribute the difference of two plans to groups, given what comes of each mixture of them."""
    values = {chosen: planned(chosen) for chosen in mixtures(len(groups), every_order)}
    given = [measure(plan["fulfilment"]) for plan in plans]
    measures = list(dict.fromkeys(name for found in (*given, *values.values()) for name in found))
    worths = {chosen: _laid(found, measures) for chosen, found in values.items()}
    share = shapley if every_order else in_order
    parts = [share(len(groups), at, worths) for at in range(len(groups))]
    whole = _laid(given[1], measures) - _laid(given[0], measures)
    rest = whole - np.sum(parts, axis=0) if parts else whole
    labelled = [*zip((group.label for group in groups), parts, strict=True), (REST, rest)]
    frames = [_frame(label, part, measures) for label, part in labelled]
    return Attribution(tuple(groups), every_order, len(values), pl.concat(frames))


def shapley(count: int, at: int, worths: Mapping[Chosen, Floats]) -> Floats:
    """Return the mean, over all orders, of what a group adds to those before it."""
    parts = [
        factorial(len(chosen)) * factorial(count - len(chosen) - 1) / factorial(count) * (worths[chosen | {at}] - worth)
        for chosen, worth in worths.items()
        if at not in chosen
    ]
    return np.asarray(np.sum(parts, axis=0))


def in_order(count: int, at: int, worths: Mapping[Chosen, Floats]) -> Floats:
    """Return what a group adds to those that stand before it."""
    return worths[frozenset(range(at + 1))] - worths[frozenset(range(at))]


def _laid(found: Mapping[Measure, float], measures: Sequence[Measure]) -> Floats:
    """Lay figures in order; what a plan does not have is nothing."""
    return np.array([found.get(name, 0.0) for name in measures])


def _frame(label: str, changes: Floats, measures: Sequence[Measure]) -> pl.DataFrame:
    """Return what a group does as rows."""
    names, priorities, needs = (list(column) for column in zip(*measures, strict=True))
    columns = {
        "group": [label] * len(names),
        "measure": names,
        "priority": priorities,
        "need": needs,
        "change": changes,
    }
    types = {"priority": pl.Int64, "need": pl.String, "change": pl.Float64}
    return pl.DataFrame(columns, schema_overrides=types)
