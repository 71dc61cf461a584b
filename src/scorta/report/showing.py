"""Showing one view of a plan: the rows a reader asked for, as a page or as plain values."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from scorta.case import changes_frame
from scorta.report.changes import changes_block, list_changes
from scorta.report.numbers import count
from scorta.report.page import Column, Grid, Page, Words
from scorta.report.party_stock import stock_view
from scorta.report.plain import to_plain
from scorta.report.statistics import statistics_page
from scorta.report.tiers import list_tiers, tiers_grid
from scorta.report.view import View
from scorta.report.view_holding import STOCK
from scorta.report.view_recovering import YEARS, years_view
from scorta.report.views import VIEWS
from scorta.tables import PLAN_TABLES

if TYPE_CHECKING:
    from scorta.plan import Plan

VIEW_NAMES: tuple[str, ...] = (*VIEWS, "changes", "tiers", "statistics")
"""Every view by name, in the order in which a reader meets them."""

USUAL: Mapping[str, pl.Expr] = {
    "condition": pl.lit("serviceable"),
    "meets": pl.col("quantity"),
    "component": pl.col("item"),
    "supplier": pl.when(pl.col("contract").is_not_null()).then(pl.col("supplier")).otherwise(pl.lit("")),
}
"""What an optional column holds that goes without saying."""


def show_view(plan: Plan, name: str, words: Sequence[str] = (), limit: int = 0, by: dt.date | None = None) -> Page:
    """Return the page of a view: rows that name all of `words`, the first `limit` of them (0 for all).

    `by` asks the view `years` for the money to be at the objective by that day.

    Raises:
        InputError: see `stock_view` and `hastened`.
    """
    if name == "changes":
        return Page(plan.record.title, (changes_block(plan.record),))
    if name == "tiers":
        return Page(plan.record.title, (tiers_grid(plan.record),))
    if name == "statistics":
        return statistics_page(plan, limit)
    view = _view(plan, name, words, by)
    return Page(plan.record.title, tuple(_block(plan, each, words, limit) for each in (view, *view.below)))


def _view(plan: Plan, name: str, words: Sequence[str], by: dt.date | None) -> View:
    """Return the view of that name; two words after `stock` may mean the whole stock of a party."""
    if name == YEARS.name and by is not None:
        return years_view(by)
    return stock_view(plan, words) if name == STOCK.name else VIEWS[name]


def _block(plan: Plan, view: View, words: Sequence[str], limit: int) -> Grid | Words:
    """Return what one view shows of the rows that name all of `words`."""
    whole = view.rows(plan)
    rows = _sort(_naming(whole, view, words), view)
    return _nothing(whole, view, words) if rows.is_empty() else _grid(rows, view, limit)


def list_rows(
    plan: Plan, name: str, words: Sequence[str] = (), limit: int = 0, by: dt.date | None = None
) -> list[dict[str, Any]]:
    """Return the rows of a view as plain values, every field and nothing rounded.

    Raises:
        InputError: see `stock_view` and `hastened`.
    """
    if name == "changes":
        return list_changes(plan.record)
    if name == "tiers":
        return list_tiers(plan.record)
    if name == "statistics":
        return [to_plain(plan.statistics)]
    view = _view(plan, name, words, by)
    rows = _sort(_naming(view.rows(plan), view, words), view)
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


def _naming(rows: pl.DataFrame, view: View, words: Sequence[str]) -> pl.DataFrame:
    """Keep the rows in which each word is the code of something, in small letters or capitals."""
    known = _known(rows, view) if words else []
    for word in words:
        meant = [word] if word in known else [code for code in known if code.casefold() == word.casefold()]
        rows = rows.filter(pl.any_horizontal(pl.col(_codes(view)).is_in(meant))) if meant else rows.clear()
    return rows


def _known(rows: pl.DataFrame, view: View) -> list[str]:
    """Return every code that stands in the rows."""
    return sorted({code for name in _codes(view) for code in rows[name].drop_nulls().unique().to_list()})


def _codes(view: View) -> list[str]:
    """Return the fields of the view's table that name a row of the case."""
    return [field.name for field in PLAN_TABLES[view.table] if field.type == "code"]


def _sort(rows: pl.DataFrame, view: View) -> pl.DataFrame:
    """Put rows in the order of the view."""
    names = [name.removeprefix("-") for name in view.order]
    falling = [name.startswith("-") for name in view.order]
    return rows.sort(names, descending=falling, maintain_order=True)


def _grid(rows: pl.DataFrame, view: View, limit: int) -> Grid:
    """Lay the first rows out in the columns of the view."""
    columns = shown_columns(rows, view)
    shown = rows.head(limit) if limit else rows
    left = rows.height - shown.height
    note = f"… and {count(left, 'more row')}; `--limit 0` shows all." if left else ""
    title = f"{view.title}: {view.meaning}"
    return Grid(title, tuple(columns.values()), tuple(shown.select(list(columns)).iter_rows()), note)


def shown_columns(rows: pl.DataFrame, view: View) -> dict[str, Column]:
    """Return the columns of a view in which something stands."""
    return {name: column for name, column in view.columns.items() if not _is_bare(rows, view, name)}


def _is_bare(rows: pl.DataFrame, view: View, name: str) -> bool:
    """Tell whether an optional column has nothing in it, or only what the reader takes for granted."""
    if name not in view.optional:
        return False
    if name in USUAL:
        return bool(rows.select((pl.col(name).is_null() | (pl.col(name) == USUAL[name])).all()).item())
    filled = rows[name].drop_nulls()
    return filled.is_empty() or (filled.dtype.is_numeric() and not (filled != 0).any())


def _nothing(whole: pl.DataFrame, view: View, words: Sequence[str]) -> Words:
    """Say that there is no row, and which codes come near the words that were typed."""
    if whole.is_empty() or not words:
        return Words(view.nothing, title=view.title)
    known = {code.casefold(): code for code in _known(whole, view)}
    strange = [word.casefold() for word in words if word.casefold() not in known]
    near = [known[best] for word in strange for best in difflib.get_close_matches(word, known, 2, 0.5)]
    sentence = f"No row names {' and '.join(words)}."
    hint = f" Near it: {', '.join(near)}." if near else ""
    return Words(sentence + hint, title=view.title)
