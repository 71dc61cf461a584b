"""Two plans side by side on a page: the figures of both, and for whom they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from scorta.languages import mark, say, say_count
from scorta.report.page import Column, Grid, Page, Words, in_language

if TYPE_CHECKING:
    from scorta.difference import Comparison

_FIGURES = {
    "needs": mark("Open needs"),
    "met": mark("Met in full on time"),
    "partly_late": mark("In full, but partly late"),
    "short": mark("Short"),
    "unmet": mark("Units unmet"),
    "unit_days_late": mark("Unit-days late"),
    "given_eur": mark("Given, EUR"),
    "ordered_eur": mark("Ordered, EUR"),
    "spent_eur": mark("Spent, EUR"),
}
"""What the figures of a whole plan are called."""

_SIDES = (Column(mark("Before"), "number"), Column(mark("After"), "number"), Column(mark("Change"), "number"))

_NEED = {
    "need": Column(mark("Need")),
    "item": Column(mark("Item")),
    "asked_before": Column(mark("Asked"), "number"),
    "asked_after": Column(mark("after"), "number"),
    "on_time_before": Column(mark("On time"), "number", "good"),
    "on_time_after": Column(mark("after"), "number", "good"),
    "late_before": Column(mark("Late"), "number", "late"),
    "late_after": Column(mark("after"), "number", "late"),
    "unmet_before": Column(mark("Unmet"), "number", "bad"),
    "unmet_after": Column(mark("after"), "number", "bad"),
}
"""The columns of the needs."""

_LAST = {
    "need": Column(mark("Need")),
    "item": Column(mark("Item")),
    "last_delivery_before": Column(mark("Last comes"), "date", empty=mark("never")),
    "last_delivery_after": Column(mark("after"), "date", empty=mark("never")),
    "later": Column(mark("Days later"), "number"),
    "unit_days_late_before": Column(mark("Unit-days late"), "number", "late"),
    "unit_days_late_after": Column(mark("after"), "number", "late"),
}
"""The columns of when needs receive the last."""

_FRAMES: Mapping[str, tuple[str, Sequence[tuple[str, str]], Mapping[str, Column]]] = {
    "given": (
        mark("Given, by giver and item"),
        (("quantity", mark("Units")), ("value_eur", mark("EUR"))),
        {"giver": Column(mark("Giver")), "item": Column(mark("Item"))},
    ),
    "orders": (
        mark("Ordered, by buyer and item"),
        (("quantity", mark("Units")), ("cost_eur", mark("EUR"))),
        {"buyer": Column(mark("Buyer")), "supplier": Column(mark("Supplier")), "item": Column(mark("Item"))},
    ),
    "spend": (
        mark("Spent, by party and year, EUR"),
        (("amount_eur", ""),),
        {"party": Column(mark("Party")), "year": Column(mark("Year"), "year")},
    ),
    "shares": (
        mark("Given by the parties of a key, and above their shares, EUR"),
        (("given_eur", mark("Given")), ("excess_eur", mark("Above"))),
        {"key": Column(mark("Key")), "party": Column(mark("Party"))},
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
        name = say(_FIGURES[figure])
        if priority is not None:
            name = say("{figure}, priority {priority}", figure=name, priority=priority)
        rows.append((name, before, after, _still(change, before, after)))
    return Grid(say("Before and after"), in_language((Column(mark("Figure")), *_SIDES)), tuple(rows))


def _still(change: float, before: float, after: float) -> float:
    """Return a change; one that is round-off is none."""
    return 0.0 if abs(change) <= 1e-6 * max(abs(before), abs(after), 1.0) else change


def _needs(rows: pl.DataFrame, limit: int) -> tuple[Grid | Words, ...]:
    """Return the needs side by side, those that fare worse first, and of which the last comes on another day."""
    if rows.is_empty():
        return (Words(say("Every need is met as before."), title=say("Needs")),)
    only = pl.col("only_in").replace({"before": say("only before"), "after": say("only after")})
    named = rows.with_columns(need=pl.coalesce(pl.format("{} ({})", "need", only), "need"))
    columns = {name: column for name, column in _NEED.items() if not _is_bare(named, name)}
    days = (pl.col("last_delivery_after") - pl.col("last_delivery_before")).dt.total_days()
    last = named.filter(pl.col("last_delivery_before").ne_missing(pl.col("last_delivery_after")))
    moved = _cut(say("Needs of which the last comes on another day"), last.with_columns(later=days), _LAST, limit)
    return _cut(say("Needs, those that fare worse first"), named, columns, limit), *([moved] if last.height else [])


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
            columns[f"{figure}_before"] = Column(words or mark("Before"), "number")
            columns[f"{figure}_after"] = Column(mark("after"), "number")
    return _cut(say(title), rows, columns, limit)


def _cut(title: str, rows: pl.DataFrame, columns: Mapping[str, Column], limit: int) -> Grid:
    """Lay out the first rows, and say how many are left."""
    shown = rows.head(limit) if limit else rows
    left = rows.height - shown.height
    note = ""
    if left:
        note = say_count(
            "… and {number} more row; `--limit 0` shows all.", "… and {number} more rows; `--limit 0` shows all.", left
        )
    return Grid(title, in_language(columns.values()), tuple(shown.select(list(columns)).iter_rows()), note)
