"""The tables of parties, places and items."""

from __future__ import annotations

import pytest
from tests.rooms.tables.reading import WORLD, read, wrong

from scorta.tables import CASE_TABLES


@pytest.mark.parametrize("table", ["parties", "places", "items"])
def test_no_case_is_without_them(table: str) -> None:
    """They are the only tables whose absence stops a case."""
    needed = [one.name for one in CASE_TABLES.values() if one.needed == "always"]
    assert table in needed
    assert len(needed) == 3


def test_a_place_is_a_depot_and_an_item_no_kit_unless_it_is_said() -> None:
    """What is not known of them, such as mass or storage, stays unknown."""
    (place,) = read("places", WORLD["places"].replace("DEPOT PL depot", "DEPOT PL -")).filter(place="DEPOT").to_dicts()
    assert (place["kind"], place["storage_t"]) == ("depot", None)
    (item,) = read("items", WORLD["items"].replace("cot item 9", "cot - 9")).filter(item="cot").to_dicts()
    assert (item["kind"], item["shelf_life_days"]) == ("item", None)


@pytest.mark.parametrize(
    ("table", "words", "error"),
    [
        ("parties", "party kind | UA nation | PL empire | DE nation | ACME industry", ("unknown-choice", "kind")),
        ("places", f"{WORLD['places']} | HUB PL hub", ("duplicate-key", "place")),
        ("places", "place party latitude | HUB UA 91 | DEPOT PL - | PLANT ACME -", ("above-maximum", "latitude")),
        ("places", "place party longitude | HUB UA -181 | DEPOT PL - | PLANT ACME -", ("below-minimum", "longitude")),
        ("items", "item kind shelf_life_days | tent - 0 | stove - - | cot - - | box kit -",
         ("below-minimum", "shelf_life_days")),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(table: str, words: str, error: tuple[str, str]) -> None:
    """No other kinds, no place off the globe, no goods that are over the day they come."""
    assert error in wrong(table, words)
