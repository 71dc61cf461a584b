"""Lines and expansions: whether they fit together, and whether an expansion can ever pay back."""

from __future__ import annotations

import polars as pl

from scorta.check.book import Book
from scorta.check.sheet import Papers, Sheet

_EXPANSION = pl.col("expansion")


def check_growing(papers: Papers, book: Book) -> None:
    """Say which lines contradict themselves, and which expansions add nothing, come too late or are not needed."""
    lines, most = papers["lines"], pl.col("maximum_per_month")
    words = {"line": pl.col("line"), "capacity": pl.col("capacity_per_month")}
    is_below = most < pl.col("capacity_per_month")
    book.where("line-maximum-below-capacity", lines, is_below, "maximum_per_month", **words)
    expansions = papers["expansions"]
    for field in ("adds_per_month", "maximum_count"):
        book.where("expansion-adds-nothing", expansions, pl.col(field) == 0, field, expansion=_EXPANSION)
    if expansions.frame.height:
        _check_ready(papers, expansions, book)
        _check_needed(papers, expansions, book)


def _check_ready(papers: Papers, expansions: Sheet, book: Book) -> None:
    """Say which expansions are ready only after the plan has ended or their line has closed."""
    if papers.horizon is None:
        return
    last = papers.horizon.date(papers.horizon.last_day)
    lead = pl.col("lead_time_days").ceil().clip(0, 1e5).cast(pl.Int64)
    ready = pl.lit(papers.horizon.as_of) + pl.duration(days=lead)
    until = (
        papers["lines"]
        .frame.group_by("line")
        .agg(closes=pl.when(pl.col("until_date").is_not_null().all()).then(pl.col("until_date").max()))
    )
    closes = expansions.frame.select("line").join(until, on="line", how="left", maintain_order="left")["closes"]
    words = {"expansion": _EXPANSION, "ready": ready.cast(pl.String), "line": pl.col("line")}
    is_late = ready > last
    book.where("expansion-after-horizon", expansions, is_late, "lead_time_days", last=last.isoformat(), **words)
    is_closed = ~is_late & (ready > pl.lit(closes))
    book.where(
        "expansion-after-closing",
        expansions,
        is_closed,
        "lead_time_days",
        closes=pl.lit(closes).cast(pl.String),
        **words,
    )


def _check_needed(papers: Papers, expansions: Sheet, book: Book) -> None:
    """Say which expansions belong to a line that makes nothing anybody needs."""
    makes = _makes(papers)
    busy = makes.filter(pl.col("item").is_in(_wanted(papers).implode()))["process"]
    runs = pl.concat([papers[name].frame.select("process", "line") for name in ("processes", "loads")])
    lines = runs.filter(pl.col("process").is_in(busy.implode()))["line"].drop_nulls()
    is_idle = pl.col("line").is_not_null() & ~pl.col("line").is_in(lines.implode())
    book.where("expansion-of-idle-line", expansions, is_idle, "line", expansion=_EXPANSION)


def _makes(papers: Papers) -> pl.DataFrame:
    """Return the items that each process makes."""
    return pl.concat([papers[name].frame.select("process", "item") for name in ("processes", "coproducts")])


def _wanted(papers: Papers) -> pl.Series:
    """Return the items that needs, objectives and floors ask for, and all that stands in for them or goes into them."""
    state = pl.col("state").fill_null("open")
    asked = papers["needs"].frame.filter(state == "open")["item"]
    wanted = pl.concat([asked, papers["objectives"].frame["item"]]).drop_nulls().unique()
    parts = papers["components"].frame.select("process", part="item").join(_makes(papers), on="process")
    into = pl.concat([
        parts.select("item", "part"),
        papers["kits"].frame.select("item", part="component"),
        papers["substitutes"].frame.select("item", part="substitute"),
    ])  # fmt: skip
    while True:
        more = into.filter(pl.col("item").is_in(wanted.implode()))["part"].drop_nulls()
        grown = pl.concat([wanted, more]).unique()
        if len(grown) == len(wanted):
            return wanted
        wanted = grown
