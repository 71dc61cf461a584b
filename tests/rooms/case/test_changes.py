"""Changes as rows of their table, and back."""

from __future__ import annotations

import datetime as dt

from scorta.case import ROW, Change, changes_frame, changes_in

EARLY = Change("early", "pledges", "P1", "available_from", "set", "2022-11-07", None, dt.date(2022, 12, 31))


def test_changes_as_rows_and_back() -> None:
    """What is written down is read again, with the place where it stands."""
    frame = changes_frame([EARLY, Change("none", "pledges", "P1", "quantity", "set")])
    assert frame["value"].to_list() == ["2022-11-07", None]
    first, second = changes_in(frame.with_row_index(ROW, offset=2), "early.csv")
    assert (first.value, first.until_date, first.address) == ("2022-11-07", dt.date(2022, 12, 31), "early.csv:2")
    assert (second.value, second.address) == ("", "early.csv:3")


def test_a_change_of_python_stands_nowhere() -> None:
    """Without a row its address is that of what made it."""
    assert EARLY.address == "changes"
