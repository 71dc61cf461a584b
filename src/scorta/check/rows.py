"""Rows of any table: the order of their days, figures in a wrong unit, what is not planned, and what was assumed."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book, spelling, stretches
from scorta.check.sheet import Papers, Sheet
from scorta.tables import FindingKind

DATES_REVERSED = FindingKind(
    "dates-reversed",
    "error",
    "`{field}` ({value}) lies before `{first}` ({start}).",
    "Swap or correct the two days.",
    "A last day lies before its first day, so the row never holds.",
)
STARTS_AFTER_HORIZON = FindingKind(
    "starts-after-horizon",
    "warning",
    "`{field}` ({value}) lies after the last day of the plan ({last}), so the row has no effect.",
    "Lengthen the horizon, or correct the day.",
    "A row begins to hold only after the plan has ended.",
)
ENDS_BEFORE_START = FindingKind(
    "ends-before-start",
    "warning",
    "`{field}` ({value}) lies before the first day of the plan ({start}), so the row has no effect.",
    "Remove the row, or correct the day.",
    "A row has ceased to hold before the plan begins.",
)
UNIT_SLIP = FindingKind(
    "unit-slip",
    "warning",
    "`{field}` of {item} is {value}, {times} times the median of its other rows ({median}): it may be in the "
    "wrong unit.",
    "Check the unit; nothing needs to be done if the number is right.",
    "A quantity or price is at least 300 times the median of the other rows of the same item, table and field.",
)
NOT_PLANNED = FindingKind(
    "not-planned",
    "warning",
    "`{name}` is read but not planned in this version.",
    "Expect the plan to be made as if it were not there.",
    "A table is filled that this version reads and checks, but does not yet use in a plan.",
)
ASSUMED_ROWS = FindingKind(
    "assumed-rows",
    "note",
    "{number} rows are assumed, in whole or in part: rows {rows}.",
    "Replace what was assumed when the figures are known.",
    "Rows of a table have a `source` that starts with `assumed`, or a `note` with `assumed:` in it.",
    one="{number} row is assumed, in whole or in part: row {rows}.",
)

_NOT_PLANNED = ("changes", "meetings")
"""Tables whose days are not days of the plan."""


def check_dates(papers: Papers, book: Book) -> None:
    """Say which rows end before they start, and which never hold within the plan."""
    for sheet in papers.sheets.values():
        first, last = sheet.table.days
        if last:
            is_reversed = pl.col(last) < pl.col(first)
            book.where(DATES_REVERSED, sheet, is_reversed, last, first=first, start=pl.col(first))
        if sheet.table.name not in _NOT_PLANNED:
            _check_horizon(sheet, papers, book)


def _check_horizon(sheet: Sheet, papers: Papers, book: Book) -> None:
    if papers.horizon is None:
        return
    first, last = papers.horizon.as_of, papers.horizon.date(papers.horizon.last_day)
    name = sheet.table.name
    start, end = sheet.table.days
    if start:
        mask = _is_live(name) & (pl.col(start) > last)
        book.where(STARTS_AFTER_HORIZON, sheet, mask, start, last=last.isoformat())
    if end:
        mask = _is_live(name) & (pl.col(end) < first)
        book.where(ENDS_BEFORE_START, sheet, mask, end, start=first.isoformat())


def _is_live(table: str) -> pl.Expr:
    """Tell whether a row is meant to count: a pledge withdrawn or delivered is not."""
    if table == "pledges":
        return ~pl.col("state").is_in(["withdrawn", "delivered"]).fill_null(value=False)
    return pl.lit(value=True)


_TIMES = 300.0
"""How many times the median of an item's other rows makes a figure doubtful: well below a slip of a thousand."""

_OTHERS = 3
"""Fewest other rows that tell what is usual for an item."""

_FIRST = 50_000
"""Rows that are counted before all are."""


def check_slips(papers: Papers, book: Book) -> None:
    """Say which quantities and prices are far above those of the same item's other rows."""
    for sheet in papers.sheets.values():
        for field in sheet.table:
            if field.compared and sheet.has(field.name):
                _check_figures(sheet, field.name, book)


def _check_figures(sheet: Sheet, field: str, book: Book) -> None:
    figure = pl.col(field)
    positive = pl.when(figure > 0.0).then(figure)
    doubtful = _doubtful_items(sheet.frame.lazy().select("item", figure=positive))
    if doubtful.is_empty():
        return
    rows = sheet.frame.lazy().select("item", field).with_row_index("at").filter(figure > 0.0)
    rows = rows.join(doubtful.lazy(), on="item", how="semi")
    usual = rows.group_by("item").agg(median=_median_of_others(field))
    found = rows.join(usual, on="item").filter(figure >= _TIMES * pl.col("median")).sort("at").collect()
    times = [f"{ratio:,.0f}" for ratio in found[field] / found["median"]]
    medians = [spelling(median) for median in found["median"]]
    book.at(UNIT_SLIP, sheet, found["at"], field, times=times, median=medians)


def _doubtful_items(rows: pl.LazyFrame) -> pl.DataFrame:
    """Return the items that may hold a slip: half of their rows must be far below the largest figure of all.

    Sorting a million rows for exact medians takes longer than all other checks, and few items need it; for most, the
    first rows already tell that they do not.
    """
    figure = pl.col("figure")
    doubtful = rows.filter(figure <= figure.max() / _TIMES).group_by("item").agg(small=pl.len()).collect()
    for seen in (rows.head(_FIRST), rows):
        if doubtful.is_empty():
            return doubtful.select("item")
        counts = seen.group_by("item").agg(count=figure.count()).collect()
        doubtful = doubtful.select("item", "small").join(counts, on="item", how="left")
        doubtful = doubtful.filter(pl.col("count").fill_null(0) // 2 <= pl.col("small"))
    return doubtful.filter(pl.col("count") > _OTHERS).select("item")


def _median_of_others(field: str) -> pl.Expr:
    """Return the median of a group without one of its largest figures: the same for each that is far above it."""
    ordered, count = pl.col(field).sort(), pl.len().cast(pl.Int64)
    return (ordered.get((count - 2) // 2) + ordered.get((count - 1) // 2)) / 2.0


NOT_PLANNED_TABLES = ("risks",)
"""Tables that this version does not plan yet."""

_ASSUMED = {
    "source": pl.col("source").str.starts_with("assumed"),
    "note": pl.col("note").str.contains("assumed:", literal=True),
}
"""How rows say that something in them was assumed."""


def check_unplanned(papers: Papers, book: Book) -> None:
    """Say once for each table that it is filled but not planned yet."""
    for name in NOT_PLANNED_TABLES:
        if papers[name].frame.height:
            book.say(NOT_PLANNED, papers[name].file, name=name)


def check_assumed(papers: Papers, book: Book) -> None:
    """Name the rows of each table whose source or note says that something was assumed."""
    for sheet in papers.sheets.values():
        told = [_ASSUMED[field] for field in _ASSUMED if sheet.has(field)]
        rows = sheet.frame.filter(pl.any_horizontal(told).fill_null(value=False))["row"] if told else ()
        if len(rows):
            book.say(ASSUMED_ROWS, sheet.file, number=len(rows), rows=stretches(rows))
