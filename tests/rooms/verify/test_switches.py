"""Set-ups, lots, whole units, minimum rates, legs with a fixed cost, least shipments: in a plan made by hand."""

import pytest

# MAKE is set up for 9 and starts 4 in the first week, on a line of 70 hours a week that runs for 14 or not at all:
# 7 hours each are 28. They leave over a leg that costs 50 to use, 2 t each, and the need receives them in one shipment.
PLANT = {
    "parties": "party kind\nPL nation",
    "places": "place party\nA PL\nB PL",
    "items": "item mass_kg\ngen 2000",
    "processes": """
process place item line line_hours_per_unit lead_time_days unit_cost_eur setup_cost_eur minimum_lot whole
MAKE A gen LINE 7 0 2 9 3 yes
""",
    "lines": "line place capacity_per_month minimum_per_month\nLINE A 310 62",
    "legs": "leg origin destination mode transit_days cost_eur_per_t fixed_cost_eur\nAB A B road 0 1 50",
    "needs": "need place item quantity required_by priority minimum_shipment\nN1 B gen 4 2024-01-07 1 3",
}
PLANT_PLAN = {
    "production": """
process place item bucket starts_from starts_until started made arrives_from arrives_until cost_eur setup_cost_eur
MAKE A gen 0 2024-01-01 2024-01-07 4 4 2024-01-01 2024-01-07 8 9
""",
    "shipments": """
leg origin destination item bucket leaves_from leaves_until arrives_from arrives_until quantity mass_t cost_eur
AB A B gen 0 2024-01-01 2024-01-07 2024-01-01 2024-01-07 4 8 8
""",
    "leg_use": "leg bucket leaves_from leaves_until mass_t fixed_cost_eur\nAB 0 2024-01-01 2024-01-07 8 50",
    "line_load": """
line bucket date used_hours capacity_hours expansion_hours minimum_hours
LINE 0 2024-01-07 28 70 0 14
LINE 1 2024-01-14 0 70 0 14
""",
    "spend": "party year kind amount_eur\nPL 2024 production 17\nPL 2024 transport 58",
    "issues": """
need required_by place item bucket issued_from issued_until quantity days_late
N1 2024-01-07 B gen 0 2024-01-01 2024-01-07 4 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 B gen 2024-01-07 4 4 0 0 0 2024-01-07 2024-01-07
""",
}
PLANT_TIERS = {"needs 1 unmet": 0.0, "needs 1 late": 0.0, "cost": 75.0, "earliest": 24.004}


@pytest.fixture
def plant(make_situation):
    """A plant whose product goes to a need over a leg with a fixed cost."""
    return make_situation("week 2", PLANT, PLANT_PLAN, PLANT_TIERS)


def test_a_right_plan_breaks_no_rule(plant):
    """The plan worked out by hand breaks no rule."""
    assert plant.check() == ()


def test_every_falsified_number_is_caught(plant, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(plant) == []


@pytest.mark.parametrize(
    ("table", "right", "wrong", "rule"),
    [
        ("processes", "9 3 yes", "9 4 yes", None),
        ("processes", "9 3 yes", "9 4.01 yes", "minimum_lot"),
        ("lines", "310 62", "310 124", None),
        ("lines", "310 62", "310 124.1", "minimum_rate"),
        ("needs", "2024-01-07 1 3", "2024-01-07 1 99", None),
        ("needs", "gen 4 2024-01-07 1 3", "gen 5 2024-01-07 1 4.01", "minimum_shipment"),
    ],
)
def test_nothing_or_at_least(plant, table, right, wrong, rule):
    """A lot of 4, 28 hours a week, a shipment of 4 or of all that is asked for: what is less than the least is told."""
    assert right in PLANT[table]
    rules = plant.with_case(**{table: PLANT[table].replace(right, wrong)}).rules()
    assert rules - {"tiers", "figures"} == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("table", "right", "wrong", "column"),
    [
        ("legs", "road 0 1 50", "road 0 1 51", "leg_use fixed_cost_eur"),
        ("processes", "9 3 yes", "8 3 yes", "production setup_cost_eur"),
    ],
)
def test_a_switch_costs_what_the_case_says(plant, table, right, wrong, column):
    """A set-up of another cost, or a leg of another fixed cost, is told by its column."""
    other = plant.with_case(**{table: PLANT[table].replace(right, wrong)})
    assert other.rules() - {"tiers"} == {"figures"}
    assert column in other.figures()


def test_a_part_of_a_unit_is_told(plant):
    """A process that starts whole units only has started 4.5: told as such, whatever else it breaks."""
    row = PLANT_PLAN["production"].replace(" 4 4 ", " {0} {0} ").replace(" 8 9", " {1} 9")
    wrong = plant.with_plan(production=row.format(4.5, 9))
    assert "whole_units" in wrong.rules()
    assert "whole_units" not in wrong.with_case(processes=PLANT["processes"].replace("yes", "no")).rules()
    assert "whole_units" in plant.with_plan(production=row.format(4.0000001, 8.0000002)).rules()


def test_a_leg_without_a_fixed_cost_has_no_row(plant):
    """Only legs with a fixed cost stand in the table."""
    legs = PLANT["legs"].replace("road 0 1 50", "road 0 1 -")
    assert "leg_use mass_t" in plant.with_case(legs=legs).figures()
    free = plant.with_case(legs=legs).with_plan(leg_use="leg bucket")
    assert free.rules() == {"tiers", "figures"}
    assert free.figures() == {"spend amount_eur"}
