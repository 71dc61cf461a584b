"""Golden problems of the balance: what comes in to a spot, what leaves it, and when."""

from __future__ import annotations

from tests.rooms.case.words import make_case
from tests.rooms.problem.freezing import frozen

NEED_Q = "need place item quantity required_by priority | N1 Q rice 5 2024-01-07 1"
"""A need at Q, so that what is moved there is of use."""


def test_receipts() -> None:
    """What lay there and what comes in stands on the right: 10 + 2 past due, then 5 in the week of 10 January.

    Stock is carried to the next week; what is issued leaves.
    """
    case = make_case(
        "week 3",
        stocks="place item quantity | P rice 10",
        receipts="place item quantity due_on | P rice 5 2024-01-10 | P rice 2 2023-12-20",
        needs="need place item quantity required_by priority | N1 P rice 5 2024-01-07 1",
    )
    frozen("balance-receipts", case)


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


def test_dated_lot() -> None:
    """A lot until 12 January (day 11, in week 1) keeps its date on the way; nothing of it is left at the end of week 1.

    What leaves in week 1 over 3 days arrives over days 10-16: 2/7 = 0.285714 through day 11, the rest is thrown away.
    What is not used in week 1 is expired; week 2 has no row. In week 0 (days 3-9) it is 4/7 in week 0, 3/7 in week 1.
    """
    stocks = "place item quantity expires_on | P rice 10 2024-01-12"
    legs = "leg origin destination mode transit_days | L P Q road 3"
    frozen("balance-dated_lot", make_case("week 3", stocks=stocks, legs=legs, needs=NEED_Q))


def test_reserved_lot() -> None:
    """Goods reserved for N1 lie apart from free goods and serve N1 only; free goods serve N1 and N2."""
    stocks = "place item quantity reserved_for | P rice 10 N1 | P rice 4 -"
    needs = "need place item quantity required_by priority | N1 P rice 5 2024-01-07 1 | N2 P rice 5 2024-01-07 1"
    frozen("balance-reserved_lot", make_case("week 1", stocks=stocks, needs=needs))


def test_coproducts() -> None:
    """A unit started takes 2 wheat at once and gives 0.9 rice (yield) and 0.2 husk (no yield) 7 days later.

    Started in week 0, days 0-6, it arrives on days 7-13: all in week 1. A start in week 1 would come too late.
    """
    case = make_case(
        "week 2",
        items="item | rice | wheat | husk",
        stocks="place item quantity | P wheat 20",
        processes="process place item lead_time_days yield | MILL P rice 7 0.9",
        components="process item quantity | MILL wheat 2",
        coproducts="process item quantity | MILL husk 0.2",
        needs="need place item quantity required_by priority | N1 P rice 5 2024-01-14 1",
    )
    frozen("balance-coproducts", case)


def test_dated_component() -> None:
    """A dated lot of wheat feeds the free wheat beside it (use), as much as is used: the mill takes free wheat.

    The lot may be used in week 1, which holds 10 January; in week 2 there is none, and a start takes what lies free.
    """
    case = make_case(
        "week 3",
        items="item | rice | wheat",
        stocks="place item quantity expires_on | P wheat 20 2024-01-10 | P wheat 6 -",
        processes="process place item lead_time_days | MILL P rice 0",
        components="process item quantity | MILL wheat 2",
        needs="need place item quantity required_by priority | N1 P rice 5 2024-01-14 1",
    )
    frozen("balance-dated_component", case)


def test_own_product() -> None:
    """A process that has its own product as a component takes it repairable: 0.25 of it, and gives a good one.

    There are 5 good ones and 2 repairable ones on the first day.
    """
    case = make_case(
        "week 1",
        stocks="place item quantity condition | P rice 5 serviceable | P rice 2 repairable",
        processes="process place item lead_time_days | GROW P rice 0",
        components="process item quantity | GROW rice 0.25",
        needs="need place item quantity required_by priority | N1 P rice 5 2024-01-07 1",
    )
    frozen("balance-own_product", case)


def test_own_coproduct() -> None:
    """A process that takes 0.5 wheat and gives 0.25 back in the same bucket takes 0.25 net, in one entry."""
    case = make_case(
        "week 1",
        items="item | rice | wheat",
        stocks="place item quantity | P wheat 5",
        processes="process place item lead_time_days | MILL P rice 0",
        components="process item quantity | MILL wheat 0.5",
        coproducts="process item quantity | MILL wheat 0.25",
        needs="need place item quantity required_by priority | N1 P rice 5 2024-01-07 1",
    )
    frozen("balance-own_coproduct", case)
