"""The chart of a trace: a Vega specification of bands as wide as the units that flow, sources left, the need right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorta.errors import OutputError
from scorta.languages import WHOLE_NUMBER_TOLERANCE, mark, say, say_count, write_number
from scorta.report.files import put_file
from scorta.report.flow import BAR, LEFT, LINE, MOST, OTHERS, RIGHT, Bar, Flow, Placed, Ribbon, make_flow, place_flow
from scorta.report.needs import need_heading

if TYPE_CHECKING:
    from scorta.trace import Step


Spec = dict[str, Any]
"""A Vega specification, or a part of one."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, QUIET, UNMET = "#1f2328", "#57606a", "#b3261e"

KINDS: Mapping[str, tuple[str, str]] = {
    "stock": ("#3b5b7a", mark("stock")),
    "receipt": ("#7f9fb8", mark("receipt")),
    "production": ("#8a6a1f", mark("made")),
    "kit": ("#b8973f", mark("put together")),
    "shipment": ("#8b9199", mark("over a leg")),
    "circle": ("#bfc4ca", mark("in a circle")),
    OTHERS: ("#c9b8cc", mark("others")),
    "issue": ("#3a7d57", mark("issued on time")),
    "late": ("#c4661f", mark("issued late")),
    "need": ("#2f3640", mark("the need")),
}
"""The colour of each kind of node, light or dark apart where they stand side by side, and its word in the key."""

MARGIN, LETTER, ROW = 14.0, 6.2, 20.0
"""The room around the chart, the width of a letter in the key, and the height of a row of the key."""


def trace_chart(title: str, root: Step, most: int = MOST) -> Spec:
    """Return the chart of a trace: where all that a need receives comes from, as a Vega specification."""
    facts = {name: float(str(root.facts[name])) for name in ("asked", "on_time", "late", "unmet")}
    flow = make_flow(root, most)
    placed = place_flow(flow, facts["asked"])
    heading, note = need_heading(root.facts), _note(flow)
    where = say("Where it comes from, sources left and the need right.")
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "usermeta": {"embedOptions": {"actions": {"source": False, "compiled": False, "editor": False}}},
        "description": f"{heading.title}. {heading.text} {where}",
        "background": "white",
        "width": placed.width,
        "height": placed.height + MARGIN + (1 + len(note)) * ROW,
        "padding": MARGIN,
        "title": _title(heading.title, f"{heading.text}   {title}"),
        "marks": [
            *(_ribbon(ribbon, flow) for ribbon in placed.ribbons),
            *(_bar(bar) for bar in placed.bars),
            *_unmet(placed, facts["unmet"]),
            *(line for bar in placed.bars for line in _label(bar, placed.limit if bar.node.depth else RIGHT)),
            *_key(flow, placed.height + MARGIN + ROW / 2),
            *(_text(line, LEFT, placed.height + MARGIN + (at + 1.5) * ROW, QUIET) for at, line in enumerate(note)),
        ],
    }


def _title(head: str, words: str) -> Spec:
    """Return the two lines above the chart."""
    return {
        "text": head, "subtitle": words, "anchor": "start", "frame": "group", "font": FONT, "fontSize": 17,
        "color": INK, "subtitleFont": FONT, "subtitleFontSize": 13, "subtitleColor": QUIET, "subtitlePadding": 5,
        "offset": 16, "dx": LEFT,
    }  # fmt: skip


def _ribbon(ribbon: Ribbon, flow: Flow) -> Spec:
    """Return a band: level where it leaves and where it arrives, in the colour of what it leaves."""
    colour, _ = KINDS[flow.nodes[ribbon.band.source].kind]
    (x, y), (to_x, to_y), tall = (ribbon.x, ribbon.y), (ribbon.to_x, ribbon.to_y), max(ribbon.height, 1.0)
    half = (x + to_x) / 2
    path = (
        f"M{x:.2f},{y:.2f}C{half:.2f},{y:.2f},{half:.2f},{to_y:.2f},{to_x:.2f},{to_y:.2f}"
        f"V{to_y + tall:.2f}C{half:.2f},{to_y + tall:.2f},{half:.2f},{y + tall:.2f},{x:.2f},{y + tall:.2f}Z"
    )
    return _mark("path", path=path, fill=colour, fillOpacity=0.28)


def _bar(bar: Bar) -> Spec:
    """Return the bar of a node."""
    words = ", ".join(bar.node.lines)
    colour, _ = KINDS[bar.node.kind]
    return _mark("rect", x=bar.x, y=bar.y, width=BAR, height=bar.height, fill=colour, tooltip=words, description=words)


def _unmet(placed: Placed, unmet: float) -> Iterator[Spec]:
    """Yield what the need lacks: an empty bar under its own, and how much it is."""
    need, tall = placed.bars[0], unmet * placed.scale
    if unmet > WHOLE_NUMBER_TOLERANCE:
        top = need.y + need.height if need.node.width else need.y
        yield _mark("rect", x=need.x + 0.5, y=top, width=BAR - 1, height=tall, stroke=UNMET, strokeDash=[3, 2])
        room = max(top + tall / 2, need.middle + LINE * len(need.node.lines))
        words = say("{number} unmet", number=write_number(unmet))
        yield _text(words, need.x + BAR + 6, room, UNMET, weight="bold")


def _label(bar: Bar, limit: float) -> Iterator[Spec]:
    """Yield the lines of a node, right of its bar."""
    middle = (len(bar.node.lines) - 1) / 2
    for number, line in enumerate(bar.node.lines):
        y, weight = bar.middle + (number - middle) * LINE, "normal" if number else "bold"
        yield _text(line, bar.x + BAR + 6, y, QUIET if number else INK, limit=limit, weight=weight)


def _key(flow: Flow, y: float) -> Iterator[Spec]:
    """Yield what each colour means, of the kinds that are there."""
    x, there = LEFT, {node.kind for node in flow.nodes}
    for kind, (colour, name) in KINDS.items():
        if kind in there:
            words = say(name)
            yield _mark("rect", x=x, y=y - 5, width=10, height=10, fill=colour)
            yield _text(words, x + 15, y, INK)
            x += 15 + LETTER * len(words) + 18


def _note(flow: Flow) -> list[str]:
    """Say how to read the chart."""
    kinds = {node.kind for node in flow.nodes}
    if len(flow.nodes) == 1:
        return [say("Nothing is delivered.")]
    grouped = say_count(
        "{number} small step grouped as others.", "{number} small steps grouped as others.", flow.grouped
    )
    more = {
        say("Legs that follow one another are drawn as one."): flow.joined,
        say("Components share the width of what is made of them evenly."): kinds & {"production", "kit"},
        grouped: flow.grouped,
    }
    words = say(
        "A band is as wide as the units that it brings. First in, first out. The dates of a leg are those of departure."
    )
    return [line for line in (words, " ".join(sentence for sentence, there in more.items() if there)) if line]


def _text(words: str, x: float, y: float, colour: str, limit: float = 0.0, weight: str = "normal") -> Spec:
    """Return a line of text, cut to a length where one is given."""
    return _mark(
        "text", text=words, x=x, y=y, fill=colour, font=FONT, fontSize=11.5, fontWeight=weight, baseline="middle",
        limit=limit,
    )  # fmt: skip


def _mark(kind: str, **values: object) -> Spec:
    """Return a mark of Vega with fixed values."""
    return {"type": kind, "encode": {"enter": {name: {"value": value} for name, value in values.items()}}}


SHARP = 2.0
"""Dots of a PNG for each point of the chart: sharp in print."""

_EMPTY = {"description": "the chart"}
"""What stands in a page in the place of the chart until it is put there."""


def write_chart(spec: Mapping[str, Any], path: Path) -> None:
    """Write a chart as an SVG, PNG or HTML file, or as its Vega specification: `.svg`, `.png`, `.html` or `.json`.

    Raises:
        OutputError: the name has another ending, or the file cannot be written; what was there stays.
    """
    draw = _FORMS.get(path.suffix.lower())
    if draw is None:
        raise OutputError("{path} is no name of a chart.", "End it in {endings}.", path=path, endings=", ".join(_FORMS))
    put_file(draw(dict(spec)), path)


def _svg(spec: dict[str, Any]) -> bytes:
    import vl_convert

    return vl_convert.vega_to_svg(spec, allowed_base_urls=[]).encode()


def _png(spec: dict[str, Any]) -> bytes:
    import vl_convert

    return vl_convert.vega_to_png(spec, scale=SHARP, allowed_base_urls=[])


def _html(spec: dict[str, Any]) -> bytes:
    import vl_convert

    page = vl_convert.vega_to_html(_EMPTY, bundle=True)
    before, found, after = page.rpartition(json.dumps(_EMPTY, separators=(",", ":")))
    if not found:
        raise OutputError("The page of the chart could not be made.", "Write it as .svg or .png.")
    return f"{before}{_quiet(json.dumps(spec))}{after}".encode()


def _quiet(text: str) -> str:
    """Return JSON as it may stand in a script of a page: no word in it can end the script or begin another."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _json(spec: dict[str, Any]) -> bytes:
    return (json.dumps(spec, indent=1, ensure_ascii=False) + "\n").encode()


_FORMS: Mapping[str, Callable[[dict[str, Any]], bytes]] = {".svg": _svg, ".png": _png, ".html": _html, ".json": _json}
"""What draws a chart, by the ending of a name."""
