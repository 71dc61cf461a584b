"""Repairs keep what they promise: done by hand to the CSV files of a case and planned again, each gives just that."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tests.cases import case
from tests.laws.bottlenecks import planted
from tests.laws.by_hand import edit, load_case, write_case
from tests.laws.chance import Wishes, build, chance_facts

from scorta import desk
from scorta.case import Case
from scorta.desk import SolverProcess
from scorta.plan import Plan
from scorta.why import changes_of

NEAR = 1e-6


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    """One process of the solver for all plans."""
    with SolverProcess() as process:
        yield process


def kept_of(made: Case, folder: Path, solver: SolverProcess, need: str | None = None) -> int | None:
    """Assert that each repair of a need, done by hand, gives what it promises; count them.

    Where no need is named, it is two of those that are late or short. None where the case is none that can be planned,
    or nothing is late or short.
    """
    write_case(made, folder)
    read = load_case(folder)
    if read is None:
        return None
    plan = desk.make_plan(read, certify=False, solver=solver)
    short = plan["fulfilment"].filter((plan["fulfilment"]["late"] + plan["fulfilment"]["unmet"]) > NEAR)
    needs = short["need"].head(2).to_list() if need is None else [need]
    counts = [assert_kept(read, plan, each, folder, solver) for each in needs]
    return sum(counts) if counts else None


def assert_kept(made: Case, plan: Plan, need: str, folder: Path, solver: SolverProcess) -> int:
    """Assert that each repair of a need, done to the files of a case, gives what it promises; return how many."""
    fixes = desk.fix(made, plan, need)
    (before,) = plan["fulfilment"].filter(need=need).to_dicts()
    for number, one in enumerate(fixes):
        by_hand = shutil.copytree(folder, folder.with_name(f"{folder.name}-{need}-{number}"))
        for change in changes_of(one.repair):
            edit(by_hand, change)
        changed = load_case(by_hand)
        assert changed is not None, one
        (after,) = desk.make_plan(changed, certify=False, solver=solver)["fulfilment"].filter(need=need).to_dicts()
        promised = [before[name] + getattr(one.effect, name) for name in ("on_time", "late", "unmet")]
        assert [after[name] for name in ("on_time", "late", "unmet")] == pytest.approx(promised, rel=NEAR, abs=NEAR), (
            one
        )
        days = before["unit_days_late"] + one.effect.unit_days
        assert after["unit_days_late"] == pytest.approx(days, rel=NEAR, abs=NEAR)
        assert one.days > 0
    return len(fixes)


@pytest.mark.parametrize("seeds", [range(8), pytest.param(range(8, 48), marks=pytest.mark.wide)])
def test_repairs_of_planted_hindrances_are_kept(seeds: range, solver: SolverProcess, tmp_path: Path) -> None:
    """What was put in the way is repaired, and all that is promised comes."""
    found = {seed: kept_of(build(planted(Random(seed))[0]), tmp_path / f"{seed}", solver, "N") for seed in seeds}
    assert sum(bool(count) for count in found.values()) >= 0.8 * len(found), found


@pytest.mark.parametrize("seeds", [range(8), pytest.param(range(8, 56), marks=pytest.mark.wide)])
def test_repairs_in_any_case_are_kept(seeds: range, solver: SolverProcess, tmp_path: Path) -> None:
    """In cases of everything too; what is no sound case is passed over."""
    wishes = Wishes(contracts=True)
    found = [kept_of(build(chance_facts(Random(seed), wishes)), tmp_path / f"{seed}", solver) for seed in seeds]
    assert sum(count is not None for count in found) >= len(found) / 4, found


def test_what_nobody_has_ordered_is_ordered(solver: SolverProcess, tmp_path: Path) -> None:
    """A maker has ten tents and a contract for other goods only: a new one of eight, at a tent's value, mends all."""
    idle = case(
        parties=[{"party": "UA", "kind": "nation"}, {"party": "MAKER", "kind": "industry"}],
        places=[{"place": "HUB", "party": "UA"}, {"place": "WORKS", "party": "MAKER"}],
        items=[{"item": "tent", "value_eur": 700, "mass_kg": 40}, {"item": "cot", "value_eur": 90, "mass_kg": 9}],
        needs=[{"need": "N", "place": "HUB", "item": "tent", "quantity": 8, "required_by": 20, "priority": 1}],
        stocks=[{"place": "WORKS", "item": item, "quantity": 10} for item in ("tent", "cot")],
        legs=[{"leg": "L1", "origin": "WORKS", "destination": "HUB", "mode": "road", "transit_days": 2}],
        contracts=[
            {"contract": "C1", "buyer": "UA", "supplier": "MAKER", "item": "cot", "option": 5, "unit_price_eur": 90}
            | {"from_date": 0, "until_date": 27}
        ],
    )
    assert kept_of(idle, tmp_path / "case", solver, "N") == 1
    plan = desk.make_plan(idle, certify=False, solver=solver)
    (fix,) = desk.fix(idle, plan, "N")
    values = {change.field: change.value for change in changes_of(fix.repair)}
    assert {change.id for change in changes_of(fix.repair)} == {"ORDER-UA-MAKER-tent"}
    assert (values["option"], values["unit_price_eur"], fix.left) == ("8", "700", 0)
    assert fix.price == pytest.approx(8 * 700)
