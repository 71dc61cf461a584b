"""What a Python user gets as an answer: a page when printed, rows for a program, JSON, and HTML in a notebook."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scorta.report import Page, page_html, page_width, set_page, to_plain


class Shown(ABC):
    """What has a page: it is printed as text as wide as the terminal, and set as HTML in a notebook."""

    __slots__ = ()

    @abstractmethod
    def _page(self) -> Page:
        """Return the page."""

    def __str__(self) -> str:
        return set_page(self._page(), page_width()).rstrip("\n")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._page().title}>"

    def _repr_html_(self) -> str:
        return page_html(self._page())


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Answer(Shown):
    """An answer: `print(answer)` is the page that the command prints, in the language that is spoken.

    `facts` is the answer as the engine gives it; `rows` holds its parts as plain values, one dict each, and
    `to_json()` what the command prints with `--json`.
    """

    facts: Any
    plain: Any
    rows: list[dict[str, Any]]
    _make: Callable[[], Page]

    def to_json(self) -> str:
        """Return the answer as JSON, every figure in full."""
        return json.dumps(self.plain, indent=2, ensure_ascii=False, allow_nan=False)

    def _page(self) -> Page:
        return self._make()


def answer(facts: object, make: Callable[[], Page], plain: object = None, rows: object = None) -> Answer:
    """Return an answer; its plain values and its rows are those of the facts unless they are given."""
    values = to_plain(facts if plain is None else plain)
    listed = values if rows is None else to_plain(rows)
    return Answer(facts, values, listed if isinstance(listed, list) else [listed], make)
