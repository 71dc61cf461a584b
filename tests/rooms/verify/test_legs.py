"""Transit, receipts, capacities and places: plans made by hand, and the same plans spoilt."""

import pytest

PARTIES = """
party kind
PL nation
"""

# 70 leave in the first week and take 10 days: 40 arrive in the second week (4 of 7 days), 30 in the third.
SLOW_ROAD = {
    "parties": PARTIES,
    "places": "place party\nA PL\nB PL",
    "items": "item mass_kg\ngen 500",
    "stocks": "place item quantity\nA gen 100",
    "receipts": "place item quantity due_on\nA gen 15 2024-01-20\nA gen 9 2024-03-01\nA gen 2 2023-12-01",
    "needs": "need place item quantity required_by priority\nN1 B gen 60 2024-01-14 1",
    "legs": "leg origin destination mode transit_days cost_eur_per_t capacity_t_per_month\nAB A B road 10 10 155",
}
SLOW_ROAD_PLAN = {
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity mass_t cost_eur
AB A B gen 0 2024-01-01 2024-01-07 2024-01-11 2024-01-17 70 35 350
""",
    "issues": """
need required_by place item bucket issued_from issued_until quantity days_late
N1 2024-01-14 B gen 1 2024-01-08 2024-01-14 40 0
N1 2024-01-14 B gen 2 2024-01-15 2024-01-21 20 7
""",
    "stock_levels": """
place item bucket date quantity expired
A gen 0 2024-01-07 32 0
A gen 1 2024-01-14 32 0
A gen 2 2024-01-21 47 0
A gen 3 2024-01-28 47 0
B gen 2 2024-01-21 10 0
B gen 3 2024-01-28 10 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 B gen 2024-01-14 60 40 20 0 140 2024-01-14 2024-01-21
""",
    "spend": "party year kind amount_eur\nPL 2024 transport 350",
}
SLOW_ROAD_TIERS = {
    "needs 1 unmet": 0.0,
    "needs 1 late": 140.0,
    "cost": 350.0,
    "earliest": 40 * 13 + 20 * 20 + 0.001 * 70 * 11,
}


@pytest.fixture
def slow_road(make_situation):
    """A leg of ten days on a grid of weeks."""
    return make_situation("week 4", SLOW_ROAD, SLOW_ROAD_PLAN, SLOW_ROAD_TIERS)


# Two legs share 62 t a month and are open on the days 01-01 to 01-05 and 01-11 to 01-14: 10 t in the first week,
# 8 t in the second. A takes 4 t in half a day; the hub lets 31 t a month through, 7 t a week.
SHARED = {
    "parties": PARTIES,
    "places": "place party throughput_t_per_month storage_t\nA PL - -\nB PL - -\nHUB PL 31 12",
    "items": "item mass_kg holding_eur_per_month\ngen 1000 31\nnail - -",
    "stocks": "place item quantity\nA gen 20\nB gen 20\nA nail 5\nHUB gen 1",
    "receipts": "place item quantity due_on\nHUB gen 3 2024-01-09",
    "objectives": "place party item objective maximum priority\nHUB - gen 20 10 2\n- PL gen 50 - -",
    "legs": """
leg origin destination mode transit_days shared_capacity capacity_t_per_month open_from open_until item
L1 A HUB road 0.5 S 62 2024-01-01 2024-01-05 -
L2 B HUB road 0 S 62 2024-01-11 - gen
""",
}
SHARED_PLAN = {
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity mass_t cost_eur
L1 A HUB gen 0 2024-01-01 2024-01-05 2024-01-01 2024-01-06 4 4 -
L1 A HUB nail 0 2024-01-01 2024-01-05 2024-01-01 2024-01-06 5 - 0
L2 B HUB gen 1 2024-01-11 2024-01-14 2024-01-11 2024-01-14 2 2 -
""",
    "stock_levels": """
place item bucket date quantity expired
A gen 0 2024-01-07 16 0
A gen 1 2024-01-14 16 0
B gen 0 2024-01-07 20 0
B gen 1 2024-01-14 18 0
HUB gen 0 2024-01-07 5 0
HUB gen 1 2024-01-14 10 0
HUB nail 0 2024-01-07 5 0
HUB nail 1 2024-01-14 5 0
""",
    "spend": "party year kind amount_eur\nPL 2024 holding 595",
}
SHARED_TIERS = {
    "objectives": 7 * (15 + 10) / 2 + 7 * (9 + 6),
    "cost": 7.0 * (41 + 44),
    "earliest": 0.001 * (4 * 1.5 + 5 * 1.5 + 2),
}


@pytest.fixture
def shared(make_situation):
    """Two legs with one capacity, a hub with a throughput, storage and a maximum."""
    return make_situation("week 2", SHARED, SHARED_PLAN, SHARED_TIERS)


@pytest.mark.parametrize("name", ["slow_road", "shared"])
def test_right_plans_break_no_rule(name, request):
    """A plan worked out by hand breaks no rule."""
    assert request.getfixturevalue(name).check() == ()


@pytest.mark.parametrize("name", ["slow_road", "shared"])
def test_every_falsified_number_is_caught(name, request, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(request.getfixturevalue(name)) == []


def test_a_shipment_leaves_only_while_its_leg_is_open(slow_road):
    """A leg closed before the plan carries nothing; one open on a day of the bucket does."""
    legs = "leg origin destination mode transit_days cost_eur_per_t open_until\nAB A B road 10 10 {}"
    assert "leg_open" in slow_road.with_case(legs=legs.format("2023-12-31")).rules()
    assert "leg_open" not in slow_road.with_case(legs=legs.format("2024-01-01")).rules()


def test_a_leg_for_one_item_carries_no_other(slow_road):
    """A leg that names an item carries only that."""
    legs = "leg origin destination mode transit_days cost_eur_per_t item\nAB A B road 10 10 {}"
    assert slow_road.with_case(legs=legs.format("cable")).rules() == {"leg_item"}
    assert slow_road.with_case(legs=legs.format("gen")).rules() == set()


def test_a_leg_carries_no_more_than_its_capacity(slow_road):
    """35 t in a week of January are 155 t a month: 154 are too few."""
    legs = "leg origin destination mode transit_days cost_eur_per_t capacity_t_per_month\nAB A B road 10 10 {}"
    assert slow_road.with_case(legs=legs.format("154")).rules() == {"leg_capacity"}
    assert slow_road.with_case(legs=legs.format("155")).rules() == set()


def test_legs_of_a_shared_capacity_count_together(shared):
    """The second week has four days of S: 2 t are 15.5 t a month."""
    words = SHARED["legs"].replace(" 62 ", " {} ")
    assert shared.with_case(legs=words.format("15.4", "15.4")).rules() == {"leg_capacity"}
    assert shared.with_case(legs=words.format("24.8", "24.8")).rules() == set()


def test_a_leg_of_a_shared_capacity_keeps_to_its_own_days(shared):
    """With L3 open S runs on all days, but L1 on five of the first week: 4 t are 24.8 t a month."""
    words = SHARED["legs"].replace(" 62 ", " {0} ") + "L3 B HUB air 0 S {0} - - -\n"
    assert shared.with_case(legs=words.format("24.7")).rules() == {"leg_capacity", "leg_window"}
    assert shared.with_case(legs=words.format("24.8")).rules() == set()


def test_a_place_lets_no_more_through_than_its_throughput(shared):
    """The hub takes 4 t in the first week, that is 17.72 t a month."""
    words = "place party throughput_t_per_month storage_t\nA PL {} -\nB PL - -\nHUB PL {} 12"
    assert shared.with_case(places=words.format("17.7", "-")).rules() == {"throughput_out"}
    assert shared.with_case(places=words.format("-", "17.7")).rules() == {"throughput_in"}
    assert shared.with_case(places=words.format("17.8", "17.8")).rules() == set()


def test_storage_and_maximum_hold_at_the_end_of_a_bucket(shared):
    """10 t lie at the hub, whose stock of the first day and receipts alone make 4."""
    words = "place party throughput_t_per_month storage_t\nA PL - -\nB PL - -\nHUB PL - {}"
    assert shared.with_case(places=words.format("9.9")).rules() == {"storage", "tiers"}
    assert shared.with_case(places=words.format("10")).rules() == set()
    words = "place party item objective maximum priority\nHUB - gen 20 {} 2\n- PL gen 50 - -"
    assert shared.with_case(objectives=words.format("9.9")).rules() == {"maximum", "tiers"}


def test_what_lies_there_on_the_first_day_may_stay(make_situation):
    """A place too small for its stock keeps it; a receipt on top is an excess that the first tier counts."""
    case = {
        "parties": PARTIES,
        "places": "place party storage_t\nA PL 2",
        "items": "item mass_kg\ngen 1000",
        "stocks": "place item quantity\nA gen 5",
    }
    levels = "place item bucket date quantity expired\nA gen 0 2024-01-07 {} 0"
    stays = make_situation("week 1", case, {"stock_levels": levels.format(5)}, {})
    assert stays.check() == ()
    case |= {"receipts": "place item quantity due_on\nA gen 3 2024-01-03"}
    forced = make_situation("week 1", case, {"stock_levels": levels.format(8)}, {"limits": 21.0})
    assert forced.check() == ()
    silent = make_situation("week 1", case, {"stock_levels": levels.format(8)}, {})
    assert silent.rules() == {"tiers"}


def test_a_spot_that_no_row_mentions_holds_what_it_held(slow_road):
    """Stock that the plan forgets is stock that is lost."""
    more = "place item quantity\nA gen 100\nB cable 5"
    items = "item mass_kg\ngen 500\ncable -"
    assert slow_road.with_case(stocks=more, items=items).rules() == {"balance"}
    stocks = "place item quantity condition expires_on\nA gen 100 - -\nB {} -\nB gen 1 - 2023-12-31"
    assert slow_road.with_case(stocks=stocks.format("cable 5 repairable"), items=items).rules() == {"balance"}
    assert slow_road.with_case(stocks=stocks.format("cable 0 repairable"), items=items).rules() == set()
