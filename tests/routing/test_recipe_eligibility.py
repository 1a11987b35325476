"""Why not a recipe of two options."""

from typing import Any

import pytest

from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router
from pricing.routing.eligibility import Reason, reasons, recipe_reasons
from pricing.routing.sentences import sentence
from tests.bill.small import api, owned, plan, request_class
from tests.routing.asking import CATALOGUE, UNNAMED, said

TWO = [
    api(id="small", name="Small", prices=None, model="openai/gpt-5-nano"),
    api(id="large", name="Large", prices=None, model="openai/gpt-5.4"),
]
SCORES = [
    {"model": "openai/gpt-5-nano", "score": 0.6},
    {"model": "openai/gpt-5.4", "score": 0.9},
]
CASCADE = {
    "small": "small", "large": "large", "accepts_right": 0.9, "accepts_wrong": 0.1,
    "both_right": 0.55,
}  # fmt: skip


def why_recipe(
    recipe: Recipe, asked: dict[str, Any], options: list[dict[str, Any]] | None = None,
    **changes: Any,
) -> list[Reason]:  # fmt: skip
    found = plan(
        *(options or TWO), classes=[request_class(name="Chat", **asked)],
        **{"qualities": SCORES, **changes},
    )  # fmt: skip
    every = recipe_reasons(found, CATALOGUE, recipe, found.workload[0])
    return [one for one in every if one.code not in UNNAMED]


def test_that_a_recipe_is_as_good_as_its_own_maths_say() -> None:
    recipe = Cascade.model_validate(CASCADE)
    # by hand: 0.9 x 0.6 + 0.1 x 0.55 + 0.9 x (0.9 - 0.55) = 0.91
    assert why_recipe(recipe, {"quality_floor": 0.91}) == []
    (reason,) = why_recipe(recipe, {"quality_floor": 0.911})
    assert said([reason]) == [("recipe_quality_below", "excluded", "rules.recipes")]
    assert sentence(reason) == (
        "Small + Large together score 91 %, below the 91.1 % that Chat asks for."
    )


def test_that_a_router_with_a_strong_share_of_none_is_as_good_as_the_weak_model() -> None:
    recipe = Router.model_validate(
        {"weak": "small", "strong": "large", "strong_share": 0, "apgr": 0.62}
    )
    (reason,) = why_recipe(recipe, {"quality_floor": 0.61})
    assert reason.facts["score"] == pytest.approx(0.6)


def test_that_layers_add_what_an_enhanced_answer_gains() -> None:
    layers = {"base": "small", "enhancement": "large", "enhanced_share": 0.5}
    recipe = Layered.model_validate(layers)
    assert why_recipe(recipe, {"quality_floor": 0.75}) == []
    assert [r.code for r in why_recipe(recipe, {"quality_floor": 0.76})] == ["recipe_quality_below"]
    more = Layered.model_validate({**layers, "quality_gain": 0.35})
    assert why_recipe(more, {"quality_floor": 0.775}) == []


def test_that_a_missing_score_of_either_option_leaves_a_recipe_unchecked() -> None:
    recipe = Cascade.model_validate(CASCADE)
    (reason,) = why_recipe(recipe, {"quality_floor": 0.5}, qualities=SCORES[:1])
    assert (reason.code, reason.severity) == ("quality_unknown", "caution")


def test_that_a_missing_score_is_said_under_a_floor_on_the_mean_of_all_answers() -> None:
    recipe, rules = Cascade.model_validate(CASCADE), {"quality": {"value": 0.7}}
    (reason,) = why_recipe(recipe, {}, rules=rules, qualities=SCORES[:1])
    assert reason.code == "quality_unknown_mean"


def test_that_each_option_of_a_recipe_must_be_allowed_the_data() -> None:
    options = [owned(id="small", name="Small"), TWO[1]]
    recipe = Cascade.model_validate(CASCADE)
    (reason,) = why_recipe(recipe, {"sensitivity": "restricted"}, options)
    assert reason.code == "data_outside"
    assert reason.facts["option"] == "Large"


def test_that_an_enhancement_reads_the_first_answer_too() -> None:
    window = CATALOGUE.token_model("openai/gpt-5.4").context_window
    assert window is not None
    options = [api(id="small", name="Small"), TWO[1]]
    asked = {"input_tokens": window - 1000, "output_tokens": 600}
    layers = {"base": "small", "enhancement": "large", "enhanced_share": 0.5}
    (reason,) = why_recipe(Layered.model_validate(layers), asked, options)
    assert (reason.code, reason.facts["length"]) == ("context_short", window + 200)
    assert why_recipe(Cascade.model_validate(CASCADE), asked, options) == []


def timed(small: float, large: float) -> list[dict[str, Any]]:
    """Two options that answer 200 tokens in so many seconds, 1 s of it before the first token."""
    return [
        {**option, "first_token_seconds": 1, "tokens_per_second": 200 / (seconds - 1)}
        for option, seconds in zip(TWO, (small, large), strict=True)
    ]


def test_that_a_cascade_shows_nothing_before_the_verifier_has_read() -> None:
    recipe = Cascade.model_validate({**CASCADE, "verifier_seconds": 0.5})
    # 42 % go on: 0.1 x 0.6 + 0.9 x 0.4
    codes = why_recipe(recipe, {"answer_limit": 3.5}, timed(3, 8))
    assert [r.code for r in codes] == ["answer_often_late"]
    (reason,) = codes
    assert reason.facts["typical"] == pytest.approx(3.5 + 0.42 * 8, rel=5e-3)
    assert reason.facts["worst"] == 11.5
    assert why_recipe(recipe, {"answer_limit": 11.5}, timed(3, 8)) == []
    (reason,) = why_recipe(recipe, {"first_token_limit": 4}, timed(3, 8))
    assert (reason.code, reason.facts["worst"]) == ("first_token_often_late", 4.5)


def test_that_what_hardly_any_request_waits_for_is_a_caution() -> None:
    router = {"weak": "small", "strong": "large", "apgr": 0.62, "router_seconds": 0.1}
    rare = Router.model_validate({**router, "strong_share": 0.05})
    often = Router.model_validate({**router, "strong_share": 0.06})
    never = Router.model_validate({**router, "strong_share": 0})
    limit = {"answer_limit": 5}
    (reason,) = why_recipe(rare, limit, timed(3, 8))
    assert (reason.code, reason.severity) == ("answer_sometimes_late", "caution")
    (reason,) = why_recipe(often, limit, timed(3, 8))
    assert (reason.code, reason.severity) == ("answer_often_late", "excluded")
    assert why_recipe(never, limit, timed(3, 8)) == []


def test_that_layers_begin_to_show_with_the_base_unless_the_answer_is_enhanced() -> None:
    layers = {"base": "small", "enhancement": "large", "enhanced_share": 0.04}
    (reason,) = why_recipe(Layered.model_validate(layers), {"first_token_limit": 2}, timed(3, 8))
    assert (reason.code, reason.facts["worst"]) == ("first_token_sometimes_late", 4)


def test_that_a_recipe_of_one_option_is_judged_like_the_option() -> None:
    asked = {"quality_floor": 0.7}
    found = plan(*TWO, classes=[request_class(**asked)], qualities=SCORES)
    for option in found.options:
        recipe = Direct(option=option.id)
        alone = reasons(found, CATALOGUE, option, found.workload[0])
        assert recipe_reasons(found, CATALOGUE, recipe, found.workload[0]) == alone
