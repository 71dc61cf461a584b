"""A previous plan: how far a plan departs from it, as golden problems."""

from __future__ import annotations

import datetime as dt

from tests.cases import NEW_YEAR, make_case
from tests.rooms.problem.freezing import frozen, previous

from scorta.case import Case


def moving(as_of: dt.date = NEW_YEAR) -> Case:
    """Return a case of two weeks in which A sends rice to B under G, over the leg L."""
    return make_case(
        "week 2",
        as_of,
        stocks="place item quantity | P rice 10",
        legs="leg origin destination mode transit_days | L P R road 0",
        needs="need place item quantity required_by priority | N1 R rice 5 2024-01-14 1",
        pledges="pledge donor recipient item quantity state | G A B rice 4 committed",
    )


def shipped(leg: str, first: str, last: str, quantity: int) -> str:
    """Return a shipment of rice in words."""
    return f"leg item bucket leaves_from leaves_until quantity | {leg} rice 0 {first} {last} {quantity}"


def test_what_was_decided_is_spread_over_the_buckets() -> None:
    """7 over the 14 days from Thursday, January 4th: 4 days in week 0, 7 in week 1, 3 after the plan: 2 and 3.5."""
    before = previous(shipments=shipped("L", "2024-01-04", "2024-01-17", 7))
    frozen("change-spread", moving(), before)


def test_what_lies_before_the_plan_or_is_gone() -> None:
    """Of 7 over the week of January 1st, 3 are past on the 4th: 4 are left. M is no leg any more: 6 stand below."""
    rows = shipped("L", "2024-01-01", "2024-01-07", 7)
    gone = shipped("M", "2024-01-04", "2024-01-05", 6).split("|")[1]
    frozen("change-gone", moving(dt.date(2024, 1, 4)), previous(shipments=f"{rows} |{gone}"))


def test_the_tiers_of_a_plan_that_follows() -> None:
    """Frozen come behind the floors, in week 0 alone: above, below, and all that was not decided; change comes last."""
    frozen("tiers-previous", moving(), previous(7, shipments=shipped("L", "2024-01-01", "2024-01-07", 4)))


def test_every_kind_of_decision_is_followed() -> None:
    """A kind each: shipped 3, issued 2 (of N1 at any time), started 4, a kit 5, under G 1, bought 6, built 1."""
    case = make_case(
        "week 1",
        items="item mass_kg | rice 1000 | wheat 1000 | box 1000",
        stocks="place item quantity | P rice 10 | P box 1",
        legs="leg origin destination mode transit_days | L P R road 0 | K W R road 0",
        needs="need place item quantity required_by priority | N1 R rice 5 2024-01-07 1 | N2 P box 5 2024-01-07 1",
        pledges="pledge donor recipient item quantity state | G A B rice 4 committed",
        processes="process place item lead_time_days unit_cost_eur | MILL W rice 0 1",
        loads="process line line_hours_per_unit | MILL LINE 1",
        lines="line place capacity_per_month | LINE W 31",
        expansions="expansion line adds_per_month lead_time_days cost_eur | X LINE 31 0 1",
        contracts="contract buyer supplier item option | C B I rice 9",
        kits="item component quantity | box rice 1",
    )
    days = "2024-01-01 2024-01-07"
    before = previous(
        shipments=shipped("L", *days.split(), 3),
        issues=f"need item bucket issued_from issued_until quantity | N1 rice 0 {days} 2",
        production=f"process bucket starts_from starts_until started | MILL 0 {days} 4",
        kits="place item bucket date quantity | P box 0 2024-01-07 5",
        handovers="agreement basis item bucket leaves_from leaves_until quantity"
        f" | G pledge rice 0 {days} 1 | C contract rice 0 {days} 6 | - ask rice 0 {days} 9",
        expansions="expansion bucket decided_on count | X 0 2024-01-01 1",
    )
    frozen("change-kinds", case, before)
