"""Production: processes, their components and yield, the lines they run on, and how these grow."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import BEYOND, Horizon
from scorta.check.book import Book, Check
from scorta.check.sheet import LAST, START, Papers, Sheet, blank
from scorta.tables import FindingKind

_READY = START + pl.duration(days=pl.col("lead_time_days").ceil().clip(0, 1e5).cast(pl.Int64))
"""The day on which an expansion is ready that is decided on the first day of the plan."""

COMPONENT_WITHOUT_QUANTITY = FindingKind(
    "component-without-quantity",
    "warning",
    "{item} uses 0 of {component}.",
    "Give the quantity used, or remove the row.",
    "A component of a process or kit has a quantity of 0, and is not used at all.",
)
EXPANSION_ADDS_NOTHING = FindingKind(
    "expansion-adds-nothing",
    "warning",
    "The expansion {expansion} adds nothing: its {field} is 0.",
    "Correct the figure, or remove the row.",
    "An expansion adds no hours, or none of it may be built.",
)

CHECKS = (
    Check(
        FindingKind(
            "line-without-hours",
            "error",
            "The process {process} runs on the line {value} but has no line_hours_per_unit.",
            "Fill line_hours_per_unit, or remove the line.",
            "A process names its line but not the hours it takes there.",
        ),
        "processes",
        "line",
        when=pl.col("line").is_not_null() & blank("line_hours_per_unit"),
    ),
    Check(
        FindingKind(
            "hours-without-line",
            "warning",
            "The process {process} has line_hours_per_unit but names no line, so they have no effect.",
            "Name the line, or remove the hours.",
            "A process gives hours for a line that it does not name.",
        ),
        "processes",
        "line_hours_per_unit",
        when=pl.col("line").is_null() & ~blank("line_hours_per_unit"),
    ),
    Check(
        FindingKind(
            "process-yields-nothing",
            "warning",
            "The process {process} has a yield of 0: nothing of what is started arrives.",
            "Correct the yield; 1 means that everything arrives.",
            "A process never makes anything of its product.",
        ),
        "processes",
        "yield",
        when=pl.col("yield") == 0.0,
    ),
    Check(
        COMPONENT_WITHOUT_QUANTITY,
        "components",
        "quantity",
        when=pl.col("quantity") == 0.0,
        words={"item": pl.col("process"), "component": pl.col("item")},
    ),
    Check(
        FindingKind(
            "line-maximum-below-capacity",
            "warning",
            "The line {line} can run {value} hours a month at most, fewer than its capacity ({capacity}).",
            "Correct one of the two: the plan uses no more than the maximum.",
            "The most that a line could run lies below what it runs.",
        ),
        "lines",
        "maximum_per_month",
        when=pl.col("maximum_per_month") < pl.col("capacity_per_month"),
        words={"capacity": pl.col("capacity_per_month")},
    ),
    Check(EXPANSION_ADDS_NOTHING, "expansions", "adds_per_month", when=pl.col("adds_per_month") == 0.0),
    Check(EXPANSION_ADDS_NOTHING, "expansions", "maximum_count", when=pl.col("maximum_count") == 0),
    Check(
        FindingKind(
            "expansion-after-horizon",
            "warning",
            "The expansion {expansion} never pays back: decided on the first day it is ready on {ready}, after the "
            "last "
            "day of the plan ({last}).",
            "Lengthen the horizon, or shorten the lead time.",
            "The lead time of an expansion ends after the plan does.",
        ),
        "expansions",
        "lead_time_days",
        when=_READY > LAST,
        words={"ready": _READY},
    ),
)
"""What is looked at in each process, component, line and expansion by itself."""

PROCESS_ENDLESS = FindingKind(
    "process-endless",
    "error",
    "The process {process} has a negative unit cost ({value}) but uses neither components nor a line, so it would "
    "earn without end.",
    "Add what it uses to `components`, name its line and hours, or write a unit cost of 0 or more.",
    "A process earns money by each unit started, and nothing bounds how many can be started.",
)
PROCESS_MAKES_OF_ITSELF = FindingKind(
    "process-makes-of-itself",
    "warning",
    "The process {process} takes {value} repairable {item} for each {made} good ones that it makes.",
    "Correct the quantity or the yield: refurbishing makes no more than it takes.",
    "A process with its own product among its components refurbishes it, and this one makes more than it takes.",
)
EXPANSION_AFTER_CLOSING = FindingKind(
    "expansion-after-closing",
    "warning",
    "The expansion {expansion} never pays back: decided on the first day it is ready on {ready}, after the line "
    "{line} closes on {closes}.",
    "Keep the line open longer, or shorten the lead time.",
    "An expansion is ready only after its line has closed.",
)
EXPANSION_OF_IDLE_LINE = FindingKind(
    "expansion-of-idle-line",
    "warning",
    "The expansion {expansion} never pays back: nothing that the line {value} makes is needed.",
    "Let a process run on the line, or ask for what it makes in a need or objective.",
    "No open need, objective or floor asks for what a line makes, nor for anything that is made of it.",
)
LOT_NEVER_FITS = FindingKind(
    "lot-never-fits",
    "warning",
    "The process {process} has a minimum lot of {value}, which takes {lot_hours} hours; the line {line} has no "
    "more than {most} in any bucket, so nothing is started.",
    "Lower the lot, raise the hours of {line}, or plan in longer buckets.",
    "A minimum lot needs more hours of a line than the line has in any bucket of the horizon, and it cannot grow.",
)
MINIMUM_RATE_ABOVE_CAPACITY = FindingKind(
    "minimum-rate-above-capacity",
    "warning",
    "The line {line} runs at {value} hours a month at least, but has {capacity}: it cannot run.",
    "Correct minimum_per_month or capacity_per_month.",
    "The minimum sustaining rate of a line is above its capacity, and it cannot grow.",
)


def check_processes(papers: Papers, book: Book) -> None:
    """Say which processes make more of an item than they take, and which would earn without end."""
    _check_refurbishing(papers, book)
    if papers["processes"].frame["unit_cost_eur"].lt(0.0).any():
        _check_endless(papers, book)


def _check_refurbishing(papers: Papers, book: Book) -> None:
    """Say which processes make more of their product than they take."""
    sheet = papers["components"]
    product = papers["processes"].frame.select("process", "item", pl.col("yield").fill_null(1.0))
    own = sheet.frame.with_row_index("at").join(product, on=["process", "item"], maintain_order="left")
    own = own.filter((pl.col("quantity") > 0.0) & (pl.col("yield") > pl.col("quantity") + 1e-9))
    book.at(PROCESS_MAKES_OF_ITSELF, sheet, own["at"], "quantity", made=own["yield"])


def _check_endless(papers: Papers, book: Book) -> None:
    """Say which processes earn money by each start and use nothing that runs out."""
    uses = [
        papers[table].frame.filter(_is_used(field))["process"]
        for table, field in (("components", "quantity"), ("loads", "line_hours_per_unit"))
    ]
    if any(found.has_nulls() for found in uses):
        return  # what is used by a process that is not known may be used by any
    is_bounded = pl.col("process").is_in(pl.concat(uses).implode()).fill_null(value=True)
    is_bounded |= pl.col("line").is_not_null() & _is_used("line_hours_per_unit")
    is_endless = (pl.col("unit_cost_eur") < 0.0) & ~is_bounded
    book.where(PROCESS_ENDLESS, papers["processes"], is_endless, "unit_cost_eur")


def _is_used(field: str) -> pl.Expr:
    """Tell whether a start uses any of it; a cell that is empty or could not be read has its own finding."""
    return pl.col(field).is_null() | (pl.col(field) > 0.0)


def check_expansions(papers: Papers, book: Book) -> None:
    """Say which expansions come too late for their line, or are not needed."""
    if papers["expansions"].frame.height:
        _check_closing(papers, book)
        _check_needed(papers, papers["expansions"], book)


def _check_closing(papers: Papers, book: Book) -> None:
    """Say which expansions are ready only after their line has closed."""
    expansions = papers.view("expansions", [_READY])
    is_open = pl.col("until_date").is_not_null().all()
    until = papers["lines"].frame.group_by("line").agg(closes=pl.when(is_open).then(pl.col("until_date").max()))
    closes = expansions.frame.select("line").join(until, on="line", how="left", maintain_order="left")["closes"]
    is_closed = (_READY <= LAST) & (pl.lit(closes) < _READY)
    book.where(EXPANSION_AFTER_CLOSING, expansions, is_closed, "lead_time_days", ready=_READY, closes=pl.lit(closes))


def _check_needed(papers: Papers, expansions: Sheet, book: Book) -> None:
    """Say which expansions belong to a line that makes nothing anybody needs."""
    makes = _makes(papers)
    busy = makes.filter(pl.col("item").is_in(_wanted(papers).implode()))["process"]
    runs = pl.concat([papers[name].frame.select("process", "line") for name in ("processes", "loads")])
    lines = runs.filter(pl.col("process").is_in(busy.implode()))["line"].drop_nulls()
    is_idle = pl.col("line").is_not_null() & ~pl.col("line").is_in(lines.implode())
    book.where(EXPANSION_OF_IDLE_LINE, expansions, is_idle, "line")


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
    book.at(MINIMUM_RATE_ABOVE_CAPACITY, sheet, at, "minimum_per_month", capacity=most)


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
    words = {name: found[name] for name in ("line", "lot_hours", "most")}
    book.at(LOT_NEVER_FITS, sheet, found["at"], "minimum_lot", **words)


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
