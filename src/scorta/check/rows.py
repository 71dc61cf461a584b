"""Rows of any table: the order of their days, figures in a wrong unit, what is not planned, and what was assumed."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book, counted, ranges, spelling
from scorta.check.sheet import Papers, Sheet
from scorta.tables import Table

_PAIRS = (
    ("from_date", "until_date"),
    ("open_from", "open_until"),
    ("available_from", "available_until"),
    ("available_from", "until_date"),
    ("starts", "ends"),
)
"""The names that a first and a last day have."""

_STARTS = {"receipts": "due_on", "objectives": "from_date"}
"""Days from which a row of a table holds, beside those of the pairs."""

_NOT_PLANNED = ("changes", "meetings")
"""Tables whose days are not days of the plan."""


def check_dates(papers: Papers, book: Book) -> None:
    """Say which rows end before they start, and which never hold within the plan."""
    for sheet in papers.sheets.values():
        pair = _pair(sheet.table)
        if pair:
            first, last = pair
            is_reversed = pl.col(last) < pl.col(first)
            book.where("dates-reversed", sheet, is_reversed, last, first=first, start=pl.col(first))
        if sheet.table.name not in _NOT_PLANNED:
            _check_horizon(sheet, papers, book)


def _pair(table: Table) -> tuple[str, str] | None:
    return next((pair for pair in _PAIRS if set(pair) <= set(table.names)), None)


def _check_horizon(sheet: Sheet, papers: Papers, book: Book) -> None:
    if papers.horizon is None:
        return
    first, last = papers.horizon.as_of, papers.horizon.date(papers.horizon.last_day)
    name = sheet.table.name
    start, end = _pair(sheet.table) or (_STARTS.get(name, ""), "")
    if start:
        mask = _is_live(name) & (pl.col(start) > last)
        book.where("starts-after-horizon", sheet, mask, start, last=last.isoformat())
    if end:
        mask = _is_live(name) & (pl.col(end) < first)
        book.where("ends-before-start", sheet, mask, end, start=first.isoformat())


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

_FIGURES = {
    "stocks": ("quantity",),
    "needs": ("quantity",),
    "pledges": ("quantity", "value_eur"),
    "receipts": ("quantity",),
    "processes": ("unit_cost_eur",),
    "contracts": ("firm", "option", "unit_price_eur"),
}
"""The quantities and prices that are compared, by table."""


def check_slips(papers: Papers, book: Book) -> None:
    """Say which quantities and prices are far above those of the same item's other rows."""
    for table, fields in _FIGURES.items():
        for field in fields:
            if papers[table].has(field):
                _check_figures(papers[table], field, book)


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
    book.at("unit-slip", sheet, found["at"], field, item=found["item"], times=times, median=medians)


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
            book.say("not-planned", papers[name].file, name=name)


def check_assumed(papers: Papers, book: Book) -> None:
    """Name the rows of each table whose source or note says that something was assumed."""
    for sheet in papers.sheets.values():
        told = [_ASSUMED[field] for field in _ASSUMED if sheet.has(field)]
        rows = sheet.frame.filter(pl.any_horizontal(told).fill_null(value=False))["row"] if told else ()
        if len(rows):
            count = counted(len(rows), "row is", "rows are")
            book.say("assumed-rows", sheet.file, count=count, rows=ranges(rows))
