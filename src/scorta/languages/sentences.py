"""Sentences: what is said on a page, in the language that is spoken; each but English has a catalogue of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the catalogues lie: `it.po` is the Italian one."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language: what each sentence is in it, and the signs between its figures where they are not the English."""

    sentences: NullTranslations = field(default_factory=NullTranslations)
    signs: Mapping[int, str] = field(default_factory=dict)


ENGLISH = Language()
"""The language in which sentences stand in the source: it needs no catalogue."""


@cache
def offered() -> tuple[str, ...]:
    """Return the codes of the languages that can be spoken: English, and each that has a catalogue.

    A sentence that a catalogue does not have yet, or whose translation nobody has read since it changed, is said in
    English: it alone. That no catalogue has such a gap is seen to before a release.
    """
    return ("en", *(path.stem for path in sorted(FOLDER.glob("*.po")) if path.stat().st_size))


@cache
def language(code: str) -> Language:
    """Return a language; its catalogue is read once, and only if it is spoken.

    Raises:
        ValueError: it is not offered.
    """
    if code not in offered():
        raise ValueError(f"no language {code!r}: there are {', '.join(offered())}")
    return ENGLISH if code == "en" else _read(code)


def _read(code: str) -> Language:
    """Read a catalogue, and the signs that its language writes between thousands and before decimals."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.numbers import get_decimal_symbol, get_group_symbol

    compiled = BytesIO()
    with (FOLDER / f"{code}.po").open(encoding="utf-8") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    signs = str.maketrans({",": get_group_symbol(code), ".": get_decimal_symbol(code)})
    return Language(GNUTranslations(compiled), signs)


_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)
"""The language that is spoken: each thread and each task has its own."""


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language until the block ends, then again what was spoken before.

    Raises:
        ValueError: the language is not offered.
    """
    before = _spoken.set(language(code))
    try:
        yield
    finally:
        _spoken.reset(before)


def mark(sentence: str) -> str:
    """Return a sentence as it is: it is said later, and is marked here for the catalogues."""
    return sentence


def wording(sentence: str) -> str:
    """Return a sentence in the language that is spoken, its {names} not yet filled in; nothing stays nothing."""
    return _spoken.get().sentences.gettext(sentence) if sentence else ""


def say(sentence: str, /, **facts: object) -> str:
    """Say a sentence in the language that is spoken, with its facts filled in."""
    return wording(sentence).format_map(facts)


def say_count(one: str, many: str, number: int, /, **facts: object) -> str:
    """Say a sentence about so many things, in the form that the language has for that `{number}`.

    >>> say_count("{number} need", "{number} needs", 1), say_count("{number} need", "{number} needs", 1200)
    ('1 need', '1,200 needs')
    """
    sentence = _spoken.get().sentences.ngettext(one, many, number)
    return sentence.format_map({"number": punctuate(f"{number:,}"), **facts})


def punctuate(number: str) -> str:
    """Write a number with the signs of the language that is spoken: 1,234.5 is 1.234,5 in Italian."""
    return number.translate(_spoken.get().signs)
