"""Why servers fall out of a ranking, in one sentence each."""

from collections.abc import Iterable, Sequence

import numpy as np

from pricing.plan.sheets import AcceleratorSheet
from pricing.serving.predict import why_it_does_not_fit
from pricing.serving.rounding import rounded, rounded_up
from pricing.serving.search.assess import Assessment, Load, Outcome
from pricing.serving.search.candidates import Candidates
from pricing.serving.search.layouts import Whole
from pricing.serving.search.offers import Market, Offer
from pricing.serving.search.result import Cause, LeftOut

CAUSES: dict[Outcome, Cause] = {
    Outcome.MEMORY: "memory",
    Outcome.TPOT: "tpot",
    Outcome.TTFT: "ttft",
}


def nearest(assessment: Assessment, among: Whole) -> int:
    """Of candidates that fall out, the one that comes nearest to meeting the targets."""
    outcome = assessment.outcome[among]
    best = among[outcome == outcome.max()]
    failing, run = assessment.failing[best], assessment.run[best]
    match Outcome(outcome.max()):
        case Outcome.TPOT:
            return int(best[np.argmin(assessment.least_tpot[failing, run])])
        case Outcome.TTFT:
            return int(best[np.argmin(assessment.least_ttft[failing, run])])
    held = [assessment.memory[of].sequences[at] for of, at in zip(failing, best, strict=True)]
    over = [
        assessment.memory[of].weights[at] - assessment.memory[of].budget[at]
        for of, at in zip(failing, best, strict=True)
    ]
    return int(best[np.lexsort((over, -np.array(held)))[0]])


def reason(candidates: Candidates, assessment: Assessment, loads: Sequence[Load], at: int) -> str:
    """Why one candidate falls out.

    Raises:
        ValueError: it does not.
    """
    load = loads[assessment.failing[at]]
    stack = candidates.stack(at)
    run, failing = assessment.run[at], assessment.failing[at]
    where = f"{stack.accelerators} x {stack.accelerator.name} in {stack.precision}"
    match Outcome(assessment.outcome[at]):
        case Outcome.MEMORY:
            memory = assessment.memory[failing].at((at,))
            return why_it_does_not_fit(stack, load.requests, memory)
        case Outcome.TPOT:
            fastest = float(assessment.least_tpot[failing, run]) * 1000
            if fastest <= load.level.tpot * 1000:
                return (
                    f"{stack.model.name} on {where} keeps the target of "
                    f"{rounded(load.level.tpot * 1000)} ms per output token for {load.name} "
                    "only as long as nothing else is asked: prompts of others hold up the answers."
                )
            return (
                f"{stack.model.name} on {where} needs at least {rounded_up(fastest)} ms per output "
                f"token at the {load.level.percentile}th percentile for {load.name}, and the "
                f"target is {rounded(load.level.tpot * 1000)} ms."
            )
        case Outcome.TTFT:
            first = float(assessment.least_ttft[failing, run])
            return (
                f"{stack.model.name} on {where} needs {rounded_up(first)} s to the first token of "
                f"{load.name} even without waiting, too close to the target of "
                f"{rounded(load.level.ttft)} s to carry any load."
            )
    raise ValueError(f"candidate {at} meets every target")


def not_met(
    candidates: Candidates,
    assessment: Assessment,
    loads: Sequence[Load],
    among: Whole,
    size: int,
    offers: Sequence[Offer],
) -> LeftOut:
    """Why none of some candidates is ranked on a server of so many accelerators."""
    at = nearest(assessment, among)
    return LeftOut(
        cause=CAUSES[Outcome(assessment.outcome[at])],
        accelerator=candidates.setups[int(candidates.setup[at])].stack.accelerator.name,
        accelerators=size,
        offers=tuple(offer.id for offer in offers),
        sentence=reason(candidates, assessment, loads, at),
    )


def without_offer(market: Market) -> Iterable[LeftOut]:
    """Accelerators that nobody offers, and offers that miss a figure, grouped by accelerator."""
    by_accelerator: dict[str, list[Offer]] = {}
    names = {sheet.id: sheet.name for sheet in market.accelerators}
    for offer in market.offers:
        if offer.missing:
            by_accelerator.setdefault(offer.accelerator or "", []).append(offer)
        elif offer.accelerator not in names or not offer.accelerators:
            yield LeftOut(
                "no data", names.get(offer.accelerator or "", ""), None, (offer.id,),
                f"{offer.name} names {offer.accelerators or 'no number of'} accelerators "
                f"{offer.accelerator!r}; both a number and an accelerator with a data sheet are "
                "needed.",
            )  # fmt: skip
    for identifier, offers in by_accelerator.items():
        name = names.get(identifier, "")
        groups = [[offer] for offer in offers] if not name else [offers]
        for group in groups:
            ids = tuple(dict.fromkeys(offer.id for offer in group))
            yield LeftOut("no price", name, None, ids, _missing(name, group))
    offered = {offer.accelerator for offer in market.offers}
    for sheet in market.accelerators:
        if sheet.id not in offered:
            yield LeftOut(
                "no offer", sheet.name, None, (),
                f"No server, appliance or rental with {sheet.name} is known; enter a quote.",
            )  # fmt: skip


def _missing(name: str, offers: Sequence[Offer]) -> str:
    if len(offers) == 1:
        return offers[0].missing
    return (
        f"{len(offers)} offers with {name} have no price or power that can be ranked; enter a "
        "quote for one of them."
    )


def no_data(sheet: AcceleratorSheet, offers: Sequence[Offer], sentence: str) -> LeftOut:
    """An accelerator whose data sheet lacks what a prediction needs."""
    return LeftOut("no data", sheet.name, None, tuple(offer.id for offer in offers), sentence)


def no_precision(
    sheet: AcceleratorSheet, offers: Sequence[Offer], asked: Iterable[str], model: str
) -> LeftOut:
    """An accelerator on which none of the precisions asked for makes sense."""
    return LeftOut(
        "precision", sheet.name, None, tuple(offer.id for offer in offers),
        f"{model} on {sheet.name} makes sense in none of the precisions asked for "
        f"({', '.join(asked)}).",
    )  # fmt: skip
