"""How wide an 80 % interval must be for each kind of evidence, from rows no fit had seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pricing.calibration.folds import Folds, each_of, folds_of
from pricing.calibration.heldout import held_out
from pricing.calibration.rows import Rows
from pricing.catalogue import Catalogue
from pricing.serving.columns import Numbers
from pricing.serving.evidence import Evidence, interval_key
from pricing.serving.parameters import Anchor

PROMISED: Final = 0.8
"""Share of measurements that an interval should hold."""
TAILS: Final = tuple(np.arange(0.10, 0.019, -0.005).tolist())
"""Shares of residuals left out at either end that are tried."""
FOLDS: Final = 5
SEEDS: Final = range(1, 6)
"""Of foldings into groups that set an interval and groups that check it."""

SCHEMES: Final[Mapping[Evidence, str]] = {
    "measured": "setups of a stack held out, others of it left (source, precision, parallelism)",
    "interpolated": "sources' rows of a model on an accelerator held out",
    "unseen stack": "a class of software held out on one accelerator family, left on others",
    "unseen accelerator": "an accelerator family held out",
}
"""What is held out to see how far off predictions with an evidence are."""


@dataclass(frozen=True)
class Residuals:
    """log(measured / predicted) of rows predicted without themselves, with one evidence."""

    evidence: Evidence
    values: Numbers
    """Shape (points,)."""
    groups: tuple[str, ...]
    """Source, model and accelerator of each."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Ends over the typical value, and how often measurements lie between them."""

    evidence: Evidence
    low: float
    high: float
    coverage: float
    """With ends from other groups than those that are counted."""
    rows: int


def held_out_residuals(rows: Rows, catalogue: Catalogue, anchor: Anchor) -> dict[str, Residuals]:
    """Residuals by evidence and kind of model (`interval_key`), each from its evidence's scheme."""
    setups = [
        f"{setup}|{row.tensor}|{row.data}|{row.pipeline}"
        for setup, row in zip(rows.labels["setup"], rows.measured, strict=True)
    ]
    pairs = list(zip(rows.families, rows.software, strict=True))
    elsewhere = np.array([
        any(name == software and other != family for other, name in set(pairs))
        for family, software in pairs
    ])  # fmt: skip
    folds: dict[Evidence, Folds] = {
        "measured": folds_of(setups, FOLDS),
        "interpolated": folds_of(rows.groups, FOLDS),
        # fold -1 is in no turn held out: its software would be gone altogether
        "unseen stack": np.where(elsewhere, each_of([" on ".join(pair) for pair in pairs]), -1),
        "unseen accelerator": each_of(rows.families),
    }
    experts = rows.point.shape.chosen > 0
    found = {}
    for evidence, of_rows in folds.items():
        predictions = held_out(rows, of_rows, catalogue, anchor)
        wanted = np.array([name == evidence for name in predictions.evidence])
        for has_experts in (False, True):
            places = np.flatnonzero(wanted & (experts == has_experts))
            found[interval_key(evidence, has_experts=has_experts)] = Residuals(
                evidence,
                rows.throughput[places] - np.log(predictions.throughput[places]),
                tuple(rows.groups[place] for place in places),
            )
    return found


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
        residuals.evidence,
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
