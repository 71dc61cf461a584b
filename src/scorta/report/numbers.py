"""How numbers are written: on pages as a language writes them, for programs as exactly as the solver answers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scorta.languages import WHOLE_NUMBER_TOLERANCE as WHOLE_NUMBER_TOLERANCE
from scorta.languages import write_day as write_day
from scorta.languages import write_gap as write_gap
from scorta.languages import write_number as write_number
from scorta.languages import write_share as write_share
from scorta.languages import write_year as write_year

DIGITS = 6
"""Digits after the first that a number for a program has: the solver answers to about a millionth."""

ZERO_TOLERANCE = 1e-9
"""A number for a program that is nearer to zero than this is zero."""


def to_plain(value: object) -> Any:
    """Turn facts into plain values that JSON can hold: dictionaries, lists, days as ISO 8601.

    A number is told as exactly as the solver answers, so that 49.9999989 of 50 is 50; one for which JSON has no word is
    null.
    """
    if is_dataclass(value) and not isinstance(value, type):
        said = {"sentence": value.sentence} if hasattr(value, "sentence") else {}
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)} | said
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return exact(value) if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else _to_list(value)


def _to_list(value: object) -> Any:
    """Turn a collection into a list; sets are sorted."""
    if isinstance(value, AbstractSet):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_plain(item) for item in value]
    return value


def exact(value: float) -> float:
    """Return a number as exactly as the solver answers, to a millionth of it; money to a thousandth at least.

    >>> [exact(x) for x in (49.99999892857143, 1234.5678, 0.3333333333, 104577464.37, -2e-12)]
    [50.0, 1234.568, 0.3333333, 104577464.37, 0.0]
    """
    if abs(value) < ZERO_TOLERANCE:
        return 0.0
    return round(value, max(3, DIGITS - math.floor(math.log10(abs(value)))))
