"""Handovers, pledges, reservations and asks, in a plan made by hand."""

import pytest

# P1 grants 100 - 20 - 10 = 70 for N1 at the front; P2 grants 6 through 5 January, and 7 more are asked for.
GIFTS = {
    "parties": "party kind\nDE nation\nPL nation\nUA nation",
    "places": "place party\nDEPOT_DE DE\nDEPOT_PL PL\nHUB UA\nFRONT UA",
    "items": "item value_eur\ngen 21000",
    "stocks": "place item quantity\nDEPOT_DE gen 90\nDEPOT_PL gen 20",
    "receipts": "place item quantity due_on pledge\nHUB gen 10 2024-01-03 P1",
    "needs": """
need place item quantity required_by priority
N1 FRONT gen 70 2024-01-14 1
N2 HUB gen 23 2024-01-21 2
""",
    "pledges": """
pledge donor recipient item quantity state available_from available_until delivered_quantity only_for
P1 DE UA gen 100 committed 2024-01-08 - 20 N1
P2 PL - gen 6 announced - 2024-01-05 - -
""",
    "objectives": "party item floor from_date\nDE gen 20 -\nPL gen 7 2024-01-08",
    "legs": """
leg origin destination mode transit_days
LD DEPOT_DE HUB rail 3
LP DEPOT_PL HUB road 0
LF HUB FRONT road 0
""",
}
GIFTS_PLAN = {
    "shipments": """
leg origin destination item reserved_for arrives_for bucket leaves_from leaves_until arrives_from arrives_until quantity
LD DEPOT_DE HUB gen - N1 1 2024-01-08 2024-01-14 2024-01-11 2024-01-17 70
LP DEPOT_PL HUB gen - - 0 2024-01-01 2024-01-05 2024-01-01 2024-01-05 6
LP DEPOT_PL HUB gen - - 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 2
LP DEPOT_PL HUB gen - - 1 2024-01-08 2024-01-14 2024-01-08 2024-01-14 5
LF HUB FRONT gen N1 N1 1 2024-01-08 2024-01-14 2024-01-08 2024-01-14 40
LF HUB FRONT gen N1 N1 2 2024-01-15 2024-01-21 2024-01-15 2024-01-21 30
""",
    "handovers": """
agreement basis giver receiver item reserved_for bucket leaves_from leaves_until quantity value_eur
P1 pledge DE UA gen N1 1 2024-01-08 2024-01-14 70 1470000
P2 pledge PL UA gen - 0 2024-01-01 2024-01-05 6 126000
- ask PL UA gen - 0 2024-01-01 2024-01-07 2 42000
- ask PL UA gen - 1 2024-01-08 2024-01-14 5 105000
""",
    "asks": """
giver receiver item quantity leaves_from leaves_until value_eur
PL UA gen 7 2024-01-01 2024-01-14 147000
""",
    "issues": """
need required_by place item reserved_for bucket issued_from issued_until quantity days_late
N1 2024-01-14 FRONT gen N1 1 2024-01-08 2024-01-14 40 0
N1 2024-01-14 FRONT gen N1 2 2024-01-15 2024-01-21 30 7
N2 2024-01-21 HUB gen - 0 2024-01-01 2024-01-07 18 0
N2 2024-01-21 HUB gen - 1 2024-01-08 2024-01-14 5 0
""",
    "stock_levels": """
place item bucket date quantity expired
DEPOT_DE gen 0 2024-01-07 90 0
DEPOT_DE gen 1 2024-01-14 20 0
DEPOT_DE gen 2 2024-01-21 20 0
DEPOT_PL gen 0 2024-01-07 12 0
DEPOT_PL gen 1 2024-01-14 7 0
DEPOT_PL gen 2 2024-01-21 7 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 FRONT gen 2024-01-14 70 40 30 0 210 2024-01-14 2024-01-21
N2 2 HUB gen 2024-01-21 23 23 0 0 0 2024-01-07 2024-01-14
""",
}
GIFTS_TIERS = {
    "floors": 0.0,
    "needs 1 unmet": 0.0,
    "needs 1 late": 210.0,
    "needs 2 unmet": 0.0,
    "needs 2 late": 0.0,
    "asks": 7.0,
    "cost": 0.0,
    "earliest": 40 * 13 + 30 * 20 + 18 * 6 + 5 * 13 + 0.001 * (70 * 4 + 8 + 5 + 40 + 30),
}
FREE_ORDER = """
supplier buyer item leg place bucket decide_by leaves_from leaves_until delivered_from delivered_until quantity
PL UA gen AB B 0 2024-01-01 2024-01-01 2024-01-07 2024-01-01 2024-01-07 5
"""
PLEDGES = "pledge donor recipient item quantity state available_from available_until delivered_quantity only_for\n"
P1 = "P1 DE UA gen 100 committed 2024-01-08 - 20 N1\n"
P2 = "P2 PL - gen 6 announced - 2024-01-05 - -\n"


@pytest.fixture
def gifts(make_situation):
    """Two donors, one pledge for a need, one for anything, and asks."""
    return make_situation("week 3", GIFTS, GIFTS_PLAN, GIFTS_TIERS, gifts="open")


def test_a_right_plan_breaks_no_rule(gifts):
    """The plan worked out by hand breaks no rule."""
    assert gifts.check() == ()


def test_every_falsified_number_is_caught(gifts, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(gifts) == []


def test_asks_need_open_gifts(make_situation):
    """Where only pledges may be given, an ask is no basis."""
    pledged = make_situation("week 3", GIFTS, GIFTS_PLAN, GIFTS_TIERS)
    assert pledged.rules() == {"basis"}


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("pledge", "P1 DE UA gen 99 committed 2024-01-08 - 20 N1", "P1 DE UA gen 100 committed 2024-01-08 - 20 N1"),
        ("pledge", "P1 DE UA gen 100 withdrawn - - 20 N1", "P1 DE UA gen 100 allocated - - 20 N1"),
        ("pledge", "P1 DE UA gen - committed - - - N1", "P1 DE UA gen 80 committed - - - N1"),
        ("pledge_covers", "P1 UA UA gen 100 committed - - 20 N1", "P1 DE - gen 100 committed - - 20 N1"),
        ("pledge_covers", "P1 DE PL gen 100 committed - - 20 N1", "P1 DE UA gen 101 committed - - 20 N1"),
        ("pledge_covers", "P1 DE UA cable 100 committed - - 20 N1", "P1 DE UA gen 100 committed - - 19 N1"),
        (
            "pledge_covers",
            "P1 DE UA gen 100 committed 2024-01-09 - 20 N1",
            "P1 DE UA gen 100 committed 2024-01-08 - 20 N1",
        ),
        (
            "pledge_covers",
            "P1 DE UA gen 100 committed - 2024-01-13 20 N1",
            "P1 DE UA gen 100 committed - 2024-01-14 20 N1",
        ),
    ],
)
def test_a_pledge_covers_only_what_it_says(gifts, rule, wrong, right):
    """Its donor, recipient, item, days, state and quantity bind; the receipt that names it counts."""
    assert gifts.with_case(pledges=f"{PLEDGES}{wrong}\n{P2}").rules() == {rule}
    assert gifts.with_case(pledges=f"{PLEDGES}{right}\n{P2}").rules() == set()


def test_only_a_pledge_with_only_for_reserves(gifts):
    """A pledge for anything does not reserve; a pledge for another need does not cover it."""
    free = "P1 DE UA gen 100 committed 2024-01-08 - 20 -\n"
    assert gifts.with_case(pledges=PLEDGES + free + P2).rules() == {"reserved"}
    other = "P1 DE UA gen 100 committed 2024-01-08 - 20 N2\n"
    assert gifts.with_case(pledges=PLEDGES + other + P2).rules() == {"pledge_covers", "reserved"}


def test_a_pledge_for_a_place_serves_any_need_there(gifts):
    """Goods reserved for the front serve the need at the front."""
    pledge = "P1 DE UA gen 100 committed 2024-01-08 - 20 FRONT\n"
    swap = {
        "shipments": GIFTS_PLAN["shipments"].replace("N1", "FRONT"),
        "handovers": GIFTS_PLAN["handovers"].replace("N1", "FRONT"),
        "issues": GIFTS_PLAN["issues"].replace("FRONT gen N1", "FRONT gen FRONT"),
    }
    assert gifts.with_case(pledges=PLEDGES + pledge + P2).with_plan(**swap).rules() == set()
    hub = {name: words.replace("FRONT gen FRONT", "FRONT gen HUB") for name, words in swap.items()}
    assert "reserved" in gifts.with_plan(**hub).rules()


@pytest.mark.parametrize(
    ("pledge", "rules"),
    [
        ("P3 PL DE gen 1 announced 2024-03-01 - - -", {"ask"}),
        ("P3 PL DE gen 3 announced - - 2 N1", {"ask"}),
        ("P3 PL DE gen 3 announced - - 3 N1", set()),
        ("P3 PL DE gen 1 withdrawn - - - -", set()),
        ("P3 PL DE gen 1 announced - 2023-12-31 - -", set()),
        ("P3 DE PL gen 1 announced - - - -", set()),
    ],
)
def test_asks_repeat_no_pledge(gifts, pledge, rules):
    """Of the 20 of PL 7 are its floor and 6 pledged: 7 may be asked for, and less where more is pledged to anybody."""
    assert gifts.with_case(pledges=PLEDGES + P1 + P2 + pledge).rules() == rules


@pytest.mark.parametrize(
    ("floors", "rules"),
    [
        ("PL - gen 12 -\nPL - gen 7 2024-01-08", {"ask"}),
        ("PL - gen 3 -\n- DEPOT_PL gen 7 -\n- SHED_PL gen 1 2024-01-21", {"ask", "floor"}),
        ("PL - gen 7 -\n- DEPOT_PL gen 7 -", set()),
    ],
)
def test_asks_leave_the_largest_floor(gifts, floors, rules):
    """The floor is the largest that is in force: that of the party, or of its places together."""
    places = GIFTS["places"] + "\nSHED_PL PL"
    spoilt = gifts.with_case(objectives="party place item floor from_date\n" + floors, places=places)
    assert spoilt.rules() == rules


def test_what_is_brought_or_made_may_be_asked_for(gifts):
    """What PL makes is beyond its stock: a pledge of 2 more leaves 5 of its own, and 2 of 3 made are asked for."""
    pledge = "P3 PL DE gen 2 announced - - - -"
    making = gifts.with_case(
        pledges=PLEDGES + P1 + P2 + pledge,
        processes="process place item lead_time_days yield\nMILL DEPOT_PL gen 0 0.5",
    )
    assert making.rules() == {"ask"}
    made = making.with_plan(
        production="process place item bucket starts_from starts_until started made arrives_from arrives_until\n"
        "MILL DEPOT_PL gen 0 2024-01-01 2024-01-07 4 2 2024-01-01 2024-01-07",
        stock_levels=GIFTS_PLAN["stock_levels"]
        .replace("PL gen 0 2024-01-07 12", "PL gen 0 2024-01-07 14")
        .replace("PL gen 1 2024-01-14 7", "PL gen 1 2024-01-14 9")
        .replace("PL gen 2 2024-01-21 7", "PL gen 2 2024-01-21 9"),
    )
    assert made.rules() == set()


def test_goods_that_stay_with_their_owner_are_not_reserved_anew(gifts):
    """A move between places of one party changes no reservation."""
    words = GIFTS_PLAN["shipments"].replace("FRONT gen N1 N1 2", "FRONT gen N1 N2 2")
    assert "reserved" in gifts.with_plan(shipments=words).rules()


def test_gifts_are_free_without_a_table_of_pledges(make_situation):
    """Where the case has no pledges, gifts stand on nothing; so do purchases and what goes to industry."""
    case = {
        "parties": "party kind\nPL {}\nUA {}",
        "places": "place party\nA PL\nB UA",
        "items": "item\ngen",
        "stocks": "place item quantity\nA gen 5",
        "objectives": "party item objective\nUA gen 5",
        "legs": "leg origin destination mode transit_days\nAB A B road 0",
    }
    plan = {
        "shipments": "leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity\n"
        "AB A B gen 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 5",
        "handovers": "basis giver receiver item bucket leaves_from leaves_until quantity\n"
        "free PL UA gen 0 2024-01-01 2024-01-07 5",
        "stock_levels": "place item bucket date quantity expired\nB gen 0 2024-01-07 5 0",
    }
    for giver, receiver, given, rules in (
        ("nation", "organisation", False, set()),
        ("industry", "nation", True, set()),
        ("nation", "industry", True, set()),
        ("nation", "organisation", True, {"basis"}),
    ):
        tables = {**case, "parties": case["parties"].format(giver, receiver)}
        tables |= {"pledges": PLEDGES} if given else {}
        more = {"orders": FREE_ORDER} if giver == "industry" else {}
        assert make_situation("week 1", tables, plan | more, {}).rules() == rules


def test_handovers_are_what_shipments_carry(gifts):
    """A handover of a unit more than what goes from party to party is told, and one of as much is not."""
    quantity = gifts.plan["handovers"]["quantity"][0]
    assert "handover" in gifts.with_cell("handovers", 0, "quantity", quantity + 1).rules()
    assert "handover" not in gifts.with_cell("handovers", 0, "quantity", quantity).rules()
