"""Budgets: their years, and whether their figures can be right."""

from __future__ import annotations

import polars as pl

from scorta.case import Horizon
from scorta.check.book import Book
from scorta.check.contracts import SLIP
from scorta.check.sheet import Papers, Sheet


def check_budgets(papers: Papers, book: Book) -> None:
    """Say which budgets are for no year of the plan, which are missing, and which are probably in the wrong unit."""
    sheet = papers["budgets"]
    if sheet.frame.is_empty():
        return
    _check_magnitude(papers, sheet, book)
    _check_prices(papers, sheet, book)
    if papers.horizon is not None:
        _check_years(sheet, papers.horizon, book)
        _check_forced(papers, sheet, papers.horizon, book)


def _check_years(sheet: Sheet, horizon: Horizon, book: Book) -> None:
    """Compare the years of budgets with those of the plan."""
    years = list(horizon.years)
    inside = pl.col("year").is_in(years)
    touched = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
    book.where("budget-year-outside", sheet, ~inside, "year", party=pl.col("party"), years=touched)
    rows = sheet.frame.with_row_index("at").filter(inside)
    held = rows.group_by("party", maintain_order=True).agg(pl.col("at").first(), pl.col("year").unique())
    gaps = [[str(year) for year in years if year not in set(found)] for found in held["year"]]
    held = held.with_columns(gap=pl.Series([", ".join(gap) for gap in gaps], dtype=pl.String))
    some = held.filter(pl.col("gap") != "")
    book.at("budget-year-missing", sheet, some["at"], "year", party=some["party"], years=some["gap"])


def _check_magnitude(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Compare a budget with the other budgets of its party, and with what the party produces."""
    amount = pl.col("amount_eur")
    rows = sheet.frame.with_row_index("at").filter(amount > 0.0)
    pairs = rows.select("at", "party").join(rows.select("party", other="at", figure="amount_eur"), on="party")
    usual = pairs.filter(pl.col("at") != pl.col("other")).group_by("at").agg(usual=pl.col("figure").median())
    wrong = rows.join(usual, on="at", maintain_order="left")
    wrong = wrong.filter((amount >= SLIP * pl.col("usual")) | (amount <= pl.col("usual") / SLIP))
    words = {name: wrong[name] for name in ("party", "year", "usual")}
    book.at("budget-magnitude", sheet, wrong["at"], "amount_eur", **words)
    produced = papers["parties"].frame.select("party", gdp="gdp_eur").unique("party")
    above = rows.join(produced, on="party", maintain_order="left").filter(amount > pl.col("gdp"))
    words = {name: above[name] for name in ("party", "year", "gdp")}
    book.at("budget-above-gdp", sheet, above["at"], "amount_eur", **words)


def _by_year(sheet: Sheet) -> pl.DataFrame:
    """Return what each party may spend in each year, with the first row that says so."""
    rows = sheet.frame.with_row_index("at")
    return rows.group_by("party", "year", maintain_order=True).agg(
        pl.col("at").first(), amount=pl.col("amount_eur").sum()
    )


def _check_prices(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Look for budgets that do not pay for one unit of anything."""
    priced = papers["contracts"].frame.filter(pl.col("unit_price_eur") > 0.0)
    least = priced.group_by(party="buyer").agg(price=pl.col("unit_price_eur").min())
    rows = _by_year(sheet).join(least, on="party", maintain_order="left")
    wrong = rows.filter((pl.col("amount") > 0.0) & (pl.col("amount") < pl.col("price")))
    words = {name: wrong[name] for name in ("party", "year", "amount", "price")}
    book.at("budget-below-price", sheet, wrong["at"], "amount_eur", **words)


def _check_forced(papers: Papers, sheet: Sheet, horizon: Horizon, book: Book) -> None:
    """Look for budgets that do not pay for the receipts of their year."""
    prices = papers["contracts"].frame.select("contract", "unit_price_eur", party="buyer").unique("contract")
    due = pl.max_horizontal("due_on", pl.lit(horizon.as_of)).dt.year().cast(pl.Int64)
    rows = papers["receipts"].frame.join(prices, on="contract").with_columns(year=due)
    cost = rows.group_by("party", "year").agg(cost=(pl.col("quantity") * pl.col("unit_price_eur")).sum())
    wrong = _by_year(sheet).join(cost, on=["party", "year"], maintain_order="left")
    wrong = wrong.filter(pl.col("year").is_in(list(horizon.years)) & (pl.col("cost") > pl.col("amount")))
    words = {name: wrong[name] for name in ("party", "year", "amount", "cost")}
    book.at("budget-below-receipts", sheet, wrong["at"], "amount_eur", **words)
