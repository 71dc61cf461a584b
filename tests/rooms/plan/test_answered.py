"""The questions that every table asks of an answer."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from tests.cases import make_case

from scorta.case import BEYOND
from scorta.network import build_network
from scorta.plan.answered import QUANTITY_TOLERANCE, Answered
from scorta.problem import build_problem
from scorta.rules import Column


@pytest.fixture(name="solved")
def _solved() -> Answered:
    """Return a case of a dated and a repairable lot, in whose answer every column is 2 but the first of stock."""
    stocks = (
        "place item quantity expires_on condition reserved_for | P rice 1 2024-01-10 - N1 | P rice 1 - repairable -"
    )
    network = build_network(make_case("week 1", stocks=stocks))
    problem = build_problem(network)
    values = np.full(len(problem.lower), 2.0)
    values[problem.columns[Column.STOCK].start] = QUANTITY_TOLERANCE / 2
    return Answered(network, problem, cast(Any, SimpleNamespace(values=values)))


def test_noise_is_not_used(solved: Answered) -> None:
    """A column below the solver's tolerance counts as nothing."""
    family, at, values = solved.used(Column.STOCK)
    assert family.size == 2
    assert (at.tolist(), values.tolist()) == ([1], [2.0])


def test_days_as_dates(solved: Answered) -> None:
    """Days count from the first day of the plan; what lies beyond every horizon has no date."""
    assert solved.dates(np.array([0, 9, BEYOND])).to_list() == [dt.date(2024, 1, 1), dt.date(2024, 1, 10), None]


def test_what_names_a_lot(solved: Answered) -> None:
    """A lot is named by what it is reserved for and its last day; the other waits for repair."""
    spots = np.arange(2)
    named = {name: values.to_list() for name, values in solved.lot(spots).items()}
    rows = set(zip(named["reserved_for"], named["expires_on"], solved.condition(spots).to_list(), strict=True))
    assert rows == {("N1", dt.date(2024, 1, 10), "serviceable"), (None, None, "repairable")}
