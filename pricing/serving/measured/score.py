"""How far predictions are from measurements, in a few figures that can be checked by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pricing.serving.columns import Numbers, numbers


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one set of points; shares and errors are 1 for 100 %."""

    n: int
    """Points with a prediction; the other figures are NaN if there are none."""
    mape: float
    """Mean absolute error over what was measured."""
    median: float
    """Median absolute error over what was measured."""
    within_10: float
    """Share of points predicted within 10 % of what was measured."""
    within_25: float
    """Share of points predicted within 25 % of what was measured."""
    bias: float
    """Geometric mean of predicted over measured, less 1: above 0 promises too much.

    The geometric mean, so that twice and half of what was measured cancel out.
    """
    coverage: float
    """Share of points whose measurement lies in its interval; NaN without intervals."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The score of the points with one label."""

    by: str
    """What the label says, such as "accelerator family"."""
    label: str
    score: Score


@dataclass(frozen=True, slots=True)
class PeerScore:
    """Another tool's predictions and ours, on exactly the points where it has one."""

    name: str
    theirs: Score
    ours: Score


def score(
    measured: ArrayLike,
    predicted: ArrayLike,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> Score:
    """The score of predictions of shape (points,); points without a prediction (NaN) are left out.

    Args:
        measured: Above 0.
        predicted: Same unit.
        low: Low end of each prediction's interval.
        high: High end of each prediction's interval.

    Raises:
        ValueError: shapes differ, or a measurement is not above 0.
    """
    truth, guess = numbers(measured), numbers(predicted)
    _check(truth, guess)
    known = np.isfinite(guess)
    truth, guess = truth[known], guess[known]
    if not len(truth):
        nan = float("nan")
        return Score(0, nan, nan, nan, nan, nan, nan)
    # rounding must not push a prediction that is 25 % off out of "within 25 %"
    error = np.abs(guess - truth) / truth
    return Score(
        n=len(truth),
        mape=float(error.mean()),
        median=float(np.median(error)),
        within_10=_share(error <= 0.10 + 1e-12),
        within_25=_share(error <= 0.25 + 1e-12),
        bias=_bias(guess / truth),
        coverage=_coverage(truth, low, high, known),
    )


def slices(
    measured: ArrayLike,
    predicted: ArrayLike,
    labels: Mapping[str, Sequence[str]],
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> list[Slice]:
    """Scores of the points of each label, those with most predictions first.

    Args:
        measured: Shape (points,), above 0.
        predicted: Shape (points,), NaN where there is no prediction.
        labels: By what they say, a label for each point.
        low: Low end of each prediction's interval.
        high: High end of each prediction's interval.

    Raises:
        ValueError: as `score`, or labels and points differ in number.
    """
    truth, guess = numbers(measured), numbers(predicted)
    found: list[Slice] = []
    for by, of_points in labels.items():
        column = np.array(of_points, dtype=object)
        if column.shape != truth.shape:
            raise ValueError(f"{len(column)} labels of {by} for {len(truth)} points")
        group = [
            Slice(by, label, score(truth[rows], guess[rows], _at(low, rows), _at(high, rows)))
            for label in dict.fromkeys(of_points)
            if (rows := np.asarray(column == label)).any()
        ]
        found += sorted(group, key=lambda item: (-item.score.n, item.label))
    return found


def against_peers(
    measured: ArrayLike,
    predicted: ArrayLike,
    peers: Mapping[str, ArrayLike],
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> list[PeerScore]:
    """Scores of each other tool and ours, on the points that both of them predict.

    Raises:
        ValueError: as `score`.
    """
    truth, guess = numbers(measured), numbers(predicted)
    found = []
    for name, values in peers.items():
        theirs = numbers(values)
        both = np.isfinite(theirs) & np.isfinite(guess)
        ours = score(truth[both], guess[both], _at(low, both), _at(high, both))
        found.append(PeerScore(name, score(truth[both], theirs[both]), ours))
    return found


def _check(truth: Numbers, guess: Numbers) -> None:
    if truth.ndim != 1 or truth.shape != guess.shape:
        raise ValueError(f"{guess.shape} predictions for {truth.shape} measurements")
    if not (np.isfinite(truth) & (truth > 0)).all():
        raise ValueError("every measurement must be a number above 0")


def _share(of: NDArray[np.bool_]) -> float:
    return float(of.mean())


def _bias(ratio: Numbers) -> float:
    if (ratio <= 0).any():
        return -1.0
    return float(np.exp(np.log(ratio).mean()) - 1)


def _coverage(
    truth: Numbers, low: ArrayLike | None, high: ArrayLike | None, known: NDArray[np.bool_]
) -> float:
    if low is None or high is None:
        return float("nan")
    bottom, top = numbers(low)[known], numbers(high)[known]
    told = np.isfinite(bottom) & np.isfinite(top)
    if not told.any():
        return float("nan")
    return _share((bottom <= truth)[told] & (truth <= top)[told])


def _at(values: ArrayLike | None, rows: NDArray[np.bool_]) -> Numbers | None:
    return None if values is None else numbers(values)[rows]
