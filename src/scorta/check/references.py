"""Codes: that stand twice, that have spaces around them, and that name no row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from operator import add

import polars as pl

from scorta.case import ROW
from scorta.check.book import Book
from scorta.check.sheet import Papers, Sheet
from scorta.check.spelling import NOTHING_BUT_SPACES, SURROUNDING_SPACES, Names, Verdict
from scorta.languages import mark
from scorta.tables import CASE_TABLES, Field, FindingKind, Phrase, row_of
from scorta.tables.findings import phrase

_NAMING = ("shared_capacity", "fund", "key", "change")
"""Fields of free text that join rows: a space too many would part them."""

DUPLICATE_KEY = FindingKind(
    "duplicate-key",
    "error",
    "{key} stands on {first} already.",
    "Merge the two rows, or change one of {fields}.",
    "Two rows have the same values in the fields whose values together may stand on one row only.",
)
UNKNOWN_REFERENCE = FindingKind(
    "unknown-reference",
    "error",
    "There is no `{value}` in {tables}.",
    "Add it to {tables}, or write a code that stands there.",
    "A cell names a row that does not exist.",
)
_NAME_FOR_CODE = UNKNOWN_REFERENCE.but(
    sentence="There is no `{value}` in {tables}: it is the name of `{near}`.", next_step="Write `{near}`."
)
REFERENCE_CASE = FindingKind(
    "reference-case",
    "error",
    "There is no `{value}` in {tables}; codes are case-sensitive.",
    "Write `{near}`.",
    "A cell names a row with other capital letters than the row has.",
)
_ONLY_SPACES = SURROUNDING_SPACES.but(next_step="Write a code.")


def check_codes(papers: Papers, book: Book) -> None:
    """Say which rows repeat the key of an earlier one, and which codes have spaces around them."""
    for sheet in papers.sheets.values():
        naming = [field.name for field in sheet.table if _is_naming(field) and sheet.has(field.name)]
        named = () if sheet.lost & set(sheet.table.key) else sheet.table.key
        key = {name: _cell(sheet, name, papers) for name in named if sheet.has(name)}
        doubts = {name: _has_spaces(name).any() for name in naming} | ({ROW: _repeats(key.values())} if key else {})
        found = sheet.frame.select(**doubts).row(0, named=True) if doubts else {}
        for name, is_doubtful in found.items():
            if is_doubtful and name == ROW:
                _say_duplicates(sheet, key, book)
            elif is_doubtful:
                _say_spaces(sheet, name, book)


def _is_naming(field: Field) -> bool:
    """Tell whether a field names its own row or joins rows; other codes are found as unknown references."""
    return (field.type == "code" and not field.refers_to) or field.name in _NAMING


def _has_spaces(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars() != pl.col(name)


def _cell(sheet: Sheet, name: str, papers: Papers) -> pl.Expr:
    """Return a cell of a key as it counts: an objective without a first day holds from the first day of the plan."""
    if sheet.table.name == "objectives" and name == "from_date" and papers.horizon is not None:
        return pl.col(name).fill_null(papers.horizon.as_of)
    return pl.col(name)


def _repeats(cells: Iterable[pl.Expr]) -> pl.Expr:
    """Tell quickly whether a key may stand twice: hashes of rows that differ are all but surely different."""
    return reduce(add, (cell.hash(seed) for seed, cell in enumerate(cells))).n_unique() < pl.len()


def _say_spaces(sheet: Sheet, name: str, book: Book) -> None:
    bare = pl.col(name).str.strip_chars()
    book.where(SURROUNDING_SPACES, sheet, _has_spaces(name) & (bare != ""), name, meant=bare)
    book.where(_ONLY_SPACES, sheet, _has_spaces(name) & (bare == ""), name)


def _say_duplicates(sheet: Sheet, cells: Mapping[str, pl.Expr], book: Book) -> None:
    """Say which rows repeat an earlier one; a row whose key is empty or could not be read repeats nothing."""
    names = list(cells)
    unread = [mask for name in names if (mask := sheet.unread(name)) is not None]
    whole = ~pl.any_horizontal(unread) if unread else pl.lit(value=True)
    if len(sheet.table.key) == 1:
        whole &= pl.col(names[0]).is_not_null()
    rows = sheet.frame.with_row_index("at").filter(whole).with_columns(**cells)
    repeated = rows.with_columns(first=pl.col("row").first().over(names)).filter(pl.col("first") != pl.col("row"))
    words = repeated.select(key=_key(names)).to_series()
    key = ", ".join(sheet.table.key)
    first = [row_of(sheet.file, row) for row in repeated["first"]]
    book.at(DUPLICATE_KEY, sheet, repeated["at"], names[0], key=words, first=first, fields=key)


def _key(names: list[str]) -> pl.Expr:
    cells = [pl.format("`{}`", pl.col(name).cast(pl.String).fill_null("")) for name in names]
    return pl.concat_str(cells, separator=", ")


_EXPLAINED = 60
"""How many unknown codes of one field are compared with the known ones."""


def check_references(papers: Papers, book: Book) -> dict[str, Sheet]:
    """Say which cells name a row that no table has; return the sheets with these cells empty, as any not understood."""
    codes: dict[tuple[str, ...], pl.Series] = {}
    known = dict(papers.sheets)
    for name, sheet in papers.sheets.items():
        fields = [field for field in sheet.table if field.refers_to and sheet.has(field.name)]
        fields = [field for field in fields if not _is_told(papers, field)]
        for field in fields:
            if field.refers_to not in codes:
                codes[field.refers_to] = _codes(papers, field.refers_to)
        doubts = {field.name: _is_unknown(field, codes[field.refers_to]).any() for field in fields}
        found = sheet.frame.select(**doubts).row(0, named=True) if doubts else {}
        wrong = [field for field in fields if found[field.name]]
        for field in wrong:
            _check_field(sheet, field, codes[field.refers_to], _named(papers, field.refers_to), book)
        read = [
            pl.when(~_is_unknown(field, codes[field.refers_to])).then(field.name).alias(field.name) for field in wrong
        ]
        known[name] = replace(sheet, frame=sheet.frame.with_columns(read))
    return known


def _is_told(papers: Papers, field: Field) -> bool:
    """Tell whether a table that the field needs is missing, or one of its codes is: a finding says so already."""
    return any(
        papers.sheets[name].frame[CASE_TABLES[name].fields[0].name].has_nulls()
        if name in papers.sheets
        else CASE_TABLES[name].needed == "always"
        for name in field.refers_to
    )


def _codes(papers: Papers, tables: tuple[str, ...]) -> pl.Series:
    columns = [papers[name].frame[CASE_TABLES[name].fields[0].name].alias("code") for name in tables]
    return pl.concat(columns).drop_nulls().unique()


def _is_unknown(field: Field, codes: pl.Series) -> pl.Expr:
    cell = pl.col(field.name)
    return cell.is_not_null() & ~cell.is_in(codes.implode()).fill_null(value=False)


def _named(papers: Papers, tables: tuple[str, ...]) -> dict[str, str]:
    """Return the code of each name, in small letters, that one row of these tables has and no other."""
    code, name = pl.col("code"), pl.col("name").str.strip_chars().str.to_lowercase()
    rows = [
        papers[table].frame.select(pl.col(CASE_TABLES[table].fields[0].name).alias("code"), "name")
        for table in tables
        if "name" in CASE_TABLES[table].names
    ]
    found = pl.concat(rows).drop_nulls().select(code, name).filter(name.is_unique()) if rows else pl.DataFrame()
    return dict(zip(found["name"], found["code"], strict=True)) if rows else {}


def _check_field(sheet: Sheet, field: Field, codes: pl.Series, named: Mapping[str, str], book: Book) -> None:
    """Say of each cell that names an unknown row what is wrong with it."""
    rows = sheet.frame.select(pl.int_range(pl.len()).alias("at"), pl.col(field.name))
    found = rows.filter(_is_unknown(field, codes)).rename({field.name: "cell"})
    groups = found.group_by("cell", maintain_order=True).agg("at")
    known = sorted(codes)
    names, folded = Names(known), {code.casefold(): code for code in reversed(known)}
    for cell, at in groups.head(_EXPLAINED).iter_rows():
        kind, words = _explain(cell, names, folded, named)
        book.at(kind, sheet, pl.Series(at), field.name, tables=_tables(field), **words)
    rest = groups.slice(_EXPLAINED).explode("at")["at"]
    book.at(UNKNOWN_REFERENCE, sheet, rest, field.name, tables=_tables(field))


def _explain(cell: str, names: Names, folded: Mapping[str, str], named: Mapping[str, str]) -> Verdict:
    """Tell what is wrong with a code that is not known: spaces, capitals, a name in its place, or the code itself."""
    bare = cell.strip()
    meant = folded.get(bare.casefold(), "")
    if bare != cell and (meant or not bare):
        return (SURROUNDING_SPACES, {"meant": meant}) if meant else (NOTHING_BUT_SPACES, {})
    if meant:
        return REFERENCE_CASE, {"near": meant}
    if code := named.get(bare.casefold()):
        return _NAME_FOR_CODE, {"near": code}
    return UNKNOWN_REFERENCE, {"guess": names.nearest(cell)}


def _tables(field: Field) -> str | Phrase:
    """Return the tables of which a field names a row."""
    if len(field.refers_to) == 1:
        return field.refers_to[0]
    first, second = field.refers_to
    return phrase(mark("{first} or {second}"), first=first, second=second)
