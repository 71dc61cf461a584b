"""How far the needs are covered: by the date they are required by, and which stay shortest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from scorta.plan import cover
from scorta.report.numbers import NOISE, count
from scorta.report.page import Column, Grid, Words
from scorta.report.statistics import COVER_COLUMNS, COVER_NOTE, shown
from scorta.report.view_needing import NEEDS

if TYPE_CHECKING:
    from scorta.case import Case

DATES = 8
"""Required-by dates that stand in rows of their own; where there are more, each month is a row."""

_UNMET = pl.col("unmet") / pl.col("asked")
_LATE = pl.col("late") / pl.col("asked")


NAMED = 5
"""Needs required after the plan that are named; the rest are counted."""


def overview(fulfilment: pl.DataFrame, case: Case) -> Words:
    """Say in a few sentences how the needs stand, and which are not planned."""
    return Words(f"{_standing(fulfilment, case)}{_afterwards(case)}{_drafts(case)}")


def _standing(fulfilment: pl.DataFrame, case: Case) -> str:
    """Count the needs that are met, late and short."""
    if fulfilment.is_empty():
        is_none = case["needs"].filter(pl.col("state") == "open").is_empty()
        return "The case has no open need." if is_none else "No open need is required by the last day of the plan."
    met = cover(fulfilment)
    return (
        f"{count(met.needs, 'open need')}: {met.met:,} met in full on time, {met.partly_late:,} in full but partly "
        f"late, {met.short:,} short."
    )


def _afterwards(case: Case) -> str:
    """Count and name the open needs that are required too late to be planned."""
    is_after = (pl.col("state") == "open") & (pl.col("required_by") > last_day(case))
    codes = case["needs"].filter(is_after)["need"].to_list()
    more = f" and {len(codes) - NAMED:,} more" if len(codes) > NAMED else ""
    named = f"({', '.join(codes[:NAMED])}{more})"
    return (
        f" {count(len(codes), 'need')} not planned: required after the last day of the plan {named}." if codes else ""
    )


def _drafts(case: Case) -> str:
    """Count the drafts."""
    drafts = case["needs"].filter(pl.col("state") == "draft").height
    return f" {count(drafts, 'draft')} not planned: a draft is planned once its state is open." if drafts else ""


def coverage_grid(fulfilment: pl.DataFrame) -> Grid:
    """Return how the needs of each date or month are met.

    Units differ from item to item, so the shares are means over the needs, each need counting once.
    """
    rows = [(label, *shown(cover(part))) for label, part in _periods(_asked(fulfilment))]
    columns = (Column("Required by"), *COVER_COLUMNS)
    note = f"{COVER_NOTE}\nOn time is what is issued by the end of the bucket of the day required."
    return Grid("Needs covered, by date", columns, tuple(rows), note)


def shortest_grid(fulfilment: pl.DataFrame, case: Case, folder: str, number: int = 3) -> Grid | Words:
    """Return the needs that stay shortest: by the share unmet, then by the share late, then by priority and date."""
    wanting = _asked(fulfilment).filter(pl.col("unmet") + pl.col("late") > NOISE)
    if wanting.is_empty():
        return Words("None: every need is met in full and on time.", "good", "Shortest needs")
    order = wanting.with_columns(short=_UNMET, behind=_LATE).sort(
        ["short", "behind", "priority", "required_by", "need"], descending=[True, True, False, False, False]
    )
    rows = _with_names(order.head(number), case)
    fields = ("priority", "need", "place", "item", "required_by", "asked", "on_time", "late", "unmet")
    columns = tuple(NEEDS.columns[name] for name in fields)
    left = wanting.height - rows.height
    note = f"{count(left, 'more need')} short or late: {where('needs', folder)}." if left else ""
    title = f"The shortest {count(rows.height, 'need')}" if rows.height > 1 else "The shortest need"
    return Grid(title, columns, tuple(rows.select(fields).iter_rows()), note)


def where(view: str, folder: str) -> str:
    """Say where a whole view is: on the command line if the plan lies in a folder, else in Python."""
    return f"`scorta show {folder} {view}`" if folder else f"`plan.{view}`"


def _asked(fulfilment: pl.DataFrame) -> pl.DataFrame:
    """Leave out needs that ask for nothing: no share can be told of them."""
    return fulfilment.filter(pl.col("asked") > 0)


def _periods(needs: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """Part the needs by date, or by month where there are many dates; the whole stands last."""
    month = needs["required_by"].n_unique() > DATES
    label = pl.col("required_by").dt.strftime("%Y-%m" if month else "%Y-%m-%d")
    labelled = needs.with_columns(period=label).sort("period")
    parts = [(str(key[0]), part) for key, part in labelled.group_by("period", maintain_order=True)]
    return [*parts, ("all", needs)] if len(parts) != 1 else parts


def _with_names(needs: pl.DataFrame, case: Case) -> pl.DataFrame:
    """Put the names of places and items where the case has them, in place of their codes."""
    for table, field in (("places", "place"), ("items", "item")):
        names = case[table].select(field, "name").unique(field)
        needs = needs.join(names, on=field, how="left", maintain_order="left")
        needs = needs.with_columns(pl.coalesce("name", field).alias(field)).drop("name")
    return needs


def last_day(case: Case) -> dt.date:
    """Return the last day of the plan."""
    return case.horizon.date(case.horizon.last_day)
