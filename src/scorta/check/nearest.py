"""The name that was probably meant."""

from __future__ import annotations

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
