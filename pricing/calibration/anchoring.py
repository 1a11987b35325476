"""What a few own measurements would be worth: simulated on rows that the fit had not seen."""

from collections import defaultdict
from dataclasses import dataclass
from math import exp
from typing import cast

import numpy as np

from pricing.calibration.rows import Rows
from pricing.plan.measurement import OwnMeasurement
from pricing.serving.evidence import Correction, Evidence
from pricing.serving.measured.anchor import Own, anchored, way_of
from pricing.serving.measured.own import own_point
from pricing.serving.measured.predicted import Predictions
from pricing.serving.measured.score import Score, score
from pricing.serving.parameters import Anchor

LEAST_ROWS = 8
"""Of a source on a stack, so that enough are left to predict."""
DRAWS = 5
"""Times that points are drawn from each of them."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """The score of the rows of a stack that are left when some were taken for the buyer's own."""

    own: int
    """Own points of each stack."""
    score: Score


def anchoring(
    rows: Rows,
    predictions: Predictions,
    anchor: Anchor,
    counts: tuple[int, ...] = (0, 1, 3),
) -> list[Anchored]:
    """Scores with 0 and more own points per stack, on the same rows for all counts.

    Args:
        rows: Measured points.
        predictions: Of them, without themselves and their group.
        anchor: What own points are weighed with.
        counts: Own points per source and stack.
    """
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place in range(len(rows)):
        groups[rows.sources[place], rows.stacks[place]].append(place)
    generator = np.random.default_rng(0)
    measured: list[float] = []
    guesses: dict[int, list[float]] = {count: [] for count in counts}
    points = [own_point(row, "other", row.source) for row in rows.measured]
    for places in groups.values():
        if len(places) < LEAST_ROWS:
            continue
        for _ in range(DRAWS):
            drawn = generator.permutation(places)
            rest = drawn[max(counts) :]
            measured += [exp(rows.throughput[place]) for place in rest]
            for count in counts:
                own = [
                    Own(points[place], float(predictions.throughput[place]))
                    for place in drawn[:count]
                ]
                guesses[count] += [
                    _guess(place, points, own, predictions, anchor) for place in rest
                ]
    return [Anchored(count, score(measured, guesses[count])) for count in counts]


def _guess(
    place: int,
    points: list[OwnMeasurement],
    own: list[Own],
    predictions: Predictions,
    anchor: Anchor,
) -> float:
    typical = float(predictions.throughput[place])
    if not own:
        return typical
    base = Correction(
        factor=1.0,
        low=float(predictions.low[place]) / typical,
        high=float(predictions.high[place]) / typical,
        evidence=cast("Evidence", predictions.evidence[place]),
    )
    return typical * anchored(base, way_of(points[place]), own, anchor).factor
