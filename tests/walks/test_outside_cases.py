"""Cases that others wrote and others solved: from their files through the door of a user to the known answers.

Each is turned into a case folder by a module of `outside`, loaded and planned. The files are not part of the project:
they lie in `../shared/cases`, and these tests are skipped where that folder is missing. The cases in `WAITING` need
what the planner cannot do yet; each says what.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.walks.outside import ampl, cuopt, frepple, gams, williams

from scorta import desk

if TYPE_CHECKING:
    from scorta.plan import Plan

CASES = Path(__file__).parents[3] / "shared" / "cases"
"""Where the files of others lie: beside the project."""

EXACT = 1e-6
"""Relative distance within which an answer is the known one: the known answers have no more digits."""

WAITING: dict[str, str] = {}
"""The cases that wait, and for what: none."""

PLANNED = {
    "ampl/multmip1.dat",
    "ampl/steelT.dat",
    "cuopt",
    "cuopt (whole batches)",
    "frepple/constraints_material_1",
    "frepple/constraints_resource_5",
    "frepple/distribution_1",
    "frepple/flow_alternate_1",
    "frepple/safety_stock",
    "gams/clsp.json",
    "gams/mexss.json",
    "williams/distribution_1.json",
    "williams/factory_planning_1.json",
}
"""The cases that are planned here."""


def outside(name: str) -> Path:
    """Return the file or folder of a case; skip the test where the cases of others are missing."""
    if not CASES.is_dir():
        pytest.skip("the cases of others lie in ../shared/cases, which this machine does not have")
    return CASES / name


def approx(value: float) -> object:
    """Return what equals the value within the digits of the known answers."""
    return pytest.approx(value, rel=EXACT, abs=EXACT)


def plan_of(folder: Path) -> Plan:
    """Plan a case folder as a user would."""
    case = desk.load_case(folder)
    return desk.make_plan(case)


def tier(plan: Plan, name: str) -> float:
    """Return what a plan reached in a tier."""
    return next(tier.value for tier in plan.record.tiers if tier.name == name)


@pytest.mark.parametrize(
    ("name", "on_time", "asked", "unmet", "unit_days_late"),
    [
        ("distribution_1", 200, 400, 0, 2930),
        ("constraints_material_1", 93, 116, 19, 60),
        ("safety_stock", 40, 60, 0, 40),
        ("constraints_resource_5", 230, 402, 0, 3763),
        ("flow_alternate_1", 3, 10, 0, 38),
    ],
)
def test_frepple(tmp_path: Path, name: str, on_time: float, asked: float, unmet: float, unit_days_late: float) -> None:
    """The orders of a frePPLe network are met as well as its test suite knows, in strict order of priority."""
    source = outside(f"frepple/{name}/network.json")
    frepple.write_network(source, tmp_path)
    fulfilment = plan_of(tmp_path).tables["fulfilment"]
    orders = fulfilment.filter(pl.col("need").is_in(frepple.order_codes(source)))
    reached = orders.select("asked", "on_time", "unmet", "unit_days_late").sum().row(0)
    assert reached == (approx(asked), approx(on_time), approx(unmet), approx(unit_days_late))


@pytest.mark.parametrize("name", ["distribution_1", "constraints_material_1", "safety_stock"])
def test_frepple_tiers(tmp_path: Path, name: str) -> None:
    """The tiers of a plan say of each priority what the needs of that priority say together."""
    frepple.write_network(outside(f"frepple/{name}/network.json"), tmp_path)
    plan = plan_of(tmp_path)
    classes = plan.tables["fulfilment"].group_by("priority").agg(pl.col("unmet", "unit_days_late").sum())
    for priority, unmet, unit_days_late in classes.iter_rows():
        assert tier(plan, f"needs {priority} unmet") == approx(unmet)
        assert tier(plan, f"needs {priority} late") == approx(unit_days_late)


def test_factory_planning(tmp_path: Path) -> None:
    """Machines under maintenance, market limits, a stock limit and an end stock: Williams' profit of half a year."""
    revenue = williams.write_factory_planning(outside("williams/factory_planning_1.json"), tmp_path)
    plan = plan_of(tmp_path)
    assert tier(plan, "objectives") == approx(0)
    assert revenue - tier(plan, "cost") == approx(93_715.1786)


def test_distribution(tmp_path: Path) -> None:
    """Factories, depots with a throughput, and customers: Williams' least cost of serving them all."""
    williams.write_distribution(outside("williams/distribution_1.json"), tmp_path)
    plan = plan_of(tmp_path)
    assert plan.tables["fulfilment"]["unmet"].sum() == approx(0)
    assert tier(plan, "cost") == approx(198_500)


def test_steel_over_time(tmp_path: Path) -> None:
    """Two products share the hours of a mill and are kept for better prices: the profit of the AMPL book."""
    revenue = ampl.write_steel(outside("ampl/steelT.dat"), tmp_path)
    assert revenue - tier(plan_of(tmp_path), "cost") == approx(515_033)


def test_mexican_steel(tmp_path: Path) -> None:
    """Raw materials, intermediates, plants, markets, imports and exports: the least cost of the GAMS library."""
    revenue = gams.write_steel(outside("gams/mexss.json"), tmp_path)
    plan = plan_of(tmp_path)
    markets = plan.tables["fulfilment"].filter(pl.col("place") != "export")
    assert markets["unmet"].sum() == approx(0)
    assert tier(plan, "cost") - revenue == approx(538.8112)


def test_multi_level_production(tmp_path: Path) -> None:
    """Two levels of components, co-products, receipts and scarce hours: the best end stock of the cuOpt example."""
    worth = cuopt.write_production(outside("cuopt"), tmp_path)
    assert worth - tier(plan_of(tmp_path), "cost") == approx(3_467_005.2548)


def test_whole_batches(tmp_path: Path) -> None:
    """The same, with whole batches only: every start is whole."""
    worth = cuopt.write_production(outside("cuopt"), tmp_path, whole=True)
    plan = plan_of(tmp_path)
    assert worth - tier(plan, "cost") == approx(3_460_064)
    started = plan["production"].filter(~pl.col("process").str.starts_with("buy"))["started"]
    assert started.to_list() == started.round().to_list()


def test_fixed_cost_of_arcs(tmp_path: Path) -> None:
    """Three products over arcs with a limit in common and a fixed cost of use: the least cost of the AMPL book."""
    ampl.write_transport(outside("ampl/multmip1.dat"), tmp_path)
    plan = plan_of(tmp_path)
    assert plan["fulfilment"]["unmet"].sum() == approx(0)
    assert tier(plan, "cost") == approx(229_850)
    paid = plan["leg_use"]["fixed_cost_eur"].sum() + plan["shipments"]["cost_eur"].sum()
    assert paid == approx(229_850)


def test_lots_that_are_set_up(tmp_path: Path) -> None:
    """Lots between set-up and holding cost, on two resources at once: the least cost of the GAMS library."""
    gams.write_lots(outside("gams/clsp.json"), tmp_path)
    plan = plan_of(tmp_path)
    assert plan["fulfilment"]["unmet"].sum() == approx(0)
    assert tier(plan, "cost") == approx(1694)


def test_every_case_is_planned_or_waits() -> None:
    """No case of others is forgotten: each is planned here or says what it waits for; those of `faults` are ours."""
    folders = [folder for folder in outside("").iterdir() if folder.is_dir() and folder.name not in ("cuopt", "faults")]
    found = {f"{folder.name}/{case.name}" for folder in folders for case in folder.iterdir()}
    assert found | {"cuopt", "cuopt (whole batches)"} == PLANNED | set(WAITING)
