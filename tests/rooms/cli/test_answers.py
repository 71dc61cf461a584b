"""The commands that answer back: what they print, as pages and as JSON, and what they refuse."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from scorta import desk
from scorta.cli.answers import GROUPS

Scorta = Callable[..., Result]


@pytest.fixture
def ask(scorta: Scorta, walk: Path, walk_plan: Path) -> Scorta:
    """Return what asks a question of the walk and its plan."""
    return lambda *words: scorta(*words, "--case", walk, "--plan", walk_plan)


def test_trace(ask: Scorta) -> None:
    """A tree in the terminal, the same as JSON, and what a source serves; what is not there is refused."""
    page = ask("trace", "N1")
    assert page.exit_code == 0
    assert "50 from stock at DEPOT-PL (stocks.csv:2)" in page.output
    assert "└ 50 issued 2022-12-05 to 2022-12-11, 7 days late" in page.output
    plain = json.loads(ask("trace", "N1", "--json").output)
    assert plain["quantity"] == pytest.approx(120)
    assert plain["behind"][0]["kind"] == "issue"
    assert "What DEPOT-PL generator serves" in ask("trace", "DEPOT-PL", "generator").output
    (row,) = json.loads(ask("trace", "LINE", "--json").output)
    assert (row["need"], row["quantity"], row["late"]) == ("N1", pytest.approx(20), 0)
    for codes in (["N9"], ["DEPOT-PL", "tent"], ["A", "B", "C"]):
        assert ask("trace", *codes).exit_code == 2


def test_a_trace_is_drawn(ask: Scorta, tmp_path: Path) -> None:
    """The page as without it, and a file; a source is not drawn, nor anything in a form that no chart has."""
    chart = tmp_path / "n1.json"
    done = ask("trace", "N1", "--chart", chart)
    assert done.exit_code == 0
    assert "Where it comes from" in done.stdout
    assert f"The chart lies in {chart}." in done.stderr
    spec = json.loads(chart.read_text(encoding="utf-8"))
    assert spec["title"]["text"] == "N1: 120 of generator at HUB, required by 2022-12-04"
    assert spec["title"]["subtitle"].startswith("70 on time, 50 late, 0 unmet.")
    assert json.loads(ask("trace", "N1", "--chart", chart, "--json").stdout)["quantity"] == pytest.approx(120)
    assert ask("trace", "P1", "--chart", tmp_path / "p1.svg").exit_code == 2
    assert ask("trace", "N1", "--chart", tmp_path / "n1.pdf").exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["n1.json"]


def test_why_names_the_pledge_and_the_line(ask: Scorta) -> None:
    """Of the walk, the late pledge and the full line stand in the way, each of all 50 that are late."""
    causes = json.loads(ask("why", "N1", "--json").stdout)["causes"]
    first = [cause["hindrances"][0] for cause in causes]
    assert [(one["kind"], one["rows"]) for one in first] == [
        ("pledge too late", ["pledges.csv:2"]),
        ("line full", ["lines.csv:2", "lines.csv:3"]),
    ]
    assert causes[0]["sentence"].startswith("DE's pledge P1 of")
    assert not {"row", "number"} & set(first[0]["facts"])
    assert [(round(cause["on_time"], 3), round(cause["unit_days"], 3)) for cause in causes] == [(50, 350)] * 2
    page = ask("why", "N1").stdout
    assert "DE's pledge P1" in page
    assert "everything would come" in " ".join(page.split())


def test_why_not_of_a_need_that_is_not_there_nor_of_another_case(scorta: Scorta, walk: Path, walk_plan: Path) -> None:
    """What the plan does not know is refused in a sentence."""
    refused = scorta("why", "N9", "--case", walk, "--plan", walk_plan)
    assert refused.exit_code == 2
    assert "no open need N9" in refused.stderr
    assert scorta("why", "N1", "--case", walk.parent / "winter-reserve", "--plan", walk_plan).exit_code == 2


def test_fix(ask: Scorta, scorta: Scorta, walk: Path, tmp_path: Path) -> None:
    """The pledge a week earlier brings 50 more on time, twice the hours 20 more: in this order, before all else.

    The first is written as a what-if, and planned it gives what was promised.
    """
    fixes = json.loads(ask("fix", "N1", "--out", "what-if.csv", "--json").stdout)
    assert [round(fix["effect"]["on_time"], 6) for fix in fixes[:2]] == [50, 20]
    changes = [fix["repair"][0]["changes"][0] for fix in fixes[:2]]
    assert [(change["id"], change["field"], change["value"]) for change in changes] == [
        ("P1", "available_from", "2022-11-14"), ("LINE", "capacity_per_month", "2"),
    ]  # fmt: skip
    assert all(len(fix["repair"]) > 1 for fix in fixes[2:])
    assert scorta("plan", walk, "--change", "what-if.csv", "--out", "after", "--quiet").exit_code == 0
    (need,) = desk.load_plan(tmp_path / "after")["fulfilment"].to_dicts()
    assert (need["on_time"], need["late"]) == (120, 0)


def test_fix_touches_what_it_may(ask: Scorta) -> None:
    """Where only pledges may be touched, only the pledge is changed; where nothing helps, that is said."""
    page = ask("fix", "N1", "--touch", "pledges").stdout
    assert "1. DE brings its pledge P1 forward from 2022-11-21 to 2022-11-14" in page
    assert "LINE" not in page
    assert "No change that can be made here" in ask("fix", "N1", "--touch", "budgets").stdout


def test_ask(scorta: Scorta, walk: Path) -> None:
    """The walk has nobody to ask; as JSON that is an empty list."""
    told = scorta("ask", walk, "--json")
    assert (told.exit_code, json.loads(told.stdout)) == (0, [])
    assert "Nobody has anything above its floor" in scorta("ask", walk, "--quiet").stdout


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory, walk: Path, walk_plan: Path) -> Path:
    """Return a folder with the walk, its plan `before`, and that `after` DE's pledge comes and the line grows."""
    folder = tmp_path_factory.mktemp("compare")
    shutil.copytree(walk, folder / "walk")
    shutil.copytree(walk_plan, folder / "before")
    rows = "earlier,pledges,P1,available_from,set,2022-11-07\ntwo shifts,lines,LINE,capacity_per_month,multiply,2\n"
    (folder / "earlier.csv").write_text(f"change,table,id,field,operation,value\n{rows}", encoding="utf-8")
    case = desk.load_case(folder / "walk")
    desk.plan_case(desk.load_changed(case, [str(folder / "earlier.csv")]), folder / "after")
    return folder


@pytest.fixture
def compare(scorta: Scorta, plans: Path, monkeypatch: pytest.MonkeyPatch) -> Scorta:
    """Return what compares the two plans."""
    monkeypatch.chdir(plans)
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *words: scorta("compare", "before", "after", *words)


def test_compare_from_files_to_a_page(compare: Scorta) -> None:
    """The page says in a sentence because of which row, and the table adds up."""
    done = compare("--case", "walk", "--quiet")
    assert done.exit_code == 0, done.output
    assert "Because DE brought P1 forward to 2022-11-07 (pledges.csv:2): 40 more of N1 on time." in done.stdout
    assert "all                   -350           1" in done.stdout
    assert "no order is favoured" in done.stdout
    ordered = compare("--case", "walk", "--groups", "1", "--quiet").stdout
    assert "(3 plans): another order shares it otherwise" in " ".join(ordered.split())


def test_compare_without_a_case(compare: Scorta) -> None:
    """The plans are laid side by side, and nothing is planned."""
    done = compare()
    assert done.exit_code == 0, done.output
    assert "Because" not in done.stdout
    assert "N1     generator     120        70     120     50       0" in done.stdout


def test_compare_one_need_as_json(compare: Scorta) -> None:
    """A program gets the same, nothing rounded."""
    told = json.loads(compare("--case", "walk", "--need", "N1", "--json", "--quiet").stdout)
    assert [need["need"] for need in told["needs"]] == ["N1"]
    assert told["because"]["method"] == "every order"
    effects = [row for row in told["because"]["effects"] if (row["measure"], row["need"]) == ("on_time", "N1")]
    assert sorted(row["change"] for row in effects) == pytest.approx([10, 40])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--by", "donor"], "go with `--case CASE`"),
        (["--need", "N9"], "Neither plan has an open need N9."),
        (["--case", "walk", "--by", "colour"], "No changed row has a field colour."),
        (["--case", "nowhere"], "nowhere"),
    ],
)
def test_compare_refuses_in_a_sentence(words: list[str], sentence: str, compare: Scorta) -> None:
    """What cannot be done is said, with exit code 2."""
    done = compare(*words)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_the_help_says_what_the_desk_does() -> None:
    """The number of groups in the help is that of the desk."""
    assert GROUPS == desk.MOST_GROUPS
