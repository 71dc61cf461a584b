"""Rows found by their name or their address."""

from __future__ import annotations

import pytest
from tests.cases import case

from scorta.case.rows import find_rows
from scorta.tables import CASE_TABLES

STOCKS = "place item quantity | P rice 1 | Q rice 2 | P rice 3"


@pytest.mark.parametrize(
    ("name", "file", "found"),
    [
        ("P/rice", "stocks.csv", [2, 4]),
        ("stocks.csv:3", "stocks.csv", [3]),
        ("stocks:3", "stocks.csv", [3]),
        ("stocks[1]", "stocks", [3]),
        ("stocks[3]", "stocks", []),
        ("needs:3", "stocks.csv", []),
        ("R/rice", "stocks.csv", []),
        ("*/rice", "stocks.csv", [2, 3, 4]),
        ("P/*", "stocks.csv", [2, 4]),
        ("*", "stocks.csv", [2, 3, 4]),
        ("*/r*", "stocks.csv", []),
        ("./rice", "stocks.csv", []),
    ],
)
def test_rows_are_found_by_name_or_address(name: str, file: str, found: list[int]) -> None:
    """Several rows may have one name, a star is any code; an address names one, as a file counts or as Python does."""
    assert find_rows(case(stocks=STOCKS)["stocks"], CASE_TABLES["stocks"], name, file).to_list() == found
