"""The scenario: its title, first day, horizon and policies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

from scorta.case import TIERS, Scenario, Tier
from scorta.check.blocks import read_blocks
from scorta.check.book import Book
from scorta.check.bounds import FIRST_DAY, LAST_DAY
from scorta.check.nearest import hint
from scorta.tables import RawCase

GIFTS = ("pledged", "open")
"""The policies on gifts."""

_EXAMPLES = {
    "title": 'title = "Winter 2022"',
    "as_of": "as_of = 2022-10-17",
    "currency": 'currency = "EUR"',
    "gifts": 'gifts = "pledged"',
    "tiers": 'tiers = ["floors", "needs", "objectives", "cost"]',
    "horizon": '[[horizon]] with bucket = "week" and count = 8',
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
                near = hint(key, [name for name in _EXAMPLES if name not in self._values])
                self._say("scenario-unknown-key", key, known=", ".join(_EXAMPLES), hint=near)

    def given(self, key: str, needed: bool = False) -> bool:
        """Tell whether a key is filled; say so where it is needed and is not."""
        is_given = self._values.get(key) not in (None, "")
        if needed and not is_given:
            self._say("scenario-missing-key", key, example=_EXAMPLES[key])
        return is_given

    def text(self, key: str, needed: bool = False) -> str | None:
        if not self.given(key, needed):
            return None
        value = self._values[key]
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._wrong(key, value, "a text")
        return None

    def day(self, key: str) -> dt.date | None:
        if not self.given(key, needed=True):
            return None
        value = self._values[key]
        day = _day(value)
        if day is None:
            self._wrong(key, value, "a day")
        elif not FIRST_DAY <= day <= LAST_DAY:
            self._say("year-out-of-range", key, value)
        else:
            return day
        return None

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        value = self.text(key)
        if value is not None and value not in choices:
            self._say("scenario-unknown-choice", key, value, choices=", ".join(choices), hint=hint(value, choices))
        return value

    def tiers(self) -> tuple[Tier, ...]:
        """Return the tiers that can be used, in the order named; all of them by default."""
        if not self.given("tiers"):
            return TIERS
        value = self._values["tiers"]
        if not isinstance(value, list | tuple) or not value:
            self._wrong("tiers", value, "a list of tiers")
            return TIERS
        named = [tier for k, tier in enumerate(value) if self._is_tier(tier, value[:k])]
        return tuple(tier for tier in named if tier in get_args(Tier))

    def _is_tier(self, tier: object, before: list[object] | tuple[object, ...]) -> bool:
        if tier not in TIERS:
            close = hint(str(tier), TIERS)
            self._say("scenario-unknown-choice", "tiers", tier, choices=", ".join(TIERS), hint=close)
            return False
        if tier in before:
            self._say("scenario-repeated-tier", "tiers", tier)
        return tier not in before

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        self._say("scenario-wrong-type", key, value, wanted=wanted, example=_EXAMPLES[key])

    def _say(self, code: str, key: str, value: object = "", **words: object) -> None:
        self._book.say(code, self._file, None, key, value, **words)


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
