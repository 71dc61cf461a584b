"""A problem written out for a person: columns, rows and tiers in the codes of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl

from scorta.case import BEYOND, Days, Floats
from scorta.network import KINDS, WHOLE, Network
from scorta.problem.problem import Family, Problem, Release, TierSum
from scorta.rules import Column, Rule


def write_text(network: Network, problem: Problem) -> str:
    """Write a whole problem: its tiers, the rows of every rule, and the bounds that are not from 0 to any number."""
    columns = _all_labels(network, problem)
    lines = ["Tiers", *(_tier(tier, columns) for tier in problem.tiers), *_release(problem.release, columns)]
    lines += ["", "Rules", *(line for name in problem.rules for line in _rows(network, problem, name, columns))]
    lines += ["", "Bounds", *_bounds(problem, np.arange(len(columns)), columns)]
    return "\n".join(lines) + "\n"


def write_tiers(network: Network, problem: Problem) -> str:
    """Write only what is made as small as possible, in order, and where floors give way."""
    columns = _all_labels(network, problem)
    lines = [*(_tier(tier, columns) for tier in problem.tiers), *_release(problem.release, columns)]
    return "\n".join(lines) + "\n"


def write_rule(network: Network, problem: Problem, name: Rule) -> str:
    """Write the rows of one rule, and the bounds of the columns that stand in them."""
    columns = _all_labels(network, problem)
    rule = problem.rules[name]
    inside = np.flatnonzero((problem.rows >= rule.start) & (problem.rows < rule.stop))
    used = np.unique(np.searchsorted(problem.starts, inside, side="right") - 1)
    return "\n".join([*_rows(network, problem, name, columns), *_bounds(problem, used, columns)]) + "\n"


def _all_labels(network: Network, problem: Problem) -> list[str]:
    """Return the label of every column of a problem."""
    return [label for name in problem.columns for label in label_columns(network, problem, name)]


def _rows(network: Network, problem: Problem, name: Rule, columns: list[str]) -> Iterator[str]:
    """Yield the rows of a rule, each with its columns on the left and its sides."""
    rule = problem.rules[name]
    column = np.repeat(np.arange(len(columns)), np.diff(problem.starts))
    inside = np.flatnonzero((problem.rows >= rule.start) & (problem.rows < rule.stop))
    inside = inside[np.lexsort((column[inside], problem.rows[inside]))]
    heads = np.searchsorted(problem.rows[inside], np.arange(rule.start, rule.stop + 1))
    for number, label in enumerate(label_rows(network, problem, name)):
        at = inside[heads[number] : heads[number + 1]]
        row = rule.start + number
        words = _sum(column[at], problem.values[at], columns)
        yield f"{label}: {_between(problem.row_lower[row], words, problem.row_upper[row])}"


def _bounds(problem: Problem, numbers: Days, columns: list[str]) -> Iterator[str]:
    """Yield the bounds of columns that are not from 0 to any number, and which are whole."""
    whole = np.isin(numbers, problem.whole)
    for number, is_whole in zip(numbers, whole, strict=True):
        lower, upper = problem.lower[number], problem.upper[number]
        if lower != 0 or np.isfinite(upper) or is_whole:
            within = _between(lower if lower != 0 or upper == 0 else -np.inf, columns[number], upper)
            yield f"{within}, whole" if is_whole else within


def _between(lower: float, words: str, upper: float) -> str:
    """Write a sum within its sides."""
    if lower == upper:
        return f"{words} = {_number(upper)}"
    low = f" >= {_number(lower)}" if np.isfinite(lower) else ""
    high = f" <= {_number(upper)}" if np.isfinite(upper) else ""
    return f"{_number(lower)} <= {words}{high}" if low and high else f"{words}{low or high}"


def _sum(numbers: Days, values: Floats, columns: list[str]) -> str:
    """Write a sum of columns, each with its sign and, unless it is 1, its coefficient."""
    words = ""
    for number, value in zip(numbers, values, strict=True):
        size = "" if abs(value) == 1 else f"{_number(abs(value))} "
        sign = "- " if value < 0 else "+ " if words else ""
        words += f"{' ' if words else ''}{sign}{size}{columns[number]}"
    return words or "0"


def _number(value: float) -> str:
    """Write a number: whole ones in full, others to six digits."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.6g}"


def _tier(tier: TierSum, columns: list[str]) -> str:
    return f"{tier.name}: {_sum(tier.columns, tier.costs, columns)}"


def _release(release: Release | None, columns: list[str]) -> Iterator[str]:
    """Yield where floors give way to own needs: what is watched, what is freed, what may not grow."""
    if release is not None:
        watch, freed, capped = (
            ", ".join(columns[number] for number in numbers) or "nothing"
            for numbers in (release.watch, release.freed, release.capped)
        )
        yield f"floors give way where there is: {watch}"
        yield f"these floors: {freed}"
        yield f"without more of: {capped}"


Parts = list[pl.Series]
"""What stands between the brackets of labels, one series for each comma; null where a label lacks that part."""


def label_columns(network: Network, problem: Problem, name: Column) -> pl.Series:
    """Return the labels of a family of columns, such as `stock[DEPOT,rice,for N1,until 2023-01-31,3]`."""
    return _labels(network, problem.columns[name])


def label_rows(network: Network, problem: Problem, name: Rule) -> pl.Series:
    """Return the labels of the rows of a rule, such as `balance[DEPOT,rice,3]`."""
    return _labels(network, problem.rules[name])


def _labels(network: Network, family: Family) -> pl.Series:
    """Return the label of every member of a family, made from the arrays of its index."""
    parts: Parts = []
    for side, numbers in family.index.items():
        parts += (_OWNERS[family.name] if side == "owner" else _SIDES[side])(network, numbers)
    named = {f"part {number}": part for number, part in enumerate(parts)}
    inside = pl.concat_str(list(named), separator=",", ignore_nulls=True)
    return pl.DataFrame(named).select(label=pl.format("{}[{}]", pl.lit(family.name), inside))["label"]


def _bucket(network: Network, bucket: Days) -> Parts:
    return [pl.Series(bucket).cast(pl.String)]


def _day(network: Network, day: Days) -> Parts:
    return [_dates(network, day)]


def _place(network: Network, place: Days) -> Parts:
    return [network.names.places.code(place)]


def _spot(network: Network, spot: Days) -> Parts:
    spots, names = network.spots, network.names
    return [names.places.code(spots.place[spot]), names.items.code(spots.item[spot]), *_lot(network, spot)]


def _lot(network: Network, spot: Days) -> Parts:
    """Return what goods are reserved for, or that they wait for repair, and the last day of their use."""
    expires = network.spots.expires[spot]
    last = _dates(network, np.where(expires >= BEYOND, 0, expires))
    until = pl.select(pl.when(pl.Series(expires < BEYOND)).then("until " + last)).to_series()
    return [*_held(network, network.spots.reservation[spot]), until]


def _held(network: Network, reservation: Days) -> Parts:
    """Return what goods are reserved for, or that they wait for repair."""
    waits = pl.select(
        pl.when(pl.Series(reservation == network.names.repairable)).then(pl.lit("repairable"))
    ).to_series()
    return ["for " + _claim(network, reservation), waits]


def _claim(network: Network, reservation: Days) -> pl.Series:
    """Return the code of what goods are reserved for, null where for nothing."""
    return network.names.reservations.code(np.where(reservation == 0, -1, reservation))


def _dates(network: Network, days: Days) -> pl.Series:
    return pl.Series(np.datetime64(network.horizon.as_of, "D") + days).cast(pl.Date).cast(pl.String)


def _move(network: Network, move: Days) -> Parts:
    """Return leg, item, lot, what the goods become reserved for on the way, and the window."""
    moves, spots = network.moves, network.spots
    origin, reservation = moves.origin[move], spots.reservation[moves.destination[move]]
    reserved = np.where(reservation == spots.reservation[origin], 0, reservation)
    leg = network.names.legs.code(moves.leg[move])
    return [leg, network.names.items.code(spots.item[origin]), *_lot(network, origin), _becomes(network, reserved),
            _window(network, moves.window[move])]  # fmt: skip


def _window(network: Network, window: Days) -> pl.Series:
    """Return the days of a window, null where goods may leave on any day of the bucket."""
    first, last = network.windows.opens(window), network.windows.closes(window)
    whole = window == WHOLE
    days = _dates(network, np.where(whole, 0, first)) + " to " + _dates(network, np.where(whole, 0, last))
    return pl.select(pl.when(pl.Series(~whole)).then(days)).to_series()


def _becomes(network: Network, reservation: Days) -> pl.Series:
    return "becomes for " + _claim(network, reservation)


def _process(network: Network, process: Days) -> Parts:
    return _recipe_row(network, network.production.row[process])


def _use(network: Network, use: Days) -> Parts:
    """Return the spot, and what its goods stand in for where that is another item."""
    component_use, spots = network.component_use, network.spots
    component = network.names.items.code(spots.item[component_use.target[use]])
    instead = pl.select(pl.when(pl.Series(component_use.pair[use] >= 0)).then("as " + component)).to_series()
    return [*_spot(network, component_use.source[use]), instead]


def _issue(network: Network, issue: Days) -> Parts:
    """Return need, occurrence, substitute and lot; place and item are else those of the need."""
    issues = network.issues
    spot, pair = issues.spot[issue], issues.pair
    instead = pl.Series(np.full(len(issue), -1) if pair is None else pair[issue]) >= 0
    item = network.names.items.code(network.spots.item[spot])
    substitute = pl.select(pl.when(instead).then(item)).to_series()
    return [*_demand(network, issues.occurrence[issue]), substitute, *_lot(network, spot)]


def _demand(network: Network, occurrence: Days) -> Parts:
    """Return the need and, where it comes back, the day on which the occurrence is due."""
    needs, occurrences = network.case["needs"], network.occurrences
    need = occurrences.need[occurrence]
    due = "due " + _dates(network, occurrences.due_day[occurrence])
    comes_back = needs["every"].gather(need).is_not_null()
    return [needs["need"].gather(need), pl.select(pl.when(comes_back).then(due)).to_series()]


def _pledge(network: Network, pledge: Days) -> Parts:
    return [network.names.pledges.code(network.pledges.row[pledge])]


def _gift(network: Network, gift: Days) -> Parts:
    gifts, names = network.gifts, network.names
    held, reservation = gifts.held[gift], gifts.reservation[gift]
    return [
        names.parties.code(gifts.giver[gift]),
        names.parties.code(gifts.receiver[gift]),
        names.items.code(gifts.item[gift]),
        *_held(network, held),
        _becomes(network, np.where(reservation == held, 0, reservation)),
        _window(network, gifts.moves.window[gift]),
    ]


def _contract(network: Network, contract: Days) -> Parts:
    return [network.names.contracts.code(network.contracts.row[contract])]


def _sale(network: Network, sale: Days) -> Parts:
    """Return the leg over which industry sells, the item, what it is reserved for, and the window."""
    sales = network.sales
    item = network.names.items.code(sales.item[sale])
    reservation, window = _claim(network, sales.reservation[sale]), _window(network, sales.moves.window[sale])
    return [network.names.legs.code(sales.leg[sale]), item, "for " + reservation, window]


def _party(network: Network, party: Days) -> Parts:
    return [network.names.parties.code(party)]


def _item(network: Network, item: Days) -> Parts:
    return [network.names.items.code(item)]


def _aim(network: Network, level: Days) -> Parts:
    levels, names = network.levels, network.names
    owner = names.places.code(levels.place[level]).zip_with(
        pl.Series(levels.place[level] >= 0), names.parties.code(levels.party[level])
    )
    return [owner, names.items.code(levels.item[level])]


def _capacity(network: Network, group: Days) -> Parts:
    """Return the name of a shared capacity, or the code of the leg that has one of its own."""
    return [network.capacities.codes.gather(group)]


def _line(network: Network, line: Days) -> Parts:
    return [network.names.lines.code(line)]


def _expansion(network: Network, expansion: Days) -> Parts:
    return [network.names.expansions.code(expansion)]


def _key(network: Network, key: Days) -> Parts:
    return [network.names.keys.code(key)]


def _share(network: Network, share: Days) -> Parts:
    shares = network.shares
    return [*_key(network, shares.key[share]), *_party(network, shares.party[share])]


def _decision(network: Network, decision: Days) -> Parts:
    """Return the kind of what a previous plan decided, what it was about, and the bucket."""
    decided = network.decided
    kind, subject, bucket = (side[decision] for side in (decided.kind, decided.subject, decided.bucket))
    about = pl.Series(["gone"], dtype=pl.String).new_from_index(0, len(decision))
    for number, name in enumerate(KINDS):
        there = (kind == number) & (subject >= 0)
        words = pl.concat_str([*_ABOUT[name](network, subject[there])], separator=",", ignore_nulls=True)
        about = about.scatter(np.flatnonzero(there), pl.select(words).to_series())
    return [pl.Series(KINDS, dtype=pl.String).gather(kind), about, *_bucket(network, bucket)]


def _carried(network: Network, subject: Days) -> Parts:
    """Return the leg and the item of what was carried, and that it waits for repair."""
    goods, waits = network.cargo.split(subject)
    leg, item = network.over_legs.split(goods)
    repairable = pl.select(pl.when(pl.Series(waits > 0)).then(pl.lit("repairable"))).to_series()
    return [*_leg(network, leg), *_item(network, item), repairable]


def _issued(network: Network, subject: Days) -> Parts:
    need, item = network.for_needs.split(subject)
    return [network.names.needs.code(need), *_item(network, item)]


def _recipe_row(network: Network, process: Days) -> Parts:
    """Return the process, or the kit and where it is put together."""
    recipe, names = network.recipe, network.names
    is_kit = pl.Series(process >= recipe.processes)
    codes = names.processes.codes
    code = pl.concat([codes, names.items.code(recipe.item[recipe.processes :])]).gather(process)
    return [code, pl.select(pl.when(is_kit).then(names.places.code(recipe.place[process]))).to_series()]


def _leg(network: Network, leg: Days) -> Parts:
    return [network.names.legs.code(leg)]


_SIDES: dict[str, Callable[[Network, Days], Parts]] = {
    "level": _aim,
    "bucket": _bucket,
    "capacity": _capacity,
    "contract": _contract,
    "decision": _decision,
    "occurrence": _demand,
    "expansion": _expansion,
    "first": _day,
    "gift": _gift,
    "giver": _party,
    "item": _item,
    "key": _key,
    "last": _day,
    "leg": _leg,
    "line": _line,
    "process": _process,
    "move": _move,
    "party": _party,
    "pledge": _pledge,
    "sale": _sale,
    "issue": _issue,
    "share": _share,
    "spot": _spot,
    "use": _use,
    "year": _bucket,
}
"""What each side of an index is called."""

_ABOUT: dict[Column, Callable[[Network, Days], Parts]] = {
    Column.SHIP: _carried,
    Column.ISSUE: _issued,
    Column.START: _recipe_row,
    Column.HANDOVER: _pledge,
    Column.PURCHASE: _contract,
    Column.EXPAND: _expansion,
}
"""What a previous plan decided about, by kind."""

_OWNERS: dict[Rule | Column, Callable[[Network, Days], Parts]] = {
    Rule.LEG_CAPACITY: _capacity,
    Rule.LINE_HOURS: _line,
    Rule.LINE_MAXIMUM: _line,
    Rule.MAXIMUM: _aim,
    Column.OVER_MAXIMUM: _aim,
    Column.OVER_STORAGE: _place,
    Rule.STORAGE: _place,
    Rule.THROUGHPUT_IN: _place,
    Rule.THROUGHPUT_OUT: _place,
}
"""Who the owner of a limit is, by the family that has the limit."""
