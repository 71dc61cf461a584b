"""Whole walks: why needs of the examples are late or short, from files to the page and to JSON."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import Planned

from scorta import desk
from scorta.cli import main
from scorta.desk import SolverProcess

ROOT = Path(__file__).parents[2]


def test_the_shortest_needs_of_october(october: Planned) -> None:
    """Two dates hold back the launchers together; of some missiles there are none; others ask for the few tents."""
    with SolverProcess() as solver:
        launchers, missiles, tents, dishes = (
            desk.why(october.case, october.plan, need, solver) for need in ("A01", "A07", "A13", "A03")
        )
    both = launchers.causes[0]
    dates = {"pledge too late": "available_from", "receipt too late": "due_on"}
    assert [each.kind for each in both.hindrances] == list(dates)
    assert {each.facts[dates[each.kind]] for each in both.hindrances} == {dt.date(2024, 8, 23)}
    assert both.on_time == pytest.approx(4, abs=1e-3)
    assert not missiles.supply
    assert tents.left.unmet > 1400
    assert [each.kind for cause in tents.causes for each in cause.hindrances] == ["others first"]
    assert dishes.met.late + dishes.met.unmet > 4
    assert not dishes.causes  # days that are won for the hundredth part of one are not worth telling


def test_why_a_stock_is_below_its_objective(winter: Planned) -> None:
    """FR gave four of its transformers away, and one line makes all of them anew."""
    run, told = CliRunner(), ["--case", str(ROOT / "examples/winter-reserve"), "--plan", str(winter.folder)]
    found = json.loads(run.invoke(main, ["why", "FR", "transformer_medium", *told, "--json"]).stdout)
    (row,) = winter.plan["objectives"].filter(party="FR", item="transformer_medium").to_dicts()
    assert (found["since"], found["met"]["full_on"]) == (str(row["below_since"]), str(row["back_on"]))
    kinds = [(cause["hindrances"][0]["kind"], cause["hindrances"][0]["rows"]) for cause in found["causes"]]
    assert kinds[0] == ("others first", ["needs.csv:7"])
    assert ("line full", ["lines.csv:5"]) in kinds
    page = run.invoke(main, ["why", "FR", "transformer_medium", *told]).stdout
    assert "FR: 8 of transformer_medium at the end of the plan, with an objective of 8" in page
    assert "never below" in page


def test_why_another_need_gets_it(winter: Planned) -> None:
    """Of two needs that are as urgent, the one that would wait longer comes first; two codes are one too many."""
    run, told = CliRunner(), ["--case", str(ROOT / "examples/winter-reserve"), "--plan", str(winter.folder)]
    asks = ["why", "N-HRK-GEN", "--instead", "N-KYV-GEN", *told]
    found = json.loads(run.invoke(main, [*asks, "--json"]).stdout)
    assert found["reason"] == "later in all"
    assert found["gains"]["unit_days"] + found["loses"]["unit_days"] > 0
    assert "What would change if N-KYV-GEN could be worse off" in run.invoke(main, asks).stdout
    refused = run.invoke(main, ["why", "N-HRK-GEN", "tent", "--instead", "N-KYV-GEN", *told])
    assert refused.exit_code == 2
    assert "Name one need" in refused.stderr
