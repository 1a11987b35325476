"""Which quality score an option's answers have, on the buyer's own test."""

from dataclasses import dataclass

from pricing.plan.option import Option, SelfHosted, TokenPriced
from pricing.plan.plan import Plan
from pricing.plan.quality import ModelQuality


@dataclass(frozen=True, slots=True)
class Answering:
    """The model that answers for an option, as far as its quality matters."""

    model: str
    """Its id, or what the option says it serves; empty where the option names none."""
    path: str
    """Field of the option that names it."""
    precision: str = ""
    change: float = 0.0
    """What the precision adds to the score."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score that was entered, and what the precision of the option makes of it."""

    entered: ModelQuality
    place: int
    """Its place among the plan's scores."""
    answering: Answering

    @property
    def reached(self) -> float:
        """The score in the precision that is served, 0 to 1."""
        return min(max(self.entered.score.value + self.answering.change, 0.0), 1.0)


def answering(option: Option) -> Answering:
    """The model that answers for an option; a hybrid has none of its own."""
    if isinstance(option, TokenPriced):
        return Answering(option.model, f"options.{option.id}.model")
    if not isinstance(option, SelfHosted):
        return Answering("", f"options.{option.id}.routes")
    serving = option.serving
    if serving is None:
        return Answering(option.serves_model, f"options.{option.id}.serves_model")
    path = f"options.{option.id}.serving.model"
    return Answering(serving.model, path, serving.precision, serving.quality_change.value)


def score_of(plan: Plan, option: Option, request_class: str) -> Score | None:
    """The score of an option for a request class; none where nobody entered one.

    A score for the class goes before one for all classes.
    """
    of = answering(option)
    if not of.model:
        return None
    found: Score | None = None
    for place, quality in enumerate(plan.qualities):
        if quality.model != of.model:
            continue
        if quality.request_class == request_class:
            return Score(quality, place, of)
        if quality.request_class is None:
            found = Score(quality, place, of)
    return found
