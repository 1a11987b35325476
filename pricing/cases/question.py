"""What a case may ask of a plan that the optimiser decides on: who serves, and what rules cost."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import Field

from pricing import today
from pricing.catalogue import Catalogue, load_catalogue
from pricing.evaluation import Evaluation
from pricing.optimise import optimise as optimising
from pricing.optimise.advice.advise import advise
from pricing.optimise.advice.choices import choices
from pricing.optimise.advice.picture import Picture
from pricing.optimise.engine.answer import Settings
from pricing.optimise.questions.asked import Asked
from pricing.optimise.questions.prices import RulePrice, rule_prices
from pricing.plan.model import Frozen
from pricing.plan.plan import Plan

EXACT = Settings(gap=1e-6, seconds=60.0)
"""Cases are small: their best decision is found and proven."""


class AnsweredByReading(Frozen):
    """Id of the option that answers most requests of a class, or "nobody"."""

    answered_by: str


class RulePriceReading(Frozen):
    """What a rule costs over the horizon: net present value with it less that without."""

    rule_price: str
    """Field of the plan that states the rule."""


class VerdictReading(Frozen):
    """What the decision says of a rule of thumb: agrees, disagrees or cannot tell."""

    verdict: str
    """Code of the rule of thumb."""


class WhyNotReading(Frozen):
    """Code of the first reason for which an option may not serve a class, or "may serve"."""

    why_not: Annotated[tuple[str, str], Field(strict=False)]
    """Ids of the class and of the option."""


Question = AnsweredByReading | RulePriceReading | VerdictReading | WhyNotReading


@dataclass(frozen=True)
class Decided:
    """A plan with the decision that the optimiser found for it."""

    plan: Plan
    """Before the decision."""
    evaluation: Evaluation
    """With the decision."""
    hybrid: str
    """Id of the hybrid that holds it."""

    def answer(self, question: Question) -> float | str:
        """The answer to a question.

        Raises:
            KeyError: for a class, option, rule or rule of thumb that is not there.
        """
        if isinstance(question, AnsweredByReading):
            return self._answered_by(question.answered_by)
        if isinstance(question, RulePriceReading):
            return self._rule_price(question.rule_price)
        if isinstance(question, VerdictReading):
            found = advise(self.evaluation, self.hybrid, self._catalogue).rules_of_thumb
            return {rule.code: rule.verdict for rule in found}[question.verdict]
        return self._why_not(*question.why_not)

    @property
    def _catalogue(self) -> Catalogue:
        return load_catalogue()

    def _answered_by(self, request_class: str) -> str:
        picture = Picture(self.evaluation, self.hybrid, self._catalogue)
        if request_class not in picture.classes:
            raise KeyError(request_class)
        part = picture.main(request_class)
        return "nobody" if part is None else part.option

    @cached_property
    def _prices(self) -> dict[str, RulePrice]:
        target = optimising.hybrid_of(self.plan, None)
        asked = Asked(self.plan, self._catalogue, target, today.today(), settings=EXACT)
        return {one.rule.path: one for one in rule_prices(asked)}

    def _rule_price(self, path: str) -> float:
        price = self._prices[path].price
        if price is None:
            raise ValueError(f"the plan cannot be served with the rule {path}, so it has no price")
        return price

    def _why_not(self, request_class: str, option: str) -> str:
        found = {
            (one.request_class, one.option): one
            for one in choices(self.evaluation, self._catalogue)
        }[request_class, option]
        return "may serve" if found.allowed else found.reasons[0].code


def decide(plan: Plan) -> Decided:
    """Let the optimiser decide on the plan's first hybrid, or on a new one called `optimised`.

    Raises:
        NothingFoundError: no decision keeps the rules.
    """
    found = optimising.optimise(plan, settings=EXACT, today=today.today())
    return Decided(plan, found.evaluation, found.hybrid)
