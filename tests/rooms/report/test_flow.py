"""The chart of a trace: what its bands add up to, that its labels can be read, and the forms in which it is written."""

from __future__ import annotations

import pytest
from tests.conftest import LONG_TERM, Planned
from tests.rooms.report.steps import DAY, LATER, assert_balanced, assert_readable, issue, leg, need, stock

from scorta.report.flow import MOST, make_flow
from scorta.trace import Step, trace_need


def test_what_is_alike_is_one_node() -> None:
    """Two weeks over one leg from one stock are one node each: 30 and 20 are 50, from the first day to the last."""
    first, second = leg("A>HUB", stock("A", 30.0), under="P1"), leg("A>HUB", stock("A", 20.0), day=LATER, under="P1")
    root = need(issue(first), issue(second))
    flow = make_flow(root)
    assert [node.lines for node in flow.nodes] == [
        ("N1", "50 tent"),
        ("issued on time", "50 tent", "2022-12-01 to 2022-12-08"),
        ("A>HUB", "under P1", "50 tent", "2022-12-01 to 2022-12-08"),
        ("stock at A", "50 tent", "stocks.csv:1"),
    ]
    assert [band.width for band in flow.bands] == [50.0, 50.0, 50.0]
    assert_balanced(flow, root)


def test_late_issues_and_other_pledges_stand_apart() -> None:
    """What is late is another node than what is on time; so is a leg under another pledge."""
    root = need(issue(leg("A>HUB", stock("A", 3.0), under="P1")), issue(leg("A>HUB", stock("A", 4.0)), late=7))
    flow = make_flow(root)
    assert [(node.kind, node.width) for node in flow.nodes] == [
        ("need", 7), ("issue", 3), ("shipment", 3), ("stock", 7), ("late", 4), ("shipment", 4),
    ]  # fmt: skip
    assert_balanced(flow, root)


def test_a_substitute_is_as_wide_as_what_it_meets() -> None:
    """Ten large tents of which each stands for two: 10 units on the label, 20 of the need in width."""
    root = need(issue(stock("HUB", 10.0), meets=2.0))
    flow = make_flow(root)
    assert [(node.width, node.lines[-2 if node.depth else -1]) for node in flow.nodes[1:]] == [
        (20.0, "10 tent"),
        (20.0, "10 tent"),
    ]
    assert_balanced(flow, root)


def test_components_share_the_width_of_a_kit() -> None:
    """Ten kits of one stove and twenty blankets each: both components are five wide, the labels say 10 and 200."""
    taken = [
        Step("component", units, {"item": item, "place": "HUB"}, (stock("HUB", units, item),))
        for item, units in (("stove", 10.0), ("blanket", 200.0))
    ]
    kit = Step("kit", 10.0, {"item": "winter_kit", "place": "HUB", "date": DAY}, tuple(taken))
    root = need(issue(kit))
    flow = make_flow(root)
    assert [(node.lines[1], node.width) for node in flow.nodes if node.kind == "stock"] == [
        ("10 stove", 5.0), ("200 blanket", 5.0),
    ]  # fmt: skip
    assert_balanced(flow, root)


def test_legs_in_a_row_become_one_where_there_are_many() -> None:
    """Five legs are too many columns: they are one from the first place to the last; what joins half way is another."""
    inner = leg("B>C", leg("A>B", stock("A", 6.0), under="P1"), stock("B", 4.0))
    root = need(issue(leg("E>HUB", leg("D>E", leg("C>D", inner)), day=LATER)))
    flow = make_flow(root)
    assert flow.joined
    assert [node.lines[:3] for node in flow.nodes if node.kind == "shipment"] == [
        ("B to HUB", "4 tent", "2022-12-01 to 2022-12-08"), ("A to HUB", "under P1", "6 tent"),
    ]  # fmt: skip
    assert_balanced(flow, root)
    assert not make_flow(need(issue(leg("A>HUB", stock("A", 1.0))))).joined


@pytest.mark.parametrize("name", ["october", "winter", LONG_TERM])
def test_every_need_of_the_examples_balances_and_can_be_read(name: str, request: pytest.FixtureRequest) -> None:
    """What the bands bring is what the table of needs says comes; labels stand clear of each other."""
    planned: Planned = request.getfixturevalue(name)
    for row in planned.plan["fulfilment"].iter_rows(named=True):
        root = trace_need(planned.case, planned.plan, row["need"])
        flow = make_flow(root)
        assert_balanced(flow, root)
        assert_readable(flow, row["asked"])
        assert len(flow.nodes) <= MOST
