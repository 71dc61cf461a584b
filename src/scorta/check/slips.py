"""Figures that are probably in the wrong unit."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book, spelling
from scorta.check.sheet import Papers, Sheet

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
                _check_field(papers[table], field, book)


def _check_field(sheet: Sheet, field: str, book: Book) -> None:
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
