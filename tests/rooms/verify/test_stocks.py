"""Dated lots, reserved lots and shelf lives, in a plan made by hand."""

import pytest

# Rations are good through 10 January: 3 of them are still on the road then. Bread keeps 10 days: the 30 of the first
# day are over before the third week; of the 14 that come in on 8 to 14 January 6 are alive on the 22nd, and then none.
STORE = {
    "parties": "party kind\nPL nation",
    "places": "place party\nD PL\nE PL",
    "items": "item shelf_life_days value_eur\nration - 7\nbread 10 2\ngen - -",
    "stocks": """
place item quantity expires_on reserved_for
D ration 20 2024-01-10 -
D bread 30 - -
D gen 8 - N2
D gen 3 - -
""",
    "receipts": "place item quantity due_on\nD bread 14 2024-01-10",
    "needs": """
need place item quantity required_by priority
N1 D ration 10 2024-01-14 1
N2 D gen 6 2024-01-07 2
""",
    "legs": "leg origin destination mode transit_days\nDE D E road 10",
}
STORE_PLAN = {
    "shipments": """
leg origin destination item expires_on bucket leaves_from leaves_until arrives_from arrives_until quantity
DE D E ration 2024-01-10 1 2024-01-08 2024-01-14 2024-01-18 2024-01-24 3
""",
    "issues": """
need required_by place item reserved_for expires_on bucket issued_from issued_until quantity days_late
N1 2024-01-14 D ration - 2024-01-10 0 2024-01-01 2024-01-07 5 0
N1 2024-01-14 D ration - 2024-01-10 1 2024-01-08 2024-01-14 5 0
N2 2024-01-07 D gen N2 - 0 2024-01-01 2024-01-07 6 0
""",
    "stock_levels": """
place item reserved_for expires_on bucket date quantity expired
D ration - 2024-01-10 0 2024-01-07 15 0
D ration - 2024-01-10 1 2024-01-14 0 7
D bread - - 0 2024-01-07 30 0
D bread - - 1 2024-01-14 14 30
D bread - - 2 2024-01-21 6 8
D bread - - 3 2024-01-28 0 6
D gen N2 - 0 2024-01-07 2 0
D gen N2 - 1 2024-01-14 2 0
D gen N2 - 2 2024-01-21 2 0
D gen N2 - 3 2024-01-28 2 0
D gen - - 0 2024-01-07 3 0
D gen - - 1 2024-01-14 3 0
D gen - - 2 2024-01-21 3 0
D gen - - 3 2024-01-28 3 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 D ration 2024-01-14 10 10 0 0 0 2024-01-07 2024-01-14
N2 2 D gen 2024-01-07 6 6 0 0 0 2024-01-07 2024-01-07
""",
}
STORE_TIERS = {
    "needs 1 unmet": 0.0,
    "needs 1 late": 0.0,
    "needs 2 unmet": 0.0,
    "needs 2 late": 0.0,
    "cost": 2.0 * 44 + 7 * 10,
    "earliest": 5 * 6 + 5 * 13 + 6 * 6 + 0.001 * 3 * 11,
}


@pytest.fixture
def store(make_situation):
    """A depot of dated, reserved and short-lived goods."""
    return make_situation("week 4", STORE, STORE_PLAN, STORE_TIERS)


def test_a_right_plan_breaks_no_rule(store):
    """The plan worked out by hand breaks no rule."""
    assert store.check() == ()


def test_every_falsified_number_is_caught(store, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(store) == []


def test_nothing_is_left_of_a_lot_after_its_day(make_situation):
    """A lot that ends in the second week may stay through the first, not through the second."""
    case = {**STORE, "stocks": "place item quantity expires_on\nD ration 5 {}", "receipts": "", "needs": ""}
    words = "place item expires_on bucket date quantity expired\nD ration {0} 0 2024-01-07 {1} {2}"
    for day, left, thrown, rules in (
        ("2024-01-08", 5, 0, set()),
        ("2024-01-07", 5, 0, {"expiry"}),
        ("2024-01-07", 0, 5, set()),
        ("2024-01-08", 0, 5, {"expiry"}),
    ):
        tables = {**case, "stocks": case["stocks"].format(day)}
        plan = {"stock_levels": words.format(day, left, thrown)}
        assert make_situation("week 1", tables, plan, {}).rules() == rules


def test_a_lot_that_outlives_the_plan_keeps(make_situation):
    """A last day of use after the horizon throws nothing away."""
    case = {**STORE, "stocks": "place item quantity expires_on\nD ration 5 2025-01-01", "receipts": "", "needs": ""}
    words = "place item expires_on bucket date quantity expired\nD ration 2025-01-01 0 2024-01-07 5 0"
    assert make_situation("week 1", case, {"stock_levels": words}, {}).check() == ()


def test_goods_are_kept_no_longer_than_they_keep(store):
    """With ten days 6 loaves are alive on the 22nd of January; with nine fewer, with eleven more than are kept."""
    items = "item shelf_life_days value_eur\nration - 7\nbread {} 2\ngen - -"
    assert "shelf_life" in store.with_case(items=items.format(9)).rules()
    assert "end_of_life" in store.with_case(items=items.format(11)).rules()
    assert "expiry" in store.with_case(items=items.format("-")).rules()


def test_reserved_goods_serve_only_what_they_are_reserved_for(store):
    """Goods reserved for one need are not issued to another, even one at the same place."""
    needs = STORE["needs"].replace("N2 D", "{} D") + "N{} D gen 1 2024-02-14 3\n"
    plan = {name: words.replace("N2", "{}") for name, words in STORE_PLAN.items()}
    issues = plan["issues"].format("N3", "N2")
    fulfilment = plan["fulfilment"].format("N3")
    wrong = store.with_case(needs=needs.format("N3", 2)).with_plan(issues=issues, fulfilment=fulfilment)
    assert wrong.rules() == {"reserved"}
