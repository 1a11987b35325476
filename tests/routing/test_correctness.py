import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.routing import (
    JointCorrectness,
    RoutingError,
    both_right_bounds,
    correlation_bounds,
)
from tests.routing.published import counted, published
from tests.routing.strategies import counts, joints, shares

PARTS = ("both", "only_large", "only_small", "neither")


@pytest.mark.parametrize(
    "test", ["gsm8k_all", "gsm8k_decontaminated", "mmlu_all", "mmlu_decontaminated"]
)
def test_that_the_counts_of_routellm_give_its_accuracies(test: str) -> None:
    correct, row = counted(test), published("routellm_counted")[test]
    assert correct.small == pytest.approx(row["weak_acc"], abs=1e-12)
    assert correct.large == pytest.approx(row["strong_acc"], abs=1e-12)
    if "oracle" in row:
        assert correct.either == pytest.approx(row["oracle"]["max_acc"], abs=1e-12)


def test_that_the_subjects_of_mmlu_add_up_to_the_whole_test() -> None:
    rows = np.array(list(published("routellm_counted")["mmlu_subjects"].values()))
    assert len(rows) == 57
    _, *four = rows.sum(axis=0)
    whole = JointCorrectness.from_counts(*four)
    for part in PARTS:
        assert getattr(whole, part) == pytest.approx(getattr(counted("mmlu_all"), part))
    each = JointCorrectness.from_counts(*rows.T[1:])
    assert each.both.shape == (57,)


def test_that_independence_overstates_what_the_large_model_adds_on_gsm8k() -> None:
    real = counted("gsm8k_decontaminated")
    independent = JointCorrectness.from_correlation(real.small, real.large, 0.0)
    assert independent.only_large == pytest.approx(0.311, abs=0.0005)
    assert real.only_large == pytest.approx(0.292, abs=0.0005)
    assert real.correlation == pytest.approx(0.112, abs=0.0005)


@given(counts)
def test_that_the_correlation_is_numpy_s_on_listed_requests(four: list[int]) -> None:
    both, only_large, only_small, neither = four
    small = [1] * both + [0] * only_large + [1] * only_small + [0] * neither
    large = [1] * both + [1] * only_large + [0] * only_small + [0] * neither
    found = JointCorrectness.from_counts(*four).correlation
    if len(set(small)) == 1 or len(set(large)) == 1:
        assert found == pytest.approx(0, abs=1e-6)
    else:
        assert found == pytest.approx(np.corrcoef(small, large)[0, 1], abs=1e-9)


@given(joints)
def test_that_scores_and_correlation_give_the_joint_shares_back(correct: JointCorrectness) -> None:
    phi = np.clip(correct.correlation, -1, 1)
    for again in (
        JointCorrectness.from_correlation(correct.small, correct.large, phi),
        JointCorrectness.from_both_right(correct.small, correct.large, correct.both),
    ):
        for part in PARTS:
            assert getattr(again, part) == pytest.approx(getattr(correct, part), abs=1e-7)


@given(shares, shares, st.floats(-1, 1))
def test_that_no_correlation_leaves_the_bounds_of_frechet(
    small: float, large: float, phi: float
) -> None:
    correct = JointCorrectness.from_correlation(small, large, phi)
    assert max(0, small + large - 1) - 1e-12 <= correct.both <= min(small, large) + 1e-12
    assert all(getattr(correct, part) >= 0 for part in PARTS)
    assert sum(getattr(correct, part) for part in PARTS) == pytest.approx(1)
    assert correct.small == pytest.approx(small, abs=1e-12)
    assert correct.large == pytest.approx(large, abs=1e-12)


@given(shares, shares, st.floats(-1, 1))
def test_that_a_correlation_beyond_its_bounds_is_taken_to_the_bound(
    small: float, large: float, phi: float
) -> None:
    low, high = correlation_bounds(small, large)
    asked = JointCorrectness.from_correlation(small, large, phi).both
    at_bound = JointCorrectness.from_correlation(
        small, large, np.clip(phi, max(low, -1), min(high, 1))
    )
    assert asked == pytest.approx(at_bound.both, abs=1e-12)


def test_that_two_models_with_scores_of_60_and_90_can_share_50_to_60_per_cent() -> None:
    # by hand: at least 0.6 + 0.9 - 1, at most 0.6; independent they share 0.54
    assert [float(bound) for bound in both_right_bounds(0.6, 0.9)] == pytest.approx([0.5, 0.6])
    low, high = correlation_bounds(0.6, 0.9)
    spread = (0.6 * 0.4 * 0.9 * 0.1) ** 0.5
    assert (float(low), float(high)) == pytest.approx((-0.04 / spread, 0.06 / spread))


def test_that_both_right_beyond_the_scores_is_refused_with_what_is_possible() -> None:
    with pytest.raises(RoutingError, match=r"0\.7 .* 0\.5 to 0\.6 is possible") as refused:
        JointCorrectness.from_both_right(0.6, [0.9, 0.9], [0.55, 0.7])
    assert refused.value.field == "both_right"


@pytest.mark.parametrize("four", [(0, 0, 0, 0), (3, -1, 2, 2)])
def test_that_counts_of_nothing_or_less_are_refused(four: tuple[int, ...]) -> None:
    with pytest.raises(RoutingError, match="counts of test requests"):
        JointCorrectness.from_counts(*four)


def test_that_a_correlation_above_1_is_refused() -> None:
    with pytest.raises(RoutingError, match=r"correlation is 1\.5; -1 to 1 is possible"):
        JointCorrectness.from_correlation(0.5, 0.5, 1.5)
