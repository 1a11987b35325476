"""Every measured row is used, or the calibration stops and says which one is not."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from pricing.calibration.design import design_of
from pricing.calibration.forward import logs_of
from pricing.calibration.rows import rows_of, weights_of
from pricing.catalogue import load_catalogue
from pricing.resources import resource
from pricing.serving.measured.predicted import predict_measurements
from pricing.serving.parameters import load_parameters
from tests.calibration.data import data, some


def test_that_no_row_of_the_file_is_dropped() -> None:
    with resource("serving", "measurements.csv").open(encoding="utf-8", newline="") as file:
        in_file = sum(1 for _ in csv.DictReader(file))
    rows = data().rows
    assert len(rows) == in_file == load_parameters().rows
    assert np.isfinite(rows.throughput).all()
    assert (weights_of(rows.groups) > 0).all()


def test_that_a_row_that_cannot_be_used_is_named() -> None:
    row = replace(data().rows.measured[0], unknown="'X' is no model of the catalogue.", line=17)
    with pytest.raises(ValueError, match=r"line 17 cannot be used: 'X' is no model"):
        rows_of([row], load_catalogue())


def test_that_a_row_that_does_not_fit_is_named() -> None:
    row = replace(data().rows.measured[0], input_tokens=1e7, line=18)
    with pytest.raises(ValueError, match=r"lines \[18\] do not fit"):
        rows_of([row], load_catalogue())


def test_that_what_is_fitted_is_what_the_product_predicts() -> None:
    rows = some()
    known = load_parameters()
    shown = predict_measurements(rows.measured, load_catalogue(), replace(known, stacks={}))
    design = design_of(rows)
    fields = design.logs(design.centre)
    by = [
        known.coefficients(family, "nvlink" if speed == "close" else "pcie", software, widths)
        for family, speed, software, widths in zip(
            rows.families, rows.speed, rows.software, rows.widths, strict=True
        )
    ]
    for name in by[0].names():
        fields[name] = np.log([float(getattr(each, name)) for each in by])
    at = logs_of(rows, fields)
    assert np.exp(at.throughput) == pytest.approx(shown.throughput)
    assert np.exp(at.tpot) * 1000 == pytest.approx(shown.tpot)


def test_that_a_group_counts_by_the_root_of_its_size() -> None:
    weights = weights_of(["a"] * 4 + ["b"])
    assert weights.mean() == pytest.approx(1)
    assert weights[:4].sum() / weights[4] == pytest.approx(2)
