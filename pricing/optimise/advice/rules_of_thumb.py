"""The articles' rules of thumb, held against a decision one by one.

A13: real-time requests to a closed API, asynchronous ones to an own cluster, a result cache for
both. A14: large strong teams use open models, most others closed ones or a mix. B4: two kinds of
supply. B5: closed first for a proof of concept; closed for large serious projects; open where
quality needs are low, deployment must be private and the price decides. E6: a model that fits the
task. E14: a result cache for repeated questions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pricing.evaluate import evaluate
from pricing.optimise.advice.picture import SOME, Part, Picture, Wanted
from pricing.optimise.advice.why_not import because, instead, why_not
from pricing.optimise.statement import Statement, state
from pricing.plan.workload import RequestClass
from pricing.routing.data_rules import LEVELS
from pricing.routing.vendors import vendor_of

Verdict = Literal["agrees", "disagrees", "cannot tell"]
MOSTLY = 0.5
"""A rule of thumb says where work goes; the answer agrees where more than half of it does."""
EXACT = 1e-6
"""Shares of a decision have six decimals."""
FIRST_MONTHS = 3
"""Months that count as the beginning, a proof of concept."""


@dataclass(frozen=True, slots=True)
class RuleOfThumb:
    """One rule of thumb, and what the computed answer says of it."""

    code: str
    """Which one: its claim is the statement `claim.<code>`."""
    source: str
    """Ids of the claims it stands for."""
    verdict: Verdict
    claim: Statement
    reasons: tuple[Statement, ...]
    """The numbers, then why."""


def rules_of_thumb(picture: Picture) -> tuple[RuleOfThumb, ...]:
    """Every rule of thumb with the answer's verdict on it."""
    found = []
    for code, (source, check) in CHECKS.items():
        verdict, reasons = check(picture)
        found.append(RuleOfThumb(code, source, verdict, state(f"claim.{code}"), reasons))
    return tuple(found)


Checked = tuple[Verdict, tuple[Statement, ...]]


def _unknown(code: str) -> Checked:
    return "cannot tell", (state(f"unknown.{code}"),)


def _urgent(picture: Picture, *urgencies: str) -> Wanted:
    return lambda part: picture.classes[part.request_class].urgency in urgencies


def _goes_to(
    picture: Picture, code: str, work: str, place: str, wanted: Wanted,
    meant: Callable[[str], bool],
) -> Checked:  # fmt: skip
    """Whether most of some work goes to some options.

    Args:
        picture: The decision.
        code: What is said of the share found: the statement `found.<code>`.
        work: What is said where no such work is served: `unknown.<work>`.
        place: What is said where the plan has no such option: `unknown.<place>`.
        wanted: The work.
        meant: The options.
    """
    share = picture.share(lambda part: meant(part.option), wanted)
    if share is None:
        return _unknown(work)
    if not any(meant(option) for option in picture.options):
        return _unknown(place)
    numbers = state(f"found.{code}", share=share)
    if share > MOSTLY:
        return "agrees", (numbers, *because(picture, wanted, meant))
    return "disagrees", (numbers, *instead(picture, wanted, meant))


def _real_time(picture: Picture) -> Checked:
    """A13: real-time requests go to a closed API."""
    wanted = _urgent(picture, "real-time")
    return _goes_to(
        picture, "real_time", "no_real_time", "no_closed", wanted, picture.is_closed
    )  # fmt: skip


def _asynchronous(picture: Picture) -> Checked:
    """A13: asynchronous requests go to a cluster of the buyer's own, of open models."""
    wanted = _urgent(picture, "asynchronous", "batch")
    return _goes_to(picture, "waiting", "no_waiting", "no_servers", wanted, picture.is_own)


def _cache(picture: Picture) -> Checked:
    """A13, E14: a result cache answers repeated questions."""
    if not picture.hybrid.caches:
        return _unknown("no_cache")
    hits = sum(
        float(picture.monthly(one.hits).sum())
        for one in picture.lines.classes
        if one.hits is not None
    )
    asked = sum(float(picture.monthly(one.asked.requests).sum()) for one in picture.lines.classes)
    without = picture.hybrid.model_copy(update={"caches": ()})
    plan = picture.plan
    options = tuple(without if o.id == without.id else o for o in plan.options)
    other = evaluate(
        plan.model_copy(update={"options": options}), picture.catalogue
    ).bill_of(without.id)  # fmt: skip
    share = hits / asked if asked > 0 else 0.0
    lost = float(other.unserved.values.sum()) - picture.unserved
    if lost > 1e-6 * max(asked, 1.0):
        return "agrees", (state("found.cache_needed", share=share, requests=lost),)
    saving = other.npv.value - picture.bill.npv.value
    facts = {"share": share, "saving": abs(saving)}
    if saving > 0:
        return "agrees", (state("found.cache_saves", currency=picture.currency, **facts),)
    return "disagrees", (state("found.cache_costs", currency=picture.currency, **facts),)


def _teams(picture: Picture) -> Checked:
    """A14: large strong teams run open models, most others use closed ones or a mix."""
    own = picture.share(lambda part: picture.is_own(part.option))
    if own is None:
        return _unknown("nothing_served")
    people = sum(
        picture.options[option].people_fte.value
        for option in picture.by_option
        if picture.is_own(option)
    )
    if own <= MOSTLY:
        code = "found.mix" if own > SOME else "found.no_own"
        return "agrees", (state(code, share=own),)
    if own >= 1 - SOME:
        return "cannot tell", (state("found.all_own", people=people),)
    return "cannot tell", (state("found.mostly_own", share=own, people=people),)


def _two_vendors(picture: Picture) -> Checked:
    """B4: most enterprises buy from two or more, for safety of supply."""
    shares: dict[str, float] = {}
    for option, share in picture.by_option.items():
        vendor = vendor_of(picture.options[option], picture.catalogue)
        shares[vendor] = shares.get(vendor, 0.0) + share
    if not shares:
        return _unknown("nothing_served")
    least = picture.plan.rules.least_vendor_share.value
    counted = {vendor: share for vendor, share in shares.items() if share >= least - EXACT}
    parts = tuple(
        state("part.option", option=vendor, share=share) for vendor, share in counted.items()
    )
    if len(counted) < 2:
        vendor = max(shares, key=lambda one: shares[one])
        return "disagrees", (
            state("found.one_vendor", vendor=vendor, share=shares[vendor], least=least),
        )
    asked = picture.plan.rules.vendors > 1
    return "agrees", (
        state("found.vendors_asked" if asked else "found.vendors", parts=parts, least=least),
    )


def _proof_of_concept(picture: Picture) -> Checked:
    """B5: closed first, while trying things out."""
    if not any(picture.is_closed(option) for option in picture.options):
        return _unknown("no_closed")
    first = min(FIRST_MONTHS, picture.months)

    def closed_in(months: slice) -> float:
        parts = [(picture.is_closed(p.option), float(p.tokens[months].sum()))
                 for p in picture.parts]  # fmt: skip
        whole = sum(tokens for _, tokens in parts)
        return sum(tokens for closed, tokens in parts if closed) / whole if whole > 0 else 0.0

    early, late = closed_in(slice(0, first)), closed_in(slice(first, None))
    numbers = state("found.early", months=float(first), early=early, late=late)
    if early > MOSTLY or early > late + 0.05:
        return "agrees", (numbers,)
    everything: Wanted = lambda part: bool(part.tokens[:first].sum() > 0)  # noqa: E731
    return "disagrees", (numbers, *instead(picture, everything, picture.is_closed))


def _serious(picture: Picture) -> Checked:
    """B5: closed models for large serious projects: the work with the highest quality needs."""
    floors = {
        name: one.quality_floor.value
        for name, one in picture.classes.items()
        if one.quality_floor is not None and one.quality_floor.value > 0
    }
    if not any(picture.is_closed(option) for option in picture.options):
        return _unknown("no_closed")
    if not floors:
        return _unknown("no_floor")
    top = max(floors.values())
    names = [name for name, floor in floors.items() if floor == top]
    wanted: Wanted = lambda part: part.request_class in names  # noqa: E731
    share = picture.share(lambda part: picture.is_closed(part.option), wanted)
    if share is None:
        return _unknown("nothing_served")
    told = tuple(picture.classes[name].name for name in names)
    numbers = state("found.serious", classes=told, floor=top, share=share)
    if share > MOSTLY:
        return "agrees", (numbers, *because(picture, wanted, picture.is_closed))
    return "disagrees", (numbers, *instead(picture, wanted, picture.is_closed))


def _private(picture: Picture) -> Checked:
    """B5: open models where quality needs are low, deployment must be private, price decides."""
    outside = LEVELS.index(picture.plan.rules.outside)

    def floor(one: RequestClass) -> float:
        return 0.0 if one.quality_floor is None else one.quality_floor.value

    top = max((floor(one) for one in picture.classes.values()), default=0.0)
    names = [
        name for name, one in picture.classes.items()
        if LEVELS.index(one.sensitivity) > outside and (floor(one) < top or floor(one) == 0)
    ]  # fmt: skip
    if not names:
        return _unknown("no_private")
    wanted: Wanted = lambda part: part.request_class in names  # noqa: E731
    share = picture.share(lambda part: not picture.is_closed(part.option), wanted)
    if share is None:
        return _unknown("private_unserved")
    told = tuple(picture.classes[name].name for name in names)
    numbers = state("found.private", classes=told, share=share)
    verdict: Verdict = "agrees" if share > MOSTLY else "disagrees"
    reasons = because if share > MOSTLY else instead
    return verdict, (numbers, *reasons(picture, wanted, lambda o: not picture.is_closed(o)))


def _fitting(picture: Picture) -> Checked:
    """E6: match the model to the task, the cheapest that is good enough for it."""
    floors = [
        name for name, one in picture.classes.items()
        if one.quality_floor is not None and one.quality_floor.value > 0
    ]  # fmt: skip
    if not floors:
        return _unknown("no_floor")
    floors = [name for name in floors if name not in picture.staged]
    if not floors:
        return _unknown("recipes")
    fitting = whole = 0.0
    worst: Part | None = None
    for name in floors:
        part = picture.main(name)
        if part is None:
            continue
        if picture.choices[name, part.option].quality is None:
            return "cannot tell", (
                state("unknown.score", option=picture.names[part.option],
                      request_class=picture.classes[name].name),
            )  # fmt: skip
        tokens = float(part.tokens.sum())
        whole += tokens
        if part.option == _cheapest_good(picture, name):
            fitting += tokens
        elif worst is None or tokens > float(worst.tokens.sum()):
            worst = part
    if whole <= 0:
        return _unknown("nothing_served")
    numbers = state("found.fitting", share=fitting / whole)
    verdict: Verdict = "agrees" if fitting / whole > MOSTLY else "disagrees"
    if worst is None:
        return verdict, (numbers,)
    cheapest = _cheapest_good(picture, worst.request_class)
    return verdict, (numbers, *why_not(picture, worst, [cheapest] if cheapest else []))


def _cheapest_good(picture: Picture, request_class: str) -> str | None:
    """The option that answers a class at the lowest cost of a request and is known to do."""
    able = {
        option: choice.cost_per_request
        for (name, option), choice in picture.choices.items()
        if name == request_class and choice.allowed and choice.quality is not None
        and choice.cost_per_request is not None
    }  # fmt: skip
    return min(able, key=lambda option: able[option], default=None)


Check = Callable[[Picture], Checked]

CHECKS: dict[str, tuple[str, Check]] = {
    "real_time": ("A13", _real_time),
    "asynchronous": ("A13", _asynchronous),
    "cache": ("A13, E14", _cache),
    "teams": ("A14", _teams),
    "two_vendors": ("B4", _two_vendors),
    "proof_of_concept": ("B5", _proof_of_concept),
    "serious": ("B5", _serious),
    "private": ("B5", _private),
    "fitting": ("E6", _fitting),
}
"""Each rule of thumb with the claims it stands for, in the order in which they are told."""
