"""Budgets: their years, and whether their figures can be right."""

from __future__ import annotations

import polars as pl

from scorta.case import Horizon
from scorta.check.book import Book
from scorta.check.contracts import SLIP
from scorta.check.sheet import Papers, Sheet
from scorta.languages import mark
from scorta.tables import FindingKind
from scorta.tables.findings import phrase

BUDGET_YEAR_OUTSIDE = FindingKind(
    "budget-year-outside",
    "warning",
    "The budget of {party} is for {value}, and the plan touches {years}, so the row has no effect.",
    "Correct the year, or lengthen the horizon.",
    "A budget is for a calendar year of which no day lies in the plan.",
)
BUDGET_YEAR_MISSING = FindingKind(
    "budget-year-missing",
    "warning",
    "{party} has budgets for some years of the plan, but none for {years}: it is not limited then.",
    "Add rows for these years; write 0 where nothing may be spent.",
    "A party has a budget for some calendar years of the plan and not for all.",
)
BUDGET_MAGNITUDE = FindingKind(
    "budget-magnitude",
    "warning",
    "The budget of {party} for {year} is {value}, and {usual} in its other years: one may be in the wrong unit.",
    "Check both; nothing needs to be done if they are right.",
    "A budget is at least 300 times the median of the same party's other rows, or at most a 300th of it.",
)
BUDGET_ABOVE_GDP = FindingKind(
    "budget-above-gdp",
    "warning",
    "The budget of {party} for {year} is {value}, more than its gross domestic product of {gdp}.",
    "Check the unit of both.",
    "A party may spend more in a year than it produces.",
)
BUDGET_BELOW_PRICE = FindingKind(
    "budget-below-price",
    "warning",
    "{party} may spend {amount} in {year}, and one unit costs at least {price} under its contracts.",
    "Check the unit: budgets are in EUR, not in millions.",
    "All budgets of a party for a year together do not pay for one unit of anything it has a contract for.",
)
BUDGET_BELOW_RECEIPTS = FindingKind(
    "budget-below-receipts",
    "warning",
    "{party} may spend {amount} in {year}, and receipts under its contracts alone cost {cost}.",
    "Raise the budget, or expect it to be exceeded by that much and nothing to be added.",
    "What scheduled receipts cost is more than the budget of their year.",
)


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
    first, last = str(years[0]), str(years[-1])
    touched = first if len(years) == 1 else phrase(mark("{first} to {last}"), first=first, last=last)
    book.where(BUDGET_YEAR_OUTSIDE, sheet, ~inside, "year", years=touched)
    rows = sheet.frame.with_row_index("at").filter(inside)
    held = rows.group_by("party", maintain_order=True).agg(pl.col("at").first(), pl.col("year").unique())
    gaps = [[str(year) for year in years if year not in set(found)] for found in held["year"]]
    held = held.with_columns(gap=pl.Series([", ".join(gap) for gap in gaps], dtype=pl.String))
    some = held.filter(pl.col("gap") != "")
    book.at(BUDGET_YEAR_MISSING, sheet, some["at"], "year", years=some["gap"])


def _check_magnitude(papers: Papers, sheet: Sheet, book: Book) -> None:
    """Compare a budget with the other budgets of its party, and with what the party produces."""
    amount = pl.col("amount_eur")
    rows = sheet.frame.with_row_index("at").filter(amount > 0.0)
    pairs = rows.select("at", "party").join(rows.select("party", other="at", figure="amount_eur"), on="party")
    usual = pairs.filter(pl.col("at") != pl.col("other")).group_by("at").agg(usual=pl.col("figure").median())
    wrong = rows.join(usual, on="at", maintain_order="left")
    wrong = wrong.filter((amount >= SLIP * pl.col("usual")) | (amount <= pl.col("usual") / SLIP))
    book.at(BUDGET_MAGNITUDE, sheet, wrong["at"], "amount_eur", usual=wrong["usual"])
    produced = papers["parties"].frame.select("party", gdp="gdp_eur").unique("party")
    above = rows.join(produced, on="party", maintain_order="left").filter(amount > pl.col("gdp"))
    book.at(BUDGET_ABOVE_GDP, sheet, above["at"], "amount_eur", gdp=above["gdp"])


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
    book.at(BUDGET_BELOW_PRICE, sheet, wrong["at"], "amount_eur", amount=wrong["amount"], price=wrong["price"])


def _check_forced(papers: Papers, sheet: Sheet, horizon: Horizon, book: Book) -> None:
    """Look for budgets that do not pay for the receipts of their year."""
    prices = papers["contracts"].frame.select("contract", "unit_price_eur", party="buyer").unique("contract")
    due = pl.max_horizontal("due_on", pl.lit(horizon.as_of)).dt.year().cast(pl.Int64)
    rows = papers["receipts"].frame.join(prices, on="contract").with_columns(year=due)
    cost = rows.group_by("party", "year").agg(cost=(pl.col("quantity") * pl.col("unit_price_eur")).sum())
    wrong = _by_year(sheet).join(cost, on=["party", "year"], maintain_order="left")
    wrong = wrong.filter(pl.col("year").is_in(list(horizon.years)) & (pl.col("cost") > pl.col("amount")))
    book.at(BUDGET_BELOW_RECEIPTS, sheet, wrong["at"], "amount_eur", amount=wrong["amount"], cost=wrong["cost"])
