"""Nodes and bands of a flow in their places; logical pixels, y downwards from the top."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from desktop.charts.spec import FloatArray, Flow, FlowLink, FlowNode

NODE_PX = 10
"""How wide a node is."""
SAMPLES = 25
"""Points that stand for one curve."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and its place."""

    node: FlowNode
    place: int
    """Column, without those that hold nothing."""
    x: float
    y: float
    """Of its upper left corner."""
    height: float
    slot_y: float
    slot: float
    """The height kept free for it and its label, from slot_y on."""

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """A link and its way: level at every knot, an S-curve between two that are apart."""

    link: FlowLink
    knots: tuple[tuple[float, float], ...]
    """x and y of its upper edge; knots with the same y two by two are the ends of level parts."""
    thickness: float

    def edge(self) -> FloatArray:
        """The upper edge as points, shape (points, 2)."""
        parts = [_curve(one, other) for one, other in pairwise(self.knots)]
        return np.concatenate(parts)

    def top_at(self, x: float) -> float:
        """Height of the upper edge at a place."""
        edge = self.edge()
        return float(np.interp(x, edge[:, 0], edge[:, 1]))

    def distance(self, x: float, y: float) -> float:
        """How far above or below it a point lies; 0 inside, infinite to its left or right."""
        if not self.knots[0][0] <= x <= self.knots[-1][0]:
            return np.inf
        top = self.top_at(x)
        return max(0.0, top - y, y - top - self.thickness)


@dataclass(frozen=True, slots=True)
class FlowLayout:
    """A whole flow."""

    nodes: tuple[Placed, ...]
    bands: tuple[Band, ...]
    """Thin ones last, as they are drawn."""
    scale: float
    """Pixels for one unit of value, where bands are thicker than the thinnest."""


@dataclass(frozen=True, slots=True)
class Room:
    """The rectangle that nodes and bands fill."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


def _curve(start: tuple[float, float], end: tuple[float, float]) -> FloatArray:
    """A cubic Bezier curve whose handles are level and half as long as the way."""
    t = np.linspace(0, 1, SAMPLES if start[1] != end[1] else 2)
    x = start[0] + (end[0] - start[0]) * (1.5 * t - 1.5 * t**2 + t**3)
    return np.column_stack([x, start[1] + (end[1] - start[1]) * (3 * t**2 - 2 * t**3)])


def columns_of(flow: Flow) -> int:
    """How many columns hold nodes."""
    return len({node.column for node in flow.nodes})


def column_x(room: Room, columns: int, place: int) -> float:
    """Left edge of the nodes of a column."""
    if columns == 1:
        return room.left
    return room.left + place * (room.right - NODE_PX - room.left) / (columns - 1)
