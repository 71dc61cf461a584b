"""Tiny cases in a few words: a table is `heading heading | cell cell | cell cell`, `-` an empty cell.

A table that is not given comes from this world: the nations A and B and the industry I; the places P and Q of A, R of B
and W of I; the item rice of 1 tonne a unit. Day 0 is Monday 2024-01-01: January has 31 days, February 29.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from scorta.case import TYPES, Case, Scenario
from scorta.tables import CASE_TABLES, Table

WORLD = {
    "parties": "party kind | A nation | B nation | I industry",
    "places": "place party | P A | Q A | R B | W I",
    "items": "item mass_kg | rice 1000",
}
"""The tables that every case has."""

AS_OF = dt.date(2024, 1, 1)
"""Day 0 of every case, a Monday."""


def make_case(blocks: str, as_of: dt.date = AS_OF, scenario: dict[str, object] | None = None, **tables: str) -> Case:
    """Make a case from tables of words; `blocks` as `week 4 month 2`."""
    frames = {name: read_words(CASE_TABLES[name], words) for name, words in (WORLD | tables).items()}
    return Case.build(Scenario("by hand", as_of, pairs_of(blocks), **(scenario or {})), frames)


def pairs_of(blocks: str) -> tuple[tuple[str, int], ...]:
    """Read `week 4 month 2` as pairs of a kind of bucket and a count."""
    words = blocks.split()
    return tuple(zip(words[::2], map(int, words[1::2]), strict=True))


def read_words(table: Table, words: str) -> pl.DataFrame:
    """Read a table of words with the column types of the table."""
    heads, *rows = [line.split() for line in words.split("|")]
    assert all(len(row) == len(heads) for row in rows), words
    return pl.DataFrame([_column(table, name, [row[at] for row in rows]) for at, name in enumerate(heads)])


def _column(table: Table, name: str, cells: list[str]) -> pl.Series:
    kind = table[name].type
    text = pl.Series(name, [None if cell == "-" else cell for cell in cells], pl.String)
    if kind == "date":
        return text.str.to_date()
    return text.cast(TYPES[kind]) if kind != "yes_no" else text == "yes"
