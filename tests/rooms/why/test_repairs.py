"""Repairs: each is just as large as it must be, and says in a sentence what is changed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import case

from scorta import desk
from scorta.case import Case
from scorta.desk import SolverProcess
from scorta.plan import Plan
from scorta.why import Repair, changes_of, propose

PLEDGE = {"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 10, "state": "committed"}
NEED = {"need": "N", "place": "HUB", "item": "tent", "quantity": 10, "required_by": 20, "priority": 1}
LEG = {"leg": "L1", "origin": "DEPOT", "destination": "HUB", "mode": "road", "transit_days": 0}
WORLD: dict[str, Any] = {
    "horizon": [("week", 6)],
    "parties": [{"party": "UA", "kind": "nation"}, {"party": "DE", "kind": "nation"}],
    "places": [{"place": "HUB", "party": "UA"}, {"place": "DEPOT", "party": "DE"}],
    "items": [{"item": "tent", "mass_kg": 1000}],
    "stocks": [{"place": "DEPOT", "item": "tent", "quantity": 10}],
    "needs": [NEED],
    "legs": [LEG],
    "pledges": [PLEDGE],
}


def planned(solver: SolverProcess, **tables: Any) -> tuple[Case, Plan]:
    """Return a case in which DE can give UA ten tents, but for what is changed, and its plan."""
    made = case(**(WORLD | tables))
    return made, desk.make_plan(made, certify=False, solver=solver)


def changed(repair: Repair) -> list[tuple[str, str, str, str, str]]:
    """Return what a repair changes: table, row, field, operation, value."""
    return [(one.table, one.id, one.field, one.operation, one.value) for one in changes_of(repair)]


MENDED = [
    (
        {"pledges": [PLEDGE | {"available_from": 30}]},
        "DE brings its pledge P1 forward from {30} to {14}",
        [("pledges", "P1", "available_from", "set", "{14}")],
    ),
    (
        {"pledges": [PLEDGE | {"quantity": 4}]},
        "DE pledges 6 more (P1)",
        [("pledges", "P1", "quantity", "add", "6")],
    ),
    (
        {"pledges": [PLEDGE | {"quantity": None, "quantity_state": "undisclosed"}]},
        "DE says that its pledge P1 is of 10",
        [("pledges", "P1", "quantity", "set", "10"), ("pledges", "P1", "quantity_state", "set", "known")],
    ),
    (
        {"legs": [LEG | {"open_from": 28}]},
        "leg L1 from DEPOT to HUB is open from {14}",
        [("legs", "L1", "open_from", "set", "{14}")],
    ),
    (
        {"objectives": [{"party": "DE", "item": "tent", "floor": 10}]},
        "DE lowers its floor of 10 tent by 10 from {14} to {41}",
        [("objectives", "objectives.csv:2", "floor", "add", "-10")],
    ),
    (
        {"stocks": [], "receipts": [{"place": "DEPOT", "item": "tent", "quantity": 10, "due_on": 30}]},
        "the 10 due at DEPOT on {30} come on {14}",
        [("receipts", "receipts.csv:2", "due_on", "set", "{14}")],
    ),
]


@pytest.mark.parametrize(("tables", "sentence", "changes"), MENDED)
def test_a_repair_changes_one_row_just_enough(
    tables: dict[str, Any], sentence: str, changes: list[tuple[str, ...]], solver: SolverProcess
) -> None:
    """Ten are asked for by day 20, in the third week: what keeps them back gives way from day 14 on, for ten units."""
    made, plan = planned(solver, **tables)
    first = propose(made, plan, "N", solver)[0]
    days = {f"{{{day}}}": made.horizon.date(day).isoformat() for day in (14, 30, 41)}
    for day, date in days.items():
        sentence = sentence.replace(day, date)
        changes = [tuple(cell.replace(day, date) for cell in change) for change in changes]
    assert first[0].sentence == sentence
    assert changed(first) == changes


def test_a_pledge_without_a_quantity_is_named(solver: SolverProcess) -> None:
    """DE has pledged tents and not said how many: with a quantity all ten come."""
    made, plan = planned(solver, pledges=[PLEDGE | {"quantity": None, "quantity_state": "undisclosed"}])
    (cause,) = desk.why(made, plan, "N", solver).causes
    assert ([one.kind for one in cause.hindrances], cause.on_time) == (
        ["pledge without quantity"],
        pytest.approx(10, abs=1e-3),
    )


def test_only_what_may_be_touched_is_changed(solver: SolverProcess) -> None:
    """Half of what is asked for is kept by a floor and half by a pledge: each alone is left where it may not change."""
    tables = {"pledges": [PLEDGE | {"quantity": 5}], "objectives": [{"party": "DE", "item": "tent", "floor": 2}]}
    made, plan = planned(solver, **tables)
    touched = {one.table for repair in propose(made, plan, "N", solver, ("pledges",)) for one in changes_of(repair)}
    assert touched == {"pledges"}
