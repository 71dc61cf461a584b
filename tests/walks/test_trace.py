"""Tracing a need: the chain of supply behind it, as steps, as a page and as JSON, adding up to the plan."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import polars as pl
import pytest
from click.testing import CliRunner
from tests.conftest import Planned
from tests.laws.chance import Wishes, build, chance_facts

from scorta import desk
from scorta.cli import main
from scorta.errors import InputError
from scorta.trace import Step, serves, trace_need

WALK = Path(__file__).parents[2] / "examples" / "walk"
NEAR = 1e-6

ENDS = ("stock", "receipt", "circle")
"""Steps behind which nothing stands; a production or kit may take nothing."""


def assert_conserved(root: Step, plan_meets: float | None = None) -> None:
    """Behind every step but a making stand steps that add up to it; at the end of every chain stands a source."""
    for step in root:
        behind = sum(each.quantity for each in step.behind)
        if step.kind in ENDS:
            assert step.behind == ()
        elif step.kind not in ("production", "kit", "component"):
            assert behind == pytest.approx(step.quantity, rel=NEAR, abs=NEAR), step
        elif step.kind == "component":
            assert step.behind, step
    assert plan_meets is None or root.quantity == pytest.approx(plan_meets, rel=NEAR, abs=NEAR)


def test_the_walk_as_computed_by_hand() -> None:
    """50 of stock above the floor, 20 made from five weeks, and 50 of the late pledge: one leg each."""
    case = desk.load_case(WALK)
    root = trace_need(case, desk.make_plan(case), "N1")
    assert_conserved(root, 120.0)
    ends = [
        (step.kind, step.facts["place"], round(step.quantity, 6))
        for step in root
        if step.kind in ("stock", "production")
    ]
    assert sorted(ends) == [("production", "PLANT-CZ", 4.0)] * 5 + [
        ("stock", "DEPOT-DE", 50.0),
        ("stock", "DEPOT-PL", 50.0),
    ]
    assert {step.facts["under"] for step in root if step.kind == "shipment"} == {"P1", "P2", "P3"}
    assert [step.facts["days_late"] for step in root.behind] == [0] * 5 + [7]


@pytest.mark.parametrize("name", ["october", "winter"])
def test_every_need_of_the_examples(name: str, request: pytest.FixtureRequest) -> None:
    """What is traced of each need is what the plan issues it, step by step."""
    planned: Planned = request.getfixturevalue(name)
    issued = dict(planned.plan["issues"].group_by("need").agg(pl.col("quantity").sum()).iter_rows())
    for need in planned.plan["fulfilment"]["need"]:
        assert_conserved(trace_need(planned.case, planned.plan, need), issued.get(need, 0.0))


def test_any_need_of_any_case() -> None:
    """On cases by chance."""
    with desk.SolverProcess() as solver:
        for seed in range(25):
            case = build(chance_facts(Random(seed), Wishes(contracts=seed % 3 == 0)))
            plan = desk.make_plan(case, certify=False, solver=solver)
            for need in plan["fulfilment"]["need"]:
                assert_conserved(trace_need(case, plan, need))


def test_a_kit_is_traced_to_its_components(winter: Planned) -> None:
    """A winter kit: a stove, two blankets... each component in its proportion, down to the rows of stocks."""
    root = trace_need(winter.case, winter.plan, "N-HRK-KIT")
    per_kit = dict(winter.case["kits"].filter(item="winter_kit").select("component", "quantity").iter_rows())
    kits = [step for step in root if step.kind == "kit"]
    assert kits
    for kit in kits:
        taken = {str(part.facts["item"]): part.quantity for part in kit.behind}
        assert taken == pytest.approx({item: kit.quantity * each for item, each in per_kit.items()}, rel=NEAR)


def test_the_command(tmp_path: Path) -> None:
    """A tree in the terminal, the same as JSON; an unknown need and another state of the case are told."""
    where = str(tmp_path / "plan")
    assert CliRunner().invoke(main, ["plan", str(WALK), "--out", where, "--quiet"]).exit_code == 0
    words = ["--case", str(WALK), "--plan", where]
    page = CliRunner().invoke(main, ["trace", "N1", *words])
    assert page.exit_code == 0
    assert "50 from stock at DEPOT-PL (stocks.csv:2)" in page.output
    assert "└ 50 issued 2022-12-05 to 2022-12-11, 7 days late" in page.output
    plain = json.loads(CliRunner().invoke(main, ["trace", "N1", *words, "--json"]).output)
    assert plain["quantity"] == pytest.approx(120)
    assert plain["behind"][0]["kind"] == "issue"
    assert CliRunner().invoke(main, ["trace", "N9", *words]).exit_code == 2
    served = CliRunner().invoke(main, ["trace", "DEPOT-PL", "generator", *words])
    assert "What DEPOT-PL generator serves" in served.output
    (row,) = json.loads(CliRunner().invoke(main, ["trace", "LINE", *words, "--json"]).output)
    assert (row["need"], row["quantity"], row["late"]) == ("N1", pytest.approx(20), 0)
    assert CliRunner().invoke(main, ["trace", "DEPOT-PL", "tent", *words]).exit_code == 2
    assert CliRunner().invoke(main, ["trace", "A", "B", "C", *words]).exit_code == 2


def test_the_chart(tmp_path: Path) -> None:
    """The page as without it, and a file; a source is not drawn, nor anything in a form that no chart has."""
    where = str(tmp_path / "plan")
    assert CliRunner().invoke(main, ["plan", str(WALK), "--out", where, "--quiet"]).exit_code == 0
    words, chart = ["--case", str(WALK), "--plan", where], tmp_path / "n1.json"
    done = CliRunner().invoke(main, ["trace", "N1", *words, "--chart", str(chart)])
    assert done.exit_code == 0
    assert "Where it comes from" in done.stdout
    assert f"The chart lies in {chart}." in done.stderr
    spec = json.loads(chart.read_text(encoding="utf-8"))
    assert spec["title"]["text"] == "N1: 120 of generator at HUB, required by 2022-12-04"
    assert spec["title"]["subtitle"].startswith("70 on time, 50 late, 0 unmet.")
    plain = CliRunner().invoke(main, ["trace", "N1", *words, "--chart", str(chart), "--json"])
    assert json.loads(plain.stdout)["quantity"] == pytest.approx(120)
    assert CliRunner().invoke(main, ["trace", "P1", *words, "--chart", str(tmp_path / "p1.svg")]).exit_code == 2
    assert CliRunner().invoke(main, ["trace", "N1", *words, "--chart", str(tmp_path / "n1.pdf")]).exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["n1.json", "plan"]


def test_a_plan_of_another_state_is_refused() -> None:
    """The ledger of a plan needs the case that it was made of."""
    case = desk.load_case(WALK)
    plan = desk.make_plan(case)
    changed = case.replace(stocks=case["stocks"].with_columns(pl.col("quantity") + 1.0))
    with pytest.raises(InputError, match="another state"):
        desk.trace(changed, plan, ["N1"])


@pytest.mark.parametrize(("codes", "on_time", "late"), [
    (["DEPOT-PL", "generator"], 50, 0), (["DEPOT-DE", "generator"], 0, 50), (["P1"], 0, 50), (["P2"], 50, 0),
    (["P3"], 20, 0), (["LINE"], 20, 0),
])  # fmt: skip
def test_each_source_of_the_walk(codes: list[str], on_time: float, late: float) -> None:
    """The stock above the floor, the late pledge, the line: what each is good for, by hand."""
    case = desk.load_case(WALK)
    (row,) = serves(case, desk.make_plan(case), codes).to_dicts()
    assert (row["on_time"], row["late"]) == (pytest.approx(on_time), pytest.approx(late))


def test_forward_and_back_agree(october: Planned) -> None:
    """What each stock of the real case serves is what is traced back to it from all needs, goods made of it apart."""
    back: dict[tuple[str, str], float] = {}
    for need in october.plan["fulfilment"]["need"]:
        for step in trace_need(october.case, october.plan, need):
            if step.kind == "stock":
                key = (str(step.facts["place"]), str(step.facts["item"]))
                back[key] = back.get(key, 0.0) + step.quantity
    taken = set(october.case["components"]["item"]) | set(october.case["kits"]["component"])
    checked = 0
    for (place, item), quantity in back.items():
        if item not in taken and checked < 15:
            served = serves(october.case, october.plan, [place, item])["quantity"].sum()
            assert served == pytest.approx(quantity, rel=NEAR, abs=NEAR)
            checked += 1
    assert checked == 15
