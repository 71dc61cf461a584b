"""The stock of a party over all its places, asked for by two words after `stock`."""

import pytest

from scorta.errors import InputError
from scorta.plan import Plan
from scorta.report import list_rows, set_page, show_view


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
        (("PLL", "generator"), "PLL is no party, place or item .* Near it: PL"),
        (("PL", "genrator"), "genrator is no party, place or item .* Near it: generator"),
        (("HUB", "haeter"), "haeter is no party, place or item .* Near it: heater"),
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
