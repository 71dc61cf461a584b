"""Every command, with its exit code and what it prints."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

import scorta as package

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


@pytest.mark.parametrize("option", ["--time-limit", "--memory-limit"])
@pytest.mark.parametrize("limit", ["inf", "nan", "-inf", "-1", "0", "1e8", "1e308", "many"])
def test_a_limit_that_is_none_ends_with_2(scorta: Scorta, option: str, limit: str) -> None:
    """What is no number, nothing, or more than makes sense is refused before the case is read."""
    done = scorta("plan", "x", option, limit)
    assert done.exit_code == 2
    assert f"Invalid value for '{option}'" in done.stderr


def test_the_largest_limits_are_taken(scorta: Scorta, walk: Path) -> None:
    """Four months and a million gigabytes are the most that is taken."""
    assert scorta("plan", walk, "--time-limit", "1e7", "--memory-limit", "1e6", "--quiet").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("check", ""),
        ("check", " "),
        ("plan", ""),
        ("plan", "x", "--out", ""),
        ("demo", "--out", ""),
        ("show", "", "needs"),
        ("template", ""),
    ],
)
def test_no_name_is_not_the_current_folder(scorta: Scorta, tmp_path: Path, words: tuple[str, ...]) -> None:
    """An empty name, as of a variable that is not set, is refused and nothing is written."""
    done = scorta(*words)
    assert done.exit_code == 2
    assert "the name is empty" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_plan_over_other_files_is_refused_before_solving(scorta: Scorta, walk: Path, tmp_path: Path) -> None:
    """What somebody put into the folder of a plan is named before anything is solved, and stays."""
    assert scorta("plan", walk, "--out", "p", "--quiet").exit_code == 0
    (tmp_path / "p" / "notes.txt").write_text("mine", encoding="utf-8")
    done = scorta("plan", walk, "--out", "p")
    assert done.exit_code == 2
    assert "holds something else than a plan: notes.txt." in done.stderr
    assert "solve" not in done.stderr
    assert (tmp_path / "p" / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "words", [("plam", "--json"), ("show", "p", "neds", "--json"), ("show", "--json", "p"), ("check", "--json", "")]
)
def test_a_misspelt_command_is_json_where_asked_for(scorta: Scorta, words: tuple[str, ...]) -> None:
    """A program is told of a slip of the pen as of any other error."""
    done = scorta(*words)
    told = json.loads(done.stdout)["error"]
    assert (told["code"], told["exit_code"], done.exit_code) == ("usage", 2, 2)
    assert told["sentence"] in done.stderr


def test_show_has_every_view(scorta: Scorta, walk_plan: Path) -> None:
    """Each view can be shown as a page and as JSON; the names are those of the report room."""
    from scorta.report import VIEW_NAMES

    told = scorta("show", "--help").stdout
    for view in VIEW_NAMES:
        assert scorta("show", walk_plan, view).exit_code == 0
        assert isinstance(json.loads(scorta("show", walk_plan, view, "--json").stdout), list)
        assert f"\n  {view} " in told


def test_a_misspelt_view_is_told_once(scorta: Scorta, walk_plan: Path) -> None:
    """What the views are is said a single time, with the one that may be meant."""
    done = scorta("show", walk_plan, "neds")
    assert done.exit_code == 2
    assert done.stderr.count("shipments") == 1
    assert "Did you mean `needs`?" in " ".join(done.stderr.split())
    assert "Did you mean" not in scorta("show", walk_plan, "xyz").stderr


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


def test_version_is_that_of_the_package(scorta: Scorta) -> None:
    """`--version` prints name and version."""
    assert scorta("--version").stdout == f"scorta {package.__version__}\n"


@pytest.mark.parametrize(
    "words", [("plam",), ("plan",), ("check", "a", "b"), ("show", "p", "neds"), ("plan", "x", "--frobnicate")]
)
def test_misspelt_command_ends_with_2(scorta: Scorta, words: tuple[str, ...]) -> None:
    """A slip of the pen gets one sentence, no traceback."""
    done = scorta(*words)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_nothing_there_ends_with_2(start: Start) -> None:
    """A case that does not exist is one sentence and a next step, in a real process."""
    done = start("check", "nowhere")
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: ")
    assert b"Traceback" not in done.stderr


def test_ascii_terminal_and_no_colour(start: Start, walk: Path) -> None:
    """Where the terminal has only ASCII the page is ASCII; into a pipe go no colours."""
    done = start("check", walk, PYTHONIOENCODING="ascii", COLUMNS="60")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode("ascii")
    assert "\x1b" not in text
    assert max(len(line) for line in text.splitlines()) <= 60


def test_json_goes_to_an_ascii_pipe(start: Start, walk: Path) -> None:
    """Letters that the stream lacks are escaped, so that the JSON stays whole."""
    done = start("check", walk, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout.decode("ascii"))["ok"] is True


def test_json_of_a_plan_is_all_there_is_on_the_output(start: Start, walk: Path) -> None:
    """Nothing the solver says mixes with the result, in a real process."""
    done = start("plan", walk, "--json", PATH=os.environ["PATH"])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["record"]["title"] == "The walk of one need"


def test_every_command_takes_a_language(scorta: Scorta) -> None:
    """`--language` is a word of each command, and an unknown one is refused."""
    from scorta.cli import main

    for name, command in main.commands.items():
        assert "--language" in [option for param in command.params for option in param.opts], name
    assert "'en', 'it', 'uk'" in scorta("template", "x", "--language", "xx").stderr


def test_the_environment_names_the_language(scorta: Scorta, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is said in Italian where the environment asks for that, and in English to a program."""
    monkeypatch.setenv("SCORTA_LANGUAGE", "it")
    assert scorta("check", "nowhere").stderr.startswith("Errore: In nowhere non c'è nulla.")
    assert scorta("check", "nowhere", "--language", "en").stderr.startswith("Error: There is nothing at nowhere.")
    told = json.loads(scorta("check", "nowhere", "--json").stdout)
    assert told["error"]["sentence"] == "There is nothing at nowhere."


def test_wide_tables_leave_nothing_out(scorta: Scorta, walk_plan: Path) -> None:
    """What has no room in the lines of a page has it with `--wide`."""
    narrow, wide = (scorta("show", walk_plan, "needs", *more).stdout for more in ((), ("--wide",)))
    assert "Left out for want of room: " in narrow
    assert "Left out" not in wide
    assert "HUB" in wide
