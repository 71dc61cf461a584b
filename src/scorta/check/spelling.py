"""What was probably meant: by a name, a number or a day that is not written as it should be."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from scorta.tables import FindingKind
from scorta.tables.findings import Fact, phrase

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


def _bare(word: str) -> str:
    """Return a word without capitals, spaces, dashes and underscores; the word itself if nothing is left."""
    return "".join(letter for letter in word.casefold() if letter.isalnum()) or word


Verdict = tuple[FindingKind, Mapping[str, Fact]]
"""A kind of finding and the facts of its sentence."""

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

_MEASURED = re.compile(r"([€$£]|[A-Z]{3}(?=\W|\d))?\s*([+-]?\d[\d.,]*)\s*([^\W\d][\w./]*|[€$£])?")

_SCALES: dict[float, tuple[str, ...]] = {
    12: ("dozen", "dozens", "dozzina", "dozzine", "dutzend", "douzaine", "tuzin", "дюжина", "дюжин"),
    1e3: ("k", "tsd", "tys", "thousand", "thousands", "mila", "mille", "tausend", "тис", "тисяч"),
    1e6: ("m", "mio", "mln", "mn", "million", "millions", "milione", "milioni", "millionen", "млн"),
    1e9: ("bn", "mrd", "mld", "billion", "billions", "miliardo", "miliardi", "milliarden", "млрд"),
}
"""Words by which a number is multiplied, and which may be a unit too."""

_SCALE = {word: scale for scale, words in _SCALES.items() for word in words}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_DAY = re.compile(r"(\d{1,2})[ .-]*([a-z]{3})[a-z]*[ .,-]*(\d{4})|([a-z]{3})[a-z]* (\d{1,2}),? (\d{4})")
_OF_SPREADSHEET = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|#+)|#+", re.I)
"""What a formula that fails leaves behind."""

_SEPARATORS = re.compile(r"(?<=\d)[\s_'\u2019\u00a0\u202f](?=\d{3})")

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?P<sign>[.,])\d{3}(?:(?P=sign)\d{3})*(?:(?!(?P=sign))[.,]\d+)?")

_DAY = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ].*)?")

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")

SURROUNDING_SPACES = FindingKind(
    "surrounding-spaces",
    "error",
    "`{value}` has spaces around it.",
    "Write {meant}.",
    "A cell starts or ends with a space, so it is not the same as the word or number inside.",
)
NOTHING_BUT_SPACES = SURROUNDING_SPACES.but(next_step="Leave the cell empty.")
NOT_A_NUMBER = FindingKind(
    "not-a-number",
    "error",
    "`{value}` is not a number.",
    "Write a decimal number with a point, such as 120 or 0.5.",
    "A cell of a field of numbers holds something else.",
)
NUMBER_SPELLING = FindingKind(
    "number-spelling",
    "error",
    "`{value}` is not written as a plain number.",
    "Write {meant}.",
    "A number is written with a comma, a separator of thousands, a unit or a sign that could be misread.",
)
_EITHER_NUMBER = NUMBER_SPELLING.but(next_step="Write {meant}, or {other} if the comma stands for the point.")
_SCALED = NUMBER_SPELLING.but(next_step="Write {meant}, or {other} if `{measure}` is the unit.")
_OTHER_UNIT = NUMBER_SPELLING.but(
    next_step="Write the number alone, in {unit}: {meant} if that is what `{measure}` is."
)
_UNIT_OF_ITEM = NUMBER_SPELLING.but(
    next_step="Write the number alone, in the unit of the item: {meant} if that is what `{measure}` is."
)
_NO_UNIT = NUMBER_SPELLING.but(next_step="Write the number alone: {meant} if `{measure}` is its unit.")
SPREADSHEET_ERROR = FindingKind(
    "spreadsheet-error",
    "error",
    "`{value}` is an error of the spreadsheet.",
    "Mend the formula in the spreadsheet, or leave the cell empty if nothing is known.",
    "A cell holds the error that a formula left, such as #N/A.",
)
PLACEHOLDER = FindingKind(
    "placeholder",
    "error",
    "`{value}` stands where nothing is known.",
    "Leave the cell empty.",
    "A cell of a field of numbers or days holds a word such as n/a, tbd or a dash.",
)
NOT_FINITE = FindingKind(
    "not-finite",
    "error",
    "`{value}` is not a finite number.",
    "Write the number itself; leave the cell empty for no limit.",
    "A cell holds NaN, infinity or a number too large to be kept.",
)
NOT_WHOLE = FindingKind(
    "not-whole",
    "error",
    "`{value}` is not a whole number.",
    "Write a number without decimals, such as 3.",
    "A cell of a field of whole numbers has decimals, or holds something that is no number.",
)
NOT_A_DATE = FindingKind(
    "not-a-date",
    "error",
    "`{value}` is not a date.",
    "Write the day as YYYY-MM-DD, such as 2022-12-04.",
    "A cell of a field of days holds something else.",
)
DATE_SPELLING = FindingKind(
    "date-spelling",
    "error",
    "`{value}` is not written as YYYY-MM-DD.",
    "Write {meant}.",
    "A day is written in another order or with other signs.",
)
_EITHER_DAY = DATE_SPELLING.but(next_step="Write {meant} or {other}.")
NO_SUCH_DAY = FindingKind(
    "no-such-day",
    "error",
    "There is no day {value}.",
    "Write a day of the calendar as YYYY-MM-DD.",
    "A day has the right form but is not in the calendar, such as 30 February.",
)


def explain_number(cell: str, unit: str = "") -> Verdict:
    """Tell what keeps a cell from being a number of a field, whose unit is `unit`."""
    text = cell.strip()
    common = _explain(cell, number_meant(text) == text)
    if common:
        return common
    if (meant := number_meant(text)) is not None:
        if _is_ambiguous(text):
            return _EITHER_NUMBER, {"meant": meant, "other": text.replace(",", ".")}
        return NUMBER_SPELLING, {"meant": meant}
    return _explain_measure(text, unit) or (NOT_A_NUMBER, {})


def _explain_measure(text: str, unit: str) -> Verdict | None:
    """Tell of a number with a word before or after it what it may mean: a scale, a unit, or another unit."""
    match = _MEASURED.fullmatch(_SEPARATORS.sub("", text))
    number = number_meant(match[2]) if match else None
    if match is None or number is None or _is_ambiguous(match[2]):
        return None
    measure = match[1] or match[3]
    scale = _SCALE.get(measure.casefold().rstrip("."))
    if scale and not match[1]:
        meant = f"{float(number) * scale:.12g}"
        return _SCALED, {"meant": meant, "other": number, "measure": measure}
    if measure.replace("€", "EUR").casefold().rstrip("s.") == unit.casefold().rstrip("s"):
        return NUMBER_SPELLING, {"meant": number}
    facts: dict[str, Fact] = {"meant": number, "measure": measure}
    if unit == "units":
        return _UNIT_OF_ITEM, facts
    return (_OTHER_UNIT, {**facts, "unit": phrase(unit)}) if unit else (_NO_UNIT, facts)


def explain_whole(cell: str, unit: str = "") -> Verdict:
    """Tell what keeps a cell from being a whole number of a field, whose unit is `unit`."""
    if is_plain(cell):
        return (NOT_WHOLE if math.isfinite(float(cell)) else NOT_FINITE), {}
    if cell.casefold().strip("+-") in _ENDLESS:
        return NOT_FINITE, {}
    kind, words = explain_number(cell, unit)
    return (NOT_WHOLE if kind == NOT_A_NUMBER else kind), words


def explain_date(cell: str) -> Verdict:
    """Tell what keeps a cell from being a day."""
    text = cell.strip()
    if _ISO.fullmatch(text) and text == cell:
        return NO_SUCH_DAY, {}
    common = _explain(cell, bool(_ISO.fullmatch(text)))
    if common:
        return common
    days = [day.isoformat() for day in days_meant(text)]
    if len(days) == 2:
        return _EITHER_DAY, {"meant": days[0], "other": days[1]}
    return (DATE_SPELLING, {"meant": days[0]}) if len(days) == 1 else (NOT_A_DATE, {})


def _explain(cell: str, is_right_inside: bool) -> Verdict | None:
    """Tell what a cell of any type can suffer from: spaces, a spreadsheet's error, a word for nothing."""
    text = cell.strip()
    if not text:
        return NOTHING_BUT_SPACES, {}
    if _OF_SPREADSHEET.fullmatch(text):
        return SPREADSHEET_ERROR, {}
    if text.casefold() in _PLACEHOLDERS:
        return PLACEHOLDER, {}
    return (SURROUNDING_SPACES, {"meant": text}) if text != cell and is_right_inside else None


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
    if not _NUMBER.fullmatch(bare) or (len(re.findall("[.,]", bare)) > 1 and not _THOUSANDS.fullmatch(bare)):
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


def days_meant(text: str) -> list[dt.date]:
    """Return the days that a text can mean: two where day and month could be swapped, or the year is cut short.

    >>> days_meant("31/12/2022") == days_meant("31 Dec 2022") == [dt.date(2022, 12, 31)]
    True
    """
    if re.fullmatch(r"\d{8}", text, re.ASCII):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.fullmatch(r"[2-7]\d{4}", text, re.ASCII):
        return [dt.date(1899, 12, 30) + dt.timedelta(days=int(text))]
    if match := _NAMED_DAY.fullmatch(text.casefold()):
        number, month, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        named = _day(int(year), _MONTHS.index(month) + 1, int(number)) if month in _MONTHS else None
        return [named] if named else []
    if not (match := _DAY.fullmatch(text)):
        return []
    a, b, c = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        orders = [(a, b, c)]
    else:
        year = c if len(match[4]) == 4 else c + 2000
        orders = [(year, b, a), (year, a, b)] if len(match[4]) in (2, 4) else []
        orders += [(a + 2000, b, c)] if len(match[1]) == len(match[4]) == 2 else []
    return list(dict.fromkeys(day for order in orders if (day := _day(*order))))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
