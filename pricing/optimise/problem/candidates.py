"""Candidates: the recipes that an optimiser may choose from for each request class."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pricing.bill import Prediction, predict_work
from pricing.bill.speeds import predicted_speeds
from pricing.catalogue import Catalogue
from pricing.plan.figure import OPTIMISER, Share
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import Option, RentedGpus, Scheduled, SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.quality import EXACT
from pricing.plan.recipe import Direct, Recipe, Router
from pricing.plan.workload import RequestClass
from pricing.routing.eligibility import Reason, named, reasons, recipe_reasons
from pricing.routing.latency import Speed
from pricing.routing.recipes import quality_of

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


def candidates_of(
    plan: Plan, catalogue: Catalogue, hybrid: Hybrid | None = None, classes: Sequence[str] = ()
) -> Candidates:
    """What may answer which class, and what may not and why.

    Args:
        plan: The plan with its options and rules.
        catalogue: Facts to look up.
        hybrid: The hybrid to decide on; wrong answers of its result caches count.
        classes: Ids of the classes asked for; empty means all.

    Raises:
        BillError: an option cannot serve its model as it says.
    """
    allowed: list[Candidate] = []
    excluded: list[Excluded] = []
    predictions = _predictions(plan, catalogue)
    for request_class in plan.workload:
        if classes and request_class.id not in classes:
            continue
        wrong = hits_of(hybrid, request_class.id)[1] if hybrid is not None else 0.0
        speeds = predicted_speeds(predictions, request_class.id)
        for recipe, why in _recipes(plan, catalogue, request_class, speeds):
            cached = _with_cache(plan, recipe, request_class, wrong)
            hard = tuple(reason for reason in (*why, *cached) if reason.severity == "excluded")
            if hard:
                excluded.append(Excluded(request_class.id, recipe, hard))
            else:
                allowed.append(Candidate(request_class.id, recipe))
    return Candidates(tuple(allowed), tuple(excluded))


def _predictions(plan: Plan, catalogue: Catalogue) -> dict[str, Prediction]:
    """What the serving model says of options, as far as a class limits how long it may take."""
    limited = any(c.first_token_limit or c.answer_limit for c in plan.workload)
    return {
        option.id: predict_work(option, plan, catalogue)
        for option in plan.options
        if limited and isinstance(option, SelfHosted) and option.serving is not None
    }


def hits_of(hybrid: Hybrid, request_class: str) -> tuple[float, float]:
    """Share of a class's requests that result caches answer, and answer wrongly."""
    found = wrong = 0.0
    for cache in hybrid.caches:
        if cache.request_class == request_class:
            hits = cache.zone_share.value * cache.hit_rate.value
            found += hits
            wrong += hits * cache.false_hits.value
    return found, wrong


def _with_cache(
    plan: Plan, recipe: Recipe, request_class: RequestClass, wrong: float
) -> Iterator[Reason]:
    """Whether wrong answers of a result cache bring a recipe that is good enough below the floor.

    Every answer counts in the mean that the floor is for; a recipe that another one would have to
    make up for is left out.
    """
    floor = request_class.quality_floor
    if floor is None or not wrong:
        return
    score = quality_of(plan, recipe, request_class)
    if score is not None and score * (1 - wrong) < floor.value - EXACT <= score:
        code = "quality_below" if isinstance(recipe, Direct) else "recipe_quality_below"
        path = f"workload.{request_class.id}.quality_floor"
        facts: dict[str, str | float] = {
            "option": named(plan, recipe), "request_class": request_class.name,
            "floor": floor.value, "score": float(f"{score * (1 - wrong):.4g}"),
        }  # fmt: skip
        yield Reason(code, "excluded", path, facts)


def _recipes(
    plan: Plan, catalogue: Catalogue, request_class: RequestClass, speeds: Mapping[str, Speed]
) -> Iterator[tuple[Recipe, tuple[Reason, ...]]]:
    for option in plan.options:
        if not isinstance(option, TokenPriced | SelfHosted):
            continue
        why = reasons(plan, catalogue, option, request_class, speeds.get(option.id))
        yield Direct(option=option.id), (*why, *_clocked(option))
    by_id = {option.id: option for option in plan.options}
    for recipe in plan.rules.recipes:
        for variant in _variants(recipe):
            why = recipe_reasons(plan, catalogue, variant, request_class, speeds)
            clocked = (_clocked(by_id[use]) for use in dict.fromkeys(variant.uses))
            yield variant, (*why, *(reason for reasons in clocked for reason in reasons))


def _variants(recipe: Recipe) -> Iterator[Recipe]:
    """A recipe, and a router also at other shares of its curve."""
    yield recipe
    if isinstance(recipe, Router):
        for share in STRONG_SHARES:
            if abs(share - recipe.strong_share.value) > 0.01:
                yield recipe.model_copy(
                    update={"strong_share": Share(value=share, source=OPTIMISER)}
                )


def _clocked(option: Option) -> Iterator[Reason]:
    """Servers that run in some hours only; when to rent them is for the buyer to say."""
    if isinstance(option, RentedGpus) and isinstance(option.terms, Scheduled):
        facts = {"option": option.name}
        yield Reason("by_the_clock", "excluded", f"options.{option.id}.terms", facts)
