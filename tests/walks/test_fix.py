"""A whole walk: a need is fixed, the first repair is written as a what-if, and planned it gives what was promised."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from scorta import desk
from scorta.cli import main

WALK = str(Path(__file__).parents[2] / "examples/walk")


def test_the_walk_is_fixed(tmp_path: Path) -> None:
    """The pledge a week earlier brings 50 more on time, twice the hours 20 more: in this order, before all else."""
    run, plan, what_if, after = CliRunner(), *(str(tmp_path / name) for name in ("plan", "what-if.csv", "after"))
    assert run.invoke(main, ["plan", WALK, "--out", plan, "--quiet"]).exit_code == 0
    asked = ["fix", "N1", "--case", WALK, "--plan", plan, "--out", what_if]
    told = run.invoke(main, [*asked, "--json"])
    fixes = json.loads(told.stdout)
    assert [round(fix["effect"]["on_time"], 6) for fix in fixes[:2]] == [50, 20]
    changes = [fix["repair"][0]["changes"][0] for fix in fixes[:2]]
    assert [(change["id"], change["field"], change["value"]) for change in changes] == [
        ("P1", "available_from", "2022-11-14"), ("LINE", "capacity_per_month", "2"),
    ]  # fmt: skip
    assert all(len(fix["repair"]) > 1 for fix in fixes[2:])
    assert run.invoke(main, ["plan", WALK, "--change", what_if, "--out", after, "--quiet"]).exit_code == 0
    (need,) = desk.load_plan(Path(after))["fulfilment"].to_dicts()
    assert (need["on_time"], need["late"]) == (120, 0)
    page = run.invoke(main, asked).stdout
    assert "1. DE brings its pledge P1 forward from 2022-11-21 to 2022-11-14" in page


def test_only_what_may_be_touched_is(tmp_path: Path) -> None:
    """Where only lines may be touched, only the line is changed; where nothing helps, that is said."""
    run, plan = CliRunner(), str(tmp_path / "plan")
    run.invoke(main, ["plan", WALK, "--out", plan, "--quiet"])
    told = run.invoke(main, ["fix", "N1", "--case", WALK, "--plan", plan, "--touch", "lines", "--json"])
    (fix,) = json.loads(told.stdout)
    assert {change["table"] for change in fix["repair"][0]["changes"]} == {"lines"}
    nothing = run.invoke(main, ["fix", "N1", "--case", WALK, "--plan", plan, "--touch", "budgets"])
    assert "No change that can be made here" in nothing.stdout
