"""The chart of a trace: what it says, and the forms in which it is written."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.rooms.report.steps import assert_balanced, assert_readable, issue, leg, need, stock

from scorta.errors import OutputError
from scorta.report import trace_chart, write_chart
from scorta.report.flow import MOST, make_flow


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
