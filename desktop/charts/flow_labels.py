"""What is written in a flow: names and values beside nodes, headings, words on bands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.charts.boxes import Box, overlap
from desktop.charts.flow_shapes import NODE_PX, Band, FlowLayout, Placed, Room, column_x, columns_of
from desktop.charts.flow_sizes import INSIDE_PX, label_lines
from desktop.charts.measure import Measure, elided
from desktop.charts.spec import Flow, FlowNode

NAME_PT, VALUE_PT, SMALL_PT = 8.5, 8.0, 7.5
BESIDE_PX = 7
"""Between a node and its label."""
BETWEEN_PX = 7
"""Between name and value in one line."""
NAME_LEAST_PX = 48.0
"""A name with less room than this takes the room of the value."""
LEAST_PX = 12.0
"""A node with less room than this has its label in the tooltip only."""
SIDE_SHARE = 0.25
"""The part of the width which labels may take on the left, and again on the right."""
WORD_PX = 12
"""A band must be as thick as this for a word on it."""

Role = Literal["name", "value", "heading", "word"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text in its place; y is its middle, downwards."""

    text: str
    x: float
    y: float
    align: Literal["left", "right", "center"]
    role: Role
    size: float
    key: str
    """Of the node or link it belongs to; empty for headings."""
    left: float
    width: float

    def box(self) -> Box:
        """The room it takes."""
        half = 0.85 * self.size
        return self.left, self.y - half, self.left + self.width, self.y + half


def value_text(flow: Flow, node: FlowNode) -> str:
    """Value and share of a node: 1.2 m, 62 %."""
    return f"{flow.number(node.value)}, {flow.percent(flow.share_of_total(node))}"


def side_width(flow: Flow, column: int, width: float, height: float, measure: Measure) -> float:
    """How much room the labels of an outer column take beside their nodes."""
    two = label_lines(flow, height)[column] == 2
    wanted = [0.0]
    for node in flow.nodes:
        if node.column == column:
            name = measure(node.label, NAME_PT)
            value = measure(value_text(flow, node), VALUE_PT)
            wanted.append(max(name, value) if two else name + BETWEEN_PX + value)
    return min(max(wanted), SIDE_SHARE * width) + BESIDE_PX


@dataclass(frozen=True, slots=True)
class _Label:
    """Name and value of a node, shortened, and whether each has its own line."""

    name: str
    value: str
    name_width: float
    width: float
    two: bool


class Lettering:
    """Writes the labels of a flow that is laid out."""

    def __init__(self, flow: Flow, layout: FlowLayout, room: Room, measure: Measure) -> None:
        self._flow, self._layout, self._room = flow, layout, room
        self._measure = measure
        self._columns = columns_of(flow)
        self._lines = label_lines(flow, room.height)

    def node_words(self, left: float, right: float) -> tuple[Words, ...]:
        """Names and values, between the edges of the figure."""
        found: list[Words] = []
        for placed in self._layout.nodes:
            inner = 0 < placed.place < self._columns - 1
            if inner and placed.height < INSIDE_PX:
                found += self._above(placed) if placed.slot - placed.height >= LEAST_PX else ()
            elif placed.slot >= LEAST_PX:
                found += self._beside(placed, left, right)
        return tuple(found)

    def _above(self, placed: Placed) -> Iterator[Words]:
        """One line or two, from the left edge of the node."""
        behind = column_x(self._room, self._columns, placed.place + 1)
        label = self._shortened(placed.node, behind - placed.x - 2 * BESIDE_PX)
        x, y = placed.x, placed.y
        upper, lower = (y - 22, y - 8.5) if label.two else (y - 8.5, y - 8.5)
        after = x if label.two else x + label.name_width + BETWEEN_PX
        key = placed.node.key
        yield Words(label.name, x, upper, "left", "name", NAME_PT, key, x, label.name_width)
        yield Words(label.value, after, lower, "left", "value", VALUE_PT, key, after, label.width)

    def _beside(self, placed: Placed, left: float, right: float) -> Iterator[Words]:
        first = placed.place == 0 and self._columns > 1
        if first:
            room = placed.x - BESIDE_PX - left
        elif placed.place == self._columns - 1:
            room = right - placed.x - NODE_PX - BESIDE_PX
        else:
            behind = column_x(self._room, self._columns, placed.place + 1)
            room = behind - placed.x - NODE_PX - 3 * BESIDE_PX
        label = self._shortened(placed.node, room)
        name, value = label.name_width, label.width
        if label.two:
            yield self._at(placed, label.name, "name", first, 0.0, -6.5, name)
            yield self._at(placed, label.value, "value", first, 0.0, 7.0, value)
            return
        before_name = value + BETWEEN_PX if first and label.value else 0.0
        before_value = 0.0 if first else name + BETWEEN_PX
        yield self._at(placed, label.name, "name", first, before_name, 0.0, name)
        yield self._at(placed, label.value, "value", first, before_value, 0.0, value)

    def _shortened(self, node: FlowNode, room: float) -> "_Label":
        """Name and value as far as there is room; where it is scarce the name goes first."""
        two = self._lines[node.column] == 2
        value = elided(value_text(self._flow, node), room, VALUE_PT, self._measure)
        rest = room if two else room - self._measure(value, VALUE_PT) - BETWEEN_PX
        if rest < min(self._measure(node.label, NAME_PT), NAME_LEAST_PX):
            value, rest = "", room
        name = elided(node.label, rest, NAME_PT, self._measure)
        return _Label(
            name, value, self._measure(name, NAME_PT), self._measure(value, VALUE_PT), two
        )

    @staticmethod
    def _at(
        placed: Placed, text: str, role: Role, first: bool, away: float, down: float, width: float
    ) -> Words:
        size = NAME_PT if role == "name" else VALUE_PT
        y = placed.middle + down
        if first:
            x = placed.x - BESIDE_PX - away
            return Words(text, x, y, "right", role, size, placed.node.key, x - width, width)
        x = placed.x + NODE_PX + BESIDE_PX + away
        return Words(text, x, y, "left", role, size, placed.node.key, x, width)

    def headings(self, y: float, left: float, right: float) -> Iterator[Words]:
        """What each column is."""
        used = sorted({node.column for node in self._flow.nodes})
        for place, column in enumerate(used):
            text = self._flow.columns[column] if column < len(self._flow.columns) else ""
            x = column_x(self._room, self._columns, place)
            if place == 0 and self._columns > 1:
                text = elided(text, x + NODE_PX - left, SMALL_PT, self._measure)
                width = self._measure(text, SMALL_PT)
                end = x + NODE_PX
                yield Words(text, end, y, "right", "heading", SMALL_PT, "", end - width, width)
                continue
            last = place == self._columns - 1
            end = right if last else column_x(self._room, self._columns, place + 1) - 2 * BESIDE_PX
            text = elided(text, end - x, SMALL_PT, self._measure)
            width = self._measure(text, SMALL_PT)
            yield Words(text, x, y, "left", "heading", SMALL_PT, "", x, width)

    def band_words(self, taken: tuple[Words, ...]) -> Iterator[Words]:
        """Words on bands that are thick enough, where they hide nothing."""
        boxes = [words.box() for words in taken]
        for band in self._layout.bands:
            if not band.link.label or band.thickness < WORD_PX:
                continue
            width = self._measure(band.link.label, SMALL_PT)
            words = self._on(band, width, boxes)
            if words is not None:
                boxes.append(words.box())
                yield words

    @staticmethod
    def _on(band: Band, width: float, boxes: list[Box]) -> Words | None:
        start, end = band.knots[0][0], band.knots[-1][0]
        for part in (0.5, 0.35, 0.65, 0.2, 0.8):
            x = start + part * (end - start)
            y = band.top_at(x) + band.thickness / 2
            words = Words(
                band.link.label, x, y, "center", "word", SMALL_PT, band.link.key,
                x - width / 2, width,
            )  # fmt: skip
            inside = start + 4 <= words.left and words.left + width <= end - 4
            level = all(
                band.distance(at, y + side) == 0
                for at in (words.left, words.left + width)
                for side in (-3, 3)
            )
            if inside and level and not any(overlap(words.box(), box) for box in boxes):
                return words
        return None
