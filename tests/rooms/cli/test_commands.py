"""The commands check, plan, show and template: their exit codes, and what they print."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

Scorta = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_check_of_a_good_case_ends_with_0(scorta: Scorta, walk: Path) -> None:
    """Notes do not stop a case; the page tells what the case holds."""
    done = scorta("check", walk)
    assert done.exit_code == 0
    assert "1 need" in done.stdout
    assert "Pledges, step by step" in done.stdout


def test_check_of_a_broken_case_ends_with_2_and_tells_all(scorta: Scorta, broken: Path) -> None:
    """Both cells are told at once, each with its address."""
    done = scorta("check", broken)
    assert done.exit_code == 2
    assert done.stdout.count("needs.csv:2") == 2
    assert "lots" in done.stdout
    assert "soon" in done.stdout


def test_check_as_json_tells_the_same(scorta: Scorta, broken: Path, walk: Path) -> None:
    """A program gets every finding with its fields."""
    told = json.loads(scorta("check", broken, "--json").stdout)
    assert told["ok"] is False
    errors = [finding for finding in told["findings"] if finding["severity"] == "error"]
    assert {(finding["file"], finding["row"], finding["field"], finding["value"]) for finding in errors} == {
        ("needs.csv", 2, "quantity", "lots"),
        ("needs.csv", 2, "required_by", "soon"),
    }
    assert all(finding["sentence"] and finding["next_step"] and finding["code"] for finding in errors)
    assert json.loads(scorta("check", walk, "--json").stdout)["ok"] is True


def test_plan_ends_with_its_page(scorta: Scorta, walk: Path, tmp_path: Path) -> None:
    """The page stands on the output, a line for each step on the error stream, the plan in `plans/`."""
    done = scorta("plan", walk)
    assert done.exit_code == 0
    assert "The plan lies in plans/walk" in done.stdout
    assert (tmp_path / "plans" / "walk" / "plan.json").is_file()
    stages = [line.split()[0] for line in done.stderr.splitlines() if line]
    assert stages[0] == "check"
    assert stages[-1] == "save"
    assert {"network", "problem", "solve", "verify"} <= set(stages)
    assert "needs 1 unmet: 0" not in done.stdout


def test_plan_again_replaces_the_plan(scorta: Scorta, walk: Path) -> None:
    """An earlier plan in the folder is no reason to refuse."""
    assert scorta("plan", walk, "--quiet").exit_code == 0
    assert scorta("plan", walk, "--quiet").exit_code == 0


def test_plan_as_json_has_record_and_fulfilment(scorta: Scorta, walk: Path) -> None:
    """70 in time and 50 a week late, as computed by hand."""
    done = scorta("plan", walk, "--json", "--quiet", "--out", "p")
    told = json.loads(done.stdout)
    assert done.stderr == ""
    need = told["fulfilment"][0]
    assert (need["on_time"], need["late"], need["unmet"]) == pytest.approx((70, 50, 0), abs=1e-6)
    assert told["plan"] == "p"
    assert told["record"]["tiers"]


def test_plan_of_a_broken_case_tells_why_and_writes_nothing(scorta: Scorta, broken: Path, tmp_path: Path) -> None:
    """Findings go to the error stream, or as JSON to the output; the exit code is 2."""
    done = scorta("plan", broken, "--out", tmp_path / "p")
    assert done.exit_code == 2
    assert "cannot be planned" in done.stderr
    assert "needs.csv:2" in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "p").exists()
    told = json.loads(scorta("plan", broken, "--json", "--out", tmp_path / "p").stdout)
    assert told["ok"] is False


def test_plan_takes_limits(scorta: Scorta, walk: Path) -> None:
    """The limits that were set stand in the record; one that is no limit is refused."""
    done = scorta("plan", walk, "--time-limit", 60, "--memory-limit", 2, "--json", "--quiet")
    options = json.loads(done.stdout)["record"]["options"]
    assert options["seconds"] == 60
    assert options["memory"] == 2 * 2**30
    assert scorta("plan", walk, "--time-limit", 0).exit_code == 2


def test_plan_over_other_files_is_refused_before_solving(scorta: Scorta, walk: Path, tmp_path: Path) -> None:
    """What somebody put into the folder of a plan is named before anything is solved, and stays."""
    assert scorta("plan", walk, "--out", "p", "--quiet").exit_code == 0
    (tmp_path / "p" / "notes.txt").write_text("mine", encoding="utf-8")
    done = scorta("plan", walk, "--out", "p")
    assert done.exit_code == 2
    assert "holds something else than a plan: notes.txt." in done.stderr
    assert "solve" not in done.stderr
    assert (tmp_path / "p" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_plan_writes_a_workbook_where_one_is_named(scorta: Scorta, walk: Path, tmp_path: Path) -> None:
    """A sheet a view, with names; the page tells what it cannot do; a file that no plan is written as is refused."""
    done = scorta("plan", walk, "--out", "new/plan.xlsx", "--quiet")
    assert done.exit_code == 0
    assert "write it to a folder" in " ".join(done.stdout.split())
    book = openpyxl.load_workbook(tmp_path / "new" / "plan.xlsx")
    assert {"needs", "shipments", "stock"} <= set(book.sheetnames)
    assert book["needs"]["D2"].value == "The hub"
    refused = scorta("plan", walk, "--out", "plan.csv")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "a workbook that ends in .xlsx" in refused.stderr
    (tmp_path / "mine.xlsx").write_text("mine")
    assert scorta("plan", walk, "--out", "mine.xlsx").exit_code == 2
    assert (tmp_path / "mine.xlsx").read_text() == "mine"


def test_the_page_of_a_plan_ends_with_a_question_that_works(scorta: Scorta, walk: Path, tmp_path: Path) -> None:
    """The command that it names finds the case and the plan as it stands, wherever the plan lies."""
    for words in ((), ("--out", "other place")):
        told = " ".join(scorta("plan", walk, *words, "--quiet").stdout.split())
        command = shlex.split(told.split("Ask why a need is late or short: scorta ")[1])
        assert command[:2] == ["why", "N1"]
        assert scorta(*command).exit_code == 0


def test_show_keeps_rows_by_code_and_limit(scorta: Scorta, walk_plan: Path) -> None:
    """Poland's depot keeps its floor of 20 in each of the eight weeks."""
    rows = json.loads(scorta("show", walk_plan, "stock", "DEPOT-PL", "generator", "--json").stdout)
    assert [row["quantity"] for row in rows] == pytest.approx([20.0] * 8)
    assert len(json.loads(scorta("show", walk_plan, "stock", "--json", "--limit", 2).stdout)) == 2
    assert "more rows" in scorta("show", walk_plan, "stock", "--limit", 2).stdout


def test_show_finds_codes_however_they_are_typed(scorta: Scorta, walk_plan: Path) -> None:
    """Small letters find the same rows; tiers have no codes, and say so."""
    typed = [scorta("show", walk_plan, "stock", word, "--json").stdout for word in ("DEPOT-PL", "depot-pl", "Depot-Pl")]
    assert json.loads(typed[0])
    assert len(set(typed)) == 1
    done = scorta("show", walk_plan, "tiers", "N1")
    assert done.exit_code == 2
    assert "`tiers` names no codes" in done.stderr


def test_show_stock_of_a_party_and_an_item(scorta: Scorta, walk_plan: Path) -> None:
    """Poland gives 50 of 70 and keeps its floor of 20; Germany's 60 are 10 once its late pledge has left."""
    done = scorta("show", walk_plan, "stock", "PL", "generator")
    assert "Stock of PL, generator: over all its places" in done.stdout
    levels = [
        json.loads(scorta("show", walk_plan, "stock", party, "generator", "--json").stdout) for party in ("PL", "de")
    ]
    assert [[row["level"] for row in rows] for rows in levels] == [
        pytest.approx([20.0] * 8),
        pytest.approx([60.0] * 5 + [10.0] * 3),
    ]


@pytest.mark.parametrize(("words", "near"), [(("PLX", "generator"), "PL"), (("PL", "genrator"), "generator")])
def test_show_stock_of_nobody_ends_with_2(scorta: Scorta, walk_plan: Path, words: tuple[str, str], near: str) -> None:
    """A wrong party or item is named with the nearest, for people and for programs."""
    done = scorta("show", walk_plan, "stock", *words, "--json")
    assert done.exit_code == 2
    assert "Nothing in the plan has the code" in done.stderr
    assert f"Near it: {near}" in json.loads(done.stdout)["error"]["next_step"]


def test_show_years_by_a_day(scorta: Scorta, walk_plan: Path) -> None:
    """The day goes with this view alone, is written as a date, and comes after the first day of the plan."""
    assert scorta("show", walk_plan, "years", "--by", "2025-12-31").exit_code == 0
    for words in (("needs", "--by", "2025-12-31"), ("years", "--by", "soon"), ("years", "--by", "2022-10-17")):
        done = scorta("show", walk_plan, *words)
        assert done.exit_code == 2, words
        assert "Error: " in done.stderr


def test_show_of_a_file_says_so(scorta: Scorta, walk_plan: Path) -> None:
    """A path that is a file is not called a damaged plan."""
    done = scorta("show", walk_plan / "plan.json", "needs")
    assert done.exit_code == 2
    assert "plan.json is not a folder." in done.stderr
    assert "Errno" not in done.stderr


def test_show_of_a_plan_of_an_earlier_version(scorta: Scorta, walk_plan: Path, tmp_path: Path) -> None:
    """A plan that lacks a newer table is to be made again, whichever view is asked for."""
    shutil.copytree(walk_plan, tmp_path / "old")
    (tmp_path / "old" / "holdings.parquet").unlink()
    for view in ("holdings", "needs"):
        done = scorta("show", tmp_path / "old", view)
        assert done.exit_code == 2
        assert "lacks the table `holdings`" in done.stderr
        assert "Plan the case again." in done.stderr


def test_show_of_what_is_no_plan_ends_with_2(scorta: Scorta, walk: Path) -> None:
    """A sentence and a next step, for people and for programs."""
    done = scorta("show", walk, "needs", "--json")
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: ")
    told = json.loads(done.stdout)["error"]
    assert told["code"] == "input"
    assert told["sentence"]
    assert told["next_step"]


def test_template_makes_a_case_that_can_be_checked(scorta: Scorta, tmp_path: Path) -> None:
    """An empty case is written once, and is not written over."""
    done = scorta("template", "fresh")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "fresh" / "needs.csv").is_file()
    assert "scorta check fresh" in done.stdout
    assert scorta("template", "fresh").exit_code == 2


def test_template_knows_a_workbook_by_its_ending(scorta: Scorta, tmp_path: Path) -> None:
    """Capital letters make no folder of a workbook; formats that are not written are refused."""
    assert scorta("template", "w.XLSX").exit_code == 0
    assert (tmp_path / "w.XLSX").is_file()
    for name in ("w.xls", "w.xlsm", "w.ods", "w.ODS"):
        done = scorta("template", name)
        assert done.exit_code == 2
        assert "ends in .xlsx" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["w.XLSX"]
