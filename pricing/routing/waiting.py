"""How long readers wait for what a recipe of the plan answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router
from pricing.plan.workload import RequestClass
from pricing.routing.latency import Speed, speed_of
from pricing.routing.recipes import escalation_of, option_of

SLOW_SHARE = 0.05
"""Share of the requests that may take longer than the slow seconds: the 95th percentile."""
_NOISE = 1e-12
"""What adding up shares may be off by."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds that readers wait."""

    typical: float
    """Mean over the requests."""
    slow: float
    """All but one in twenty requests take no longer."""
    worst: float
    """The longest way through the recipe."""

    @classmethod
    def of(cls, ways: Mapping[float, float]) -> "Wait":
        """From the share of the requests, above 0, that takes so many seconds; sums to 1."""
        slowest_first = sorted(ways, reverse=True)
        slow, longer = slowest_first[0], ways[slowest_first[0]]
        for seconds in slowest_first[1:]:
            if longer > SLOW_SHARE + _NOISE:
                break
            slow, longer = seconds, longer + ways[seconds]
        typical = sum(share * seconds for seconds, share in ways.items())
        return cls(typical, slow, slowest_first[0])


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
        return None if seconds is None else Wait.of({seconds: 1.0})
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

    Args:
        plan: The plan.
        recipe: How the class is answered.
        request_class: The class.
        speeds: What a serving model predicts, by id of the option.
    """
    begins = {
        use: None if (speed := _speed(plan, use, request_class, speeds)) is None
        else speed.first_token
        for use in recipe.uses
    }  # fmt: skip
    if isinstance(recipe, Direct):
        seconds = begins[recipe.option]
        return None if seconds is None else Wait.of({seconds: 1.0})
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
    ways: dict[float, float] = {}
    for time, chance in zip(times, (1 - share, share), strict=True):
        if chance > 0:
            ways[time] = ways.get(time, 0.0) + chance
    return Wait.of(ways)


def _answer(speed: Speed | None, request_class: RequestClass) -> float | None:
    return None if speed is None else speed.answer(request_class.output_tokens.value)


def _speed(
    plan: Plan, use: str, request_class: RequestClass, speeds: Mapping[str, Speed]
) -> Speed | None:
    return speed_of(option_of(plan, use), request_class, speeds.get(use))
