"""The codes of a case as numbers, and what is known of places and items."""

from __future__ import annotations

import numpy as np
from tests.cases import make_case

from scorta.network.names import NO_REPAIRABLE, read_items, read_names, read_places


def test_reservations_are_what_goods_are_kept_for() -> None:
    """Number 0 is nothing; needs and places follow as stocks and pledges name them; repairable goods come last."""
    stocks = "place item quantity reserved_for condition | P rice 1 N1 - | P rice 1 N1 - | Q rice 1 - -"
    pledges = "pledge donor item quantity state only_for | G A rice 1 committed R"
    names = read_names(make_case("week 1", stocks=stocks, pledges=pledges))
    assert names.reservations.codes.to_list() == ["", "N1", "R"]
    assert names.repairable == NO_REPAIRABLE
    broken = read_names(make_case("week 1", stocks=stocks + " | R rice 1 - repairable", pledges=pledges))
    assert broken.reservations.codes.to_list() == ["", "N1", "R", None]
    assert broken.repairable == 3


def test_a_line_of_several_rows_has_one_number() -> None:
    """Lines and keys are numbered by their first row, other tables row by row."""
    case = make_case(
        "week 1",
        lines="line place capacity_per_month | B W 1 | A W 2 | B W 3",
        keys="key party share | K A 0.5 | K B 0.5",
    )
    names = read_names(case)
    assert (names.lines.codes.to_list(), names.keys.codes.to_list()) == (["B", "A"], ["K"])


def test_places_without_a_limit() -> None:
    """A place belongs to its party; where nobody says what it stores or lets through, nothing bounds it."""
    case = make_case("week 1", places="place party storage_t throughput_t_per_month | P B 5 - | Q A - 7")
    places = read_places(case, read_names(case))
    assert places.party.tolist() == [1, 0]
    assert places.storage.tolist() == [5, np.inf]
    assert places.throughput.tolist() == [np.inf, 7]


def test_what_items_weigh_and_how_long_they_keep() -> None:
    """Kilograms become tonnes; what is empty weighs and costs nothing and keeps; lots, kits, substitutes are noted."""
    case = make_case(
        "week 1",
        items="item kind mass_kg value_eur holding_eur_per_month shelf_life_days"
        " | rice - 250 3 2 30 | rye - - - - - | box kit - - - -",
        stocks="place item quantity expires_on | P rice 1 2024-03-01",
        kits="item component quantity | box rye 1",
        substitutes="item substitute factor | rice rye 1",
    )
    items = read_items(case, read_names(case))
    assert (items.mass.tolist(), items.value.tolist(), items.holding.tolist()) == ([0.25, 0, 0], [3, 0, 0], [2, 0, 0])
    assert items.life.tolist() == [30, np.inf, np.inf]
    assert items.has_dates.tolist() == [True, False, False]
    assert items.is_part.tolist() == items.is_substitute.tolist() == [False, True, False]
