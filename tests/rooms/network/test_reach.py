"""What supply can reach and somebody can use: nothing else is unrolled."""

from __future__ import annotations

import pytest
from tests.cases import make_case

from scorta.case import Case
from scorta.network import Network, build_network

RICE = "place item quantity | P rice 10"
"""Rice at P."""

NEED = "need place item quantity required_by priority"
"""The fields of a need."""

LEGS = "leg origin destination mode transit_days"
"""The fields of a leg."""


def spots(network: Network) -> dict[str, tuple[int, int]]:
    """Return the first and last bucket of each spot, named by place, item, reservation and last day."""
    held, names = network.spots, network.names
    found = {}
    for number in range(len(held)):
        reservation = names.reservations.codes[int(held.reservation[number])]
        dated = str(held.expires[number]) if held.expires[number] < 10**6 else ""
        words = (
            names.places.codes[int(held.place[number])],
            names.items.codes[int(held.item[number])],
            reservation,
            dated,
        )
        found[" ".join(word for word in words if word)] = (int(held.span.first[number]), int(held.span.last[number]))
    return found


def moves(network: Network) -> dict[str, tuple[int, int]]:
    """Return the first and last bucket of each move, named by its leg, what it becomes reserved for and its window."""
    legs, reservations = network.case["legs"]["leg"], network.names.reservations.codes
    found = {}
    for number, leg in enumerate(network.moves.leg):
        reservation = reservations[int(network.spots.reservation[network.moves.destination[number]])]
        window = int(network.moves.window[number])
        days = f"days {network.windows.opens(window)}-{network.windows.closes(window)}" if window >= 0 else ""
        key = " ".join(word for word in (legs[int(leg)], reservation, days) if word)
        found[key] = (int(network.moves.span.first[number]), int(network.moves.span.last[number]))
    return found


def network_of(blocks: str, **tables: str) -> Network:
    """Build the network of a tiny case."""
    return build_network(make_case(blocks, **tables))


def test_only_what_supply_reaches() -> None:
    """Rice at P reaches Q, where it is needed; not the need at R, to which no leg leads, nor oil, which nobody has."""
    network = network_of(
        "week 2",
        items="item | rice | oil",
        stocks=RICE,
        legs=f"{LEGS} | L P Q road 0",
        needs=f"{NEED} | N1 Q rice 5 2024-01-07 1 | N2 R rice 5 2024-01-07 1 | N3 Q oil 5 2024-01-07 1",
    )
    assert spots(network) == {"P rice": (0, 1), "Q rice": (0, 1)}


def test_only_what_is_of_use() -> None:
    """A leg to a place where nobody asks for rice is not used; with an objective there it is, or a maximum here."""
    tables = {"stocks": RICE, "legs": f"{LEGS} | L P Q road 0"}
    assert moves(network_of("week 2", **tables)) == {}
    assert moves(network_of("week 2", **tables, objectives="place item maximum | Q rice 5")) == {}
    assert moves(network_of("week 2", **tables, objectives="place item maximum | P rice 5")) == {"L": (0, 1)}
    assert moves(network_of("week 2", **tables, objectives="place item objective | Q rice 5")) == {"L": (0, 1)}
    assert moves(network_of("week 2", **tables, objectives="place item floor | Q rice 5")) == {"L": (0, 1)}


def test_earliest_buckets_along_a_way() -> None:
    """P to Q in 8 days and on to R in 8: Q from week 1 (day 8), R from week 2 (day 15); industry's own places.

    From Q the last useful week is 2 (days 14-20: by day 27 at R), so from P it is 1: what leaves in week 2 is at Q
    from day 22 on, in week 3, too late to go on.
    """
    network = network_of(
        "week 4",
        places="place party | P I | Q I | R B",
        stocks=RICE,
        legs=f"{LEGS} | L P Q road 8 | M Q R road 8",
        needs=f"{NEED} | N1 R rice 5 2024-01-07 1",
    )
    assert spots(network) == {"P rice": (0, 3), "Q rice": (1, 3), "R rice": (2, 3)}
    assert moves(network) == {"L": (0, 1), "M": (1, 2)}


def test_last_useful_departure() -> None:
    """Week 3 begins on day 21: what leaves then over 8 days arrives on day 29, after the plan; week 2 is the last.

    Of week 2 (days 14-20) what leaves on days 14-19 still arrives by day 27.
    """
    network = network_of(
        "week 4", stocks=RICE, legs=f"{LEGS} | L P Q road 8", needs=f"{NEED} | N1 Q rice 5 2024-01-07 1"
    )
    assert moves(network) == {"L": (0, 2)}


def test_a_need_that_lapses_ends_the_way() -> None:
    """What could only arrive after the need has lapsed is of no use: 8 days for a need that lapses in week 1."""
    needs = f"{NEED} unmet | N1 Q rice 5 2024-01-14 1 lapse"
    network = network_of("week 4", stocks=RICE, legs=f"{LEGS} | L P Q road 8", needs=needs)
    assert moves(network) == {"L": (0, 0)}


def test_open_dates() -> None:
    """A leg runs in the buckets that its open days touch; one that closed before the first day not at all."""
    legs = f"{LEGS} open_from open_until | L P Q road 0 2024-01-10 2024-01-15 | M P Q road 0 - 2023-12-31"
    capacity = legs.replace("open_from", "capacity_t_per_month open_from").replace("road 0", "road 0 900")
    network = network_of("week 4", stocks=RICE, legs=capacity, needs=f"{NEED} | N1 Q rice 5 2024-01-07 1")
    assert moves(network) == {"L": (1, 2)}


def test_legs_of_one_item() -> None:
    """A leg that names an item carries only that."""
    tables = {
        "items": "item | rice | oil",
        "stocks": RICE,
        "needs": f"{NEED} | N1 Q rice 5 2024-01-07 1",
    }
    assert moves(network_of("week 1", **tables, legs=f"{LEGS} item | L P Q road 0 oil")) == {}
    assert moves(network_of("week 1", **tables, legs=f"{LEGS} item | L P Q road 0 rice")) == {"L": (0, 0)}


def test_dated_lots() -> None:
    """A lot until 10 January (day 9) can be used through week 1: it gets to Q alive in 9 and a half days, not in 10."""
    tables = {
        "stocks": "place item quantity expires_on | P rice 10 2024-01-10",
        "needs": f"{NEED} | N1 Q rice 5 2024-01-07 1",
    }
    near = network_of("week 4", **tables, legs=f"{LEGS} | L P Q road 9")
    assert spots(near) == {"P rice 9": (0, 1), "Q rice 9": (1, 1)}
    assert moves(near) == {"L": (0, 0)}
    assert moves(network_of("week 4", **tables, legs=f"{LEGS} | L P Q road 9.5")) == {"L": (0, 0)}
    assert moves(network_of("week 4", **tables, legs=f"{LEGS} | L P Q road 10")) == {}


def test_a_date_after_the_plan_is_kept() -> None:
    """A lot that outlives the plan keeps its date (day 375); one past its life before the plan is no supply."""
    stocks = "place item quantity expires_on | P rice 10 2025-01-10 | Q rice 10 2023-12-31"
    assert spots(network_of("week 2", stocks=stocks)) == {"P rice 375": (0, 1)}


def test_repairable_stock_is_a_lot_of_its_own() -> None:
    """Stock in condition repairable serves no need: a leg carries it only to a place that refurbishes it."""
    tables = {
        "stocks": "place item quantity condition | P rice 10 serviceable | P rice 10 repairable",
        "legs": f"{LEGS} | L P Q road 1",
        "needs": f"{NEED} | N1 Q rice 5 2024-01-07 1",
    }
    assert moves(network_of("week 1", **tables)) == {"L": (0, 0)}
    assert len(network_of("week 1", **tables).moves.leg) == 1
    mend = {
        "processes": "process place item lead_time_days | MEND Q rice 0",
        "components": "process item quantity | MEND rice 1",
    }
    network = network_of("week 1", **tables, **mend)
    assert len(network.moves.leg) == 2
    assert network.spots.reservation[network.production.takes_spot].tolist() == [network.names.repairable]


@pytest.mark.parametrize(
    ("pledge", "found"),
    [
        ("A B rice 5 committed - -", {"L": (0, 3)}),
        ("A - rice 5 committed - -", {"L": (0, 3)}),
        ("A B rice 5 committed 2024-01-10 2024-01-15", {"L days 9-13": (1, 1), "L days 14-14": (2, 2)}),
        ("A B rice 5 committed 2024-01-10 2024-01-12", {"L days 9-11": (1, 1)}),
        ("A B rice 5 committed 2024-01-07 2024-01-22", {"L": (1, 2), "L days 6-6": (0, 0), "L days 21-21": (3, 3)}),
        ("A B rice 5 withdrawn - -", {}),
        ("A B rice 5 delivered - -", {}),
        ("A B rice - committed - -", {}),
        ("A B rice 5 committed - 2023-12-31", {}),
        ("A B rice 5 committed 2024-02-01 -", {}),
        ("B A rice 5 committed - -", {}),
        ("A I rice 5 committed - -", {}),
    ],
)
def test_what_a_pledge_covers(pledge: str, found: dict[str, tuple[int, int]]) -> None:
    """A gift goes where a pledge covers it: donor, recipient or anyone, on the days of its dates, not withdrawn."""
    network = network_of(
        "week 4",
        stocks=RICE,
        legs=f"{LEGS} | L P R road 0",
        needs=f"{NEED} | N1 R rice 5 2024-01-07 1",
        pledges=f"pledge donor recipient item quantity state available_from available_until | G {pledge}",
    )
    assert moves(network) == found


def crossing(**tables: str) -> Case:
    """Return a case with legs from nation to nation (L), to industry (M), from industry (N), within A (O)."""
    return make_case(
        "week 1",
        stocks="place item quantity | P rice 10 | W rice 10",
        legs=f"{LEGS} | L P R road 0 | M P W road 0 | N W R road 0 | O P Q road 0",
        needs=f"{NEED} | N1 R rice 5 2024-01-07 1 | N2 W rice 5 2024-01-07 1 | N3 Q rice 5 2024-01-07 1",
        **tables,
    )


def test_who_may_give_to_whom() -> None:
    """With a table of pledges, even an empty one, a gift needs cover; to, from and without industry nothing does.

    Without the table gifts are free; with open gifts every gift may be asked for.
    """
    free = {"M": (0, 0), "N": (0, 0), "O": (0, 0)}
    assert moves(build_network(crossing(pledges="pledge"))) == free
    assert moves(build_network(crossing())) == free | {"L": (0, 0)}
    network = build_network(crossing())
    assert not network.moves.gift.any()


def test_open_gifts() -> None:
    """With open gifts a gift without any pledge can move; it is a gift all the same."""
    case = make_case(
        "week 1",
        scenario={"gifts": "open"},
        stocks=RICE,
        legs=f"{LEGS} | L P R road 0",
        needs=f"{NEED} | N1 R rice 5 2024-01-07 1",
        pledges="pledge",
    )
    network = build_network(case)
    assert moves(network) == {"L": (0, 0)}
    assert network.moves.gift.tolist() == [True]


def test_only_for_reserves() -> None:
    """What a pledge for N1 covers arrives reserved for N1; for a need that nobody has there it is of no use."""
    tables = {
        "stocks": RICE,
        "legs": f"{LEGS} | L P R road 0",
        "needs": f"{NEED} | N1 R rice 5 2024-01-07 1 | N2 Q rice 5 2024-01-07 1",
    }
    pledges = "pledge donor recipient item quantity state only_for | G A B rice 5 committed "
    network = network_of("week 1", **tables, pledges=pledges + "N1")
    assert moves(network) == {"L N1": (0, 0)}
    assert spots(network) == {"P rice": (0, 0), "R rice N1": (0, 0)}
    assert moves(network_of("week 1", **tables, pledges=pledges + "N2")) == {}


def test_reserved_goods_stay_reserved() -> None:
    """Goods reserved for N1 move reserved; they do not serve N2 at the place where they arrive."""
    network = network_of(
        "week 1",
        stocks="place item quantity reserved_for | P rice 10 N1",
        legs=f"{LEGS} | L P Q road 0",
        needs=f"{NEED} | N1 Q rice 5 2024-01-07 1 | N2 Q rice 5 2024-01-07 1",
    )
    assert moves(network) == {"L N1": (0, 0)}
    assert network.issues.occurrence.tolist() == [0]


def test_processes_wait_for_their_components() -> None:
    """Wheat reaches the mill on day 8: it starts in week 1 and gives rice in week 2, until the last start."""
    network = network_of(
        "week 4",
        items="item | rice | wheat",
        stocks="place item quantity | P wheat 10",
        legs=f"{LEGS} | L P Q road 8",
        processes="process place item lead_time_days | MILL Q rice 7",
        components="process item quantity | MILL wheat 2",
        needs=f"{NEED} | N1 Q rice 5 2024-01-07 1",
    )
    assert spots(network) == {"P wheat": (0, 3), "Q wheat": (1, 3), "Q rice": (2, 3)}
    span = network.production.span
    assert (span.first.tolist(), span.last.tolist()) == ([1], [2])


def test_processes_without_a_component_or_use() -> None:
    """A process whose component nobody has does not run, nor one whose product nobody asks for."""
    tables = {"items": "item | rice | wheat", "processes": "process place item lead_time_days | MILL P rice 0"}
    needs = f"{NEED} | N1 P rice 5 2024-01-07 1"
    components = "process item quantity | MILL wheat 2"
    assert len(network_of("week 1", **tables, needs=needs).production.row) == 1
    assert len(network_of("week 1", **tables, needs=needs, components=components).production.row) == 0
    assert len(network_of("week 1", **tables).production.row) == 0


def test_dated_lots_feed_processes() -> None:
    """A free dated lot of wheat opens undated wheat beside it for the mill; a reserved one does not."""
    tables = {
        "items": "item | rice | wheat",
        "processes": "process place item lead_time_days | MILL P rice 0",
        "components": "process item quantity | MILL wheat 2",
        "needs": f"{NEED} | N1 P rice 5 2024-01-07 1 | N2 P wheat 1 2024-01-07 1",
    }
    stocks = "place item quantity expires_on reserved_for | P wheat 9 2024-01-10 "
    assert len(network_of("week 3", **tables, stocks=stocks + "-").component_use.source) == 1
    assert len(network_of("week 3", **tables, stocks=stocks + "N2").component_use.source) == 0


def test_rings_of_legs_end() -> None:
    """Legs in a ring are followed once round, not for ever."""
    network = network_of(
        "week 3",
        places="place party | P A | Q A | S A",
        stocks=RICE,
        legs=f"{LEGS} | L P Q road 1 | M Q S road 1 | N S P road 1",
        needs=f"{NEED} | N1 S rice 5 2024-01-07 1",
    )
    assert spots(network) == {"P rice": (0, 2), "Q rice": (0, 2), "S rice": (0, 2)}
    assert set(moves(network)) == {"L", "M", "N"}
