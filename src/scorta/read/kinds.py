"""The kinds of finding of this room, by code."""

from dataclasses import replace

from scorta.tables import FINDINGS, Finding

LISTED = 10_000
"""Findings of one kind that are made for one file; the rest are counted. What is listed of them, the check decides."""
SHOWN = 60
"""Characters of a cell that a finding shows."""


def finding(code: str, file: str, row: int | None = None, field: str = "", value: str = "", **words: object) -> Finding:
    """Return the finding of that code at an address."""
    return FINDINGS[code].at(file, row, field, shorten(value), **words)


def shorten(value: str) -> str:
    """Return a cell as a finding shows it: on one line, its end cut where it is long."""
    line = " ".join(value.split()) if len(value) < 10 * SHOWN else " ".join(value[: 10 * SHOWN].split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 3]}..."


def count_of(number: int, noun: str) -> str:
    """Return a count in words, as `1 cell` or `2 cells`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(file: str, found: list[Finding], count: int | None = None) -> list[Finding]:
    """Return the first findings of one kind, and how many more there are; `count` tells where not all are made."""
    count = len(found) if count is None else count
    if count <= LISTED:
        return found
    left, kind = count - LISTED, found[0].code
    more = finding("more-rows", file, value=kind, count=f"{left:,}", kind=kind, shown=f"{LISTED:,}")
    return [*found[:LISTED], replace(more, stands_for=left)]
