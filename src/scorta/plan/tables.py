"""From an answer to the tables of a plan: numbers become codes and dates again."""

from __future__ import annotations

import polars as pl

from scorta.case import TYPES
from scorta.network import Network
from scorta.plan.contracts import orders, spend
from scorta.plan.keys import shares
from scorta.plan.legs import leg_use, shipments
from scorta.plan.levels import objectives
from scorta.plan.lines import expansions, line_load
from scorta.plan.needs import fulfilment, issues
from scorta.plan.plan import Answered
from scorta.plan.pledges import asks, handovers
from scorta.plan.production import component_use, kits, production
from scorta.plan.stocks import holdings, stock_levels
from scorta.problem import Problem
from scorta.solve import Answer
from scorta.tables import PLAN_TABLES


def plan_tables(network: Network, problem: Problem, answer: Answer) -> dict[str, pl.DataFrame]:
    """Return the tables of a plan by name, each with the columns of its description."""
    solved = Answered(network, problem, answer)
    issued, handed, shipped = issues(solved), handovers(solved), shipments(solved)
    held = holdings(solved)
    tables = {
        "fulfilment": fulfilment(solved, issued),
        "shipments": shipped,
        "leg_use": leg_use(solved, shipped),
        "issues": issued,
        "handovers": handed,
        "asks": asks(handed),
        "shares": shares(solved, handed),
        "orders": orders(solved),
        "production": production(solved),
        "kits": kits(solved),
        "component_use": component_use(solved),
        "line_load": line_load(solved),
        "expansions": expansions(solved),
        "stock_levels": stock_levels(solved),
        "holdings": held,
        "objectives": objectives(solved, held),
        "spend": spend(solved),
    }
    return {name: _shaped(name, frame) for name, frame in tables.items()}


def _shaped(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Give a table its columns, in order and of their types, sorted by its key."""
    table = PLAN_TABLES[name]
    columns = [pl.col(field.name).cast(TYPES[field.type]) for field in table]
    return frame.select(columns).sort(table.key, nulls_last=False, maintain_order=True)
