"""Scores, against figures worked out by hand and by the standard library."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.serving.measured.score import against_peers, score, slices
from tests.serving.points import shipped

MEASURED = [100.0, 100.0, 100.0, 100.0, 200.0]
PREDICTED = [110.0, 80.0, 125.0, 200.0, 100.0]
"""Off by 10 %, 20 %, 25 %, 100 % and 50 %."""


def test_that_a_small_table_scores_as_by_hand() -> None:
    found = score(MEASURED, PREDICTED, low=[90, 70, 110, 90, 150], high=[120, 90, 130, 300, 250])
    assert found.n == 5
    assert found.mape == pytest.approx((0.10 + 0.20 + 0.25 + 1.00 + 0.50) / 5)
    assert found.median == pytest.approx(0.25)
    assert found.within_10 == pytest.approx(1 / 5)
    assert found.within_25 == pytest.approx(3 / 5)
    # 1.1 x 0.8 x 1.25 x 2 x 0.5 = 1.1
    assert found.bias == pytest.approx(1.1 ** (1 / 5) - 1)
    # in: 90-120, 90-300, 150-250; out: 70-90, 110-130
    assert found.coverage == pytest.approx(3 / 5)


def test_that_points_without_a_prediction_are_not_counted() -> None:
    found = score([100, 50, 100], [110, math.nan, 90])
    assert found.n == 2
    assert found.mape == pytest.approx(0.10)
    assert math.isnan(found.coverage)


def test_that_no_point_has_no_figures() -> None:
    found = score([10.0], [math.nan])
    assert found.n == 0
    assert math.isnan(found.mape)
    assert math.isnan(found.within_25)


def test_that_twice_and_half_are_no_bias() -> None:
    assert score([10, 10], [20, 5]).bias == pytest.approx(0)


def test_that_predicting_nothing_is_wholly_too_little() -> None:
    found = score([10, 10], [0, 10])
    assert found.bias == -1
    assert found.mape == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("measured", "predicted"), [([1.0, 2.0], [1.0]), ([0.0], [1.0]), ([math.nan], [1.0])]
)
def test_that_what_cannot_be_scored_is_refused(
    measured: list[float], predicted: list[float]
) -> None:
    with pytest.raises(ValueError, match="measurement"):
        score(measured, predicted)


positive = st.floats(1e-3, 1e9)


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=60))
def test_that_scores_agree_with_the_standard_library(pairs: list[tuple[float, float]]) -> None:
    measured, predicted = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    errors = [abs(guess - truth) / truth for truth, guess in pairs]
    ratios = [guess / truth for truth, guess in pairs]
    found = score(measured, predicted)
    assert found.mape == pytest.approx(statistics.fmean(errors), rel=1e-9, abs=1e-12)
    assert found.median == pytest.approx(statistics.median(errors), rel=1e-9, abs=1e-12)
    assert 1 + found.bias == pytest.approx(statistics.geometric_mean(ratios), rel=1e-9)
    assert 0 <= found.within_10 <= found.within_25 <= 1


@given(st.lists(st.tuples(positive, positive, st.sampled_from("abc")), min_size=1, max_size=40))
def test_that_slices_share_out_all_points(points: list[tuple[float, float, str]]) -> None:
    measured, predicted, labels = (list(column) for column in zip(*points, strict=True))
    found = slices(measured, predicted, {"letter": labels})
    assert sum(item.score.n for item in found) == len(points)
    assert [item.score.n for item in found] == sorted(
        (item.score.n for item in found), reverse=True
    )
    whole = score(measured, predicted)
    mape = sum(item.score.mape * item.score.n for item in found) / len(points)
    assert mape == pytest.approx(whole.mape, rel=1e-9, abs=1e-12)


def test_that_a_slice_has_the_score_of_its_points() -> None:
    found = slices(MEASURED, PREDICTED, {"by": ["a", "b", "a", "b", "a"]}, [0] * 5, [150] * 5)
    assert [(item.label, item.score.n) for item in found] == [("a", 3), ("b", 2)]
    assert found[1].score == score([100, 100], [80, 200], [0, 0], [150, 150])


def test_that_labels_of_another_number_are_refused() -> None:
    with pytest.raises(ValueError, match="1 labels"):
        slices([1.0, 2.0], [1.0, 2.0], {"by": ["a"]})


def test_that_a_peer_is_held_against_us_on_the_points_of_both() -> None:
    (found,) = against_peers(
        MEASURED, [110, math.nan, 125, 200, 100], {"tool": [100, 100, math.nan, 150, 220]}
    )
    assert found.name == "tool"
    # theirs is off by 0, 50 % and 10 %, ours by 10 %, 100 % and 50 %
    assert (found.theirs.n, found.ours.n) == (3, 3)
    assert found.theirs.mape == pytest.approx(0.20)
    assert found.ours.mape == pytest.approx(1.60 / 3)


def test_that_the_roofline_of_the_study_scores_as_it_was_published() -> None:
    # the study's rows of this table: off by a median near 173 %, nearly none within 25 %
    points = shipped()
    found = score(points.output_tokens_per_s, points.peers["roofline"])
    errors = np.abs(points.peers["roofline"] / points.output_tokens_per_s - 1)
    oracle = errors[np.isfinite(errors)]
    assert found.n == len(oracle)
    assert found.median == pytest.approx(float(statistics.median(oracle)))
    assert found.median > 1
    assert found.within_25 < 0.05
    assert found.bias > 1
