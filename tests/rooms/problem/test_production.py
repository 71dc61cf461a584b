"""Production: components, co-products, kits and refurbishing, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

NEED = "need place item quantity required_by priority | N1 P rice 5 2024-01-14 1"
"""A need for rice at P by the end of week 1."""


KIT = "need place item quantity required_by priority | N1 P box 5 2024-01-14 1"
"""A need for boxes at P by the end of week 1."""


MILL = "process place item lead_time_days | MILL P rice 0"
"""Makes rice at P, at once."""


NEED_RICE = "need place item quantity required_by priority | N1 P rice 5 2024-01-14 1"
"""A need for rice at P."""


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


def test_dated_substitute_for_a_component() -> None:
    """A unit of rye until 10 January stands in for 0.5 wheat in weeks 0 and 1; the mill takes 2 wheat a unit.

    Barley is a substitute for needs alone, and reserved rye for none.
    """
    case = make_case(
        "week 3",
        items="item | rice | wheat | rye | barley",
        stocks="place item quantity expires_on reserved_for | P wheat 3 - - | P rye 9 2024-01-10 - "
        "| P rye 7 - N2 | P barley 5 - -",
        substitutes="item substitute factor for_components | wheat rye 0.5 yes | wheat barley 1 no",
        processes="process place item lead_time_days | MILL P rice 0",
        components="process item quantity | MILL wheat 2",
        needs=f"{NEED} | N2 P rye 7 2024-01-14 1",
    )
    frozen("components-substitute", case)
    frozen("balance-component_substitute", case)


def test_substitute_for_a_component_from_a_date() -> None:
    """Rye from 8 January, and no wheat: nothing of either is used in week 0, and the mill has no start there."""
    case = make_case(
        "week 2",
        items="item | rice | wheat | rye",
        stocks="place item quantity | P rye 9",
        substitutes="item substitute factor for_components from_date | wheat rye 0.5 yes 2024-01-08",
        processes="process place item lead_time_days | MILL P rice 0",
        components="process item quantity | MILL wheat 2",
        needs=NEED,
    )
    frozen("components-substitute_window", case)


def test_kit_of_a_kit() -> None:
    """A box holds 2 rice and a bag; a bag 0.5 wheat. Both are put together at P, at once; a box is there already."""
    case = make_case(
        "week 2",
        items="item kind | rice item | wheat item | bag kit | box kit",
        kits="item component quantity | box rice 2 | box bag 1 | bag wheat 0.5",
        stocks="place item quantity | P rice 8 | P wheat 4 | P box 1 | Q rice 9",
        needs=KIT,
    )
    frozen("balance-kit_of_a_kit", case)
    frozen("tiers-kit_of_a_kit", case)


def test_kit_from_a_dated_lot() -> None:
    """Wheat until 10 January goes into boxes, 2 each, in weeks 0 and 1; reserved wheat into none."""
    case = make_case(
        "week 3",
        items="item kind | wheat item | box kit",
        kits="item component quantity | box wheat 2",
        stocks="place item quantity expires_on reserved_for | P wheat 9 2024-01-10 - | P wheat 7 - N1",
        needs=KIT,
    )
    frozen("components-kit", case)


def test_kit_for_an_objective() -> None:
    """A holds boxes at P and Q against one objective: they are put together at each place, from what lies there."""
    case = make_case(
        "week 1",
        items="item kind | rice item | box kit",
        kits="item component quantity | box rice 3",
        stocks="place item quantity | P rice 8 | Q rice 9 | R rice 7",
        objectives="party item objective priority | A box 4 1",
    )
    frozen("balance-kit_objective", case)
    frozen("objective-kit", case)


def test_refurbishing() -> None:
    """A unit started takes a repairable one at once and gives 0.8 good ones after 14 days: two weeks later.

    Repairable stock serves neither the need nor the objective, and weighs in storage: 1 t a unit.
    """
    case = make_case(
        "week 4",
        places="place party storage_t | P A 30",
        stocks="place item quantity condition | P rice 4 serviceable | P rice 10 repairable",
        processes="process place item lead_time_days yield | MEND P rice 14 0.8",
        components="process item quantity | MEND rice 1",
        needs="need place item quantity required_by priority | N1 P rice 9 2024-01-28 1",
        objectives="party item objective priority | A rice 3 1",
    )
    frozen("balance-refurbishing", case)
    frozen("need-refurbishing", case)
    frozen("objective-refurbishing", case)
    frozen("storage-refurbishing", case)


def test_dated_repairable_lot() -> None:
    """A repairable lot until 10 January feeds the refurbishing in weeks 0 and 1; a good lot of that date does not."""
    case = make_case(
        "week 3",
        stocks="place item quantity condition expires_on | P rice 10 repairable 2024-01-10 "
        "| P rice 3 serviceable 2024-01-10",
        processes="process place item lead_time_days | MEND P rice 0",
        components="process item quantity | MEND rice 1",
        needs=NEED,
    )
    frozen("components-repairable_lot", case)


def test_components_dated_lot() -> None:
    """What is taken from the lot until 10 January is no more than the 2 wheat of each unit started, week by week.

    The lot is of use in weeks 0 and 1; in week 2 nothing of it is left, so there is no row. Reserved wheat is no
    component.
    """
    case = make_case(
        "week 3",
        items="item | rice | wheat",
        stocks="place item quantity expires_on reserved_for | P wheat 9 2024-01-10 - | P wheat 7 2024-01-10 N2",
        processes=MILL,
        components="process item quantity | MILL wheat 2",
        needs=NEED_RICE + " | N2 P wheat 7 2024-01-14 1",
    )
    frozen("components-dated_lot", case)


def test_components_part_of_bucket() -> None:
    """Two dated lots together; the mill may start from 3 January (day 2), wheat is in force from 4 January (day 3).

    In week 0 the mill may start on 5 days, on 4 of them wheat is in force: 2 x 4/5 = 1.6. In week 1 on all 7: 2.
    """
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        stocks="place item quantity expires_on | P wheat 9 2024-01-10 | P wheat 8 2024-01-11",
        processes="process place item lead_time_days from_date | MILL P rice 0 2024-01-03",
        components="process item quantity from_date | MILL wheat 2 2024-01-04",
        needs=NEED_RICE,
    )
    frozen("components-part_of_bucket", case)


def test_components_none_in_force() -> None:
    """The only row holds until 7 January: in week 1 no component is in force, so the mill cannot start (= 0).

    In week 0 the row holds on all days: 2 a unit.
    """
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        stocks="place item quantity expires_on | P wheat 9 2024-01-10",
        processes=MILL,
        components="process item quantity until_date | MILL wheat 2 2024-01-07",
        needs=NEED_RICE,
    )
    frozen("components-none_in_force", case)
    frozen("balance-none_in_force", case)
