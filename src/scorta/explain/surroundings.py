"""The surroundings of an item: the part of a case that its supply depends on, so that the rest need not be planned."""

from __future__ import annotations

import polars as pl

from scorta.case import Case
from scorta.plan import Plan

SPENT = 0.999
"""Share of a budget from which on it counts as spent."""

BY_ITEM = ("processes", "stocks", "receipts", "objectives", "needs", "pledges", "contracts")
"""Tables whose rows are of an item."""

OF_PROCESSES = ("components", "coproducts", "loads")
"""Tables whose rows are of a process."""


def surroundings(case: Case, plan: Plan, wanted: str) -> Case:
    """Return the case with no other items than those that the supply of one depends on.

    Those are what can meet it, what that is made of and put together from, what runs on the same lines, and what is
    bought from the same budget where that is spent.
    """
    among = pl.col("item").is_in(_linked(case, plan, wanted).implode())
    tables = {name: case[name].filter(among) for name in BY_ITEM}
    runs = pl.col("process").is_in(tables["processes"]["process"].implode())
    tables |= {name: case[name].filter(runs) for name in OF_PROCESSES}
    return case.replace(**{name: table for name, table in tables.items() if name in case.given})


def _linked(case: Case, plan: Plan, item: str) -> pl.Series:
    """Return the items that hang together with one: each link ties what is made or met to what goes into it."""
    links = pl.concat(
        [
            case["substitutes"].select(one="item", other="substitute"),
            case["kits"].select(one="item", other="component"),
            _made_of(case, "components"),
            _made_of(case, "coproducts"),
            _on_lines(case),
            _bought_together(case, plan),
            _shared_out(case),
        ]
    )
    links = pl.concat([links, links.select(one="other", other="one")]).unique()
    found = pl.DataFrame({"one": [item]})
    while True:
        more = pl.concat([found, found.join(links, on="one").select(one="other")]).unique()
        if len(more) == len(found):
            return found["one"]
        found = more


def _made_of(case: Case, table: str) -> pl.DataFrame:
    """Return what each process makes, with what else it uses or gives."""
    rows = case[table].select("process", other="item")
    return rows.join(case["processes"].select("process", one="item"), on="process").select("one", "other")


def _on_lines(case: Case) -> pl.DataFrame:
    """Tie what runs on the same line."""
    runs = pl.concat([case["loads"].select("process", "line"), case["processes"].select("process", "line")])
    items = runs.drop_nulls().join(case["processes"].select("process", "item"), on="process")
    return _tied(items, "line")


def _bought_together(case: Case, plan: Plan) -> pl.DataFrame:
    """Tie what is bought by a party that spends all of a budget."""
    spent = _spent_budgets(case, plan)
    return _tied(case["contracts"].filter(pl.col("buyer").is_in(spent.implode())), "buyer")


def _shared_out(case: Case) -> pl.DataFrame:
    """Tie all that has a value where a party may give only so much above its share: a share is one of all gifts."""
    capped = case["keys"]["maximum_excess"].is_not_null().any()
    return _tied(case["items"].filter(pl.col("value_eur") > 0, pl.lit(capped)).with_columns(key=pl.lit(0)), "key")


def _spent_budgets(case: Case, plan: Plan) -> pl.Series:
    """Return the parties that have spent all of a year."""
    paid = plan["spend"].group_by("party", "year").agg(paid=pl.col("amount_eur").sum())
    funds = case["budgets"].group_by("party", "year").agg(funds=pl.col("amount_eur").sum())
    rows = funds.join(paid, on=["party", "year"]).filter(pl.col("paid") >= SPENT * pl.col("funds"))
    return rows["party"].unique()


def _tied(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    """Tie each item to the first of those that have the same."""
    return rows.select(one="item", other=pl.col("item").first().over(by)).unique()
