"""What a previous plan decided, laid over the buckets of the new one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats
from scorta.network.index import NOTHING
from scorta.rules import Column

KINDS = (Column.SHIP, Column.ISSUE, Column.START, Column.HANDOVER, Column.PURCHASE, Column.EXPAND)
"""What is decided, by the family of columns that decides it anew."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One row for each thing that a previous plan decided in a bucket: its kind, its subject, and how much.

    `kind` is a place in `KINDS`. A subject is numbered as `subject_of` says; `NOTHING` stands for all subjects that
    the case has no more. The first `frozen` buckets are to stay as they were.
    """

    kind: Days
    subject: Days
    bucket: Days
    quantity: Floats
    frozen: int

    def __len__(self) -> int:
        return len(self.kind)


def subject_of(items: int, kind: str, *numbers: Days) -> Days:
    """Return the number of what is decided, from the numbers of what names it; `NOTHING` where one of these is that.

    That is: a leg, an item, and 1 where it waits for repair; a need and an item; a process, or a kit at a place; a
    pledge; a contract; an expansion.
    """
    sizes = {"ship": (items, 2), "issue": (items,)}.get(kind, ())
    subject = numbers[0].astype(np.int64)
    for number, size in zip(numbers[1:], sizes, strict=True):
        subject = subject * size + number
    return np.where(np.minimum.reduce(numbers) < 0, NOTHING, subject)


_NONE = np.zeros(0, dtype=np.int64)
NOTHING_DECIDED = Decided(_NONE, _NONE, _NONE, np.zeros(0), 0)
"""What was decided where there is no previous plan."""
