"""Two plans side by side: what each gives the needs, and who gives, orders and pays what for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from scorta.plan import Plan
from scorta.rules import ANSWER_TOLERANCE

DIFFERENCE_TOLERANCE = ANSWER_TOLERANCE
"""What counts as no difference, beside the larger of the two figures: the solver answers to about a millionth."""

GIFTS = ("pledge", "ask")
"""What a handover that is a gift stands on."""

NEED = ("on_time", "late", "unmet", "unit_days_late")
"""The figures of a need."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side: frames with the columns `..._before`, `..._after` and `..._change` of each figure.

    `totals` has a row for each figure of the whole plan; `needs` one for each need, worst first, and `only_in` says
    which plan alone has it; `given` by giver and item, `orders` by buyer, supplier and item, `spend` by party and year,
    `shares` by key and party.
    """

    titles: tuple[str, str]
    totals: pl.DataFrame
    needs: pl.DataFrame
    given: pl.DataFrame
    orders: pl.DataFrame
    spend: pl.DataFrame
    shares: pl.DataFrame

    def differing(self, table: str) -> pl.DataFrame:
        """Return the rows of a table in which a figure differs, or that only one plan has."""
        frame: pl.DataFrame = getattr(self, table)
        return frame.filter(pl.any_horizontal(_differs(frame)))


def compare(before: Plan, after: Plan) -> Comparison:
    """Lay two plans side by side."""
    orders = _both(before["orders"], after["orders"], ("buyer", "supplier", "item"), ("quantity", "cost_eur"))
    return Comparison(
        (before.record.title, after.record.title),
        pl.DataFrame(list(_totals(before, after)), schema=_TOTALS, orient="row"),
        _needs(before["fulfilment"], after["fulfilment"]),
        _both(_gifts(before), _gifts(after), ("giver", "item"), ("quantity", "value_eur")),
        orders,
        _both(before["spend"], after["spend"], ("party", "year"), ("amount_eur",)),
        _both(before["shares"], after["shares"], ("key", "party"), ("given_eur", "excess_eur")),
    )


_TOTALS = {"figure": pl.String, "priority": pl.Int64, "before": pl.Float64, "after": pl.Float64, "change": pl.Float64}
"""The columns of the figures of a whole plan."""

_DATES = ("required_by", "last_delivery")
"""The days of a need."""


def _differs(frame: pl.DataFrame) -> Iterator[pl.Expr]:
    """Yield by what the rows of a frame differ."""
    for name in frame.columns:
        if name.endswith("_change"):
            before, after = (pl.col(name.replace("_change", f"_{side}")) for side in ("before", "after"))
            size = pl.max_horizontal(before.abs(), after.abs(), pl.lit(1.0))
            yield (after - before).abs() > DIFFERENCE_TOLERANCE * size
    if "only_in" in frame.columns:
        yield pl.col("only_in").is_not_null()
        yield from (pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after")) for name in _DATES)


def _gifts(plan: Plan) -> pl.DataFrame:
    return plan["handovers"].filter(pl.col("basis").is_in(GIFTS))


def _both(before: pl.DataFrame, after: pl.DataFrame, keys: Sequence[str], figures: Sequence[str]) -> pl.DataFrame:
    """Add up figures by keys in both plans, side by side; what one plan lacks is nothing."""
    old, new = (
        frame.group_by(keys).agg(pl.col(name).sum().alias(f"{name}_{side}") for name in figures)
        for frame, side in ((before, "before"), (after, "after"))
    )
    rows = old.join(new, on=keys, how="full", coalesce=True, nulls_equal=True)
    rows = rows.with_columns(
        pl.col(f"{name}_{side}").fill_null(0.0) for name in figures for side in ("before", "after")
    )
    return rows.with_columns(_change(name) for name in figures).sort(keys)


def _change(name: str) -> pl.Expr:
    return (pl.col(f"{name}_after") - pl.col(f"{name}_before")).alias(f"{name}_change")


def _needs(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Lay the needs side by side, those that fare worse first."""
    sides = [
        frame.select("need", *(pl.col(name).alias(f"{name}_{side}") for name in frame.columns if name != "need"))
        for frame, side in ((before, "before"), (after, "after"))
    ]
    rows = sides[0].join(sides[1], on="need", how="full", coalesce=True)
    rows = rows.with_columns(
        *(pl.coalesce(f"{name}_after", f"{name}_before").alias(name) for name in ("priority", "place", "item")),
        only_in=pl.when(pl.col("asked_after").is_null())
        .then(pl.lit("before"))
        .when(pl.col("asked_before").is_null())
        .then(pl.lit("after")),
    )
    rows = rows.with_columns(_change(name) for name in ("asked", *NEED))
    figures = [f"{name}_{side}" for name in ("asked", *NEED, *_DATES) for side in ("before", "after")]
    changes = [f"{name}_change" for name in ("asked", *NEED)]
    rows = rows.sort(*_better(), "priority", "need")
    return rows.select("need", "priority", "place", "item", "only_in", *figures, *changes)


def _better() -> Iterator[pl.Expr]:
    """Yield how much better a need fares, in parts of what it asks for: what weighs most first."""
    asked = pl.max_horizontal("asked_before", "asked_after")
    for name, sign in (("unmet", -1), ("on_time", 1), ("unit_days_late", -1)):
        yield (sign * pl.col(f"{name}_change") / asked).fill_null(0.0).fill_nan(0.0)


def _totals(before: Plan, after: Plan) -> Iterator[tuple[str, int | None, float, float, float]]:
    """Yield the figures of the whole plan: the needs in all, those of each priority, and money."""
    for name in ("needs", "met", "partly_late", "short"):
        old, new = (float(getattr(plan.statistics.coverage, name)) for plan in (before, after))
        yield name, None, old, new, new - old
    priorities = sorted({*before["fulfilment"]["priority"], *after["fulfilment"]["priority"]})
    for priority in priorities:
        for name in ("unmet", "unit_days_late"):
            old, new = (_sum(plan["fulfilment"].filter(priority=priority), name) for plan in (before, after))
            yield name, priority, old, new, new - old
    for name, table, column in (
        ("given_eur", "handovers", "value_eur"),
        ("ordered_eur", "orders", "cost_eur"),
        ("spent_eur", "spend", "amount_eur"),
    ):
        old, new = (_sum(_gifts(plan) if table == "handovers" else plan[table], column) for plan in (before, after))
        yield name, None, old, new, new - old


def _sum(frame: pl.DataFrame, column: str) -> float:
    return float(frame[column].sum() or 0.0)
