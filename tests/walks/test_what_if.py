"""What-ifs, from files to a plan: as if the tables had been edited by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from polars.testing import assert_frame_equal

from scorta import desk
from scorta.case import Case
from scorta.cli import main
from scorta.plan import Plan
from scorta.tables import PLAN_TABLES
from scorta.trace import Step

EXAMPLES = Path(__file__).parents[2] / "examples"
WALK = EXAMPLES / "walk"
HEADINGS = "change,table,id,field,operation,value,from_date,until_date\n"


def load(path: Path) -> Case:
    """Return a case that has no errors."""
    return desk.load_case(path)


def write(path: Path, *rows: str) -> Path:
    """Write a file of changes."""
    path.write_text(HEADINGS + "".join(f"test,{row}\n" for row in rows), encoding="utf-8")
    return path


def assert_same(one: Plan, other: Plan) -> None:
    """Two plans have the same tables, of the same case."""
    assert one.record.case_hash == other.record.case_hash
    for name in PLAN_TABLES:
        assert_frame_equal(one[name], other[name])


def edited(folder: Path, table: str, old: str, new: str) -> Case:
    """Return the walk with one edit of one file."""
    shutil.copytree(WALK, folder)
    text = (folder / f"{table}.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / f"{table}.csv").write_text(text.replace(old, new), encoding="utf-8")
    return load(folder)


def test_a_pledge_brought_forward(tmp_path: Path) -> None:
    """Four weeks earlier from Germany: the plan of the file edited by hand, in which nothing is late any more."""
    by_hand = desk.make_plan(edited(tmp_path / "edited", "pledges", "2022-11-21", "2022-10-24"))
    file = write(tmp_path / "early.csv", "pledges,P1,available_from,set,2022-10-24,,")
    found = desk.load_changed(load(WALK), [str(file)])
    plan = desk.make_plan(found)
    assert_same(plan, by_hand)
    assert plan["fulfilment"]["late"].to_list() == [0]
    assert [change.row for change in plan.record.changes] == [2]
    assert by_hand.record.changes == ()


def test_a_line_for_a_time(tmp_path: Path) -> None:
    """Parted and left as it was, a line makes the same plan; with no hours in November it is that of no such row."""
    case = load(WALK)
    times = ",2022-10-25,2022-11-10"
    file = write(tmp_path / "same.csv", f"lines,LINE,capacity_per_month,multiply,1{times}")
    same = desk.load_changed(case, [str(file)])
    assert same["lines"].height == 4
    parted = desk.make_plan(same)
    for name, frame in desk.make_plan(case).tables.items():
        assert_frame_equal(parted[name], frame, abs_tol=1e-6)
    rest = edited(tmp_path / "edited", "lines", "LINE,PLANT-CZ,120,2022-11-01,", "LINE,PLANT-CZ,120,2022-12-01,")
    still = desk.load_changed(case, [str(write(tmp_path / "still.csv", "lines,LINE,-,remove,,2022-11-01,2022-11-30"))])
    assert_frame_equal(desk.make_plan(still)["production"], desk.make_plan(rest)["production"])


def test_the_plan_keeps_what_it_was_made_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved and read back, the changes are the same, and planned with again they make the same plan."""
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path / "early.csv",
        "pledges,P1,available_from,set,2022-10-24,,",
        "objectives,PL/generator,floor,set,0,2022-11-01,",
    )
    run = CliRunner().invoke(main, ["plan", str(WALK), "--change", "early.csv", "--quiet"])
    assert run.exit_code == 0, run.output
    assert "What if: test (2 changes in early.csv)." in run.stdout
    plan = desk.load_plan(tmp_path / "plans" / "walk-early")
    assert [change.field for change in plan.record.changes] == ["available_from", "floor"]
    kept = tmp_path / "plans" / "walk-early" / "changes.csv"
    again = desk.load_changed(load(WALK), [str(kept)])
    assert_same(desk.make_plan(again), plan)
    assert isinstance(desk.trace(load(WALK), plan, ["N1"]), Step)
    shown = CliRunner().invoke(main, ["show", "plans/walk-early", "changes"])
    assert "Written in early.csv." in shown.stdout
    told = json.loads(CliRunner().invoke(main, ["show", "plans/walk-early", "changes", "--json"]).stdout)
    assert told[1]["from_date"] == "2022-11-01"


def test_a_plan_as_it_stands_has_no_changes(tmp_path: Path) -> None:
    """The view says so."""
    desk.plan_case(load(WALK), tmp_path / "plan")
    assert not (tmp_path / "plan" / "changes.csv").exists()
    assert "as it stands" in CliRunner().invoke(main, ["show", str(tmp_path / "plan"), "changes"]).stdout


def test_findings_stop_it_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the file and one in what it does are told at once; there is no plan."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "bad.csv", "pledges,P11,quantity,add,5,,", "pledges,P1,available_from,shift,7,,")
    run = CliRunner().invoke(main, ["plan", str(WALK), "--change", "bad.csv", "--quiet", "--json"])
    assert run.exit_code == 2
    told = json.loads(run.stdout)
    errors = {(one["code"], one["file"], one["row"]) for one in told["findings"] if one["severity"] == "error"}
    assert errors == {("change-unknown-row", "bad.csv", 2), ("unknown-choice", "bad.csv", 3)}
    assert not (tmp_path / "plans").exists()
