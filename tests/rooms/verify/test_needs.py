"""Needs that come back, lapse, wait, or are not planned, in a plan of months made by hand."""

import pytest

# N1 comes back at the end of each month and lapses ten days later; N2 comes back three times in January.
MONTHS = {
    "parties": "party kind\nPL nation",
    "places": "place party\nA PL",
    "items": "item holding_eur_per_month\ngen 2",
    "stocks": "place item quantity\nA gen 100",
    "needs": """
need place item quantity required_by priority state not_before every until unmet lapse_days unmet_cost_eur
N1 A gen 10 2024-01-31 1 open 2024-01-20 month 2024-04-30 lapse 10 50
N2 A gen 2 2024-01-06 2 open - week 2024-01-26 backorder - -
N3 A gen 5 2024-06-01 1 open - - - - - -
N4 A gen - 2024-02-01 1 draft - - - - - -
N5 A gen 5 2024-02-01 1 withdrawn - - - - - -
N6 A gen 0 2024-02-01 3 open - - - - - -
""",
}
MONTHS_PLAN = {
    "issues": """
need required_by place item bucket issued_from issued_until quantity days_late
N1 2024-01-31 A gen 0 2024-01-01 2024-01-31 4 0
N1 2024-01-31 A gen 1 2024-02-01 2024-02-29 3 29
N1 2024-02-29 A gen 1 2024-02-01 2024-02-29 10 0
N1 2024-03-31 A gen 2 2024-03-01 2024-03-31 10 0
N2 2024-01-06 A gen 0 2024-01-01 2024-01-31 1 0
N2 2024-01-13 A gen 0 2024-01-01 2024-01-31 1 0
N2 2024-01-20 A gen 0 2024-01-01 2024-01-31 1 0
""",
    "stock_levels": """
place item bucket date quantity expired
A gen 0 2024-01-31 93 0
A gen 1 2024-02-29 80 0
A gen 2 2024-03-31 70 0
A gen 3 2024-04-30 70 0
""",
    "fulfilment": """
need priority place item required_by asked on_time late unmet unit_days_late first_delivery last_delivery
N1 1 A gen 2024-01-31 40 24 3 13 87 2024-01-31 2024-03-31
N2 2 A gen 2024-01-06 6 3 0 3 0 2024-01-31 2024-01-31
N6 3 A gen 2024-02-01 0 0 0 0 0 - -
""",
    "spend": "party year kind amount_eur\nPL 2024 holding 626",
}
MONTHS_TIERS = {
    "needs 1 unmet": 13.0,
    "needs 1 late": 87.0,
    "needs 2 unmet": 3.0,
    "needs 2 late": 0.0,
    "needs 3 unmet": 0.0,
    "cost": 2.0 * (93 + 80 + 70 + 70) + 13 * 50,
    "earliest": 4.0 * 30 + 3 * 59 + 10 * 59 + 10 * 90 + 3 * 30,
}


@pytest.fixture
def months(make_situation):
    """Recurring needs on a grid of months."""
    return make_situation("month 4", MONTHS, MONTHS_PLAN, MONTHS_TIERS)


def test_a_right_plan_breaks_no_rule(months):
    """The plan worked out by hand breaks no rule."""
    assert months.check() == ()


def test_every_falsified_number_is_caught(months, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(months) == []


def test_a_need_lapses(months):
    """With 29 days from the end of January a lapse falls into February or, a day later, into March."""
    issues = MONTHS_PLAN["issues"].replace("gen 1 2024-02-01 2024-02-29 3 29", "gen 2 2024-03-01 2024-03-31 3 60")
    late = months.with_plan(issues=issues)
    words = MONTHS["needs"].replace("lapse 10", "lapse {}")
    assert "need_window" in late.with_case(needs=words.format(29)).rules()
    assert "need_window" not in late.with_case(needs=words.format(30)).rules()
    assert "need_window" in months.with_case(needs=words.format("-")).rules()


def test_the_first_day_of_a_need_moves_along(months):
    """The occurrence of the end of February may be served from the day in February that `not_before` moves to."""
    words = MONTHS["needs"].replace("2024-01-20", "{}")
    assert months.with_case(needs=words.format("2024-01-31")).rules() == set()
    assert "need_window" in months.with_case(needs=words.format("2024-02-01")).rules()


def test_only_open_needs_are_served(months):
    """A draft, or a need that is withdrawn, receives nothing; nor does a need required after the plan."""
    for need, day in (("N3", "2024-06-01"), ("N4", "2024-02-01"), ("N5", "2024-02-01")):
        line = f"{need} {day} A gen 1 2024-02-01 2024-02-29 1 0\n"
        assert "need_served" in months.with_plan(issues=MONTHS_PLAN["issues"] + line).rules()


def test_no_occurrence_receives_more_than_it_asks_for(months):
    """Ten are asked for each month, and eleven are too many even where the month before had too few."""
    words = MONTHS["needs"].replace("A gen 10 ", "A gen {} ")
    assert "need" in months.with_case(needs=words.format("9.9")).rules()
    assert "need" not in months.with_case(needs=words.format("10")).rules()


def test_a_need_is_served_at_its_place_with_its_item(months):
    """A need of another item is not met by this one."""
    needs = MONTHS["needs"].replace("N2 A gen", "N2 A cable")
    items = "item holding_eur_per_month\ngen 2\ncable -"
    assert "need_served" in months.with_case(needs=needs, items=items).rules()


def test_a_need_of_long_ago_is_late_from_the_first_bucket(make_situation):
    """A need that was due before the plan counts its days from the end of the first bucket."""
    case = MONTHS | {"needs": "need place item quantity required_by priority\nN1 A gen 10 2023-06-01 1"}
    plan = {
        "issues": "need required_by place item bucket issued_from issued_until quantity days_late\n"
        "N1 2023-06-01 A gen 1 2024-02-01 2024-02-29 10 29",
        "stock_levels": "place item bucket date quantity expired\nA gen 0 2024-01-31 100 0\nA gen 1 2024-02-29 90 0",
        "spend": "party year kind amount_eur\nPL 2024 holding 380",
        "fulfilment": "need priority place item required_by asked on_time late unmet unit_days_late first_delivery "
        "last_delivery\nN1 1 A gen 2023-06-01 10 0 10 0 290 2024-02-29 2024-02-29",
    }
    assert make_situation("month 2", case, plan, {"needs 1 late": 290.0}).check() == ()
