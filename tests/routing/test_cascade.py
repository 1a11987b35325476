"""A cascade of two models against simulations, published results and what can never be."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.routing.cascade import Scores, Verifier
from tests.routing.published import DRAWS, CascadeRow, cascade_rows, counted, published

PRICES = published("routellm_published")["prices_usd_per_million_tokens"]
SMALL_USD, LARGE_USD = PRICES["mixtral-8x7b"], PRICES["gpt-4-1106-preview"]
SIGMAS = 3
PRINTED = 0.5e-4
"""Half a unit of the last printed digit of the published rows."""

shares = st.floats(0, 1)
counts = st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any)
possible = counts.map(
    lambda four: Scores(
        (four[0] + four[2]) / sum(four), (four[0] + four[1]) / sum(four), four[0] / sum(four)
    )
)
verifiers = st.builds(Verifier, shares, shares)


def erring(error: float) -> Verifier:
    """A verifier that errs equally often on right and on wrong answers."""
    return Verifier(1 - error, error)


@pytest.mark.parametrize("row", cascade_rows(), ids=lambda row: f"error {row.error}")
def test_that_the_cascade_on_gsm8k_is_the_published_one(row: CascadeRow) -> None:
    scores, verifier = counted("gsm8k_decontaminated").scores, erring(row.error)
    escalation, quality = verifier.escalation(scores.small), verifier.quality(scores)
    assert escalation == pytest.approx(row.escalation, abs=PRINTED)
    assert quality == pytest.approx(row.quality, abs=PRINTED)
    cost = SMALL_USD + escalation * LARGE_USD
    assert cost == pytest.approx(row.usd_per_million, abs=10 * PRINTED)
    assert 1 - cost / LARGE_USD == pytest.approx(row.saving, abs=10 * PRINTED)
    for value, simulated in (
        (escalation, row.simulated_escalation),
        (quality, row.simulated_quality),
    ):
        sigma = math.sqrt(value * (1 - value) / DRAWS)
        assert abs(value - simulated) < SIGMAS * sigma + PRINTED


@pytest.mark.parametrize("verifier", [erring(0.0), erring(0.3), Verifier(0.95, 0.3)])
@pytest.mark.parametrize("test", ["gsm8k_all", "mmlu_all"])
def test_that_a_simulated_cascade_gives_the_same(test: str, verifier: Verifier) -> None:
    draws = 200_000
    chance = np.random.default_rng(20_261_122)
    found = counted(test)
    pattern = chance.choice(4, size=draws, p=found.patterns)
    small_right, large_right = np.isin(pattern, [0, 2]), np.isin(pattern, [0, 1])
    limit = np.where(small_right, verifier.accepts_right, verifier.accepts_wrong)
    accepted = chance.random(draws) < limit
    right = np.where(accepted, small_right, large_right)
    for value, sample in (
        (verifier.escalation(found.scores.small), ~accepted),
        (verifier.quality(found.scores), right),
    ):
        assert abs(value - sample.mean()) < SIGMAS * sample.std() / math.sqrt(draws)


def test_that_a_verifier_without_error_beats_gpt_4_and_one_with_20_per_cent_is_on_a_par() -> None:
    scores = counted("gsm8k_decontaminated").scores
    most = published("routellm_counted")["gsm8k_decontaminated"]["oracle"]["max_acc"]
    assert erring(0.0).quality(scores) == pytest.approx(most, abs=1e-12)
    assert erring(0.2).quality(scores) == pytest.approx(scores.large, abs=0.001)


def test_that_independence_overstates_what_the_large_model_adds_on_gsm8k() -> None:
    real = counted("gsm8k_decontaminated").scores
    guessed = Scores.correlated(real.small, real.large, 0.0)
    assert guessed.large - guessed.both == pytest.approx(0.311, abs=0.0005)
    assert real.large - real.both == pytest.approx(0.292, abs=0.0005)
    known = Scores.correlated(real.small, real.large, 0.112)
    assert known.both == pytest.approx(real.both, abs=0.0005)
    assert erring(0.1).quality(guessed) > erring(0.1).quality(real) + 0.01


@pytest.mark.parametrize(
    "test", ["gsm8k_all", "gsm8k_decontaminated", "mmlu_all", "mmlu_decontaminated"]
)
def test_that_the_counts_of_routellm_give_its_accuracies(test: str) -> None:
    scores, row = counted(test).scores, published("routellm_counted")[test]
    assert scores.small == pytest.approx(row["weak_acc"], abs=1e-12)
    assert scores.large == pytest.approx(row["strong_acc"], abs=1e-12)


@given(counts)
def test_that_scores_and_numpy_s_correlation_give_the_counts_back(four: list[int]) -> None:
    both, only_large, only_small, neither = four
    small = [1] * both + [0] * only_large + [1] * only_small + [0] * neither
    large = [1] * both + [1] * only_large + [0] * only_small + [0] * neither
    constant = len(set(small)) == 1 or len(set(large)) == 1
    phi = 0.0 if constant else float(np.corrcoef(small, large)[0, 1])
    found = Scores.correlated(float(np.mean(small)), float(np.mean(large)), phi)
    assert found.both == pytest.approx(both / sum(four), abs=1e-9)


@given(shares, shares, st.floats(-1, 1))
def test_that_no_correlation_leaves_the_bounds_of_frechet(
    small: float, large: float, phi: float
) -> None:
    both = Scores.correlated(small, large, phi).both
    assert max(0, small + large - 1) - 1e-12 <= both <= min(small, large)


def test_that_two_models_with_scores_of_60_and_90_can_share_50_to_60_per_cent() -> None:
    # by hand: at least 0.6 + 0.9 - 1, at most 0.6
    found = [Scores.sharing(0.6, 0.9, both).both for both in (0.1, 0.55, 0.8)]
    assert found == pytest.approx([0.5, 0.55, 0.6])


@given(possible, verifiers)
def test_that_a_cascade_stays_between_the_worst_and_the_best_possible(
    scores: Scores, verifier: Verifier
) -> None:
    assert -1e-12 <= verifier.escalation(scores.small) <= 1 + 1e-12
    either = scores.small + scores.large - scores.both
    assert scores.both - 1e-12 <= verifier.quality(scores) <= either + 1e-12


@given(possible)
def test_that_accepting_all_is_the_small_model_and_rejecting_all_the_large_one(
    scores: Scores,
) -> None:
    all_, none = Verifier(1.0, 1.0), Verifier(0.0, 0.0)
    assert (all_.escalation(scores.small), none.escalation(scores.small)) == (0, 1)
    assert all_.quality(scores) == pytest.approx(scores.small)
    assert none.quality(scores) == pytest.approx(scores.large)
