"""Predictions of rows by fits that have not seen them."""

from typing import Final

import numpy as np

from pricing.calibration.design import design_of
from pricing.calibration.fit import fit
from pricing.calibration.folds import Folds
from pricing.calibration.outcome import parameters_of
from pricing.calibration.rows import Rows
from pricing.catalogue import Catalogue
from pricing.serving.measured.predicted import Predictions, predict_measurements
from pricing.serving.parameters import Parameters

COLUMNS: Final = ("throughput", "low", "high", "tpot", "ttft")
"""Of predictions, as numbers."""


def held_out(
    rows: Rows, folds: Folds, catalogue: Catalogue, known: Parameters | None = None
) -> Predictions:
    """Predict each fold with parameters fitted on the others, by the product's own path.

    Rows of fold -1 are always fitted on and get no prediction.

    Args:
        rows: Measured points.
        folds: Of each, shape (rows,).
        catalogue: Of models and accelerators.
        known: A calibration that has intervals; none means that intervals have no width.
    """
    design = design_of(rows)
    count = len(rows)
    columns = {name: np.full(count, np.nan) for name in COLUMNS}
    evidence = [""] * count
    for fold in np.unique(folds[folds >= 0]):
        test = folds == fold
        places = np.flatnonzero(test)
        parameters = parameters_of(fit(rows, design, ~test), rows, ~test, known)
        part = predict_measurements(
            [rows.measured[place] for place in places], catalogue, parameters
        )
        for name, column in columns.items():
            column[places] = getattr(part, name)
        for place, found in zip(places, part.evidence, strict=True):
            evidence[place] = found
    return Predictions(
        **columns,
        evidence=tuple(evidence),
        reasons=tuple("" if found else "it was not held out" for found in evidence),
    )
