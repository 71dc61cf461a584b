"""Because of which rows two plans differ, checked by hand on the walk."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from tests.conftest import Planned

from scorta import desk
from scorta.case import Case, Change
from scorta.difference import Attribution
from scorta.errors import InputError
from scorta.plan import Plan
from scorta.solve import SolverPool

FORWARD = Change("earlier", "pledges", "P1", "available_from", "set", "2022-11-07")
DOUBLED = Change("two shifts", "lines", "LINE", "capacity_per_month", "multiply", "2")


@pytest.fixture
def walk(planned_walk: Planned) -> Case:
    """The walk of one need."""
    return planned_walk.case


@pytest.fixture
def plan(planned_walk: Planned) -> Plan:
    """Its plan: 70 of 120 on time, 50 a week late."""
    return planned_walk.plan


def changed(case: Case, *changes: Change) -> Case:
    """Return the case that changes make of a case."""
    return desk.changed_case(case, changes)


def attributed(walk: Case, plan: Plan, *changes: Change, **options: Any) -> Attribution:
    """Attribute what changes do to the plan of the walk."""
    after = changed(walk, *changes)
    return desk.attribute_change((plan, desk.make_plan(after)), (walk, after), **options)


def on_time(found: Attribution) -> dict[str, float]:
    """Return how many more of the need each group brings on time."""
    labels = [*(group.label for group in found.groups), found.rest]
    return {label: found.effect(label, "on_time", need="N1") for label in labels}


def test_alone_and_together(walk: Case, plan: Plan) -> None:
    """The pledge brings 50 on time, the line 20, both no more than the 50 that were late: 40 and 10 are the means.

    In one order the pledge brings 50 and the line nothing more; in the other the line 20 and the pledge the other 30.
    """
    assert on_time(attributed(walk, plan, FORWARD))["pledges P1"] == pytest.approx(50)
    assert on_time(attributed(walk, plan, DOUBLED))["lines LINE"] == pytest.approx(20)
    both = attributed(walk, plan, FORWARD, DOUBLED)
    assert on_time(both) == pytest.approx({"pledges P1": 40, "lines LINE": 10, both.rest: 0}, abs=1e-6)
    assert both.effect("pledges P1", "unit_days_late", priority=1) == pytest.approx(-(350 + 210) / 2)
    assert both.effect("lines LINE", "unit_days_late", priority=1) == pytest.approx(-(140 + 0) / 2)
    assert both.effect("pledges P1", "met") == pytest.approx(1)
    assert (both.every_order, both.plans) == (True, 4)


def test_in_the_order_of_the_rows_where_there_are_too_many(walk: Case, plan: Plan) -> None:
    """One after the other the pledge, which stands first, is said to bring all, and the page says that it is so."""
    found = attributed(walk, plan, FORWARD, DOUBLED, groups=1)
    assert on_time(found) == pytest.approx({"pledges P1": 50, "lines LINE": 0, found.rest: 0}, abs=1e-6)
    assert (found.every_order, found.plans) == (False, 3)


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("row", ["pledges P1", "lines LINE"]),
        ("table", ["pledges", "lines"]),
        ("what-if", ["earlier", "two shifts"]),
        ("donor", ["DE", "lines LINE"]),
        ("source", ["assumed: made up for this walk"]),
    ],
)
def test_rows_are_put_together(by: str, labels: list[str], walk: Case, plan: Plan) -> None:
    """By their code, their table, their what-if, or what stands in one of their fields."""
    found = attributed(walk, plan, FORWARD, DOUBLED, by=by)
    assert [group.label for group in found.groups] == labels
    assert sum(on_time(found).values()) == pytest.approx(50)


def test_rows_that_need_each_other_change_together(walk: Case, plan: Plan) -> None:
    """A new process goes with its new line: neither can be there without the other."""
    new = {
        ("processes", "MAKE2"): {"place": "PLANT-CZ", "item": "generator", "line": "LINE2", "lead_time_days": "0"},
        ("lines", "LINE2"): {"place": "PLANT-CZ", "capacity_per_month": "1000"},
    }
    rows = [
        Change("new", table, code, field, "set", value)
        for (table, code), row in new.items()
        for field, value in row.items()
    ]
    hours = Change("new", "processes", "MAKE2", "line_hours_per_unit", "set", "7")
    found = attributed(walk, plan, *rows, hours, FORWARD)
    assert [group.label for group in found.groups] == ["pledges P1", "processes MAKE2 with lines LINE2"]


def test_a_table_that_comes_and_other_days(walk: Case, plan: Plan) -> None:
    """A table of floors that is left out is one group, and so is another horizon."""
    from dataclasses import replace

    from scorta.case import Horizon

    blocks = (("week", 10),)
    scenario = replace(walk.scenario, blocks=blocks)
    after = replace(
        walk, scenario=scenario, horizon=Horizon.build(scenario.as_of, blocks), given=walk.given - {"objectives"}
    )
    after = replace(after, tables={**after.tables, "objectives": walk["objectives"].clear()})
    found = desk.attribute_change((plan, desk.make_plan(after)), (walk, after))
    assert [group.label for group in found.groups] == ["scenario", "objectives"]
    assert all(group.changes[0].whole == (group.label == "objectives") for group in found.groups)
    assert on_time(found)[found.rest] == pytest.approx(0, abs=1e-6)


def test_remarks_are_no_change(walk: Case, plan: Plan) -> None:
    """No plan depends on a note: nothing is said to differ."""
    assert not attributed(walk, plan, Change("x", "pledges", "P1", "note", "set", "on its way")).groups


def test_another_case_is_refused(walk: Case, plan: Plan) -> None:
    """A plan of another state of the case explains nothing."""
    other = walk.replace(needs=walk["needs"].with_columns(quantity=pl.lit(100.0)))
    with pytest.raises(InputError, match="The plan before was made of another case"):
        desk.attribute_change((plan, plan), (other, walk))


def test_a_mixture_that_makes_no_sense_is_refused(walk: Case, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only some of the changes make no case, it is said what is wrong with it, and how to put rows together."""

    def errors(case: Case) -> set[str]:
        is_early = not case["pledges"].equals(walk["pledges"])
        return {"It is wrong."} if is_early and case["lines"].equals(walk["lines"]) else set()

    monkeypatch.setattr(desk.difference, "_errors", errors)
    with pytest.raises(
        InputError, match=r"With nothing changed but pledges P1 there is no case to plan: It is wrong\."
    ):
        attributed(walk, plan, FORWARD, DOUBLED)


def test_a_field_that_nothing_has(walk: Case, plan: Plan) -> None:
    """The fields that there are are named."""
    with pytest.raises(InputError, match="No changed row has a field colour"):
        attributed(walk, plan, FORWARD, by="colour")


def test_solvers_that_run_already(walk: Case, plan: Plan) -> None:
    """Solvers that are lent run on."""
    with SolverPool() as pool:
        attributed(walk, plan, FORWARD, solver=pool)
        assert desk.make_plan(walk, solver=pool).record.case_hash == plan.record.case_hash
