"""What is nothing or at least something: lots that never fit, lines that can never run, shipments above their need."""

from __future__ import annotations

import numpy as np
import polars as pl

from scorta.case import BEYOND, Horizon
from scorta.check.book import Book
from scorta.check.needs import is_open
from scorta.check.sheet import Papers


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
