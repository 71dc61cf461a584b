"""The case of October 2022: planned, checked, proved, saved and read back."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal
from tests.conftest import Planned

from scorta import desk
from scorta.plan import save_plan
from scorta.verify import check_plan

GAP = 1e-6
"""How far a tier may be from the bound that was proved outside the solver, relative to it."""

TIERS = ["floors", *(f"needs {p} {what}" for p in (1, 2, 3, 4) for what in ("unmet", "late"))]
TIERS += ["objectives", "cost", "earliest"]


def test_every_tier_is_solved_and_every_need_is_answered(october: Planned) -> None:
    """No tier is left out for lack of time, and each open need has its row."""
    record, needs = october.plan.record, october.case["needs"].filter(state="open")
    assert [tier.name for tier in record.tiers] == TIERS
    assert record.unsolved == ()
    assert record.case_hash == october.case.digest()
    assert october.plan["fulfilment"]["need"].sort().to_list() == needs["need"].sort().to_list()
    assert october.plan["shipments"].height > 100


def test_the_checker_finds_nothing(october: Planned) -> None:
    """No rule is broken, and the tables make the tiers that the plan claims."""
    tiers = [(tier.name, tier.value) for tier in october.plan.record.tiers]
    assert check_plan(october.case, october.plan.tables, tiers) == ()


def test_the_plan_is_proved_to_be_best(october: Planned) -> None:
    """Each tier is within a millionth of a bound that needs no trust in the solver."""
    record = october.plan.record
    assert {tier.name: tier.gap for tier in record.tiers if tier.gap is None or tier.gap > GAP} == {}
    assert record.certified_gap is not None
    assert record.certified_gap <= GAP
    assert record.claimed_gap <= GAP


def test_what_is_saved_is_read_back_equal(october: Planned, tmp_path: Path) -> None:
    """The folder of the plan, and one it is saved in once more, hold the same tables and the same record."""
    save_plan(october.plan, tmp_path / "again")
    for folder in (october.folder, tmp_path / "again"):
        read = desk.load_plan(folder)
        assert read.record == october.plan.record
        for name, frame in october.plan.tables.items():
            assert_frame_equal(read[name], frame)


def test_gifts_are_within_what_was_announced(october: Planned) -> None:
    """By hand from the tables of the case: no pledge gives more than it states less what was delivered."""
    given = october.plan["handovers"].filter(basis="pledge").group_by("agreement").agg(given="quantity")
    pledges = october.case["pledges"].join(given, left_on="pledge", right_on="agreement")
    assert pledges.height > 50
    for row in pledges.to_dicts():
        assert sum(row["given"]) <= row["quantity"] - row["delivered_quantity"] + 1e-4


def test_gifts_leave_on_the_days_of_their_pledges(october: Planned) -> None:
    """By hand from the tables of the case: nothing leaves before it is available, nothing after."""
    days = october.case["pledges"].select("pledge", "available_from", "available_until")
    given = october.plan["handovers"].join(days, left_on="agreement", right_on="pledge")
    assert given.filter(pl.col("available_from") > october.case.scenario.as_of).height >= 20
    assert given.filter(pl.col("leaves_from") < pl.col("available_from")).is_empty()
    assert given.filter(pl.col("leaves_until") > pl.col("available_until")).is_empty()


def test_nobody_is_given_more_than_it_needs(october: Planned) -> None:
    """Ukraine is given the 200 trucks and the 50,000 body armours that it asks for, and not one more."""
    given = october.plan["handovers"].filter(pl.col("basis") == "pledge").group_by("item").agg(pl.col("quantity").sum())
    found = dict(given.iter_rows())
    assert {item: round(found[item], 3) for item in ("truck", "body_armour")} == {"truck": 200, "body_armour": 50000}
