"""Lines: their hours, expansions and maxima, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

MILL = "process place item lead_time_days | MILL P rice 0"
"""Makes rice at P, at once."""


NEED = "need place item quantity required_by priority | N1 P rice 5 2024-01-14 1"
"""A need for rice at P."""


def test_line_hours_weeks() -> None:
    """310 hours a month: 10 a day in January, 70 a week; 29 January to 4 February 30 + 4 x 310/29 = 72.7586.

    A unit takes 7 hours.
    """
    case = make_case(
        "week 5",
        lines="line place capacity_per_month | LINE P 310",
        processes="process place item lead_time_days line line_hours_per_unit | MILL P rice 0 LINE 7",
        needs=NEED,
    )
    frozen("line_hours-weeks", case)


def test_line_hours_months() -> None:
    """A bucket of a calendar month has exactly the figure, a quarter exactly three."""
    case = make_case(
        "month 2 quarter 1",
        lines="line place capacity_per_month | LINE P 310",
        processes="process place item lead_time_days line line_hours_per_unit | MILL P rice 0 LINE 7",
        needs=NEED,
    )
    frozen("line_hours-months", case)


def test_line_hours_rows_and_loads() -> None:
    """Two rows of LINE add up: 70, and from 4 January (4 of 7 days) 40 more; then 140 until 14 January.

    MILL takes 7 hours on LINE and 1 on BENCH (31 a month: 7 a week, until 10 January: 3 days of week 1), DRY 2 on LINE.
    """
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        lines="line place capacity_per_month available_from until_date | LINE P 310 - - "
        "| LINE P 310 2024-01-04 2024-01-14 | BENCH P 31 - 2024-01-10",
        processes="process place item lead_time_days line line_hours_per_unit "
        "| MILL P rice 0 LINE 7 | DRY P wheat 0 LINE 2",
        loads="process line line_hours_per_unit | MILL BENCH 1",
        needs=NEED + " | N2 P wheat 7 2024-01-14 1",
    )
    frozen("line_hours-rows_and_loads", case)


def test_line_hours_expansion() -> None:
    """X adds 310 hours a month, 45 days after the first day of the bucket in which it is decided.

    Decided on day 0 it is ready on day 45 (15 February): 310 x 15/29 = 160.345 of February, then 310 a month. Decided
    on day 31 (February) it is ready on day 76 (17 March): 310 x 15/31 = 150 of March. Decided on day 60 (March) it is
    ready on day 105 (15 April): 310 x 16/30 = 165.333. Decided in April it comes too late: there is no column.
    """
    case = make_case(
        "month 4",
        lines="line place capacity_per_month | LINE P 310",
        processes="process place item lead_time_days line line_hours_per_unit | MILL P rice 0 LINE 7",
        expansions="expansion line adds_per_month lead_time_days cost_eur | X LINE 310 45 1000",
        needs=NEED,
    )
    frozen("line_hours-expansion", case)


def test_line_hours_closed_before_the_end() -> None:
    """The line closes on 15 February: X, ready on day 31, adds 310 x 15/29 = 160.345 of February and nothing after it.

    In March the line has no hours at all. Decided in February (ready in March) X would add nothing: there is no column.
    """
    case = make_case(
        "month 3",
        lines="line place capacity_per_month until_date | LINE P 310 2024-02-15",
        processes="process place item lead_time_days line line_hours_per_unit | MILL P rice 0 LINE 7",
        expansions="expansion line adds_per_month lead_time_days cost_eur | X LINE 310 31 1000",
        needs=NEED,
    )
    frozen("line_hours-closed_before_the_end", case)


def test_two_expansions_and_a_maximum() -> None:
    """X (310 a month, at most 2) and Y (62, half a day later: from the next day on) on a line of 310 and at most 620.

    Ready on the day itself, X counts all of each month; Y 62 x 30/31 = 60 of January when decided on day 0, and
    62 x 28/29 = 59.8621 of February when decided then. OLD has a maximum, but nothing that grows: no row for it.
    """
    case = make_case(
        "month 2",
        items="item | rice | wheat",
        lines="line place capacity_per_month maximum_per_month | LINE P 310 620 | OLD P 310 400",
        processes="process place item lead_time_days line line_hours_per_unit "
        "| MILL P rice 0 LINE 7 | DRY P wheat 0 OLD 2",
        expansions="expansion line adds_per_month lead_time_days cost_eur maximum_count | X LINE 310 0 1000 2 "
        "| Y LINE 62 0.5 100 -",
        needs=NEED + " | N2 P wheat 7 2024-01-14 1",
    )
    frozen("line_hours-two_expansions", case)
    frozen("line_maximum-two_expansions", case)
    frozen("expansion_count-two_expansions", case)
    frozen("tiers-expansions", case)


def test_line_maximum_of_some_rows() -> None:
    """The maxima of rows in force add up: 400 in January, 400 + 100 x 15/29 = 451.724 in February.

    From 1 March a row without a maximum is in force: no limit.
    """
    case = make_case(
        "month 3",
        lines="line place capacity_per_month maximum_per_month available_from until_date | LINE P 310 400 - - "
        "| LINE P 50 100 2024-02-15 - | LINE P 50 - 2024-03-01 -",
        processes="process place item lead_time_days line line_hours_per_unit | MILL P rice 0 LINE 7",
        expansions="expansion line adds_per_month lead_time_days cost_eur | X LINE 310 0 1000",
        needs=NEED.replace("2024-01-14", "2024-03-14"),
    )
    frozen("line_maximum-some_rows", case)
