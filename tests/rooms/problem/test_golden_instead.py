"""Golden problems of what serves in place of something else: substitutes, kits, and goods that were repaired."""

from __future__ import annotations

from tests.rooms.case.words import make_case
from tests.rooms.problem.freezing import frozen

NEED = "need place item quantity required_by priority | N1 P rice 5 2024-01-14 1"
"""A need for rice at P by the end of week 1."""

KIT = "need place item quantity required_by priority | N1 P box 5 2024-01-14 1"
"""A need for boxes at P by the end of week 1."""


def test_substitute_for_a_need() -> None:
    """A unit of wheat meets half a unit of rice, from 10 January: in the bucket of that day (week 1), not before.

    N1 is due in week 1: rice is issued in any week at 1 a unit, wheat in weeks 1 and 2 at 0.5. In week 2 a unit of
    rice is 7 unit-days late, a unit of wheat 3.5. The earliest counts the last day of the bucket (6, 13, 20) by what
    is met, and 0.001 for each unit of wheat: 13 x 0.5 + 0.001 and 20 x 0.5 + 0.001.
    """
    case = make_case(
        "week 3",
        items="item | rice | wheat",
        stocks="place item quantity | P rice 2 | P wheat 9",
        substitutes="item substitute factor from_date | rice wheat 0.5 2024-01-10",
        needs=NEED,
    )
    frozen("need-substitute", case)
    frozen("balance-substitute", case)
    frozen("tiers-substitute", case)


def test_substitute_window_inside_a_bucket() -> None:
    """Wheat until 3 January at 0.5, and from 16 to 17 January at 2: weeks 0 and 2, none of it in week 1 (= 0)."""
    case = make_case(
        "week 4",
        items="item | rice | wheat",
        stocks="place item quantity | P wheat 9",
        substitutes="item substitute factor from_date until_date "
        "| rice wheat 0.5 - 2024-01-03 | rice wheat 2 2024-01-16 2024-01-17",
        needs=NEED,
    )
    frozen("need-substitute_window", case)


def test_substitute_rows_that_meet_in_a_bucket() -> None:
    """Until 3 January 0.5, from 4 January 0.75: both touch week 0, where the larger counts."""
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        stocks="place item quantity | P wheat 9",
        substitutes="item substitute factor from_date until_date "
        "| rice wheat 0.5 - 2024-01-03 | rice wheat 0.75 2024-01-04 -",
        needs=NEED,
    )
    frozen("need-substitute_rows", case)


def test_substitute_reserved() -> None:
    """Wheat reserved for N1, which asks for rice, serves it too; wheat reserved for N2 does not."""
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        stocks="place item quantity reserved_for | P wheat 9 N1 | P wheat 8 N2",
        substitutes="item substitute factor | rice wheat 1",
        needs=f"{NEED} | N2 Q rice 1 2024-01-14 1",
    )
    frozen("need-substitute_reserved", case)


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


def test_own_need_for_a_kit_draws_on_floors() -> None:
    """A's need for boxes draws on its floor of rice: where it is short, the floor gives way, and B takes no more.

    B's need for boxes at P takes rice of A as well: what is issued to it may not grow.
    """
    case = make_case(
        "week 1",
        items="item kind | rice item | box kit",
        kits="item component quantity | box rice 1",
        stocks="place item quantity | P rice 8",
        objectives="party item floor | A rice 6",
        needs="need place item quantity required_by priority party | N1 P box 5 2024-01-07 1 - "
        "| N2 P box 4 2024-01-07 1 B",
    )
    frozen("tiers-kit_and_floor", case)


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
