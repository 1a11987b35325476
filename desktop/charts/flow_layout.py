"""Where nodes and bands of a flow lie."""

import numpy as np

from desktop.charts.flow_order import Routes, ordered, routes
from desktop.charts.flow_shapes import NODE_PX, Band, FlowLayout, Placed, Room, column_x
from desktop.charts.flow_sizes import Sizes, gap_of, label_room, largest
from desktop.charts.settle import settle
from desktop.charts.spec import FloatArray, Flow, FlowLink

SWEEPS = 8
"""Passes to the right and back in which everything moves towards what it is linked with."""


def drawn_links(flow: Flow) -> tuple[FlowLink, ...]:
    """Links that are in sight: what carries something, and ways kept open for overflow."""
    return tuple(link for link in flow.links if link.value > 0 or link.dashed)


def lay_out(flow: Flow, room: Room) -> FlowLayout:
    """Place nodes and bands; as large as the fullest column allows."""
    if not flow.nodes:
        return FlowLayout((), (), 1.0)
    way = routes(flow, tuple(link.key for link in drawn_links(flow)))
    total = max(flow.total, *(node.value for node in flow.nodes)) or 1.0
    weights = {link.key: link.value / total + 1e-6 for link in flow.links}
    broken = frozenset(node.key for node in flow.nodes if node.broken)
    columns = ordered(way, weights, broken)
    gaps = [gap_of(way, column, room.height) for column in columns]
    labels = label_room(flow, columns, way, gaps, room.height)
    sizes = largest(flow, way, columns, gaps, labels, room.height)
    tops = _tops(way, columns, sizes, gaps, weights, room)
    return _placed(flow, way, sizes, tops, room)


def _tops(
    way: Routes,
    columns: list[list[int]],
    sizes: Sizes,
    gaps: list[float],
    weights: dict[str, float],
    room: Room,
) -> FloatArray:
    """Upper edge of every slot: near what it is linked with, in order, apart, inside."""
    hops = way.hops(weights)
    middle = np.zeros(len(way.items))
    for column, gap in zip(columns, gaps, strict=True):
        slots = sizes.slots[column]
        free = (room.height - slots.sum()) / len(column)
        ends = np.cumsum(slots + max(gap, free)) - max(gap, free) / 2
        middle[column] = ends - slots / 2
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for place in range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1):
            pairs = hops[place - 1] if forward else hops[place][:, [1, 0, 2]]
            column = columns[place]
            wanted, weight = _pulled(middle, pairs)
            heights = sizes.slots[column]
            tops = settle(
                wanted[column] - heights / 2,
                heights,
                gaps[place],
                np.maximum(weight[column], 1e-6),
                room.height,
            )
            middle[column] = tops + heights / 2
    result: FloatArray = room.top + middle - sizes.slots / 2
    return result


def _pulled(middle: FloatArray, pairs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Where links pull each item to, and how strongly; it stays where it has none."""
    other, own = pairs[:, 0].astype(int), pairs[:, 1].astype(int)
    weight, moment = np.zeros(len(middle)), np.zeros(len(middle))
    np.add.at(weight, own, pairs[:, 2])
    np.add.at(moment, own, pairs[:, 2] * middle[other])
    return np.where(weight > 0, moment / np.where(weight > 0, weight, 1.0), middle), weight


def _placed(flow: Flow, way: Routes, sizes: Sizes, tops: FloatArray, room: Room) -> FlowLayout:
    links = {link.key: link for link in flow.links}
    xs = [column_x(room, way.columns, item.column) for item in way.items]
    nodes = []
    for number, node in enumerate(flow.nodes):
        height, slot = sizes.nodes[node.key], float(sizes.slots[number])
        top, place = float(tops[number]), way.items[number].column
        y = top + (slot - height) * (1.0 if node.key in sizes.above else 0.5)
        nodes.append(Placed(node, place, xs[number], y, height, top, slot))
    starts = _stacked(way, sizes, tops, nodes, 0)
    ends = _stacked(way, sizes, tops, nodes, -1)
    bands = []
    for key, stops in way.stops.items():
        knots = [(xs[stops[0]] + NODE_PX, starts[key])]
        for stop in stops[1:-1]:
            knots += [(xs[stop], float(tops[stop])), (xs[stop] + NODE_PX, float(tops[stop]))]
        knots.append((xs[stops[-1]], ends[key]))
        bands.append(Band(links[key], tuple(knots), sizes.bands[key]))
    bands.sort(key=lambda band: -band.thickness)
    return FlowLayout(tuple(nodes), tuple(bands), sizes.scale)


def _stacked(
    way: Routes, sizes: Sizes, tops: FloatArray, nodes: list[Placed], end: int
) -> dict[str, float]:
    """Upper edges of bands at one of their ends: piled up in the order of where they lead."""
    centre = tops + sizes.slots / 2
    found: dict[str, float] = {}
    next_to = 1 if end == 0 else -2
    for number, node in enumerate(nodes):
        keys = [key for key, stops in way.stops.items() if stops[end] == number]
        keys.sort(key=lambda key: float(centre[way.stops[key][next_to]]))
        y = node.y
        for key in keys:
            found[key] = y
            y += sizes.bands[key]
    return found
