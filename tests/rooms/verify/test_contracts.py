"""Contracts, firm orders and budgets over New Year, in a plan made by hand."""

import datetime as dt

import pytest

# Week 0 is 30 December to 5 January, 2 of its 7 days in 2024; week 1 ends on 12 January, week 2 on the 19th.
# C has 10 firm + 5 option - 4 received = 11 left, 6 of them firm: 7 leave in week 0, 2 and 1.5 in week 1. D is a
# framework for HUB only. Of E, 2 are firm and due by the 19th, and nobody delivers them; F is due after the plan.
# What leaves over PA takes a day: of the 7 of week 0, 1 arrives in 2024. Over PH it arrives after the plan, in 2025.
# SLOW, at A, could use what PL buys, so nothing bounds that by needs: there are none.
# A unit costs 1 EUR a day to hold: in week 0, 23 + 10 of them, 2 days in 2024 and 5 in 2025.
BOUGHT = {
    "parties": "party kind\nACME industry\nPL nation",
    "places": "place party\nPLANT ACME\nA PL\nHUB PL",
    "items": "item holding_eur_per_month value_eur mass_kg\ngen 31 100 1000",
    "stocks": "place item quantity\nPLANT gen 30",
    "receipts": "place item quantity due_on contract\nA gen 3 2025-01-02 C\nA gen 1 2024-12-01 C",
    "processes": "process place item lead_time_days unit_cost_eur\nMAKE PLANT gen 9.5 14\nSLOW A gen 90 1",
    "components": "process item quantity\nSLOW gen 1",
    "legs": """
leg origin destination mode transit_days cost_eur_per_t
PA PLANT A road 1 7
PH PLANT HUB road 14 -
""",
    "contracts": """
contract buyer supplier item firm option unit_price_eur from_date until_date deliver_to
C PL ACME gen 10 5 70 2024-12-30 2025-01-12 -
D PL ACME gen - - 80 - - HUB
E PL ACME gen 2 - 90 2025-01-13 2025-01-19 -
F PL ACME gen 3 - 90 2025-01-13 2025-01-20 -
""",
    "budgets": """
party year amount_eur fund
PL 2024 140 -
PL 2025 500 a
PL 2025 535 b
ACME 2024 18 -
""",
}
BOUGHT_PLAN = {
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity mass_t cost_eur
PA PLANT A gen 0 2024-12-30 2025-01-05 2024-12-31 2025-01-06 7 7 49
PA PLANT A gen 1 2025-01-06 2025-01-12 2025-01-07 2025-01-13 2 2 14
PH PLANT HUB gen 1 2025-01-06 2025-01-12 2025-01-20 2025-01-26 3.5 3.5 -
""",
    "production": """
process place item bucket starts_from starts_until started made arrives_from arrives_until cost_eur
MAKE PLANT gen 0 2024-12-30 2025-01-05 1 1 2025-01-08 2025-01-15 14
""",
    "handovers": """
agreement basis giver receiver item bucket leaves_from leaves_until quantity value_eur
C contract ACME PL gen 0 2024-12-30 2025-01-05 7 700
C contract ACME PL gen 1 2025-01-06 2025-01-12 3.5 350
D contract ACME PL gen 1 2025-01-06 2025-01-12 2 200
""",
    "orders": """
contract leg bucket decide_by leaves_from leaves_until delivered_from delivered_until firm option quantity cost_eur
C PA 0 2024-12-20 2024-12-30 2025-01-05 2024-12-31 2025-01-06 6 1 7 490
C PA 1 2024-12-27 2025-01-06 2025-01-12 2025-01-07 2025-01-13 0 2 2 140
C PH 1 2024-12-27 2025-01-06 2025-01-12 2025-01-20 2025-01-26 0 1.5 1.5 105
D PH 1 2024-12-27 2025-01-06 2025-01-12 2025-01-20 2025-01-26 0 2 2 160
""",
    "spend": """
party year kind amount_eur
ACME 2024 holding 46
ACME 2024 production 4
ACME 2024 transport 14
ACME 2025 holding 371.5
ACME 2025 production 10
ACME 2025 transport 49
PL 2024 holding 20
PL 2024 purchase 140
PL 2025 holding 230
PL 2025 purchase 1035
""",
    "stock_levels": """
place item bucket date quantity expired
PLANT gen 0 2025-01-05 23 0
PLANT gen 1 2025-01-12 18.142857142857142 0
PLANT gen 2 2025-01-19 18.5 0
A gen 0 2025-01-05 10 0
A gen 1 2025-01-12 12.714285714285714 0
A gen 2 2025-01-19 13 0
""",
}
WHO = "supplier buyer item place unit_price_eur"
PRICES = {"C": 70, "D": 80}
BOUGHT_TIERS = {
    "firm orders": 2.0,
    "cost": 895 + 14 + 63 + 667.5,
    "earliest": 0.001 * (7 * 2 + 2 * 2 + 3.5 * 15),
}


def with_parties(words: str) -> str:
    """Add to orders what is the same on every line: the parties, the item, the place of the leg and the price."""
    head, *lines = words.strip().splitlines()
    places = {"PA": "A", "PH": "HUB"}
    full = [f"{line} ACME PL gen {places[line.split()[1]]} {PRICES[line.split()[0]]}" for line in lines]
    return "\n".join([f"{head} {WHO}", *full])


BOUGHT_PLAN["orders"] = with_parties(BOUGHT_PLAN["orders"])


@pytest.fixture
def bought(make_situation):
    """Purchases under three contracts over New Year, within budgets that leave nothing over."""
    return make_situation("week 3", BOUGHT, BOUGHT_PLAN, BOUGHT_TIERS, as_of=dt.date(2024, 12, 30))


def test_a_right_plan_breaks_no_rule(bought):
    """The plan worked out by hand breaks no rule."""
    assert bought.check() == ()


def test_every_falsified_number_is_caught(bought, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(bought) == []


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("contract", "C PL ACME gen 10 4.4 70 - - -", "C PL ACME gen 10 4.5 70 - - -"),
        ("contract_covers", "C PL ACME gen 10 5 70 2024-12-31 - -", "C PL ACME gen 10 5 70 2024-12-30 - -"),
        ("contract_covers", "C PL ACME gen 10 5 70 - 2025-01-11 -", "C PL ACME gen 10 5 70 - 2025-01-12 -"),
        ("contract_covers", "C PL ACME gen 10 5 70 - - A", "C PL ACME gen 10 5 70 - 2025-03-01 -"),
        ("contract_covers", "C NL ACME gen 10 5 70 - - -", "C PL ACME gen 10 5 70 2024-03-01 - -"),
        ("contract_covers", "C PL ACE gen 10 5 70 - - -", "C PL ACME gen 10 50 70 - - -"),
        ("contract_covers", "C PL ACME oil 10 5 70 - - -", "C PL ACME gen 10 5 70 - - -"),
    ],
)
def test_a_contract_covers_only_what_it_says(bought, rule, wrong, right):
    """Its parties, item, days, place and quantity bind; the receipts that name it count."""
    c, rest = BOUGHT["contracts"].strip().splitlines()[1], BOUGHT["contracts"]
    more = {"parties": BOUGHT["parties"] + "\nNL nation\nACE industry", "items": BOUGHT["items"] + "\noil - - -"}
    more["budgets"] = "party year amount_eur\nPL 2026 1"
    spoilt = bought.with_case(contracts=rest.replace(c, wrong), **more).rules()
    assert {rule} <= spoilt <= {rule, "figures"}
    assert bought.with_case(contracts=rest.replace(c, right), **more).rules() == set()


@pytest.mark.parametrize(
    ("contract", "words", "right", "wrong"),
    [
        ("C", "10 5", 1, 1.01),  # 6 firm and 1 called off in week 0, then 2 + 1.5
        ("C", "11 4", 3.5, 3.51),  # 7 firm in week 0, whatever the minimum; 3.5 called off in week 1
        ("C", "11 3.5", 99, None),  # all 3.5 that are left
        ("C", "20 -", 99, None),  # nothing is called off
        ("D", "- -", 2, 2.01),
        ("D", "- 2", 99, None),
        ("D", "- 3", 2, 99),
    ],
)
def test_a_minimum_order_is_called_off_or_nothing(bought, contract, words, right, wrong):
    """In a week nothing is called off beyond what is firm, or the minimum over both legs, or all that is left."""
    head, *lines = BOUGHT["contracts"].strip().splitlines()
    for minimum, is_broken in ((right, False), (wrong, True)):
        rows = [f"{line} {(minimum or '-') if line[0] == contract else '-'}" for line in lines]
        rows = [row.replace("gen 10 5" if contract == "C" else "gen - -", f"gen {words}") for row in rows]
        rules = bought.with_case(contracts="\n".join([f"{head} minimum_order", *rows])).rules()
        assert ("minimum_order" in rules) == (is_broken and minimum is not None)


def test_what_industry_sells_needs_a_contract(bought):
    """With the table of contracts nothing that industry sells is free."""
    orders = BOUGHT_PLAN["orders"].replace("D PH", "- PH").replace(" 0 2 2 160", " - - 2 -").replace("HUB 80", "HUB -")
    free = bought.with_plan(handovers=BOUGHT_PLAN["handovers"].replace("D contract", "- free"), orders=orders)
    assert "basis" in free.rules()


def test_what_is_firm_and_due_is_counted(bought):
    """F's 3 are due within the plan once its last day is; what receipts bring is no longer due; silence is a breach."""
    sooner = BOUGHT["contracts"].replace("2025-01-20", "2025-01-19")
    assert bought.with_case(contracts=sooner).rules() == {"tiers"}
    never = BOUGHT["contracts"].replace("2025-01-20", "-")
    assert bought.with_case(contracts=never).rules() == {"tiers"}
    over = BOUGHT["contracts"].replace("2025-01-13 2025-01-20", "2023-01-13 2023-01-20")
    assert bought.with_case(contracts=over).rules() == set()


def test_nothing_on_a_firm_order_goes_back_to_industry(bought):
    """One unit on its way back to the plant could be sold twice; where nothing firm is due, it may go."""
    legs = BOUGHT["legs"] + "AP A PLANT road 0 -\n"
    back = "AP A PLANT gen 2 2025-01-13 2025-01-19 2025-01-13 2025-01-19 1 1 -\n"
    wrong = bought.with_plan(shipments=BOUGHT_PLAN["shipments"] + back)
    assert "returns" in wrong.with_case(legs=legs).rules()
    words = (
        BOUGHT["contracts"].replace("gen 10 5", "gen - 15").replace("gen 2 -", "gen - 2").replace("gen 3 -", "gen - 3")
    )
    assert "returns" not in wrong.with_case(legs=legs, contracts=words).rules()


def test_what_is_ordered_is_what_industry_carries(bought):
    """An order of a unit more than legs carry and handovers say is a purchase of nothing."""
    quantity = bought.plan["orders"]["quantity"][0]
    assert "purchase" in bought.with_cell("orders", 0, "quantity", quantity + 1).rules()
    assert "purchase" not in bought.with_cell("orders", 0, "quantity", quantity).rules()
