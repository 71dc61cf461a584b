"""Rows of a file, named compactly."""

from __future__ import annotations

from collections.abc import Iterable

_NAMED = 20
"""Most stretches of rows that a sentence names."""


def ranges(rows: Iterable[int]) -> str:
    """Return row numbers as stretches.

    >>> ranges([2, 3, 4, 9, 12, 13])
    'rows 2-4, 9, 12-13'
    """
    stretches: list[list[int]] = []
    for row in sorted(rows):
        if stretches and row == stretches[-1][1] + 1:
            stretches[-1][1] = row
        else:
            stretches.append([row, row])
    named = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in stretches[:_NAMED])
    rest = sum(b - a + 1 for a, b in stretches[_NAMED:])
    word = "row" if len(stretches) == 1 and stretches[0][0] == stretches[0][1] else "rows"
    return f"{word} {named}" + (f" and {rest:,} more" if rest else "")


def counted(count: int, one: str, many: str) -> str:
    """Return a count with the words for one or for many."""
    return f"{count:,} {one if count == 1 else many}"
