"""What each party holds over all its places, and how it stands to its objectives, in a plan made by hand."""

import pytest

# PL holds 100 gen in A and 10 in B (5 more wait for repair). In the first week it gives 30, issues 20 to its own need,
# and sends 14 on the road to B, seven days: 36 + 10 lie there, 14 are on the road. In the second week they and a
# receipt of 6 come to B, in the third 30 that it buys come to A. Of 7 tins of salt that can be used through the second
# day of the second week, 2 arrive in time and are thrown away with the 5 that do not.
HELD = {
    "parties": "party kind\nPL nation\nUA nation\nACME industry",
    "places": "place party\nA PL\nB PL\nHUB UA\nPLANT ACME",
    "items": "item value_eur\ngen 20\nsalt -",
    "stocks": """
place item quantity condition expires_on
A gen 100 serviceable -
B gen 10 serviceable -
A gen 5 repairable -
PLANT gen 50 serviceable -
A salt 7 serviceable 2024-01-09
""",
    "receipts": "place item quantity due_on\nB gen 6 2024-01-10",
    "objectives": """
party place item floor objective from_date
PL - gen 60 110 -
- A gen 30 - -
- B gen - 130 2024-01-22
""",
    "needs": "need place item quantity required_by priority\nN1 A gen 20 2024-01-07 1\nN2 HUB gen 30 2024-01-07 1",
    "pledges": "pledge donor recipient item quantity state\nP1 PL UA gen 30 committed",
    "contracts": """
contract buyer supplier item option unit_price_eur
C1 PL ACME gen 40 5
C2 UA ACME gen 40 4
C3 UA ACME salt 40 3
""",
    "legs": """
leg origin destination mode transit_days
G A HUB road 0
AB A B road 7
I PLANT A road 0
""",
}
HELD_PLAN = {
    "shipments": """
leg origin destination item expires_on bucket leaves_from leaves_until arrives_from arrives_until quantity
G A HUB gen - 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 30
AB A B gen - 0 2024-01-01 2024-01-07 2024-01-08 2024-01-14 14
AB A B salt 2024-01-09 0 2024-01-01 2024-01-07 2024-01-08 2024-01-14 7
I PLANT A gen - 2 2024-01-15 2024-01-21 2024-01-15 2024-01-21 30
""",
    "handovers": """
agreement basis giver receiver item bucket leaves_from leaves_until quantity value_eur
P1 pledge PL UA gen 0 2024-01-01 2024-01-07 30 600
C1 contract ACME PL gen 2 2024-01-15 2024-01-21 30 600
""",
    "orders": """
contract supplier buyer item leg place bucket leaves_from leaves_until delivered_from delivered_until decide_by \
quantity firm option unit_price_eur cost_eur
C1 ACME PL gen I A 2 2024-01-15 2024-01-21 2024-01-15 2024-01-21 2024-01-15 30 0 30 5 150
""",
    "issues": """
need required_by place item bucket issued_from issued_until quantity days_late
N1 2024-01-07 A gen 0 2024-01-01 2024-01-07 20 0
N2 2024-01-07 HUB gen 0 2024-01-01 2024-01-07 30 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 A gen 2024-01-07 20 20 0 0 0 2024-01-07 2024-01-07
N2 1 HUB gen 2024-01-07 30 30 0 0 0 2024-01-07 2024-01-07
""",
    "stock_levels": """
place item condition expires_on bucket date quantity expired
A gen serviceable - 0 2024-01-07 36 0
A gen serviceable - 1 2024-01-14 36 0
A gen serviceable - 2 2024-01-21 66 0
A gen serviceable - 3 2024-01-28 66 0
B gen serviceable - 0 2024-01-07 10 0
B gen serviceable - 1 2024-01-14 30 0
B gen serviceable - 2 2024-01-21 30 0
B gen serviceable - 3 2024-01-28 30 0
A gen repairable - 0 2024-01-07 5 0
A gen repairable - 1 2024-01-14 5 0
A gen repairable - 2 2024-01-21 5 0
A gen repairable - 3 2024-01-28 5 0
PLANT gen serviceable - 0 2024-01-07 50 0
PLANT gen serviceable - 1 2024-01-14 50 0
PLANT gen serviceable - 2 2024-01-21 20 0
PLANT gen serviceable - 3 2024-01-28 20 0
B salt serviceable 2024-01-09 1 2024-01-14 0 2
""",
    "spend": "party year kind amount_eur\nPL 2024 purchase 150",
    "holdings": """
party item bucket date level in_transit comes_in goes_out given floor objective
PL gen 0 2024-01-07 46 14 0 50 30 60 110
PL gen 1 2024-01-14 66 0 6 0 0 60 110
PL gen 2 2024-01-21 96 0 30 0 0 60 110
PL gen 3 2024-01-28 96 0 0 0 0 60 130
PL salt 0 2024-01-07 0 7 0 0 0 - -
PL salt 1 2024-01-14 0 0 0 7 0 - -
PL salt 2 2024-01-21 0 0 0 0 0 - -
PL salt 3 2024-01-28 0 0 0 0 0 - -
UA gen 0 2024-01-07 0 0 30 30 0 - -
UA gen 1 2024-01-14 0 0 0 0 0 - -
UA gen 2 2024-01-21 0 0 0 0 0 - -
UA gen 3 2024-01-28 0 0 0 0 0 - -
ACME gen 0 2024-01-07 50 0 0 0 0 - -
ACME gen 1 2024-01-14 50 0 0 0 0 - -
ACME gen 2 2024-01-21 20 0 0 30 0 - -
ACME gen 3 2024-01-28 20 0 0 0 0 - -
""",
    "objectives": f"""
party item held given draw_down level lowest lowest_on floor objective \
below_since back_on below_floor_since above_floor_on unit_price_eur price_basis
PL gen 110 30 {30 / 110} 96 46 2024-01-07 60 130 2024-01-07 - 2024-01-07 2024-01-14 5 contract
""",
}
HELD_TIERS = {
    "floors": 0.0,
    "needs 1 unmet": 0.0,
    "needs 1 late": 0.0,
    "objectives": 7.0 * (64 + 44 + 14 + 14) + 7 * 100,
    "cost": 150.0,
    "earliest": 50 * 6 + 0.001 * (30 + 14 * 8 + 7 * 8 + 30),
}


@pytest.fixture
def held(make_situation):
    """A nation with two places that gives, moves, throws away and buys."""
    return make_situation("week 4", HELD, HELD_PLAN, HELD_TIERS)


def test_a_right_plan_breaks_no_rule(held):
    """The plan worked out by hand breaks no rule."""
    assert held.check() == ()


def test_every_falsified_number_is_caught(held, uncaught):
    """All but the tier `floors`, which an own need that draws on the floor leaves open."""
    assert uncaught(held) == ["tier floors = 1.0"]


def test_every_cell_of_the_two_tables_has_its_own_breach(held):
    """A false figure of the objectives is called by its column; so is one of the holdings."""
    assert held.with_cell("objectives", 0, "draw_down", 0.3).figures() == {"objectives draw_down"}
    assert held.with_cell("objectives", 0, "price_basis", "value").figures() == {"objectives price_basis"}
    assert held.with_cell("holdings", 1, "comes_in", 7.0).figures() == {"holdings comes_in"}


def test_a_row_too_many_is_caught(held):
    """Nobody stands in the objectives without an aim or a gift, nor twice a week in the holdings."""
    more = HELD_PLAN["objectives"] + "UA gen 0 0 - 0 0 2024-01-07 - - - - - - 4 contract\n"
    assert held.with_plan(objectives=more).figures() >= {"objectives lowest_on"}
    rows = HELD_PLAN["holdings"] + "UA salt 0 2024-01-07 0 0 0 0 0 - -\n"
    assert held.with_plan(holdings=rows).rules() == {"rows"}


def test_aims_of_places_count_together(held):
    """A floor of 40 in A and of 25 in B are more than the 60 of the party; with one of 20 they are not."""
    words = "party place item floor objective\nPL - gen 60 -\n- A gen 40 -\n- B gen {} -"
    for more, floor in ((25, 65), (20, 60)):
        rows = [
            line.rsplit(" ", 2)[0] + f" {floor} -" if line.startswith("PL gen") else line
            for line in HELD_PLAN["holdings"].strip().splitlines()
        ]
        plan = held.with_case(objectives=words.format(more)).with_plan(holdings="\n".join(rows))
        assert not {column for column in plan.figures() if column.startswith("holdings")}


@pytest.mark.parametrize(
    ("contracts", "price", "basis"),
    [
        ("C1 PL ACME gen 40 5\nC4 PL ACME gen - 6", 5.0, "contract"),
        ("C1 PL ACME gen 40 -\nC2 UA ACME gen 40 4", 4.0, "contract"),
        ("C1 PL ACME gen 40 -", 20.0, "value"),
    ],
)
def test_what_a_unit_costs(held, contracts, price, basis):
    """The cheapest contract of one's own comes first, then that of anybody, then the value."""
    words = f"contract buyer supplier item option unit_price_eur\n{contracts}"
    case = held.with_case(contracts=words)
    right = case.with_cell("objectives", 0, "unit_price_eur", price).with_cell("objectives", 0, "price_basis", basis)
    assert not {column for column in right.figures() if column.startswith("objectives ")}
    wrong = right.with_cell("objectives", 0, "unit_price_eur", price + 0.5)
    assert "objectives unit_price_eur" in wrong.figures()
