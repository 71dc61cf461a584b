"""Goods that leave on some days of a bucket only, since their pledge is in force on these, in a plan made by hand."""

import pytest

# P1 is in force from 3 to 10 January: days 2-6 of week 0 and 0-2 of week 1. LN is open to 5 January. A leg carries 31 t
# a month: 1 t a day. Over L leave 5 t on the five days of week 0, and over LN 3 t on the three on which it is open.
WINDOWS = {
    "parties": "party kind\nPL nation\nUA nation",
    "places": "place party\nA PL\nB UA",
    "items": "item mass_kg\ngen 1000",
    "stocks": "place item quantity\nA gen 20",
    "needs": "need place item quantity required_by priority\nN B gen 9 2024-01-14 1",
    "pledges": """
pledge donor recipient item quantity state available_from available_until
P1 PL UA gen 9 committed 2024-01-03 2024-01-10
""",
    "legs": """
leg origin destination mode transit_days open_until capacity_t_per_month
L A B road 1 - 31
LN A B rail 0 2024-01-05 31
""",
}
WINDOWS_PLAN = {
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity mass_t
L A B gen 0 2024-01-03 2024-01-07 2024-01-04 2024-01-08 5 5
LN A B gen 0 2024-01-03 2024-01-05 2024-01-03 2024-01-05 3 3
L A B gen 1 2024-01-08 2024-01-10 2024-01-09 2024-01-11 1 1
""",
    "handovers": """
agreement basis giver receiver item bucket leaves_from leaves_until quantity
P1 pledge PL UA gen 0 2024-01-03 2024-01-07 5
P1 pledge PL UA gen 0 2024-01-03 2024-01-05 3
P1 pledge PL UA gen 1 2024-01-08 2024-01-10 1
""",
    "issues": """
need required_by place item bucket issued_from issued_until quantity days_late
N 2024-01-14 B gen 0 2024-01-01 2024-01-07 7 0
N 2024-01-14 B gen 1 2024-01-08 2024-01-14 2 0
""",
    "stock_levels": """
place item bucket date quantity expired
A gen 0 2024-01-07 12 0
A gen 1 2024-01-14 11 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N 1 B gen 2024-01-14 9 9 0 0 0 2024-01-07 2024-01-14
""",
}
TIERS = {"floors": 0.0, "needs 1 unmet": 0.0, "needs 1 late": 0.0, "cost": 0.0, "earliest": 7 * 6 + 2 * 13 + 0.015}


@pytest.fixture
def windows(make_situation):
    """One pledge that only touches two weeks, over two legs."""
    return make_situation("week 2", WINDOWS, WINDOWS_PLAN, TIERS)


def test_a_right_plan_breaks_no_rule(windows):
    """The plan worked out by hand breaks no rule: of the 5 over L, 4 arrive in week 0."""
    assert windows.check() == ()


def test_every_falsified_number_is_caught(windows, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(windows) == []


@pytest.mark.parametrize("days", ["2024-01-04 2024-01-10", "2024-01-03 2024-01-09"])
def test_nothing_leaves_outside_of_the_window(windows, days):
    """A pledge in force a day later, or until a day earlier, covers neither the goods nor their days."""
    moved = WINDOWS["pledges"].replace("2024-01-03 2024-01-10", days)
    assert {"pledge_covers", "figures"} & windows.with_case(pledges=moved).rules()


def test_legs_carry_within_a_window_what_they_can_on_its_days(windows):
    """Of 30 t a month a leg carries less than 5 t on five days, though it could in the week."""
    tight = WINDOWS["legs"].replace("- 31", "- 30")
    assert windows.with_case(legs=tight).rules() == {"leg_window"}


def test_legs_that_share_a_capacity_share_its_windows(windows):
    """Both legs together carry 8 t within five days, and one capacity for both is 5 t, and 7 t in a week."""
    head, *legs = WINDOWS["legs"].strip().splitlines()
    shared = "\n".join([f"{head} shared_capacity", *(f"{leg} ROAD" for leg in legs)])
    assert windows.with_case(legs=shared).rules() == {"leg_capacity", "leg_window"}


# Two pledges begin within one week, on 4 and 5 January. The leg carries 1 t a day, which it shares: 3 t of one leave on
# the last three days, and 1 t of the other on the last four.
OVERLAPPING = {
    "parties": "party kind\nPL nation\nUA nation",
    "places": "place party\nA PL\nB UA",
    "items": "item mass_kg\ngen 1000\ntent 1000",
    "stocks": "place item quantity\nA gen 20\nA tent 20",
    "needs": "need place item quantity required_by priority\nN B gen 3 2024-01-07 1\nM B tent 1 2024-01-07 1",
    "pledges": """
pledge donor recipient item quantity state available_from
P1 PL UA gen 3 committed 2024-01-05
P2 PL UA tent 1 committed 2024-01-04
""",
    "legs": "leg origin destination mode transit_days shared_capacity capacity_t_per_month\nL A B road 0 ROAD 31",
}
OVERLAPPING_PLAN = {
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity mass_t
L A B gen 0 2024-01-05 2024-01-07 2024-01-05 2024-01-07 3 3
L A B tent 0 2024-01-04 2024-01-07 2024-01-04 2024-01-07 1 1
""",
    "handovers": """
agreement basis giver receiver item bucket leaves_from leaves_until quantity
P1 pledge PL UA gen 0 2024-01-05 2024-01-07 3
P2 pledge PL UA tent 0 2024-01-04 2024-01-07 1
""",
    "issues": """
need required_by place item bucket issued_from issued_until quantity days_late
N 2024-01-07 B gen 0 2024-01-01 2024-01-07 3 0
M 2024-01-07 B tent 0 2024-01-01 2024-01-07 1 0
""",
    "stock_levels": "place item bucket date quantity expired\nA gen 0 2024-01-07 17 0\nA tent 0 2024-01-07 19 0",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N 1 B gen 2024-01-07 3 3 0 0 0 2024-01-07 2024-01-07
M 1 B tent 2024-01-07 1 1 0 0 0 2024-01-07 2024-01-07
""",
}
OVERLAPPING_TIERS = {
    "floors": 0.0, "needs 1 unmet": 0.0, "needs 1 late": 0.0, "cost": 0.0, "earliest": 4 * 6 + 0.004,
}  # fmt: skip


@pytest.fixture
def overlapping(make_situation):
    """Two pledges that begin on different days of a week, over one leg with a shared capacity."""
    return make_situation("week 1", OVERLAPPING, OVERLAPPING_PLAN, OVERLAPPING_TIERS)


def test_what_leaves_on_more_days_does_not_count_against_fewer(overlapping):
    """Four tonnes on four days are what the leg carries, though it carries only three on the days of the first."""
    assert overlapping.check() == ()
    tight = OVERLAPPING["legs"].replace(" 31", " 30.9")
    assert overlapping.with_case(legs=tight).rules() == {"leg_window"}
