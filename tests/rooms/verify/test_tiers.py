"""Tiers: each is called by a known name, once, and is what the tables make."""

import pytest
from tests.rooms.verify.test_breach import CASE, LEVELS

from scorta.verify import check_plan


@pytest.fixture
def plain(make_situation):
    """A depot in which nothing happens for two weeks."""
    return make_situation("week 2", CASE, {"stock_levels": LEVELS}, {"cost": 0.0})


def test_tiers_have_a_known_name_once(plain):
    """A tier that nobody knows, or that stands twice, is a breach."""
    for tiers in (
        [("cost", 0.0), ("beauty", 0.0)],
        [("cost", 0.0), ("cost", 0.0)],
        [("cost", float("nan"))],
        [("floors", float("nan"))],
    ):
        assert {breach.rule for breach in check_plan(plain.case, plain.complete().plan, tiers)} == {"tiers"}


def test_a_tier_is_what_the_tables_make(plain):
    """Nothing costs anything: a cost of a cent is told with both figures, and 0 is right."""
    tables = plain.complete().plan
    (breach,) = check_plan(plain.case, tables, [("cost", 0.01)])
    assert breach.sentence == "The tier cost is 0.01, and the tables make 0.0."
    assert check_plan(plain.case, tables, [("cost", 0.0)]) == ()
