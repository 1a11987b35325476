"""What the calibration wrote belongs to the measurements that are in the project."""

import hashlib
import json
import math
from functools import cache
from typing import Any

from pricing.calibration.effects import ENGINES
from pricing.calibration.further import parameters_sha256, read_further
from pricing.calibration.priors import CORE
from pricing.resources import resource
from pricing.serving.parameters import load_parameters
from pricing.serving.software import STACKS


@cache
def document() -> Any:
    return json.loads(resource("serving", "parameters.json").read_bytes())


def sha256(name: str) -> str:
    return hashlib.sha256(resource("serving", name).read_bytes()).hexdigest()


def test_that_the_parameters_are_of_the_measurements_in_the_project() -> None:
    data = document()["data"]
    assert data["sha256"] == sha256("measurements.csv")
    assert data["not_used"] == []
    for by in ("family", "framework", "source"):
        assert sum(data[f"rows_by_{by}"].values()) == data["rows"]


def test_that_every_parameter_has_a_unit_and_a_belief() -> None:
    assert set(document()["core"]) == set(document()["units"]) == set(document()["priors"])
    assert set(document()["core"]) == set(CORE)


def test_that_every_class_of_software_is_known() -> None:
    assert set(document()["frameworks"]) == set(STACKS) == set(ENGINES)


def test_that_parameters_are_possible() -> None:
    known = load_parameters()
    for factors in (*known.families.values(), *known.frameworks.values()):
        assert all(factor > 0 and math.isfinite(factor) for factor in factors.values())
    for family in known.families:
        for software in ("trt_1x", "vllm_2025", "sglang", "rocm_2025"):
            by = known.coefficients(family, "nvlink", software, (8, 8))
            assert 0.5 < float(by.bandwidth) < 1.05
            assert 0.2 < float(by.matmul) < 1
            assert 5e-6 < float(by.layer) < 1e-4


def test_that_stacks_count_every_row_once() -> None:
    stacks = load_parameters().stacks
    assert sum(stack.rows for stack in stacks.values()) == load_parameters().rows
    assert all(0.7 < stack.factor < 1.4 for stack in stacks.values())


def test_that_the_help_page_tells_of_these_measurements() -> None:
    page = resource("help", "serving_score.md").read_text(encoding="utf-8")
    data = document()["data"]
    assert data["sha256"][:16] in page
    assert data["date"] in page
    for scheme in document()["scores"].values():
        assert f"{100 * scheme['median']:.1f} %" in page
        assert f"{100 * scheme['tpot_median']:.1f} %" in page


def test_that_the_page_tells_of_rows_outside_the_project_only_for_these_parameters() -> None:
    page = resource("help", "serving_score.md").read_text(encoding="utf-8")
    further = read_further()
    assert (further is not None) == ("## Rows that the project does not hold" in page)
    if further is not None:
        assert further["parameters_sha256"] == parameters_sha256()
        assert further["all"]["n"] == sum(of["n"] for of in further["sources"].values())
