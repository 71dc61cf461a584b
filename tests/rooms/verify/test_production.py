"""Production: lead times, components by days, co-products, yields and line hours, in a plan made by hand."""

import pytest

# 10 are started on the five days from 3 January: the bill of materials is in force on three of them, so that they
# use 10 x 2 x 3/5 = 12 engines. After 3.5 days 3/10 of them arrive in the first week. One more start in the third week.
# PL may use what it buys in place of scrap, so nothing bounds that by needs: there are none.
PLANT = {
    "parties": "party kind\nACME industry\nPL nation",
    "places": "place party\nPLANT ACME\nA PL",
    "items": "item value_eur\ngen 20\nengine -\nscrap -",
    "stocks": "place item quantity expires_on\nPLANT engine 10 -\nPLANT engine 5 2024-01-06",
    "processes": """
process place item line line_hours_per_unit lead_time_days yield unit_cost_eur from_date
MAKE PLANT gen LINE 5 3.5 0.9 100 2024-01-03
""",
    "components": "process item quantity from_date\nMAKE engine 2 2024-01-05",
    "coproducts": "process item quantity\nMAKE scrap 0.1",
    "substitutes": "item substitute factor\nscrap gen 1",
    "loads": "process line line_hours_per_unit\nMAKE BENCH 1",
    "lines": """
line place capacity_per_month available_from until_date
LINE PLANT 155 - -
LINE PLANT 155 2024-01-01 -
BENCH PLANT 77.5 - 2024-01-04
BENCH PLANT 31 2024-01-15 2024-01-15
""",
    "legs": "leg origin destination mode transit_days\nPA PLANT A road 0",
}
PLANT_PLAN = {
    "production": """
process place item bucket starts_from starts_until started made arrives_from arrives_until cost_eur
MAKE PLANT gen 0 2024-01-03 2024-01-07 10 9 2024-01-06 2024-01-11 1000
MAKE PLANT gen 2 2024-01-15 2024-01-21 1 0.9 2024-01-18 2024-01-25 100
""",
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity
PA PLANT A gen 1 2024-01-08 2024-01-14 2024-01-08 2024-01-14 9
""",
    "handovers": """
basis giver receiver item bucket leaves_from leaves_until quantity value_eur
free ACME PL gen 1 2024-01-08 2024-01-14 9 180
""",
    "orders": """
supplier buyer item leg place bucket decide_by leaves_from leaves_until delivered_from delivered_until quantity
ACME PL gen PA A 1 2024-01-04 2024-01-08 2024-01-14 2024-01-08 2024-01-14 9
""",
    "spend": "party year kind amount_eur\nACME 2024 production 1100",
    "component_use": """
place item expires_on bucket date quantity
PLANT engine 2024-01-06 0 2024-01-07 5
""",
    "line_load": """
line bucket date used_hours capacity_hours expansion_hours minimum_hours
LINE 0 2024-01-07 50 70 0 0
LINE 1 2024-01-14 0 70 0 0
LINE 2 2024-01-21 5 70 0 0
BENCH 0 2024-01-07 10 10 0 0
BENCH 2 2024-01-21 1 1 0 0
""",
    "stock_levels": """
place item expires_on bucket date quantity expired
PLANT engine - 0 2024-01-07 3 0
PLANT engine - 1 2024-01-14 3 0
PLANT engine - 2 2024-01-21 1 0
PLANT gen - 0 2024-01-07 2.7 0
PLANT gen - 2 2024-01-21 0.45 0
PLANT scrap - 0 2024-01-07 0.3 0
PLANT scrap - 1 2024-01-14 1 0
PLANT scrap - 2 2024-01-21 1.05 0
A gen - 1 2024-01-14 9 0
A gen - 2 2024-01-21 9 0
""",
}
PLANT_TIERS = {"cost": 1100.0, "earliest": 0.009}


@pytest.fixture
def plant(make_situation):
    """A plant of industry whose product is bought."""
    return make_situation("week 3", PLANT, PLANT_PLAN, PLANT_TIERS)


def test_a_right_plan_breaks_no_rule(plant):
    """The plan worked out by hand breaks no rule."""
    assert plant.check() == ()


def test_every_falsified_number_is_caught(plant, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(plant) == []


def test_a_process_starts_only_in_its_dates(plant):
    """A process that ends on the first day of the third week still starts in it, one that ends before does not."""
    words = PLANT["processes"].replace("from_date", "until_date").replace("2024-01-03", "{}")
    assert "process_dates" in plant.with_case(processes=words.format("2024-01-14")).rules()
    assert "process_dates" not in plant.with_case(processes=words.format("2024-01-15")).rules()


def test_a_process_starts_only_while_a_component_is_in_force(plant):
    """A bill of materials that holds from later on forbids the start."""
    words = "process item quantity from_date\nMAKE engine 2 {}"
    assert "bill_in_force" in plant.with_case(components=words.format("2024-01-08")).rules()
    rules = plant.with_case(components=words.format("2024-01-07")).rules()
    assert "balance" in rules
    assert "bill_in_force" not in rules


def test_starts_use_no_more_hours_than_the_line_has(plant):
    """Ten starts take 50 hours of the line, a week of 221.43 a month; and 10 of the bench."""
    words = "line place capacity_per_month until_date\nLINE PLANT {} -\nBENCH PLANT {} 2024-01-04\nBENCH PLANT 31 -"
    for hours, bench, broken in (("221.4", "77.5", True), ("221.5", "23", True), ("221.5", "24", False)):
        assert ("line_hours" in plant.with_case(lines=words.format(hours, bench)).rules()) == broken


def test_components_come_from_free_goods(plant):
    """What is taken from a dated lot stands in its table; the rest comes from free goods, not from reserved ones."""
    stocks = "place item quantity expires_on reserved_for\nPLANT engine 10 - {}\nPLANT engine 5 2024-01-06 -"
    needs = "need place item quantity required_by priority state\nN1 A engine 1 2024-01-14 1 closed"
    assert "balance" in plant.with_case(stocks=stocks.format("N1"), needs=needs).rules()
    assert plant.with_case(stocks=stocks.format("-"), needs=needs).rules() == set()


def test_no_more_is_taken_from_dated_lots_than_is_used(plant):
    """A start that uses 12 engines does not take 13 from a lot."""
    stocks = "place item quantity expires_on\nPLANT engine 3 -\nPLANT engine {} 2024-01-06"
    for count, rules in ((13, {"components", "balance"}), (12, set())):
        use = f"place item expires_on bucket date quantity\nPLANT engine 2024-01-06 0 2024-01-07 {count}"
        assert plant.with_case(stocks=stocks.format(count)).with_plan(component_use=use).rules() == rules
