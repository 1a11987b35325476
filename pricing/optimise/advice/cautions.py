"""What a reader must know before acting on a decision: what is open, unproven or unchecked."""

import math
from collections.abc import Iterator, Sequence

from pricing.optimise.advice.choices import Single
from pricing.optimise.advice.picture import SOME, Picture
from pricing.optimise.advice.resale import resale_statement
from pricing.optimise.engine.answer import PROVEN, relative_gap
from pricing.optimise.lost import lost_in_outages, total_lost
from pricing.optimise.statement import Fact, Statement, state
from pricing.plan.fingerprint import fingerprint
from pricing.routing.eligibility import Reason

LOOSE = 0.01
"""A gap above this is told as one."""
UP, ROUNDING = 1000, 1e-9
"""A gap is told in tenths of a per cent, rounded up: no smaller than what is proven."""
STALE = 1e-6
"""Relative change of the cost from which the decision's own figures are not the bill's."""
TINY = 1e-3
"""Requests of a month below which none is missing: rounding."""
NOISE = 1e-3
"""Requests of a month below which none is unserved: rounding."""
OF_A_MODEL = {"licence_conditions", "licence_unknown", "licence_unstated"}
"""Codes of reasons that name an option only for the model that it runs."""
BY_SCORE = ("quality_", "language_")
"""Beginnings of the codes of reasons that an entered score would answer; those are told at once."""


def cautions_on(picture: Picture, cheapest: Single | None) -> tuple[Statement, ...]:
    """What to mind of a decision, each said once.

    Args:
        picture: The decision.
        cheapest: The cheapest single option that may serve everything, if there is one.
    """
    return once(tuple(_cautions(picture, cheapest)))


def _cautions(picture: Picture, cheapest: Single | None) -> Iterator[Statement]:
    yield from _service(picture)
    yield from _proof(picture, cheapest)
    resale = resale_statement(picture, cheapest)
    if resale is not None:
        yield resale
    yield from _scores(picture)
    yield from _unchecked(picture)
    yield from _false_hits(picture)


def _service(picture: Picture) -> Iterator[Statement]:
    """Requests that nobody serves, and room that is not there at the busiest moment."""
    lost = lost_in_outages(picture.evaluation, picture.hybrid.id)
    unserved = picture.bill.unserved.values - total_lost(lost, picture.months)
    short = unserved > NOISE
    if short.any():
        labels = picture.evaluation.month_labels
        months = [label for label, there in zip(labels, short, strict=True) if there]
        yield state(
            "caution.unserved", requests=float(unserved.sum()), months=float(len(months)),
            first=months[0], last=months[-1],
        )  # fmt: skip
    for one in lost:
        yield state(
            "caution.outages", request_class=picture.classes[one.request_class].name,
            requests=one.requests,
            options=tuple(picture.names[option] for option in one.options),
        )  # fmt: skip
    for check in picture.lines.checks:
        full = picture.monthly(check.kept) <= 0
        if check.code == "room" and full.any():
            yield state("caution.room", rule=check.label, months=float(full.sum()))


def _false_hits(picture: Picture) -> Iterator[Statement]:
    """Wrong answers out of the result cache."""
    for cache in picture.hybrid.caches:
        if cache.false_hits.value > 0:
            name = picture.classes[cache.request_class].name
            wrong = cache.false_hits.value * cache.hit_rate.value * cache.zone_share.value
            yield state("caution.false_hits", request_class=name, share=wrong)


def _proof(picture: Picture, cheapest: Single | None) -> Iterator[Statement]:
    """How good the decision was proven to be."""
    decision = picture.hybrid.decision
    npv = picture.bill.npv.value
    if decision is None or decision.bound is None:
        yield state("caution.no_bound")
        return
    changed = decision.facts and decision.facts != fingerprint(picture.plan, picture.hybrid.id)
    if changed or abs(npv - decision.npv) > STALE * max(abs(npv), 1.0):
        yield state("caution.changed", day=decision.made_on.isoformat())
        return
    gap = relative_gap(npv, decision.bound)
    facts: dict[str, Fact] = {
        "gap": math.ceil(gap * UP - ROUNDING) / UP, "less": npv - decision.bound,
        "currency": picture.currency,
    }  # fmt: skip
    if gap > LOOSE:
        yield state("caution.gap", **facts)
    used = [share for share in picture.by_option.values() if share >= SOME]
    if cheapest is not None and gap > PROVEN and len(used) > 1:
        ahead = cheapest.npv - npv
        if 0 <= ahead < npv - decision.bound:
            yield state("caution.within_gap", **facts, single=picture.names[cheapest.option])


def _scores(picture: Picture) -> Iterator[Statement]:
    """Options whose quality nobody entered, for the classes they answer."""
    unknown: dict[str, list[str]] = {}
    for part in picture.parts:
        if picture.choices[part.request_class, part.option].quality is None:
            name = picture.classes[part.request_class].name
            unknown.setdefault(picture.names[part.option], []).append(name)
    for option, classes in unknown.items():
        yield state("caution.no_score", option=option, classes=tuple(classes))


def _unchecked(picture: Picture) -> Iterator[Statement]:
    """What should be checked of the options that work for a class: licence, context, waiting.

    What holds of the model alone is said once of all options that run it.
    """
    found = [
        why
        for part in picture.parts
        if part.requests.sum() > 0
        for why in picture.choices[part.request_class, part.option].reasons
        if why.severity == "caution" and not why.code.startswith(BY_SCORE)
    ]
    for why in found:
        facts: dict[str, Fact] = dict(why.facts)
        if why.code in OF_A_MODEL:
            alike = [one.facts["option"] for one in found if _but_for_option(one, why)]
            facts["option"] = tuple(dict.fromkeys(alike))
        yield state(f"reason.{why.code}", **facts)


def _but_for_option(one: Reason, other: Reason) -> bool:
    """Whether two reasons say the same of two options."""
    facts = ({**why.facts, "option": ""} for why in (one, other))
    return one.code == other.code and next(facts) == next(facts)


def once(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements without those that say the same again."""
    kept: list[Statement] = []
    for one in statements:
        if one not in kept:
            kept.append(one)
    return tuple(kept)
