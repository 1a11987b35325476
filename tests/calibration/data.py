"""Measured and made-up points for tests of the calibration."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from pricing.calibration.calibrate import Data, read_data
from pricing.calibration.design import Design
from pricing.calibration.folds import folds_of
from pricing.calibration.forward import logs_of
from pricing.calibration.heldout import held_out
from pricing.calibration.intervals import FOLDS
from pricing.calibration.rows import Rows, rows_of
from pricing.catalogue import load_catalogue
from pricing.serving.columns import Numbers
from pricing.serving.measured.predicted import Predictions
from pricing.serving.parameters import load_parameters


@cache
def data() -> Data:
    """The measured points of the project."""
    return read_data()


@cache
def some() -> Rows:
    """Every fifth of them."""
    return rows_of(data().rows.measured[::5], load_catalogue())


@cache
def without_their_group() -> Predictions:
    """All points, each predicted by a fit that has not seen its source, model and accelerator."""
    rows = data().rows
    return held_out(rows, folds_of(rows.groups, FOLDS), load_catalogue(), load_parameters())


def made_up(rows: Rows, design: Design, unknowns: Numbers, noise: float = 0.02) -> Rows:
    """The same points as if some unknowns were true, measured with some noise."""
    at = logs_of(rows, design.logs(unknowns))
    draw = np.random.default_rng(2)
    return replace(
        rows,
        throughput=at.throughput + noise * draw.standard_normal(len(rows)),
        tpot=np.where(np.isfinite(rows.tpot), at.tpot, np.nan),
    )


def places(design: Design, *keys: tuple[str, str, str]) -> Sequence[int]:
    """Where unknowns are."""
    return [design.keys.index(key) for key in keys]
