"""The fit finds what points were made with, and falls back to beliefs where there are none."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.calibration.design import believing, design_of
from pricing.calibration.effects import Effect
from pricing.calibration.fit import fit
from pricing.calibration.forward import logs_of, slopes_of
from pricing.calibration.outcome import parameters_of
from tests.calibration.data import made_up, places, some

WELL_TOLD = ("bandwidth", "matmul_16", "matmul_8", "layer", "call_close", "prefill_attention")
"""Parameters that rule many of the points."""


def test_that_the_parameters_that_points_were_made_with_are_found_again() -> None:
    rows = some()
    design = believing(design_of(rows, ()), 3.0)
    true = design.centre + 0.2 * np.random.default_rng(1).standard_normal(len(design.centre))
    found = fit(made_up(rows, design, true), design)
    told = places(design, *[("core", "", name) for name in WELL_TOLD])
    assert found.unknowns[told] == pytest.approx(true[told], abs=0.06)


def test_that_a_slow_class_of_software_is_found_and_the_others_stay() -> None:
    rows = some()
    design = design_of(rows, (Effect("software", "efficiency", 0.3),))
    true = design.centre.copy()
    slow, other = places(
        design, ("software", "vllm_2025", "efficiency"), ("software", "trt_2025", "efficiency")
    )
    true[slow] = np.log(0.6)
    found = fit(made_up(rows, design, true), design).unknowns
    assert found[slow] - found[other] == pytest.approx(np.log(0.6), abs=0.05)
    assert found[other] == pytest.approx(0, abs=0.1)


def test_that_software_without_rows_has_what_is_known_of_its_maker_alone() -> None:
    rows = some()
    used = np.array([name != "sglang" for name in rows.software])
    found = fit(rows, design_of(rows), used)
    parameters = parameters_of(found, rows, used)
    assert set(parameters.frameworks["sglang"].values()) == {1.0}
    assert ("hopper", "sglang") not in parameters.seen_together
    assert all("sglang" not in key for key in parameters.stacks)
    assert parameters.rows == used.sum() < len(rows)


def test_that_a_family_without_rows_has_the_core() -> None:
    rows = some()
    used = np.array([name != "ampere" for name in rows.families])
    parameters = parameters_of(fit(rows, design_of(rows), used), rows, used)
    assert "ampere" not in parameters.families
    assert parameters.value("bandwidth", "ampere", "") == parameters.core["bandwidth"]


def test_that_a_few_wild_points_change_little() -> None:
    rows = some()
    design = design_of(rows, ())
    points = made_up(rows, design, design.centre)
    wild = points.throughput.copy()
    wild[::50] += np.log(10)
    plain = fit(points, design).unknowns
    told = places(design, *[("core", "", name) for name in WELL_TOLD])
    spoilt = fit(replace(points, throughput=wild), design).unknowns
    assert spoilt[told] == pytest.approx(plain[told], abs=0.06)


def test_that_slopes_are_those_of_the_formulas() -> None:
    rows = some()
    design = design_of(rows)
    draw = np.random.default_rng(3)
    at = design.centre + 0.1 * draw.standard_normal(len(design.centre))
    along = draw.standard_normal(len(at))
    fields = design.logs(at)
    slopes = slopes_of(rows, design, fields, logs_of(rows, fields))
    ahead, behind = (logs_of(rows, design.logs(at + s * along)) for s in (1e-4, -1e-4))
    for name in ("throughput", "tpot"):
        by_difference = (getattr(ahead, name) - getattr(behind, name)) / 2e-4
        assert getattr(slopes, name) @ along == pytest.approx(by_difference, rel=1e-3, abs=1e-4)


def test_that_sources_and_setups_are_fitted_but_left_out_of_predictions() -> None:
    rows = some()
    design = design_of(rows)
    known = design.known(np.ones(len(design.keys)))
    levels = np.array([level for level, _, _ in design.keys])
    assert not known[(levels == "source") | (levels == "setup")].any()
    assert known[(levels == "core") | (levels == "family") | (levels == "software")].all()
