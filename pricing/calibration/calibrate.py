"""The whole calibration: from the measured rows in the project to its parameters."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pricing.calibration.design import design_of
from pricing.calibration.fit import Fit, fit
from pricing.calibration.folds import each_of, folds_of
from pricing.calibration.heldout import held_out
from pricing.calibration.intervals import FOLDS, Interval, held_out_residuals, intervals_of
from pricing.calibration.outcome import parameters_of
from pricing.calibration.rows import Rows, rows_of
from pricing.calibration.spread import anchor_of
from pricing.catalogue import Catalogue, load_catalogue
from pricing.resources import resource
from pricing.serving.measured.measurement import Measurements
from pricing.serving.measured.names import Names
from pricing.serving.measured.predicted import Predictions
from pricing.serving.measured.reading import read_measurements
from pricing.serving.parameters import Parameters

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Data:
    """A file of measured points, ready to fit."""

    points: Measurements
    rows: Rows
    catalogue: Catalogue
    sha256: str


@dataclass(frozen=True)
class Calibration:
    """What was found, and how wide its intervals must be."""

    parameters: Parameters
    intervals: dict[str, Interval]
    found: Fit
    data: Data


@dataclass(frozen=True)
class Validation:
    """Predictions of every row by fits without its group, and without its whole source."""

    groups: Predictions
    sources: Predictions


def read_data(path: Path | None = None) -> Data:
    """The measured points of a file; none means those in the project."""
    file = path or resource("serving", "measurements.csv")
    catalogue = load_catalogue()
    points = read_measurements(file, Names.of(catalogue))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Data(points, rows_of(tuple(points), catalogue), catalogue, sha256)


def calibrate(data: Data, tell: Tell = print) -> Calibration:
    """Fit on all rows; intervals and weights of own points come from rows held out."""
    rows, catalogue = data.rows, data.catalogue
    tell("holding out rows for every kind of evidence")
    intervals = intervals_of(held_out_residuals(rows, catalogue))
    tell("holding out groups")
    unseen = held_out(rows, folds_of(rows.groups, FOLDS), catalogue)
    anchor = anchor_of(
        rows.throughput - np.log(unseen.throughput),
        rows,
        f"log errors of {len(rows):,} rows of measurements.csv, each predicted without its "
        "source's rows of its model and accelerator",
    )
    tell("fitting on all rows")
    found = fit(rows, design_of(rows))
    everything = np.ones(len(rows), dtype=bool)
    parameters = replace(
        parameters_of(found, rows, everything),
        anchor=anchor,
        intervals={key: (interval.low, interval.high) for key, interval in intervals.items()},
    )
    return Calibration(parameters, intervals, found, data)


def validate(data: Data, parameters: Parameters, tell: Tell = print) -> Validation:
    """Predict all rows by fits that have not seen them; intervals are the parameters'."""
    rows = data.rows
    tell(f"holding out groups of source, model and accelerator, in {FOLDS} folds")
    groups = held_out(rows, folds_of(rows.groups, FOLDS), data.catalogue, parameters)
    tell("holding out each source")
    sources = held_out(rows, each_of(rows.sources), data.catalogue, parameters)
    return Validation(groups, sources)
