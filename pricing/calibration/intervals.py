"""How wide an 80 % interval must be for each kind of evidence, from rows no fit had seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pricing.calibration.folds import each_of, folds_of
from pricing.calibration.heldout import held_out
from pricing.calibration.rows import Rows
from pricing.catalogue import Catalogue
from pricing.serving.columns import Numbers
from pricing.serving.parameters import Anchor

ENDS: Final = (0.1, 0.9)
"""Quantiles at the ends of an 80 % interval; both tails may differ."""
FOLDS: Final = 5

SCHEMES: Final[Mapping[str, str]] = {
    "measured": "setups of a stack held out, others of it left (source, precision, parallelism)",
    "interpolated": "sources' rows of a model on an accelerator held out",
    "unseen stack": "a class of software held out on one accelerator family, left on others",
    "unseen accelerator": "an accelerator family held out",
}
"""What is held out to see how far off predictions with an evidence are."""


@dataclass(frozen=True)
class Residuals:
    """log(measured / predicted) of rows predicted without themselves, with one evidence."""

    values: Numbers
    """Shape (points,)."""
    groups: tuple[str, ...]
    """Source, model and accelerator of each."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Ends over the typical value, and how often measurements lie between them."""

    low: float
    high: float
    coverage: float
    """With ends from other groups than those that are counted."""
    rows: int


def held_out_residuals(rows: Rows, catalogue: Catalogue, anchor: Anchor) -> dict[str, Residuals]:
    """Residuals by evidence, each from its scheme."""
    setups = [
        f"{setup}|{row.tensor}|{row.data}|{row.pipeline}"
        for setup, row in zip(rows.labels["setup"], rows.measured, strict=True)
    ]
    pairs = list(zip(rows.families, rows.software, strict=True))
    elsewhere = np.array([
        any(name == software and other != family for other, name in set(pairs))
        for family, software in pairs
    ])  # fmt: skip
    folds = {
        "measured": folds_of(setups, FOLDS),
        "interpolated": folds_of(rows.groups, FOLDS),
        # fold -1 is in no turn held out: its software would be gone altogether
        "unseen stack": np.where(elsewhere, each_of([" on ".join(pair) for pair in pairs]), -1),
        "unseen accelerator": each_of(rows.families),
    }
    found = {}
    for evidence, of_rows in folds.items():
        predictions = held_out(rows, of_rows, catalogue, anchor)
        wanted = np.array([name == evidence for name in predictions.evidence])
        values = rows.throughput[wanted] - np.log(predictions.throughput[wanted])
        groups = tuple(rows.groups[place] for place in np.flatnonzero(wanted))
        found[evidence] = Residuals(values, groups)
    return found


def interval_of(residuals: Residuals) -> Interval:
    """The interval of some residuals, and its coverage by cross-validation over groups."""
    low, high = np.quantile(residuals.values, ENDS)
    inside = covered(residuals)
    return Interval(
        float(np.exp(low)), float(np.exp(high)), float(inside.mean()), len(residuals.values)
    )


def covered(residuals: Residuals) -> Numbers:
    """1 for each residual that lies in the interval of the other folds' residuals, else 0."""
    folds = folds_of(residuals.groups, FOLDS, seed=1)
    inside = np.zeros(len(residuals.values))
    for fold in np.unique(folds):
        here = folds == fold
        low, high = np.quantile(residuals.values[~here], ENDS)
        inside[here] = (low <= residuals.values[here]) & (residuals.values[here] <= high)
    return inside
