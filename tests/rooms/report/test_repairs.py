"""Repairs of a need as a page and as a file: what to change, what comes of it, for whom else, and at what price."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.rooms.report.conftest import need_row

from scorta.case import Change
from scorta.report import fix_page, set_page, write_repair
from scorta.why import Effect, Fix, Hindrance, Kind, Remedy

NEED = need_row("N1", 120.0, 70.0, 50.0)
EARLIER = Change("repair", "pledges", "P1", "available_from", "set", "2022-11-14")


def fix(**more: Any) -> Fix:
    """Return a repair that brings a pledge forward: 50 more come on time, 350 unit-days earlier, for nothing."""
    facts = {"pledge": "P1", "donor": "DE", "item": "tent", "quantity": 60.0, "available_from": "2022-11-21"}
    usual: dict[str, Any] = {
        "repair": (Remedy(Hindrance(Kind.PLEDGE_TOO_LATE, ("pledges.csv:2",), facts), (EARLIER,)),),
        "effect": Effect("N1", 50.0, -50.0, 0.0, -350.0),
        "others": (), "swaps": (), "left": 0.0, "price": 0.0, "days": 350.0,
    }  # fmt: skip
    return Fix(**(usual | more))


def page(*fixes: Fix) -> str:
    """Return the page of some repairs, on one line."""
    return " ".join(set_page(fix_page("A case", NEED, fixes), 200).split())


def test_a_repair_says_what_is_changed_and_what_comes_of_it() -> None:
    """In words, and as a row of a table of changes."""
    told = page(fix())
    assert "1. DE brings its pledge P1 forward from 2022-11-21 to 2022-11-14" in told
    assert "50 more on time; 350 unit-days spared." in told
    assert "pledges P1: set available_from 2022-11-14" in told
    assert "Each was planned as the whole case" in told


@pytest.mark.parametrize(
    ("price", "words"),
    [
        (None, "Nobody counts cost here."),
        (0.001, "The plan costs as much as before."),
        (-70.0, "The plan costs 70 EUR less."),
        (700.0, "The plan costs 700 EUR more, 2 EUR for each unit-day."),
    ],
)
def test_a_repair_has_its_price(price: float | None, words: str) -> None:
    """Of 350 unit-days 700 EUR are 2 for each; a part of a cent is nothing."""
    assert words in page(fix(price=price))


def test_what_others_get_is_said() -> None:
    """Three are named, the first figure that changes of each; those that only change places are not."""
    assert "No other need is met otherwise." in page(fix())
    assert "Other needs only change places" in page(fix(swaps=("N7",)))
    others = [Effect(f"N{number}", 0.0, 0.0, 0.0, 7.0) for number in (4, 5)]
    told = page(fix(others=(Effect("N2", -3.0, 3.0, 0.0, 21.0), Effect("N3", 0.0, 0.0, 0.0, -5.0), *others)))
    assert "Other needs: N2 3 fewer on time; N3 5 unit-days earlier; N4 7 unit-days later, and 1 more." in told


def test_where_nothing_can_be_done_or_has_to_be() -> None:
    """A need that is late is told where to look; one that is met is praised."""
    assert "`scorta why N1` says what is in its way." in page()
    met = set_page(fix_page("A case", need_row("N1", 120.0, 120.0, 0.0), []))
    assert "All of it comes on time." in met


def test_a_repair_is_written_as_a_what_if(tmp_path: Path) -> None:
    """A row of the table of changes, under its headings."""
    write_repair(fix(), tmp_path / "what-if.csv")
    heads, row = (tmp_path / "what-if.csv").read_text(encoding="utf-8").splitlines()
    assert heads.startswith("change,table,id,field,operation,value")
    assert row.startswith("repair,pledges,P1,available_from,set,2022-11-14")
