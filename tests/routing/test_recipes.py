"""Recipes of a plan: the scores and shares that the ledger writes for a route, by other means."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pricing.evaluate import evaluate
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Router
from pricing.routing.latency import Speed
from pricing.routing.recipes import (
    Wait,
    answer_wait,
    escalation_of,
    first_token_wait,
    quality_of,
)
from tests.bill.small import api, plan, request_class

shares = st.floats(0, 1)
inside = st.floats(0.01, 0.99)
two = st.fixed_dictionaries({"small": shares, "large": shares})

recipes = (
    st.builds(lambda: {"kind": "direct", "option": "small"})
    | st.fixed_dictionaries(
        {"kind": st.just("layered"), "base": st.just("small"), "enhancement": st.just("large"),
         "enhanced_share": shares},
        optional={"quality_gain": shares},
    )
    | st.fixed_dictionaries(
        {"kind": st.just("router"), "weak": st.just("small"), "strong": st.just("large"),
         "strong_share": shares, "apgr": inside},
    )
    | st.fixed_dictionaries(
        {"kind": st.just("cascade"), "small": st.just("small"), "large": st.just("large"),
         "accepts_right": shares, "accepts_wrong": shares, "both_right": shares},
    )
    | st.fixed_dictionaries(
        {"kind": st.just("cascade"), "small": st.just("small"), "large": st.just("large"),
         "accepts_right": shares, "accepts_wrong": shares,
         "correlation": st.floats(-0.95, 1)},
    )
)  # fmt: skip


def planned(recipe: dict[str, Any], scores: dict[str, float]) -> Plan:
    route = {"request_class": "use", "recipe": recipe}
    return plan(
        api(id="small", name="Small", model="small"),
        api(id="large", name="Large", model="large"),
        {"kind": "hybrid", "id": "mix", "name": "Mix", "routes": [route]},
        qualities=[{"model": name, "score": score} for name, score in scores.items()],
    )


@given(recipes, two)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_that_a_recipe_scores_what_the_ledger_says(
    recipe: dict[str, Any], scores: dict[str, float]
) -> None:
    found = planned(recipe, scores)
    evaluation = evaluate(found)
    (lines,) = [lines.hybrid for lines in evaluation.bill.options if lines.hybrid is not None]
    (written,) = lines.routes
    assert written.quality is not None
    route = written.route
    score = quality_of(found, route.recipe, found.workload[0])
    assert score == pytest.approx(evaluation.values.number(written.quality), abs=1e-9)
    if isinstance(route.recipe, Cascade):
        small, large = (
            evaluation.values.monthly(stage.demand.requests).sum() for stage in written.stages
        )
        sent_on = escalation_of(found, route.recipe, found.workload[0])
        assert sent_on == pytest.approx(large / small, abs=1e-9)


CASCADE = Cascade.model_validate(
    {"small": "small", "large": "large", "accepts_right": 0.9, "accepts_wrong": 0.1,
     "both_right": 0.5, "verifier_seconds": 0.5}
)  # fmt: skip
SPEEDS = {
    "small": Speed(first_token=0.5, per_token=0.01, origin="predicted"),
    "large": Speed(first_token=1.0, per_token=0.02, origin="predicted"),
}
SCORES = {"small": 0.6, "large": 0.9}


def waits(recipe: Any, speeds: dict[str, Speed]) -> tuple[Wait | None, Wait | None]:
    found = planned({"kind": "direct", "option": "small"}, SCORES)
    asked = found.workload[0]
    return (
        first_token_wait(found, recipe, asked, speeds), answer_wait(found, recipe, asked, speeds)
    )  # fmt: skip


def test_that_a_cascade_waits_for_the_verifier_and_some_for_the_large_model() -> None:
    # 2.5 s and 5 s for 200 tokens, 0.5 s to verify, 42 % sent on
    first, whole = waits(CASCADE, SPEEDS)
    assert first == Wait(pytest.approx(3 + 0.42 * 1), 4, 4)
    assert whole == Wait(pytest.approx(3 + 0.42 * 5), 8, 8)


def test_that_a_router_waits_for_one_of_two() -> None:
    router = Router.model_validate(
        {"weak": "small", "strong": "large", "strong_share": 0.25, "apgr": 0.6,
         "router_seconds": 0.1}
    )  # fmt: skip
    first, whole = waits(router, SPEEDS)
    assert first == Wait(pytest.approx(0.1 + 0.75 * 0.5 + 0.25 * 1), 1.1, 1.1)
    assert whole == Wait(pytest.approx(0.1 + 0.75 * 2.5 + 0.25 * 5), 5.1, 5.1)


@pytest.mark.parametrize("missing", ["small", "large"])
def test_that_nobody_knows_how_long_a_recipe_takes_of_which_one_part_is_unknown(
    missing: str,
) -> None:
    known = {name: speed for name, speed in SPEEDS.items() if name != missing}
    assert waits(CASCADE, known) == (None, None)


def test_that_a_share_of_one_in_twenty_is_left_out_of_the_slow_seconds_and_no_more() -> None:
    classes = [request_class(id="use")]
    found = plan(
        api(id="small", model="small"), api(id="large", model="large"), classes=classes,
        qualities=[{"model": "small", "score": 0.95}, {"model": "large", "score": 0.99}],
    )  # fmt: skip
    careful = Cascade.model_validate(
        CASCADE.model_dump() | {"accepts_right": 1.0, "accepts_wrong": 0.0}
    )
    wait = answer_wait(found, careful, found.workload[0], SPEEDS)
    assert wait is not None
    assert (wait.slow, wait.worst) == (3, 8)  # 5 % are wrong and sent on
