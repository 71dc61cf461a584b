"""The books of the checker: its calendar, the even flow over it, and facts of the case that are worked out once."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from scorta.case import Horizon
from scorta.verify.books import Books, calendar_of, come_back, once, open_books, pledges_of, spread

MONDAY = dt.date(2024, 1, 1)
HORIZON = Horizon.build(MONDAY, (("week", 2), ("month", 1)))


def test_the_calendar_has_a_row_for_each_bucket():
    """Two weeks and the month after them, with their days and the part of a month that these are."""
    calendar = calendar_of(HORIZON)
    assert calendar["days"].to_list()[:2] == [7, 7]
    assert calendar["first_date"].to_list()[:2] == [MONDAY, dt.date(2024, 1, 8)]
    assert calendar["months"][0] == pytest.approx(7 / 31)


def test_what_runs_evenly_arrives_by_days():
    """What leaves on seven days and takes three arrives to 4/7 in that week; what comes after the end has no row."""
    days = np.array([0]), np.array([6]), np.array([3.0])
    flow, bucket, share = spread(HORIZON, *days)
    assert (flow.tolist(), bucket.tolist()) == ([0, 0], [0, 1])
    assert share == pytest.approx([4 / 7, 3 / 7])
    late = spread(HORIZON, np.array([0]), np.array([6]), np.array([1000.0]))
    assert [len(column) for column in late] == [0, 0, 0]


@pytest.mark.parametrize(
    ("every", "count", "day"),
    [
        ("week", 2, "2024-02-14"),
        ("month", 1, "2024-02-29"),
        ("quarter", 1, "2024-04-30"),
        ("year", 1, "2025-01-31"),
    ],
)
def test_what_comes_back_comes_on_the_same_day_where_there_is_one(every, count, day):
    """The 31st of January comes back on the last day of a shorter month."""
    found = come_back(np.array(["2024-01-31"], dtype="datetime64[D]"), np.array([every]), np.array([count]))
    assert str(found[0]) == day


def test_a_frame_is_worked_out_once(make_situation):
    """However many rules ask for it; other books have frames of their own."""
    calls = []

    @once
    def frame(books: Books) -> pl.DataFrame:
        """Count how often it is asked for."""
        calls.append(books)
        return books.calendar

    plain = make_situation("week 1", {"parties": "party kind\nPL nation", "places": "", "items": ""}, {}, {})
    one, two = (open_books(plain.case, plain.complete().plan) for _ in range(2))
    assert frame(one) is frame(one)
    assert frame(two) is two.calendar
    assert calls == [one, two]


@pytest.mark.parametrize(
    ("row", "left", "is_open"),
    [
        ("10 known 4 committed -", 6.0, True),
        ("10 known 4 withdrawn -", 0.0, False),
        ("10 known - delivered -", 0.0, False),
        ("10 estimated 4 committed -", 0.0, False),
        ("3 known 4 committed -", 0.0, True),
        ("10 known 4 committed 2023-12-31", 6.0, False),
    ],
)
def test_what_is_left_of_a_pledge(make_situation, row, left, is_open):
    """What was delivered comes off; a pledge that is withdrawn, delivered or not known has nothing left."""
    words = f"pledge donor item quantity quantity_state delivered_quantity state available_until\nP PL gen {row}"
    case = {"parties": "party kind\nPL nation", "places": "place party\nA PL", "items": "item\ngen", "pledges": words}
    plain = make_situation("week 1", case, {}, {})
    found = pledges_of(open_books(plain.case, plain.plan)).row(0, named=True)
    assert (found["left"], found["is_open"]) == (left, is_open)


def test_books_take_their_parts_by_name(make_situation):
    """No two tables can be mixed up: a plan is one mapping, and nothing is given by position."""
    with pytest.raises(TypeError):
        Books(make_situation, {}, pl.DataFrame())
