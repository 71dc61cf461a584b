"""A case in which everything is short still plans: a shortage is a result, never an error."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from scorta import desk
from scorta.case import Case

EXAMPLES = Path(__file__).parents[2] / "examples"


def bare(name: str) -> Case:
    """Return an example without anything that lies there, comes in or can be made, and without money."""
    case = desk.load_case(EXAMPLES / name)
    lines, budgets = case["lines"], case["budgets"]
    hours = [column for column in ("capacity_per_month", "minimum_per_month") if column in lines.columns]
    return case.replace(
        stocks=case["stocks"].clear(),
        receipts=case["receipts"].clear(),
        expansions=case["expansions"].clear(),
        lines=lines.with_columns(pl.lit(0.0).alias(column) for column in hours),
        budgets=budgets.with_columns(amount_eur=pl.lit(0.0)),
    )


@pytest.mark.parametrize("name", ["walk", "october-2022", "october-2022-long-term", "winter-reserve"])
def test_nothing_there_is_a_plan_too(name: str) -> None:
    """Every open need stays unmet, whole; the plan is checked, and proved to a thousandth."""
    plan = desk.make_plan(bare(name))
    needs = plan["fulfilment"]
    assert not needs.is_empty()
    assert needs.filter((pl.col("unmet") - pl.col("asked")).abs() > 1e-6).is_empty()
    assert plan["issues"].is_empty()
    assert plan.record.unsolved == ()
    assert plan.record.certified_gap is not None
    assert plan.record.certified_gap <= 1e-3
