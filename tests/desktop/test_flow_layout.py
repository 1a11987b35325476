"""Where nodes and bands of a flow lie, whatever the volumes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.charts.flow_layout import lay_out
from desktop.charts.flow_order import crossing, ordered, routes
from desktop.charts.flow_shapes import NODE_PX, Room
from desktop.charts.flow_sizes import THIN_PX
from desktop.charts.settle import settle
from desktop.charts.spec import Flow, FlowLink, FlowNode
from tests.desktop.flows import flow, flows

ROOM = Room(170.0, 720.0, 58.0, 394.0)


@settings(max_examples=200)
@given(flows())
def test_that_bands_are_as_thick_as_their_volume_and_never_invisible(spec: Flow) -> None:
    layout = lay_out(spec, ROOM)
    for band in layout.bands:
        expected = max(THIN_PX, band.link.value * layout.scale)
        assert band.thickness == pytest.approx(expected)
        assert band.thickness >= 1


@settings(max_examples=200)
@given(flows())
def test_that_what_enters_an_inner_node_leaves_it_over_its_whole_height(spec: Flow) -> None:
    layout = lay_out(spec, ROOM)
    for placed in layout.nodes:
        coming = [b for b in layout.bands if b.link.target == placed.node.key]
        going = [b for b in layout.bands if b.link.source == placed.node.key]
        if not coming or not going:
            continue
        clamped = THIN_PX * (len(coming) + len(going))
        into, out = (sum(b.thickness for b in bands) for bands in (coming, going))
        assert into == pytest.approx(out, abs=clamped)
        assert max(into, out) <= placed.height + 1e-6
        assert placed.height == pytest.approx(max(into, out), abs=clamped)


@settings(max_examples=200)
@given(flows())
def test_that_bands_lie_side_by_side_at_both_ends_within_their_nodes(spec: Flow) -> None:
    layout = lay_out(spec, ROOM)
    nodes = {placed.node.key: placed for placed in layout.nodes}
    for end in (0, -1):
        by_node: dict[str, list[tuple[float, float]]] = {}
        for band in layout.bands:
            key = band.link.source if end == 0 else band.link.target
            x, y = band.knots[end]
            assert x == pytest.approx(nodes[key].x + (NODE_PX if end == 0 else 0))
            by_node.setdefault(key, []).append((y, y + band.thickness))
        for key, spans in by_node.items():
            spans.sort()
            assert spans[0][0] >= nodes[key].y - 1e-6
            assert spans[-1][1] <= nodes[key].y + nodes[key].height + 1e-6
            for above, below in pairwise(spans):
                assert below[0] >= above[1] - 1e-6


@settings(max_examples=200)
@given(flows())
def test_that_nodes_of_a_column_keep_apart_and_inside(spec: Flow) -> None:
    layout = lay_out(spec, ROOM)
    for place in {placed.place for placed in layout.nodes}:
        column = sorted((p for p in layout.nodes if p.place == place), key=lambda p: p.slot_y)
        assert column[0].slot_y >= ROOM.top - 1e-6
        assert column[-1].slot_y + column[-1].slot <= ROOM.bottom + 1e-6
        for above, below in pairwise(column):
            assert below.slot_y >= above.slot_y + above.slot + 1


@settings(max_examples=200)
@given(flows())
def test_that_ordering_never_makes_more_cross_and_keeps_not_served_at_the_bottom(
    spec: Flow,
) -> None:
    way = routes(spec, tuple(link.key for link in spec.links))
    weights = {link.key: link.value / (spec.total or 1.0) + 1e-6 for link in spec.links}
    as_given = [
        [n for n, item in enumerate(way.items) if item.column == column]
        for column in range(way.columns)
    ]
    columns = ordered(way, weights, frozenset())
    assert [sorted(column) for column in columns] == as_given
    hops = way.hops(weights)
    linked = {stop for stops in way.stops.values() for stop in stops}
    if len(linked) == len(way.items):
        assert crossing(columns, hops) <= crossing(as_given, hops)
    last = ordered(way, weights, frozenset({"none"}))[-1]
    assert way.items[last[-1]].key == "none"


def test_that_two_straight_bands_are_found_where_the_order_given_crosses_them() -> None:
    nodes = tuple(
        FlowNode(key, key, column, 10.0) for key, column in (("a", 0), ("b", 0), ("c", 1), ("d", 1))
    )
    spec = flow(nodes, (FlowLink("1", "a", "d", 10.0), FlowLink("2", "b", "c", 10.0)))
    layout = lay_out(spec, ROOM)
    for band in layout.bands:
        assert band.knots[0][1] == pytest.approx(band.knots[-1][1])


@given(
    st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 40), st.floats(0.1, 9)), min_size=1),
    st.floats(0, 20),
)
def test_that_settling_keeps_order_and_gaps_and_leaves_alone_what_is_apart(
    things: list[tuple[float, float, float]], gap: float
) -> None:
    wanted, heights, weights = (np.array(column) for column in zip(*things, strict=True))
    room = float(heights.sum() + gap * len(heights) + 100)
    tops = settle(wanted, heights, gap, weights, room)
    assert (np.diff(tops) >= heights[:-1] + gap - 1e-6).all()
    assert tops[0] >= -1e-9
    assert tops[-1] + heights[-1] <= room + 1e-6
    np.testing.assert_allclose(settle(tops, heights, gap, weights, room), tops, atol=1e-6)
