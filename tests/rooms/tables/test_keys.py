"""The tables of burden-sharing keys and of shares."""

from __future__ import annotations

import polars as pl
import pytest
from tests.conftest import Planned
from tests.rooms.tables.reading import read, wrong


def test_shares_are_parts_of_one_whole() -> None:
    """Two halves are a key; more than all, and a party that stands twice, are none."""
    assert read("keys", "key party share | gdp PL 0.5 | gdp DE 0.5")["maximum_excess"].to_list() == [None, None]
    assert ("above-maximum", "share") in wrong("keys", "key party share | gdp PL 1.5 | gdp DE 0.5")
    assert ("key-not-whole", "share") in wrong("keys", "key party share | gdp PL 0.5 | gdp DE 0.4")
    assert ("duplicate-key", "key") in wrong("keys", "key party share | gdp PL 0.5 | gdp PL 0.5")


def test_excess_is_what_is_given_above_the_share(winter: Planned) -> None:
    """Given - share x total, where the total is what all parties of the key give: so that excesses add up to none."""
    shares = winter.plan["shares"]
    assert not shares.is_empty()
    above = shares["given_eur"] - shares["share"] * shares["total_eur"]
    assert shares["excess_eur"].to_list() == pytest.approx(above.to_list(), abs=1)
    totals = shares.group_by("key").agg(
        pl.col("given_eur").sum(), pl.col("excess_eur").sum(), pl.col("total_eur").first()
    )
    assert totals["given_eur"].to_list() == pytest.approx(totals["total_eur"].to_list())
    assert totals["excess_eur"].to_list() == pytest.approx([0.0] * totals.height, abs=1)
