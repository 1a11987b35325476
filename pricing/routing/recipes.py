"""What a recipe of the plan answers for a request class: how good, and how fast."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pricing.plan.option import Option
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router
from pricing.plan.workload import RequestClass
from pricing.routing.answers import FREE, exceeded_by
from pricing.routing.cascade import cascade
from pricing.routing.correctness import JointCorrectness, both_right_bounds
from pricing.routing.latency import Speed, speed_of
from pricing.routing.layered import layered
from pricing.routing.quality import score_of
from pricing.routing.router_curve import RouterCurve
from pricing.routing.verifier import Verifier


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds that readers wait."""

    typical: float
    """Mean over the requests."""
    slow: float
    """All but one in twenty requests take no longer."""
    worst: float
    """The longest way through the recipe."""


def quality_of(plan: Plan, recipe: Recipe, request_class: RequestClass) -> float | None:
    """Score of a recipe's answers for a class, 0 to 1; none where a score is not entered.

    The joint correctness of a cascade is taken to the nearest that the two scores allow.
    """
    scores: dict[str, float] = {}
    for use in recipe.uses:
        found = score_of(plan, _option(plan, use), request_class.id)
        if found is not None:
            scores[use] = found.reached
    if isinstance(recipe, Direct):
        return scores.get(recipe.option)
    if isinstance(recipe, Layered):
        return _layered(recipe, scores)
    if any(use not in scores for use in recipe.uses):
        return None
    if isinstance(recipe, Cascade):
        check = Verifier.stated(recipe.accepts_right.value, recipe.accepts_wrong.value)
        found_by = cascade(_joint(recipe, scores), check, small=FREE, large=FREE)
        return float(found_by.quality)
    curve = RouterCurve.from_apgr(recipe.apgr.value)
    low, high = scores[recipe.weak], scores[recipe.strong]
    return float(curve.quality(recipe.strong_share.value, low, high))


def escalation_of(plan: Plan, recipe: Cascade, request_class: RequestClass) -> float | None:
    """Share of the requests of a class that a cascade sends on; none without the small score."""
    found = score_of(plan, _option(plan, recipe.small), request_class.id)
    if found is None:
        return None
    small = found.reached
    rejects_right, rejects_wrong = 1 - recipe.accepts_right.value, 1 - recipe.accepts_wrong.value
    return rejects_right * small + rejects_wrong * (1 - small)


def _layered(recipe: Layered, scores: Mapping[str, float]) -> float | None:
    base = scores.get(recipe.base)
    if base is None:
        return None
    if recipe.quality_gain is not None:
        gain = recipe.quality_gain.value
    elif recipe.enhancement in scores:
        gain = max(scores[recipe.enhancement] - base, 0.0)
    else:
        return None
    share = recipe.enhanced_share.value
    gain = min(gain, (1 - base) / share) if share else 0.0
    found = layered(share, base_quality=base, quality_gain=gain, base=FREE, enhancement=FREE)
    return float(found.quality)


def _joint(recipe: Cascade, scores: Mapping[str, float]) -> JointCorrectness:
    small, large = scores[recipe.small], scores[recipe.large]
    if recipe.both_right is not None:
        both = np.clip(recipe.both_right.value, *both_right_bounds(small, large))
        return JointCorrectness.from_both_right(small, large, both)
    assert recipe.correlation is not None
    return JointCorrectness.from_correlation(small, large, recipe.correlation.value)


def answer_wait(
    plan: Plan, recipe: Recipe, request_class: RequestClass, speeds: Mapping[str, Speed]
) -> Wait | None:
    """How long readers wait for the whole answer; none where nobody knows.

    Args:
        plan: The plan.
        recipe: How the class is answered.
        request_class: The class.
        speeds: What a serving model predicts, by id of the option.
    """
    whole = {
        use: _answer(_speed(plan, use, request_class, speeds), request_class)
        for use in recipe.uses
    }  # fmt: skip
    if isinstance(recipe, Direct):
        seconds = whole[recipe.option]
        return None if seconds is None else Wait(seconds, seconds, seconds)
    first, second = (whole[use] for use in recipe.uses)
    if first is None or second is None:
        return None
    return _ways(plan, recipe, request_class, first, second, first)


def first_token_wait(
    plan: Plan, recipe: Recipe, request_class: RequestClass, speeds: Mapping[str, Speed]
) -> Wait | None:
    """How long readers wait for the first token of what they are shown; none where nobody knows.

    An answer that may still be replaced is not shown: a cascade shows nothing before the verifier
    has read the small model's whole answer, and layers show an enhanced answer only.
    """
    begins = {
        use: None if (speed := _speed(plan, use, request_class, speeds)) is None
        else speed.first_token
        for use in recipe.uses
    }  # fmt: skip
    if isinstance(recipe, Direct):
        seconds = begins[recipe.option]
        return None if seconds is None else Wait(seconds, seconds, seconds)
    one, other = recipe.uses
    whole = _answer(_speed(plan, one, request_class, speeds), request_class)
    begin, second = begins[one], begins[other]
    if begin is None or second is None or (whole is None and not isinstance(recipe, Router)):
        return None
    if isinstance(recipe, Router):
        return _ways(plan, recipe, request_class, begin, second, begin)
    assert whole is not None
    shown = whole if isinstance(recipe, Cascade) else begin
    return _ways(plan, recipe, request_class, shown, second, whole)


def _ways(
    plan: Plan, recipe: Recipe, request_class: RequestClass, first: float, second: float,
    before: float,
) -> Wait | None:  # fmt: skip
    """The two ways through a recipe: `first` alone, or `second` after `before`."""
    if isinstance(recipe, Router):
        extra, share = recipe.router_seconds.value, recipe.strong_share.value
        times = (extra + first, extra + second)
    elif isinstance(recipe, Cascade):
        found = escalation_of(plan, recipe, request_class)
        if found is None:
            return None
        extra, share = recipe.verifier_seconds.value, found
        times = (first + extra, before + extra + second)
    else:
        assert isinstance(recipe, Layered)
        share = recipe.enhanced_share.value
        times = (first, before + second)
    chances = (1 - share, share)
    return Wait(
        typical=(1 - share) * times[0] + share * times[1],
        slow=float(exceeded_by(times, chances)),
        worst=max((time for time, chance in zip(times, chances, strict=True) if chance > 0)),
    )


def _answer(speed: Speed | None, request_class: RequestClass) -> float | None:
    return None if speed is None else speed.answer(request_class.output_tokens.value)


def _speed(
    plan: Plan, use: str, request_class: RequestClass, speeds: Mapping[str, Speed]
) -> Speed | None:
    return speed_of(_option(plan, use), request_class, speeds.get(use))


def _option(plan: Plan, name: str) -> Option:
    return next(option for option in plan.options if option.id == name)
