"""Tiers: each is called by one name, and found again by it."""

from __future__ import annotations

import pytest

from scorta.rules import Tier, TierKind, tier_of

KINDS = [kind for kind in TierKind if kind is not TierKind.QUESTION]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_tier_is_found_by_its_name(kind: TierKind) -> None:
    """Its kind and the priority of its needs are read back out of what files and pages call it."""
    tier = Tier(kind, 12 if "{priority}" in kind.about.name else None)
    assert tier_of(tier.name) == tier


def test_what_no_kind_is_called_is_a_question() -> None:
    """A question keeps the words it was called by; half a name of a tier is one as well."""
    assert tier_of("needs late") == Tier.question("needs late")
    assert tier_of("need").name == "need"


def test_only_floors_give_way_and_only_needs_ask_for_it() -> None:
    """What gives way stands while it does; whatever else stands does not give way."""
    assert [kind for kind in TierKind if kind.about.gives_way] == [TierKind.FLOORS]
    assert [kind for kind in TierKind if kind.about.asks_to_give_way] == [TierKind.NEEDS_UNMET, TierKind.NEEDS_LATE]
    assert all(kind.about.stands for kind in TierKind if kind.about.gives_way or kind.about.stands_exactly)
