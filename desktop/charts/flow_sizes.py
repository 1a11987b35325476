"""How high nodes, bands and labels of a flow are: as large as its fullest column allows."""

import numpy as np

from desktop.charts.flow_order import Item, Routes
from desktop.charts.spec import Flow

THIN_PX = 1.2
"""The thinnest band and the lowest node: what flows at all can be seen."""
LINE_PX, LINES_PX = 16, 30
"""Height of a label in one line, and in two."""
GAPS_PX = (3.0, 20.0)
GAPS_SHARE = 0.35
"""The part of the height that all gaps together may take."""
INSIDE_PX = 46
"""A node between the outer columns that is as high as this has its label on its bands; lower
ones have it above them."""
FILLED = (0.3, 0.11, 0.72)
"""The part of the height that bands may fill, for no node, for each more, and at most: one single
band would be a wall."""


def label_lines(flow: Flow, height: float) -> dict[int, int]:
    """By column of the flow: whether labels have room for two lines each."""
    counts: dict[int, int] = {}
    for node in flow.nodes:
        counts[node.column] = counts.get(node.column, 0) + 1
    return {
        column: 2 if count * (LINES_PX + GAPS_PX[0]) <= 0.8 * height else 1
        for column, count in counts.items()
    }


class Sizes:
    """Heights of everything for one scale."""

    def __init__(self, flow: Flow, way: Routes, scale: float, labels: dict[str, float]) -> None:
        self.scale = scale
        links = {link.key: link for link in flow.links}
        self.bands = {key: max(THIN_PX, links[key].value * scale) for key in way.stops}
        sent: dict[str, float] = {}
        got: dict[str, float] = {}
        for key, thickness in self.bands.items():
            link = links[key]
            sent[link.source] = sent.get(link.source, 0.0) + thickness
            got[link.target] = got.get(link.target, 0.0) + thickness
        self.nodes = {
            node.key: max(
                THIN_PX, node.value * scale, sent.get(node.key, 0.0), got.get(node.key, 0.0)
            )
            for node in flow.nodes
        }
        last = way.columns - 1
        self.above = {
            item.key: labels[item.key]
            for item in way.items
            if 0 < item.column < last and not item.passing and self.nodes[item.key] < INSIDE_PX
        }
        self.slots = np.array([self._slot(item, labels) for item in way.items])

    def _slot(self, item: Item, labels: dict[str, float]) -> float:
        if item.passing:
            return self.bands[item.key]
        if item.key in self.above:
            return self.above[item.key] + self.nodes[item.key]
        return max(self.nodes[item.key], labels[item.key])


def gap_of(way: Routes, column: list[int], height: float) -> float:
    """Between what lies in a column; smaller where more does."""
    nodes = sum(not way.items[n].passing for n in column)
    wanted = float(np.clip(0.15 * height / max(nodes, 1), *GAPS_PX))
    return min(wanted, GAPS_SHARE * height / max(len(column) - 1, 1))


def label_room(
    flow: Flow, columns: list[list[int]], way: Routes, gaps: list[float], height: float
) -> dict[str, float]:
    """Height each label keeps free; less than a line where a column holds too much."""
    lines = label_lines(flow, height)
    least = Sizes(flow, way, 0.0, dict.fromkeys((node.key for node in flow.nodes), 0.0)).slots
    room = {}
    for column, gap in zip(columns, gaps, strict=True):
        keys = [way.items[n].key for n in column if not way.items[n].passing]
        used = gap * (len(column) - 1) + float(least[column].sum())
        free = max(0.0, height - used) / max(len(keys), 1)
        for key in keys:
            wanted = LINES_PX if lines[flow.node(key).column] == 2 else LINE_PX
            room[key] = min(float(wanted), free)
    return room


def largest(
    flow: Flow,
    way: Routes,
    columns: list[list[int]],
    gaps: list[float],
    labels: dict[str, float],
    height: float,
) -> Sizes:
    """Sizes at the largest scale at which every column fits."""
    total = max(flow.total, *(node.value for node in flow.nodes))
    most = max(sum(not way.items[n].passing for n in column) for column in columns)
    filled = min(FILLED[0] + FILLED[1] * most, FILLED[2])
    low, high = 0.0, filled * height / total if total else 0.0

    def fits(scale: float) -> bool:
        slots = Sizes(flow, way, scale, labels).slots
        return all(
            slots[column].sum() + gap * (len(column) - 1) <= height
            for column, gap in zip(columns, gaps, strict=True)
        )

    if fits(high):
        return Sizes(flow, way, high, labels)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return Sizes(flow, way, low, labels)
