"""The blocks of the horizon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from scorta.case.horizon import Bucket
from scorta.check.book import Book
from scorta.check.nearest import hint

MOST_BUCKETS = 3_660
"""Most buckets a plan can hold: ten years of days."""

MOST_YEARS = 60
"""Most years a plan can span."""

BUCKETS: tuple[str, ...] = get_args(Bucket)
"""The kinds of bucket."""

_EXAMPLE = '[[horizon]] with bucket = "week" and count = 8'
_YEARS = {"day": 1 / 365, "week": 7 / 365, "month": 1 / 12, "quarter": 1 / 4, "year": 1.0}


def read_blocks(value: object, file: str, book: Book) -> tuple[tuple[str, int], ...] | None:
    """Return the blocks of a horizon, or None where they cannot be used; say what is wrong with them."""
    if not isinstance(value, list | tuple):
        book.say("scenario-wrong-type", file, None, "horizon", value, wanted="a list of blocks", example=_EXAMPLE)
        return None
    blocks = [_block(block, f"horizon[{k}]", file, book) for k, block in enumerate(value, start=1)]
    good = tuple(block for block in blocks if block is not None)
    if len(good) < len(blocks):
        return None
    return good if _is_sized(good, file, book) else None


def _block(block: object, field: str, file: str, book: Book) -> tuple[str, int] | None:
    if not isinstance(block, Mapping):
        book.say("scenario-wrong-type", file, None, field, block, wanted="a block", example=_EXAMPLE)
        return None
    for key in block:
        if key not in ("bucket", "count"):
            near = hint(str(key), ("bucket", "count"))
            book.say("scenario-unknown-key", file, None, f"{field}.{key}", known="bucket, count", hint=near)
    bucket = _bucket(block.get("bucket"), f"{field}.bucket", file, book)
    count = _count(block.get("count"), f"{field}.count", file, book)
    return (bucket, count) if bucket is not None and count is not None else None


def _bucket(bucket: object, field: str, file: str, book: Book) -> str | None:
    if bucket is None:
        book.say("scenario-missing-key", file, None, field, example='bucket = "week"')
    elif not isinstance(bucket, str):
        book.say("scenario-wrong-type", file, None, field, bucket, wanted="a text", example='bucket = "week"')
    elif bucket in BUCKETS:
        return bucket
    else:
        choices, near = ", ".join(BUCKETS), hint(bucket, BUCKETS)
        book.say("scenario-unknown-choice", file, None, field, bucket, choices=choices, hint=near)
    return None


def _count(count: object, field: str, file: str, book: Book) -> int | None:
    if count is None:
        book.say("scenario-missing-key", file, None, field, example="count = 8")
    elif isinstance(count, bool) or not isinstance(count, int):
        book.say("scenario-wrong-type", file, None, field, count, wanted="a whole number", example="count = 8")
    elif count < 1:
        book.say("horizon-count", file, None, field, count)
    else:
        return count
    return None


def _is_sized(blocks: tuple[tuple[str, int], ...], file: str, book: Book) -> bool:
    """Say whether the horizon has at least one bucket, and not too many."""
    buckets = sum(count for _, count in blocks)
    years = sum(_YEARS[bucket] * min(count, MOST_BUCKETS + 1) for bucket, count in blocks)
    if not buckets:
        book.say("horizon-empty", file, None, "horizon")
    elif buckets > MOST_BUCKETS or years > MOST_YEARS + 0.1:
        length = f"{buckets:,} buckets" if buckets > MOST_BUCKETS else f"about {years:.0f} years"
        book.say("horizon-too-long", file, None, "horizon", length=length, most=f"{MOST_BUCKETS:,}", years=MOST_YEARS)
    else:
        return True
    return False
