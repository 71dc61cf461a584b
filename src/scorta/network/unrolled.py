"""The network: a case unrolled over time, as index tables that later stages turn into columns and rows."""

from __future__ import annotations

from dataclasses import dataclass

from scorta.case import Case, Days, Floats, Horizon
from scorta.network.contracts import Contracts
from scorta.network.decided import Decided
from scorta.network.growing import Expansions, Lines
from scorta.network.index import Bools, Index, Span
from scorta.network.lanes import Legs
from scorta.network.levels import Levels
from scorta.network.making import Recipe
from scorta.network.needs import Occurrences
from scorta.network.pledges import Handover, Pledges, repairable_of
from scorta.network.sharing import Shares
from scorta.network.spread import Arrivals
from scorta.network.substitutes import Substitutes
from scorta.network.windows import Windows


@dataclass(frozen=True, slots=True)
class Names:
    """The codes of the case, numbered; `repairable` is the reservation of goods that wait for repair."""

    parties: Index
    places: Index
    items: Index
    reservations: Index

    @property
    def repairable(self) -> int:
        """The reservation of goods that wait for repair, `NO_REPAIRABLE` where there are none."""
        return repairable_of(self.reservations)


@dataclass(frozen=True, slots=True)
class Spots:
    """Where goods can lie: one row for each place, item and lot that supply can reach.

    `expires` is the last day of use of the lot, `reservation` what it is reserved for, or that it waits for repair.
    `span` gives each spot its buckets, from the first in which it can hold anything to the last (that of `expires`
    for a dated lot). `opening` lies there on the first day; receipts come in at (`receipt_spot`, `receipt_bucket`).
    """

    place: Days
    item: Days
    expires: Days
    reservation: Days
    span: Span
    opening: Floats
    receipt_spot: Days
    receipt_bucket: Days
    receipt_quantity: Floats

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True, slots=True)
class Moves:
    """Which goods may use which leg: one row for each leg, spot it leaves and spot it reaches, with its buckets.

    A move within a `window` leaves on the days of that window only, in one bucket. `gift` tells that the move needs
    cover by a pledge or an ask, `sale` that it needs cover by a contract. `way` and the bucket make up the number of
    the flow in `arrivals`.
    """

    leg: Days
    origin: Days
    destination: Days
    window: Days
    gift: Bools
    sale: Bools
    span: Span
    way: Days
    arrivals: Arrivals

    def flows(self, move: Days, bucket: Days) -> Days:
        """Return the number in `arrivals` of what each move carries in a bucket."""
        return self.way[move] + bucket


@dataclass(frozen=True, slots=True)
class Makings:
    """Which processes may run and kits be put together, with their buckets, and what they take and give by spot.

    `process` is a row of the recipe. `takes_*` list (making, spot of undated goods that are free, or wait for repair,
    row of components; spot -1 where supply never reaches it); `gives_*` list (making, spot, units per unit started).
    """

    process: Days
    span: Span
    arrivals: Arrivals
    takes_making: Days
    takes_spot: Days
    takes_row: Days
    gives_making: Days
    gives_spot: Days
    gives_quantity: Floats


@dataclass(frozen=True, slots=True)
class Servings:
    """Which spot may serve which occurrence of a need, with its buckets.

    `pair` is the row of the substitutes by which it may, -1 where the spot holds what is asked for; it is None in a
    case without substitutes.
    """

    occurrence: Days
    spot: Days
    span: Span
    pair: Days | None = None


@dataclass(frozen=True, slots=True)
class Supplies:
    """What may stand in for a component where it is used: a spot, the spot of the undated component it feeds.

    `pair` is the row of the stand-ins by which it may, -1 for a dated lot of the component itself.
    """

    source: Days
    target: Days
    pair: Days


@dataclass(frozen=True, slots=True)
class Network:
    """A case unrolled over time: spots, moves, makings and servings, with what was promised and what is aimed at.

    `substitutes` may serve needs, `stand_ins` components; `decided` is what a previous plan decided.
    """

    case: Case
    names: Names
    place_party: Days
    occurrences: Occurrences
    pledges: Pledges
    contracts: Contracts
    handover: Handover
    recipe: Recipe
    lines: Lines
    expansions: Expansions
    shares: Shares
    levels: Levels
    legs: Legs
    windows: Windows
    spots: Spots
    moves: Moves
    makings: Makings
    servings: Servings
    supplies: Supplies
    substitutes: Substitutes
    stand_ins: Substitutes
    decided: Decided

    @property
    def horizon(self) -> Horizon:
        """The buckets of the plan."""
        return self.case.horizon
