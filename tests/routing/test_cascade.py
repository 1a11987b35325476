"""A cascade of two models against simulations, published results and what can never be."""

import math

import numpy as np
import pytest
from hypothesis import given

from pricing.routing import (
    FREE,
    Call,
    JointCorrectness,
    Verifier,
    cascade,
    correlation_bounds,
    most_escalation,
    saving,
)
from tests.routing.published import DRAWS, CascadeRow, cascade_rows, counted
from tests.routing.strategies import calls, joints, verifiers

WEAK, STRONG = Call.of(cost=0.24, seconds=1.0), Call.of(cost=24.7, seconds=3.0)
SIGMAS = 3
PRINTED = 0.5e-4
"""Half a unit of the last printed digit of the published rows."""


@pytest.mark.parametrize("row", cascade_rows(), ids=lambda row: f"error {row.error}")
def test_that_the_cascade_on_gsm8k_is_the_published_one(row: CascadeRow) -> None:
    found = cascade(
        counted("gsm8k_decontaminated"), Verifier.with_error(row.error), small=WEAK, large=STRONG
    )
    assert found.escalation == pytest.approx(row.escalation, abs=PRINTED)
    assert found.quality == pytest.approx(row.quality, abs=PRINTED)
    assert found.cost == pytest.approx(row.usd_per_million, abs=10 * PRINTED)
    assert saving(found.cost, STRONG.cost) == pytest.approx(row.saving, abs=10 * PRINTED)
    for value, simulated in (
        (float(found.escalation), row.simulated_escalation),
        (float(found.quality), row.simulated_quality),
    ):
        sigma = math.sqrt(value * (1 - value) / DRAWS)
        assert abs(value - simulated) < SIGMAS * sigma + PRINTED


@pytest.mark.parametrize("error", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("test", ["gsm8k_all", "mmlu_all"])
def test_that_a_simulated_cascade_gives_the_same(test: str, error: float) -> None:
    draws = 200_000
    chance = np.random.default_rng(20_261_122)
    correct, check = counted(test), Call.of(cost=0.5, seconds=0.2)
    shares = [correct.both, correct.only_large, correct.only_small, correct.neither]
    pattern = chance.choice(4, size=draws, p=np.array(shares) / sum(shares))
    small_right, large_right = np.isin(pattern, [0, 2]), np.isin(pattern, [0, 1])
    accepted = np.where(chance.random(draws) < error, ~small_right, small_right)
    right = np.where(accepted, small_right, large_right)
    cost = WEAK.cost + check.cost + np.where(accepted, 0, STRONG.cost)
    seconds = WEAK.seconds + check.seconds + np.where(accepted, 0, STRONG.seconds)
    found = cascade(correct, Verifier.with_error(error), small=WEAK, large=STRONG, check=check)
    for value, sample in (
        (found.escalation, ~accepted),
        (found.quality, right),
        (found.cost, cost),
        (found.seconds, seconds),
    ):
        assert abs(value - sample.mean()) < SIGMAS * sample.std() / math.sqrt(draws)
    assert found.slow_seconds == np.quantile(seconds, 0.95)


def test_that_a_verifier_without_error_beats_gpt_4_and_one_with_20_per_cent_is_on_a_par() -> None:
    correct = counted("gsm8k_decontaminated")
    best = cascade(correct, Verifier.with_error(0.0), small=WEAK, large=STRONG)
    assert best.quality == pytest.approx(correct.either, abs=1e-12)
    parity = cascade(correct, Verifier.with_error(0.2), small=WEAK, large=STRONG)
    assert parity.quality == pytest.approx(correct.large, abs=0.001)


def test_that_only_the_scores_and_independence_overstate_the_cascade_on_gsm8k() -> None:
    real = counted("gsm8k_decontaminated")
    guessed = JointCorrectness.from_correlation(real.small, real.large, 0.0)
    verifier = Verifier.with_error(0.1)
    found, told = (cascade(c, verifier, small=WEAK, large=STRONG) for c in (real, guessed))
    assert told.escalation == pytest.approx(found.escalation, abs=1e-12)
    assert told.quality > found.quality + 0.01


@given(joints, verifiers, calls, calls, calls)
def test_that_a_cascade_stays_between_the_worst_and_the_best_possible(
    correct: JointCorrectness, verifier: Verifier, small: Call, check: Call, large: Call
) -> None:
    found = cascade(correct, verifier, small=small, large=large, check=check)
    assert -1e-12 <= found.escalation <= 1 + 1e-12
    assert correct.both - 1e-12 <= found.quality <= correct.either + 1e-12
    least, most = small.cost + check.cost, small.cost + check.cost + large.cost
    assert least - 1e-9 <= found.cost <= most + 1e-9
    fast, slow = small.seconds + check.seconds, small.seconds + check.seconds + large.seconds
    assert fast - 1e-9 <= found.seconds <= slow + 1e-9
    assert found.slow_seconds in (fast, slow)
    if found.escalation > 0.051:
        assert found.slow_seconds == slow


@given(joints, calls, calls, calls)
def test_that_accepting_all_is_the_small_model_and_rejecting_all_the_large_one(
    correct: JointCorrectness, small: Call, check: Call, large: Call
) -> None:
    all_, none = Verifier.stated(1.0, 1.0), Verifier.stated(0.0, 0.0)
    kept = cascade(correct, all_, small=small, large=large, check=check)
    assert (kept.escalation, kept.quality) == (0, pytest.approx(correct.small))
    passed = cascade(correct, none, small=small, large=large, check=check)
    assert (passed.escalation, passed.quality) == (1, pytest.approx(correct.large))


@given(joints, verifiers, calls, calls, calls)
def test_that_a_cascade_is_cheaper_than_the_large_model_below_the_stated_escalation(
    correct: JointCorrectness, verifier: Verifier, small: Call, check: Call, large: Call
) -> None:
    if large.cost < 0.01:
        return
    found = cascade(correct, verifier, small=small, large=large, check=check)
    limit = most_escalation(small.cost, check.cost, large.cost)
    if abs(found.escalation - limit) > 1e-9:
        assert (found.cost < large.cost) == (found.escalation < limit)


def test_that_arrays_of_verifiers_and_correlations_give_arrays() -> None:
    phi = np.linspace(*correlation_bounds(0.6, 0.85), 5)[:, np.newaxis]
    correct = JointCorrectness.from_correlation(0.6, 0.85, phi)
    found = cascade(
        correct, Verifier.with_error(np.array([0.0, 0.1, 0.2])), small=WEAK, large=STRONG
    )
    assert found.quality.shape == found.slow_seconds.shape == (5, 3)
    one = cascade(
        JointCorrectness.from_correlation(0.6, 0.85, float(phi[3, 0])),
        Verifier.with_error(0.1),
        small=WEAK,
        large=STRONG,
        check=FREE,
    )
    assert found.quality[3, 1] == one.quality
    assert found.cost[3, 1] == one.cost
    # the less alike two models are, the more a cascade gains
    assert (np.diff(found.quality, axis=0) <= 1e-12).all()
