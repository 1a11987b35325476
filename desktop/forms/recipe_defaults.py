"""Recipes to begin with: the numbers are published or marked as assumptions, all can be changed."""

from collections.abc import Sequence
from typing import Final

from pricing.catalogue import Catalogue, catalogue_for
from pricing.catalogue.errors import CatalogueError
from pricing.plan.figure import Amount, Correlation, Price, Share
from pricing.plan.option import Option, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router
from pricing.routing.eligibility import reasons
from pricing.routing.quality import score_of

OF_PARTS: Final = frozenset({"not_served", "data_outside", "licence_forbids", "context_short"})
"""Reasons that keep an option out of every recipe for a class."""
_ROUTELLM: Final = "RouteLLM (Ong et al. 2024), GSM8K"
_PAIR: Final = "Mixtral 8x7B and GPT-4 on GSM8K, counted from the results per question of RouteLLM"


def may_take(plan: Plan, ids: Sequence[str], request_class: str) -> tuple[str, ...]:
    """The options whose use breaks no rule on data, licence or length of a class.

    All of them where no class is named, or where fewer than two are left.

    Quality and waiting are those of a recipe as a whole, so they exclude none of its parts.
    """
    asked = next((item for item in plan.workload if item.id == request_class), None)
    if asked is None:
        return tuple(ids)
    facts, by_id = catalogue_for(plan), {option.id: option for option in plan.options}
    able = tuple(
        name
        for name in ids
        if not any(
            reason.severity == "excluded" and reason.code in OF_PARTS
            for reason in reasons(plan, facts, by_id[name], asked)
        )
    )
    return able if len(able) > 1 else tuple(ids)


def small_to_large(plan: Plan, ids: Sequence[str], request_class: str = "") -> tuple[str, ...]:
    """Options from the small to the large: by score where scores differ, else by price.

    Without scores, own and rented servers come before hosted open models, and those before closed
    APIs; of those billed by the token, the cheaper before the dearer.

    Args:
        plan: The plan.
        ids: Options of the plan that answer requests.
        request_class: For which they shall answer; empty for all.
    """
    by_id = {option.id: option for option in plan.options}
    asked = [c.id for c in plan.workload if request_class in ("", c.id)]

    def score(name: str) -> float | None:
        found = [score_of(plan, by_id[name], one) for one in asked]
        known = [one.reached for one in found if one is not None]
        return sum(known) / len(known) if found and len(known) == len(found) else None

    def price(name: str) -> tuple[int, float]:
        return _price(by_id[name], catalogue_for(plan))

    scores = {name: score(name) for name in ids}
    scored = {name: value for name, value in scores.items() if value is not None}
    if len(set(scored.values())) > 1:
        return tuple(sorted(scored, key=lambda name: (scored[name], price(name))))
    return tuple(sorted(ids, key=price))


def _price(option: Option, catalogue: Catalogue) -> tuple[int, float]:
    """How dear the tokens of an option are, as far as that can be told without a bill."""
    kinds = {"hosted_open": 1, "closed_api": 2}
    if not isinstance(option, TokenPriced):
        return 0, 0.0
    output = 0.0
    if option.prices is not None:
        output = option.prices.output.value
    elif option.model:
        try:
            output = catalogue.token_model(option.model).prices[-1].output.value
        except CatalogueError:
            output = 0.0
    return kinds.get(option.kind, 0), output * (1 - option.discount.value)


def recipes_to_begin_with(now: Recipe, ranked: Sequence[str]) -> tuple[Recipe, ...]:
    """One recipe of each kind over the same options; the present one stays as it is.

    Args:
        now: The recipe there is.
        ranked: Ids of the options that can answer, from the small to the large.
    """
    first, second = _small_and_large(now, ranked)
    if second == first:  # a recipe of two models needs two options
        return (now,)
    made: tuple[Recipe, ...] = (
        Direct(option=now.uses[0]),
        Cascade(
            small=first,
            large=second,
            accepts_right=_assumed(0.9, "a verifier that errs in one answer of ten"),
            accepts_wrong=_assumed(0.1, "a verifier that errs in one answer of ten"),
            correlation=Correlation(value=0.11, source=_PAIR, confidence="low"),
            verifier_cost=Price.left_out(0),
            verifier_seconds=Amount.left_out(0),
        ),
        Router(
            weak=first,
            strong=second,
            strong_share=Share(value=0.336, source=f"{_ROUTELLM}: CPT50", confidence="low"),
            apgr=Share(value=0.62, low=0.55, high=0.75, source=_ROUTELLM, confidence="low"),
        ),
        Layered(
            base=first,
            enhancement=second,
            enhanced_share=_assumed(0.2, "one answer in five is worth a second look"),
        ),
    )
    return tuple(now if recipe.kind == now.kind else recipe for recipe in made)


def _small_and_large(now: Recipe, ranked: Sequence[str]) -> tuple[str, str]:
    """The two options of the present recipe; one alone is joined by that farthest from it."""
    first, last = now.uses[0], now.uses[-1]
    if first != last or not ranked:
        return first, last
    return (first, ranked[-1]) if first != ranked[-1] else (ranked[0], first)


def _assumed(value: float, note: str) -> Share:
    return Share(value=value, source="assumption", confidence="assumption", note=note)
