"""A second planner, written anew from the page "What a plan means": plain loops over plain rows, slow and short.

It shares nothing with the engine but the facts of a case: every bucket, share and rule is worked out here, row by row,
and every tier is solved by `scipy.optimize.linprog` with the tiers before it as rows of their own. It knows the tables
that `tests.laws.chance` writes, and parties whose floors give way to own needs only where nobody can give anything.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array
from tests.cases import AS_OF, Row, Rows

Key = tuple[Any, ...]
Terms = dict[Key, float]
Held = tuple[Terms, float, bool]
"""A sum, the most it may be, and whether it must be exactly that."""

Spot = tuple[str, str, str | None, int | None]
"""A place, an item, what it is reserved for, and the last day of use."""

REPAIR = "waits for repair"
"""What goods in condition repairable count as reserved for."""

ALL_TIERS = ("floors", "needs", "shares", "objectives", "cost")
SHORT = 1e-6
ENOUGH = 200.0
"""More units than are ever called off at once in a case by chance."""
ROOMS = (0.0, 1e-12, 1e-10, 1e-9, 1e-8)


class Clock:
    """The buckets of a plan as first and last days, and what a month is worth."""

    def __init__(self, blocks: list[tuple[str, int]], as_of: dt.date = AS_OF) -> None:
        self.as_of, self.buckets = as_of, list[tuple[int, int]]()
        start = as_of
        for kind, count in blocks:
            edges = [self.later(start, kind, k) for k in range(count + 1)]
            days = [(edge - as_of).days for edge in edges]
            self.buckets += [(a, b - 1) for a, b in pairwise(days)]
            start = edges[-1]
        self.last_day = self.buckets[-1][1]

    @staticmethod
    def later(day: dt.date, kind: str, count: int) -> dt.date:
        """Return the day some days, weeks, months or quarters later."""
        if kind in ("day", "week"):
            return day + dt.timedelta(days=count * (7 if kind == "week" else 1))
        months = day.month - 1 + count * {"month": 1, "quarter": 3}[kind]
        year, month = day.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

    def bucket(self, day: int) -> int:
        """Return the bucket of a day: the first for days before the plan, one too many for days after it."""
        return next((t for t, (_, last) in enumerate(self.buckets) if day <= last), len(self.buckets))

    def months(self, days: set[int] | range) -> float:
        """Add up what the days are worth in months of the calendar."""
        dates = [self.as_of + dt.timedelta(days=day) for day in days]
        return sum(1 / calendar.monthrange(date.year, date.month)[1] for date in dates)

    def days(self, t: int, first: int | None = None, last: int | None = None) -> range:
        """Return the days of a bucket that lie in a window."""
        a, b = self.buckets[t]
        return range(a if first is None else max(a, first), (b if last is None else min(b, last)) + 1)

    def arrivals(self, days: range, lag: float) -> Iterator[tuple[int, float]]:
        """Yield the buckets in which an even flow of these days arrives, each with its share."""
        begin, end = days.start + lag, days.stop + lag
        for t, (first, last) in enumerate(self.buckets):
            share = (min(end, last + 1) - max(begin, first)) / len(days)
            if share > 0:
                yield t, share


@dataclass
class Program:
    """A program that is written row by row: everything is 0 or more, and linear but for what is either 0 or 1."""

    columns: dict[Key, int] = field(default_factory=dict)
    switches: set[Key] = field(default_factory=set)
    rows: list[Held] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    def row(self, terms: Terms, most: float, exact: bool = False) -> None:
        """Let a sum be no more than a number, or exactly that."""
        for key in terms:
            self.columns.setdefault(key, len(self.columns))
        self.rows.append((dict(terms), most, exact))

    def solve(self, tiers: list[tuple[str, Terms]]) -> dict[str, float]:
        """Make one sum after the other as small as possible and return their values."""
        for _, terms in tiers:
            for key in terms:
                self.columns.setdefault(key, len(self.columns))
        if not self.columns:
            return {name: 0.0 for name, _ in tiers}
        values: dict[str, float] = {}
        for name, terms in tiers:
            scale = max((abs(value) for value in terms.values()), default=0.0) or 1.0
            scaled = {key: value / scale for key, value in terms.items()}
            best = self._least(scaled) if terms else 0.0
            values[name] = best * scale
            self.held.append((scaled, best, False))
        self.held.clear()
        return values

    def _least(self, costs: Terms) -> float:
        """Make a sum as small as possible; the tiers before are held exactly, or as nearly as the solver can."""
        for room in ROOMS:
            held = [(terms, best + room * max(1.0, abs(best)), False) for terms, best, _ in self.held]
            exact = [row for row in self.rows if row[2]]
            most = [row for row in self.rows if not row[2]] + held
            sides = {"A_eq": self._matrix(exact), "b_eq": [row[1] for row in exact]} if exact else {}
            sides |= {"A_ub": self._matrix(most), "b_ub": [row[1] for row in most]} if most else {}
            found = self._solve(costs, sides)
            if found.status == 0:
                return float(found.fun)
        raise ArithmeticError(found.message)

    def _solve(self, costs: Terms, sides: dict[str, Any]) -> Any:
        """Solve with switches, if any, and then once more with these as they were found, without round-off."""
        bounds, numbers = np.tile([0.0, np.inf], (len(self.columns), 1)), [self.columns[key] for key in self.switches]
        bounds[numbers, 1] = 1.0
        if numbers:
            whole = np.isin(np.arange(len(self.columns)), numbers).astype(int)
            found = linprog(self._dense(costs), **sides, bounds=bounds, integrality=whole, options={"mip_rel_gap": 0.0})
            if found.status != 0:
                return found
            bounds[numbers] = np.rint(found.x[numbers])[:, None]
        return linprog(self._dense(costs), **sides, bounds=bounds, method="highs")

    def _dense(self, terms: Terms) -> np.ndarray:
        values = np.zeros(len(self.columns))
        for key, value in terms.items():
            values[self.columns[key]] = value
        return values

    def _matrix(self, rows: list[Held]) -> csr_array:
        at = [(number, self.columns[key], value) for number, row in enumerate(rows) for key, value in row[0].items()]
        numbers, columns, values = zip(*at, strict=True) if at else ((), (), ())
        return csr_array((values, (numbers, columns)), shape=(len(rows), len(self.columns)))


def plus(terms: Terms, key: Key, value: float) -> None:
    """Add to a sum."""
    terms[key] = terms.get(key, 0.0) + value


class Reference:
    """The program of a case, and its tiers."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts, self.program = facts, Program()
        self.clock = Clock(facts["horizon"], facts.get("as_of", AS_OF))
        self.times = range(len(self.clock.buckets))
        self.kind = {row["party"]: row["kind"] for row in facts["parties"]}
        self.owner = {row["place"]: row["party"] for row in facts["places"]}
        self.items = {row["item"]: row for row in facts["items"]}
        self.balance: dict[tuple[Spot, int], Terms] = defaultdict(dict)
        self.known: dict[tuple[Spot, int], float] = defaultdict(float)
        self.comes: dict[tuple[Spot, int], Terms] = defaultdict(dict)
        self.cost: Terms = {}
        self.early: Terms = {}
        self.paid: dict[tuple[str, int], Terms] = defaultdict(dict)
        self.spots = [
            (place, item, claim, end) for place in self.owner for item in self.items for claim, end in self._lots(item)
        ]
        self.processes = [*self.rows("processes"), *self._kits()]
        self._supply()
        self.ready = self._reached()
        self.last = self._uses()
        self._needs()
        self._ships()
        self._making()
        self._stocks()
        self._limits()
        self._levels()
        self._bound_asks()
        self._budgets()
        self._shares()
        self._bound_gifts()

    def rows(self, name: str) -> Rows:
        """Return the rows of a table, none where the case has no such table."""
        return list(self.facts.get(name, []))

    def mass(self, item: str) -> float:
        """Return the tonnes of a unit."""
        return float(self.items[item].get("mass_kg") or 0) / 1000

    def _lots(self, item: str) -> list[tuple[str | None, int | None]]:
        """Return the lots in which an item can lie: whatever it is reserved for, with every last day it may have."""
        stocks = [row for row in self.rows("stocks") if row["item"] == item]
        claims = {self._claim(row) for row in stocks} | {None}
        claims |= {row.get("only_for") for row in self.rows("pledges") if row["item"] == item}
        ends = {row.get("expires_on") for row in stocks if (row.get("expires_on") or 0) >= 0} | {None}
        return [(claim, end) for claim in claims for end in ends]

    @staticmethod
    def _claim(stock: Row) -> str | None:
        """Return what stock is reserved for, or that it waits for repair."""
        return REPAIR if stock.get("condition") == "repairable" else stock.get("reserved_for")

    def _gone(self, spot: Spot) -> int:
        """Return the bucket in which a lot is thrown away, one too many where it outlives the plan."""
        return len(self.times) if spot[3] is None else self.clock.bucket(spot[3])

    def _supply(self) -> None:
        """Note what is there on the first day, and what comes in without a decision."""
        self.opening: dict[Spot, float] = defaultdict(float)
        self.receipts: dict[tuple[Spot, int], float] = defaultdict(float)
        for row in self.rows("stocks"):
            if (row.get("expires_on") or 0) >= 0:
                spot = (row["place"], row["item"], self._claim(row), row.get("expires_on"))
                self.opening[spot] += row["quantity"]
        for row in self.rows("receipts"):
            if row["due_on"] <= self.clock.last_day:
                spot = (row["place"], row["item"], None, None)
                self.receipts[spot, self.clock.bucket(row["due_on"])] += row["quantity"]

    def _occurrences(self, need: Row) -> Iterator[tuple[int, int]]:
        """Yield the day each occurrence is due, and the first day on which it may be issued."""
        clock, k = self.clock, 0
        until = min(need.get("until", clock.last_day), clock.last_day)
        while True:
            days = [
                (clock.later(clock.as_of + dt.timedelta(days=day), need.get("every", "day"), k) - clock.as_of).days
                for day in (need["required_by"], need.get("not_before", 0))
            ]
            if days[0] > (until if k else clock.last_day):
                return
            yield days[0], days[1] if "not_before" in need else 0
            if "every" not in need:
                return
            k += 1

    def _needs(self) -> None:
        """Write what each occurrence receives, and what it lacks."""
        self.unmet: dict[int, Terms] = defaultdict(dict)
        self.late: dict[int, Terms] = defaultdict(dict)
        for need in self.rows("needs"):
            for due, first in self._occurrences(need):
                self._occurrence(need, due, first)

    def _occurrence(self, need: Row, due: int, first: int) -> None:
        clock, whole = self.clock, {}
        for spot in (spot for spot in self.spots if need in self._served(spot)):
            for t in range(clock.bucket(first), clock.bucket(self._until(need, due)) + 1):
                meets = self._meets(need["item"], spot[1], t)
                if meets:
                    issue = ("issue", need["need"], due, spot, t)
                    whole[issue] = meets
                    plus(self.balance[spot, t], issue, -1.0)
                    end = clock.buckets[t][1]
                    late = max(0, end - clock.buckets[clock.bucket(due)][1])
                    self.late[need["priority"]][issue] = meets * late
                    self.early[issue] = meets * end + (0.001 if spot[1] != need["item"] else 0.0)
        lacks = ("unmet", need["need"], due)
        self.unmet[need["priority"]][lacks] = 1.0
        self.cost[lacks] = need.get("unmet_cost_eur", 0.0)
        self.program.row(whole | {lacks: 1.0}, need["quantity"], exact=True)

    def _meets(self, item: str, other: str, t: int, component: bool = False) -> float:
        """Return how many units of an item a unit of another meets in a bucket, 0 where it may not."""
        first, last = self.clock.buckets[t]
        factors = [
            row["factor"]
            for row in self.rows("substitutes")
            if (row["item"], row["substitute"]) == (item, other)
            and (row.get("for_components") or not component)
            and row.get("from_date", first) <= last
            and row.get("until_date", last) >= first
        ]
        return 1.0 if item == other else float(max(factors, default=0.0))

    def _window(self, item: str, other: str, component: bool = False) -> tuple[int, int]:
        """Return the first and last bucket in which one item may be used in place of another, or as itself."""
        times = [t for t in self.times if self._meets(item, other, t, component)]
        return (times[0], times[-1]) if times else (len(self.times), -1)

    def _kits(self) -> Rows:
        """Return a way to put together each kit at each place that asks for it."""
        parts: dict[str, list[str]] = defaultdict(list)
        for row in self.rows("kits"):
            parts[row["item"]].append(row["component"])
        needs = [need for need in self.rows("needs") if list(self._occurrences(need))]
        goods = {(need["place"], item) for need in needs for item in self.items
                 if self._window(need["item"], item)[1] >= 0}  # fmt: skip
        goods |= {(place, row["item"]) for row in self.rows("objectives") for place in self.owner
                  if self._owns(row, place) and {"floor", "objective"} & set(row)}  # fmt: skip
        while True:
            more = goods | {(place, part) for place, item in goods for part in parts[item]}
            if more == goods:
                break
            goods = more
        facts = {"lead_time_days": 0, "yield": 1, "kit": True}
        return [facts | {"process": f"{item} at {place}", "place": place, "item": item}
                for place, item in sorted(goods) if parts[item]]  # fmt: skip

    def _bill(self, process: Row) -> Rows:
        """Return what goes into a unit started, or into a kit."""
        if process.get("kit"):
            rows = [row for row in self.rows("kits") if row["item"] == process["item"]]
            return [{"item": row["component"], "quantity": row["quantity"]} for row in rows]
        return [row for row in self.rows("components") if row["process"] == process["process"]]

    def _reached(self) -> dict[Spot, int]:
        """Return the first bucket in which goods can be at each spot, one too many where they never can."""
        never = len(self.times)
        first = dict.fromkeys(self.spots, never) | {spot: 0 for spot, held in self.opening.items() if held}
        for spot, t in self.receipts:
            first[spot] = min(first[spot], t)
        while True:
            before = dict(first)
            for spot in (spot for spot in self.spots if first[spot] < never):
                self._follow(spot, first)
            for process in self.processes:
                starts = [t for t in self.times if t >= self._made(process, first)]
                for t in starts:
                    days = self.clock.days(t, process.get("from_date"), process.get("until_date"))
                    for then, _ in self.clock.arrivals(days, process["lead_time_days"]) if days else ():
                        for item, _ in self._gives(process):
                            there = (process["place"], item, None, None)
                            first[there] = min(first[there], then)
            if first == before:
                return first

    def _follow(self, spot: Spot, first: dict[Spot, int]) -> None:
        """Follow goods over legs, and to the undated components that they may stand in for."""
        for leg, claim, t, days in self._ways(spot):
            there = (leg["destination"], spot[1], claim, spot[3])
            if t >= first[spot]:
                for then, _ in self.clock.arrivals(days, leg["transit_days"]):
                    alive = self._alive(there, days, leg["transit_days"], then) > 0
                    first[there] = min(first[there], then) if alive else first[there]
        for process in (process for process in self.processes if process["place"] == spot[0]):
            for part in self._bill(process):
                begin, _ = self._window(part["item"], spot[1], component=True)
                if self._may_take(process, part["item"], spot, begin):
                    there = (spot[0], part["item"], spot[2], None)
                    first[there] = min(first[there], max(begin, first[spot]))

    def _made(self, process: Row, first: dict[Spot, int]) -> int:
        """Return the first bucket in which all components that are always in force can be there."""
        parts = [row["item"] for row in self._bill(process) if not {"from_date", "until_date"} & set(row)]
        there = [(process["place"], item, REPAIR if item == process["item"] else None, None) for item in parts]
        return max((first.get(spot, len(self.times)) for spot in there), default=0)

    def _uses(self) -> dict[Spot, int]:
        """Return the last bucket in which goods of each spot are of use to anybody, -1 where they never are.

        Goods leave, and processes start, only where what arrives is still of use: to a need, to a level that has a
        floor or an objective, or to a process or a leg that leads there.
        """
        last = {spot: self._use_here(spot) for spot in self.spots}
        while True:
            before = dict(last)
            for spot in self.spots:
                for leg, claim, t, days in self._ways(spot):
                    there = (leg["destination"], spot[1], claim, spot[3])
                    useful = self._in_time(days, leg["transit_days"], last[there], spot[3])
                    if t > last[spot] and (useful or self._is_ordered(leg, spot, t, days)):
                        last[spot] = min(t, self._gone(spot))
                for t in self.times:
                    if any(self._useful(process, t, last) for process in self._takers(spot, t)):
                        last[spot] = max(last[spot], min(t, self._gone(spot)))
            if last == before:
                return last

    def _use_here(self, spot: Spot) -> int:
        """Return the last bucket in which goods are of use where they lie."""
        end = min(self._gone(spot), self.times[-1])
        if self._crowds(spot[1]):
            return end
        for row in self.rows("objectives"):
            counts = row["item"] == spot[1] and spot[2] != REPAIR and self._owns(row, spot[0])
            if counts and {"floor", "objective"} & set(row):
                return end
        last = -1
        for need in self._served(spot):
            window = self._window(need["item"], spot[1])
            for due, _ in self._occurrences(need):
                until = min(self.clock.bucket(self._until(need, due)), window[1], end)
                last = max(last, until) if until >= window[0] else last
        return last

    def _crowds(self, item: str) -> bool:
        """Tell whether storage or a maximum bounds an item where it lies, comes in or is made."""
        there = {row["place"] for name in ("stocks", "receipts") for row in self.rows(name) if row["item"] == item}
        there |= {row["place"] for row in self.processes if item in dict(self._gives(row))}
        for row in (row for row in self.rows("contracts") if row["item"] == item and self._is_due(row)):
            there |= {p for p, owner in self.owner.items() if owner == row["buyer"] and row.get("deliver_to", p) == p}
        stored = {place["place"] for place in self.facts["places"] if "storage_t" in place and self.mass(item) > 0}
        capped = [row for row in self.rows("objectives") if row["item"] == item and "maximum" in row]
        return bool(there & stored) or any(self._owns(row, place) for row in capped for place in there)

    def _served(self, spot: Spot) -> Rows:
        """Return the needs that goods of a spot may serve."""
        return [
            need
            for need in self.rows("needs")
            if need["place"] == spot[0]
            and spot[2] in (None, need["need"], need["place"])
            and self._window(need["item"], spot[1])[1] >= 0
        ]

    def _until(self, need: Row, due: int) -> int:
        """Return the last day on which an occurrence may be served."""
        last = due + need.get("lapse_days", 0) if need.get("unmet") == "lapse" else self.clock.last_day
        return min(last, self.clock.last_day)

    def _takers(self, spot: Spot, t: int) -> Rows:
        """Return the processes that may take goods of a spot in a bucket, in place of others too."""
        return [row for row in self.processes if row["place"] == spot[0]
                and any(self._may_take(row, part["item"], spot, t) for part in self._bill(row))]  # fmt: skip

    def _may_take(self, process: Row, item: str, spot: Spot, t: int) -> bool:
        """Tell whether a process may take goods of a spot as a component: free ones, or its own product to mend it."""
        if item == process["item"] or spot[2] is not None:
            return (item, REPAIR) == (spot[1], spot[2]) and item == process["item"]
        first, last = self._window(item, spot[1], component=True)
        return first <= t <= last

    def _useful(self, process: Row, t: int, last: dict[Spot, int]) -> bool:
        """Tell whether anything that a start gives is still of use."""
        if t < self._made(process, self.ready):
            return False
        spots = [(process["place"], item, None, None) for item, _ in self._gives(process)]
        days = self.clock.days(t, process.get("from_date"), process.get("until_date"))
        return any(self._in_time(days, process["lead_time_days"], last[spot]) for spot in spots)

    def _gives(self, process: Row) -> list[tuple[str, float]]:
        """Return what comes of a unit started."""
        more = [row for row in self.rows("coproducts") if row["process"] == process["process"]]
        return [(process["item"], process["yield"]), *((row["item"], row["quantity"]) for row in more)]

    def _in_time(self, days: range, lag: float, last: int, life: int | None = None) -> bool:
        """Tell whether any of what leaves on these days arrives by the end of a bucket, and within its life."""
        alive = life is None or days.start + lag < life + 1
        return alive and bool(days) and any(t <= last for t, _ in self.clock.arrivals(days, lag))

    def _days(self, leg: Row, t: int) -> range:
        """Return the days of a bucket on which a leg is open."""
        return self.clock.days(t, leg.get("open_from"), leg.get("open_until"))

    def _ways(self, spot: Spot) -> Iterator[tuple[Row, str | None, int, range]]:
        """Yield the legs that goods may take, what they are reserved for from then on, and on which days."""
        for leg in self.rows("legs"):
            if spot[0] == leg["origin"] and leg.get("item", spot[1]) == spot[1] and not self._goes_back(leg, spot):
                for claim, t in product(self._claims(leg, spot), self.times):
                    for days in self._stretches(leg, spot, claim, t):
                        if days and self._covered(leg, spot, claim, t, days):
                            yield leg, claim, t, days

    def _stretches(self, leg: Row, spot: Spot, claim: str | None, t: int) -> set[range]:
        """Return the days on which goods may leave: the open ones of a leg, or those of an agreement."""
        windows: list[tuple[int | None, int | None]] = [(None, None)]
        if self._is_sale(leg):
            rows = [row for row in self.rows("contracts") if self._sells(row, leg, spot[1]) and self._granted(row) > 0]
            windows += [(row.get("from_date"), row.get("until_date")) for row in rows]
        if self._is_gift(leg):
            rows = [
                row
                for row in self.rows("pledges")
                if self._is_about(row, self._gift(leg, spot, claim, range(0))) and self._left(row) > 0
            ]
            windows += [(row.get("available_from"), row.get("available_until")) for row in rows]
        days = self._days(leg, t)
        return {
            range(max(days.start, days.start if a is None else a), min(days.stop, days.stop if b is None else b + 1))
            for a, b in windows
        }

    def _goes_back(self, leg: Row, spot: Spot) -> bool:
        """Tell whether a leg brings industry an item on a firm order, which could be sold twice then."""
        giver, receiver = self.kind[self.owner[leg["origin"]]], self.kind[self.owner[leg["destination"]]]
        ordered = {row["item"] for row in self.rows("contracts") if self._is_due(row)}
        return giver != "industry" == receiver and spot[1] in ordered and spot[2] != REPAIR

    def _claims(self, leg: Row, spot: Spot) -> set[str | None]:
        """Return what goods may be reserved for after a leg: a gift of free goods may reserve them."""
        pledges = self.rows("pledges") if self._is_gift(leg) and spot[2] is None else []
        return {spot[2]} | {row.get("only_for") for row in pledges if row["item"] == spot[1]}

    def _is_given(self, leg: Row) -> bool:
        """Tell whether what a leg carries is a gift."""
        giver, receiver = self.owner[leg["origin"]], self.owner[leg["destination"]]
        return giver != receiver and "industry" not in (self.kind[giver], self.kind[receiver])

    def _is_gift(self, leg: Row) -> bool:
        """Tell whether what a leg carries is a gift that must be covered."""
        return self._is_given(leg) and "pledges" in self.facts

    def _is_bought(self, leg: Row) -> bool:
        """Tell whether what a leg carries is sold by industry."""
        giver, receiver = self.owner[leg["origin"]], self.owner[leg["destination"]]
        return self.kind[giver] == "industry" != self.kind[receiver]

    def _is_sale(self, leg: Row) -> bool:
        """Tell whether what a leg carries is sold by industry under a contract."""
        return self._is_bought(leg) and "contracts" in self.facts

    def _sells(self, contract: Row, leg: Row, item: str) -> bool:
        """Tell whether a contract is about what a leg carries: its parties, its item and its place."""
        parties = self.owner[leg["origin"]], self.owner[leg["destination"]]
        return (
            self._is_sale(leg)
            and (contract["supplier"], contract["buyer"], contract["item"]) == (*parties, item)
            and contract.get("deliver_to", leg["destination"]) == leg["destination"]
        )

    def _in_window(self, contract: Row, days: range) -> bool:
        """Tell whether a contract is in force on all of these days."""
        return contract.get("from_date", days[0]) <= days[0] and contract.get("until_date", days[-1]) >= days[-1]

    def _received(self, contract: Row) -> float:
        """Return what receipts bring under a contract."""
        return float(
            sum(row["quantity"] for row in self.rows("receipts") if row.get("contract") == contract["contract"])
        )

    def _granted(self, contract: Row) -> float:
        """Return what may still be bought under a contract: anything under a framework."""
        if not {"firm", "option"} & set(contract):
            return float("inf")
        return max(contract.get("firm", 0.0) + contract.get("option", 0.0) - self._received(contract), 0.0)

    def _firm(self, contract: Row) -> float:
        """Return what is left of the firm quantity."""
        return max(contract.get("firm", 0.0) - self._received(contract), 0.0)

    def _is_due(self, contract: Row) -> bool:
        """Tell whether a firm quantity must be handed over within the plan."""
        end = self.clock.last_day
        in_force = contract.get("from_date", 0) <= end and 0 <= contract.get("until_date", end) <= end
        return in_force and self._firm(contract) > 0

    def _is_ordered(self, leg: Row, spot: Spot, t: int, days: range) -> bool:
        """Tell whether a firm order wants goods over a leg in a bucket or later; a dated lot must arrive alive."""
        alive = spot[3] is None or self._in_time(days, leg["transit_days"], self._gone(spot), spot[3])
        due = [row for row in self.rows("contracts") if self._sells(row, leg, spot[1]) and self._is_due(row)]
        return alive and any(t <= self.clock.bucket(row.get("until_date", self.clock.last_day)) for row in due)

    def _gift(self, leg: Row, spot: Spot, claim: str | None, days: range) -> Key:
        """Return what a pledge can tell apart of a gift."""
        return self.owner[leg["origin"]], self.owner[leg["destination"]], spot[1], spot[2], claim, days

    def _covered(self, leg: Row, spot: Spot, claim: str | None, t: int, days: range) -> bool:
        """Tell whether anything may cover what leaves: it is no gift, or may be asked for, or a pledge fits."""
        whole = days == self._days(leg, t)
        if self._is_sale(leg):
            fitting = [row for row in self.rows("contracts") if self._sells(row, leg, spot[1])]
            return spot[2] != REPAIR and any(self._in_window(row, days) and self._granted(row) > 0 for row in fitting)
        if not self._is_gift(leg) or (self.facts["gifts"] == "open" and claim == spot[2] and whole):
            return whole
        gift = self._gift(leg, spot, claim, days)
        return any(self._covers(pledge, gift) and self._left(pledge) > 0 for pledge in self.rows("pledges"))

    @staticmethod
    def _left(pledge: Row) -> float:
        """Return what a pledge still grants."""
        left = pledge["quantity"] - pledge.get("delivered_quantity", 0.0)
        return 0.0 if pledge["state"] in ("withdrawn", "delivered") else max(left, 0.0)

    def _ships(self) -> None:
        """Write what leaves over each leg, when it arrives, and what covers it where it is a gift."""
        self.tonnes: dict[tuple[str, int], Terms] = defaultdict(dict)
        self.out: dict[tuple[str, int], Terms] = defaultdict(dict)
        self.into: dict[tuple[str, int], Terms] = defaultdict(dict)
        self.gifts: dict[Key, Terms] = defaultdict(dict)
        self.sales: dict[tuple[str, str, range], Terms] = defaultdict(dict)
        self.askable: set[Key] = set()
        self.given: dict[tuple[str, str], Terms] = defaultdict(dict)
        self.bought: dict[tuple[str, str], Terms] = defaultdict(dict)
        for spot in self.spots:
            for leg, claim, t, days in self._ways(spot):
                there = (leg["destination"], spot[1], claim, spot[3])
                useful = self._in_time(days, leg["transit_days"], self.last[there], spot[3])
                if useful or self._is_ordered(leg, spot, t, days):
                    self._ship(leg, spot, there, t, days)
        self._cover()
        self._buy()

    def _ship(self, leg: Row, spot: Spot, there: Spot, t: int, days: range) -> None:
        ship = ("ship", leg["leg"], spot, there[2], days)
        plus(self.balance[spot, t], ship, -1.0)
        self.tonnes[leg.get("shared_capacity", leg["leg"]), t][ship] = self.mass(spot[1])
        self.out[leg["origin"], t][ship] = self.mass(spot[1])
        self._pay(ship, self.owner[leg["origin"]], days, leg.get("cost_eur_per_t", 0.0) * self.mass(spot[1]))
        if self._is_sale(leg):
            self.sales[leg["leg"], spot[1], days][ship] = 1.0
        self.early[ship] = 0.001 * (1 + leg["transit_days"])
        if self._is_given(leg):
            self.given[self.owner[leg["destination"]], spot[1]][ship] = 1.0
        if self._is_bought(leg):
            self.bought[self.owner[leg["destination"]], spot[1]][ship] = 1.0
        if self._is_gift(leg):
            gift = self._gift(leg, spot, there[2], days)
            self.gifts[gift][ship] = 1.0
            if days == self._days(leg, t):
                self.askable.add(gift)
        self._arrive(ship, leg, there, days)

    def _arrive(self, ship: Key, leg: Row, spot: Spot, days: range) -> None:
        for then, share in self.clock.arrivals(days, leg["transit_days"]):
            plus(self.into[leg["destination"], then], ship, share * self.mass(spot[1]))
            alive = share * self._alive(spot, days, leg["transit_days"], then)
            plus(self.cost, ship, (share - alive) * self.items[spot[1]].get("value_eur", 0.0))
            if alive > 0:
                plus(self.comes[spot, then], ship, alive)

    def _alive(self, spot: Spot, days: range, lag: float, then: int) -> float:
        """Return the part of what arrives in a bucket that does through the last day of its lot."""
        first, last = self.clock.buckets[then]
        begin, end = max(days.start + lag, first), min(days.stop + lag, last + 1)
        return 1.0 if spot[3] is None else max(min(end, spot[3] + 1) - begin, 0.0) / (end - begin)

    def _cover(self) -> None:
        """Let pledges cover gifts within their windows, and asks the rest where gifts are open."""
        self.asks: Terms = {}
        used: dict[str, Terms] = defaultdict(dict)
        for gift, ships in self.gifts.items():
            covered: Terms = dict(ships)
            for pledge in self.rows("pledges"):
                if self._covers(pledge, gift):
                    covered["cover", pledge["pledge"], gift] = -1.0
                    used[pledge["pledge"]]["cover", pledge["pledge"], gift] = 1.0
            if self.facts["gifts"] == "open" and gift[3] == gift[4] and gift in self.askable:
                covered["ask", gift] = -1.0
                self.asks["ask", gift] = 1.0
            self.program.row(covered, 0.0, exact=True)
        for pledge in self.rows("pledges"):
            self.program.row(used[pledge["pledge"]], self._left(pledge))

    def _buy(self) -> None:
        """Let contracts cover what industry sells, within what is left of them, and count what is firm and lacks."""
        self.undelivered: Terms = {}
        legs = {row["leg"]: row for row in self.rows("legs")}
        bought: dict[str, Terms] = {row["contract"]: {} for row in self.rows("contracts")}
        for (leg, item, days), ships in self.sales.items():
            covered = dict(ships)
            for row in self.rows("contracts"):
                if self._sells(row, legs[leg], item) and self._in_window(row, days):
                    buy = ("buy", row["contract"], leg, days)
                    covered[buy], bought[row["contract"]][buy] = -1.0, 1.0
                    self._pay(buy, row["buyer"], days, row.get("unit_price_eur", 0.0), legs[leg]["transit_days"])
            self.program.row(covered, 0.0, exact=True)
        for row in self.rows("contracts"):
            if self._granted(row) < float("inf"):
                self.program.row(bought[row["contract"]], self._granted(row))
            if self._is_due(row):
                lacks = ("undelivered", row["contract"])
                self.undelivered[lacks] = 1.0
                self.program.row(dict.fromkeys(bought[row["contract"]], -1.0) | {lacks: -1.0}, -self._firm(row))
            self._call_off(row, bought[row["contract"]])

    def _call_off(self, contract: Row, bought: Terms) -> None:
        """Let nothing be called off in a bucket, or the minimum, or all that is left; what is firm comes first."""
        firm, option = self._firm(contract), self._granted(contract) - self._firm(contract)
        least, firsts = min(contract.get("minimum_order", 0.0), option), dict[Key, float]()
        for t in self.times if least > 0 else ():
            orders = {buy: 1.0 for buy in bought if self.clock.bucket(buy[3][0]) == t}
            if orders:
                called, first = ("called", contract["contract"], t), ("first", contract["contract"], t)
                self.program.switches.add(called)
                firsts |= {first: 1.0} if firm else {}
                orders |= {first: -1.0} if firm else {}
                self.program.row(orders | {called: -min(option, ENOUGH)}, 0.0)
                self.program.row({key: -value for key, value in orders.items()} | {called: least}, 0.0)
                self.program.row(dict.fromkeys(firsts, -1.0) | {called: firm}, 0.0)
        self.program.row(firsts, firm)

    def _pay(self, column: Key, party: str, days: range, price: float, lag: float = 0.0) -> None:
        """Let a unit cost its price, paid by a party evenly over these days or a lag later, year by year."""
        self.cost[column] = price
        for year, share in self._years(days.start + lag, days.stop + lag):
            plus(self.paid[party, year], column, share * price)

    def _years(self, begin: float, end: float) -> Iterator[tuple[int, float]]:
        """Yield the years of the calendar that the plan touches, each with its share of a stretch of time."""
        as_of = self.clock.as_of
        for year in range(as_of.year, (as_of + dt.timedelta(days=self.clock.last_day)).year + 1):
            first, after = ((dt.date(y, 1, 1) - as_of).days for y in (year, year + 1))
            share = (min(end, after) - max(begin, first)) / (end - begin)
            if share > 0:
                yield year, share

    def _budgets(self) -> None:
        """Bound what each party pays in each year by its funds, or by what receipts alone cost."""
        due: dict[tuple[str, int], float] = defaultdict(float)
        funds: dict[tuple[str, int], float] = defaultdict(float)
        contracts = {row["contract"]: row for row in self.rows("contracts")}
        for row in (row for row in self.rows("receipts") if "contract" in row):
            contract, day = contracts[row["contract"]], max(row["due_on"], 0)
            for year, _ in self._years(day, day + 1):
                due[contract["buyer"], year] += row["quantity"] * contract.get("unit_price_eur", 0.0)
        for row in self.rows("budgets"):
            funds[row["party"], row["year"]] += row["amount_eur"]
        for key, amount in funds.items():
            self.program.row(self.paid[key], max(amount - due[key], 0.0))

    def _covers(self, pledge: Row, gift: Key) -> bool:
        """Tell whether a pledge covers a gift: its parties, its item, its window, and what it reserves goods for."""
        days = gift[5]
        in_force = pledge.get("available_from", 0) <= days[0] and pledge.get("available_until", days[-1]) >= days[-1]
        return in_force and self._is_about(pledge, gift)

    @staticmethod
    def _is_about(pledge: Row, gift: Key) -> bool:
        """Tell whether a pledge covers a gift on days on which it is in force."""
        giver, receiver, item, before, after = gift[:5]
        only = pledge.get("only_for")
        return (
            (pledge["donor"], pledge["item"]) == (giver, item)
            and pledge.get("recipient") in (None, receiver)
            and after == (before if only is None else only)
        )

    def _bound_asks(self) -> None:
        """Ask a giver for no more free goods than its surplus, what it makes and what others bring to it."""
        for giver, item in sorted({(ask[1][0], ask[1][2]) for ask in self.asks if ask[1][3] is None}):
            asked: Terms = {ask: 1.0 for ask in self.asks if ask[1][:1] + ask[1][2:4] == (giver, item, None)}
            for (spot, _), comes in self.comes.items():
                if (self.owner[spot[0]], spot[1], spot[2]) == (giver, item, None):
                    for key, share in comes.items():
                        if key[0] == "start" or self.owner[key[2][0]] != giver:
                            plus(asked, key, -share)
            self.program.row(asked, max(0.0, self._surplus(giver, item)))

    def _surplus(self, giver: str, item: str) -> float:
        """Return what a party has of an item without a decision, less its largest floor, less its pledges."""
        has = sum(quantity for spot, quantity in self.opening.items() if self._is_free(spot, giver, item))
        has += sum(quantity for (spot, _), quantity in self.receipts.items() if self._is_free(spot, giver, item))
        floors = [row for row in self.rows("objectives") if row["item"] == item and "floor" in row]
        whole = max((row["floor"] for row in floors if row.get("party") == giver), default=0.0)
        places = sum(row["floor"] for row in floors if "place" in row and self.owner[row["place"]] == giver)
        pledges = [row for row in self.rows("pledges") if (row["donor"], row["item"]) == (giver, item)]
        return float(has - max(whole, places) - sum(self._left(row) for row in pledges))

    def _is_free(self, spot: Spot, party: str, item: str) -> bool:
        """Tell whether goods of a spot belong to a party and are reserved for nothing."""
        return (self.owner[spot[0]], spot[1], spot[2]) == (party, item, None)

    def _bound_gifts(self) -> None:
        """Give nobody more of an item than its needs ask for and its largest level, unless it has another use of it."""
        for (party, item), ships in self.given.items():
            if not self._has_other_use(party, item):
                self.program.row(ships, self._asked(party, item) + self._most_held(party, item))

        for (party, item), ships in self.bought.items():
            if not self._has_other_use(party, item):
                enough = self._asked(party, item) + self._most_held(party, item)
                self.program.row(ships, enough + self._ordered(party, item))

    def _ordered(self, party: str, item: str) -> float:
        """Return what is firm and due of an item, and the minimum orders of it, one of each contract."""
        rows = [row for row in self.rows("contracts") if (row["buyer"], row["item"]) == (party, item)]
        end = self.clock.last_day
        rows = [row for row in rows if row.get("from_date", 0) <= end and row.get("until_date", end) >= 0]
        leasts = (min(row.get("minimum_order", 0.0), self._granted(row) - self._firm(row)) for row in rows)
        return sum(self._firm(row) for row in rows if self._is_due(row)) + sum(leasts)

    def _has_other_use(self, party: str, item: str) -> bool:
        """Tell whether a party may give an item on or make something of it, or needs it anew since it does not keep."""
        places = {place for place, owner in self.owner.items() if owner == party}
        made = {row["process"] for row in self.rows("components") if row["item"] == item}
        instead = {row["component"] for row in self.rows("kits")} | {
            row["substitute"] for row in self.rows("substitutes")
        }
        dated = {row["item"] for row in self.rows("stocks") if row.get("expires_on") is not None}
        perishes = "shelf_life_days" in self.items[item] or item in dated | instead
        makes = any(row["place"] in places for row in self.rows("processes") if row["process"] in made)
        out = [leg for leg in self.rows("legs") if leg["origin"] in places and leg["destination"] not in places]
        return perishes or makes or any(leg.get("item", item) == item and self._passes(leg, item) for leg in out)

    def _passes(self, leg: Row, item: str) -> bool:
        """Tell whether a leg may take an item from its owner to another: free, as an ask, or under a pledge."""
        giver, receiver = self.owner[leg["origin"]], self.owner[leg["destination"]]
        pledges = [row for row in self.rows("pledges") if (row["donor"], row["item"]) == (giver, item)]
        pledged = any(self._left(row) > 0 and row.get("recipient") in (None, receiver) for row in pledges)
        return not self._is_gift(leg) or self.facts["gifts"] == "open" or pledged

    def _asked(self, party: str, item: str) -> float:
        """Return what the needs at the places of a party ask for within the plan."""
        needs = [row for row in self.rows("needs") if self.owner[row["place"]] == party and row["item"] == item]
        return float(sum(need["quantity"] for need in needs for _ in self._occurrences(need)))

    def _most_held(self, party: str, item: str) -> float:
        """Return the largest level that a party aims at: its own, or those of its places together."""
        levels = {"party": 0.0, "place": 0.0}
        for row in (row for row in self.rows("objectives") if row["item"] == item):
            owner = "place" if "place" in row else "party"
            if party == (self.owner[row["place"]] if owner == "place" else row["party"]):
                levels[owner] += max(row.get("floor", 0.0), row.get("objective", 0.0))
        return max(levels.values())

    def _making(self) -> None:
        """Write what is started, what it takes and what it gives, and the hours of the line."""
        self.takes: dict[tuple[Spot, int], Terms] = defaultdict(dict)
        hours: dict[tuple[str, int], Terms] = defaultdict(dict)
        for process in self.processes:
            for t in self.times:
                days = self.clock.days(t, process.get("from_date"), process.get("until_date"))
                takes = self._takes(process, days)
                if (takes or not self._bill(process)) and self._useful(process, t, self.last):
                    self._start(process, t, days, takes)
                    if "line" in process:
                        hours[process["line"], t]["start", process["process"], t] = process["line_hours_per_unit"]
        for line in {row["line"] for row in self.rows("lines")}:
            for t in self.times:
                self._line(line, t, hours[line, t])
        for row in self.rows("expansions"):
            owner = next(self.owner[line["place"]] for line in self.rows("lines") if line["line"] == row["line"])
            for t, (first, _) in enumerate(self.clock.buckets):
                expand = ("expand", row["expansion"], t)
                self._pay(expand, row.get("paid_by", owner), range(first, first + 1), row["cost_eur"])
            if "maximum_count" in row:
                built = {("expand", row["expansion"], t): 1.0 for t in self.times}
                self.program.row(built, row["maximum_count"])
        self._use_dated()

    def _line(self, line: str, t: int, hours: Terms) -> None:
        """Bound the hours of a line by its capacity with what expansions add, and by its maximum."""
        clock, rows = self.clock, [row for row in self.rows("lines") if row["line"] == line]
        stand = [(row, clock.days(t, row.get("available_from"), row.get("until_date"))) for row in rows]
        capacity = sum(row["capacity_per_month"] * clock.months(days) for row, days in stand)
        terms, stands = dict(hours), {day for _, days in stand for day in days}
        for row in self.rows("expansions"):
            for u in self.times if row["line"] == line else ():
                ready = clock.buckets[u][0] + row["lead_time_days"]
                adds = row["adds_per_month"] * clock.months({day for day in stands if day >= ready})
                plus(terms, ("expand", row["expansion"], u), -adds)
        self.program.row(terms, capacity)
        if all("maximum_per_month" in row for row, days in stand if days):
            self.program.row(hours, sum(row["maximum_per_month"] * clock.months(days) for row, days in stand if days))

    def _takes(self, process: Row, days: range) -> dict[str, float]:
        """Return the units of each component that a start takes, by the days on which its row is in force."""
        takes: dict[str, float] = {}
        for row in self._bill(process):
            force = [d for d in days if row.get("from_date", d) <= d <= row.get("until_date", d)]
            if force:
                takes[row["item"]] = takes.get(row["item"], 0.0) + row["quantity"] * len(force) / len(days)
        return takes

    def _start(self, process: Row, t: int, days: range, takes: dict[str, float]) -> None:
        start, place = ("start", process["process"], t), process["place"]
        self._pay(start, self.owner[place], days, process.get("unit_cost_eur", 0.0))
        self.early |= {start: 0.001} if process.get("kit") else {}
        for item, units in takes.items():
            claim = REPAIR if item == process["item"] else None
            plus(self.balance[(place, item, claim, None), t], start, -units)
            self.takes[(place, item, claim, None), t][start] = units
        for then, share in self.clock.arrivals(days, process["lead_time_days"]):
            for item, units in self._gives(process):
                plus(self.comes[(place, item, None, None), then], start, share * units)

    def _use_dated(self) -> None:
        """Let dated lots and substitutes stand in for undated components, no more than starts take."""
        for (there, t), taken in self.takes.items():
            uses: Terms = {}
            for spot in self.spots:
                meets = self._meets(there[1], spot[1], t, component=True)
                free = spot[1] == there[1] or (spot[2] is None and there[2] is None)
                if spot != there and (spot[0], spot[2]) == (there[0], there[2]) and meets and free:
                    use = ("use", spot, there, t)
                    uses[use] = meets
                    plus(self.balance[spot, t], use, -1.0)
                    plus(self.balance[there, t], use, meets)
                    self.early |= {use: 0.001} if spot[1] != there[1] else {}
            self.program.row(uses | {start: -units for start, units in taken.items()}, 0.0)

    def _stocks(self) -> None:
        """Write the balance of every spot, and when its goods are thrown away."""
        for spot in self.spots:
            life = self.items[spot[1]].get("shelf_life_days") if spot[3] is None else None
            for t in self.times:
                terms = dict(self.balance[spot, t])
                for key, value in self.comes[spot, t].items():
                    plus(terms, key, value)
                before = {("stock", spot, t - 1): 1.0} if t else {}
                ends = {("thrown", spot, t): -1.0} if life is not None or t == self._gone(spot) else {}
                known = self.receipts.get((spot, t), 0.0) + (0.0 if t else self.opening.get(spot, 0.0))
                self.program.row(terms | before | ends | {("stock", spot, t): -1.0}, -known, exact=True)
                self._keep(spot, t)
            if life is not None:
                self._die(spot, life)

    def _keep(self, spot: Spot, t: int) -> None:
        """Write what keeping a spot costs; nothing of a dated lot outlives its bucket."""
        item, stock, thrown = self.items[spot[1]], ("stock", spot, t), ("thrown", spot, t)
        self.cost[stock] = item.get("holding_eur_per_month", 0.0) * self.clock.months(self.clock.days(t))
        self.cost[thrown] = item.get("value_eur", 0.0)
        if t >= self._gone(spot):
            self.program.row({stock: 1.0}, 0.0)

    def _die(self, spot: Spot, life: int) -> None:
        """Bound undated stock by what is alive on the next day, and what is thrown away by what no longer is."""
        for t, (_, end) in enumerate(self.clock.buckets):
            alive, dead = {("stock", spot, t): 1.0}, {("thrown", spot, u): 1.0 for u in range(t + 1)}
            lives, died = 0.0, 0.0
            for b in range(t + 1):
                days = self.clock.days(b)
                share = sum(day + life > end for day in days) / len(days)
                lives += share * self.receipts.get((spot, b), 0.0)
                died += (1 - share) * self.receipts.get((spot, b), 0.0)
                for key, value in self.comes[spot, b].items():
                    plus(alive, key, -share * value)
                    plus(dead, key, -(1 - share) * value)
            first = self.opening.get(spot, 0.0)
            self.program.row(alive, lives + (first if life > end else 0.0))
            self.program.row(dead, died + (0.0 if life > end else first))

    def _limits(self) -> None:
        """Bound what legs carry, what passes through places, and what lies there at the end of each bucket."""
        self.over: Terms = {}
        legs = self.rows("legs")
        for (name, t), ships in self.tonnes.items():
            same = [leg for leg in legs if leg.get("shared_capacity", leg["leg"]) == name]
            most = [leg["capacity_t_per_month"] for leg in same if "capacity_t_per_month" in leg]
            if most:
                days = {d for leg in same for d in self.clock.days(t, leg.get("open_from"), leg.get("open_until"))}
                self.program.row(ships, min(most) * self.clock.months(days))
                for part in {ship[4] for ship in ships}:
                    inside = {ship: mass for ship, mass in ships.items() if set(ship[4]) <= set(part)}
                    self.program.row(inside, min(most) * self.clock.months(part))
        for place in self.facts["places"]:
            for t in self.times if "throughput_t_per_month" in place else ():
                most_t = place["throughput_t_per_month"] * self.clock.months(self.clock.days(t))
                self.program.row(self.out[place["place"], t], most_t)
                self.program.row(self.into[place["place"], t], most_t)
            if "storage_t" in place:
                weights = {spot: self.mass(spot[1]) for spot in self.spots if spot[0] == place["place"]}
                self._bound(("storage", place["place"]), weights, place["storage_t"])

    def _bound(self, name: Key, weights: dict[Spot, float], most: float) -> None:
        """Bound stock, but never below what lay there at first; let in as much more as receipts force."""
        first = sum(self.opening.get(spot, 0.0) * weight for spot, weight in weights.items())
        lies = first
        for t, (begin, end) in enumerate(self.clock.buckets):
            terms = {("stock", spot, t): weight for spot, weight in weights.items()}
            lies += sum(self.receipts.get((spot, t), 0.0) * weight for spot, weight in weights.items())
            if lies > max(most, first):
                terms["over", name, t] = -1.0
                self.over["over", name, t] = end - begin + 1
                self.program.row({("over", name, t): 1.0}, lies - max(most, first))
            self.program.row(terms, max(most, first))

    def _levels(self) -> None:
        """Write by how much levels are below floors and objectives; bound them by their maximum."""
        self.below: dict[str, Terms] = {"floor": {}, "objective": {}}
        for number, row in enumerate(self.rows("objectives")):
            spots = [spot for spot in self.spots
                     if spot[1] == row["item"] and spot[2] != REPAIR and self._owns(row, spot[0])]  # fmt: skip
            if "maximum" in row:
                self._bound(("maximum", number), dict.fromkeys(spots, 1.0), row["maximum"])
            for name, sums in self.below.items():
                for t, (first, last) in enumerate(self.clock.buckets if name in row else ()):
                    lacks = ("below", name, number, t)
                    self.program.row({("stock", spot, t): -1.0 for spot in spots} | {lacks: -1.0}, -row[name])
                    sums[lacks] = (last - first + 1) / (row["priority"] if name == "objective" else 1)

    def _shares(self) -> None:
        """Write what parties of keys give above their shares, and bound it where a cap does."""
        self.over_share: Terms = {}
        gives: dict[str, Terms] = defaultdict(dict)
        for gift, ships in self.gifts.items():
            for ship in ships:
                gives[gift[0]][ship] = self.items[gift[2]].get("value_eur", 0.0)
        for row in self.rows("keys"):
            others = [other["party"] for other in self.rows("keys") if other["key"] == row["key"]]
            before = {party: self._gave(party) for party in others}
            over = ("over", row["key"])
            self.over_share[over] = 1.0
            room = row["share"] * sum(before.values()) - before[row["party"]]
            self.program.row(self._above(row["share"], row["party"], others, gives) | {over: -1.0}, room)
            if "maximum_excess" in row:
                allowed = row["share"] + row["maximum_excess"]
                room = allowed * sum(before.values()) - before[row["party"]]
                self.program.row(self._above(allowed, row["party"], others, gives), max(0.0, room))

    @staticmethod
    def _above(allowed: float, party: str, others: list[str], gives: dict[str, Terms]) -> Terms:
        """Return what a party gives less the part of what all give that it may give."""
        terms: Terms = dict(gives[party])
        for other in others:
            for ship, value in gives[other].items():
                plus(terms, ship, -allowed * value)
        return terms

    def _gave(self, party: str) -> float:
        """Return the value of what the pledges of a party have delivered."""
        pledges = [row for row in self.rows("pledges") if row["donor"] == party]
        return sum(
            (row.get("delivered_quantity") or (row["quantity"] if row["state"] == "delivered" else 0.0))
            * self.items[row["item"]].get("value_eur", 0.0)
            for row in pledges
        )

    def _owns(self, row: Row, place: str) -> bool:
        """Tell whether what lies at a place counts for a row of the objectives."""
        return row["place"] == place if "place" in row else row["party"] == self.owner[place]

    def tiers(self, names: tuple[str, ...]) -> list[tuple[str, Terms]]:
        """Return the tiers in order."""
        needs = [(f"needs {p} {what}", sums[p]) for p in sorted(self.unmet) for what, sums in
                 (("unmet", self.unmet), ("late", self.late))]  # fmt: skip
        asks = [("asks", self.asks)] if self.facts["gifts"] == "open" else []
        found = {
            "floors": [("floors", self.below["floor"])],
            "needs": needs + asks,
            "shares": [("shares", self.over_share)] if self.over_share else [],
            "objectives": [("objectives", self.below["objective"])],
            "cost": [("cost", self.cost)],
        }
        tiers = [("limits", self.over)] if self.over else []
        tiers += [("firm orders", self.undelivered)] if self.undelivered else []
        tiers += [tier for name in names for tier in found[name]]
        return tiers + ([] if "needs" in names else asks) + [("earliest", self.early)]


def best_tiers(facts: dict[str, Any], own: bool = False) -> dict[str, float]:
    """Return the best value of every tier of a case.

    `own` says that all needs are own needs of the one party there is, and ask for its one item: where they are short,
    its floors come after them.
    """
    names = tuple(facts.get("tiers", ALL_TIERS))
    reference = Reference(facts)
    values = reference.program.solve(reference.tiers(names))
    gives_way = own and "floors" in names and "needs" in names[names.index("floors") :]
    if not gives_way or all(value <= SHORT for name, value in values.items() if name.startswith("needs ")):
        return values
    rest = tuple(name for name in names if name not in ("floors", "needs"))
    return reference.program.solve(reference.tiers(("needs", "floors", *rest)))
