"""Planning at the desk: where a plan goes, what it is made from, and what is never published."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.conftest import Planned

from scorta import desk
from scorta.desk.steps import Step
from scorta.errors import BrokenPlanError, InputError, OutputError


def test_plan_on_disk_is_the_plan(planned_walk: Planned, tmp_path: Path) -> None:
    """What is saved is read back equal; planning again replaces it; a folder of something else is left alone."""
    case = planned_walk.case
    desk.plan_case(case.replace(stocks=case["stocks"].clear()), tmp_path / "plan")
    plan = desk.plan_case(case, tmp_path / "plan")
    again = desk.load_plan(tmp_path / "plan")
    assert again.record == plan.record
    for name, frame in plan.tables.items():
        assert_frame_equal(frame, again[name])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan"]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(OutputError, match="something else"):
        desk.plan_case(case, tmp_path / "other")
    assert (tmp_path / "other" / "letter.txt").read_text(encoding="utf-8") == "keep me"


def test_a_place_that_will_not_do_is_told_before_solving(
    planned_walk: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a plan to be told to name another folder, or a file that plans are written as."""
    monkeypatch.setattr("scorta.desk.plans.make_plan", lambda *words, **more: pytest.fail("solved"))
    (tmp_path / "letter.txt").write_text("keep me", encoding="utf-8")
    for place in (tmp_path, tmp_path / "letter.txt" / "plan"):
        with pytest.raises(OutputError, match="Name another folder"):
            desk.plan_case(planned_walk.case, place)
    with pytest.raises(OutputError, match=r"not written as \.pdf"):
        desk.plan_case(planned_walk.case, tmp_path / "plan.PDF")


def test_too_few_days_freeze_nothing(planned_walk: Planned) -> None:
    """A bucket is frozen whole or not at all; days in which none ends are refused, and so is freezing no plan."""
    case, plan = planned_walk.case, planned_walk.plan
    with pytest.raises(InputError, match="first bucket of the plan has 7"):
        desk.make_plan(case, previous=plan, freeze=6)
    with pytest.raises(InputError, match="no previous plan"):
        desk.make_plan(case, freeze=7)


def test_a_plan_that_breaks_a_rule_is_not_published(
    planned_walk: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the checker finds that a unit too many is issued, it is said which rule is broken, and nothing is saved."""
    from scorta.desk import plans

    right = plans.plan_tables

    def wrong(*words: object) -> dict[str, pl.DataFrame]:
        tables = right(*words)
        issues = tables["issues"].with_columns(pl.col("quantity") + 1.0)
        return {**tables, "issues": issues}

    monkeypatch.setattr(plans, "plan_tables", wrong)
    with pytest.raises(BrokenPlanError, match="The plan breaks the rule ") as caught:
        desk.plan_case(planned_walk.case, tmp_path / "plan")
    assert caught.value.exit_code == 4
    assert list(tmp_path.iterdir()) == []


def test_the_record_tells_how_the_plan_came_about(planned_walk: Planned) -> None:
    """Of which case, with which limits, and how near each tier is to a bound: here to none that is better."""
    steps: list[Step] = []
    limits = desk.Limits(seconds=60, memory=2**31, gap=0.01)
    record = desk.make_plan(planned_walk.case, limits=limits, seed=3, told=steps.append).record
    assert (record.case_hash, record.seed, record.title) == (planned_walk.case.digest(), 3, "The walk of one need")
    assert (record.options.seconds, record.options.memory, record.options.gap) == (60, 2**31, 0.01)
    assert record.certified_gap == pytest.approx(0, abs=1e-9)
    late = next(tier for tier in record.tiers if tier.name == "needs 1 late")
    assert (late.value, late.bound) == (pytest.approx(350), pytest.approx(350))
    assert [step.stage for step in steps if step.stage != "solve"] == ["network", "problem", "plan", "verify"]
    assert len(steps) - 4 == len(record.tiers)
