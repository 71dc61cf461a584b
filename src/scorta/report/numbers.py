"""How numbers are written on pages."""

from __future__ import annotations

from scorta.languages import NOISE as NOISE
from scorta.languages import write_day as write_day
from scorta.languages import write_gap as write_gap
from scorta.languages import write_number as write_number
from scorta.languages import write_share as write_share
from scorta.languages import write_year as write_year


def count(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun.

    >>> count(1, "need"), count(1200, "need"), count(2, "party", "parties")
    ('1 need', '1,200 needs', '2 parties')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
