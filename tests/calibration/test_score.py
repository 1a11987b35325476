"""How good predictions of rows never seen are: what is promised, on fits made by the test."""

import numpy as np
import pytest

from pricing.calibration.anchoring import anchoring
from pricing.serving.measured.score import against_peers, score
from pricing.serving.parameters import load_parameters
from tests.calibration.data import data, without_their_group
from tests.calibration.test_document import document


def test_that_groups_never_seen_are_predicted_as_promised() -> None:
    measured = data().points.output_tokens_per_s
    found = score(measured, without_their_group().throughput)
    assert found.n == len(measured)
    assert found.median <= 0.105
    assert found.within_25 >= 0.80
    assert found.mape <= 0.18


def test_that_time_per_token_of_groups_never_seen_is_predicted_as_promised() -> None:
    rows = data().rows
    timed = np.isfinite(rows.tpot)
    found = score(1000 * np.exp(rows.tpot[timed]), without_their_group().tpot[timed])
    assert found.n > 1500
    assert found.median <= 0.13


def test_that_predictions_are_ahead_of_other_tools_on_the_same_rows() -> None:
    points = data().points
    peers = against_peers(
        points.output_tokens_per_s, without_their_group().throughput, points.peers
    )
    assert {peer.name for peer in peers} == {"roofline", "llm_analysis", "aiconfigurator"}
    for peer in peers:
        assert peer.theirs.n == peer.ours.n > 500
        assert peer.ours.median < peer.theirs.median
        assert peer.ours.mape < peer.theirs.mape


def test_that_the_written_score_is_that_of_a_fresh_fit() -> None:
    told = document()["scores"]["groups held out"]
    found = score(data().points.output_tokens_per_s, without_their_group().throughput)
    assert found.median == pytest.approx(told["median"], rel=0.01)
    assert found.mape == pytest.approx(told["mape"], rel=0.01)


def test_that_whole_sources_never_seen_are_predicted_as_promised() -> None:
    told = document()["scores"]["whole sources held out"]
    assert told["rows"] == len(data().rows)
    assert told["median"] <= 0.16


def test_that_own_points_bring_the_error_of_rows_never_seen_down() -> None:
    none, one, three = anchoring(data().rows, without_their_group(), load_parameters().anchor)
    assert (none.own, one.own, three.own) == (0, 1, 3)
    assert none.score.n == one.score.n == three.score.n
    assert one.score.median < 0.92 * none.score.median
    assert three.score.median < 0.93 * one.score.median
    assert three.score.median < 0.09
    assert three.score.within_25 > none.score.within_25 + 0.04
