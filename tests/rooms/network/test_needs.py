"""The occurrences of needs: when each is due and between when it may be issued."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import NEW_YEAR, make_case

from scorta.case import step
from scorta.network import Occurrences, build_network

HEADS = "need place item quantity required_by priority"
"""The fields that every need has."""


def occurrences(blocks: str, needs: str) -> Occurrences:
    """Return the occurrences of needs in a case of nothing else."""
    return build_network(make_case(blocks, needs=needs)).occurrences


def due_dates(found: Occurrences) -> list[dt.date]:
    """Return the days on which occurrences are due."""
    return [NEW_YEAR + dt.timedelta(days=int(day)) for day in found.due_day]


def test_only_open_needs_of_the_horizon() -> None:
    """A draft, a closed and a withdrawn need, and one due after the plan, ask for nothing; the day before it does."""
    states = " | ".join(
        f"{state} P rice 1 2024-01-05 1 {state}" for state in ("open", "draft", "closed", "withdrawn", "-")
    )
    found = occurrences(
        "week 1", f"{HEADS} state | {states} | late P rice 1 2024-01-08 1 - | last P rice 1 2024-01-07 1 -"
    )
    assert found.need.tolist() == [0, 4, 6]


def test_a_need_before_the_plan() -> None:
    """What was due before the first day is due in bucket 0, and late from bucket 1 on."""
    found = occurrences("week 3", f"{HEADS} | N1 P rice 1 2023-12-01 1")
    assert (found.due.tolist(), found.first.tolist(), found.last.tolist()) == ([0], [0], [2])


def test_lapse_and_backorder() -> None:
    """A backorder may be met to the end of the plan, what lapses in its bucket or that of its last day of grace."""
    found = occurrences(
        "week 4",
        f"{HEADS} unmet lapse_days | A P rice 1 2024-01-10 1 backorder 3 | B P rice 1 2024-01-10 1 lapse - "
        "| C P rice 1 2024-01-10 1 lapse 4 | D P rice 1 2024-01-10 1 lapse 5 | E P rice 1 2024-01-10 1 lapse 99",
    )
    assert found.last.tolist() == [3, 1, 1, 2, 3]


def test_not_before_moves_along() -> None:
    """From 3 days before each occurrence; before the first day of the plan counts as the first day."""
    found = occurrences(
        "day 20", f"{HEADS} not_before every until | N1 P rice 2 2024-01-02 1 2023-12-30 week 2024-01-16"
    )
    assert due_dates(found) == [dt.date(2024, 1, 2), dt.date(2024, 1, 9), dt.date(2024, 1, 16)]
    assert found.first.tolist() == [0, 5, 12]
    assert found.quantity.tolist() == [2, 2, 2]


def test_until_includes_its_day() -> None:
    """Through 16 January there are three Tuesdays; through 15 January two; without an end all of the plan."""
    words = f"{HEADS} every until | N1 P rice 2 2024-01-02 1 week "
    assert len(occurrences("week 4", words + "2024-01-16")) == 3
    assert len(occurrences("week 4", words + "2024-01-15")) == 2
    assert len(occurrences("week 4", words + "-")) == 4


def test_who_asks() -> None:
    """A need is the owner's own where nobody or the owner of the place asks; another party's is not."""
    found = occurrences(
        "week 1", f"{HEADS} party | A P rice 1 2024-01-05 1 - | B P rice 1 2024-01-05 1 A | C P rice 1 2024-01-05 1 B"
    )
    assert found.own.tolist() == [True, True, False]


@given(
    st.dates(dt.date(2023, 11, 1), dt.date(2024, 6, 30)),
    st.sampled_from(["week", "month", "quarter", "year"]),
    st.integers(0, 500),
)
def test_occurrences_step_as_the_calendar_does(start: dt.date, every: str, days: int) -> None:
    """The n-th occurrence is due `step(start, every, n)`: the 31st comes back on the 30th, then on the 31st."""
    until = start + dt.timedelta(days=days)
    found = occurrences("month 14", f"{HEADS} every until | N1 P rice 2 {start} 1 {every} {until}")
    last = min(until, dt.date(2025, 2, 28))
    wanted = [day for day in (step(start, every, count) for count in range(80)) if day <= last or day == start]
    assert due_dates(found) == wanted


@pytest.mark.parametrize("day", ["2024-01-29", "2024-01-30", "2024-01-31"])
def test_month_ends(day: str) -> None:
    """The 29th, 30th and 31st of January all come back on 29 February, and each on its own day in March."""
    found = occurrences("month 3", f"{HEADS} every until | N1 P rice 2 {day} 1 month 2024-03-31")
    assert due_dates(found)[1:] == [dt.date(2024, 2, 29), dt.date.fromisoformat(day.replace("-01-", "-03-"))]
