"""Burden-sharing keys: whether their shares make up the whole, and whether their parties can give."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book, Check, named, stretches
from scorta.check.sheet import Papers, Sheet
from scorta.tables import FindingKind
from scorta.tables.findings import Fact

SHARE_TOLERANCE = 0.01
"""How far the shares of a key may be from 1 together: shares of thirty parties in per cent are rounded by as much."""

CHECKS = (
    Check(
        FindingKind(
            "key-cap-of-nothing",
            "warning",
            "{party} may give nothing above its share of the key {key}: where others give less, its gifts stop.",
            "Allow some excess, or leave the cell empty and let the plan keep the excess small.",
            "A key has a maximum excess of 0.",
        ),
        "keys",
        "maximum_excess",
        when=pl.col("maximum_excess") == 0.0,
    ),
)
"""What is looked at in each row of a key by itself."""

KEY_NOT_WHOLE = FindingKind(
    "key-not-whole",
    "error",
    "The shares of the key {key} sum to {sum}, not to 1.",
    "Correct them on rows {rows}; up to {allowed} is let pass as rounding.",
    "The shares of the parties of a key do not make up the whole.",
)
_ONE_ROW_NOT_WHOLE = KEY_NOT_WHOLE.but(next_step="Correct it on row {rows}; up to {allowed} is let pass as rounding.")
KEY_OF_ONE = FindingKind(
    "key-of-one",
    "warning",
    "The key {key} has one party, {party}: there is nobody to share with.",
    "Add the other parties, or remove the key.",
    "A key names a single party.",
)
KEY_PARTY_PLEDGES_NOTHING = FindingKind(
    "key-party-pledges-nothing",
    "warning",
    "{value} has a share of the key {key} but no pledge: it gives nothing, and others stand above their shares.",
    'Add its pledges, write `gifts = "open"` in the scenario to ask it, or leave it out of the key.',
    "Gifts are within pledges, and a party of a key has pledged nothing.",
)
KEY_WITHOUT_PLEDGES = FindingKind(
    "key-without-pledges",
    "warning",
    "The case has no table of pledges, so gifts are free and nothing counts as given: the keys have no effect.",
    'Add the pledges; with an empty table and `gifts = "open"` the plan asks for what it needs, fairly shared.',
    "A case has keys and no pledges.",
)
KEY_ITEMS_WITHOUT_VALUE = FindingKind(
    "key-items-without-value",
    "note",
    "What parties of keys give of {items} counts nothing: no value_eur.",
    "Fill value_eur of these items.",
    "A party of a key has pledged items that have no value.",
)


def check_keys(papers: Papers, book: Book) -> None:
    """Say which keys are not whole or shared by nobody, and what of their parties counts for nothing."""
    sheet = papers["keys"]
    if not sheet.frame.height:
        return
    _check_sums(sheet, book)
    if "pledges" not in papers.sheets:
        book.say(KEY_WITHOUT_PLEDGES, sheet.file)
        return
    _check_givers(papers, sheet, book)


def _check_sums(sheet: Sheet, book: Book) -> None:
    """Say which keys do not sum to 1, and which have one party; a key with a cell that could not be read is let be."""
    if sheet.frame["key"].has_nulls():
        return  # a share of a key that is not known may be of any
    keys = sheet.frame.drop_nulls(["key", "party", "share"]).group_by("key", maintain_order=True)
    for row in keys.agg("row", pl.col("share").sum(), pl.col("party").unique()).iter_rows(named=True):
        key, rows = row["key"], row["row"]
        if len(rows) < sheet.frame.filter(pl.col("key") == key).height:
            continue
        if abs(row["share"] - 1.0) > SHARE_TOLERANCE + 1e-9:
            total = f"{row['share']:.6g}"
            words: dict[str, Fact] = {"sum": total, "rows": stretches(rows), "allowed": str(SHARE_TOLERANCE)}
            kind = KEY_NOT_WHOLE if len(rows) > 1 else _ONE_ROW_NOT_WHOLE
            book.say(kind, sheet.file, rows[0], "share", key=key, **words)
        if len(row["party"]) == 1:
            book.say(KEY_OF_ONE, sheet.file, rows[0], "party", row["party"][0], key=key, party=row["party"][0])


def _check_givers(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Say which parties pledge nothing, and which pledged items have no value."""
    pledges = papers["pledges"].frame.filter(pl.col("state") != "withdrawn")
    if papers.scenario is not None and papers.scenario.gifts == "pledged":
        is_silent = pl.col("party").is_not_null() & ~pl.col("party").is_in(pledges["donor"].implode())
        book.where(KEY_PARTY_PLEDGES_NOTHING, sheet, is_silent, "party")
    given = pledges.filter(pl.col("donor").is_in(sheet.frame["party"].implode()))["item"].unique()
    bare = papers["items"].frame.filter(papers["items"].blank("value_eur") & pl.col("item").is_in(given.implode()))
    if bare.height:
        book.say(KEY_ITEMS_WITHOUT_VALUE, sheet.file, items=named(sorted(bare["item"].to_list())))
