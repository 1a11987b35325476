"""Advice on a decision in words: what to do, why, what to mind, and the rules of thumb (A14, B5).

It speaks of the decision as it stands in the plan, the optimiser's or a person's, and never for one
that breaks a rule. Its statements become sentences by `advice_sentences`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pricing.catalogue import Catalogue
from pricing.evaluation import Evaluation
from pricing.optimise.advice.cautions import cautions_on, once
from pricing.optimise.advice.choices import Single, cheapest_single
from pricing.optimise.advice.deciding import deciding_reasons
from pricing.optimise.advice.picture import SOME, Picture
from pricing.optimise.advice.portions import Portion, portions_of
from pricing.optimise.advice.rules_of_thumb import RuleOfThumb, rules_of_thumb
from pricing.optimise.lost import ONE
from pricing.optimise.statement import Fact, Statement, state
from pricing.routing.eligibility import reasons, recipe_reasons
from pricing.routing.worth import NEARLY
from pricing.singles import keeps_rules

SERVICE = {"served", "room"}
"""Checks that no rule of the buyer's stands behind; what they find is told as a caution."""
REASONS = 2
"""Deciding reasons that are told."""
SAME = 0.01
"""A mix that saves less than this share is not worth its trouble."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a decision amounts to."""

    recommendation: tuple[Statement, ...]
    """What to do and the deciding reasons, two or three sentences; or which rules are broken."""
    portions: tuple[Portion, ...]
    """Who answers how much of all requests, most first; none where one option is enough."""
    singles: tuple[Statement, ...]
    """The plain choices beside it: the cheapest single option for everything, and the cheapest
    within one point of the best one's quality."""
    cautions: tuple[Statement, ...]
    """What a reader must know before acting on it."""
    rules_of_thumb: tuple[RuleOfThumb, ...]
    cheapest: Single | None
    """The cheapest single option that may and can serve everything; none where there is none."""
    nearly_best: Single | None
    """The cheapest of them whose quality is within one point of the best one's."""


def advise(evaluation: Evaluation, hybrid: str, catalogue: Catalogue | None = None) -> Advice:
    """Advice on the decision of a hybrid.

    Args:
        evaluation: The evaluated plan.
        hybrid: Id of the hybrid.
        catalogue: Facts to look up; none means those it was evaluated with.

    Raises:
        KeyError: there is no hybrid of that id.
    """
    return _Adviser(Picture(evaluation, hybrid, catalogue or evaluation.catalogue)).advise()


class _Adviser:
    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        found = cheapest_single(picture.evaluation, 1.0, picture.catalogue)
        near = cheapest_single(picture.evaluation, NEARLY, picture.catalogue)
        self._cheapest = found.choice if found is not None else None
        self._near = near.choice if near is not None else None
        self._broken = once((*self._checks(), *self._not_allowed()))

    def _checks(self) -> Iterator[Statement]:
        """Rules that the ledger finds broken; what is not served is told apart."""
        for check in self._picture.lines.checks:
            kept = self._picture.monthly(check.kept) > 0
            if check.code not in SERVICE and not kept.all():
                yield state("broken.rule", rule=check.label)

    def _not_allowed(self) -> Iterator[Statement]:
        """Routes to options that may not serve their class."""
        picture = self._picture
        for route in picture.hybrid.routes:
            if not any(step.share > 0 for step in route.shares):
                continue
            one = picture.classes[route.request_class]
            plan, facts = picture.plan, picture.catalogue
            found = list(recipe_reasons(plan, facts, route.recipe, one))
            for other in (route.overflow, route.failover):
                if other is not None:
                    found += reasons(plan, facts, picture.options[other], one)
            for why in found:
                if why.severity == "excluded":
                    yield state(f"reason.{why.code}", **why.facts)

    def advise(self) -> Advice:
        """All of it."""
        picture = self._picture
        portions: tuple[Portion, ...] = ()
        if picture.tokens <= 0:
            recommendation: tuple[Statement, ...] = (state("advice.nothing"),)
            thumb: tuple[RuleOfThumb, ...] = ()
        else:
            what, why = self._what(), self._broken or deciding_reasons(picture)[:REASONS]
            recommendation = (what, *why)
            if what.code != "advice.one":
                portions = portions_of(picture)
            thumb = rules_of_thumb(picture)
        return Advice(
            recommendation=recommendation,
            portions=portions,
            singles=once(tuple(self._singles())),
            cautions=cautions_on(picture, self._cheapest),
            rules_of_thumb=thumb,
            cheapest=self._cheapest,
            nearly_best=self._near,
        )

    def _what(self) -> Statement:
        """What the decision does, and what it saves or costs."""
        picture, npv, single = self._picture, self._picture.bill.npv.value, self._cheapest
        facts: dict[str, Fact] = {
            "npv": npv, "months": float(picture.months),
            "currency": picture.currency,
        }  # fmt: skip
        if self._broken:
            return state("advice.breaks", **facts)
        if len(used := self._used()) == 1:
            return state("advice.one", option=picture.names[used[0]], **facts)
        if single is None:
            code = "advice.only_unserved" if picture.unserved >= 1 else "advice.only"
            return state(code, requests=picture.unserved, **facts)
        saved = 1 - npv / single.npv if single.npv > 0 else 0.0
        facts |= {
            "single": picture.names[single.option], "single_npv": single.npv, "saving": saved,
            "more": -saved, "lost": single.lost,
        }  # fmt: skip
        return state(self._against(single, saved), **facts)

    def _against(self, single: Single, saved: float) -> str:
        """Which sentence holds a mix against the cheapest single option."""
        if not keeps_rules(self._picture.evaluation, single.option):
            return "advice.rules_forbid_one"
        if single.lost >= ONE and (self._picture.unserved > 0 or saved < SAME):
            return "advice.outages_of_one"
        if self._picture.unserved > 0:
            return "advice.not_the_same"
        if saved >= SAME:
            return "advice.saves"
        return "advice.hardly" if saved >= 0 else "advice.dearer"

    def _used(self) -> list[str]:
        return [option for option, share in self._picture.by_option.items() if share >= SOME]

    def _singles(self) -> Iterator[Statement]:
        """The plain choices beside the mix."""
        picture, cheapest, near = self._picture, self._cheapest, self._near
        if cheapest is None or near is None:
            yield state("single.none")
            return
        for code, single in (("single.cheapest", cheapest), ("single.nearly_best", near)):
            facts: dict[str, Fact] = {
                "option": picture.names[single.option], "npv": single.npv,
                "currency": picture.currency, "points": 1.0,
            }  # fmt: skip
            if single.quality is not None:
                yield state(code, quality=single.quality, **facts)
            elif code == "single.cheapest":
                yield state("single.cheapest.unscored", **facts)
            if not keeps_rules(picture.evaluation, single.option):
                yield state("single.breaks", option=picture.names[single.option])
            if single.lost >= ONE:
                yield state(
                    "single.outages", option=picture.names[single.option], requests=single.lost
                )
