"""Planning again: a previous plan is followed as far as nothing gets worse, and stands while it is frozen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases import AS_OF, Row, case

from scorta import desk
from scorta.case import Case, Previous
from scorta.cli import main
from scorta.plan import Plan
from scorta.verify import check_plan

WALK = Path(__file__).parents[2] / "examples" / "walk"


def two_depots(east: float = 10, west: float = 10, as_of: dt.date = AS_OF, asked: float = 8) -> Case:
    """Return a case in which one need can be met from two depots of one nation, over legs that are alike."""
    leg: Row = {"destination": "HUB", "mode": "road", "transit_days": 0}
    due = (AS_OF - as_of).days + 20
    return case(
        as_of=as_of,
        parties=[{"party": "PL", "kind": "nation"}, {"party": "UA", "kind": "nation"}],
        places=[{"place": code, "party": "PL"} for code in ("EAST", "WEST")] + [{"place": "HUB", "party": "UA"}],
        stocks=[{"place": place, "item": "tent", "quantity": held} for place, held in (("EAST", east), ("WEST", west))],
        legs=[{"leg": "E", "origin": "EAST", **leg}, {"leg": "W", "origin": "WEST", **leg}],
        needs=[{"need": "N", "place": "HUB", "item": "tent", "quantity": asked, "required_by": due, "priority": 1}],
    )  # fmt: skip


def carried(plan: Plan) -> dict[tuple[str, int], float]:
    """Return what each leg carries in each bucket."""
    return {(row["leg"], row["bucket"]): row["quantity"] for row in plan["shipments"].to_dicts()}


def value(plan: Plan, name: str) -> float:
    """Return the value of a tier."""
    return next(tier.value for tier in plan.record.tiers if tier.name == name)


@pytest.mark.parametrize(("east", "west", "leg"), [(10, 0, "E"), (0, 10, "W")])
def test_of_equal_plans_the_one_that_changes_least(east: float, west: float, leg: str) -> None:
    """Both depots would do; the plan stays with the one that the previous plan took from."""
    before = desk.make_plan(two_depots(east, west))
    after = desk.make_plan(two_depots(), previous=before)
    assert carried(after) == carried(before) == {(leg, 0): 8.0}
    assert value(after, "change") == 0
    assert after.record.options.previous == before.record.case_hash


def test_what_must_change_is_counted_once_for_each_decision() -> None:
    """3 of the 8 can come from the east no more: 3 less there, 3 more over the other leg; what is issued stays."""
    after = desk.make_plan(two_depots(5, 10), previous=desk.make_plan(two_depots(10, 0)))
    assert carried(after) == {("E", 0): 5.0, ("W", 0): 3.0}
    assert value(after, "change") == pytest.approx(6)


def test_nothing_gets_worse_for_the_sake_of_the_previous_plan() -> None:
    """The previous plan could deliver in the second week only; earlier is better: 8 less, 8 more, twice."""
    late = two_depots(0, 0)
    receipt = {"place": "EAST", "item": "tent", "quantity": 8, "due_on": AS_OF + dt.timedelta(days=7)}
    before = desk.make_plan(case_with(late, receipt))
    assert list(carried(before)) == [("E", 1)]
    after = desk.make_plan(two_depots(10, 0), previous=before)
    assert carried(after) == {("E", 0): 8.0}
    assert value(after, "change") == pytest.approx(32)


def case_with(base: Case, receipt: Row) -> Case:
    """Return a case with one receipt."""
    return base.replace(receipts=case(receipts=[receipt])["receipts"])


def test_what_is_frozen_stands() -> None:
    """In the frozen week nothing more is sent though more is asked for: the other 2 leave in the week after."""
    before = desk.make_plan(two_depots())
    after = desk.make_plan(two_depots(asked=10), previous=before, freeze=7)
    assert value(after, "frozen") == 0
    assert sum(quantity for (_, bucket), quantity in carried(after).items() if bucket == 0) == pytest.approx(8)
    assert sum(quantity for (_, bucket), quantity in carried(after).items() if bucket == 1) == pytest.approx(2)


def test_what_is_frozen_and_gone_is_missed_as_little_as_can_be() -> None:
    """Of 8 frozen in the east 5 lie there still: 3 are neither sent nor issued in that week, and nothing stands in."""
    before = desk.make_plan(two_depots(10, 0))
    after = desk.make_plan(two_depots(5, 10), previous=before, freeze=7)
    assert value(after, "frozen") == pytest.approx(6)
    assert value(after, "needs 1 unmet") == 0
    assert carried(after)["E", 0] == pytest.approx(5)


def test_a_plan_is_followed_by_dates() -> None:
    """A week later the weeks have other numbers: what was planned for the second week stands in the first."""
    receipt = {"place": "WEST", "item": "tent", "quantity": 8, "due_on": AS_OF + dt.timedelta(days=7)}
    before = desk.make_plan(case_with(two_depots(0, 0), receipt))
    assert list(carried(before)) == [("W", 1)]
    after = desk.make_plan(two_depots(10, 8, AS_OF + dt.timedelta(days=7)), previous=before, freeze=7)
    assert carried(after) == {("W", 0): 8.0}
    assert value(after, "frozen") == value(after, "change") == 0


@pytest.mark.parametrize("name", ["frozen", "change"])
def test_a_false_change_is_caught(name: str) -> None:
    """The checker reads the previous plan too: a plan that states another change than its tables make is caught."""
    before = desk.make_plan(two_depots(10, 0))
    now = two_depots(5, 10)
    after = desk.make_plan(now, previous=before, freeze=7)
    true = {tier.name: tier.value for tier in after.record.tiers}
    for off, rules in ((0.0, set()), (1.0, {"tiers"}), (-1.0, {"tiers"})):
        tiers = list((true | {name: true[name] + off}).items())
        found = check_plan(now, after.tables, tiers, previous=Previous(before.tables, 7))
        assert {breach.rule for breach in found} == rules


def test_the_command_follows_a_plan_on_disk(tmp_path: Path) -> None:
    """`--from` may name the plan that is replaced; `--freeze` alone is a misspelt command."""
    where, quiet = str(tmp_path / "plan"), ["--quiet"]
    assert CliRunner().invoke(main, ["plan", str(WALK), "--out", where, *quiet]).exit_code == 0
    again = CliRunner().invoke(main, ["plan", str(WALK), "--out", where, "--from", where, "--freeze", "14", *quiet])
    assert again.exit_code == 0
    made = desk.load_plan(tmp_path / "plan")
    assert (value(made, "frozen"), value(made, "change")) == (0, 0)
    assert "units changed from the previous plan" in CliRunner().invoke(main, ["show", where, "tiers"]).output
    assert CliRunner().invoke(main, ["plan", str(WALK), "--out", where, "--freeze", "14"]).exit_code == 2
    nowhere = CliRunner().invoke(main, ["plan", str(WALK), "--out", where, "--from", str(tmp_path / "none")])
    assert nowhere.exit_code == 2
