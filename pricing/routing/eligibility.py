"""Why an option, or a recipe of two options, may not serve a request class (D4, E6, B5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pricing.catalogue import Catalogue
from pricing.catalogue.licences import licence_of
from pricing.plan.option import Option, SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.quality import EXACT
from pricing.plan.recipe import Direct, Layered, Recipe
from pricing.plan.workload import RequestClass
from pricing.routing.context import (
    NOTED_TAIL,
    mean_length,
    share_beyond,
    sheet_of,
    window_of,
    window_path,
)
from pricing.routing.data_rules import accepted, data_path, may_be_sent
from pricing.routing.latency import Speed, speed_of
from pricing.routing.quality import answering, score_of
from pricing.routing.recipes import quality_of
from pricing.routing.vendors import known_vendor
from pricing.routing.waiting import Wait, answer_wait, first_token_wait

Severity = Literal["excluded", "caution"]

Facts = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an option or recipe may not serve a class, or what is not sure about it."""

    code: str
    """Key of its sentence in `pricing.routing.sentences`."""
    severity: Severity
    """`excluded`: it may not serve; `caution`: it may, and this should be checked."""
    path: str
    """Dotted path of the field of the plan that would change it."""
    facts: Facts = field(default_factory=dict)


NO_SPEEDS: Mapping[str, Speed] = {}
"""Nothing is predicted."""


def reasons(
    plan: Plan,
    catalogue: Catalogue,
    option: Option,
    request_class: RequestClass,
    predicted: Speed | None = None,
) -> tuple[Reason, ...]:
    """Why an option may not serve a request class, exclusions first; empty means it may.

    What nobody entered or published excludes nothing: it is a caution.

    Args:
        plan: The plan, with its rules and scores.
        catalogue: Licences and context windows.
        option: A pure option of the plan.
        request_class: A class of the plan.
        predicted: Speed that a serving model predicts, where it was asked.
    """
    speeds = {} if predicted is None else {option.id: predicted}
    found = [
        *_of_option(plan, catalogue, option, request_class),
        *_quality(plan, option, request_class),
        *_latency(plan, Direct(option=option.id), request_class, speeds),
    ]
    return _sorted(found)


def recipe_reasons(
    plan: Plan,
    catalogue: Catalogue,
    recipe: Recipe,
    request_class: RequestClass,
    speeds: Mapping[str, Speed] = NO_SPEEDS,
    path: str = "rules.recipes",
) -> tuple[Reason, ...]:
    """Why a recipe may not serve a request class, exclusions first; empty means it may.

    Each option must be allowed the data and read the request; quality and waiting are those of the
    recipe as a whole.

    Args:
        plan: The plan.
        catalogue: Licences and context windows.
        recipe: The recipe.
        request_class: A class of the plan.
        speeds: Speeds that a serving model predicts, by id of the option.
        path: Where the recipe stands in the plan.
    """
    by_id = {option.id: option for option in plan.options}
    if isinstance(recipe, Direct):
        option = by_id[recipe.option]
        return reasons(plan, catalogue, option, request_class, speeds.get(option.id))
    found: list[Reason] = []
    for use in dict.fromkeys(recipe.uses):
        again = isinstance(recipe, Layered) and use == recipe.enhancement
        more = request_class.output_tokens.value if again else 0.0
        found += _of_option(plan, catalogue, by_id[use], request_class, more)
    found += _recipe_quality(plan, recipe, request_class, path)
    found += _latency(plan, recipe, request_class, speeds, path)
    return _sorted(found)


def _sorted(found: list[Reason]) -> tuple[Reason, ...]:
    """Exclusions first, each said once."""
    once = {(reason.code, reason.path, str(reason.facts)): reason for reason in found}
    return tuple(sorted(once.values(), key=lambda reason: reason.severity != "excluded"))


def _of_option(
    plan: Plan, catalogue: Catalogue, option: Option, request_class: RequestClass,
    more_input: float = 0.0,
) -> Iterator[Reason]:  # fmt: skip
    """What an option must be allowed and able to do, alone or in a recipe."""
    named: Facts = {"option": option.name, "request_class": request_class.name}
    if option.serves and request_class.id not in option.serves:
        yield Reason("not_served", "excluded", f"options.{option.id}.serves", named)
    if not may_be_sent(option, request_class.sensitivity, plan.rules):
        yield Reason(
            "data_outside", "excluded", data_path(option),
            {**named, "data": request_class.sensitivity, "accepted": accepted(option, plan.rules)},
        )  # fmt: skip
    yield from _licence(plan, catalogue, option)
    yield from _vendor(plan, catalogue, option)
    yield from _context(plan, catalogue, option, request_class, more_input)
    yield from _language(plan, option, request_class)


def _licence(plan: Plan, catalogue: Catalogue, option: Option) -> Iterator[Reason]:
    """What the licence of an open model says that the buyer runs; hosts license what they sell."""
    sheet = sheet_of(plan, option, catalogue)
    if sheet is None:
        if isinstance(option, SelfHosted):
            path = answering(option).path
            yield Reason("licence_unchecked", "caution", path, {"option": option.name})
        return
    licence = licence_of(sheet.licence)
    facts: Facts = {
        "option": option.name, "model": sheet.name, "licence": licence.name,
        "why": licence.conditions,
    }  # fmt: skip
    path = answering(option).path
    if licence.use == "not allowed":
        yield Reason("licence_forbids", "excluded", path, facts)
    elif licence.use == "conditions":
        yield Reason("licence_conditions", "caution", path, facts)
    elif licence.use == "unknown":
        code = "licence_unknown" if licence.name else "licence_unstated"
        yield Reason(code, "caution", path, facts)


def _vendor(plan: Plan, catalogue: Catalogue, option: Option) -> Iterator[Reason]:
    """Rules about vendors count an option that nobody is known to sell as a vendor of its own."""
    asked = plan.rules.vendors > 1 or plan.rules.most_vendor_share is not None
    if asked and not known_vendor(option, catalogue):
        path = f"options.{option.id}.vendor"
        yield Reason("vendor_unknown", "caution", path, {"option": option.name})


def _context(
    plan: Plan, catalogue: Catalogue, option: Option, request_class: RequestClass, more: float
) -> Iterator[Reason]:
    window = window_of(plan, option, catalogue)
    if window is None:
        path = window_path(plan, option, catalogue)
        yield Reason("context_unknown", "caution", path, {"option": option.name})
        return
    length = mean_length(request_class, more)
    facts: Facts = {
        "option": option.name, "request_class": request_class.name, "window": window,
    }  # fmt: skip
    if length > window:
        yield Reason(
            "context_short", "excluded", f"workload.{request_class.id}.input_tokens",
            {**facts, "length": length},
        )  # fmt: skip
        return
    beyond = share_beyond(request_class, window, more)
    if beyond >= NOTED_TAIL:
        yield Reason(
            "context_tail", "caution", f"workload.{request_class.id}.input_variation",
            {**facts, "share": float(f"{100 * beyond:.2g}")},
        )  # fmt: skip


def _language(plan: Plan, option: Option, request_class: RequestClass) -> Iterator[Reason]:
    """No source says how well a model masters a language; the buyer's own test does."""
    if request_class.language not in {"zh", "multilingual"}:
        return
    if score_of(plan, option, request_class.id) is None:
        yield Reason(
            f"language_{request_class.language}", "caution", "qualities",
            {"option": option.name, "request_class": request_class.name},
        )  # fmt: skip


def _quality(plan: Plan, option: Option, request_class: RequestClass) -> Iterator[Reason]:
    score = score_of(plan, option, request_class.id)
    yield from _hold_score(
        plan, request_class, option.name, None if score is None else score.reached,
        "quality_below", f"workload.{request_class.id}.quality_floor",
    )  # fmt: skip


def _recipe_quality(
    plan: Plan, recipe: Recipe, request_class: RequestClass, path: str
) -> Iterator[Reason]:
    score = quality_of(plan, recipe, request_class)
    yield from _hold_score(
        plan, request_class, named(plan, recipe), score, "recipe_quality_below", path
    )


def _hold_score(
    plan: Plan, request_class: RequestClass, name: str, score: float | None, below: str, path: str
) -> Iterator[Reason]:
    """Hold a score against the floor of a class; without a score, against a floor on the mean.

    A floor on the mean score of all answers asks for a score where others have one.
    """
    facts: Facts = {"option": name, "request_class": request_class.name}
    floor = request_class.quality_floor
    if floor is None or floor.value == 0:
        mean = plan.rules.quality
        if score is None and mean is not None and mean.value > 0:
            yield Reason("quality_unknown_mean", "caution", "qualities", facts)
        return
    facts = {**facts, "floor": floor.value}
    if score is None:
        yield Reason("quality_unknown", "caution", "qualities", facts)
    elif score < floor.value - EXACT:
        yield Reason(below, "excluded", path, {**facts, "score": score})


def _latency(
    plan: Plan, recipe: Recipe, request_class: RequestClass, speeds: Mapping[str, Speed],
    path: str = "",
) -> Iterator[Reason]:  # fmt: skip
    """Hold waiting against the limits of a class."""
    limits = request_class.first_token_limit, request_class.answer_limit
    if limits == (None, None):
        return
    path = path or f"options.{recipe.uses[0]}.first_token_seconds"
    by_id = {option.id: option for option in plan.options}
    known = {
        use: speed for use in recipe.uses
        if (speed := speed_of(by_id[use], request_class, speeds.get(use))) is not None
    }  # fmt: skip
    origins = {speed.origin for speed in known.values()}
    facts: Facts = {"option": named(plan, recipe), "request_class": request_class.name}
    unknown: list[str] = []
    waits = (first_token_wait, answer_wait)
    for code, limit, wait_of in zip(("first_token", "answer"), limits, waits, strict=True):
        if limit is None:
            continue
        wait = wait_of(plan, recipe, request_class, speeds)
        if wait is None:
            least = _least(code, recipe, request_class, known)
            if least <= limit.value or "target" in origins:
                unknown.append(code)
                continue
            wait = Wait(least, least, least)
        yield from _hold(code, wait, limit.value, "target" in origins, path, facts)
    if unknown:
        yield Reason("latency_unknown", "caution", path, facts)


def too_late(
    plan: Plan, recipe: Recipe, request_class: RequestClass, speeds: Mapping[str, Speed] = NO_SPEEDS
) -> tuple[Reason, ...]:
    """The limits of a class that a recipe breaks; empty where it keeps them or nobody knows."""
    found = _latency(plan, recipe, request_class, speeds)
    return tuple(reason for reason in found if reason.severity == "excluded")


def _least(
    code: str, recipe: Recipe, request_class: RequestClass, known: Mapping[str, Speed]
) -> float:
    """Seconds that an answer takes in any case where its speed is known in part."""
    if not isinstance(recipe, Direct) or recipe.option not in known or code == "first_token":
        return 0.0
    return known[recipe.option].at_least(request_class.output_tokens.value)


def _hold(
    code: str, wait: Wait, limit: float, target: bool, path: str, facts: Facts
) -> Iterator[Reason]:
    """Hold one wait against its limit."""
    said: Facts = {
        **facts, "limit": limit, "typical": float(f"{wait.typical:.3g}"),
        "slow": float(f"{wait.slow:.3g}"), "worst": float(f"{wait.worst:.3g}"),
    }  # fmt: skip
    if wait.worst <= limit:
        return
    if target:
        yield Reason("latency_by_target", "caution", path, said)
    elif wait.typical == wait.worst:
        yield Reason(f"{code}_late", "excluded", path, said)
    elif wait.typical > limit or wait.slow > limit:
        yield Reason(f"{code}_often_late", "excluded", path, said)
    else:
        yield Reason(f"{code}_sometimes_late", "caution", path, said)


def named(plan: Plan, recipe: Recipe) -> str:
    """The options of a recipe in words."""
    names = {option.id: option.name for option in plan.options}
    return " + ".join(names[use] for use in dict.fromkeys(recipe.uses))
