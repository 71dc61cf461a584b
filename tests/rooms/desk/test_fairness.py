"""The price of fairness of a case to follow by hand, from the files to the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cases import Row, case

from scorta import desk
from scorta.case import Case
from scorta.cli import main
from scorta.errors import InputError

PARTIES: list[Row] = [{"party": party, "kind": "nation"} for party in ("DE", "PL", "UA")]
PLACES: list[Row] = [{"place": place, "party": party} for place, party in (("A", "DE"), ("B", "PL"), ("HUB", "UA"))]


def shared_case(**more: list[Row]) -> Case:
    """Return a case in which DE has 80 generators of 10 EUR to give and PL 60, each half of the 100 that are needed.

    PL's come a week late. Priority 1 asks for 100.
    """
    legs = [
        {"leg": leg, "origin": leg, "destination": "HUB", "mode": "road", "transit_days": days, "cost_eur_per_t": cost}
        for leg, days, cost in (("A", 0, 1), ("B", 7, 5))
    ]
    need = {"need": "N1", "place": "HUB", "item": "gen", "quantity": 100, "required_by": 6, "priority": 1}
    tables: dict[str, list[Row]] = {
        "parties": PARTIES,
        "places": PLACES,
        "items": [{"item": "gen", "value_eur": 10, "mass_kg": 1000}],
        "stocks": [{"place": "A", "item": "gen", "quantity": 80}, {"place": "B", "item": "gen", "quantity": 60}],
        "needs": [need],
        "legs": legs,
        "pledges": [
            {"pledge": party, "donor": party, "recipient": "UA", "item": "gen", "quantity": 80, "state": "committed"}
            for party in ("DE", "PL")
        ],
        "keys": [{"key": "gdp", "party": "DE", "share": 0.4}, {"key": "gdp", "party": "PL", "share": 0.6}],
    }
    return case(**(tables | more))


def test_price_of_fairness_by_hand() -> None:
    """Without the key DE gives 80 on time and PL the other 20 a week late: DE is 80 - 0.4 x 100 = 40 above, 400 EUR.

    The tier leaves the needs as they are, and nobody gives what is not needed: 400 EUR again. At a cap of 5 % DE gives
    45 of 100 on time, and 55 come late; at a cap of 0 it gives 40, and 60 come late.
    """
    none, tier, half, nothing = desk.price_fairness(shared_case(), caps=(0.05, 0.0))
    assert [plan.key for plan in (none, tier, half, nothing)] == ["none", "tier", "cap", "cap"]
    assert [plan.unmet[1] for plan in (none, tier, half, nothing)] == pytest.approx([0, 0, 0, 0], abs=1e-6)
    assert none.late[1] == pytest.approx(20 * 7)
    assert none.excess_eur["gdp"] == pytest.approx(400)
    assert none.excess_share["gdp"] == pytest.approx(0.4)
    assert tier.late[1] == pytest.approx(20 * 7)
    assert tier.excess_eur["gdp"] == pytest.approx(400)
    assert half.late[1] == pytest.approx(55 * 7)
    assert half.excess_eur["gdp"] == pytest.approx(50)
    assert nothing.late[1] == pytest.approx(60 * 7)
    assert nothing.excess_eur["gdp"] == pytest.approx(0, abs=1e-5)


def test_caps_go_down_to_nothing_by_themselves() -> None:
    """Four caps from three quarters of what the tier leaves, 40 of 100, down to 0; the price never falls on the way."""
    plans = desk.price_fairness(shared_case())
    caps = [plan.cap for plan in plans[2:] if plan.cap is not None]
    assert caps == pytest.approx([step * 40 / 100 for step in (0.75, 0.5, 0.25, 0)], abs=1e-9)
    late = [plan.late[1] for plan in plans]
    assert late == pytest.approx(sorted(late))


def test_shares_that_are_not_weighed_are_for_the_price() -> None:
    """Where the scenario leaves out the shares, they come after the needs; what it asked for otherwise stays."""
    from dataclasses import replace

    given = shared_case()
    bare = replace(given, scenario=replace(given.scenario, tiers=("needs", "cost")))
    assert desk.price_fairness(bare, caps=(0.0,))[1].excess_eur["gdp"] == pytest.approx(400)


def test_a_case_without_keys_has_no_price() -> None:
    """It is told so in a sentence."""
    with pytest.raises(InputError, match="no burden-sharing key"):
        desk.price_fairness(shared_case(keys=[]))


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Return the case as a folder of files."""
    shared = shared_case()
    for name in shared.given:
        frame = shared[name].drop("row")
        frame.select(column.name for column in frame if column.null_count() < len(column)).write_csv(
            tmp_path / f"{name}.csv"
        )
    blocks = "".join(f'[[horizon]]\nbucket = "{bucket}"\ncount = {count}\n' for bucket, count in shared.scenario.blocks)
    text = f'title = "Shared"\nas_of = {shared.scenario.as_of}\n{blocks}'
    (tmp_path / "scenario.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(name="scorta")
def _scorta() -> Callable[..., Result]:
    """Return what runs the command line in this process."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], prog_name="scorta")


def test_command_prints_the_table(scorta: Callable[..., Result], folder: Path) -> None:
    """A line for each plan, in words; a cap outside 0 to 1 is refused."""
    done = scorta("fairness", folder, "--cap", "0.05", "--quiet")
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["Price", "of", "fairness", "No", "key", "Key", "Cap", "5", "%"] in lines
    assert ["Above", "the", "share", "of", "gdp,", "EUR", "400", "400", "50"] in lines
    assert scorta("fairness", folder, "--cap", "1.5").exit_code == 2


def test_command_as_json(scorta: Callable[..., Result], folder: Path) -> None:
    """A program gets every figure, not rounded."""
    told = json.loads(scorta("fairness", folder, "--cap", "0.05", "--cap", "0", "--json", "--quiet").stdout)
    assert [plan["cap"] for plan in told["plans"]] == [None, None, 0.05, 0.0]
    assert told["plans"][0]["excess_eur"]["gdp"] == pytest.approx(400)
    assert told["plans"][3]["late"]["1"] == pytest.approx(420)


def test_command_without_keys_ends_with_2(scorta: Callable[..., Result], folder: Path) -> None:
    """A case without keys is told so, a case with findings too."""
    (folder / "keys.csv").unlink()
    assert scorta("fairness", folder, "--quiet").exit_code == 2
    (folder / "needs.csv").write_text("need\nN1\n", encoding="utf-8")
    assert scorta("fairness", folder, "--quiet").exit_code == 2
