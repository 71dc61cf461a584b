"""Keys: what each party of a burden-sharing key gives, and by how much that is above its share."""

from __future__ import annotations

import numpy as np

from scorta.case import Days, Floats
from scorta.network import Network
from scorta.problem.problem import Builder, Family
from scorta.rules import Column, Rule

STEP = 1000.0
"""Value is counted in EUR, thousands or millions of EUR, so that the figures stay near to those of other rules."""


MOST = 1e6
"""How many units what was given before may be worth: beyond it the solver's tolerance no longer holds small ones."""


def value_unit(network: Network) -> float:
    """Return the EUR in which value is counted: 1, a thousand or a million, as far as the dearest gift reaches.

    What was given before may be worth far more than any gift: then it is counted in less than a million units.
    """
    if not len(network.shares):
        return 1.0
    dearest = float(network.items.value[network.gifts.item].max(initial=0.0))
    figure = max(dearest, float(network.shares.total.max()) / MOST)
    return float(STEP ** np.floor(np.log(figure) / np.log(STEP) + 1e-9)) if figure >= STEP else 1.0


def add_shares(builder: Builder, network: Network) -> None:
    """Add given[party] and over_share[key] with their rows, and the caps on what may be given above a share."""
    shares, unit = network.shares, value_unit(network)
    given = _add_given(builder, network, unit)
    over = builder.add_columns(Column.OVER_SHARE, {"key": np.arange(len(network.names.keys))}, len(network.names.keys))
    room = (shares.share * shares.total - shares.given) / unit
    every = np.arange(len(shares))
    rule = builder.add_rule(Rule.KEY, {"share": every}, len(shares), -np.inf, room)
    _add_excess(builder, network, rule, given, every, shares.share)
    builder.add(rule.numbers, over.start + shares.key, -1.0)
    capped = np.flatnonzero(np.isfinite(shares.cap))
    allowed = (shares.share + shares.cap)[capped]
    room = np.maximum(allowed * shares.total[capped] - shares.given[capped], 0.0) / unit
    cap = builder.add_rule(Rule.KEY_CAP, {"share": capped}, len(capped), -np.inf, room)
    _add_excess(builder, network, cap, given, capped, allowed)


def _add_given(builder: Builder, network: Network, unit: float) -> Family:
    """Add given[party]: the value that each party of a key hands over as gifts."""
    parties = np.unique(network.shares.party)
    given = builder.add_columns(Column.GIVEN, {"party": parties}, len(parties))
    rule = builder.add_rule(Rule.GIVEN, {"party": parties}, len(parties), 0.0, 0.0)
    builder.add(rule.numbers, given.numbers, -1.0)
    if not len(parties):
        return given
    number = np.full(len(network.names.parties), -1)
    number[parties] = np.arange(len(parties))
    gifts = network.gifts
    worth = network.items.value[gifts.item] / unit
    for family in (builder.columns[Column.HANDOVER], builder.columns[Column.ASK]):
        gift = family.index["gift"]
        row = number[gifts.giver[gift]]
        kept = np.flatnonzero((row >= 0) & (worth[gift] > 0))
        builder.add(rule.start + row[kept], family.start + kept, worth[gift[kept]])
    return given


def _add_excess(builder: Builder, network: Network, rule: Family, given: Family, chosen: Days, allowed: Floats) -> None:
    """Enter, for some parties of keys, what each gives less its allowed part of what all parties of the key give."""
    shares = network.shares
    position, other = np.nonzero(shares.key[chosen][:, None] == shares.key[None, :])
    column = np.searchsorted(given.index["party"], shares.party[other])
    value = (chosen[position] == other) - allowed[position]
    kept = np.flatnonzero(value)
    builder.add(rule.start + position[kept], given.start + column[kept], value[kept])
