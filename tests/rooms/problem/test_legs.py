"""Legs: when goods arrive, and the tonnes of legs and places, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

NEED_Q = "need place item quantity required_by priority | N1 Q rice 5 2024-01-07 1"
"""A need at Q, so that what is moved there is of use."""


STOCKS = "place item quantity | P rice 100"
"""Rice at P, of 1 t a unit."""


def test_exact_lag() -> None:
    """On days, what leaves on day 0 over a leg of 2 days arrives on day 2, all of it.

    Day 1 arrives on day 3, the last; what leaves on days 2 and 3 would arrive too late and has no column.
    """
    legs = "leg origin destination mode transit_days | L P Q road 2"
    needs = NEED_Q.replace("01-07", "01-03")
    case = make_case("day 4", stocks="place item quantity | P rice 10", legs=legs, needs=needs)
    frozen("balance-exact_lag", case)


def test_mixed_buckets() -> None:
    """Days 0 and 1, the week of days 2-8, the month of days 9-39 (10 January to 9 February), a leg of 3 days.

    Days 0 and 1 arrive on days 3 and 4: in the week. The week arrives over days 5-11: 4/7 = 0.571429 in the week,
    3/7 = 0.428571 in the month. The month arrives over days 12-42: 28/31 = 0.903226 in the month, the rest after it.
    """
    legs = "leg origin destination mode transit_days | L P Q road 3"
    case = make_case("day 2 week 1 month 1", stocks="place item quantity | P rice 10", legs=legs, needs=NEED_Q)
    frozen("balance-mixed_buckets", case)


def test_fractional_transit() -> None:
    """Week 0 leaves over the time 0 to 7 and arrives over 2.5 to 9.5: 4.5/7 = 0.642857 in week 0, 2.5/7 in week 1."""
    legs = "leg origin destination mode transit_days | L P Q road 2.5"
    case = make_case("week 2", stocks="place item quantity | P rice 10", legs=legs, needs=NEED_Q)
    frozen("balance-fractional_transit", case)


def test_partly_open_leg() -> None:
    """A leg of 3 days open from 5 to 10 January, days 4 to 9.

    In week 0 goods leave on days 4-6 and arrive on days 7-9, in week 1 on days 7-9 and arrive on days 10-12: all of it
    in week 1. Nothing leaves in week 2.
    """
    legs = (
        "leg origin destination mode transit_days capacity_t_per_month open_from open_until "
        "| L P Q road 3 310 2024-01-05 2024-01-10"
    )
    case = make_case("week 3", stocks="place item quantity | P rice 10", legs=legs, needs=NEED_Q)
    frozen("balance-partly_open_leg", case)


def test_leg_capacity_week_and_month() -> None:
    """31 t a month: 7 t in the first week of January; 8 January to 7 February 31 x (24/31 + 7/29) = 31.4828 t.

    A unit of rice weighs 1 t, of oil 0.5 t; paper without a mass does not count.
    """
    case = make_case(
        "week 1 month 1",
        items="item mass_kg | rice 1000 | oil 500 | paper -",
        stocks="place item quantity | P rice 9 | P oil 9 | P paper 9",
        legs="leg origin destination mode transit_days capacity_t_per_month | L P Q road 0 31",
        needs=NEED_Q + " | N2 Q oil 5 2024-01-07 1 | N3 Q paper 5 2024-01-07 1",
    )
    frozen("leg_capacity-week_and_month", case)


def test_leg_capacity_partly_open() -> None:
    """Open from 5 to 10 January: 3 days of week 0 and 3 of week 1, each worth 1 t; no leg without a limit has a row."""
    legs = (
        "leg origin destination mode transit_days capacity_t_per_month open_from open_until "
        "| L P Q road 0 31 2024-01-05 2024-01-10 | M P Q rail 0 - - -"
    )
    frozen("leg_capacity-partly_open", make_case("week 2", stocks=STOCKS, legs=legs, needs=NEED_Q))


def test_leg_capacity_shared() -> None:
    """L (until 3 January, days 0-2) and M (from 6 January, day 5) share 31 t a month, over the days any is open.

    Week 0: days 0-2 and 5-6, 5 t together; what each takes on its own days stands in `leg_window`. Week 1: 7 t.
    """
    legs = (
        "leg origin destination mode transit_days capacity_t_per_month shared_capacity open_from open_until "
        "| L P Q road 0 31 BRIDGE - 2024-01-03 | M P Q rail 0 31 BRIDGE 2024-01-06 -"
    )
    frozen("leg_capacity-shared", make_case("week 2", stocks=STOCKS, legs=legs, needs=NEED_Q))


def test_leg_window() -> None:
    """G is there on 2 to 5 January, K on the 3rd and 4th: 31 t a month are 4 t and 2 t; K's days are some of G's.

    M shares nothing and has no limit: no row. A whole week (H's) stands in none.
    """
    case = make_case(
        "week 1",
        stocks=STOCKS,
        legs="leg origin destination mode transit_days capacity_t_per_month | L P R road 0 31 | M P R rail 0 -",
        needs="need place item quantity required_by priority | N1 R rice 5 2024-01-07 1",
        pledges="pledge donor recipient item quantity state available_from available_until "
        "| G A B rice 40 committed 2024-01-02 2024-01-05 | K A B rice 9 committed 2024-01-03 2024-01-04 "
        "| H A B rice 7 committed - -",
    )
    frozen("leg_window-nested", case)


def test_leg_window_shared() -> None:
    """L (until 3 January) and M (from 3 January) share 31 t a month; G is there on 2 to 5 January.

    G's days over L are the 2nd and 3rd: 2 t; over M the 3rd to 5th: 3 t. Neither lies within the other's.
    """
    case = make_case(
        "week 1",
        stocks=STOCKS,
        legs="leg origin destination mode transit_days capacity_t_per_month shared_capacity open_from open_until "
        "| L P R road 0 31 BRIDGE - 2024-01-03 | M P R rail 0 31 BRIDGE 2024-01-03 -",
        needs="need place item quantity required_by priority | N1 R rice 5 2024-01-07 1",
        pledges="pledge donor recipient item quantity state available_from available_until "
        "| G A B rice 40 committed 2024-01-02 2024-01-05",
    )
    frozen("leg_window-shared", case)


def test_throughput_out() -> None:
    """P lets out 62 t a month: 14 t a week over all its legs together, in every lot; Q has no limit."""
    case = make_case(
        "week 2",
        places="place party throughput_t_per_month | P A 62 | Q A - | S A -",
        stocks="place item quantity reserved_for | P rice 9 - | P rice 2 N1",
        legs="leg origin destination mode transit_days | L P Q road 0 | M P S road 0",
        needs=NEED_Q + " | N2 S rice 5 2024-01-07 1",
    )
    frozen("throughput_out-all_legs", case)


def test_throughput_in() -> None:
    """Q lets in 62 t a month, 14 t a week, counted when it arrives: L takes 3 days, M none; oil weighs 0.5 t.

    Week 0 of L arrives over days 3-9: 4/7 = 0.571429 in week 0 and 3/7 = 0.428571 in week 1; with oil half of that.
    """
    case = make_case(
        "week 2",
        places="place party throughput_t_per_month | P A - | Q A 62",
        items="item mass_kg | rice 1000 | oil 500",
        stocks="place item quantity | P rice 9 | P oil 9",
        legs="leg origin destination mode transit_days | L P Q road 3 | M P Q air 0",
        needs=NEED_Q + " | N2 Q oil 5 2024-01-07 1",
    )
    frozen("throughput_in-shares", case)
