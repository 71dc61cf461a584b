"""The tables of what-ifs, risks and meetings."""

from __future__ import annotations

import pytest
from tests.rooms.tables.reading import read, wrong

HEADS = "change table id field operation value"


def test_rows_of_one_name_are_one_what_if() -> None:
    """They may stand in any number, and do one after the other what their operations say."""
    rows = "late pledges P1 quantity set 5 | late pledges P1 quantity multiply 2 | more pledges P1 quantity add 1"
    found = read("changes", f"{HEADS} | {rows}")
    assert found["change"].to_list() == ["late", "late", "more"]
    assert found["operation"].to_list() == ["set", "multiply", "add"]


@pytest.mark.parametrize(
    ("table", "words", "error"),
    [
        ("changes", f"{HEADS} | late pledges P1 quantity halve 5", ("unknown-choice", "operation")),
        ("changes", f"{HEADS} | - pledges P1 quantity set 5", ("empty-cell", "change")),
        ("risks", "risk table field distribution parameters probability | R1 legs transit_days normal m=1 1.5",
         ("above-maximum", "probability")),
        ("agenda", "session meeting starts | S1 M9 2022-10-12", ("unknown-reference", "meeting")),
        ("decisions", "decision text | D1 yes | D1 no", ("duplicate-key", "decision")),
        ("meetings", "meeting starts ends | M1 soon -", ("not-a-date", "starts")),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(table: str, words: str, error: tuple[str, str]) -> None:
    """Nothing else is done than the four operations; chances are parts of one; sessions belong to meetings."""
    assert wrong(table, words) == [error]


def test_a_risk_happens_unless_its_chance_is_said() -> None:
    """An empty probability is one."""
    (row,) = read("risks", "risk table field distribution parameters | R1 legs transit_days normal m=1").to_dicts()
    assert row["probability"] == 1
