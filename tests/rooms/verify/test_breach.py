"""Tables that cannot be read as a plan of the case."""

import polars as pl
import pytest

from scorta.verify import check_plan

CASE = {
    "parties": "party kind\nPL nation",
    "places": "place party\nA PL",
    "items": "item\ngen",
    "stocks": "place item quantity\nA gen 30",
}
LEVELS = "place item bucket date quantity expired\nA gen 0 2024-01-07 30 0\nA gen 1 2024-01-14 30 0"


@pytest.fixture
def plain(make_situation):
    """A depot in which nothing happens for two weeks."""
    return make_situation("week 2", CASE, {"stock_levels": LEVELS}, {"cost": 0.0})


def test_a_plan_of_nothing_breaks_no_rule(plain):
    """What lies there stays there."""
    assert plain.check() == ()


@pytest.mark.parametrize(
    ("column", "cell", "word"),
    [
        ("quantity", float("nan"), "finite"),
        ("quantity", float("inf"), "finite"),
        ("quantity", -1.0, "less than 0"),
        ("quantity", None, "empty"),
        ("bucket", 2, "no bucket"),
        ("bucket", -1, "less than 0"),
        ("bucket", 0, "more than once"),
        ("place", "B", "not in the case"),
        ("reserved_for", "N9", "not in the case"),
    ],
)
def test_a_cell_that_is_none(plain, column, cell, word):
    """Numbers are finite and not negative, buckets lie in the horizon, codes stand in the case, keys stand once."""
    found = plain.with_cell("stock_levels", 1, column, cell).check()
    assert any(word in breach.sentence for breach in found)
    assert {breach.rule for breach in found} <= {"form", "repeated"}
    assert {breach.table for breach in found} == {"stock_levels"}


def test_a_quantity_may_be_negative_by_round_off(plain):
    """What the solver leaves below zero is no breach, a thousandth is."""
    empty = plain.with_case(stocks="place item quantity\nA gen 0")
    for least, rules in ((-1e-9, set()), (-1e-3, {"form"})):
        spoilt = empty.with_cell("stock_levels", 0, "quantity", least).with_cell("stock_levels", 1, "quantity", least)
        assert spoilt.rules() == rules


def test_a_word_that_is_no_basis(plain):
    """A cell with choices holds one of them."""
    words = "basis giver receiver item bucket leaves_from leaves_until quantity\n{} PL PL gen 0 2024-01-01 2024-01-07 0"
    assert plain.with_plan(handovers=words.format("theft")).rules() == {"form"}
    assert plain.with_plan(handovers=words.format("free")).rules() == set()


def test_missing_and_strange_tables_and_columns(plain):
    """A table is there with all its columns, of their types, and no others."""
    levels = plain.plan["stock_levels"]
    for frame in (
        levels.drop("expired"),
        levels.with_columns(colour=pl.lit("red")),
        levels.with_columns(pl.col("bucket").cast(pl.Float64)),
        levels.with_columns(pl.col("date").cast(pl.String)),
    ):
        (breach,) = check_plan(plain.case, {**plain.plan, "stock_levels": frame}, plain.tiers)
        assert breach.rule == "form"
    (breach,) = check_plan(plain.case, {k: v for k, v in plain.plan.items() if k != "asks"}, plain.tiers)
    assert breach.sentence == "The table asks is missing."


def test_a_breach_names_its_row(plain):
    """The address names the row by its codes, the amount says by how much."""
    (breach, *_) = plain.with_cell("stock_levels", 1, "quantity", 32.0).check()
    assert breach.rule == "balance"
    assert breach.address == "place A, item gen, condition serviceable, bucket 1"
    assert breach.amount == pytest.approx(2.0)


def test_few_breaches_of_one_rule_are_listed(make_situation):
    """A plan that is wrong everywhere is not listed row by row."""
    rows = "\n".join(f"A gen {day} 2024-01-{day + 1:02} 0 1" for day in range(31))
    levels = f"place item bucket date quantity expired\n{rows}"
    found = make_situation("day 31", CASE, {"stock_levels": levels}, {}).check()
    assert len([breach for breach in found if breach.rule == "expiry"]) == 20
