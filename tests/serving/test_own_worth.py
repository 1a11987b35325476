"""What own points are worth: published measurements, taken for a buyer's own, predict the others.

Points of one source, model, accelerator and class of software are a group. Of each group three
points are drawn as the buyer's own; errors are those of all others, so 0, 1 and 3 own points are
judged by the same measurements. The predictions are those of the shipped parameters without what
they know of single stacks. Their factors of families and software were fitted on these rows too
(some hundred numbers on 3,937 rows), so errors are smaller than for measurements never seen; how
much own points improve them is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log

import numpy as np
import pytest

from pricing.catalogue import load_catalogue
from pricing.serving.columns import Numbers, numbers
from pricing.serving.evidence import Correction, correction_of
from pricing.serving.measured.anchor import Own, anchored, way_of
from pricing.serving.measured.own import own_point
from pricing.serving.measured.predicted import predict_measurements, stack_of_row
from pricing.serving.measured.sources import source_labels
from pricing.serving.parameters import load_parameters
from tests.serving.points import shipped

SMALLEST, DRAWS, SEED = 6, 3, 20261122


@dataclass(frozen=True)
class Group:
    points: Sequence[Own]
    base: Correction


@dataclass(frozen=True)
class Outcome:
    """Of all held-out points, by the number of own points."""

    ratio: Numbers
    """Predicted over measured."""
    inside: Numbers
    """Whether the measurement lies in the interval."""
    width: float
    """Mean width of the intervals, as a log ratio."""

    @property
    def median(self) -> float:
        return float(np.median(np.abs(self.ratio - 1)))

    @property
    def within_25(self) -> float:
        return float((np.abs(self.ratio - 1) <= 0.25).mean())

    @property
    def coverage(self) -> float:
        return float(self.inside.mean())


@cache
def groups() -> Sequence[Group]:
    rows = shipped().rows
    known = replace(load_parameters(), stacks={})
    throughput = predict_measurements(rows, load_catalogue(), known).throughput
    sources = source_labels([row.source for row in rows], [row.kind for row in rows])
    found: dict[tuple[str, ...], list[Own]] = {}
    bases: dict[tuple[str, ...], Correction] = {}
    for row, source, predicted in zip(rows, sources, throughput, strict=True):
        if not predicted > 0:
            continue
        key = (source, row.model, row.accelerator, row.stack)
        found.setdefault(key, []).append(Own(own_point(row, "other", row.source), float(predicted)))
        if key not in bases:
            bases[key] = correction_of(stack_of_row(row, load_catalogue()), known)
    return [Group(own, bases[key]) for key, own in found.items() if len(own) >= SMALLEST]


@cache
def outcomes(spoilt: float = 1.0, unlike: float | None = None) -> Mapping[int, Outcome]:
    """Of 0, 1 and 3 own points.

    Args:
        spoilt: Factor on the first point of three.
        unlike: What points of another precision or parallelism are worth; none: as shipped.
    """
    anchor = load_parameters().anchor
    if unlike is not None:
        anchor = replace(anchor, unlike=unlike)
    draw = np.random.default_rng(SEED)
    found: dict[int, list[tuple[float, bool, float]]] = {0: [], 1: [], 3: []}
    for group in groups():
        for _ in range(DRAWS):
            order = [group.points[int(place)] for place in draw.permutation(len(group.points))]
            own, others = order[:3], order[3:]
            first = own[0].point
            wrong = first.model_copy(
                update={"output_tokens_per_second": first.output_tokens_per_second * spoilt}
            )
            own = [Own(wrong, own[0].predicted), *own[1:]]
            for count, seen in found.items():
                by_way: dict[object, Correction] = {}
                for item in others:
                    way = way_of(item.point)
                    if way not in by_way:
                        by_way[way] = (
                            anchored(group.base, way, own[:count], anchor) if count else group.base
                        )
                    to = by_way[way]
                    ratio = item.predicted * to.factor / group.base.factor
                    ratio /= item.point.output_tokens_per_second
                    seen.append((ratio, to.low <= 1 / ratio <= to.high, log(to.high / to.low)))
    columns = {count: numbers(seen).T for count, seen in found.items()}
    return {count: Outcome(of[0], of[1], float(of[2].mean())) for count, of in columns.items()}


def test_that_three_own_points_bring_the_median_error_below_a_tenth() -> None:
    found = outcomes()
    assert found[1].median < 0.9 * found[0].median
    assert found[3].median < 0.92 * found[1].median
    assert found[3].median < 0.1
    assert found[0].within_25 < found[1].within_25 < found[3].within_25


def test_that_intervals_narrow_and_still_hold_what_they_promise() -> None:
    found = outcomes()
    assert found[3].width < found[1].width < found[0].width
    for count in (1, 3):
        assert found[count].coverage == pytest.approx(0.8, abs=0.1)


@pytest.mark.parametrize("spoilt", [0.1, 10.0])
def test_that_one_wild_point_of_three_does_little_harm(spoilt: float) -> None:
    assert outcomes(spoilt)[3].median < outcomes()[1].median
    assert outcomes(spoilt)[3].within_25 > outcomes()[0].within_25


def test_that_unlike_points_are_best_taken_neither_as_equal_nor_as_nothing() -> None:
    as_shipped = outcomes()[3].median
    assert as_shipped < outcomes(unlike=1.0)[3].median
    assert as_shipped < outcomes(unlike=0.0)[3].median
