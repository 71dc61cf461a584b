"""Finished objects as plain values that JSON can hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any


def to_plain(value: object) -> Any:
    """Turn facts into dictionaries, days into ISO 8601, and numbers that JSON has no word for into null."""
    if is_dataclass(value) and not isinstance(value, type):
        said = {"sentence": value.sentence} if hasattr(value, "sentence") else {}
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)} | said
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
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
