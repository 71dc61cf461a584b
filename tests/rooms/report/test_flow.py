"""The chart of a trace: what its bands add up to, that its labels can be read, and the forms in which it is written."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.conftest import LONG_TERM, Planned

from scorta.errors import OutputError
from scorta.report import trace_chart, write_chart
from scorta.report.flow import DEEPEST, GAP, LINE, MOST, Flow, make_flow, place_flow
from scorta.trace import Step, trace_need

NEAR = 1e-6
DAY, LATER = dt.date(2022, 12, 1), dt.date(2022, 12, 8)


def stock(place: str, quantity: float, item: str = "tent") -> Step:
    """Return goods that lie somewhere."""
    return Step("stock", quantity, {"item": item, "place": place, "row": f"stocks.csv:{len(place)}"})


def leg(name: str, *behind: Step, day: dt.date = DAY, under: str | None = None) -> Step:
    """Return a shipment of all that stands behind it."""
    origin, destination = name.split(">")
    days = dict.fromkeys(("leaves_from", "leaves_until", "arrives_from", "arrives_until"), day)
    facts = {"leg": name, "origin": origin, "destination": destination, "item": "tent", "under": under, **days}
    return Step("shipment", sum(step.quantity for step in behind), facts, behind)


def issue(*behind: Step, meets: float = 1.0, late: int = 0) -> Step:
    """Return an issue of all that stands behind it, each unit of which meets so much of the need."""
    whole = sum(step.quantity for step in behind)
    facts = {"item": "tent", "place": "HUB", "issued_from": DAY, "issued_until": LATER}
    return Step("issue", whole, {**facts, "meets": whole * meets, "days_late": late}, behind)


def need(*issues: Step, unmet: float = 0.0) -> Step:
    """Return a need that receives some issues."""
    met = {
        late: sum(float(str(step.facts["meets"])) for step in issues if bool(step.facts["days_late"]) is late)
        for late in (False, True)
    }
    facts = {"need": "N1", "place": "HUB", "item": "tent", "required_by": DAY, "asked": sum(met.values()) + unmet}
    whole = sum(step.quantity for step in issues)
    return Step("need", whole, {**facts, "on_time": met[False], "late": met[True], "unmet": unmet}, issues)


def assert_balanced(flow: Flow, root: Step) -> None:
    """Every node takes in what it gives on; the need takes in all that it receives; bands tie neighbours alone."""
    comes, goes = [0.0] * len(flow.nodes), [0.0] * len(flow.nodes)
    for band in flow.bands:
        comes[band.target] += band.width
        goes[band.source] += band.width
        assert flow.nodes[band.source].depth == flow.nodes[band.target].depth + 1
    for number, node in enumerate(flow.nodes):
        assert number == 0 or goes[number] == pytest.approx(node.width, rel=NEAR, abs=NEAR)
        assert comes[number] == pytest.approx(node.width, rel=NEAR, abs=NEAR) or number in _sources(flow)
    received = float(str(root.facts["on_time"])) + float(str(root.facts["late"]))
    assert flow.nodes[0].width == pytest.approx(received, rel=NEAR, abs=NEAR)
    ends = sum(flow.nodes[number].width - comes[number] for number in _sources(flow))
    assert ends == pytest.approx(received, rel=NEAR, abs=NEAR)


def _sources(flow: Flow) -> set[int]:
    """Return the nodes in which bands begin: sources, makings that take nothing, and others with such among them."""
    begins = ("stock", "receipt", "circle", "production", "others")
    return {number for number, node in enumerate(flow.nodes) if node.kind in begins}


def assert_readable(flow: Flow, asked: float) -> None:
    """No label of a column touches the next, and none is wider than the room to the next column."""
    placed = place_flow(flow, asked)
    columns: dict[float, list[tuple[float, float]]] = {}
    for bar in placed.bars:
        half = max(bar.height, LINE * len(bar.node.lines)) / 2
        columns.setdefault(bar.x, []).append((bar.middle - half, bar.middle + half))
    for spans in columns.values():
        for (_, foot), (top, _) in itertools.pairwise(sorted(spans)):
            assert top >= foot + GAP - NEAR
    assert all(later - x > placed.limit for x, later in itertools.pairwise(sorted(columns)))
    assert placed.width <= 1000 or max(node.depth for node in flow.nodes) > DEEPEST


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


def test_small_steps_are_grouped_and_the_chart_says_so() -> None:
    """A hundred donors: no more nodes than can be read; the widest stay, the rest are others, and nothing is lost."""
    donors = [leg(f"D{number:03}>HUB", stock(f"D{number:03}", float(number))) for number in range(1, 101)]
    root = need(issue(*donors))
    flow = make_flow(root)
    assert len(flow.nodes) <= MOST
    assert next(node.lines[:2] for node in flow.nodes if node.lines[0] == "D100>HUB") == ("D100>HUB", "100 tent")
    assert "others" in {node.kind for node in flow.nodes}
    assert_balanced(flow, root)
    assert_readable(flow, 5050.0)
    assert f"{flow.grouped} small steps grouped as others." in json.dumps(trace_chart("A case", root))


def test_a_need_that_receives_nothing_is_drawn_empty() -> None:
    """The bar is empty, and the chart says what is unmet."""
    root = need(unmet=7.0)
    drawn = json.dumps(trace_chart("A case", root))
    assert "7 unmet" in drawn
    assert "Nothing is delivered." in drawn
    assert "N1: 7 of tent at HUB, required by 2022-12-01" in drawn
    assert "0 on time, 0 late, 7 unmet." in drawn


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


@pytest.mark.parametrize(("ending", "begins"), [
    ("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!DOCTYPE html>"), ("json", b"{\n"),
])  # fmt: skip
def test_each_form_is_written_over_what_was_there(tmp_path: Path, ending: str, begins: bytes) -> None:
    """The ending says the form; nothing but the file lies in the folder afterwards."""
    path = tmp_path / f"need.{ending}"
    path.write_text("old", encoding="utf-8")
    write_chart(trace_chart("A case", need(issue(stock("HUB", 1.0)))), path)
    assert path.read_bytes().lstrip().startswith(begins)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_chart_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """Another ending, a file in the place of its folder, and a folder in the place of the file."""
    spec = trace_chart("A case", need(unmet=1.0))
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "no").touch()
    for name, words in (("a.pdf", "no name of a chart"), ("no/a.json", "cannot be written"), ("folder.json", "cannot")):
        with pytest.raises(OutputError, match=words):
            write_chart(spec, tmp_path / name)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder.json", "no"]


def test_the_same_chart_is_drawn_from_the_same_trace(tmp_path: Path) -> None:
    """Text is text in the SVG, and the drawing holds nothing that changes from run to run."""
    spec = trace_chart("A case", need(issue(stock("HUB", 1.0))))
    for name in ("a.svg", "b.svg"):
        write_chart(spec, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert "stock at HUB" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_word_of_the_case_is_never_a_word_of_the_page(tmp_path: Path) -> None:
    """Whatever stands in a title or a code: the drawing stays XML, and the page runs no script but its own."""
    title = 'A </script><script>alert(1)</script> "case" & <b>more</b>'
    spec = trace_chart(title, need(issue(stock('<i>"DEPOT" & co', 1.0))))
    for name in ("a.svg", "a.html", "b.html"):
        write_chart(trace_chart("A case", need(unmet=1.0)) if name == "b.html" else spec, tmp_path / name)
    drawn = "".join(ElementTree.parse(tmp_path / "a.svg").getroot().itertext())
    assert '<i>"DEPOT" & co' in drawn
    page, plain = ((tmp_path / name).read_text(encoding="utf-8") for name in ("a.html", "b.html"))
    assert page.count("<script") == plain.count("<script")
    assert page.count("</script") == plain.count("</script")
    embedded = json.loads(next(line for line in page.splitlines() if "const spec = " in line).split(" = ", 1)[1][:-1])
    assert embedded == json.loads(json.dumps(spec))
