"""The price of fairness: one case planned without its keys, with them, and under ever tighter caps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from scorta.case import Case, Tier
from scorta.desk.plans import make_plan
from scorta.desk.steps import PLAN, Step, Told
from scorta.errors import InputError
from scorta.languages import punctuate, say
from scorta.plan import FairPlan, Plan, fair_plan
from scorta.solve import Limits, SolverPool

STEPS = (0.75, 0.5, 0.25, 0.0)
"""The caps that are tried unless some are named: parts of the largest excess that the fairness tier leaves."""


def price_fairness(
    case: Case,
    *,
    caps: Sequence[float] = (),
    limits: Limits | None = None,
    told: Told | None = None,
) -> tuple[FairPlan, ...]:
    """Plan a case without regard to its keys, with them as a tier, and under each cap; all with the same solvers.

    Raises:
        InputError: the case has no burden-sharing key.
        SolverError, BrokenPlanError: see `make_plan`.
    """
    if case["keys"].is_empty():
        raise InputError("The case has no burden-sharing key.", "Fill the table `keys`, and try again.")
    found: list[FairPlan] = []
    with SolverPool() as solver:

        def plan(way: str, cap: float | None = None) -> Plan:
            began = time.monotonic()
            made = make_plan(_shared(case, way, cap), limits=limits, certify=False, solver=solver)
            found.append(fair_plan(made, way, cap))
            if told is not None:
                told(Step(PLAN, _words(way, cap), time.monotonic() - began))
            return made

        plan("none")
        left = _excess_in_plan(case, plan("tier"))
        for cap in caps or sorted({step * left for step in STEPS}, reverse=True):
            plan("cap", cap)
    return tuple(found)


def _words(way: str, cap: float | None) -> str:
    """Say which plan was made."""
    if cap is not None:
        return say("cap {cap}", cap=punctuate(f"{cap:.2%}"))
    return say("without the keys") if way == "none" else say("with the keys as a tier")


def _shared(case: Case, way: str, cap: float | None) -> Case:
    """Return the case with its keys left out of the tiers, or with them and the same cap for every party."""
    tiers: tuple[Tier, ...] = tuple(tier for tier in case.scenario.tiers if tier != "shares")
    if way != "none":
        tiers = case.scenario.tiers if "shares" in case.scenario.tiers else _after_needs(tiers)
    keys = case["keys"].with_columns(maximum_excess=pl.lit(cap, pl.Float64))
    return replace(case.replace(keys=keys), scenario=replace(case.scenario, tiers=tiers))


def _after_needs(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Return the tiers with the shares after the needs, or last where there are none."""
    at = tiers.index("needs") + 1 if "needs" in tiers else len(tiers)
    return (*tiers[:at], "shares", *tiers[at:])


def _excess_in_plan(case: Case, plan: Plan) -> float:
    """Return the largest part of what a plan gives that a party gives in it above its share: what a cap bounds."""
    gifts = plan["handovers"].filter(pl.col("basis").is_in(["pledge", "ask"]))
    given = gifts.group_by(party="giver").agg(now=pl.col("value_eur").fill_null(0.0).sum())
    rows = case["keys"].join(given, on="party", how="left").with_columns(pl.col("now").fill_null(0.0))
    rows = rows.with_columns(all=pl.col("now").sum().over("key")).filter(pl.col("all") > 0)
    most = rows.select((pl.col("now") / pl.col("all") - pl.col("share")).max()).item()
    return max(float(most or 0.0), 0.0)
