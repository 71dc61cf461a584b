"""Nobody is given more than it needs and aims to hold, in a plan made by hand."""

import pytest

# UA needs 6 at B and aims at 4 there: 10 are given. PL gives them over two weeks; UA has no leg to others.
ENOUGH = {
    "parties": "party kind\nPL nation\nUA nation\nACME industry",
    "places": "place party\nA PL\nB UA\nW ACME",
    "items": "item shelf_life_days\ngen -\nfuel -",
    "stocks": "place item quantity\nA gen 20",
    "needs": "need place item quantity required_by priority\nN B gen 6 2024-01-14 1",
    "objectives": "party place item objective from_date\nUA - gen 3 -\n- B gen 4 2024-01-08",
    "pledges": "pledge donor recipient item quantity state\nP1 PL UA gen 12 committed",
    "legs": "leg origin destination mode transit_days\nL A B road 0",
}
ENOUGH_PLAN = {
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity
L A B gen 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 9
L A B gen 1 2024-01-08 2024-01-14 2024-01-08 2024-01-14 1
""",
    "handovers": """
agreement basis giver receiver item bucket leaves_from leaves_until quantity
P1 pledge PL UA gen 0 2024-01-01 2024-01-07 9
P1 pledge PL UA gen 1 2024-01-08 2024-01-14 1
""",
    "issues": """
need required_by place item bucket issued_from issued_until quantity days_late
N 2024-01-14 B gen 0 2024-01-01 2024-01-07 6 0
""",
    "stock_levels": """
place item bucket date quantity expired
A gen 0 2024-01-07 11 0
A gen 1 2024-01-14 10 0
B gen 0 2024-01-07 3 0
B gen 1 2024-01-14 4 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N 1 B gen 2024-01-14 6 6 0 0 0 2024-01-07 2024-01-07
""",
}
NOTHING = ("floors", "needs 1 unmet", "needs 1 late", "objectives", "cost")
TIERS = {**dict.fromkeys(NOTHING, 0.0), "earliest": 6 * 6 + 0.010}
LESS = ENOUGH["needs"].replace("gen 6", "gen 5")
LOWER = ENOUGH["objectives"].replace("gen 4", "gen 3.5")


@pytest.fixture
def enough(make_situation):
    """As much as is needed and aimed at, and no more."""
    return make_situation("week 2", ENOUGH, ENOUGH_PLAN, TIERS)


def test_a_right_plan_breaks_no_rule(enough):
    """6 that are needed and 4, the larger of the two objectives, are 10."""
    assert enough.check() == ()


@pytest.mark.parametrize(
    "tables", [{"needs": LESS}, {"objectives": LOWER}, {"objectives": "party item floor\nUA gen 3"}]
)
def test_more_than_that_is_too_much(enough, tables):
    """A need that asks for less, or an objective that is lower, leaves something of no use."""
    assert "use" in enough.with_case(**tables).rules()


@pytest.mark.parametrize(
    "tables",
    [
        {"items": "item shelf_life_days\ngen 90\nfuel -"},
        {"stocks": "place item quantity expires_on\nA gen 20 -\nB gen 0 2024-02-01"},
        {"legs": ENOUGH["legs"] + "\nM B W road 0"},
        {"legs": ENOUGH["legs"] + "\nM B A road 0", "pledges": ENOUGH["pledges"] + "\nP2 UA PL gen 1 committed"},
        {
            "processes": "process place item lead_time_days\nMAKE B fuel 0",
            "components": "process item quantity\nMAKE gen 1",
        },
        {"kits": "item component quantity\nfuel gen 1"},
        {"substitutes": "item substitute factor\nfuel gen 1"},
    ],
)
def test_who_has_another_use_of_it_may_have_more(enough, tables):
    """What does not keep, may be given on or used as a component is not bounded."""
    assert "use" not in enough.with_case(needs=LESS, **tables).rules()


@pytest.mark.parametrize(
    "legs",
    [
        ENOUGH["legs"] + "\nM B A road 0",
        "leg origin destination mode transit_days item\nL A B road 0 -\nM B W road 0 fuel",
    ],
)
def test_a_leg_alone_is_no_other_use(enough, legs):
    """A leg to another nation is none without a pledge, a leg for another item is none at all."""
    assert "use" in enough.with_case(needs=LESS, legs=legs).rules()


@pytest.mark.parametrize(
    ("contract", "is_too_much"),
    [
        ("12 - - -", False),
        ("1 9 - 2024-01-14", False),
        ("1 9 - 2024-01-15", True),  # due after the plan
        ("- 12 1 -", False),
        ("- 12 0.9 -", True),
        ("- 0.9 3 -", True),  # its least order is all that is left
        ("- - 1 -", False),
        ("- - 1 2023-12-31", True),  # in force before the plan
    ],
)
def test_nobody_buys_more_than_it_needs_either(enough, contract, is_too_much):
    """10 are bought and 9 of use: what is firm and due may be one of them, or a minimum order."""
    contracts = f"contract buyer supplier item firm option minimum_order until_date\nC UA PL gen {contract}"
    parties = ENOUGH["parties"].replace("PL nation", "PL industry")
    rules = enough.with_case(needs=LESS, contracts=contracts, parties=parties).rules()
    assert ("enough" in rules, "use" in rules) == (is_too_much, False)
