"""Intervals hold what they promise."""

import numpy as np
import pytest

from pricing.calibration.intervals import FROM_BETTER, Residuals, interval_of
from pricing.serving.evidence import GROUNDS, Ground, interval_key
from pricing.serving.parameters import load_parameters
from tests.calibration.data import data, without_their_group
from tests.calibration.test_document import document

KEYS = [interval_key(each, has_experts=experts) for each in GROUNDS for experts in (False, True)]


def test_that_an_interval_holds_four_fifths_of_draws() -> None:
    draw = np.random.default_rng(5)
    values = np.where(draw.random(6000) < 0.5, draw.exponential(0.3, 6000), -0.1)
    values += 0.02 * draw.standard_normal(6000)
    groups = tuple(str(number % 300) for number in range(6000))
    found = interval_of(Residuals("interpolated", values, groups))
    assert found.coverage == pytest.approx(0.8, abs=0.02)
    assert found.rows == 6000
    assert 1 - found.low < found.high - 1


@pytest.mark.parametrize("key", KEYS)
def test_that_coverage_of_rows_never_seen_is_near_four_fifths(key: str) -> None:
    told = document()["interval_coverage"][key]
    assert 0.75 <= told["coverage"] <= 0.85
    assert told["rows"] > 100


@pytest.mark.parametrize("key", KEYS)
def test_that_every_evidence_has_an_interval_around_the_typical_value(key: str) -> None:
    low, high = load_parameters().intervals[key]
    assert 0.2 < low < 1 < high < 3


@pytest.mark.parametrize(("better", "worse"), FROM_BETTER)
@pytest.mark.parametrize("experts", [False, True])
def test_that_less_knowledge_never_promises_more(
    better: Ground, worse: Ground, experts: bool
) -> None:
    ends = load_parameters().intervals
    known, less = (ends[interval_key(each, has_experts=experts)] for each in (better, worse))
    assert less[1] / less[0] >= known[1] / known[0] * (1 - 1e-4)


def test_that_the_shipped_intervals_cover_groups_that_are_held_out_now() -> None:
    measured, found = data().points.output_tokens_per_s, without_their_group()
    for kind in (False, True):
        of_kind = (data().rows.point.shape.chosen > 0) == kind
        inside = (found.low <= measured) & (measured <= found.high)
        assert inside[of_kind].mean() == pytest.approx(0.8, abs=0.05)
