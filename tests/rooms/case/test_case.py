"""The case: completed tables, addresses, what-ifs, the hash of what a plan depends on, and what is frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from tests.cases import make_case, read_words

from scorta.case import ROW, Case, Change, Horizon, Previous, changes_frame, changes_in, schema
from scorta.tables import CASE_TABLES

NEEDS = "need place item quantity required_by priority | N1 P rice 5 2024-01-07 1 | N2 Q rice 6 2024-01-14 2"
"""Two needs."""


@pytest.mark.parametrize("name", CASE_TABLES)
def test_every_table_is_complete(name: str) -> None:
    """A table that is not given is there with all its columns, of their types, and no row; it is not `given`."""
    case = make_case("week 1")
    assert dict(case[name].schema) == schema(CASE_TABLES[name])
    assert (name in case.given) == (len(case[name]) > 0) == (name in ("parties", "places", "items"))


def test_defaults_fill_empty_cells() -> None:
    """An empty state is open, an empty `unmet` is backorder; what is said stays; what has no default stays empty."""
    case = make_case("week 1", needs=NEEDS.replace("priority", "priority state").replace("7 1", "7 1 -") + " draft")
    assert case["needs"]["state"].to_list() == ["open", "draft"]
    assert case["needs"]["unmet"].to_list() == ["backorder", "backorder"]
    assert case["needs"]["lapse_days"].to_list() == [None, None]


def test_defaults_of_numbers_and_yes_no() -> None:
    """The yield of a process is 1 unless said, delivered is 0, whole is no: each as the type of its column."""
    case = make_case(
        "week 1",
        processes="process place item lead_time_days yield | A P rice 0 - | B P rice 0 0.5",
        pledges="pledge donor item state | G A rice committed",
    )
    assert case["processes"]["yield"].to_list() == [1.0, 0.5]
    assert case["processes"]["whole"].to_list() == [False, False]
    assert case["pledges"]["delivered_quantity"].to_list() == [0.0]


def test_rows_are_counted_from_two() -> None:
    """Where the input did not say on which row it stood, the first row is 2, under the header; else it is kept."""
    case = make_case("week 1", needs=NEEDS)
    assert case["needs"][ROW].to_list() == [2, 3]
    moved = case["needs"].with_columns(pl.Series(ROW, [7, 9]))
    assert case.replace(needs=moved)["needs"][ROW].to_list() == [7, 9]


def test_address() -> None:
    """A row is named by file and row; where there is no file, by its table and its place among the rows."""
    case = make_case("week 1", needs=NEEDS)
    assert case.address("needs", 2) == "needs.csv:2"
    assert case.address("legs", 2) == "legs[0]"
    assert replace(case, files={"needs": "winter.xlsx [needs]"}).address("needs", 3) == "winter.xlsx [needs]:3"


def test_replace_is_a_new_case() -> None:
    """A what-if leaves the case as it was; the new table is complete and given."""
    case = make_case("week 1", needs=NEEDS)
    stocks = read_words(CASE_TABLES["stocks"], "place item quantity | P rice 5")
    other = case.replace(stocks=stocks)
    assert len(case["stocks"]) == 0
    assert "stocks" not in case.given
    assert other["stocks"]["condition"].to_list() == ["serviceable"]
    assert "stocks" in other.given
    assert other["needs"] is case["needs"]


def other_cells(case: Case) -> list[Case]:
    """Return cases of which each differs from this in one cell of the needs."""
    needs = case["needs"]
    changes = {
        "need": "N3", "place": "R", "quantity": 5.5, "required_by": dt.date(2024, 1, 8), "priority": 3,
        "state": "draft", "every": "week", "unmet_cost_eur": 0.0, "note": "a remark", "source": "a page",
    }  # fmt: skip
    return [
        case.replace(needs=needs.with_columns(pl.Series(name, [value, needs[name][1]], needs.schema[name])))
        for name, value in changes.items()
    ]


def test_digest_changes_with_any_cell() -> None:
    """One other cell, of whatever type, is another hash; the same tables again have the same."""
    case = make_case("week 1", needs=NEEDS)
    assert case.digest() == make_case("week 1", needs=NEEDS).digest()
    digests = [case.digest(), *(other.digest() for other in other_cells(case))]
    assert len(set(digests)) == len(digests)


def test_digest_changes_with_the_scenario() -> None:
    """Another horizon, first day, policy of gifts or order of tiers is another hash; so is an empty table."""
    cases = [
        make_case("week 1"),
        make_case("week 2"),
        make_case("day 7"),
        make_case("week 1", dt.date(2024, 1, 2)),
        make_case("week 1", scenario={"gifts": "open"}),
        make_case("week 1", scenario={"tiers": ("needs", "floors")}),
        make_case("week 1", pledges="pledge"),
    ]
    assert len({case.digest() for case in cases}) == len(cases)


def test_digest_does_not_know_files() -> None:
    """The same tables from other files, or on other rows of them, have the same hash."""
    case = make_case("week 1", needs=NEEDS)
    elsewhere = replace(case, files={"needs": "needs.parquet"})
    moved = case.replace(needs=case["needs"].with_columns(pl.Series(ROW, [7, 9])))
    assert elsewhere.digest() == moved.digest() == case.digest()


def test_digest_knows_an_empty_text_from_none() -> None:
    """A note of no letters and no note differ, as text and nothing do."""
    case = make_case("week 1", needs=NEEDS)
    empty = case.replace(needs=case["needs"].with_columns(note=pl.lit("")))
    assert empty.digest() != case.digest()


@pytest.mark.parametrize(("days", "buckets"), [(0, 0), (6, 0), (7, 1), (13, 1), (14, 2), (400, 4)])
def test_whole_buckets_are_frozen(days: int, buckets: int) -> None:
    """A bucket is frozen where all of its days are."""
    horizon = Horizon.build(dt.date(2023, 1, 2), (("week", 4),))
    assert Previous({}, days).frozen(horizon) == buckets


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
