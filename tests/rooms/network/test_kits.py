"""Kits, substitutes and repairable stock in the network: what may serve what, from when on."""

from __future__ import annotations

import numpy as np
import pytest
from tests.cases import make_case

from scorta.network import Network, build_network
from scorta.network.facts import Facts, read_facts

ITEMS = "item kind | rice item | wheat item | rye item | box kit | bag kit"
BOXES = "item component quantity | box rice 2 | box bag 1 | bag wheat 1"
NEED = "need place item quantity required_by priority"
PAIR = "item substitute factor for_components from_date until_date"


def network_of(blocks: str, **tables: str) -> Network:
    """Build the network of a case of words."""
    return build_network(make_case(blocks, items=ITEMS, **tables))


def kits_of(network: Network) -> set[str]:
    """Return the kits that may be put together, with their places."""
    recipe, names = network.recipe, network.names
    places, items = names.places.code(recipe.place), names.items.code(recipe.item)
    return {f"{items[k]} {places[k]}" for k in network.production.row.tolist() if k >= recipe.processes}


def test_a_case_without_them_has_no_arrays_for_them() -> None:
    """No factor and no reservation is kept where nothing needs one."""
    network = network_of("week 2", stocks="place item quantity | P rice 9", needs=f"{NEED} | N1 P rice 5 2024-01-07 1")
    assert network.issues.pair is None
    assert (len(network.substitutes), len(network.stand_ins)) == (0, 0)
    assert len(network.recipe.place) == network.recipe.processes
    assert network.names.repairable == -1


@pytest.mark.parametrize(
    ("tables", "found"),
    [
        ({"needs": f"{NEED} | N1 P box 5 2024-01-07 1"}, {"box P", "bag P"}),
        ({"needs": f"{NEED} | N1 P bag 5 2024-01-07 1"}, {"bag P"}),
        ({"needs": f"{NEED} | N1 P box 5 2024-03-07 1"}, set()),
        ({"objectives": "party item objective priority | A bag 5 1"}, {"bag P", "bag Q"}),
        ({"objectives": "place item floor | Q bag 5"}, {"bag Q"}),
        ({"objectives": "place item maximum | Q bag 5"}, set()),
        (
            {"needs": f"{NEED} | N1 P rye 5 2024-01-07 1", "substitutes": f"{PAIR} | rye bag 1 no - -"},
            {"bag P"},
        ),
    ],
)
def test_kits_are_put_together_where_they_are_asked_for(tables: dict[str, str], found: set[str]) -> None:
    """A need within the plan, a floor, an objective, another kit or a need for what it may replace asks for a kit."""
    stocks = "place item quantity | P rice 9 | P wheat 9 | Q wheat 9 | R wheat 9"
    assert kits_of(network_of("week 1", kits=BOXES, stocks=stocks, **tables)) == found


def test_a_kit_that_lacks_a_component_is_not_put_together() -> None:
    """Without wheat there is no bag, and without a bag no box: rice has no need to move there."""
    tables = {"kits": BOXES, "needs": f"{NEED} | N1 Q box 5 2024-01-14 1"}
    legs = "leg origin destination mode transit_days | L P Q road 1"
    short = network_of("week 2", stocks="place item quantity | P rice 9", legs=legs, **tables)
    assert (kits_of(short), len(short.moves.leg)) == (set(), 0)
    whole = network_of("week 2", stocks="place item quantity | P rice 9 | P wheat 9", legs=legs, **tables)
    assert (kits_of(whole), len(whole.moves.leg)) == ({"box Q", "bag Q"}, 2)


@pytest.mark.parametrize(
    ("window", "found"),
    [
        ("- -", (0, 3)),
        ("2024-01-14 -", (1, 3)),
        ("- 2024-01-08", (0, 1)),
        ("2024-03-01 -", None),
        ("- 2023-12-31", None),
    ],
)
def test_a_substitute_serves_in_its_window(window: str, found: tuple[int, int] | None) -> None:
    """It serves from the bucket that holds its first day to the bucket that holds its last."""
    network = network_of(
        "week 4",
        stocks="place item quantity | P rye 9",
        substitutes=f"{PAIR} | rice rye 0.5 no {window}",
        needs=f"{NEED} | N1 P rice 5 2024-01-07 1",
    )
    span = network.issues.span
    assert [(int(a), int(b)) for a, b in zip(span.first, span.last, strict=True)] == ([found] if found else [])


def test_a_substitute_moves_no_later_than_it_may_serve() -> None:
    """Rye serves until week 2 (15 January): it leaves early enough to arrive by the end of that week, in 3 days."""
    network = network_of(
        "week 4",
        stocks="place item quantity | P rye 9",
        substitutes=f"{PAIR} | rice rye 0.5 no - 2024-01-15",
        legs="leg origin destination mode transit_days | L P Q road 3",
        needs=f"{NEED} | N1 Q rice 5 2024-01-07 1",
    )
    assert (network.moves.span.first.tolist(), network.moves.span.last.tolist()) == ([0], [2])


FIELDS = "item substitute factor for_components from_date until_date"


def facts_of(rows: str) -> Facts:
    """Return the facts of a case of substitutes over three weeks."""
    return read_facts(make_case("week 3", items="item | rice | rye | oats", substitutes=f"{FIELDS} | {rows}"))


def test_the_largest_factor_in_force() -> None:
    """Rye stands in at 0.5 always and at 0.8 in the weeks that 10 to 14 January touch: week 1."""
    found = facts_of("rice rye 0.5 no - - | rice rye 0.8 no 2024-01-10 2024-01-14").substitutes
    assert found.factor.tolist() == [[0.5, 0.8, 0.5]]
    assert (found.first.tolist(), found.last.tolist()) == ([0], [2])


def test_what_stands_in_for_nothing() -> None:
    """A factor of 0, an item for itself and dates outside the plan make no pair."""
    assert len(facts_of("rice rye 0 no - - | rice rice 1 no - - | rice oats 1 no 2025-01-01 -").substitutes) == 0


def test_components_need_leave() -> None:
    """Only what is marked for components may stand in for a component; all may serve needs."""
    facts = facts_of("rice rye 1 yes - - | rice oats 1 no - -")
    assert (facts.substitutes.substitute.tolist(), facts.stand_ins.substitute.tolist()) == ([1, 2], [1])


def test_pairs_of_items() -> None:
    """Rice has two substitutes and oats none."""
    position, pair = facts_of("rice rye 1 no - - | rice oats 1 no - -").substitutes.of(np.array([2, 0]))
    assert (position.tolist(), pair.tolist()) == ([1, 1], [0, 1])
