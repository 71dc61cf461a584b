"""Sentences: what is said on a page, in the language that is spoken, and the numbers in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from scorta.languages.catalogue import ENGLISH, Language, language

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


def say(sentence: str, /, **facts: object) -> str:
    """Say a sentence in the language that is spoken, with its facts filled in; nothing stays nothing."""
    return _spoken.get().sentences.gettext(sentence).format_map(facts) if sentence else ""


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
