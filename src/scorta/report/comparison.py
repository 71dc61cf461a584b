"""Two plans side by side on a page: the figures of both, and for whom they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from scorta.report.numbers import count
from scorta.report.page import Column, Grid, Page, Words

if TYPE_CHECKING:
    from scorta.explain import Comparison

_FIGURES = {
    "needs": "Open needs",
    "met": "Met in full on time",
    "partly_late": "In full, but partly late",
    "short": "Short",
    "unmet": "Units unmet",
    "unit_days_late": "Unit-days late",
    "given_eur": "Given, EUR",
    "ordered_eur": "Ordered, EUR",
    "spent_eur": "Spent, EUR",
}
"""What the figures of a whole plan are called."""

_SIDES = (Column("Before", "number"), Column("After", "number"), Column("Change", "number"))

_NEED = {
    "need": Column("Need"),
    "item": Column("Item"),
    "asked_before": Column("Asked", "number"),
    "asked_after": Column("after", "number"),
    "on_time_before": Column("On time", "number", "good"),
    "on_time_after": Column("after", "number", "good"),
    "late_before": Column("Late", "number", "late"),
    "late_after": Column("after", "number", "late"),
    "unmet_before": Column("Unmet", "number", "bad"),
    "unmet_after": Column("after", "number", "bad"),
}
"""The columns of the needs."""

_LAST = {
    "need": Column("Need"),
    "item": Column("Item"),
    "last_delivery_before": Column("Last comes", "date", empty="never"),
    "last_delivery_after": Column("after", "date", empty="never"),
    "later": Column("Days later", "number"),
    "unit_days_late_before": Column("Unit-days late", "number", "late"),
    "unit_days_late_after": Column("after", "number", "late"),
}
"""The columns of when needs receive the last."""

_FRAMES: Mapping[str, tuple[str, Sequence[tuple[str, str]], Mapping[str, Column]]] = {
    "given": (
        "Given, by giver and item",
        (("quantity", "Units"), ("value_eur", "EUR")),
        {"giver": Column("Giver"), "item": Column("Item")},
    ),
    "orders": (
        "Ordered, by buyer and item",
        (("quantity", "Units"), ("cost_eur", "EUR")),
        {"buyer": Column("Buyer"), "supplier": Column("Supplier"), "item": Column("Item")},
    ),
    "spend": (
        "Spent, by party and year, EUR",
        (("amount_eur", ""),),
        {"party": Column("Party"), "year": Column("Year", "year")},
    ),
    "shares": (
        "Given by the parties of a key, and above their shares, EUR",
        (("given_eur", "Given"), ("excess_eur", "Above")),
        {"key": Column("Key"), "party": Column("Party")},
    ),
}
"""What stands side by side beside the needs: the title, the figures, and what names a row."""


def compare_page(
    comparison: Comparison, attributed: Page | None = None, need: str | None = None, limit: int = 0, every: bool = False
) -> Page:
    """Return the page of two plans side by side, the first `limit` rows of each table (0 for all).

    Only what differs is listed, unless `every` is asked; `attributed` is the page that says because of which rows.
    """
    before, after = comparison.titles
    title = before if before == after else f"{before} · {after}"
    why = attributed.blocks if attributed is not None else ()
    if need is not None:
        return Page(title, (*why, *_needs(comparison.needs.filter(need=need), limit)))
    found = {name: _rows(comparison, name, every) for name in ("needs", *_FRAMES)}
    frames = (_frame(found[name], name, limit) for name in _FRAMES if not found[name].is_empty())
    return Page(title, (_totals(comparison.totals), *why, *_needs(found["needs"], limit), *frames))


def plain_comparison(comparison: Comparison, need: str | None = None, every: bool = False) -> dict[str, Any]:
    """Return two plans side by side as plain values, every field and nothing rounded: what differs, or all of it."""
    if need is not None:
        return {"needs": comparison.needs.filter(need=need).to_dicts()}
    return {
        name: _rows(comparison, name, every or name == "totals").to_dicts() for name in ("totals", "needs", *_FRAMES)
    }


def _rows(comparison: Comparison, name: str, every: bool) -> pl.DataFrame:
    """Return the rows of a table: all of them, or those that differ."""
    frame: pl.DataFrame = getattr(comparison, name)
    return frame if every else comparison.differing(name)


def _totals(totals: pl.DataFrame) -> Grid:
    """Return the figures of the whole plan."""
    rows = []
    for figure, priority, before, after, change in totals.iter_rows():
        name = _FIGURES[figure] if priority is None else f"{_FIGURES[figure]}, priority {priority}"
        rows.append((name, before, after, _still(change, before, after)))
    return Grid("Before and after", (Column("Figure"), *_SIDES), tuple(rows))


def _still(change: float, before: float, after: float) -> float:
    """Return a change; one that is round-off is none."""
    return 0.0 if abs(change) <= 1e-6 * max(abs(before), abs(after), 1.0) else change


def _needs(rows: pl.DataFrame, limit: int) -> tuple[Grid | Words, ...]:
    """Return the needs side by side, those that fare worse first, and of which the last comes on another day."""
    if rows.is_empty():
        return (Words("Every need is met as before.", title="Needs"),)
    alone = pl.format("{} (only {})", "need", "only_in")
    named = rows.with_columns(need=pl.coalesce(alone, "need"))
    columns = {name: column for name, column in _NEED.items() if not _is_bare(named, name)}
    days = (pl.col("last_delivery_after") - pl.col("last_delivery_before")).dt.total_days()
    last = named.filter(pl.col("last_delivery_before").ne_missing(pl.col("last_delivery_after")))
    moved = _cut("Needs of which the last comes on another day", last.with_columns(later=days), _LAST, limit)
    return _cut("Needs, those that fare worse first", named, columns, limit), *([moved] if last.height else [])


def _is_bare(rows: pl.DataFrame, name: str) -> bool:
    """Tell whether a column of the needs says nothing: nothing is late or unmet, or as much is asked as before."""
    if name.startswith("asked"):
        return bool((rows["asked_change"].fill_null(1.0) == 0).all()) and name == "asked_after"
    return name.startswith(("late", "unmet")) and not _fills(rows, name.rpartition("_")[0])


def _fills(rows: pl.DataFrame, figure: str) -> bool:
    """Tell whether a figure is anything but nothing in some row, before or after."""
    return any((rows[f"{figure}_{side}"].fill_null(0.0) != 0).any() for side in ("before", "after"))


def _frame(rows: pl.DataFrame, name: str, limit: int) -> Grid:
    """Return one table side by side, without figures that nobody has."""
    title, figures, keys = _FRAMES[name]
    columns = dict(keys)
    for figure, words in figures:
        if _fills(rows, figure):
            columns[f"{figure}_before"] = Column(words or "Before", "number")
            columns[f"{figure}_after"] = Column("after", "number")
    return _cut(title, rows, columns, limit)


def _cut(title: str, rows: pl.DataFrame, columns: Mapping[str, Column], limit: int) -> Grid:
    """Lay out the first rows, and say how many are left."""
    shown = rows.head(limit) if limit else rows
    left = rows.height - shown.height
    note = f"… and {count(left, 'more row')}; `--limit 0` shows all." if left else ""
    return Grid(title, tuple(columns.values()), tuple(shown.select(list(columns)).iter_rows()), note)
