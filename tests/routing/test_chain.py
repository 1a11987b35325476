"""Chains of any length against two-model cascades and a simulation."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.routing import (
    Call,
    JointCorrectness,
    RequestGroups,
    RoutingError,
    Stage,
    Verifier,
    cascade,
    chain,
)
from tests.routing.published import counted, published
from tests.routing.strategies import calls, inner_shares, joints, verifiers

COSTS = [
    Call.of(cost=1.0, seconds=0.5),
    Call.of(cost=6.0, seconds=1.0),
    Call.of(cost=40.0, seconds=2.0),
]
CHECK = Call.of(cost=0.3, seconds=0.1)


@given(joints, verifiers, calls, calls, calls)
def test_that_a_chain_of_two_is_a_cascade(
    correct: JointCorrectness, verifier: Verifier, small: Call, check: Call, large: Call
) -> None:
    found = chain(RequestGroups.of_two(correct), [Stage(small, verifier, check)], large)
    same = cascade(correct, verifier, small=small, large=large, check=check)
    for name in ("quality", "cost", "seconds"):
        assert getattr(found, name) == pytest.approx(getattr(same, name), rel=1e-9, abs=1e-9)
    assert found.reach == pytest.approx([1.0, float(same.escalation)])
    if abs(same.escalation - 0.05) > 1e-6:
        assert found.slow_seconds == pytest.approx(same.slow_seconds)


def test_that_a_simulated_chain_of_three_gives_the_same() -> None:
    draws = 200_000
    chance = np.random.default_rng(7)
    patterns = np.array(list(product((0, 1), repeat=3)))
    weight = np.array([10, 25, 8, 20, 2, 7, 6, 40])
    verifiers = [Verifier.stated(0.9, 0.2), Verifier.stated(0.8, 0.1)]
    right = patterns[chance.choice(8, size=draws, p=weight / weight.sum())]
    cost, seconds = np.zeros(draws), np.zeros(draws)
    quality, left = np.zeros(draws), np.ones(draws, bool)
    reach = []
    for place, call in enumerate(COSTS):
        reach.append(left.mean())
        last = place == 2
        cost[left] += call.cost + (0 if last else CHECK.cost)
        seconds[left] += call.seconds + (0 if last else CHECK.seconds)
        if last:
            accepted = left
        else:
            verifier = verifiers[place]
            limit = np.where(right[:, place], verifier.accepts_right, verifier.accepts_wrong)
            accepted = left & (chance.random(draws) < limit)
        quality[accepted] = right[accepted, place]
        left = left & ~accepted
    stages = [
        Stage(call, verifier, CHECK) for call, verifier in zip(COSTS, verifiers, strict=False)
    ]
    found = chain(RequestGroups.of(weight, patterns), stages, COSTS[2])
    for value, sample in ((found.quality, quality), (found.cost, cost), (found.seconds, seconds)):
        assert abs(value - sample.mean()) < 3 * sample.std() / math.sqrt(draws)
    assert found.reach == pytest.approx(reach, abs=3 * 0.5 / math.sqrt(draws))
    assert found.slow_seconds == pytest.approx(np.quantile(seconds, 0.95))


def test_that_the_subjects_of_mmlu_explain_part_of_what_the_models_share() -> None:
    rows = np.array(list(published("routellm_counted")["mmlu_subjects"].values()), float)
    tested, both, only_large, only_small, _ = rows.T
    by_subject = RequestGroups.of(
        tested, np.stack([both + only_small, both + only_large], axis=1) / tested[:, np.newaxis]
    )
    real = counted("mmlu_all")
    blind = JointCorrectness.from_correlation(real.small, real.large, 0.0)
    stages = [Stage(COSTS[0], Verifier.with_error(0.1))]
    exact, subjects, independent = (
        float(chain(groups, stages, COSTS[2]).quality)
        for groups in (RequestGroups.of_two(real), by_subject, RequestGroups.of_two(blind))
    )
    assert exact < subjects < independent


@given(st.lists(inner_shares, min_size=2, max_size=4), st.data())
def test_that_patterns_of_neighbours_keep_scores_and_correlations(
    right: list[float], data: st.DataObject
) -> None:
    phis = [data.draw(st.floats(-1, 1)) for _ in right[1:]]
    groups = RequestGroups.of_neighbours(right, phis)
    assert groups.weight.sum() == pytest.approx(1)
    assert groups.weight @ groups.right == pytest.approx(right, abs=1e-9)
    for place, phi in enumerate(phis):
        pair = JointCorrectness.from_correlation(right[place], right[place + 1], phi)
        both = groups.weight @ (groups.right[:, place] * groups.right[:, place + 1])
        assert both == pytest.approx(pair.both, abs=1e-9)


def test_that_a_model_that_is_never_right_leads_nowhere_else() -> None:
    groups = RequestGroups.of_neighbours([0.0, 0.5], [0.3])
    assert groups.weight @ groups.right == pytest.approx([0.0, 0.5])


@given(joints, verifiers, verifiers, calls, calls, calls)
def test_that_a_longer_chain_reaches_less_and_stays_between_worst_and_best(
    correct: JointCorrectness, first: Verifier, second: Verifier, a: Call, b: Call, c: Call
) -> None:
    right = [float(correct.small), float(correct.large), 0.9]
    groups = RequestGroups.of_neighbours(right, [float(np.clip(correct.correlation, -1, 1)), 0.2])
    found = chain(groups, [Stage(a, first), Stage(b, second)], c)
    assert (np.diff(found.reach) <= 1e-12).all()
    always = groups.weight[(groups.right == 1).all(axis=1)].sum()
    ever = groups.weight[(groups.right == 1).any(axis=1)].sum()
    assert always - 1e-9 <= found.quality <= ever + 1e-9


def test_that_a_chain_without_stages_is_its_last_model() -> None:
    found = chain(RequestGroups.of([1.0, 3.0], [[1.0], [0.2]]), [], COSTS[1])
    assert (found.quality, found.cost, found.slow_seconds) == (pytest.approx(0.4), 6.0, 1.0)


@pytest.mark.parametrize(
    ("weight", "right", "field"),
    [
        ([1.0], [[1.0], [0.0]], "right"),
        ([1.0, 1.0], [1.0, 0.0], "right"),
        ([1.0, -1.0], [[1.0], [0.0]], "weight"),
        ([0.0, 0.0], [[1.0], [0.0]], "weight"),
        ([1.0], [[1.5]], "right"),
    ],
)
def test_that_groups_that_fit_nothing_are_refused(
    weight: list[float], right: list[object], field: str
) -> None:
    with pytest.raises(RoutingError) as refused:
        RequestGroups.of(weight, right)
    assert refused.value.field == field


def test_that_groups_of_another_number_of_models_are_refused() -> None:
    with pytest.raises(RoutingError, match="1 models and the chain has 2"):
        chain(
            RequestGroups.of([1.0], [[1.0]]), [Stage(COSTS[0], Verifier.with_error(0.1))], COSTS[1]
        )
