"""Effects: what a repair does for a need and for others, and which of two is enough."""

from __future__ import annotations

from scorta.case import Change
from scorta.why import Effect, Fix, Hindrance, Kind, Remedy, is_enough


def fix(*codes: str, days: float, left: float = 0.0, price: float | None = 0.0) -> Fix:
    """Return a repair that opens some pledges earlier, and spares so many unit-days."""
    remedies = tuple(
        Remedy(
            Hindrance(Kind.PLEDGE_TOO_LATE, (), {"pledge": code}),
            (Change("repair", "pledges", code, "available_from", "set", "2023-01-02"),),
        )
        for code in codes
    )
    return Fix(remedies, Effect("N", 0.0, 0.0, 0.0, -days), (), (), left, price, days)


def test_a_part_that_does_as_much_is_enough() -> None:
    """P1 alone spares as many days as P1 with P2; P2 alone spares fewer, and P3 is no part of them."""
    both = fix("P1", "P2", days=40)
    assert is_enough(fix("P1", days=40), both)
    assert not is_enough(fix("P2", days=10), both)
    assert not is_enough(fix("P3", days=40), both)


def test_what_mends_all_comes_first_then_one_change_then_what_is_cheap() -> None:
    """Dear and whole comes before cheap and half; of two that are whole, the one for 1 EUR a day before that for 2."""
    half, two, dear, cheap = (
        fix("P1", days=40, left=5),
        fix("P1", "P2", days=40),
        fix("P3", days=40, price=80),
        fix("P4", days=40, price=40),
    )
    assert sorted((half, two, dear, cheap), key=lambda one: one.rank) == [cheap, dear, two, half]


def test_what_spares_nothing_is_no_help() -> None:
    """Round-off is no help."""
    assert fix("P1", days=1).helps
    assert not fix("P1", days=1e-9).helps
