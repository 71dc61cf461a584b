"""Two plans side by side on a page: the figures of both, for whom they differ, and because of which changed rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from scorta.languages import mark, say, say_count, write_number
from scorta.report.changes import write_group, write_label
from scorta.report.page import Cell, Column, Grid, Page, Words, in_language, left_out, to_plain

if TYPE_CHECKING:
    from scorta.difference import Attribution, Comparison, Group


_FIGURES = {
    "needs": mark("Open needs"),
    "met": mark("Met in full on time"),
    "partly_late": mark("In full, but partly late"),
    "short": mark("Short"),
    "unmet": mark("Units unmet"),
    "unit_days_late": mark("Unit-days late"),
    "given_eur": mark("Given, EUR"),
    "ordered_eur": mark("Ordered, EUR"),
    "spent_eur": mark("Spent, EUR"),
}
"""What the figures of a whole plan are called."""

_SIDES = (Column(mark("Before"), "number"), Column(mark("After"), "number"), Column(mark("Change"), "number"))

_NEED = {
    "need": Column(mark("Need")),
    "item": Column(mark("Item")),
    "asked_before": Column(mark("Asked"), "number"),
    "asked_after": Column(mark("after"), "number"),
    "on_time_before": Column(mark("On time"), "number", "good"),
    "on_time_after": Column(mark("after"), "number", "good"),
    "late_before": Column(mark("Late"), "number", "late"),
    "late_after": Column(mark("after"), "number", "late"),
    "unmet_before": Column(mark("Unmet"), "number", "bad"),
    "unmet_after": Column(mark("after"), "number", "bad"),
}
"""The columns of the needs."""

_LAST = {
    "need": Column(mark("Need")),
    "item": Column(mark("Item")),
    "last_delivery_before": Column(mark("Last comes"), "date", empty=mark("never")),
    "last_delivery_after": Column(mark("after"), "date", empty=mark("never")),
    "later": Column(mark("Days later"), "number"),
    "unit_days_late_before": Column(mark("Unit-days late"), "number", "late"),
    "unit_days_late_after": Column(mark("after"), "number", "late"),
}
"""The columns of when needs receive the last."""

_FRAMES: Mapping[str, tuple[str, Sequence[tuple[str, str]], Mapping[str, Column]]] = {
    "given": (
        mark("Given, by giver and item"),
        (("quantity", mark("Units")), ("value_eur", mark("EUR"))),
        {"giver": Column(mark("Giver")), "item": Column(mark("Item"))},
    ),
    "orders": (
        mark("Ordered, by buyer and item"),
        (("quantity", mark("Units")), ("cost_eur", mark("EUR"))),
        {"buyer": Column(mark("Buyer")), "supplier": Column(mark("Supplier")), "item": Column(mark("Item"))},
    ),
    "spend": (
        mark("Spent, by party and year, EUR"),
        (("amount_eur", ""),),
        {"party": Column(mark("Party")), "year": Column(mark("Year"), "year")},
    ),
    "shares": (
        mark("Given by the parties of a key, and above their shares, EUR"),
        (("given_eur", mark("Given")), ("excess_eur", mark("Above"))),
        {"key": Column(mark("Key")), "party": Column(mark("Party"))},
    ),
}
"""What stands side by side beside the needs: the title, the figures, and what names a row."""


def compare_page(
    comparison: Comparison, attributed: Page | None = None, need: str | None = None, limit: int = 0, every: bool = False
) -> Page:
    """Return the page of two plans side by side, the first `limit` rows of each table (0 for all).

    Only what differs is listed, unless `every` is asked; `attributed` is the page that says because of which rows.
    """
    before, after = comparison.titles
    title = before if before == after else f"{before} · {after}"
    why = attributed.blocks if attributed is not None else ()
    if need is not None:
        return Page(title, (*why, *_needs(comparison.needs.filter(need=need), limit)))
    found = {name: _rows(comparison, name, every) for name in ("needs", *_FRAMES)}
    frames = (_frame(found[name], name, limit) for name in _FRAMES if not found[name].is_empty())
    return Page(title, (_totals(comparison.totals), *why, *_needs(found["needs"], limit), *frames))


def plain_comparison(comparison: Comparison, need: str | None = None, every: bool = False) -> dict[str, Any]:
    """Return two plans side by side as plain values, every field and nothing rounded: what differs, or all of it."""
    if need is not None:
        return {"needs": comparison.needs.filter(need=need).to_dicts()}
    return {
        name: _rows(comparison, name, every or name == "totals").to_dicts() for name in ("totals", "needs", *_FRAMES)
    }


def _rows(comparison: Comparison, name: str, every: bool) -> pl.DataFrame:
    """Return the rows of a table: all of them, or those that differ."""
    frame: pl.DataFrame = getattr(comparison, name)
    return frame if every else comparison.differing(name)


def _totals(totals: pl.DataFrame) -> Grid:
    """Return the figures of the whole plan."""
    rows = []
    for figure, priority, before, after, change in totals.iter_rows():
        name = say(_FIGURES[figure])
        if priority is not None:
            name = say("{figure}, priority {priority}", figure=name, priority=priority)
        rows.append((name, before, after, _still(change, before, after)))
    return Grid(say("Before and after"), in_language((Column(mark("Figure")), *_SIDES)), tuple(rows))


def _still(change: float, before: float, after: float) -> float:
    """Return a change; one that is round-off is none."""
    return 0.0 if abs(change) <= ROUND_OFF_TOLERANCE * max(abs(before), abs(after), 1.0) else change


def _needs(rows: pl.DataFrame, limit: int) -> tuple[Grid | Words, ...]:
    """Return the needs side by side, those that fare worse first, and of which the last comes on another day."""
    if rows.is_empty():
        return (Words(say("Every need is met as before."), title=say("Needs")),)
    only = pl.col("only_in").replace({"before": say("only before"), "after": say("only after")})
    named = rows.with_columns(need=pl.coalesce(pl.format("{} ({})", "need", only), "need"))
    columns = {name: column for name, column in _NEED.items() if not _is_bare(named, name)}
    days = (pl.col("last_delivery_after") - pl.col("last_delivery_before")).dt.total_days()
    last = named.filter(pl.col("last_delivery_before").ne_missing(pl.col("last_delivery_after")))
    moved = _cut(say("Needs of which the last comes on another day"), last.with_columns(later=days), _LAST, limit)
    return _cut(say("Needs, those that fare worse first"), named, columns, limit), *([moved] if last.height else [])


def _is_bare(rows: pl.DataFrame, name: str) -> bool:
    """Tell whether a column of the needs says nothing: nothing is late or unmet, or as much is asked as before."""
    if name.startswith("asked"):
        return bool((rows["asked_change"].fill_null(1.0) == 0).all()) and name == "asked_after"
    return name.startswith(("late", "unmet")) and not _fills(rows, name.rpartition("_")[0])


def _fills(rows: pl.DataFrame, figure: str) -> bool:
    """Tell whether a figure is anything but nothing in some row, before or after."""
    return any((rows[f"{figure}_{side}"].fill_null(0.0) != 0).any() for side in ("before", "after"))


def _frame(rows: pl.DataFrame, name: str, limit: int) -> Grid:
    """Return one table side by side, without figures that nobody has."""
    title, figures, keys = _FRAMES[name]
    columns = dict(keys)
    for figure, words in figures:
        if _fills(rows, figure):
            columns[f"{figure}_before"] = Column(words or mark("Before"), "number")
            columns[f"{figure}_after"] = Column(mark("after"), "number")
    return _cut(say(title), rows, columns, limit)


def _cut(title: str, rows: pl.DataFrame, columns: Mapping[str, Column], limit: int) -> Grid:
    """Lay out the first rows, and say how many are left."""
    shown = rows.head(limit) if limit else rows
    cells = tuple(shown.select(list(columns)).iter_rows())
    return Grid(title, in_language(columns.values()), cells, left_out(rows.height - shown.height))


ROUND_OFF_TOLERANCE = 1e-6
"""Part of the larger of two figures up to which their difference is round-off."""

CHANGE_TOLERANCE = 1e-4
"""Units and unit-days below which a change is round-off."""

TOLD = 3
"""Needs that the sentence of a group names: those for which it matters most."""

_MEASURES = {
    "unmet": mark("Unmet"),
    "unit_days_late": mark("Unit-days"),
    "met": mark("Needs met"),
    "on_time": mark("On time"),
    "late": mark("Late"),
}
"""What measures are called at the head of a column."""


def attribution_page(title: str, found: Attribution, comparison: Comparison, need: str | None = None) -> Page:
    """Return the page that says because of which rows two plans differ: all needs, or one."""
    heading = say("Because of which rows")
    if not found.groups:
        words = say("No row on which a plan depends differs between the two cases.")
        return Page(title, (Words(words, title=heading), *_table(found, need)))
    effects = _told(found.effects, comparison, need)
    order = effects.group_by("group").agg(pl.col("weight").sum()).sort("weight", descending=True)["group"].to_list()
    groups = sorted(found.groups, key=lambda group: order.index(group.label) if group.label in order else len(order))
    sentences = [
        say("Because {change}: {effect}.", change=write_group(group), effect=_effect(effects, group))
        for group in groups
    ]
    return Page(title, (Words("\n".join(sentences), title=heading), *_table(found, need)))


def plain_attribution(found: Attribution) -> dict[str, Any]:
    """Return an attribution as plain values; changes that are nothing are left out."""
    groups = [{"group": group.label, "rows": group.addresses, "words": write_group(group)} for group in found.groups]
    effects = found.effects.filter(pl.col("change") != 0).to_dicts()
    method = "every order" if found.every_order else "in order"
    plain: dict[str, Any] = to_plain({"method": method, "plans": found.plans, "groups": groups})
    return {**plain, "effects": effects}


def _told(effects: pl.DataFrame, comparison: Comparison, need: str | None) -> pl.DataFrame:
    """Return what groups do to needs, each with its weight: the part of what the need asks for.

    Of all needs those are left out that only change places with others of their item and priority: which of them
    receives what makes no plan better.
    """
    asked = comparison.needs.select("need", "priority", "item", asked=pl.max_horizontal("asked_before", "asked_after"))
    rows = effects.drop("priority").filter(pl.col("need").is_not_null() if need is None else pl.col("need") == need)
    rows = rows.join(asked, on="need", how="left")
    if need is None:
        counts = pl.when(pl.col("measure").is_in(["unmet", "unit_days_late"])).then(pl.col("change"))
        alike = counts.sum().over("group", "priority", "item", "measure").abs()
        rows = rows.filter(alike.max().over("group", "priority", "item") > CHANGE_TOLERANCE)
    days = pl.when(pl.col("measure") == "unit_days_late").then(1 / 365).otherwise(1.0)
    rows = rows.filter(pl.col("change").abs() > CHANGE_TOLERANCE)
    return rows.with_columns(weight=pl.col("change").abs() / pl.col("asked") * days)


def _effect(effects: pl.DataFrame, group: Group) -> str:
    """Say what a group does to the needs for which it matters most."""
    rows = effects.filter(pl.col("group") == group.label)
    needs = rows.group_by("need").agg(pl.col("weight").sum()).sort("weight", "need", descending=[True, False])["need"]
    told = [", ".join(_effects(rows.filter(need=need), need)) for need in needs[:TOLD]]
    left = len(needs) - len(told)
    if left:
        told.append(say_count("and {number} other need", "and {number} other needs", left))
    return "; ".join(told) or say("nothing changes for any need")


def _effects(rows: pl.DataFrame, need: str) -> Iterator[str]:
    """Yield what a group does to a need: what comes on time, what comes at all, or how late it is."""
    change = dict(rows.select("measure", "change").iter_rows())
    if "on_time" in change:
        yield _more(change["on_time"], mark("{more} of {need} on time"), need)
    if "unmet" in change and abs(change["unmet"] + change.get("on_time", 0.0)) > CHANGE_TOLERANCE:
        yield _more(change["unmet"], mark("{more} of {need} unmet"), need)
    if "on_time" not in change and "unmet" not in change and "unit_days_late" in change:
        yield _more(change["unit_days_late"], mark("{more} unit-days late of {need}"), need)
    elif "on_time" not in change and "unmet" not in change:
        yield say("{need} asks for another quantity", need=need)


def _more(change: float, sentence: str, need: str) -> str:
    """Say of a need how many more or fewer."""
    number = write_number(abs(change))
    more = say("{number} more", number=number) if change > 0 else say("{number} fewer", number=number)
    return say(sentence, more=more, need=need)


def _table(found: Attribution, need: str | None) -> tuple[Grid, ...]:
    """Return what each group does to the measures, with what is left, adding up to the total."""
    measures = _measures(found, need)
    if not measures:
        return ()
    rows = [(write_label(group), *_cells(found, group.label, measures)) for group in found.groups]
    rest = _cells(found, found.rest, measures)
    if any(rest):
        rows.append((say("no row"), *rest))
    total = found.effects.group_by("measure", "priority", "need").agg(pl.col("change").sum())
    columns = tuple(Column(_head(*one), "number") for one in measures)
    rows.append((say("all"), *(_cell(total, *one) for one in measures)))
    columns = (*in_language([Column(mark("Changed"))]), *columns)
    return (Grid(say("What each did"), columns, tuple(rows), _note(found, any(rest))),)


def _measures(found: Attribution, need: str | None) -> list[tuple[str, int | None, str | None]]:
    """Return the measures that stand in the table: of one need, or of each priority and of all needs."""
    rows = found.effects.filter(pl.col("need").is_null() if need is None else pl.col("need") == need)
    rows = rows.with_columns(moved=pl.col("change").abs().max().over("measure", "priority", "need"))
    names = ("measure", "priority", "need")
    moving = (
        rows.filter(pl.col("moved") > CHANGE_TOLERANCE)
        .select(names)
        .unique(maintain_order=True)
        .sort("priority", nulls_last=True)
    )
    return list(moving.iter_rows())


def _head(measure: str, priority: int | None, need: str | None) -> str:
    """Return the head of a column."""
    head = say(_MEASURES[measure])
    return f"{head} ({priority})" if priority is not None else head


def _cells(found: Attribution, label: str, measures: list[tuple[str, int | None, str | None]]) -> tuple[Cell, ...]:
    """Return the row of a group."""
    rows = found.effects.filter(pl.col("group") == label)
    return tuple(_cell(rows, *one) for one in measures)


def _cell(rows: pl.DataFrame, measure: str, priority: int | None, need: str | None) -> float:
    """Return one change; what is round-off is nothing."""
    same = (
        pl.col("measure") == measure,
        pl.col("priority").eq_missing(priority),
        pl.col("need").eq_missing(need),
    )
    change = float(rows.filter(*same)["change"].sum())
    return 0.0 if abs(change) <= CHANGE_TOLERANCE else change


def _note(found: Attribution, is_rest: bool) -> str:
    """Say how the difference was attributed."""
    heads = say("Unmet in units, and unit-days late; in brackets the priority.")
    rest = say("No row: a choice among plans that are as good, or other options of the two plans.")
    told = (heads, _how(found), say("They add up to the whole difference."), rest if is_rest else "")
    return " ".join(filter(None, told))


def _how(found: Attribution) -> str:
    """Say how several groups share the difference: over every order of them, or in that in which they stand."""
    number = len(found.groups)
    if number < 2:
        return ""
    plans = say_count("{number} plan", "{number} plans", found.plans)
    if not found.every_order:
        return say(
            "Each is what its rows add to those above it ({plans}): another order shares it otherwise.", plans=plans
        )
    return say(
        "Each is what its rows add, as the mean over all orders in which the {groups} could have changed ({plans}): no "
        "order is favoured.",
        groups=number,
        plans=plans,
    )
