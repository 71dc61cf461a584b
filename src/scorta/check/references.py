"""Cells that name a row of another table."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.nearest import Names
from scorta.check.sheet import Papers, Sheet
from scorta.tables import CASE_TABLES, Field

_EXPLAINED = 60
"""How many unknown codes of one field are compared with the known ones."""


def check_references(papers: Papers, book: Book) -> None:
    """Say which cells name a row that no table has."""
    codes: dict[tuple[str, ...], pl.Series] = {}
    for sheet in papers.sheets.values():
        fields = [field for field in sheet.table if field.refers_to and sheet.has(field.name)]
        fields = [field for field in fields if not _is_told(papers, field)]
        for field in fields:
            if field.refers_to not in codes:
                codes[field.refers_to] = _codes(papers, field.refers_to)
        doubts = {field.name: _is_unknown(field, codes[field.refers_to]).any() for field in fields}
        found = sheet.frame.select(**doubts).row(0, named=True) if doubts else {}
        for field in fields:
            if found[field.name]:
                _check_field(sheet, field, codes[field.refers_to], book)


def _is_told(papers: Papers, field: Field) -> bool:
    """Tell whether a table that the field needs is missing altogether: one finding says so already."""
    return any(name not in papers.sheets and CASE_TABLES[name].needed == "always" for name in field.refers_to)


def _codes(papers: Papers, tables: tuple[str, ...]) -> pl.Series:
    columns = [papers[name].frame[CASE_TABLES[name].fields[0].name].alias("code") for name in tables]
    return pl.concat(columns).drop_nulls().unique()


def _is_unknown(field: Field, codes: pl.Series) -> pl.Expr:
    cell = pl.col(field.name)
    return cell.is_not_null() & ~cell.is_in(codes.implode()).fill_null(value=False)


def _check_field(sheet: Sheet, field: Field, codes: pl.Series, book: Book) -> None:
    """Say of each cell that names an unknown row what is wrong with it."""
    rows = sheet.frame.select(pl.int_range(pl.len()).alias("at"), pl.col(field.name))
    found = rows.filter(_is_unknown(field, codes)).rename({field.name: "cell"})
    groups = found.group_by("cell", maintain_order=True).agg("at")
    known = sorted(codes)
    names, folded = Names(known), {code.casefold(): code for code in reversed(known)}
    for cell, at in groups.head(_EXPLAINED).iter_rows():
        code, words = _explain(cell, names, folded)
        book.at(code, sheet, pl.Series(at), field.name, tables=_tables(field), **words)
    rest = groups.slice(_EXPLAINED).explode("at")["at"]
    book.at("unknown-reference", sheet, rest, field.name, tables=_tables(field), hint="")


def _explain(cell: str, names: Names, folded: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Tell what is wrong with a code that is not known: spaces, capitals, or the code itself."""
    bare = cell.strip()
    meant = folded.get(bare.casefold(), "")
    if bare != cell and (meant or not bare):
        return "surrounding-spaces", {"advice": f"Write {meant}." if meant else "Leave the cell empty."}
    if meant:
        return "reference-case", {"near": meant}
    return "unknown-reference", {"hint": names.hint(cell)}


def _tables(field: Field) -> str:
    return " or ".join(field.refers_to)
