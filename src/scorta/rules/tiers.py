"""The tiers of a plan: what is made as small as possible, one after the other, each described once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a kind of tier: what it is called, what its value counts, and what the solver does with it.

    `name` may hold `{priority}`. Floors give way to own needs once: `asks_to_give_way` marks the tiers after the last
    of which that is decided, `gives_way` what gives way then, and is solved again after all others; what `stands`
    keeps every column at the value it has, or below where it does not stand `exactly`. A tie-break decides between
    plans that are equally good, and is no reason to look for better whole numbers.
    """

    name: str
    counts: str
    unit: str
    asks_to_give_way: bool = False
    gives_way: bool = False
    stands: bool = False
    stands_exactly: bool = False
    is_tie_break: bool = False


@unique
class TierKind(Enum):
    """A kind of tier, in the order in which they usually come."""

    LIMITS = About(
        name="limits",
        counts="units over storage and maximum, forced by receipts",
        unit="unit-days",
        stands=True,
    )
    FIRM_ORDERS = About(
        name="firm orders",
        counts="units firm and not handed over when due",
        unit="units",
    )
    FLOORS = About(
        name="floors",
        counts="unit-days below the floors",
        unit="unit-days",
        stands=True,
        gives_way=True,
    )
    FROZEN = About(
        name="frozen",
        counts="units changed in frozen buckets",
        unit="units",
        stands=True,
        stands_exactly=True,
    )
    NEEDS_UNMET = About(
        name="needs {priority} unmet",
        counts="units never delivered",
        unit="units",
        asks_to_give_way=True,
    )
    NEEDS_LATE = About(
        name="needs {priority} late",
        counts="unit-days late",
        unit="unit-days",
        asks_to_give_way=True,
    )
    ASKS = About(
        name="asks",
        counts="units given beyond the pledges",
        unit="units",
    )
    SHARES = About(
        name="shares",
        counts="EUR above the share, of the party furthest above it",
        unit="EUR",
    )
    OBJECTIVES = About(
        name="objectives",
        counts="weighted unit-days below the objectives",
        unit="unit-days by weight",
    )
    COST = About(
        name="cost",
        counts="EUR",
        unit="EUR",
    )
    EARLIEST = About(
        name="earliest",
        counts="units x day of issue, and the least movement",
        unit="unit-days",
        is_tie_break=True,
    )
    CHANGE = About(
        name="change",
        counts="units changed from the previous plan",
        unit="units",
        is_tie_break=True,
    )
    QUESTION = About(
        name="question",
        counts="",
        unit="as what is asked",
    )
    """What is asked of one need, level or use alone; no plan has it."""

    @property
    def about(self) -> About:
        """What is said of it."""
        return self.value


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier: its kind, the priority of the needs that it is about, and for a question what it is called."""

    kind: TierKind
    priority: int | None = None
    words: str = ""

    @property
    def name(self) -> str:
        """What files and pages call it."""
        return self.words or self.kind.about.name.format(priority=self.priority)

    @property
    def about(self) -> About:
        """What is said of its kind."""
        return self.kind.about

    @classmethod
    def question(cls, words: str) -> Tier:
        """Return the tier of a question."""
        return cls(TierKind.QUESTION, words=words)


_NAMES = {
    kind: re.compile(re.escape(kind.about.name).replace(r"\{priority\}", r"(?P<priority>-?\d+)"))
    for kind in TierKind
    if kind is not TierKind.QUESTION
}
"""How each kind of tier is called."""


def tier_of(name: str) -> Tier:
    """Return the tier that files and pages call by this name; what no kind is called is a question.

    >>> tier_of("needs 2 late").kind, tier_of("needs 2 late").priority
    (<TierKind.NEEDS_LATE: ...>, 2)
    """
    for kind, pattern in _NAMES.items():
        found = pattern.fullmatch(name)
        if found:
            return Tier(kind, int(found["priority"]) if "priority" in found.groupdict() else None)
    return Tier.question(name)
