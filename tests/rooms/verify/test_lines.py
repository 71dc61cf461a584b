"""Lines that grow: expansions, maxima, closing dates and the load of lines, in a plan made by hand."""

import pytest

# Two months, 31 and 29 days. LINE runs 310 hours a month until 20 February, at most 496. X adds 155 a month from 15
# days after the first of the month on: from 16 January, 155 x 16/31 = 80, and to 20 February 155 x 20/29 = 106.897.
# Y adds 290 a month at once: decided in February until the 20th 200, of which the maximum leaves 496 x 20/29 -
# 310 x 20/29 = 128.276 for all of them together.
GROWS = {
    "parties": "party kind\nACME industry\nPL nation",
    "places": "place party\nPLANT ACME",
    "items": "item\ngen",
    "processes": "process place item line line_hours_per_unit lead_time_days\nMAKE PLANT gen LINE 10 0",
    "lines": """
line place capacity_per_month maximum_per_month minimum_per_month until_date
LINE PLANT 310 496 31 2024-02-20
""",
    "expansions": """
expansion line adds_per_month lead_time_days cost_eur maximum_count paid_by
X LINE 155 15 1000 2 PL
Y LINE 290 0 100 - -
""",
}
GROWS_PLAN = {
    "production": """
process place item bucket starts_from starts_until started made arrives_from arrives_until cost_eur
MAKE PLANT gen 0 2024-01-01 2024-01-31 47 47 2024-01-01 2024-01-31 0
MAKE PLANT gen 1 2024-02-01 2024-02-29 34 34 2024-02-01 2024-02-29 0
""",
    "line_load": """
line bucket date used_hours capacity_hours expansion_hours minimum_hours
LINE 0 2024-01-31 470 310 160 31
LINE 1 2024-02-29 340 213.79310344827587 128.27586206896552 21.379310344827587
""",
    "expansions": """
expansion line bucket decided_on available_from count adds_per_month cost_eur paid_by
X LINE 0 2024-01-01 2024-01-16 2 310 2000 PL
Y LINE 1 2024-02-01 2024-02-01 0.5 145 50 ACME
""",
    "spend": "party year kind amount_eur\nACME 2024 expansion 50\nPL 2024 expansion 2000",
    "stock_levels": """
place item bucket date quantity expired
PLANT gen 0 2024-01-31 47 0
PLANT gen 1 2024-02-29 81 0
""",
}
GROWS_TIERS = {"cost": 2050.0, "earliest": 0.0}


@pytest.fixture
def grows(make_situation):
    """A plant whose line grows."""
    return make_situation("month 2", GROWS, GROWS_PLAN, GROWS_TIERS)


def test_a_right_plan_breaks_no_rule(grows):
    """The plan worked out by hand breaks no rule."""
    assert grows.check() == ()


def test_every_falsified_number_is_caught(grows, uncaught):
    """Whatever number, date or row is spoilt, the checker says so."""
    assert uncaught(grows) == []


def test_no_more_is_built_than_may_be(grows):
    """Two of X may be built, in whatever months; of Y as many as one likes."""
    words = GROWS["expansions"].replace(" 2 PL", " {} PL")
    assert grows.with_case(expansions=words.format(1)).rules() == {"expansion_count"}
    assert grows.with_case(expansions=words.format(2)).rules() == set()


def test_a_line_runs_no_more_than_its_hours(grows):
    """January has 310 hours and 2 x 80 of X: 47 units of 10 hours; a later X leaves too few.

    On 20 days of February it runs 340 hours, that is 493 a month.
    """
    words = GROWS["expansions"].replace("155 15", "155 {}")
    assert "line_hours" in grows.with_case(expansions=words.format(16)).rules()
    assert "line_hours" not in grows.with_case(expansions=words.format(15)).rules()
    assert "line_maximum" in grows.with_case(lines=GROWS["lines"].replace("496", "492")).rules()
    assert "line_maximum" not in grows.with_case(lines=GROWS["lines"].replace("496", "493")).rules()


def test_expansions_add_nothing_to_a_line_that_is_closed(grows):
    """With 15 February as its last day the line has fewer hours of its own and of expansions."""
    assert "line_maximum" in grows.with_case(lines=GROWS["lines"].replace("02-20", "02-15")).rules()
    assert "line_maximum" not in grows.with_case(lines=GROWS["lines"].replace("02-20", "02-21")).rules()


def test_a_line_without_a_row_of_its_load_is_seen(grows):
    """A bucket in which the line has no hours has no row; one that is missing is said."""
    more = GROWS_PLAN["line_load"].replace("LINE 1 2024-02-29 340", "LINE 1 2024-02-29 0")
    assert "line_load used_hours" in grows.with_plan(line_load=more).figures()
    closed = grows.with_case(lines=GROWS["lines"].replace("02-20", "01-31"))
    assert "line_load date" in closed.figures()
