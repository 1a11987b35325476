"""Intervals hold what they promise."""

import numpy as np
import pytest

from pricing.calibration.intervals import Residuals, interval_of
from pricing.serving.evidence import EVIDENCE, interval_key
from pricing.serving.parameters import load_parameters
from tests.calibration.data import data, without_their_group
from tests.calibration.test_document import document

KEYS = [interval_key(each, has_experts=experts) for each in EVIDENCE for experts in (False, True)]


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


def test_that_less_evidence_never_promises_a_better_worst_case() -> None:
    ends = load_parameters().intervals
    for experts in (False, True):
        keys = [interval_key(each, has_experts=experts) for each in EVIDENCE]
        widths = [ends[key][1] / ends[key][0] for key in keys]
        assert widths[0] == min(widths)
        assert widths[-1] == max(widths)


def test_that_the_shipped_intervals_cover_groups_that_are_held_out_now() -> None:
    rows, found = data().rows, without_their_group()
    ends = load_parameters().intervals
    inside = []
    for place, evidence in enumerate(found.evidence):
        low, high = ends[
            interval_key(evidence, has_experts=bool(rows.point.shape.chosen[place] > 0))
        ]
        ratio = rows.measured[place].output_tokens_per_s / found.throughput[place]
        inside.append(low <= ratio <= high)
    assert np.mean(inside) == pytest.approx(0.8, abs=0.05)
