"""How quantities, shares and days are written in the language that is spoken, rounded for people."""

from __future__ import annotations

import math
from datetime import date

from scorta.languages.sentences import punctuate, say

WHOLE_NUMBER_TOLERANCE = 5e-7
"""A quantity nearer to a whole number than this is that number: the solver answers to about a millionth."""

SMALLEST = 0.005
"""What is nearer to zero than this is written as `<0.01`: a little is not nothing."""


def write_number(value: float) -> str:
    """Write a quantity: whole where it is whole, else three figures that matter.

    >>> [write_number(x) for x in (1234.0, 1234.4, 12.5, 0.25, 49.9999999, 0.001)]
    ['1,234', '1,234', '12.5', '0.25', '50', '<0.01']
    """
    if not math.isfinite(value):
        return say("unknown")
    if abs(value - round(value)) <= WHOLE_NUMBER_TOLERANCE:
        return punctuate(f"{round(value):,}")
    if abs(value) < SMALLEST:
        return punctuate("<0.01" if value > 0 else ">-0.01")
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    written = f"{value:,.{decimals}f}"
    return punctuate(written.rstrip("0").rstrip(".") if decimals else written)


def write_share(value: float) -> str:
    """Write a share in per cent; only nothing is 0 % and only the whole is 100 %.

    >>> [write_share(x) for x in (0.0, 0.001, 0.583, 0.999, 1.0)]
    ['0 %', '<1 %', '58 %', '>99 %', '100 %']
    """
    if WHOLE_NUMBER_TOLERANCE < value < 0.01:
        return "<1 %"
    if 0.99 < value < 1 - WHOLE_NUMBER_TOLERANCE:
        return ">99 %"
    return f"{value:.0%}".replace("%", " %")


def write_gap(value: float) -> str:
    """Write how far, at most, a value may be from the best one: two figures, in per cent.

    >>> [write_gap(x) for x in (0.0, 1e-9, 0.00012, 0.034)]
    ['0 %', '0 %', '0.012 %', '3.4 %']
    """
    if not math.isfinite(value):
        return say("unknown")
    return "0 %" if abs(value) <= WHOLE_NUMBER_TOLERANCE else punctuate(f"{100 * value:.2g} %")


def write_year(value: float) -> str:
    """Write a year of the calendar."""
    return f"{value:.0f}"


def write_day(value: date) -> str:
    """Write a day as ISO 8601 has it."""
    return value.isoformat()
