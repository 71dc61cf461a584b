"""Burden-sharing keys: what parties give, their shares and caps, as golden problems."""

from __future__ import annotations

from tests.cases import make_case
from tests.rooms.problem.freezing import frozen

WORLD = {
    "parties": "party kind | A nation | B nation | U nation | I industry",
    "places": "place party | P A | Q B | R U",
    "items": "item value_eur | rice 20 | oil 3 | salt -",
    "stocks": "place item quantity | P rice 100 | Q rice 100 | Q oil 50 | Q salt 9",
    "legs": "leg origin destination mode transit_days | LP P R road 0 | LQ Q R road 0",
    "needs": "need place item quantity required_by priority | N1 R rice 50 2024-01-07 1 | N2 R oil 5 2024-01-07 1 "
    "| N3 R salt 5 2024-01-07 1",
}
"""A gives rice, B rice, oil and salt to U; salt has no value."""


KEYS = "key party share maximum_excess | gdp A 0.75 - | gdp B 0.25 -"
"""A carries three quarters, B one."""


PLEDGES = (
    "pledge donor recipient item quantity state delivered_quantity | GA A U rice 40 committed - "
    "| GB B U rice 40 committed - | OB B U oil 40 committed - | SB B U salt 9 committed -"
)
"""Nothing is delivered yet."""


def test_key() -> None:
    """What A gives less 0.75 of all, what B gives less 0.25 of all: 0.25 A - 0.75 B and 0.75 B - 0.25 A.

    A unit of rice is worth 20, of oil 3, of salt nothing. Nothing was given before: 0 on the right.
    """
    case = make_case("week 1", **WORLD, keys=KEYS, pledges=PLEDGES)
    frozen("given-pledges", case)
    frozen("key-two_parties", case)
    frozen("tiers-shares", case)


def test_given_asks() -> None:
    """With open gifts asks count as gifts do, of rice and oil; purchases from industry do not."""
    case = make_case(
        "week 1",
        scenario={"gifts": "open"},
        **(WORLD | {"places": WORLD["places"] + " | W I"}),
        keys=KEYS,
        pledges="pledge donor recipient item quantity state | GA A U rice 40 committed",
        processes="process place item lead_time_days | MILL W rice 0",
    )
    frozen("given-asks", case)


def test_key_delivered_before() -> None:
    """What was given before: A 10 x 20 = 200; B 5 of 40 rice and 30 oil on the road, 5 x 20 + 30 x 3 = 190; all 390.

    GA is delivered and does not say how much: all 10. A is above its share by 200 - 0.75 x 390 = -92.5, B by
    190 - 97.5 = 92.5: on the right 92.5 and -92.5. Withdrawn, V gave 0.
    """
    case = make_case(
        "week 1",
        **WORLD,
        keys=KEYS,
        pledges="pledge donor recipient item quantity state delivered_quantity | GA A U rice 10 delivered - "
        "| GB B U rice 40 committed 5 | OB B U oil 40 committed - | V B U rice 40 withdrawn -",
        receipts="place item quantity due_on pledge | R oil 30 2024-01-03 OB",
    )
    frozen("key-delivered_before", case)


def test_key_cap() -> None:
    """B may exceed its 0.25 by 0.1: B - 0.35 (A + B) = 0.65 B - 0.35 A is at most nothing; A has no cap.

    In a key in which A gave 400 before and B nothing, B has room for 0.35 x 400 = 140; and A, over 0.75 + 0 of what all
    gave already, none.
    """
    case = make_case("week 1", **WORLD, keys=KEYS.replace("B 0.25 -", "B 0.25 0.1"), pledges=PLEDGES)
    frozen("key_cap-one_party", case)
    case = make_case(
        "week 1",
        **WORLD,
        keys="key party share maximum_excess | gdp A 0.75 0 | gdp B 0.25 0.1",
        pledges=PLEDGES.replace("GA A U rice 40 committed -", "GA A U rice 40 committed 20"),
    )
    frozen("key_cap-given_before", case)


def test_key_in_millions() -> None:
    """The dearest item is worth 2.5 million: value is counted in millions, and the tier weighs a million EUR."""
    case = make_case(
        "week 1",
        **(WORLD | {"items": "item value_eur | rice 2500000 | oil 3000 | salt -"}),
        keys=KEYS,
        pledges=PLEDGES,
    )
    frozen("given-millions", case)
    frozen("tiers-shares_in_millions", case)
