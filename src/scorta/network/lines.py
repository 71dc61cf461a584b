"""The hours of each line, and what each expansion adds to them from when on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorta.case import Case, Days, Floats
from scorta.network.index import Bools, days_of, numbers_of, open_end
from scorta.network.names import Names, Places


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines, one row for each code; hours are given for each line and bucket.

    `owner` is the party of the place where the line stands. `maximum` is infinite where some row in force has none.
    `standing[line, day]` counts the calendar months of the days before a day on which the line stands.
    """

    owner: Days
    capacity: Floats
    maximum: Floats
    minimum: Floats
    standing: Floats

    def __len__(self) -> int:
        return len(self.owner)

    def months(self, line: Days, first: Days, last: Days) -> Floats:
        """Return the calendar months of the days from `first` to `last` on which each line stands."""
        end = self.standing.shape[1] - 1
        begin = self.standing[line, np.clip(first, 0, end)]
        return np.maximum(self.standing[line, np.clip(last + 1, 0, end)] - begin, 0.0)


@dataclass(frozen=True, slots=True)
class Expansions:
    """The expansions: `ready[expansion, bucket]` is the first day on which one decided in a bucket can be used."""

    line: Days
    adds: Floats
    cost: Floats
    most: Floats
    whole: Bools
    ready: Days
    payer: Days

    def __len__(self) -> int:
        return len(self.line)


def read_lines(case: Case, names: Names, places: Places) -> Lines:
    """Add up the rows of each line."""
    horizon, table = case.horizon, case["lines"]
    line, count = names.lines.of(table["line"]), len(names.lines)
    opens = days_of(table["available_from"], horizon, 0)
    closes = open_end(table["until_date"], horizon)
    first, last = np.maximum(horizon.starts, opens[:, None]), np.minimum(horizon.ends, closes[:, None])
    months = horizon.months(first, last)

    def hours(field: str) -> Floats:
        rate = numbers_of(table[field], 0.0)
        total = np.zeros((count, len(horizon)))
        np.add.at(total, line, rate[:, None] * months)
        return total

    free, most = np.zeros((count, len(horizon))), hours("maximum_per_month")
    np.add.at(free, line, months * table["maximum_per_month"].is_null().to_numpy()[:, None])
    _, heads = np.unique(line, return_index=True)
    return Lines(
        owner=places.party[names.places.of(table["place"].gather(heads))],
        capacity=hours("capacity_per_month"),
        maximum=np.where(free > 0, np.inf, most),
        minimum=hours("minimum_per_month"),
        standing=_standing(case, line, opens, closes, count),
    )


def _standing(case: Case, line: Days, opens: Days, closes: Days, count: int) -> Floats:
    """Count the months of the days before each day on which some row of each line is in force."""
    sums = case.horizon.month_sums
    change = np.zeros((count, len(sums)))
    end = len(sums) - 1
    np.add.at(change, (line, np.clip(opens, 0, end)), 1.0)
    np.add.at(change, (line, np.clip(closes + 1, 0, end)), -1.0)
    stands = np.cumsum(change, axis=1)[:, :-1] > 0
    months = np.cumsum(np.where(stands, np.diff(sums), 0.0), axis=1)
    always = np.asarray(stands.all(axis=1))[:, None]
    months = np.where(always, sums[1:], months)
    return np.concatenate([np.zeros((count, 1)), months], axis=1)


def read_expansions(case: Case, names: Names, lines: Lines) -> Expansions:
    """Read the expansions into columns."""
    table, horizon = case["expansions"], case.horizon
    line = names.lines.of(table["line"])
    lead = numbers_of(table["lead_time_days"], 0.0)
    paid_by = names.parties.of(table["paid_by"])
    return Expansions(
        line=line,
        adds=numbers_of(table["adds_per_month"], 0.0),
        cost=numbers_of(table["cost_eur"], 0.0),
        most=numbers_of(table["maximum_count"].cast(float), np.inf),
        whole=table["whole"].to_numpy().astype(bool),
        ready=np.ceil(horizon.starts + lead[:, None]).astype(np.int64),
        payer=np.where(paid_by >= 0, paid_by, lines.owner[line] if len(lines) else paid_by),
    )
