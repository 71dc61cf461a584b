"""Stocks: the balance, shelf life and storage, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

NEED_Q = "need place item quantity required_by priority | N1 Q rice 5 2024-01-07 1"
"""A need at Q, so that what is moved there is of use."""


NEED = "need place item quantity required_by priority | N1 P {} 5 2024-01-07 1"
"""A need at P for an item."""


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


def test_shelf_life_on_hand() -> None:
    """Milk keeps 10 days; 20 lie there on day 0, 7 come in during week 1 (days 7-13).

    Alive on day 7: all 20. On day 14: of day 0 nothing, of days 7-13 all (each is 4 or later): 7. On day 21: of days 11
    and later: days 11-13 of days 7-13, 3/7 x 7 = 3.
    """
    case = make_case(
        "week 3",
        items="item shelf_life_days | milk 10",
        stocks="place item quantity | P milk 20",
        receipts="place item quantity due_on | P milk 7 2024-01-10",
        needs=NEED.format("milk"),
    )
    frozen("shelf_life-on_hand", case)


def test_shelf_life_arrivals() -> None:
    """Milk keeps 5 days, and the clock starts anew at Q; the leg takes no time.

    At P what lay there on day 0 is dead on day 7. At Q, alive on day 7 is what came on days 2-6: 5/7 = 0.714286 of
    week 0; on day 14 nothing of week 0 (days 9 and later only) and 5/7 of week 1.
    """
    case = make_case(
        "week 2",
        items="item shelf_life_days | milk 5",
        stocks="place item quantity | P milk 20",
        legs="leg origin destination mode transit_days | L P Q road 0",
        needs="need place item quantity required_by priority | N1 Q milk 5 2024-01-07 1",
    )
    frozen("shelf_life-arrivals", case)


def test_end_of_life_on_hand() -> None:
    """Milk keeps 10 days: what lay there on day 0 ends on day 10, in week 1; receipts of days 7-13 on days 17-23.

    So 20 end in week 1, and of the 7 received 4/7 x 7 = 4 in week 2 (days 14-20).
    """
    case = make_case(
        "week 3",
        items="item shelf_life_days | milk 10",
        stocks="place item quantity | P milk 20",
        receipts="place item quantity due_on | P milk 7 2024-01-10",
        needs=NEED.format("milk"),
    )
    frozen("end_of_life-on_hand", case)


def test_end_of_life_arrivals() -> None:
    """Milk keeps 5 days: what comes to Q on days 0-6 ends on days 5-11, 2/7 = 0.285714 in week 0, 5/7 in week 1.

    What comes in week 1 ends to 2/7 in week 1. At P all 20 end on day 5.
    """
    case = make_case(
        "week 2",
        items="item shelf_life_days | milk 5",
        stocks="place item quantity | P milk 20",
        legs="leg origin destination mode transit_days | L P Q road 0",
        needs="need place item quantity required_by priority | N1 Q milk 5 2024-01-07 1",
    )
    frozen("end_of_life-arrivals", case)


def test_shelf_life_made() -> None:
    """Half of what is started arrives (yield 0.5), 3 days later; it keeps 10 days.

    Started in week 0 it arrives over days 3-9: 4/7 in week 0, 3/7 in week 1. Alive on day 7: all of it, 0.5 x 4/7 =
    0.285714. On day 14: days 4-6 of week 0, 0.5 x 4/7 x 3/7 = 0.122449, and all of week 1, 0.5 x 3/7 = 0.214286:
    0.336735. Started in week 1: 0.285714.
    """
    case = make_case(
        "week 2",
        items="item shelf_life_days | milk 10",
        processes="process place item lead_time_days yield | DAIRY P milk 3 0.5",
        needs=NEED.format("milk"),
    )
    frozen("shelf_life-made", case)


def test_shelf_life_dated_lot() -> None:
    """A lot with a date of its own has no clock beside it: only the free milk has a row, 4 that die before day 7."""
    case = make_case(
        "week 2",
        items="item shelf_life_days | milk 5",
        stocks="place item quantity expires_on | P milk 20 2024-01-10 | P milk 4 -",
        needs=NEED.format("milk"),
    )
    frozen("shelf_life-dated_lot", case)


def test_storage_tonnes() -> None:
    """P stores 50 t: a unit of rice takes 1 t, of oil 2 t, of paper (no mass) nothing; all lots count."""
    case = make_case(
        "week 1",
        places="place party storage_t | P A 50 | Q A -",
        items="item mass_kg | rice 1000 | oil 2000 | paper -",
        stocks="place item quantity reserved_for | P rice 10 - | P rice 5 N1 | P oil 6 - | P paper 9 -",
        needs=NEED.format("rice"),
    )
    frozen("storage-tonnes", case)


def test_storage_below_first_day() -> None:
    """What lies there on the first day always may stay: 30 x 1 t + 25 x 2 t = 80 t, not 50 t."""
    case = make_case(
        "week 2",
        places="place party storage_t | P A 50",
        items="item mass_kg | rice 1000 | oil 2000",
        stocks="place item quantity | P rice 30 | P oil 25",
        needs=NEED.format("rice"),
    )
    frozen("storage-below_first_day", case)


def test_storage_forced() -> None:
    """40 t lie there, 30 t come in week 1: without a decision 70 t, over the 50 t from week 1 on.

    Week 0 has no excess column, weeks 1 and 2 have one.
    """
    case = make_case(
        "week 3",
        places="place party storage_t | P A 50",
        stocks="place item quantity | P rice 40",
        receipts="place item quantity due_on | P rice 30 2024-01-08",
        needs=NEED.format("rice"),
    )
    frozen("storage-forced", case)
