"""Recipes to begin with: the numbers are published or marked as assumptions, all can be changed."""

from typing import Final

from pricing.plan.figure import Amount, Correlation, Price, Share
from pricing.plan.recipe import Cascade, Direct, Layered, Recipe, Router

_ROUTELLM: Final = "RouteLLM (Ong et al. 2024), GSM8K"
_PAIR: Final = "Mixtral 8x7B and GPT-4 on GSM8K, counted from the results per question of RouteLLM"


def recipes_to_begin_with(now: Recipe, others: tuple[str, ...]) -> tuple[Recipe, ...]:
    """One recipe of each kind over the same options; the present one stays as it is.

    Args:
        now: The recipe there is.
        others: Ids of the options that can answer, for the second part of a recipe.
    """
    first = now.uses[0]
    second = now.uses[-1]
    if second == first:
        second = next((name for name in others if name != first), first)
    if second == first:  # a recipe of two models needs two options
        return (now,)
    made: tuple[Recipe, ...] = (
        Direct(option=first),
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


def _assumed(value: float, note: str) -> Share:
    return Share(value=value, source="assumption", confidence="assumption", note=note)
