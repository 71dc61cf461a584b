"""The recipe: what a process takes and gives and when; and which processes can run."""

from __future__ import annotations

import numpy as np
from tests.cases import make_case

from scorta.network import build_network
from scorta.network.facts import read_facts
from scorta.network.production import Feeds, Recipe

ITEMS = "item | rice | wheat | bran"
PROCESS = "process place item lead_time_days yield"


def recipe(**tables: str) -> Recipe:
    """Return the recipe of a case of two weeks."""
    return read_facts(make_case("week 2", items=ITEMS, **tables)).recipe


def test_product_and_coproducts() -> None:
    """A unit started gives its yield of the product, and the co-products beside it."""
    found = recipe(processes=f"{PROCESS} | MILL P rice 7 0.8", coproducts="process item quantity | MILL bran 0.5")
    assert (found.gives_item.tolist(), found.gives_quantity.tolist()) == ([0, 2], [0.8, 0.5])


def test_a_component_counts_on_its_days() -> None:
    """Wheat from 11 January on counts on four of the seven days of week 1; in week 0 nothing can be started."""
    found = recipe(
        processes=f"{PROCESS} | MILL P rice 7 1",
        components="process item quantity from_date | MILL wheat 2 2024-01-11",
    )
    assert found.in_force.tolist() == [[0, 4 / 7]]
    assert found.blocked.tolist() == [[True, False]]
    assert found.component_always.tolist() == [False]


def test_hours_of_processes_and_loads() -> None:
    """The line of a process and those of the table of loads stand together, process by process."""
    found = recipe(
        lines="line place capacity_per_month | A P 10 | B P 10",
        processes=f"{PROCESS} line line_hours_per_unit | MILL P rice 7 1 A 2",
        loads="process line line_hours_per_unit | MILL B 3",
    )
    assert (found.load_line.tolist(), found.load_hours.tolist()) == ([0, 1], [2, 3])


def test_what_is_empty_costs_nothing() -> None:
    """Costs and least lots are 0 and numbers need not be whole where nobody says."""
    found = recipe(processes=f"{PROCESS} unit_cost_eur whole | MILL P rice 7 1 - - | BAKE P bran 0 1 3 yes")
    assert (found.unit_cost.tolist(), found.whole.tolist()) == ([0, 3], [False, True])
    assert (found.setup_cost.tolist(), found.minimum_lot.tolist()) == ([0, 0], [0, 0])


def test_goods_feed_what_they_may_stand_in_for() -> None:
    """Goods 4 feed two spots, the later of both days counts; goods 5 feed none."""
    feeds = Feeds(goods=np.array([2, 4, 4]), spot=np.array([7, 8, 9]), day=np.array([0, 3, 0]))
    spots, days = feeds.fed(np.array([5, 4]), np.array([1, 2]))
    assert (spots.tolist(), days.tolist()) == ([8, 9], [3, 2])


def test_flows_of_what_is_started() -> None:
    """What the second process starts in week 1 may run on the days of week 1 from its first day on: 10 to 13."""
    network = build_network(
        make_case(
            "week 2",
            items=ITEMS,
            processes=f"{PROCESS} from_date | IDLE P bran 0 1 - | MILL P rice 0 1 2024-01-11",
            needs="need place item quantity required_by priority | N1 P rice 5 2024-01-14 1",
        )
    )
    assert network.production.row.tolist() == [1]
    flow = network.production.flows(np.array([0]), np.array([1]))
    arrivals = network.production.arrivals
    assert (arrivals.first_day[flow].tolist(), arrivals.last_day[flow].tolist()) == ([10], [13])
