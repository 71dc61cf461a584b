"""Where the nodes and bands of a flow are drawn: a column for each step, sources left and the need right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scorta.report.flow import Band, Flow, Node

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
