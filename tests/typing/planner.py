"""What a planner writes in Python, under the strict eyes of mypy and pyright; `make lint` reads it, nothing runs it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, assert_type

import polars as pl

import scorta as sc


def made_of_rows(stocks: pl.DataFrame, legs: Path) -> sc.Case:
    """Rows, a frame and a file make a case; days are dates or text."""
    needs = [{"need": "N1", "place": "HUB", "item": "tent", "quantity": 5, "required_by": dt.date(2022, 11, 7)}]
    case = sc.Case.of(start="2022-10-17", weeks=8, needs=needs, stocks=stocks, legs=legs, pledges="pledges.csv")
    longer = sc.Case.of(start=dt.date(2022, 10, 17), horizon=[("week", 26), ("month", 18)], gifts="open", needs=needs)
    assert_type(case, sc.Case)
    assert_type(longer.needs, pl.DataFrame)
    assert_type(longer.findings, tuple[sc.Finding, ...])
    return case


def changed(case: sc.Case) -> sc.Case:
    """What-ifs are cases."""
    earlier = case.change("P1", available_from="2022-11-07", quantity=40)
    scaled = earlier.change("ROAD", scale={"capacity_t_per_month": 2}, during=("2022-12-01", None))
    return scaled.change("P2", remove=True).what_if("early", Path("late.csv"))


def planned(case: sc.Case) -> sc.Plan:
    """A plan, its views, and what it answers."""
    plan = sc.plan(case, seconds=60, progress=lambda step: print(step.stage, step.seconds))
    better = sc.plan(changed(case), like=plan, freeze=14, relax=True)
    assert_type(better, sc.Plan)
    assert_type(better.needs, pl.DataFrame)
    assert_type(better["stock"].height, int)
    assert_type(better.why("N1"), sc.Answer)
    assert_type(better.fix("N1", touch=["pledges"]).rows, list[dict[str, Any]])
    assert_type(sc.compare(plan, better, by="row").to_json(), str)
    assert_type(sc.ask(case), sc.Answer)
    assert_type(better.save("plans/monday"), Path)
    with sc.speaking("uk"):
        print(better.trace("N1"), better.record.certified_gap)
    return sc.read_plan(better.to_excel("plan.xlsx").parent, case=case)


def refused(path: str) -> list[str]:
    """An error of a case carries its findings."""
    try:
        sc.read_case(path)
    except sc.CaseError as error:
        return [f"{one.address} {one.field}: {one.sentence} {one.next_step}" for one in error.findings]
    except sc.ScortaError as error:
        return [error.sentence, error.next_step]
    return []
