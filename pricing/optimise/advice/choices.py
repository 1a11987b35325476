"""What each pure option would be for each request class: cost, quality, waiting, and why not.

And the plain choice that must stand beside any routing claim: the cheapest single option whose
quality is nearly that of the best one.
"""

from dataclasses import dataclass

import numpy as np

from pricing.admissible import serves_all
from pricing.bill.costs import BY_MACHINE, BillLines
from pricing.bill.demand import ClassDemand
from pricing.bill.speeds import predicted_speed
from pricing.catalogue import Catalogue
from pricing.evaluation import Evaluation, FloatArray
from pricing.ledger import Line
from pricing.plan.option import PureOption, TokenPriced
from pricing.routing.eligibility import Reason, reasons
from pricing.routing.latency import Origin, speed_of
from pricing.routing.quality import score_of
from pricing.routing.worth import NEARLY, cheapest_nearly_best
from pricing.singles import mean_score

_HOUR = 3600
"""Seconds of an hour."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option for one request class."""

    request_class: str
    option: str
    cost_per_request: float | None
    """Mean over the horizon, in the plan's currency: its tokens, or the part of what the option's
    machines cost that its busy time takes. People, setup and other fixed cost are left out. None
    where the option is planned without the class, or serves none of it."""
    quality: float | None
    """Score, 0 to 1; none where it is not entered."""
    first_token_seconds: float | None
    """None where nobody knows."""
    seconds: float | None
    """Seconds until a mean answer is complete; none where nobody knows."""
    speed: Origin | None
    """Who says how long it takes."""
    reasons: tuple[Reason, ...]
    """Why it may not serve the class, exclusions first, then cautions."""

    @property
    def allowed(self) -> bool:
        """Whether nothing excludes it."""
        return not any(reason.severity == "excluded" for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Single:
    """A single option for all of the work."""

    option: str
    npv: float
    """Net present value of its cost, in the plan's currency."""
    quality: float | None
    """Mean score of its answers; none where a score is not entered."""
    lost: float = 0.0
    """Requests over the horizon that arrive during its outages: alone, nobody takes over."""


@dataclass(frozen=True, slots=True)
class CheapestSingle:
    """The plain choice, and the best option that it stands in for."""

    choice: Single
    best: Single
    """The option with the best score; the choice itself where no score is known."""
    saving: float
    """Share of the best option's cost that the choice saves."""
    within: float
    """How far below the best score the choice may be."""


def choices(evaluation: Evaluation, catalogue: Catalogue | None = None) -> tuple[Choice, ...]:
    """Every pure option for every request class, class by class in the order of the plan.

    Args:
        evaluation: An evaluated plan.
        catalogue: Licences and context windows; none means those it was evaluated with.
    """
    facts = catalogue or evaluation.catalogue
    bills = _pure(evaluation)
    return tuple(
        _choice(evaluation, facts, lines, demand)
        for demand in evaluation.bill.demand.classes
        for lines in bills
    )


def cheapest_single(
    evaluation: Evaluation, tolerance: float = NEARLY, catalogue: Catalogue | None = None
) -> CheapestSingle | None:
    """The cheapest option for all of the work whose quality is nearly that of the best one.

    Options count that may serve every class and leave no request unserved, outages aside: the
    bill of an option of its own does not count them, so they are told beside it. Where scores
    are entered, only options with a score for every class are compared.

    Args:
        evaluation: An evaluated plan.
        tolerance: How far below the best score still counts, as a share.
        catalogue: Licences and context windows; none means those it was evaluated with.

    Returns:
        None where no single option may and can serve everything.
    """
    shut = {
        choice.option for choice in choices(evaluation, catalogue) if not choice.allowed
    }  # fmt: skip
    able = [
        Single(
            lines.option.id,
            evaluation.bill_of(lines.option.id).npv.value,
            mean_score(evaluation, lines.option.id),
            _lost(evaluation, _option(lines)),
        )
        for lines in _pure(evaluation)
        if lines.option.id not in shut and serves_all(evaluation.bill_of(lines.option.id))
    ]
    scored = [(single, single.quality) for single in able if single.quality is not None]
    if not scored:
        if not able:
            return None
        cheapest = min(able, key=lambda single: single.npv)
        return CheapestSingle(cheapest, cheapest, 0.0, tolerance)
    scores = [score for _, score in scored]
    choice = scored[cheapest_nearly_best([s.npv for s, _ in scored], scores, tolerance)][0]
    best = min(
        (single for single, score in scored if score >= max(scores)), key=lambda single: single.npv
    )
    saved = 1 - choice.npv / best.npv if best.npv else 0.0
    return CheapestSingle(choice, best, saved, tolerance)


def _pure(evaluation: Evaluation) -> list[BillLines]:
    return [lines for lines in evaluation.bill.options if lines.hybrid is None]


def _option(lines: BillLines) -> PureOption:
    option = lines.option
    assert option.kind != "hybrid"
    return option


def _choice(
    evaluation: Evaluation, catalogue: Catalogue, lines: BillLines, demand: ClassDemand
) -> Choice:
    option, asked, plan = _option(lines), demand.request_class, evaluation.plan
    predicted = predicted_speed(evaluation.bill.predictions.get(option.id), asked.id)
    speed = speed_of(option, asked, predicted)
    score = score_of(plan, option, asked.id)
    serves = not option.serves or asked.id in option.serves
    return Choice(
        request_class=asked.id,
        option=option.id,
        cost_per_request=_cost_per_request(evaluation, lines, demand) if serves else None,
        quality=None if score is None else score.reached,
        first_token_seconds=None if speed is None else speed.first_token,
        seconds=None if speed is None else speed.answer(asked.output_tokens.value),
        speed=None if speed is None else speed.origin,
        reasons=reasons(plan, catalogue, option, asked, predicted),
    )


def _cost_per_request(
    evaluation: Evaluation, lines: BillLines, demand: ClassDemand
) -> float | None:
    """Token cost, or the class's part of the machines by busy time, over the requests served."""
    section = f"{lines.section.key}.{demand.key}"
    requests = _monthly(evaluation, demand.requests)
    if isinstance(lines.option, TokenPriced):
        cost = float(_monthly(evaluation, evaluation.line(f"{section}.cost")).sum())
    else:
        requests = requests - _monthly(evaluation, evaluation.line(f"{section}.left"))
        seconds = _monthly(evaluation, evaluation.line(f"{section}.seconds"))
        busy = _monthly(evaluation, evaluation.line(f"{lines.section.key}.busy")).sum() * _HOUR
        machines = sum(
            float(_monthly(evaluation, line).sum())
            for name, line in lines.categories.items()
            if name in BY_MACHINE
        )
        cost = machines * float((requests * seconds).sum() / busy) if busy else 0.0
    served = float(requests.sum())
    return cost / served if served > 0 else None


def _monthly(evaluation: Evaluation, line: Line) -> FloatArray:
    months = evaluation.plan.months
    return np.broadcast_to(np.asarray(evaluation.values.monthly(line), dtype=float), (months,))


def _lost(evaluation: Evaluation, option: PureOption) -> float:
    """Requests over the horizon that arrive while the option is down, as far as it says."""
    if option.availability is None:
        return 0.0
    asked = sum(_monthly(evaluation, c.requests).sum() for c in evaluation.bill.demand.classes)
    return float(asked * (1 - option.availability.value))
