"""The pictures in the pages: each is what the command beside it draws today."""

from __future__ import annotations

from pathlib import Path

from scorta import desk
from scorta.report import trace_chart


def test_the_chart_of_the_walk_is_the_one_drawn_today(root: Path) -> None:
    """Every word and every band of the chart stands in the picture: else draw it anew as its page says."""
    case = desk.load_case(root / "examples" / "walk")
    spec = trace_chart(case.scenario.title, desk.trace(case, desk.make_plan(case), ["N1"]))
    picture = (root / "docs" / "do" / "trace-n1.svg").read_text(encoding="utf-8")
    drawn = [mark["encode"]["enter"] for mark in spec["marks"]]
    assert spec["title"]["text"] in picture
    assert all(mark["text"]["value"] in picture for mark in drawn if "text" in mark)
    assert picture.count('fill-opacity="0.28"') == sum("path" in mark for mark in drawn)
