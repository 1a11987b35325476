"""Recipes of a plan: the scores and shares that the ledger writes for a route, by other means."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pricing.evaluate import evaluate
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade
from pricing.routing.recipes import escalation_of, quality_of
from tests.bill.small import api, plan

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
