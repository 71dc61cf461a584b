"""A plan for Python users: made, looked at, questioned, compared, saved and read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from tests.rooms.python.conftest import given

import scorta as sc
from scorta.cli import main
from scorta.plan import Options
from scorta.report import VIEW_NAMES, to_plain


@pytest.fixture(scope="module")
def early(tents: sc.Case, planned: sc.Plan) -> sc.Plan:
    """The plan if the second pledge came a fortnight earlier, changed as little as can be."""
    return sc.plan(tents.change("P2", available_from="2022-10-24"), like=planned, freeze=7)


def test_views_are_frames_under_the_words_of_show(planned: sc.Plan) -> None:
    """Every view of `scorta show` is a frame, and only those."""
    for name in VIEW_NAMES:
        assert isinstance(getattr(planned, name), pl.DataFrame), name
        assert planned[name].width > 0, name
    assert set(VIEW_NAMES) < set(dir(planned))
    assert planned.needs.select("on_time", "late").row(0) == (30, 20)
    with pytest.raises(AttributeError, match="its views are needs"):
        _ = planned.neds
    with pytest.raises(sc.InputError, match="no view neds"):
        _ = planned["neds"]


def test_views_off_the_record_are_typed(planned: sc.Plan, early: sc.Plan) -> None:
    """Tiers, changes and statistics have their columns and types, rows or not."""
    assert planned.tiers.schema["bound"] == pl.Float64
    assert planned.changes.schema["from_date"] == pl.Date
    assert early.changes.select("id", "field", "value").row(0) == ("P2", "available_from", "2022-10-24")
    figures = {(figure, of): value for figure, of, value in planned.statistics.iter_rows()}
    assert figures["coverage", "on_time"] == pytest.approx(0.6)
    assert figures["draw_down", "PL tent"] == pytest.approx(50 / 80)


def test_it_is_printed_as_the_command_prints_it(planned: sc.Plan) -> None:
    """The page ends with what was checked: the plan lies in no folder yet."""
    text = str(planned)
    assert "1 open need: 0 met in full on time, 1 in full but partly late" in text
    assert text.rstrip().endswith("(which claims 0 %).")
    assert "<table>" in planned._repr_html_()
    assert repr(planned).startswith("<Plan: Tents")


def test_why_trace_and_fix(planned: sc.Plan) -> None:
    """The late pledge hinders, is traced, and is mended by leaving earlier."""
    why = planned.why("N1")
    assert "P2" in str(why)
    assert {address for cause in why.rows for one in cause["hindrances"] for address in one["rows"]} == {
        *("pledges[0]", "pledges[1]")
    }
    assert json.loads(why.to_json())["need"] == "N1"
    assert "Where it comes from" in str(planned.trace("N1"))
    assert [row["need"] for row in planned.trace("P2").rows] == ["N1"]
    assert any("P2" in json.dumps(row) for row in planned.fix("N1", touch=["pledges"]).rows)


def test_an_answer_speaks(planned: sc.Plan) -> None:
    """The same answer, in the language that is spoken when it is printed."""
    why = planned.why("N1")
    with sc.speaking("it"):
        italian = str(why)
    assert italian != str(why)


def test_why_between_needs_and_of_a_stock() -> None:
    """Another need that gets what one lacks, and a stock below its objective."""
    needs = [given()["needs"][0], given()["needs"][0] | {"need": "N2", "priority": 2, "quantity": 30}]
    objectives = [{"party": "PL", "item": "tent", "objective": 80, "priority": 1}]
    plan = sc.plan(sc.Case.of(**given(needs=needs, objectives=objectives)))
    assert plan.why("N2", instead="N1").facts.other == "N1"
    assert "80" in str(plan.why("PL", "tent"))
    with pytest.raises(sc.InputError, match="a need, or a party or place and an item"):
        plan.why("N1", "HUB", "tent")


def test_two_plans_side_by_side(planned: sc.Plan, early: sc.Plan) -> None:
    """What differs, and because of which row."""
    both = sc.compare(planned, early)
    assert [(row["need"], row["late_before"], row["late_after"]) for row in both.rows] == [("N1", 20, 0)]
    because = sc.compare(planned, early, by="row")
    assert "Because" in str(because)
    assert "P2" in json.dumps(json.loads(because.to_json())["because"])


def test_asks_and_fairness() -> None:
    """Beyond the pledges PL may be asked; a key has its price, and a case without one is refused."""
    less = sc.Case.of(**given(pledges=given()["pledges"][:1]))
    assert [(ask["giver"], ask["quantity"]) for ask in sc.ask(less).rows] == [("PL", 20)]
    with pytest.raises(sc.InputError, match="no burden-sharing key"):
        sc.fairness(less)
    keys = [{"key": "K", "party": "PL", "share": 1}]
    assert len(sc.fairness(sc.Case.of(**given(keys=keys)), caps=[0.5]).rows) == 3


def test_saved_and_read_back(planned: sc.Plan, tents: sc.Case, tmp_path: Path) -> None:
    """Read with its case it is the same page; without, it shows its figures, and says what it needs to be asked."""
    folder = planned.save(tmp_path / "plan")
    assert str(sc.read_plan(folder, case=tents)) == str(planned)
    bare = sc.read_plan(str(folder))
    assert bare.needs.equals(planned.needs)
    assert "Coverage" in str(bare)
    with pytest.raises(sc.InputError, match="without its case"):
        bare.why("N1")
    run = CliRunner().invoke(main, ["show", str(folder), "needs", "--json"])
    assert json.loads(run.stdout) == to_plain(planned.needs.to_dicts())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"freeze": 7}, "Name it: `like=plan`"),
        ({"seconds": 0}, "`seconds` is 0, which is no limit"),
        ({"gap": "x"}, "`gap` is x, which is no limit"),
        ({"like": "plans/monday"}, "'plans/monday' is no plan. Read it first"),
    ],
)
def test_what_makes_no_sense_is_refused(tents: sc.Case, words: dict[str, Any], message: str) -> None:
    """Limits that limit nothing, days to freeze of no plan, a folder in place of a plan."""
    with pytest.raises(sc.InputError, match=message):
        sc.plan(tents, **words)


def test_the_path_of_a_case_is_no_case() -> None:
    """It is read first."""
    path: Any = "my-case"
    with pytest.raises(sc.InputError, match="Read it first: `read_case"):
        sc.plan(path)


def test_progress_and_limits(tents: sc.Case) -> None:
    """Each step is told, and the record holds the limits that were set."""
    stages = list[str]()
    plan = sc.plan(tents, seconds=60, memory=2, gap=0.01, progress=lambda step: stages.append(step.stage))
    assert stages[0] == "network"
    assert stages[-1] == "verify"
    assert plan.record.options == Options(seconds=60, memory=2 * 2**30, gap=0.01)


def test_versions_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """What a report of a bug needs: package, solver, Python, table library, system."""
    sc.show_versions()
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines()] == [
        *("scorta", "solver", "python", "polars", "numpy"),
        "system",
    ]
