"""Candidates: the recipes that an optimiser may choose from for each request class."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pricing.catalogue import Catalogue
from pricing.plan.figure import Share
from pricing.plan.option import PureOption, RentedGpus, Scheduled, SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct, Recipe, Router
from pricing.plan.workload import RequestClass
from pricing.routing.eligibility import Reason, reasons, recipe_reasons

STRONG_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of the strong model at which a router's curve is offered beside the stated one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to answer the requests of one class."""

    request_class: str
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Excluded:
    """A way that may not be taken, and why."""

    request_class: str
    recipe: Recipe
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """All ways, class by class."""

    allowed: tuple[Candidate, ...]
    excluded: tuple[Excluded, ...]


def candidates_of(plan: Plan, catalogue: Catalogue, classes: Sequence[str] = ()) -> Candidates:
    """What may answer which class, and what may not and why.

    Args:
        plan: The plan with its options and rules.
        catalogue: Facts to look up.
        classes: Ids of the classes asked for; empty means all.
    """
    allowed: list[Candidate] = []
    excluded: list[Excluded] = []
    for request_class in plan.workload:
        if classes and request_class.id not in classes:
            continue
        for recipe, why in _recipes(plan, catalogue, request_class):
            hard = tuple(reason for reason in why if reason.severity == "excluded")
            if hard:
                excluded.append(Excluded(request_class.id, recipe, hard))
            else:
                allowed.append(Candidate(request_class.id, recipe))
    return Candidates(tuple(allowed), tuple(excluded))


def _recipes(
    plan: Plan, catalogue: Catalogue, request_class: RequestClass
) -> Iterator[tuple[Recipe, tuple[Reason, ...]]]:
    for option in plan.options:
        if not isinstance(option, TokenPriced | SelfHosted):
            continue
        why = reasons(plan, catalogue, option, request_class)
        if _by_the_clock(option):
            why = (*why, Reason("by_the_clock", "excluded", f"options.{option.id}.terms",
                                {"option": option.name}))  # fmt: skip
        yield Direct(option=option.id), why
    for recipe in plan.rules.recipes:
        for variant in _variants(recipe):
            yield variant, recipe_reasons(plan, catalogue, variant, request_class)


def _variants(recipe: Recipe) -> Iterator[Recipe]:
    """A recipe, and a router also at other shares of its curve."""
    yield recipe
    if isinstance(recipe, Router):
        for share in STRONG_SHARES:
            if abs(share - recipe.strong_share.value) > 0.01:
                yield recipe.model_copy(
                    update={"strong_share": Share(value=share, source="chosen by the optimiser")}
                )


def _by_the_clock(option: PureOption) -> bool:
    """Whether servers run in some hours only; when to rent them is for the buyer to say."""
    return isinstance(option, RentedGpus) and isinstance(option.terms, Scheduled)
