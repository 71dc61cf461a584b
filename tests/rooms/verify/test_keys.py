"""Burden-sharing keys: what was given before and is given now, shares and caps, in a plan made by hand."""

import pytest

# Before the plan DE gave 10 gen (of 100, 5 more are on the road to UA), PL a whole pledge of 4: 15 x 20 = 300 and 80.
# In it DE gives 10 gen under P1 (200) and PL 6 gen that it is asked for (120): 500 and 200 of 700. Salt has no value.
KEYED = {
    "parties": "party kind\nDE nation\nPL nation\nUA nation\nACME industry",
    "places": "place party\nDE_D DE\nPL_D PL\nHUB UA\nPLANT ACME",
    "items": "item value_eur\ngen 20\nsalt -",
    "stocks": "place item quantity\nDE_D gen 10\nPL_D gen 6\nDE_D salt 9\nPLANT gen 50",
    "receipts": "place item quantity due_on pledge\nHUB gen 5 2024-01-03 P1",
    "needs": "need place item quantity required_by priority\nN1 HUB gen 71 2024-01-07 1\nN2 HUB salt 9 2024-01-07 1",
    "legs": """
leg origin destination mode transit_days
D DE_D HUB road 0
P PL_D HUB road 0
I PLANT HUB road 0
""",
    "pledges": """
pledge donor recipient item quantity state delivered_quantity
P1 DE UA gen 100 committed 10
P2 DE UA salt 9 committed -
P3 PL UA gen 4 delivered -
""",
    "keys": """
key party share maximum_excess
gdp DE 0.6 0.1
gdp PL 0.4 -
""",
}
KEYED_PLAN = {
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity
D DE_D HUB gen 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 10
D DE_D HUB salt 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 9
P PL_D HUB gen 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 6
I PLANT HUB gen 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 50
""",
    "handovers": """
agreement basis giver receiver item bucket leaves_from leaves_until quantity value_eur
P1 pledge DE UA gen 0 2024-01-01 2024-01-07 10 200
P2 pledge DE UA salt 0 2024-01-01 2024-01-07 9 -
- ask PL UA gen 0 2024-01-01 2024-01-07 6 120
- free ACME UA gen 0 2024-01-01 2024-01-07 50 1000
""",
    "orders": """
leg supplier buyer item place bucket leaves_from leaves_until delivered_from delivered_until decide_by quantity
I ACME UA gen HUB 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 2024-01-01 50
""",
    "asks": "giver receiver item quantity leaves_from leaves_until value_eur\nPL UA gen 6 2024-01-01 2024-01-07 120",
    "issues": """
need required_by place item bucket issued_from issued_until quantity days_late
N1 2024-01-07 HUB gen 0 2024-01-01 2024-01-07 71 0
N2 2024-01-07 HUB salt 0 2024-01-01 2024-01-07 9 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 HUB gen 2024-01-07 71 71 0 0 0 2024-01-07 2024-01-07
N2 1 HUB salt 2024-01-07 9 9 0 0 0 2024-01-07 2024-01-07
""",
    "shares": """
key party share given_eur total_eur excess_eur
gdp DE 0.6 500 700 80
gdp PL 0.4 200 700 -80
""",
}
KEYED_TIERS = {"needs 1 unmet": 0.0, "needs 1 late": 0.0, "asks": 6.0, "shares": 80.0, "earliest": 480.075}


@pytest.fixture
def keyed(make_situation):
    """Two donors that share a burden."""
    return make_situation("week 1", KEYED, KEYED_PLAN, KEYED_TIERS, gifts="open")


def test_a_right_plan_breaks_no_rule(keyed):
    """The plan worked out by hand breaks no rule."""
    assert keyed.check() == ()


def test_every_falsified_number_is_caught(keyed, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(keyed) == []


def test_a_cap_bounds_what_is_given_in_the_plan(keyed):
    """Of 320 given in the plan DE gives 200 = 0.625; before it gave 300 of 380, more than any cap: no room is left.

    At 0.6 + 0.02 it gives more than 0.62 x 320 = 198.4; PL gives 120 of 320 = 0.375, and has 0.4 x 380 - 80 = 72 to
    make good: no cap of PL is broken.
    """
    words = KEYED["keys"].replace("0.6 0.1", "0.6 {}").replace("0.4 -", "0.4 0")
    assert keyed.with_case(keys=words.format("0.02")).rules() == {"key_cap"}
    assert keyed.with_case(keys=words.format("0.03")).rules() == set()


def test_room_left_by_what_was_delivered_counts(keyed):
    """Had DE given only what is on the road, 100 of 180, it would have room for 0.6 x 180 - 100 = 8 more.

    In the plan it gives 200, 8 more than 0.6 x 320. Were 6 on the road, 120 of 200, no room would be left.
    """
    pledges = KEYED["pledges"].replace("P1 DE UA gen 100 committed 10", "P1 DE UA gen 100 committed -")
    case = keyed.with_case(pledges=pledges, keys=KEYED["keys"].replace("0.6 0.1", "0.6 0"))
    assert "key_cap" not in case.rules()
    more = case.with_case(receipts="place item quantity due_on pledge\nHUB gen 6 2024-01-03 P1")
    assert "key_cap" in more.rules()
