"""What lies where at the end of each bucket, what each party holds of it, and what comes in and goes out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from scorta.case import Days, Floats
from scorta.network import Bools, Pairs
from scorta.plan.plan import QUANTITY_TOLERANCE, Answered
from scorta.problem import arrivals, dated_moves, gives, living
from scorta.rules import Column


def stock_levels(solved: Answered) -> pl.DataFrame:
    """List what lies at each spot at the end of each bucket, and what was thrown away in it."""
    stock, expire = solved.problem.columns[Column.STOCK], solved.problem.columns[Column.EXPIRE]
    network = solved.network
    span, spots = network.spots.span, network.spots
    quantity = np.maximum(solved.answer.values[stock.start : stock.stop], 0.0)
    expired = np.zeros(stock.size)
    thrown = np.maximum(solved.answer.values[expire.start : expire.stop], 0.0)
    expired[span.at(expire.index["spot"], expire.index["bucket"])] = thrown
    at = np.flatnonzero((quantity > QUANTITY_TOLERANCE) | (expired > QUANTITY_TOLERANCE))
    spot, bucket = span.owner[at], span.bucket[at]
    return pl.DataFrame(
        {
            "place": network.names.places.code(spots.place[spot]),
            "item": network.names.items.code(spots.item[spot]),
            "condition": solved.condition(spot),
            **solved.lot(spot),
            "bucket": bucket,
            "date": solved.dates(network.horizon.ends[bucket]),
            "quantity": quantity[at],
            "expired": expired[at],
        }
    )


Flow = tuple[Days, Days, Floats]
"""Whose (party and item), in which bucket, and how much."""


def holdings(solved: Answered) -> pl.DataFrame:
    """List what each party holds of each item at the end of each bucket, and what came in and went out in it."""
    level, comes, given, moved = _levels(solved), _comes_in(solved), _given(solved), _moved(solved)
    whose, quantity = opening(solved)
    whose_levels, floor, objective = _levels_of(solved)
    pairs = np.unique(np.concatenate([whose, whose_levels, *(flow[0] for flow in (level, comes, given, moved))]))
    count = len(solved.network.horizon)
    sums = {
        "level": _summed(pairs, count, level),
        "in_transit": _something(np.cumsum(_summed(pairs, count, moved), axis=1)),
        "comes_in": _summed(pairs, count, comes),
        "given": _summed(pairs, count, given),
    }
    stands = sums["level"] + sums["in_transit"]
    first = np.bincount(np.searchsorted(pairs, whose), quantity, len(pairs))
    before = np.concatenate([first[:, None], stands[:, :-1]], axis=1)
    sums["goes_out"] = _something(before + sums["comes_in"] - stands)
    wanted = {"floor": _placed(pairs, whose_levels, floor), "objective": _placed(pairs, whose_levels, objective)}
    return _listed(solved, pairs, sums | wanted)


def opening(solved: Answered) -> tuple[Days, Floats]:
    """Return whose goods lie there on the first day, and how much of them: several lots may be one party's."""
    spots = solved.network.spots
    at = np.flatnonzero(_counts(solved) & (spots.opening > 0))
    return _owners(solved)[at], spots.opening[at]


def codes(solved: Answered, pairs: Days) -> dict[str, pl.Series]:
    """Return the codes of the party and item of each pair."""
    names = solved.network.names
    party, item = solved.network.owned.split(pairs)
    return {"party": names.parties.code(party), "item": names.items.code(item)}


def _listed(solved: Answered, pairs: Days, sums: dict[str, Floats]) -> pl.DataFrame:
    """Return a row for each pair and bucket, with the figures of each; what is no number is empty."""
    ends = solved.network.horizon.ends
    figures = {name: pl.Series(figure.reshape(-1)).fill_nan(None) for name, figure in sums.items()}
    bucket = np.tile(np.arange(len(ends)), len(pairs))
    keys = codes(solved, np.repeat(pairs, len(ends)))
    return pl.DataFrame({**keys, "bucket": bucket, "date": solved.dates(ends[bucket]), **figures})


def _summed(pairs: Days, count: int, flow: Flow) -> Floats:
    """Add up flows by pair and bucket."""
    whose, bucket, quantity = flow
    by_bucket = Pairs(len(pairs), count)
    key = by_bucket.of(np.searchsorted(pairs, whose), bucket)
    return np.bincount(key, quantity, by_bucket.size).astype(np.float64).reshape(len(pairs), count)


def _something(left: Floats) -> Floats:
    """Return what is left of sums and differences, nothing where that is round-off."""
    return np.where(left > QUANTITY_TOLERANCE, left, 0.0)


def _placed(pairs: Days, whose: Days, figures: Floats) -> Floats:
    """Put figures by pair and bucket into the rows of their pairs; the others have none."""
    placed = np.full((len(pairs), figures.shape[1]), np.nan)
    placed[np.searchsorted(pairs, whose)] = figures
    return placed


def _owners(solved: Answered) -> Days:
    """Return whose the goods at each spot are, and what: party and item."""
    network = solved.network
    return network.owned.of(network.places.party[network.spots.place].astype(np.int64), network.spots.item)


def _counts(solved: Answered) -> Bools:
    """Tell which spots count towards a level: those of goods that do not wait for repair."""
    return np.asarray(solved.network.spots.reservation != solved.network.names.repairable)


def _levels(solved: Answered) -> Flow:
    stock, span = solved.problem.columns[Column.STOCK], solved.network.spots.span
    quantity = solved.answer.values[stock.start : stock.stop]
    at = np.flatnonzero(quantity > QUANTITY_TOLERANCE)
    spot, bucket = span.owner[at], span.bucket[at]
    return _kept(solved, spot, bucket, quantity[at])


def _kept(solved: Answered, spot: Days, bucket: Days, quantity: Floats) -> Flow:
    """Return what lies at or passes spots as a flow of their owners; goods that wait for repair are left out."""
    kept = np.flatnonzero(_counts(solved)[spot] & (quantity > 0))
    return _owners(solved)[spot[kept]], bucket[kept], quantity[kept]


def _comes_in(solved: Answered) -> Flow:
    """Return receipts, what starts give, and what arrives from other parties within its life."""
    network, spots = solved.network, solved.network.spots
    received = _kept(solved, spots.receipt_spot, spots.receipt_bucket, spots.receipt_quantity)
    spot, bucket, slot, share = gives(network)
    started = _values(solved, Column.START)[slot]
    made = _kept(solved, spot, bucket, started * share)
    move, ship, bucket, share = _arriving(solved, ~_is_own(solved))
    spot = network.moves.destination[move]
    dated = np.flatnonzero(dated_moves(network)[move])
    share[dated] = living(network, move[dated], ship[dated], bucket[dated], share[dated])
    brought = _kept(solved, spot, bucket, share * _values(solved, Column.SHIP)[ship])
    return _joined([received, made, brought])


def _moved(solved: Answered) -> Flow:
    """Return what leaves over the legs between places of one party, less what arrives, alive or not."""
    network, values = solved.network, _values(solved, Column.SHIP)
    family, at, quantity = solved.used(Column.SHIP)
    move, bucket = family.index["move"][at], family.index["bucket"][at]
    own = np.flatnonzero(_is_own(solved)[move])
    left = _kept(solved, network.moves.origin[move[own]], bucket[own], quantity[own])
    move, ship, bucket, share = _arriving(solved, _is_own(solved))
    whose, when, arrived = _kept(solved, network.moves.destination[move], bucket, values[ship] * share)
    return _joined([left, (whose, when, -arrived)])


def _given(solved: Answered) -> Flow:
    """Return what leaves the places of each party for those of other nations and organisations."""
    network = solved.network
    family, at, quantity = solved.used(Column.SHIP)
    move, bucket = family.index["move"][at], family.index["bucket"][at]
    origin, industry = network.moves.origin[move], network.handover.industry
    giver, receiver = _parties(solved, origin), _parties(solved, network.moves.destination[move])
    gift = np.flatnonzero((giver != receiver) & ~industry[giver] & ~industry[receiver])
    return _kept(solved, origin[gift], bucket[gift], quantity[gift])


def _arriving(solved: Answered, chosen: Bools) -> tuple[Days, Days, Days, Floats]:
    """Return every (move, ship, bucket of arrival, share) of the chosen moves that carry anything."""
    family, at, _ = solved.used(Column.SHIP)
    used = np.zeros(len(chosen), dtype=bool)
    used[family.index["move"][at]] = True
    moves = np.flatnonzero(chosen & used)
    position, ship, bucket, share = arrivals(solved.network, moves)
    return moves[position], ship, bucket, share


def _values(solved: Answered, name: Column) -> Floats:
    """Return the values of a family, none where they are the solver's noise."""
    family = solved.problem.columns[name]
    values = solved.answer.values[family.start : family.stop]
    return np.where(values > QUANTITY_TOLERANCE, values, 0.0)


def _parties(solved: Answered, spot: Days) -> Days:
    """Return the owner of each spot."""
    return solved.network.places.party[solved.network.spots.place[spot]]


def _is_own(solved: Answered) -> Bools:
    """Tell which moves stay within one party."""
    moves = solved.network.moves
    return np.asarray(_parties(solved, moves.origin) == _parties(solved, moves.destination))


def _joined(flows: Sequence[Flow]) -> Flow:
    """Put flows one after the other."""
    whose, bucket, quantity = zip(*flows, strict=True)
    return np.concatenate(whose), np.concatenate(bucket), np.concatenate(quantity)


def _levels_of(solved: Answered) -> tuple[Days, Floats, Floats]:
    """Return whose floors and objectives there are, with both by bucket: of the party or of its places together."""
    levels, owned = solved.network.levels, solved.network.owned
    wanted = np.flatnonzero(levels.wanted)
    owner = owned.of(levels.party[wanted].astype(np.int64), levels.item[wanted])
    whose, row = np.unique(owner, return_inverse=True)
    placed = levels.place[wanted] >= 0
    floor, objective = (_larger(level[wanted], row, placed, len(whose)) for level in (levels.floor, levels.objective))
    return whose, floor, objective


def _larger(level: Floats, row: Days, placed: Bools, size: int) -> Floats:
    """Return for each row the larger of the level of the party and the sum of those of its places, bucket by bucket."""
    party = np.full((size, level.shape[1]), np.nan)
    party[row[~placed]] = level[~placed]
    there, total = np.zeros(party.shape, dtype=bool), np.zeros(party.shape)
    np.logical_or.at(there, row[placed], ~np.isnan(level[placed]))
    np.add.at(total, row[placed], np.nan_to_num(level[placed], nan=0.0))
    return np.asarray(np.fmax(party, np.where(there, total, np.nan)), dtype=np.float64)
