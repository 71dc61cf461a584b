"""The tables of kits, of substitutes, and of the kits that are put together."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong


def test_a_component_stands_once_in_a_kit() -> None:
    """Two rows of one component would leave it open which counts."""
    assert read("kits", "item component quantity | box tent 1 | box cot 4")["quantity"].to_list() == [1, 4]
    assert wrong("kits", "item component quantity | box tent 1 | box tent 2") == [("duplicate-key", "item")]


def test_a_substitute_may_count_otherwise_later() -> None:
    """Rows of one pair follow one another in time, and serve as components only where that is said."""
    rows = "tent cot 0.5 2022-10-17 2022-10-30 - | tent cot 0.25 2022-10-31 - yes"
    found = read("substitutes", f"item substitute factor from_date until_date for_components | {rows}")
    assert found.select("factor", "for_components").rows() == [(0.5, False), (0.25, True)]


def test_kits_are_made_of_their_components(winter: Planned) -> None:
    """A winter kit takes one stove: as many are made as stoves of UA go out that are not issued as stoves.

    They are there on the last day of the bucket, and no more are issued than were made and lay there.
    """
    kits, as_of, ends = winter.plan["kits"], winter.case.scenario.as_of, winter.case.horizon.ends
    assert kits["date"].to_list() == [as_of + dt.timedelta(days=int(ends[each])) for each in kits["bucket"]]
    made = kits.filter(item="winter_kit")["quantity"].sum()
    stoves = winter.plan["holdings"].filter(party="UA", item="stove")["goes_out"].sum()
    alone = winter.plan["issues"].filter(item="stove")["quantity"].sum()
    assert made == pytest.approx(stoves - alone)
    held = winter.case["stocks"].filter(item="winter_kit")["quantity"].sum()
    assert 0 < winter.plan["issues"].filter(item="winter_kit")["quantity"].sum() <= made + held + 1e-4
