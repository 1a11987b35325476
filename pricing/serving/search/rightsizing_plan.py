"""What a plan says to a right-sizing: floors, scores, and the models there are."""

from collections.abc import Iterable

from pricing.catalogue import Catalogue
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.serving import Precision
from pricing.plan.sheets import ModelSheet
from pricing.plan.workload import RequestClass
from pricing.serving.search.rightsizing import Needs


def needs_of(plan: Plan, classes: Iterable[RequestClass]) -> Needs:
    """Quality that classes need, and what the plan knows of models.

    The highest floor of the classes counts, and the lowest score of a model for them. What a
    precision changes is known for models of options that state it; of several figures for one
    model and precision, the lowest counts.

    Args:
        plan: Where scores and options stand.
        classes: The classes that one model shall serve.
    """
    classes = tuple(classes)
    floors = [c.quality_floor.value for c in classes if c.quality_floor is not None]
    changes: dict[str, dict[Precision, float]] = {}
    for option in plan.options:
        serving = option.serving if isinstance(option, SelfHosted) else None
        if serving is None or serving.quality_change.is_left_out:
            continue
        known, change = changes.setdefault(serving.model, {}), serving.quality_change.value
        known[serving.precision] = min(change, known.get(serving.precision, change))
    return Needs(
        floor=max(floors, default=0.0) or None,
        quality=_scores(plan, classes),
        changes_of=changes,
    )


def _scores(plan: Plan, classes: tuple[RequestClass, ...]) -> dict[str, float]:
    """Lowest score of each model for classes; a model without one for some class is left out."""
    entered = {(it.model, it.request_class or ""): it.score.value for it in plan.qualities}
    found = {}
    for model in {it.model for it in plan.qualities}:
        anywhere = entered.get((model, ""))
        scores = [entered.get((model, cls.id), anywhere) for cls in classes] or [anywhere]
        known = [score for score in scores if score is not None]
        if known and len(known) == len(scores):
            found[model] = min(known)
    return found


def models_of(plan: Plan, catalogue: Catalogue) -> tuple[ModelSheet, ...]:
    """The plan's own models, and those of the catalogue that they do not replace."""
    own = {sheet.id for sheet in plan.models}
    listed = (line.id for line in catalogue.open_models() if line.id not in own)
    return (*plan.models, *(catalogue.open_model(identifier) for identifier in listed))
