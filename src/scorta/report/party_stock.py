"""The stock of a party: which view two words after `stock` mean, and what to say where they name nothing."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from scorta.errors import InputError
from scorta.report.view import View
from scorta.report.view_holding import OF_PARTY, STOCK

if TYPE_CHECKING:
    from scorta.plan import Plan


def stock_view(plan: Plan, words: Sequence[str]) -> View:
    """Return what the words after `stock` mean: a party and an item its level over all its places, else the lots.

    Raises:
        InputError: there are two words, and one of them names no party, place, item or lot.
    """
    if len(words) != 2:
        return STOCK
    parties, items = _codes(plan, "holdings", "party"), _codes(plan, "holdings", "item")
    for one, other in (words, words[::-1]):
        party, item = _meant(one, parties), _meant(other, items)
        if party and item:
            return _of_party(party, item)
    lots = [code for name in ("place", "item", "reserved_for") for code in _codes(plan, "stock_levels", name)]
    for word in words:
        _refuse_strange(word, [*parties, *items, *lots])
    return STOCK


def _of_party(party: str, item: str) -> View:
    """Return the view of all that one party holds of an item."""
    is_meant = (pl.col("party") == party) & (pl.col("item") == item)
    title = f"Stock of {party}, {item}"
    return replace(OF_PARTY, title=title, lays=lambda plan: plan["holdings"].filter(is_meant))


def _codes(plan: Plan, table: str, name: str) -> list[str]:
    """Return the codes in a column of a table."""
    return plan.tables[table][name].drop_nulls().unique().sort().to_list()


def _meant(word: str, codes: Sequence[str]) -> str:
    """Return the code that a word means, in small letters or capitals; nothing where it means none."""
    return word if word in codes else next((code for code in codes if code.casefold() == word.casefold()), "")


def _refuse_strange(word: str, codes: Sequence[str]) -> None:
    """Say that a word names nothing, and what comes near it."""
    if _meant(word, codes):
        return
    known = {code.casefold(): code for code in codes}
    near = [known[best] for best in difflib.get_close_matches(word.casefold(), known, 2, 0.5)]
    raise InputError(
        "{word} is no party, place or item of which the plan has stock.",
        "Near it: {near}." if near else "`scorta show PLAN holdings` lists the parties and items.",
        word=word,
        near=", ".join(near),
    )
