"""A trace as a flow: what is alike at the same distance from the need is one node, and bands tie the nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scorta.languages import mark, say, say_count, write_day, write_number
from scorta.report.trace import join_legs

if TYPE_CHECKING:
    from scorta.trace import Step


MOST = 40
"""Nodes that a reader can take in; where there are more, the smallest of each distance become one."""

DEEPEST = 5
"""Steps from the need that stand side by side on a page; where there are more, legs in a row become one step."""

OTHERS = "others"
"""The kind of a node in which small ones are grouped."""

_NAMES: Mapping[str, tuple[str, str]] = {
    "need": ("{need}", ""),
    "issue": (mark("issued on time"), ""),
    "late": (mark("issued late"), ""),
    "shipment": ("{leg}", "under"),
    "production": ("{process}", "place"),
    "kit": (mark("put together"), "place"),
    "stock": (mark("stock at {place}"), ""),
    "receipt": (mark("receipt at {place}"), ""),
    "circle": (mark("in a circle over {place}"), ""),
}
"""What a node is called, by kind, and the fact on its second line; what is alike in both, and of one item, is one."""

_DATES = {
    "issue": ("issued_from", "issued_until"),
    "late": ("issued_from", "issued_until"),
    "shipment": ("leaves_from", "leaves_until"),
    "production": ("starts_from", "starts_until"),
    "kit": ("date", "date"),
}
"""The first and last day of a step."""

_MAKING = ("production", "kit")
"""Steps behind which stand components, each in its own units."""

Key = tuple[int, str, str, str, str]
"""What makes a node: how many steps from the need it is, its kind, its name, its second line, and its item."""


@dataclass(frozen=True, slots=True)
class Node:
    """Steps of a trace that are alike: how far they are from the need, and what they are of it.

    `width` is in units of what the need receives: in them a node takes in what it gives on. `lines` say what it is, how
    many units of its own item pass, and when.
    """

    depth: int
    kind: str
    lines: tuple[str, ...]
    width: float
    first: date | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """What flows from one node to another, by their numbers, in units of what the need receives."""

    source: int
    target: int
    width: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The nodes of a trace, that of the need first, and the bands between them.

    `grouped` nodes became `others`; `joined` tells that legs which follow one another are one step.
    """

    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]
    grouped: int = 0
    joined: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A step of a trace as a part of a node, and the node that it flows to."""

    key: Key
    step: Step
    width: float
    into: Key | None


def make_flow(root: Step, most: int = MOST) -> Flow:
    """Return the flow of a trace, of no more than `most` nodes unless it has more columns than that."""
    parts = _all_parts(root)
    joined = max(part.key[0] for part in parts) > DEEPEST
    parts = _all_parts(join_legs(root)) if joined else parts
    others = _small(parts, most)
    held: dict[Key, list[_Part]] = {}
    bands: dict[tuple[Key, Key], float] = {}
    for part in parts:
        key = others.get(part.key, part.key)
        held.setdefault(key, []).append(part)
        if part.into is not None:
            tied = (key, others.get(part.into, part.into))
            bands[tied] = bands.get(tied, 0.0) + part.width
    number = {key: index for index, key in enumerate(held)}
    nodes = tuple(_node(key, found) for key, found in held.items())
    tied_up = tuple(Band(number[source], number[target], width) for (source, target), width in bands.items())
    return Flow(nodes, tied_up, len(others), joined)


def _all_parts(root: Step) -> list[_Part]:
    """Return every step of a trace as a part of a node."""
    return list(_parts(root, sum(width for _, width in _behind(root, 1.0)), 0, None))


def _parts(step: Step, width: float, depth: int, into: Key | None) -> Iterator[_Part]:
    """Yield a step and all behind it as parts of nodes."""
    kind = "late" if step.kind == "issue" and step.facts["days_late"] else step.kind
    key = (depth, kind, *_called(kind, step.facts), str(step.facts.get("item")))
    yield _Part(key, step, width, into)
    for behind, share in _behind(step, width):
        yield from _parts(behind, share, depth + 1, key)


def _behind(step: Step, width: float) -> list[tuple[Step, float]]:
    """Part the width of a step among the steps behind it; components, of different units, share it evenly."""
    if step.kind == "need":
        return [(each, float(str(each.facts["meets"]))) for each in step.behind]
    if step.kind in _MAKING:
        taken = [part for part in step.behind if part.behind]
        return [link for part in taken for link in _behind(part, width / len(taken))]
    whole = sum(each.quantity for each in step.behind)
    return [(each, width * each.quantity / whole) for each in step.behind if whole]


def _small(parts: Iterable[_Part], most: int) -> Mapping[Key, Key]:
    """Return which nodes become `others`, where there are more than `most`: the narrowest, two or more of a column."""
    widths: dict[Key, float] = {}
    for part in parts:
        widths[part.key] = widths.get(part.key, 0.0) + part.width
    if len(widths) <= most:
        return {}
    columns = {key[0] for key in widths}
    rest = sorted((key for key in widths if key[0]), key=lambda key: -widths[key])[max(most - len(columns), 0) :]
    alone = [depth for depth in columns if sum(key[0] == depth for key in rest) == 1]
    return {key: (key[0], OTHERS, "", "", "") for key in rest if key[0] not in alone}


def _node(key: Key, parts: list[_Part]) -> Node:
    """Return the node of some steps that are alike."""
    depth, kind, name, second, _ = key
    width = sum(part.width for part in parts)
    if kind == OTHERS:
        others = say_count("{number} other", "{number} others", len({part.key for part in parts}))
        return Node(depth, kind, (others, _units(parts)), width)
    facts = (part.step.facts[name] for part in parts for name in _DATES.get(kind, ()))
    days = [fact for fact in facts if isinstance(fact, date)]
    when = _span(days) if days else _rows(parts)
    lines = tuple(line for line in (name, second, _units(parts), when) if line)
    return Node(depth, kind, lines, width, min(days, default=None))


def _called(kind: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """Say what a step is: its name, and where or under which agreement."""
    name, fact = _NAMES[kind]
    second = _SECOND[fact] if facts.get(fact) else ""
    return say(name, **facts), say(second, **facts)


_SECOND = {"": "", "under": mark("under {under}"), "place": mark("at {place}")}
"""What the second line of a node says of a fact."""


def _units(parts: list[_Part]) -> str:
    """Say how many units of which item pass; of a need, how many it receives."""
    items = sorted({str(part.step.facts["item"]) for part in parts})
    if len(items) > 1:
        return say_count("of {number} item", "of {number} items", len(items))
    units = sum(part.width if part.step.kind == "need" else part.step.quantity for part in parts)
    return f"{write_number(units)} {items[0]}"


def _span(days: list[date]) -> str:
    """Say when something happens, from the first day to the last."""
    first, last = write_day(min(days)), write_day(max(days))
    return first if first == last else say("{first} to {last}", first=first, last=last)


def _rows(parts: list[_Part]) -> str:
    """Say on which row of the case a source stands, or on how many."""
    rows = sorted({str(row) for part in parts if (row := part.step.facts.get("row"))})
    if len(rows) < 2:
        return "".join(rows)
    file = re.split(r"[:\[]", rows[0])[0]
    return say_count("{number} row of {file}", "{number} rows of {file}", len(rows), file=file)


BAR, LINE, GAP = 12.0, 14.0, 12.0
"""The width of a bar, the height of a line of its label, and the least room between two nodes."""

WIDE, NARROWEST = 1000.0, 164.0
"""The width of a chart, and the least from one column to the next: beyond that the chart grows."""

LEFT, RIGHT = 16.0, 152.0
"""The room left of the first bar, and right of the last for its label."""

TALL, THINNEST = 320.0, 1.5
"""The height of all that the need asks for, and the least height of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A node where it is drawn: its left edge, its top, and its height."""

    node: Node
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        """Half way from its top to its foot."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band where it is drawn: from the right edge of one bar to the left edge of another, as tall at both."""

    band: Band
    x: float
    y: float
    to_x: float
    to_y: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A flow where it is drawn; `limit` is how long a label may be, `scale` the height of a unit."""

    bars: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]
    width: float
    height: float
    limit: float
    scale: float


def place_flow(flow: Flow, asked: float) -> Placed:
    """Return where the nodes and bands of a flow are drawn, all on one scale."""
    scale = TALL / (max(asked, flow.nodes[0].width) or 1.0)
    steps = max(node.depth for node in flow.nodes)
    pitch = max((WIDE - LEFT - RIGHT - BAR) / max(steps, 1), NARROWEST)
    columns = _columns(flow)
    stands = [max(asked * scale, _room(flow.nodes[0], scale)), *(_tall(flow, each, scale) for each in columns[1:])]
    bars: dict[int, Bar] = {}
    for depth, members in enumerate(columns):
        aim = _aim(flow, members, bars) if depth else max(stands) / 2
        y = min(max(aim - stands[depth] / 2, 0.0), max(stands) - stands[depth])
        for number in members:
            node = flow.nodes[number]
            room, height = _room(node, scale), max(node.width * scale, THINNEST) if node.width else 0.0
            top = y if depth == 0 else y + (room - height) / 2
            bars[number] = Bar(node, LEFT + (max(steps, 1) - depth) * pitch, top, height)
            y += room + GAP
    placed = tuple(bars[number] for number in range(len(flow.nodes)))
    width = max(LEFT + steps * pitch + BAR + RIGHT, WIDE)
    return Placed(placed, _ribbons(flow, placed, scale), width, max(stands), pitch - BAR - 10.0, scale)


def _aim(flow: Flow, members: list[int], bars: Mapping[int, Bar]) -> float:
    """Return the middle of what the nodes of a column flow to, by width."""
    bands = [band for band in flow.bands if band.source in members]
    whole = sum(band.width for band in bands)
    return sum(bars[band.target].middle * band.width for band in bands) / whole


def _room(node: Node, scale: float) -> float:
    """Return how much height a node needs for its bar and its label."""
    return max(node.width * scale, LINE * len(node.lines))


def _tall(flow: Flow, members: list[int], scale: float) -> float:
    """Return the height of a column."""
    return sum(_room(flow.nodes[number], scale) for number in members) + GAP * (len(members) - 1)


def _columns(flow: Flow) -> list[list[int]]:
    """Return the nodes of each step from the need: each as near as can be to what it flows to, then by date."""
    into: dict[int, list[Band]] = {}
    for band in flow.bands:
        into.setdefault(band.source, []).append(band)
    columns: list[list[int]] = []
    rank: dict[int, float] = {}

    def pull(number: int) -> tuple[float, bool, str, float]:
        node, bands = flow.nodes[number], into.get(number, [])
        whole = sum(band.width for band in bands) or 1.0
        near = sum(rank[band.target] * band.width for band in bands) / whole
        return near, node.kind in ("late", "others"), str(node.first or ""), -node.width

    for depth in range(max(node.depth for node in flow.nodes) + 1):
        members = sorted((at for at, node in enumerate(flow.nodes) if node.depth == depth), key=pull)
        rank |= {number: float(place) for place, number in enumerate(members)}
        columns.append(members)
    return columns


def _ribbons(flow: Flow, bars: tuple[Bar, ...], scale: float) -> tuple[Ribbon, ...]:
    """Return the bands where they are drawn: at every bar one under the other, so that they cross least."""
    leaves = _stacked(flow, bars, lambda band: band.source, lambda band: bars[band.target].middle, scale)
    comes = _stacked(flow, bars, lambda band: band.target, lambda band: bars[band.source].middle, scale)
    return tuple(
        Ribbon(
            band, bars[band.source].x + BAR, leaves[number], bars[band.target].x, comes[number], band.width * scale
        )
        for number, band in enumerate(flow.bands)
    )  # fmt: skip


def _stacked(
    flow: Flow, bars: tuple[Bar, ...], end: Callable[[Band], int], other: Callable[[Band], float], scale: float
) -> dict[int, float]:
    """Return the height at which each band meets the bar at one end, in the order of the bars at the other end."""
    filled = [bar.y for bar in bars]
    tops: dict[int, float] = {}
    for number, band in sorted(enumerate(flow.bands), key=lambda each: other(each[1])):
        tops[number] = filled[end(band)]
        filled[end(band)] += band.width * scale
    return tops
