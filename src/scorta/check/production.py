"""Production: processes, their components and yield, the lines they run on, and how these grow."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import BEYOND, Horizon
from scorta.check.book import Book
from scorta.check.needs import is_open
from scorta.check.sheet import Papers, Sheet


def check_making(papers: Papers, book: Book) -> None:
    """Say which processes lack hours or a line, which make nothing, and which would earn without end."""
    sheet, process = papers["processes"], pl.col("process")
    has_line, has_hours = pl.col("line").is_not_null(), pl.col("line_hours_per_unit").is_not_null()
    if "line_hours_per_unit" in sheet.raw.columns:
        has_hours = pl.lit(sheet.raw["line_hours_per_unit"].is_not_null())
    book.where("line-without-hours", sheet, has_line & ~has_hours, "line", process=process)
    book.where("hours-without-line", sheet, ~has_line & has_hours, "line_hours_per_unit", process=process)
    book.where("process-yields-nothing", sheet, pl.col("yield") == 0.0, "yield", process=process)
    _check_components(papers, book)
    if sheet.frame["unit_cost_eur"].lt(0.0).any():
        _check_endless(papers, book)


def _check_components(papers: Papers, book: Book) -> None:
    """Say which components are not used at all, and which processes make more of their product than they take."""
    sheet = papers["components"]
    words = {"item": pl.col("process"), "component": pl.col("item")}
    book.where("component-without-quantity", sheet, pl.col("quantity") == 0.0, "quantity", **words)
    product = papers["processes"].frame.select("process", "item", pl.col("yield").fill_null(1.0))
    own = sheet.frame.with_row_index("at").join(product, on=["process", "item"], maintain_order="left")
    own = own.filter((pl.col("quantity") > 0.0) & (pl.col("yield") > pl.col("quantity") + 1e-9))
    process, item = own["process"], own["item"]
    book.at("process-makes-of-itself", sheet, own["at"], "quantity", process=process, item=item, made=own["yield"])


def _check_endless(papers: Papers, book: Book) -> None:
    """Say which processes earn money by each start and use nothing that runs out."""
    uses = [
        papers[table].frame.filter(_is_used(field))["process"]
        for table, field in (("components", "quantity"), ("loads", "line_hours_per_unit"))
    ]
    is_bounded = pl.col("process").is_in(pl.concat(uses).implode()).fill_null(value=True)
    is_bounded |= pl.col("line").is_not_null() & _is_used("line_hours_per_unit")
    is_endless = (pl.col("unit_cost_eur") < 0.0) & ~is_bounded
    book.where("process-endless", papers["processes"], is_endless, "unit_cost_eur", process=pl.col("process"))


def _is_used(field: str) -> pl.Expr:
    """Tell whether a start uses any of it; a cell that is empty or could not be read has its own finding."""
    return pl.col(field).is_null() | (pl.col(field) > 0.0)


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


def check_lots(papers: Papers, book: Book) -> None:
    """Say where the least is more than there can ever be."""
    least, quantity = pl.col("minimum_shipment"), pl.col("quantity")
    words = {"need": pl.col("need"), "quantity": quantity}
    is_more = is_open() & (least > quantity)
    book.where("minimum-shipment-above-quantity", papers["needs"], is_more, "minimum_shipment", **words)
    _check_rates(papers, book)
    if papers.horizon is not None:
        _check_fit(papers, papers.horizon, book)


def _grows() -> pl.Expr:
    """Tell whether a line is one of those that can grow."""
    return pl.col("grows").fill_null(value=False)


def _growing(papers: Papers) -> pl.DataFrame:
    return papers["expansions"].frame.select("line", grows=pl.lit(value=True)).drop_nulls().unique()


def _check_rates(papers: Papers, book: Book) -> None:
    """Say which lines are to run at more than they have, all their rows together; those that grow may do so later."""
    sheet = papers["lines"]
    least, most = pl.col("minimum_per_month"), pl.col("capacity_per_month")
    rows = sheet.frame.join(_growing(papers), on="line", how="left", maintain_order="left")
    over = (least > most) & (least.sum().over("line") > most.sum().over("line")) & ~_grows()
    at = rows.select(pl.arg_where(over.fill_null(value=False))).to_series()
    book.at("minimum-rate-above-capacity", sheet, at, "minimum_per_month", line=pl.col("line"), capacity=most)


def _check_fit(papers: Papers, horizon: Horizon, book: Book) -> None:
    """Say which minimum lots take more hours than any bucket has of a line."""
    sheet = papers["processes"]
    own = sheet.frame.select("process", "line", hours="line_hours_per_unit")
    more = papers["loads"].frame.select("process", "line", hours="line_hours_per_unit")
    lots = sheet.frame.with_row_index("at").select("at", "process", "minimum_lot").drop_nulls()
    if lots.is_empty():
        return
    needed = lots.join(pl.concat([own, more]).drop_nulls(), on="process")
    needed = needed.join(_growing(papers), on="line", how="left").filter(~_grows())
    rows = needed.join(_most_hours(papers, horizon), on="line").with_columns(
        lot_hours=pl.col("minimum_lot") * pl.col("hours")
    )
    found = rows.filter(pl.col("lot_hours") > pl.col("most") * (1 + 1e-9)).sort("at", "line").unique("at", keep="first")
    found = found.sort("at")
    words = {name: found[name] for name in ("process", "line", "lot_hours", "most")}
    book.at("lot-never-fits", sheet, found["at"], "minimum_lot", **words)


def _most_hours(papers: Papers, horizon: Horizon) -> pl.DataFrame:
    """Return the most hours that each line has in any bucket."""
    lines = papers["lines"].frame.drop_nulls(["line", "capacity_per_month"])
    first = days_of(lines["available_from"], horizon, 0)
    last = days_of(lines["until_date"], horizon, BEYOND)
    months = horizon.months(
        np.maximum(first[:, None], horizon.starts[None, :]), np.minimum(last[:, None], horizon.ends[None, :])
    )
    names = lines["line"].unique().sort()
    number = (lines["line"].rank("dense").cast(pl.Int64) - 1).to_numpy().astype(np.int64)
    hours = np.zeros((len(names), len(horizon)))
    np.add.at(hours, number, lines["capacity_per_month"].to_numpy()[:, None] * months)
    return pl.DataFrame({"line": names, "most": hours.max(axis=1, initial=0.0)}, schema_overrides={"line": pl.String})


def days_of(dates: pl.Series, horizon: Horizon, empty: int) -> np.ndarray:
    """Return the day of each date, `empty` where there is none."""
    return (dates - horizon.as_of).dt.total_days().fill_null(empty).to_numpy().astype(np.int64)
