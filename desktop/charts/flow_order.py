"""The order of nodes and passing bands in each column of a flow, so that few bands cross."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from desktop.charts.spec import FloatArray, Flow

SWEEPS = 12
"""Passes to the right and back; orders found later are hardly ever better."""
ONE_CROSSING = 1e-3
"""What a crossing counts besides the share of all requests that crosses."""


@dataclass(frozen=True, slots=True)
class Item:
    """What takes room in a column: a node, or a link on its way past the column."""

    column: int
    key: str
    """Of the node or the link."""
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Routes:
    """Items of a flow and the way of every link through them."""

    items: tuple[Item, ...]
    """The nodes in their order, then what passes."""
    stops: dict[str, tuple[int, ...]]
    """By link key: its items from left to right, one in each column."""
    columns: int

    def hops(self, weights: dict[str, float]) -> list[FloatArray]:
        """Between each column and the next: rows of item, item, weight; shape (hops, 3)."""
        found: list[list[tuple[float, float, float]]] = [[] for _ in range(self.columns - 1)]
        for key, stops in self.stops.items():
            for one, other in pairwise(stops):
                found[self.items[one].column].append((one, other, weights[key]))
        return [np.array(rows or np.empty((0, 3)), dtype=np.float64) for rows in found]


def routes(flow: Flow, links: tuple[str, ...]) -> Routes:
    """Items and ways of some links; columns without nodes are closed up."""
    used = sorted({node.column for node in flow.nodes})
    place = {column: index for index, column in enumerate(used)}
    items = [Item(place[node.column], node.key) for node in flow.nodes]
    index = {item.key: number for number, item in enumerate(items)}
    wanted = set(links)
    stops = {}
    for link in flow.links:
        if link.key not in wanted:
            continue
        first, last = index[link.source], index[link.target]
        way = [first]
        for column in range(items[first].column + 1, items[last].column):
            way.append(len(items))
            items.append(Item(column, link.key, passing=True))
        stops[link.key] = (*way, last)
    return Routes(tuple(items), stops, len(used))


def ordered(way: Routes, weights: dict[str, float], last: frozenset[str]) -> list[list[int]]:
    """Items of each column from top to bottom.

    Barycentre method: each item goes where the weighted mean of its neighbours in the column
    before (then behind) lies; the order with the least crossing is kept.
    Sugiyama, Tagawa and Toda (1981), IEEE Trans. SMC 11(2), doi:10.1109/TSMC.1981.4308636.

    Args:
        way: items and ways.
        weights: of the links, by key.
        last: keys of nodes that stay at the bottom of their column.
    """
    hops = way.hops(weights)
    linked = {stop for stops in way.stops.values() for stop in stops}
    rank = [(item.key in last, n not in linked) for n, item in enumerate(way.items)]
    columns = [
        sorted(
            (n for n, item in enumerate(way.items) if item.column == column),
            key=lambda n: (rank[n], n),
        )
        for column in range(way.columns)
    ]
    best, least = columns, crossing(columns, hops)
    for sweep in range(SWEEPS):
        columns = [list(column) for column in columns]
        forward = sweep % 2 == 0
        for column in range(1, way.columns) if forward else range(way.columns - 2, -1, -1):
            beside = column - 1 if forward else column + 1
            pairs = hops[column - 1] if forward else hops[column][:, [1, 0, 2]]
            centre = _centres(columns[column], columns[beside], pairs)
            by_rank = sorted((rank[n], centre[n], n) for n in columns[column])
            columns[column] = [n for *_key, n in by_rank]
        exchanged = _exchanged(columns, hops, rank)
        now = crossing(exchanged, hops)
        if now < least:
            best, least = exchanged, now
    return best


def _centres(column: list[int], beside: list[int], pairs: FloatArray) -> dict[int, float]:
    """Weighted mean position of what each item is linked with; its own where it is not."""
    position = _positions(beside)
    sums = dict.fromkeys(column, (0.0, 0.0))
    for other, own, weight in pairs:
        total, weights = sums[int(own)]
        sums[int(own)] = (total + weight * position[int(other)], weights + weight)
    return {
        n: sums[n][0] / sums[n][1] if sums[n][1] > 0 else float(place)
        for place, n in enumerate(column)
    }


def _exchanged(
    columns: list[list[int]], hops: list[FloatArray], rank: list[tuple[bool, bool]]
) -> list[list[int]]:
    """Neighbours exchanged wherever less crosses then."""
    result = [list(column) for column in columns]
    ways: dict[int, list[tuple[int, int, float]]] = {n: [] for column in columns for n in column}
    for column, pairs in enumerate(hops):
        for one, other, weight in pairs:
            ways[int(one)].append((column + 1, int(other), weight))
            ways[int(other)].append((column, int(one), weight))
    places = [_positions(column) for column in result]
    for column, order in enumerate(result):
        for index in range(len(order) - 1):
            upper, lower = order[index], order[index + 1]
            if rank[upper] == rank[lower] and _crossed(ways[upper], ways[lower], places) > (
                _crossed(ways[lower], ways[upper], places)
            ):
                order[index : index + 2] = [lower, upper]
                places[column] = _positions(order)
    return result


def _crossed(
    upper: list[tuple[int, int, float]],
    lower: list[tuple[int, int, float]],
    places: list[dict[int, int]],
) -> float:
    """How much of two neighbours' links crosses."""
    return sum(
        min(weight, other_weight) + ONE_CROSSING
        for column, n, weight in upper
        for other_column, m, other_weight in lower
        if column == other_column and places[column][n] > places[column][m]
    )


def _positions(column: list[int]) -> dict[int, int]:
    return {n: place for place, n in enumerate(column)}


def crossing(columns: list[list[int]], hops: list[FloatArray]) -> float:
    """How much crosses: for each crossing the lighter band, and a little for its being one."""
    total = 0.0
    for left, right, pairs in zip(columns, columns[1:], hops, strict=False):
        before, after = _positions(left), _positions(right)
        a = np.array([before[int(n)] for n in pairs[:, 0]])
        b = np.array([after[int(n)] for n in pairs[:, 1]])
        cross = (a[:, None] < a[None, :]) & (b[:, None] > b[None, :])
        lighter = np.minimum(pairs[:, None, 2], pairs[None, :, 2])
        total += float(lighter[cross].sum()) + ONE_CROSSING * float(cross.sum())
    return total
