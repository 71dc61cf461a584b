"""What was probably meant: by a name, a number or a day that is not written as it should be."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

_COMPARED = 2_000
"""Most names that one misspelt name is compared with: comparing takes time for each."""

_ALIKE = 0.7
"""How alike two names must be to be taken for each other, from 0 to 1."""


class Names:
    """The names there are, laid out so that the closest one to a word is found quickly among a million."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._bare: dict[str, str] = {}
        self._alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for name in self._names:
            self._bare.setdefault(_bare(name), name)
            self._alike[name[:1].casefold(), len(name)].append(name)

    def nearest(self, word: str) -> str:
        """Return the name closest to a word, or nothing where none is close."""
        bare = _bare(word)
        if bare in self._bare:
            return self._bare[bare]
        likely = {name.casefold(): name for name in self._likely(word.strip())}
        close = get_close_matches(word.strip().casefold(), likely, 1, _ALIKE)
        return likely[close[0]] if close else ""

    def hint(self, word: str) -> str:
        """Return a sentence that asks whether the closest name was meant, or nothing where none is close."""
        name = self.nearest(word)
        return f" Did you mean `{name}`?" if name else ""

    def _likely(self, word: str) -> list[str]:
        """Return the names worth comparing: all where they are few, else those of the same start and length."""
        if len(self._names) <= _COMPARED:
            return self._names
        start, size = word[:1].casefold(), len(word)
        return [name for length in range(size - 2, size + 3) for name in self._alike[start, length]][:_COMPARED]


def nearest(word: str, names: Iterable[str]) -> str:
    """Return the name closest to a word, or nothing where none is close.

    >>> nearest("quantty", ["item", "quantity"])
    'quantity'
    """
    return Names(names).nearest(word)


def hint(word: str, names: Iterable[str]) -> str:
    """Return a sentence that asks whether the closest name was meant, or nothing where none is close."""
    return Names(names).hint(word)


def _bare(word: str) -> str:
    """Return a word without capitals, spaces, dashes and underscores; the word itself if nothing is left."""
    return "".join(letter for letter in word.casefold() if letter.isalnum()) or word


Verdict = tuple[str, dict[str, str]]
"""The code of a finding and the words of its sentence."""

_PLACEHOLDERS = {
    "n/a",
    "na",
    "n.a.",
    "none",
    "null",
    "nil",
    "-",
    "--",
    "\u2013",
    "\u2014",
    "?",
    "??",
    "x",
    "tbd",
    "tbc",
    "tba",
    "unknown",
}

_ENDLESS = ("nan", "inf", "infinity")

_SIGN = re.compile(r"^([+-])\s+")

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")

_WITH_UNIT = re.compile(r"(?:[€$£]\s*|EUR\s*|USD\s*)?([+-]?\d[\d.,]*)\s*(?:[^\W\d][\w./]*|[€$£])?")

_SEPARATORS = re.compile(r"(?<=\d)[\s_'\u2019\u00a0\u202f](?=\d{3})")

_DAY = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ].*)?")

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def explain_number(cell: str) -> Verdict:
    """Tell what keeps a cell from being a number."""
    common = _explain(cell, number_meant(cell.strip()) == cell.strip())
    if common:
        return common
    if (meant := number_meant(cell.strip())) is None:
        return "not-a-number", {}
    return "number-spelling", {"advice": f"Write {meant}{_other_reading(cell.strip())}."}


def explain_whole(cell: str) -> Verdict:
    """Tell what keeps a cell from being a whole number."""
    if is_plain(cell):
        return ("not-whole" if math.isfinite(float(cell)) else "not-finite"), {}
    if cell.casefold().strip("+-") in _ENDLESS:
        return "not-finite", {}
    code, words = explain_number(cell)
    return ("not-whole" if code == "not-a-number" else code), words


def explain_date(cell: str) -> Verdict:
    """Tell what keeps a cell from being a day."""
    text = cell.strip()
    if _ISO.fullmatch(text) and text == cell:
        return "no-such-day", {}
    common = _explain(cell, bool(_ISO.fullmatch(text)))
    if common:
        return common
    days = [day.isoformat() for day in days_meant(text)]
    return ("date-spelling", {"advice": f"Write {' or '.join(days)}."}) if days else ("not-a-date", {})


def _explain(cell: str, is_right_inside: bool) -> Verdict | None:
    """Tell what a cell of any type can suffer from: spaces, a spreadsheet's error, a word for nothing."""
    text = cell.strip()
    if not text:
        return "surrounding-spaces", {"advice": "Leave the cell empty."}
    if text.startswith("#"):
        return "spreadsheet-error", {}
    if text.casefold() in _PLACEHOLDERS:
        return "placeholder", {}
    return ("surrounding-spaces", {"advice": f"Write {text}."}) if text != cell and is_right_inside else None


def is_plain(text: str) -> bool:
    """Tell whether a text is a decimal number with a point."""
    return bool(re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text, re.ASCII))


def number_meant(text: str) -> str | None:
    """Return the plain number that a text seems to mean, or None.

    >>> number_meant("1.234,5")
    '1234.5'
    """
    if is_plain(text):
        return text
    if re.fullmatch(r"0[xX][0-9a-fA-F]{1,12}", text):
        return str(int(text, 16))
    bare = _SIGN.sub(r"\1", _SEPARATORS.sub("", text.replace("\u2212", "-")))
    if is_plain(bare):
        return bare
    if bare.endswith("%") and is_plain(bare[:-1].strip().replace(",", ".")):
        return f"{float(bare[:-1].strip().replace(',', '.')) / 100:.12g}"
    bare = match[1] if (match := _WITH_UNIT.fullmatch(bare)) else bare
    if not _NUMBER.fullmatch(bare):
        return None
    meant = _points(bare)
    return meant if is_plain(meant) else None


def _points(number: str) -> str:
    """Write a number of digits, commas and points with one point at most."""
    if "," in number and "." in number:
        decimal, thousands = (",", ".") if number.rfind(",") > number.rfind(".") else (".", ",")
        return number.replace(thousands, "").replace(decimal, ".")
    sign = "," if "," in number else "."
    if number.count(sign) > 1 or (sign == "," and _is_ambiguous(number)):
        return number.replace(sign, "")
    return number.replace(",", ".")


def _is_ambiguous(number: str) -> bool:
    return bool(re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", number))


def _other_reading(text: str) -> str:
    return f", or {text.replace(',', '.')} if the comma stands for the point" if _is_ambiguous(text) else ""


def days_meant(text: str) -> list[dt.date]:
    """Return the days that a text can mean: two where day and month could be swapped.

    >>> days_meant("31/12/2022")
    [datetime.date(2022, 12, 31)]
    """
    if re.fullmatch(r"\d{8}", text, re.ASCII):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.fullmatch(r"[2-7]\d{4}", text, re.ASCII):
        return [dt.date(1899, 12, 30) + dt.timedelta(days=int(text))]
    if not (match := _DAY.fullmatch(text)):
        return []
    a, b, c = int(match[1]), int(match[3]), int(match[4])
    orders = [(a, b, c)] if len(match[1]) == 4 else [(c, b, a), (c, a, b)] if len(match[4]) == 4 else []
    return list(dict.fromkeys(day for order in orders if (day := _day(*order))))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
