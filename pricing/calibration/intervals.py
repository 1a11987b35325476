"""How wide an 80 % interval must be for each kind of evidence, from rows no fit had seen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pricing.calibration.fit import Mask
from pricing.calibration.folds import each_of, folds_of
from pricing.calibration.heldout import held_out
from pricing.calibration.rows import Rows
from pricing.catalogue import Catalogue
from pricing.serving.columns import Numbers
from pricing.serving.evidence import Evidence, Ground, interval_key
from pricing.serving.measured.predicted import Predictions

PROMISED: Final = 0.8
"""Share of measurements that an interval should hold."""
TAILS: Final = tuple(np.arange(0.10, 0.019, -0.005).tolist())
"""Shares of residuals left out at either end that are tried."""
FOLDS: Final = 5
SEEDS: Final = range(1, 6)
"""Of foldings into groups that set an interval and groups that check it."""

SCHEMES: Final[Mapping[Ground, str]] = {
    "measured": "setups of a stack held out, others of it left (source, precision, parallelism)",
    "interpolated": "sources' rows of a model on an accelerator held out",
    "unseen stack": "a class of software held out on one accelerator family, left on others",
    "unseen software": "a class of software held out",
    "unseen accelerator": "an accelerator family held out, others of its maker left",
    "unseen maker": "an accelerator family held out, with or without others of its maker",
}
"""What is held out to see how far off predictions on a ground are."""
FROM_BETTER: Final[tuple[tuple[Ground, Ground], ...]] = (
    ("measured", "interpolated"),
    ("interpolated", "unseen stack"),
    ("unseen stack", "unseen software"),
    ("unseen stack", "unseen accelerator"),
    ("unseen accelerator", "unseen maker"),
)
"""Pairs of grounds, the one with more knowledge first; in such an order that widths pass on."""


@dataclass(frozen=True)
class Residuals:
    """log(measured / predicted) of rows predicted without themselves, on one ground."""

    ground: Ground
    values: Numbers
    """Shape (points,)."""
    groups: tuple[str, ...]
    """Source, model and accelerator of each."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Ends over the typical value, and how often measurements lie between them."""

    ground: Ground
    low: float
    high: float
    coverage: float
    """With ends from other groups than those that are counted."""
    rows: int


def held_out_residuals(rows: Rows, catalogue: Catalogue) -> dict[str, Residuals]:
    """Residuals by ground and kind of model (`interval_key`), each from its ground's scheme."""
    setups = [
        f"{setup}|{row.tensor}|{row.data}|{row.pipeline}"
        for setup, row in zip(rows.labels["setup"], rows.measured, strict=True)
    ]
    pairs = [" on ".join(pair) for pair in zip(rows.software, rows.families, strict=True)]
    # fold -1 is in no turn held out: its software would be gone altogether
    pairs_left = np.where(_elsewhere(rows.software, rows.families), each_of(pairs), -1)
    by_family = held_out(rows, each_of(rows.families), catalogue)
    schemes: dict[Ground, tuple[Predictions, Mask]] = {
        "measured": _wanted(held_out(rows, folds_of(setups, FOLDS), catalogue), "measured"),
        "interpolated": _wanted(
            held_out(rows, folds_of(rows.groups, FOLDS), catalogue), "interpolated"
        ),
        "unseen stack": _wanted(held_out(rows, pairs_left, catalogue), "unseen stack"),
        "unseen software": _wanted(
            held_out(rows, each_of(rows.software), catalogue), "unseen stack"
        ),
        "unseen accelerator": (by_family, _elsewhere(rows.makers, rows.families)),
        "unseen maker": (by_family, np.ones(len(rows), dtype=bool)),
    }
    experts = rows.point.shape.chosen > 0
    found = {}
    for ground, (predictions, wanted) in schemes.items():
        for has_experts in (False, True):
            places = np.flatnonzero(wanted & (experts == has_experts))
            found[interval_key(ground, has_experts=has_experts)] = Residuals(
                ground,
                rows.throughput[places] - np.log(predictions.throughput[places]),
                tuple(rows.groups[place] for place in places),
            )
    return found


def _elsewhere(labels: Sequence[str], among: Sequence[str]) -> Mask:
    """Whether rows with the same label are there among others than a row's own."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for label, other in zip(labels, among, strict=True):
        found[label].add(other)
    return np.array([len(found[label]) > 1 for label in labels])


def _wanted(predictions: Predictions, evidence: Evidence) -> tuple[Predictions, Mask]:
    """The predictions that rest on an evidence when rows are held out."""
    return predictions, np.array([name == evidence for name in predictions.evidence])


def intervals_of(found: Mapping[str, Residuals]) -> dict[str, Interval]:
    """The interval of each ground and kind of model; less knowledge never promises more.

    Where the rows at hand happen to be predicted better than those of a better ground, the interval
    is made as wide as that one's, and its coverage is counted so.
    """
    intervals = {key: interval_of(residuals) for key, residuals in found.items()}
    for has_experts in (False, True):
        for better, worse in FROM_BETTER:
            known, less = (interval_key(each, has_experts=has_experts) for each in (better, worse))
            intervals[less] = _as_wide(intervals[less], intervals[known], found[less])
    return intervals


def _as_wide(interval: Interval, other: Interval, residuals: Residuals) -> Interval:
    missing = (other.high / other.low) / (interval.high / interval.low)
    if missing <= 1:
        return interval
    low, high = interval.low / missing**0.5, interval.high * missing**0.5
    ratio = np.exp(residuals.values)
    covered = float(((low <= ratio) & (ratio <= high)).mean())
    return replace(interval, low=low, high=high, coverage=covered)


def interval_of(residuals: Residuals) -> Interval:
    """The interval that holds four fifths of the rows of groups that took no part in setting it.

    Rows of a group are alike, so quantiles of few groups are too narrow for the next one. The tails
    left out are therefore the share, of `TAILS`, at which cross-validated coverage comes nearest to
    `PROMISED`.
    """
    coverage = [_coverage(residuals, tail) for tail in TAILS]
    best = int(np.argmin(np.abs(np.array(coverage) - PROMISED)))
    low, high = np.quantile(residuals.values, (TAILS[best], 1 - TAILS[best]))
    return Interval(
        residuals.ground,
        float(np.exp(low)),
        float(np.exp(high)),
        coverage[best],
        len(residuals.values),
    )


def _coverage(residuals: Residuals, tail: float) -> float:
    """Share of residuals between quantiles of the other folds', over several foldings."""
    inside = []
    for seed in SEEDS:
        folds = folds_of(residuals.groups, FOLDS, seed)
        for fold in np.unique(folds):
            here = folds == fold
            low, high = np.quantile(residuals.values[~here], (tail, 1 - tail))
            inside.append((low <= residuals.values[here]) & (residuals.values[here] <= high))
    return float(np.concatenate(inside).mean())
