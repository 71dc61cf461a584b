"""Showing one view of a plan: the rows a reader asked for, as a page or as plain values."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from scorta.case import changes_frame
from scorta.errors import InputError
from scorta.languages import say
from scorta.report.changes import changes_block, list_changes
from scorta.report.needs import statistics_page
from scorta.report.page import Column, Grid, Page, Words, in_language, left_out, to_plain
from scorta.report.tiers import list_tiers, tiers_grid
from scorta.report.view import View
from scorta.report.views import STOCK, USUAL, VIEWS, YEARS, party_view, years_view
from scorta.tables import PLAN_TABLES

if TYPE_CHECKING:
    from scorta.plan import Plan


NAMED: Mapping[str, str] = {
    field.name: table
    for described in PLAN_TABLES.values()
    for field in described
    for table in ("parties", "places", "items")
    if field.refers_to == (table,)
}
"""The fields whose codes have names, and the table of the case that has these."""

CODES = 100
"""How soon the codes beside names make room where a page is narrow: before everything else."""


def show_view(plan: Plan, name: str, words: Sequence[str] = (), limit: int = 0, by: dt.date | None = None) -> Page:
    """Return the page of a view: rows that name all of `words`, the first `limit` of them (0 for all).

    `by` asks the view `years` for the money to be at the objective by that day.

    Raises:
        InputError: a word is no code in the plan; or see `hastened`.
    """
    if name == "changes":
        return Page(plan.record.title, (changes_block(plan.record),))
    if name == "tiers":
        return Page(plan.record.title, (tiers_grid(plan.record),))
    if name == "statistics":
        return statistics_page(plan, limit)
    codes = [_code(plan, word) for word in words]
    view = _view(plan, name, codes, by)
    return Page(plan.record.title, tuple(_block(plan, each, codes, limit) for each in (view, *view.below)))


def list_rows(
    plan: Plan, name: str, words: Sequence[str] = (), limit: int = 0, by: dt.date | None = None
) -> list[dict[str, Any]]:
    """Return the rows of a view as plain values, every field, with codes and without names.

    Raises:
        InputError: see `show_view`.
    """
    if name == "changes":
        return list_changes(plan.record)
    if name == "tiers":
        return list_tiers(plan.record)
    if name == "statistics":
        return [to_plain(plan.statistics)]
    codes = [_code(plan, word) for word in words]
    view = _view(plan, name, codes, by)
    rows = _sort(_naming(view.rows(plan), view, codes), view)
    return (rows.head(limit) if limit else rows).to_dicts()


def view_frame(plan: Plan, name: str) -> pl.DataFrame:
    """Return a view as a frame, its rows in the order of the view: every field, nothing rounded."""
    if name == "changes":
        return changes_frame(plan.record.changes)
    if name == "tiers":
        return pl.DataFrame(list_tiers(plan.record), schema=_TIERS)
    if name == "statistics":
        return pl.DataFrame([*_figures(to_plain(plan.statistics))], schema=_FIGURES, orient="row")
    return sorted_rows(plan, VIEWS[name])


_TIERS = {"name": pl.String()} | dict.fromkeys(("value", "bound", "gap", "seconds", "claimed_gap"), pl.Float64())
_FIGURES = {"figure": pl.String(), "of": pl.String(), "value": pl.Float64()}
"""The columns of views that are no table of a plan."""


def _figures(value: Any, *names: str) -> Iterator[tuple[str, str, float | None]]:
    """Yield each figure of the statistics with its name, and what it is of: `draw_down`, `PL tent`."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _figures(part, *names, name)
    else:
        yield names[0], " ".join(names[1:]), value


def sorted_rows(plan: Plan, view: View) -> pl.DataFrame:
    """Return the rows of a view in its order, every field of them."""
    return _sort(view.rows(plan), view)


def _view(plan: Plan, name: str, codes: Sequence[str], by: dt.date | None) -> View:
    """Return the view of that name; a party and an item after `stock` mean the whole stock of that party."""
    if name == YEARS.name and by is not None:
        return years_view(by)
    if name == STOCK.name and len(codes) == 2:
        holdings = plan["holdings"]
        for party, item in (codes, codes[::-1]):
            if party in holdings["party"] and item in holdings["item"]:
                return party_view(party, item, say("Stock of {party}, {item}", party=party, item=item))
    return VIEWS[name]


def _block(plan: Plan, view: View, codes: Sequence[str], limit: int) -> Grid | Words:
    """Return what one view shows of the rows that name all of the codes."""
    whole = view.rows(plan)
    rows = _sort(_naming(whole, view, codes), view)
    if not rows.is_empty():
        return _grid(plan, rows, view, limit)
    if whole.is_empty() or not codes:
        return Words(say(view.nothing), title=say(view.title))
    return Words(say("No row names {codes}.", codes=say(" and ").join(codes)), title=say(view.title))


def _code(plan: Plan, word: str) -> str:
    """Return the code that a word means, in small letters or capitals.

    Raises:
        InputError: nothing in the plan has such a code; what comes near it is named.
    """
    names = dict(_names(plan))
    if word in names:
        return word
    alike = {code.casefold(): code for code in names}
    if word.casefold() in alike:
        return alike[word.casefold()]
    called = {name.casefold(): code for code, name in names.items() if name} | alike
    near = dict.fromkeys(called[best] for best in difflib.get_close_matches(word.casefold(), called, 2, 0.5))
    told = ", ".join(f"{code} ({names[code]})" if names[code] not in ("", code) else code for code in near)
    raise InputError(
        "Nothing in the plan has the code {word}.",
        "Near it: {near}." if near else "`scorta show PLAN holdings` lists the parties and items.",
        word=word,
        near=told,
    )


def _names(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield every code in the plan, with its name where it has one."""
    for table in PLAN_TABLES.values():
        for name in (field.name for field in table if field.type == "code"):
            yield from ((code, "") for code in plan[table.name][name].drop_nulls().unique().to_list())
    for names in plan.record.names.values():
        yield from names.items()


def _naming(rows: pl.DataFrame, view: View, codes: Sequence[str]) -> pl.DataFrame:
    """Keep the rows in which each code stands."""
    fields = [field.name for field in PLAN_TABLES[view.table] if field.type == "code" and field.name in rows.columns]
    for code in codes:
        rows = rows.filter(pl.any_horizontal(pl.col(fields) == code))
    return rows


def _sort(rows: pl.DataFrame, view: View) -> pl.DataFrame:
    """Put rows in the order of the view."""
    names = [name.removeprefix("-") for name in view.order]
    falling = [name.startswith("-") for name in view.order]
    return rows.sort(names, descending=falling, maintain_order=True)


def _grid(plan: Plan, rows: pl.DataFrame, view: View, limit: int) -> Grid:
    """Put the first rows into the columns of the view, names before their codes."""
    shown = rows.head(limit) if limit else rows
    columns: list[Column] = []
    cells: list[list[Any]] = []
    for name in (name for name in view.fields if not _is_bare(rows, view, name)):
        for column, values in _columns(plan, shown[name], view.column(name)):
            columns.append(column)
            cells.append(values)
    title = say("{title}: {meaning}", title=say(view.title), meaning=say(view.meaning))
    return Grid(title, in_language(columns), tuple(zip(*cells, strict=True)), left_out(rows.height - shown.height))


def _columns(plan: Plan, values: pl.Series, column: Column) -> Iterator[tuple[Column, list[Any]]]:
    """Yield the column of a field; where its codes have names these, and the codes beside them."""
    codes = values.to_list()
    names = plan.record.names.get(NAMED.get(values.name, ""), {})
    called = [names.get(code) or code for code in codes]
    if called == codes:
        yield column, codes
    else:
        yield replace(column, kind="text"), called
        yield Column("code", "code", "quiet", spare=CODES), codes


def shown_columns(rows: pl.DataFrame, view: View) -> dict[str, Column]:
    """Return the columns of a view in which something stands, by field."""
    return {name: view.column(name) for name in view.fields if not _is_bare(rows, view, name)}


def _is_bare(rows: pl.DataFrame, view: View, name: str) -> bool:
    """Tell whether an optional column has nothing in it, or only what the reader takes for granted."""
    if name not in view.optional:
        return False
    if name in USUAL:
        return bool(rows.select((pl.col(name).is_null() | (pl.col(name) == USUAL[name])).all()).item())
    filled = rows[name].drop_nulls()
    return filled.is_empty() or (filled.dtype.is_numeric() and not (filled != 0).any())
