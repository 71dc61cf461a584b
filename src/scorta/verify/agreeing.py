"""The contracts as the checker reads them: what each still grants, from when until when, and what of it is due."""

from __future__ import annotations

import polars as pl

from scorta.case import BEYOND, Case
from scorta.verify.spans import to_day


def lay_contracts(case: Case) -> pl.DataFrame:
    """Return each contract with its parties, its days, its price, and what is left of it after receipts.

    `grant` is null where neither a firm quantity nor an option bounds it; `is_due` tells whether what is left of the
    firm quantity must be handed over within the plan.
    """
    horizon = case.horizon
    received = case["receipts"].group_by("contract").agg(received=pl.col("quantity").sum())
    rows = case["contracts"].join(received, on="contract", how="left").with_columns(
        pl.col("received").fill_null(0.0), starts=to_day("from_date", horizon, 0), stops=to_day("until_date", horizon)
    )  # fmt: skip
    firm, said = pl.col("firm").fill_null(0.0), pl.max_horizontal("firm", "option").is_not_null()
    in_force = (pl.col("stops") >= 0) & (pl.col("starts") <= horizon.last_day)
    ends_within = (pl.col("stops") <= horizon.last_day) | (pl.col("stops") == BEYOND)
    left = (firm + pl.col("option").fill_null(0.0) - pl.col("received")).clip(lower_bound=0.0)
    return rows.select(
        "contract",
        "starts",
        "stops",
        contract_supplier="supplier",
        contract_buyer="buyer",
        contract_item="item",
        delivers_to="deliver_to",
        price="unit_price_eur",
        grant=pl.when(said).then(left),
        firm_left=(firm - pl.col("received")).clip(lower_bound=0.0),
        is_due=in_force & ends_within,
    )
