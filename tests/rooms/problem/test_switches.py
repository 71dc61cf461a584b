"""Switches: a flow is nothing, or from its least to its most; set-ups, lines, legs and shipments as golden problems."""

from __future__ import annotations

import numpy as np
from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

from scorta.problem.problem import Builder, Problem
from scorta.problem.switches import Flow, add_nothing_or_least
from scorta.rules import Column, Rule


def switched(least: list[float], most: list[float]) -> Problem:
    """Return a problem of three columns: the first two are one flow, the third another."""
    builder = Builder()
    builder.add_columns(Column.START, {}, 3)
    flow = Flow(np.array([0, 0, 1]), np.array([0, 1, 2]), np.array([1.0, 2.0, 1.0]))
    add_nothing_or_least(
        builder,
        Column.RUN,
        {"number": np.arange(2)},
        flow,
        np.array(least),
        np.array(most),
        (Rule.SET_UP, Rule.MINIMUM_LOT),
    )
    return builder.build(lambda: ((), None))


def full(problem: Problem) -> list[list[float]]:
    """Return the matrix in full."""
    columns, rows, _ = problem.shape
    matrix = np.zeros((rows, columns))
    matrix[problem.rows, np.repeat(np.arange(columns), np.diff(problem.starts))] = problem.values
    return matrix.tolist()


NEED = "need place item quantity required_by priority | N1 P rice 5 2024-01-14 1"
"""A need for rice at P."""


def test_a_flow_is_nothing_or_from_its_least_to_its_most() -> None:
    """Two columns of 0 or 1, whole; a row of the most for both flows, a row of the least where there is one."""
    problem = switched([4.0, 0.0], [9.0, 5.0])
    assert problem.whole.tolist() == [3, 4]
    assert problem.upper[3:].tolist() == [1, 1]
    assert full(problem) == [[1, 2, 0, -9, 0], [0, 0, 1, 0, -5], [1, 2, 0, -4, 0]]
    assert problem.row_upper.tolist() == [0, 0, np.inf]
    assert problem.row_lower.tolist() == [-np.inf, -np.inf, 0]
    assert set(problem.rules[Rule.MINIMUM_LOT].index["number"]) == {0}


def test_a_least_above_the_most_stays_off() -> None:
    """A flow that can never reach its least is nothing."""
    assert switched([4.0, 6.0], [9.0, 5.0]).upper[3:].tolist() == [1, 0]


def test_set_up_and_minimum_lot() -> None:
    """MILL costs 9 to set up and starts 3 or more; DRY has neither, so it has no switch.

    A unit of MILL takes 7 of 310 hours a month: 70 hours, so 10 units a week; and 2 of 9 + 4 wheat, of which 4 come
    on 8 January: 4.5 units by the end of week 0, 6.5 by that of week 1. The smaller counts.
    """
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        stocks="place item quantity | P wheat 9",
        receipts="place item quantity due_on | P wheat 4 2024-01-08",
        lines="line place capacity_per_month | LINE P 310",
        processes="process place item lead_time_days line line_hours_per_unit setup_cost_eur minimum_lot "
        "| MILL P rice 0 LINE 7 9 3 | DRY P rice 0 LINE 1 - -",
        components="process item quantity | MILL wheat 2",
        needs=NEED,
    )
    frozen("set_up-hours_and_components", case)
    frozen("minimum_lot-hours_and_components", case)
    frozen("tiers-set_up", case)


def test_set_up_bounded_by_what_is_asked_for() -> None:
    """Nothing bounds MILL but the need: 5, and 1 to round up. Of BULK half arrives: 10, but its lot is 12: 12 + 1."""
    case = make_case(
        "week 1",
        items="item | rice",
        processes="process place item lead_time_days minimum_lot yield whole "
        "| MILL P rice 0 3 1 yes | BULK P rice 0 12 0.5 no",
        needs=NEED.replace("01-14", "01-07"),
    )
    frozen("set_up-asked_for", case)


def test_minimum_lot_that_never_fits() -> None:
    """A week gives 10 units, and the lot is 11: the switch stays off (= 0)."""
    case = make_case(
        "week 1",
        items="item | rice",
        lines="line place capacity_per_month | LINE P 310",
        processes="process place item lead_time_days line line_hours_per_unit minimum_lot | MILL P rice 0 LINE 7 11",
        needs=NEED.replace("01-14", "01-07"),
    )
    frozen("minimum_lot-too_large", case)


def test_set_up_without_cost() -> None:
    """Where no tier counts cost, a set-up cost asks for no switch; a minimum lot does."""
    case = make_case(
        "week 1",
        scenario={"tiers": ("needs",)},
        items="item | rice",
        processes="process place item lead_time_days setup_cost_eur minimum_lot | MILL P rice 0 9 - | DRY P rice 0 9 3",
        needs=NEED.replace("01-14", "01-07"),
    )
    frozen("set_up-no_cost", case)


def test_line_with_a_minimum_rate() -> None:
    """62 of 310 hours a month at least: 14 of 70 in week 0; in week 1 only until 10 January: 6 of 30.

    BENCH has no minimum, so it has no switch.
    """
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        lines="line place capacity_per_month minimum_per_month until_date | LINE P 310 62 2024-01-10 | BENCH P 310 - -",
        processes="process place item lead_time_days line line_hours_per_unit "
        "| MILL P rice 0 LINE 7 | DRY P rice 0 LINE 2",
        loads="process line line_hours_per_unit | MILL BENCH 1",
        needs=NEED,
    )
    frozen("line_runs-part_of_bucket", case)
    frozen("minimum_rate-part_of_bucket", case)


def test_leg_with_a_fixed_cost() -> None:
    """ROAD costs 50 to use and carries 70 t a week; PATH costs nothing to use, so it has no switch.

    Of rice (2 t) 35 fit, but only 9 are there, and 4 more from 8 January; of salt (no mass) 8 are there.
    """
    case = make_case(
        "week 2",
        items="item mass_kg | rice 2000 | salt -",
        stocks="place item quantity | P rice 9 | P salt 8",
        receipts="place item quantity due_on | P rice 4 2024-01-08",
        legs="leg origin destination mode transit_days capacity_t_per_month fixed_cost_eur "
        "| ROAD P Q road 0 310 50 | PATH P Q road 0 - -",
        needs="need place item quantity required_by priority | N1 Q rice 5 2024-01-14 1 | N2 Q salt 5 2024-01-14 1",
    )
    frozen("leg_use-mass_and_none", case)
    frozen("leg_use_tonnes-mass_and_none", case)
    frozen("tiers-fixed_cost", case)


def test_least_shipments() -> None:
    """N1 receives nothing or 2 to 5 in a week, from both lots together; N2 asks for 3, so its minimum of 4 is 3."""
    case = make_case(
        "week 2",
        items="item | rice",
        stocks="place item quantity expires_on | P rice 9 - | P rice 8 2024-01-20",
        needs="need place item quantity required_by priority minimum_shipment "
        "| N1 P rice 5 2024-01-14 1 2 | N2 P rice 3 2024-01-14 1 4 | N3 P rice 3 2024-01-14 1 -",
    )
    frozen("shipment-lots", case)
    frozen("minimum_shipment-lots", case)
