"""Covering: what changes owner leaves under agreements, on their days: pledges cover gifts, contracts cover sales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Days, Floats
from scorta.network import WHOLE, Bools, Contracts, Network, Pledges, Span, whole_buckets
from scorta.problem.problem import Builder, Family

Names = tuple[str, str, str]
"""What is called how: a cover (its rows and columns), the agreements (and what bounds them), the groups of moves."""

Pairs = tuple[Days, Days]
"""Agreements, and the groups of moves that they fit: each pair has a column for every bucket in which it covers."""


@dataclass(frozen=True, slots=True)
class MoveGroups:
    """Groups of moves that no agreement can tell apart: the window of each, and its buckets from first to last.

    `of_move` gives each move its group, -1 where it is in none.
    """

    window: Days
    span: Span
    of_move: Days


def group_moves(network: Network, chosen: Days, columns: tuple[Days, ...]) -> tuple[Days, MoveGroups]:
    """Group the chosen moves by these columns: return the columns of each group (column x group), and the groups.

    One of the columns is the window: groups within windows have one bucket.
    """
    moves, sides = network.moves, np.stack(columns)
    order = np.lexsort(sides[::-1])
    begins = np.append(True, (np.diff(sides[:, order]) != 0).any(axis=0))[: len(order)]
    kinds, number = sides[:, order[begins]], np.empty_like(order)
    number[order] = np.cumsum(begins) - 1
    first, last = np.full(kinds.shape[1], len(network.horizon)), np.full(kinds.shape[1], -1)
    np.minimum.at(first, number, moves.span.first[chosen])
    np.maximum.at(last, number, moves.span.last[chosen])
    of_move = np.full(len(moves.leg), -1)
    of_move[chosen] = number
    return kinds, MoveGroups(moves.window[chosen[order[begins]]], Span.build(first, last), of_move)


def add_cover(
    builder: Builder, network: Network, names: Names, groups: MoveGroups, agreements: Pledges | Contracts, pairs: Pairs
) -> Family:
    """Let agreements cover all that leaves in each group and bucket, over the whole plan up to what is left of them."""
    name, side, of_group = names
    rows, (agreement, group) = _add_rows(builder, network, name, of_group, groups), pairs
    span = _in_force(network, groups, agreements, pairs)
    index = span.index(**{side: agreement, of_group: group})
    cover = builder.add_columns(name, index, span.size, span.each(agreements.left[agreement]))
    builder.add(rows.start + span.each(groups.span.origin[group]) + span.bucket, cover.numbers, -1.0)
    bounded = np.isfinite(agreements.left)
    bound_cover(builder, cover, (side, side), bounded, -np.inf, agreements.left[bounded])
    return cover


def _add_rows(builder: Builder, network: Network, name: str, side: str, groups: MoveGroups) -> Family:
    """Add a row for each group and bucket: what leaves, and must be covered."""
    laid, moved = groups.span, np.flatnonzero(groups.of_move >= 0)
    rows = builder.add_rule(name, laid.index(**{side: np.arange(len(laid.first))}), laid.size, 0.0, 0.0)
    each, ship = network.moves.span.slots_of(moved)
    row = laid.origin[groups.of_move[moved]][each] + network.moves.span.bucket[ship]
    builder.add(rows.start + row, builder.columns["ship"].start + ship, 1.0)
    return rows


def _in_force(network: Network, groups: MoveGroups, agreements: Pledges | Contracts, pairs: Pairs) -> Span:
    """Return the buckets in which each agreement covers a group: those wholly within its days, or a window that is."""
    agreement, group = pairs
    opens, closes, window = agreements.opens[agreement], agreements.closes[agreement], groups.window[group]
    first, last = groups.span.first[group], groups.span.last[group]
    begin, end = whole_buckets(network.horizon, opens, closes)
    whole = window == WHOLE
    within = (network.windows.opens(window) >= opens) & (network.windows.closes(window) <= closes)
    until = np.where(whole, np.minimum(end, last), np.where(within, last, -1))
    return Span.build(np.where(whole, np.maximum(begin, first), first), until)


def bound_cover(
    builder: Builder, cover: Family, names: tuple[str, str], bounded: Bools, least: Floats | float, most: Floats | float
) -> Family:
    """Add a row for each bounded agreement: what it covers over the whole plan is from `least` to `most`.

    `names` are those of the rule and of the agreements.
    """
    rule, side = names
    held, number = np.flatnonzero(bounded), np.cumsum(bounded) - 1
    rows = builder.add_rule(rule, {side: held}, len(held), least, most)
    agreement = cover.index[side]
    inside = np.flatnonzero(bounded[agreement])
    builder.add(rows.start + number[agreement[inside]], cover.start + inside, 1.0)
    return rows
