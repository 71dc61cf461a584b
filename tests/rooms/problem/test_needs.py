"""Needs: what they receive, substitutes for them, least shipments, and the most that is of use, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

STOCKS = "place item quantity | P rice 100"
"""Rice at P."""


LEGS = "leg origin destination mode transit_days | L W R road 0"
"""From I to B, at once."""


NEEDS = "need place item quantity required_by priority | N1 R rice 5 2024-01-07 1"
"""A need of B."""


RICE_AT_P = "place item quantity | P rice 100"
"""Rice at P, which is A's."""


LEG_TO_R = "leg origin destination mode transit_days | L P R road 0"
"""From A to B, at once."""


NEED = "need place item quantity required_by priority | N1 P rice 5 2024-01-14 1"
"""A need for rice at P by the end of week 1."""


def test_need_not_before() -> None:
    """Issued from the week that holds 10 January (week 1) on; late in weeks 2 and 3, as a backorder stays asked for.

    Issued and unmet make up 5.
    """
    needs = "need place item quantity required_by priority not_before | N1 P rice 5 2024-01-14 1 2024-01-10"
    frozen("need-not_before", make_case("week 4", stocks=STOCKS, needs=needs))


def test_need_recurring() -> None:
    """Due on the last day of each month through 31 March; each occurrence asks for 5 anew.

    31 January is day 30, in month 0; 29 February (kept by the month) in month 1; 31 March in month 2. `not_before` on
    11 January is 20 days before: it moves along to 9 February and 11 March.
    """
    needs = (
        "need place item quantity required_by priority not_before every until "
        "| N1 P rice 5 2024-01-31 1 2024-01-11 month 2024-03-31"
    )
    frozen("need-recurring", make_case("month 4", stocks=STOCKS, needs=needs))


def test_need_lapse() -> None:
    """N1 lapses after the week of 7 January; N2 may be met 7 days longer, in week 1; N3 at the end of the plan only."""
    needs = (
        "need place item quantity required_by priority unmet lapse_days "
        "| N1 P rice 5 2024-01-07 1 lapse - | N2 P rice 6 2024-01-07 1 lapse 7 | N3 P rice 7 2024-01-07 1 backorder -"
    )
    frozen("need-lapse", make_case("week 3", stocks=STOCKS, needs=needs))


def test_need_lots() -> None:
    """Served from free goods, from the lot until 10 January in weeks 0 and 1, and from what is reserved for N1.

    Not from what is reserved for N2; N3 is withdrawn and asks for nothing.
    """
    case = make_case(
        "week 3",
        stocks="place item quantity reserved_for expires_on "
        "| P rice 9 - - | P rice 8 - 2024-01-10 | P rice 7 N1 - | P rice 6 N2 -",
        needs="need place item quantity required_by priority state "
        "| N1 P rice 5 2024-01-07 1 open | N2 Q rice 5 2024-01-07 1 open | N3 P rice 5 2024-01-07 1 withdrawn",
    )
    frozen("need-lots", case)


def test_enough_is_bought() -> None:
    """B needs 5 and holds 6: it buys no more, but for the 4 of C that are firm and due, whatever it is given.

    One minimum order of C (3) and one of F (2) may come on top; what is firm of D is due after the plan. That is 20.
    A needs 1 salt, and the minimum order of S is all that its option holds: 2. That is 3.
    """
    case = make_case(
        "week 1",
        items="item | rice | salt",
        places="place party | P A | R B | W I",
        stocks="place item quantity | W rice 100 | P rice 9 | W salt 9",
        legs=LEGS + " | M P R road 0 | N W P road 0",
        needs=NEEDS + " | N2 P salt 1 2024-01-07 1",
        objectives="party item objective | B rice 6",
        pledges="pledge donor recipient item quantity state | G A B rice 9 committed",
        contracts="contract buyer supplier item firm option minimum_order until_date | C B I rice 4 9 3 - "
        "| D B I rice 7 - - 2024-01-08 | F B I rice - - 2 - | S A I salt - 2 4 -",
    )
    frozen("enough-contracts", case)


def test_enough_is_bought_without_contracts() -> None:
    """What industry sells freely is bounded by the need of 5, unless it is salt, of which B makes brine."""
    case = make_case(
        "week 1",
        items="item | rice | salt | brine",
        stocks="place item quantity | W rice 100 | W salt 9",
        legs=LEGS,
        needs=NEEDS + " | N2 R brine 2 2024-01-07 1",
        processes="process place item lead_time_days | MIX R brine 0",
        components="process item quantity | MIX salt 2",
    )
    frozen("enough-free_purchases", case)


def test_use() -> None:
    """B is given 5 + 2 x 4 = 13 that its needs ask for, and holds 9 at most: R 6 and S 3, more than its own 8.

    N4 is due after the plan. C gives on what it gets (it pledged K to B over N): nothing bounds what C is given.
    """
    case = make_case(
        "week 2",
        parties="party kind | A nation | B nation | C organisation",
        places="place party | P A | R B | S B | T C",
        stocks=RICE_AT_P,
        legs=LEG_TO_R + " | M P T road 0 | N T S road 0",
        needs="need place item quantity required_by priority every until | N1 R rice 5 2024-01-07 1 - - "
        "| N2 S rice 4 2024-01-03 1 week 2024-01-12 | N4 R rice 7 2024-02-07 1 - -",
        pledges="pledge donor recipient item quantity state | G A - rice 40 committed | K C B rice 9 committed",
        objectives="party place item floor objective from_date | B - rice - 8 - | - R rice 2 6 - | - S rice 3 - - "
        "| - R rice - 4 2024-01-08",
    )
    frozen("use-needs_and_levels", case)


def test_use_free_gifts() -> None:
    """Without pledges ships of gifts are bounded: oil to B by its need of 5.

    Rice is a component there (of the mill at R), wheat keeps 90 days only, and what industry (W) sells is no gift.
    """
    case = make_case(
        "week 1",
        items="item shelf_life_days | rice - | oil - | wheat 90 | flour -",
        stocks="place item quantity | P rice 9 | P oil 9 | P wheat 9 | W oil 9",
        legs=LEG_TO_R + " | M W R road 0",
        needs="need place item quantity required_by priority | N1 R rice 5 2024-01-07 1 | N2 R oil 5 2024-01-07 1 "
        "| N3 R wheat 5 2024-01-07 1 | N4 R flour 5 2024-01-07 1",
        processes="process place item lead_time_days | MILL R flour 0",
        components="process item quantity | MILL rice 2",
    )
    frozen("use-free_gifts", case)


def test_substitute_for_a_need() -> None:
    """A unit of wheat meets half a unit of rice, from 10 January: in the bucket of that day (week 1), not before.

    N1 is due in week 1: rice is issued in any week at 1 a unit, wheat in weeks 1 and 2 at 0.5. In week 2 a unit of
    rice is 7 unit-days late, a unit of wheat 3.5. The earliest counts the last day of the bucket (6, 13, 20) by what
    is met, and 0.001 for each unit of wheat: 13 x 0.5 + 0.001 and 20 x 0.5 + 0.001.
    """
    case = make_case(
        "week 3",
        items="item | rice | wheat",
        stocks="place item quantity | P rice 2 | P wheat 9",
        substitutes="item substitute factor from_date | rice wheat 0.5 2024-01-10",
        needs=NEED,
    )
    frozen("need-substitute", case)
    frozen("balance-substitute", case)
    frozen("tiers-substitute", case)


def test_substitute_window_inside_a_bucket() -> None:
    """Wheat until 3 January at 0.5, and from 16 to 17 January at 2: weeks 0 and 2, none of it in week 1 (= 0)."""
    case = make_case(
        "week 4",
        items="item | rice | wheat",
        stocks="place item quantity | P wheat 9",
        substitutes="item substitute factor from_date until_date "
        "| rice wheat 0.5 - 2024-01-03 | rice wheat 2 2024-01-16 2024-01-17",
        needs=NEED,
    )
    frozen("need-substitute_window", case)


def test_substitute_rows_that_meet_in_a_bucket() -> None:
    """Until 3 January 0.5, from 4 January 0.75: both touch week 0, where the larger counts."""
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        stocks="place item quantity | P wheat 9",
        substitutes="item substitute factor from_date until_date "
        "| rice wheat 0.5 - 2024-01-03 | rice wheat 0.75 2024-01-04 -",
        needs=NEED,
    )
    frozen("need-substitute_rows", case)


def test_substitute_reserved() -> None:
    """Wheat reserved for N1, which asks for rice, serves it too; wheat reserved for N2 does not."""
    case = make_case(
        "week 2",
        items="item | rice | wheat",
        stocks="place item quantity reserved_for | P wheat 9 N1 | P wheat 8 N2",
        substitutes="item substitute factor | rice wheat 1",
        needs=f"{NEED} | N2 Q rice 1 2024-01-14 1",
    )
    frozen("need-substitute_reserved", case)
