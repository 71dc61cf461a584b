"""The catalogues: one file for each language but English, with what every sentence is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the catalogues lie: `it.po` is the Italian one."""

_GAP = re.compile(r'^#, .*\bfuzzy\b|^msgstr(\[\d\])? ""\n(?!")', re.MULTILINE)
"""A sentence that is not translated, or whose translation nobody has read since the sentence changed."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language: what each sentence is in it, and the signs between its figures where they are not the English."""

    sentences: NullTranslations = field(default_factory=NullTranslations)
    signs: Mapping[int, str] = field(default_factory=dict)


ENGLISH = Language()
"""The language in which sentences stand in the source: it needs no catalogue."""


@cache
def offered() -> tuple[str, ...]:
    """Return the codes of the languages that can be spoken: English, and each whose catalogue has no gap."""
    return ("en", *(path.stem for path in sorted(FOLDER.glob("*.po")) if _is_complete(path)))


def _is_complete(path: Path) -> bool:
    """Tell whether a catalogue has sentences, and no gap; it is not yet read, so that a command starts at once."""
    text = path.read_text(encoding="utf-8")
    return bool(text) and not _GAP.search(text)


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
