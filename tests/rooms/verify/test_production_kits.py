"""Kits, substitutes and repairable stock, in a plan made by hand."""

import pytest

# A box holds a cot and 2 blankets; from 10 January (the second week) a rug does for half a blanket. Two boxes are put
# together of the 4 blankets, the third of 4 rugs. N3 is served late with 2 rugs for a blanket. Of 6.25 generators that
# go to be mended in the first week 5 come back 14 days later: in the third.
CAMP = {
    "parties": "party kind\nPL nation",
    "places": "place party\nA PL\nB PL",
    "items": "item kind\nbox kit\ncot -\nblanket -\nrug -\ngen -",
    "kits": "item component quantity\nbox cot 1\nbox blanket 2",
    "substitutes": "item substitute factor for_components from_date\nblanket rug 0.5 yes 2024-01-10",
    "stocks": "place item quantity condition\nA cot 6 -\nA blanket 4 -\nA rug 8 -\nA gen 10 repairable",
    "processes": "process place item lead_time_days yield unit_cost_eur\nMEND A gen 14 0.8 0",
    "components": "process item quantity\nMEND gen 1",
    "needs": """
need place item quantity required_by priority
N1 A box 3 2024-01-14 1
N2 A gen 5 2024-01-28 1
N3 A blanket 1 2024-01-07 1
""",
    "objectives": "place item objective priority\nA gen 1 1",
}
CAMP_PLAN = {
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 A box 2024-01-14 3 3 0 0 0 2024-01-07 2024-01-14
N2 1 A gen 2024-01-28 5 5 0 0 0 2024-01-21 2024-01-21
N3 1 A blanket 2024-01-07 1 0 1 0 7 2024-01-14 2024-01-14
""",
    "issues": """
need required_by place item bucket issued_from issued_until quantity meets days_late
N1 2024-01-14 A box 0 2024-01-01 2024-01-07 2 2 0
N1 2024-01-14 A box 1 2024-01-08 2024-01-14 1 1 0
N2 2024-01-28 A gen 2 2024-01-15 2024-01-21 5 5 0
N3 2024-01-07 A rug 1 2024-01-08 2024-01-14 2 1 7
""",
    "kits": "place item bucket date quantity\nA box 0 2024-01-07 2\nA box 1 2024-01-14 1",
    "component_use": """
place component item bucket date quantity meets
A blanket rug 1 2024-01-14 4 2
""",
    "production": """
process place item bucket starts_from starts_until started made arrives_from arrives_until cost_eur
MEND A gen 0 2024-01-01 2024-01-07 6.25 5 2024-01-15 2024-01-21 0
""",
    "stock_levels": """
place item condition bucket date quantity expired
A cot serviceable 0 2024-01-07 4 0
A cot serviceable 1 2024-01-14 3 0
A cot serviceable 2 2024-01-21 3 0
A cot serviceable 3 2024-01-28 3 0
A rug serviceable 0 2024-01-07 8 0
A rug serviceable 1 2024-01-14 2 0
A rug serviceable 2 2024-01-21 2 0
A rug serviceable 3 2024-01-28 2 0
A gen repairable 0 2024-01-07 3.75 0
A gen repairable 1 2024-01-14 3.75 0
A gen repairable 2 2024-01-21 3.75 0
A gen repairable 3 2024-01-28 3.75 0
""",
}
CAMP_TIERS = {"needs 1 unmet": 0.0, "needs 1 late": 7.0, "objectives": 28.0, "earliest": 138.009}


@pytest.fixture
def camp(make_situation):
    """A camp that is short of blankets and has generators mended."""
    return make_situation("week 4", CAMP, CAMP_PLAN, CAMP_TIERS)


def test_a_right_plan_breaks_no_rule(camp):
    """The plan worked out by hand breaks no rule; repairable stock counts towards no objective (28 unit-days below)."""
    assert camp.check() == ()


def test_every_falsified_number_is_caught(camp, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(camp) == []


def test_a_substitute_serves_in_the_buckets_that_touch_its_dates(camp):
    """Rugs from 14 January still serve in the second week, from 15 January not; nor do they stand in."""
    words = "item substitute factor for_components from_date\nblanket rug 0.5 yes {}"
    assert camp.with_case(substitutes=words.format("2024-01-14")).rules() == set()
    assert {"need_served", "stand_in"} <= camp.with_case(substitutes=words.format("2024-01-15")).rules()


def test_a_substitute_stands_in_for_components_only_where_it_says_so(camp):
    """With `for_components` no, rugs serve the need and go into no box."""
    words = "item substitute factor for_components\nblanket rug 0.5 no"
    rules = camp.with_case(substitutes=words).rules()
    assert "stand_in" in rules
    assert "need_served" not in rules


def test_the_largest_factor_of_a_bucket_counts(camp):
    """Of two rows that touch the second week the larger factor counts."""
    words = "item substitute factor for_components until_date\nblanket rug {} yes -\nblanket rug 0.5 yes 2024-01-08"
    assert camp.with_case(substitutes=words.format("0.25")).rules() == set()
    assert "issues meets" in camp.with_case(substitutes=words.format("0.75")).figures()


def test_kits_are_put_together_where_they_are_asked_for(camp):
    """Boxes are put together where a need, an objective or another kit asks for them, and nowhere else."""
    needs = CAMP["needs"].replace("N1 A box", "N1 {} {}")
    assert "kit_asked" in camp.with_case(needs=needs.format("B", "box")).rules()
    assert "kit_asked" not in camp.with_case(needs=needs.format("A", "box")).rules()
    more = CAMP["kits"] + "\nset box 1"
    items = CAMP["items"] + "\nset kit"
    assert "kit_asked" not in camp.with_case(kits=more, items=items, needs=needs.format("A", "set")).rules()
    objectives = CAMP["objectives"] + "\n{} box 1 1"
    held = camp.with_case(needs=needs.format("B", "box"), objectives=objectives.format("A"))
    assert "kit_asked" not in held.rules()


def test_only_what_has_components_is_a_kit(camp):
    """Without rows in `kits` nothing is put together."""
    assert "kit_asked" in camp.with_case(kits="item component quantity").rules()


def test_repairable_stock_serves_nothing_else(camp):
    """It cannot be issued, nor does good stock go to be mended."""
    stocks = CAMP["stocks"].replace("gen 10 repairable", "gen {} {}")
    assert "balance" in camp.with_case(stocks=stocks.format(10, "serviceable")).rules()
    issues = CAMP_PLAN["issues"].replace("A gen 2 2024-01-15 2024-01-21 5 5 0", "A gen 1 2024-01-08 2024-01-14 5 5 0")
    assert "balance" in camp.with_plan(issues=issues).rules()


def test_a_dated_lot_stands_in_for_itself_only(camp):
    """What carries no date is taken as it is: it stands in for nothing of its own item."""
    use = CAMP_PLAN["component_use"] + "A blanket blanket 0 2024-01-07 4 4\n"
    assert "stand_in" in camp.with_plan(component_use=use).rules()
