"""The scenario: its title, first day, horizon and policies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

from scorta.case import TIERS, Scenario, Tier
from scorta.case.horizon import Bucket
from scorta.check.book import Book
from scorta.check.cells import FIRST_DAY, LAST_DAY, YEAR_OUT_OF_RANGE
from scorta.check.spelling import nearest
from scorta.languages import mark
from scorta.tables import FindingKind, Phrase, RawCase
from scorta.tables.findings import Fact

MOST_BUCKETS = 3_660
"""Most buckets a plan can hold: ten years of days."""

MOST_YEARS = 60
"""Most years a plan can span."""

BUCKETS: tuple[str, ...] = get_args(Bucket)
"""The kinds of bucket."""

_BLOCK = Phrase(mark('[[horizon]] with bucket = "week" and count = 8'))

_YEARS = {"day": 1 / 365, "week": 7 / 365, "month": 1 / 12, "quarter": 1 / 4, "year": 1.0}

SCENARIO_MISSING_KEY = FindingKind(
    "scenario-missing-key",
    "error",
    "The scenario does not give `{field}`.",
    "Add {example} to {file}.",
    "The scenario lacks its title, its first day or its horizon.",
)
SCENARIO_WRONG_TYPE = FindingKind(
    "scenario-wrong-type",
    "error",
    "`{field}` of the scenario is `{value}`, which is not {wanted}.",
    "Write it as {example}.",
    "A key of the scenario has a value of the wrong kind.",
)
SCENARIO_UNKNOWN_KEY = FindingKind(
    "scenario-unknown-key",
    "error",
    "The scenario has no key `{field}`.",
    "Remove it, or use one of {known}.",
    "The scenario has a key that does not exist; often a slip of the pen.",
)
SCENARIO_UNKNOWN_CHOICE = FindingKind(
    "scenario-unknown-choice",
    "error",
    "`{value}` is not a choice of `{field}`.",
    "Write one of {choices}.",
    "A tier, a kind of bucket or a policy on gifts is not one of those that exist.",
)
SCENARIO_REPEATED_TIER = FindingKind(
    "scenario-repeated-tier",
    "error",
    "The tier `{value}` stands twice in `tiers`.",
    "Keep it once, where it should be solved.",
    "A tier is named more than once.",
)
HORIZON_EMPTY = FindingKind(
    "horizon-empty",
    "error",
    "The horizon holds no bucket.",
    'Add a block such as [[horizon]] with bucket = "week" and count = 8 to {file}.',
    "The horizon has no block.",
)
HORIZON_COUNT = FindingKind(
    "horizon-count",
    "error",
    "`{field}` is {value}, and a block has at least 1 bucket.",
    "Write how many buckets the block has, such as count = 8.",
    "A block of the horizon counts less than one bucket.",
)
HORIZON_TOO_LONG = FindingKind(
    "horizon-too-long",
    "error",
    "The horizon is too long: {length} buckets.",
    "Use fewer or longer buckets: at most {most} of them and at most {years} years in all.",
    "The horizon has more buckets, or more years, than a plan can hold.",
)
_TOO_MANY_YEARS = HORIZON_TOO_LONG.but(sentence="The horizon is too long: about {length} years.")

_A_TEXT, _A_DAY, _A_WHOLE_NUMBER = Phrase(mark("a text")), Phrase(mark("a day")), Phrase(mark("a whole number"))
_A_BLOCK, _LIST_OF_BLOCKS, _LIST_OF_TIERS = (
    Phrase(mark("a block")),
    Phrase(mark("a list of blocks")),
    Phrase(mark("a list of tiers")),
)
"""What a key of the scenario should have been."""


def read_blocks(value: object, file: str, book: Book) -> tuple[tuple[str, int], ...] | None:
    """Return the blocks of a horizon, or None where they cannot be used; say what is wrong with them."""
    if not isinstance(value, list | tuple):
        book.say(SCENARIO_WRONG_TYPE, file, None, "horizon", value, wanted=_LIST_OF_BLOCKS, example=_BLOCK)
        return None
    blocks = [_block(block, f"horizon[{k}]", file, book) for k, block in enumerate(value, start=1)]
    good = tuple(block for block in blocks if block is not None)
    if len(good) < len(blocks):
        return None
    return good if _is_sized(good, file, book) else None


def _block(block: object, field: str, file: str, book: Book) -> tuple[str, int] | None:
    if not isinstance(block, Mapping):
        book.say(SCENARIO_WRONG_TYPE, file, None, field, block, wanted=_A_BLOCK, example=_BLOCK)
        return None
    for key in block:
        if key not in ("bucket", "count"):
            guess = nearest(str(key), ("bucket", "count"))
            book.say(SCENARIO_UNKNOWN_KEY, file, None, f"{field}.{key}", known="bucket, count", guess=guess)
    bucket = _bucket(block.get("bucket"), f"{field}.bucket", file, book)
    count = _count(block.get("count"), f"{field}.count", file, book)
    return (bucket, count) if bucket is not None and count is not None else None


def _bucket(bucket: object, field: str, file: str, book: Book) -> str | None:
    if bucket is None:
        book.say(SCENARIO_MISSING_KEY, file, None, field, example='bucket = "week"')
    elif not isinstance(bucket, str):
        book.say(SCENARIO_WRONG_TYPE, file, None, field, bucket, wanted=_A_TEXT, example='bucket = "week"')
    elif bucket in BUCKETS:
        return bucket
    else:
        choices, guess = ", ".join(BUCKETS), nearest(bucket, BUCKETS)
        book.say(SCENARIO_UNKNOWN_CHOICE, file, None, field, bucket, choices=choices, guess=guess)
    return None


def _count(count: object, field: str, file: str, book: Book) -> int | None:
    if count is None:
        book.say(SCENARIO_MISSING_KEY, file, None, field, example="count = 8")
    elif isinstance(count, bool) or not isinstance(count, int):
        book.say(SCENARIO_WRONG_TYPE, file, None, field, count, wanted=_A_WHOLE_NUMBER, example="count = 8")
    elif count < 1:
        book.say(HORIZON_COUNT, file, None, field, count)
    else:
        return count
    return None


def _is_sized(blocks: tuple[tuple[str, int], ...], file: str, book: Book) -> bool:
    """Say whether the horizon has at least one bucket, and not too many."""
    buckets = sum(count for _, count in blocks)
    years = sum(_YEARS[bucket] * min(count, MOST_BUCKETS + 1) for bucket, count in blocks)
    if not buckets:
        book.say(HORIZON_EMPTY, file, None, "horizon")
    elif buckets > MOST_BUCKETS or years > MOST_YEARS + 0.1:
        is_many = buckets > MOST_BUCKETS
        length = buckets if is_many else round(years)
        kind = HORIZON_TOO_LONG if is_many else _TOO_MANY_YEARS
        book.say(kind, file, None, "horizon", length=length, most=MOST_BUCKETS, years=MOST_YEARS)
    else:
        return True
    return False


GIFTS = ("pledged", "open")
"""The policies on gifts."""

_EXAMPLES: dict[str, Fact] = {
    "title": 'title = "Winter 2022"',
    "as_of": "as_of = 2022-10-17",
    "currency": 'currency = "EUR"',
    "gifts": 'gifts = "pledged"',
    "tiers": 'tiers = ["floors", "needs", "objectives", "cost"]',
    "horizon": _BLOCK,
}
"""The keys of a scenario, each with an example."""


def read_scenario(raw: RawCase, book: Book) -> Scenario | None:
    """Return the scenario, or None where it cannot be used; say what is wrong with it."""
    if not raw.scenario and any(finding.file == raw.scenario_file for finding in raw.findings):
        return None
    page = _Page(raw.scenario, raw.scenario_file, book)
    page.check_keys()
    title, currency = page.text("title", needed=True), page.text("currency") or "EUR"
    as_of, blocks = page.day("as_of"), None
    if page.given("horizon", needed=True):
        blocks = read_blocks(raw.scenario["horizon"], raw.scenario_file, book)
    gifts, tiers = page.choice("gifts", GIFTS) or "pledged", page.tiers()
    if title is None or as_of is None or blocks is None:
        return None
    return Scenario(title, as_of, blocks, currency, "open" if gifts == "open" else "pledged", tiers)


class _Page:
    """The scenario as found, read key by key."""

    def __init__(self, values: Mapping[str, Any], file: str, book: Book) -> None:
        self._values, self._file, self._book = values, file, book

    def check_keys(self) -> None:
        for key in self._values:
            if key not in _EXAMPLES:
                guess = nearest(key, [name for name in _EXAMPLES if name not in self._values])
                self._say(SCENARIO_UNKNOWN_KEY, key, known=", ".join(_EXAMPLES), guess=guess)

    def given(self, key: str, needed: bool = False) -> bool:
        """Tell whether a key is filled; say so where it is needed and is not."""
        is_given = self._values.get(key) not in (None, "")
        if needed and not is_given:
            self._say(SCENARIO_MISSING_KEY, key, example=_EXAMPLES[key])
        return is_given

    def text(self, key: str, needed: bool = False) -> str | None:
        if not self.given(key, needed):
            return None
        value = self._values[key]
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._wrong(key, value, _A_TEXT)
        return None

    def day(self, key: str) -> dt.date | None:
        if not self.given(key, needed=True):
            return None
        value = self._values[key]
        day = _day(value)
        if day is None:
            self._wrong(key, value, _A_DAY)
        elif not FIRST_DAY <= day <= LAST_DAY:
            self._say(YEAR_OUT_OF_RANGE, key, value)
        else:
            return day
        return None

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        value = self.text(key)
        if value is not None and value not in choices:
            self._say(SCENARIO_UNKNOWN_CHOICE, key, value, choices=", ".join(choices), guess=nearest(value, choices))
        return value

    def tiers(self) -> tuple[Tier, ...]:
        """Return the tiers that can be used, in the order named; all of them by default."""
        if not self.given("tiers"):
            return TIERS
        value = self._values["tiers"]
        if not isinstance(value, list | tuple) or not value:
            self._wrong("tiers", value, _LIST_OF_TIERS)
            return TIERS
        named = [tier for k, tier in enumerate(value) if self._is_tier(tier, value[:k])]
        return tuple(tier for tier in named if tier in get_args(Tier))

    def _is_tier(self, tier: object, before: list[object] | tuple[object, ...]) -> bool:
        if tier not in TIERS:
            guess = nearest(str(tier), TIERS)
            self._say(SCENARIO_UNKNOWN_CHOICE, "tiers", tier, choices=", ".join(TIERS), guess=guess)
            return False
        if tier in before:
            self._say(SCENARIO_REPEATED_TIER, "tiers", tier)
        return tier not in before

    def _wrong(self, key: str, value: object, wanted: Phrase) -> None:
        self._say(SCENARIO_WRONG_TYPE, key, value, wanted=wanted, example=_EXAMPLES[key])

    def _say(self, kind: FindingKind, key: str, value: object = "", **facts: Fact) -> None:
        self._book.say(kind, self._file, None, key, value, **facts)


def _day(value: object) -> dt.date | None:
    """Return a day given as a day or as text YYYY-MM-DD, or None."""
    if isinstance(value, dt.datetime):
        return value.date() if value.tzinfo is None and value.time() == dt.time() else None
    if isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d").date() if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
