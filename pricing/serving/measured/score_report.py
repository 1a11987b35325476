"""The score of a file of benchmark points: overall, by slice, and next to other tools."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pricing.serving.chip import family_of
from pricing.serving.columns import Numbers
from pricing.serving.measured.measurement import Doubt, Measurement, Measurements
from pricing.serving.measured.names import Names
from pricing.serving.measured.predicted import Predictions
from pricing.serving.measured.score import PeerScore, Score, Slice, against_peers, score, slices
from pricing.serving.measured.sources import source_labels

SLICES: Final = ("source", "family", "framework", "experts", "evidence")
"""What scores are told by, unless something else is asked."""
FURTHER_SLICES: Final = ("model", "accelerator", "precision", "load")
"""What they may be told by as well."""
NOT_KNOWN: Final = "not known"
_PER_ACCELERATOR: Final = 1.6
"""Factor from which on a file's throughput may be that of one accelerator."""


@dataclass(frozen=True, slots=True)
class Unpredicted:
    """Points without a prediction, for one reason."""

    reason: str
    lines: tuple[int, ...]
    """Of the file."""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What a file of benchmark points says of the predictions."""

    name: str
    """Of the file."""
    points: int
    seen: int
    """Points that the calibration has seen, so that they flatter the score."""
    throughput: Score
    tpot: Score
    """Of the points with a fixed concurrency whose TPOT was measured."""
    slices: tuple[Slice, ...]
    """Of throughput."""
    peers: tuple[PeerScore, ...]
    """Of throughput."""
    unpredicted: tuple[Unpredicted, ...]
    doubts: tuple[Doubt, ...]
    per_accelerator: bool
    """Whether throughput looks like that of one accelerator instead of the whole system."""


def score_report(
    points: Measurements,
    predictions: Predictions,
    names: Names,
    by: Sequence[str] = SLICES,
    seen: int = 0,
) -> ScoreReport:
    """Score the predictions of a file's points.

    Args:
        points: What was measured.
        predictions: One for each point.
        names: Of the models and accelerators there are.
        by: What to tell scores by, of `SLICES` and `FURTHER_SLICES`.
        seen: Points that the calibration has seen.

    Raises:
        KeyError: `by` names no slice.
    """
    measured = points.output_tokens_per_s
    low, high = predictions.low, predictions.high
    guess = predictions.throughput
    labels = {name: _labels(name, points, predictions, names) for name in by}
    return ScoreReport(
        name=points.name,
        points=len(points),
        seen=seen,
        throughput=score(measured, guess, low, high),
        tpot=_tpot(points, predictions),
        slices=tuple(slices(measured, guess, labels, low, high)),
        peers=tuple(against_peers(measured, guess, points.peers, low, high)),
        unpredicted=_unpredicted(points, predictions),
        doubts=points.doubts,
        per_accelerator=_is_per_accelerator(points, guess),
    )


def _labels(
    name: str, points: Sequence[Measurement], predictions: Predictions, names: Names
) -> tuple[str, ...]:
    if name == "source":
        return source_labels([row.source for row in points], [row.kind for row in points])
    if name == "evidence":
        return tuple(evidence or NOT_KNOWN for evidence in predictions.evidence)
    return tuple(_label(name, row, names) for row in points)


def _label(name: str, row: Measurement, names: Names) -> str:
    sheet = names.accelerators.get(row.accelerator)
    model = names.models.get(row.model)
    labels = {
        "family": family_of(sheet) if sheet else "",
        "framework": row.stack,
        "experts": ("MoE" if model.n_experts else "dense") if model else "",
        "model": row.model,
        "accelerator": row.accelerator,
        "precision": row.precision,
        "load": "fixed concurrency" if np.isfinite(row.concurrency) else "maximum throughput",
    }
    return labels[name] or NOT_KNOWN


def _tpot(points: Measurements, predictions: Predictions) -> Score:
    measured = points.numbers("tpot_ms")
    told = np.isfinite(measured) & np.isfinite(points.numbers("concurrency"))
    # fast throughput is a short time per token, so the interval turns round
    typical = predictions.tpot
    low = typical * predictions.throughput / predictions.high
    high = typical * predictions.throughput / predictions.low
    return score(measured[told], typical[told], low[told], high[told])


def _unpredicted(points: Measurements, predictions: Predictions) -> tuple[Unpredicted, ...]:
    lines: dict[str, list[int]] = {}
    for row, value, reason in zip(points, predictions.throughput, predictions.reasons, strict=True):
        if not np.isfinite(value):
            lines.setdefault(reason or NOT_KNOWN, []).append(row.line)
    most_first = sorted(lines.items(), key=lambda item: -len(item[1]))
    return tuple(Unpredicted(reason, tuple(found)) for reason, found in most_first)


def _is_per_accelerator(points: Measurements, predicted: Numbers) -> bool:
    accelerators = points.numbers("accelerators")
    several = (accelerators > 1) & np.isfinite(predicted)
    if not several.any():
        return False
    ratio = np.log(predicted[several] / points.output_tokens_per_s[several])
    as_it_is = float(np.median(np.abs(ratio)))
    of_one = float(np.median(np.abs(ratio - np.log(accelerators[several]))))
    return as_it_is > math.log(_PER_ACCELERATOR) and of_one < as_it_is / 2
