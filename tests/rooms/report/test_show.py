"""The views of a plan."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.rooms.report.conftest import table_of

from scorta.errors import InputError
from scorta.plan import Plan
from scorta.report import list_rows, set_page, show_view
from scorta.report.views import VIEW_NAMES


@pytest.mark.parametrize("name", VIEW_NAMES)
def test_every_view_can_be_shown(plan: Plan, name: str) -> None:
    """A view with rows shows them; one without says so in a sentence."""
    assert plan.record.title in set_page(show_view(plan, name))
    assert isinstance(list_rows(plan, name), list)


def test_limit_cuts_and_says_so(plan: Plan) -> None:
    """The rows beyond the limit are counted on the page; JSON has as many rows as asked for."""
    assert "… and 3 more rows" in set_page(show_view(plan, "needs", limit=1))
    assert "more row" not in set_page(show_view(plan, "needs", limit=4))
    assert len(list_rows(plan, "needs", limit=2)) == 2


def test_codes_keep_rows_that_name_all_of_them(plan: Plan) -> None:
    """Place and item together keep the one row that names both."""
    assert [row["need"] for row in list_rows(plan, "needs", ("HUB", "heater"))] == ["N2"]
    assert list_rows(plan, "needs", ("DEPOT", "generator")) == []


def test_codes_may_be_typed_in_small_letters(plan: Plan) -> None:
    """Capitals do not matter, unless two codes differ in nothing else: then the one that was typed is meant."""
    assert [row["need"] for row in list_rows(plan, "needs", ("hub", "Heater"))] == ["N2"]
    needs = plan["fulfilment"]
    twins = pl.concat([needs, needs.filter(pl.col("need") == "N1").with_columns(need=pl.lit("n1"))])
    two = replace(plan, tables={**plan.tables, "fulfilment": twins})
    assert [row["need"] for row in list_rows(two, "needs", ("n1",))] == ["n1"]
    assert [row["need"] for row in list_rows(two, "needs", ("N1",))] == ["N1"]


@pytest.mark.parametrize("word", ["HUBB", "hubb"])
def test_misspelt_code_gets_the_nearest(plan: Plan, word: str) -> None:
    """A slip of the pen is answered with what was probably meant."""
    for ask in (show_view, list_rows):
        with pytest.raises(InputError, match=f"Nothing in the plan has the code {word}. Near it: HUB"):
            ask(plan, "stock", (word,))


def test_numbers_in_rows_are_not_rounded(plan: Plan) -> None:
    """Only the page rounds."""
    assert list_rows(plan, "shipments")[0]["quantity"] == 1234.5678
    assert "1,235" in set_page(show_view(plan, "shipments"))


ORDER = {
    "contract": "C-GEN-LARGE", "supplier": "GENMAKERS", "buyer": "UA", "item": "generator_large", "place": "HUB-RZE",
    "decide_by": date(2022, 10, 10), "delivered_from": date(2022, 11, 26), "delivered_until": date(2022, 12, 2),
    "firm": 12345.0, "option": 12345.0, "quantity": 24690.0, "unit_price_eur": 45000.0, "cost_eur": 1111050000.0,
}  # fmt: skip
"""An order with long names and large figures."""

EXPANSION = {
    "decided_on": date(2022, 10, 13), "expansion": "X-RHM-SHELL", "line": "L-RHM-SHELL", "count": 0.46,
    "available_from": date(2023, 5, 11), "adds_per_month": 3200.0, "cost_eur": 104577464.0, "paid_by": "DE",
}  # fmt: skip
"""An expansion with long names and large figures."""


@pytest.mark.parametrize(("name", "row"), [("orders", ORDER), ("expansions", EXPANSION)])
def test_long_names_stand_on_one_line(plan: Plan, name: str, row: dict[str, object]) -> None:
    """At the usual width a row is one line of text; what the page leaves out is still told to a program."""
    changed = replace(plan, tables={**plan.tables, name: table_of(name, row)})
    lines = set_page(show_view(changed, name)).splitlines()
    shown = [cell for cell in row.values() if isinstance(cell, str) and cell not in ("GENMAKERS", "HUB-RZE")]
    assert any(all(cell in line for cell in shown) for line in lines), lines
    assert row.items() <= list_rows(changed, name)[0].items()


@pytest.mark.parametrize("words", [("PL", "generator"), ("pl", "Generator"), ("generator", "PL")])
def test_a_party_and_an_item_show_the_whole_stock(held: Plan, words: tuple[str, ...]) -> None:
    """Level, what comes and goes, floor and objective, week by week; the letters and the order do not matter."""
    text = set_page(show_view(held, "stock", words))
    assert "Stock of PL, generator: over all its places" in text
    assert "2022-11-06" in text
    assert [row["level"] for row in list_rows(held, "stock", words)] == [60.0, 60.0, 75.0]
    assert [row["short"] for row in list_rows(held, "stock", words)] == [10.0, 10.0, 0.0]


def test_a_place_and_an_item_show_its_lots(held: Plan) -> None:
    """A place is no party: what lies there is shown, as with one word or none."""
    assert [row["place"] for row in list_rows(held, "stock", ("HUB", "heater"))] == ["HUB"]
    assert len(list_rows(held, "stock", ("heater",))) == len(list_rows(held, "stock")) == 2


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("PLL", "generator"), "the code PLL. Near it: PL"),
        (("PL", "genrator"), "the code genrator. Near it: generator"),
        (("HUB", "haeter"), "the code haeter. Near it: heater"),
        (("PL", "zzzz"), "`scorta show PLAN holdings` lists"),
    ],
)
def test_a_wrong_party_or_item_is_refused(held: Plan, words: tuple[str, ...], near: str) -> None:
    """The word is named, with what comes near it; rows and page alike."""
    for ask in (show_view, list_rows):
        with pytest.raises(InputError, match=near):
            ask(held, "stock", words)


def test_what_a_party_never_holds(held: Plan) -> None:
    """Both words are known, and nothing of the one lies with the other: that is an answer."""
    text = set_page(show_view(held, "stock", ("UA", "generator")))
    assert "It never holds any, and should hold none." in text
    assert list_rows(held, "stock", ("UA", "generator")) == []
