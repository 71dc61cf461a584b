"""Repairs keep what they promise: done by hand to the rows of a case and planned again, each gives just that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from tests.building import AS_OF
from tests.laws.bottlenecks import planted
from tests.laws.chance import Facts, Wishes, build, chance_facts, copied

from scorta import desk
from scorta.case import Change
from scorta.desk import SolverProcess

CODES = {"pledges": "pledge", "contracts": "contract", "legs": "leg", "lines": "line", "places": "place"}
"""The field by which a row is named; elsewhere it is named by its address."""

NEAR = 1e-6


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all plans."""
    with SolverProcess() as process:
        yield process


def day(value: Any) -> int:
    """Return a date, or a day counted from `as_of`, as such a day."""
    return (value - AS_OF).days if isinstance(value, dt.date) else int(value)


def by_hand(facts: Facts, change: Change) -> None:
    """Do a change to the rows of a case as somebody would who edits its tables."""
    rows = facts.setdefault(change.table, [])
    if change.table in CODES:
        meant = [row for row in rows if row[CODES[change.table]] == change.id]
        if not meant and change.operation == "set":
            meant = [{CODES[change.table]: change.id}]
            rows += meant
    else:
        meant = [rows[int(change.id.split(":")[1]) - 2]]
    for row in meant:
        if change.table == "objectives" and change.from_date is not None:
            lower_for_a_time(facts, row, change)
        else:
            row[change.field] = changed(row.get(change.field), change)


def changed(cell: Any, change: Change) -> Any:
    """Return what a cell becomes."""
    if change.operation == "set":
        if change.field.startswith(("available", "open", "from", "until", "due")):
            return day(dt.date.fromisoformat(change.value))
        return float(change.value) if change.field == "quantity" else change.value
    number = float(change.value)
    return (cell or 0) + number if change.operation == "add" else cell * number


def lower_for_a_time(facts: Facts, row: dict[str, Any], change: Change) -> None:
    """Let a row of objectives be another from the first day of a change, and itself again after the last."""
    first, after = day(change.from_date), day(change.until_date) + 1
    own = [each for each in facts["objectives"] if all(each.get(k) == row.get(k) for k in ("party", "place", "item"))]
    later = [day(each["from_date"]) for each in own if each.get("from_date") is not None]
    ends = min((start for start in later if start > day(row.get("from_date") or 0)), default=10**6)
    lowered = {**row, "floor": changed(row["floor"], change), "from_date": max(first, day(row.get("from_date") or 0))}
    facts["objectives"].append(lowered)
    if after < ends:
        facts["objectives"].append({**row, "from_date": after})
    if lowered["from_date"] <= day(row.get("from_date") or 0):
        facts["objectives"].remove(row)


def assert_kept(facts: Facts, need: str, solver: SolverProcess) -> int:
    """Assert that each repair of a need, done by hand, gives what it promises; return how many there are."""
    case = build(facts)
    plan = desk.make_plan(case, certify=False, solver=solver)
    (before,) = plan["fulfilment"].filter(need=need).to_dicts()
    fixes = desk.fix(case, plan, need)
    for one in fixes:
        by = copied(facts)
        for remedy in one.repair:
            for change in remedy.changes:
                by_hand(by, change)
        (after,) = desk.make_plan(build(by), certify=False, solver=solver)["fulfilment"].filter(need=need).to_dicts()
        promised = [before[name] + getattr(one.effect, name) for name in ("on_time", "late", "unmet")]
        assert [after[name] for name in ("on_time", "late", "unmet")] == pytest.approx(promised, rel=NEAR, abs=NEAR), (
            one
        )
        assert after["unit_days_late"] == pytest.approx(
            before["unit_days_late"] + one.effect.unit_days, rel=NEAR, abs=NEAR
        )
        assert one.days > 0
    return len(fixes)


@pytest.mark.parametrize("seeds", [range(8), pytest.param(range(8, 48), marks=pytest.mark.wide)])
def test_repairs_of_planted_hindrances_are_kept(seeds: range, solver: SolverProcess) -> None:
    """What was put in the way is repaired, and all that is promised comes."""
    found = {seed: assert_kept(planted(Random(seed))[0], "N", solver) for seed in seeds}
    assert sum(count > 0 for count in found.values()) >= 0.8 * len(found), found


@pytest.mark.parametrize("seeds", [range(4), pytest.param(range(4, 24), marks=pytest.mark.wide)])
def test_repairs_in_any_case_are_kept(seeds: range, solver: SolverProcess) -> None:
    """In cases of everything too."""
    for seed in seeds:
        facts = chance_facts(Random(seed), Wishes(contracts=True))
        plan = desk.make_plan(build(facts), certify=False, solver=solver)
        short = plan["fulfilment"].filter((plan["fulfilment"]["late"] + plan["fulfilment"]["unmet"]) > NEAR)
        for need in short["need"].head(2):
            assert_kept(facts, need, solver)
