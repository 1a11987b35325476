"""A cascade: a small model answers, a verifier sends doubtful answers to a large one.

L. Chen, M. Zaharia and J. Zou, "FrugalGPT", arXiv 2305.05176, 2023, is the usual source of the
recipe; the formulas here are the law of total probability over who is right.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.answers import FREE, SLOW_SHARE, Answers, Call, exceeded_by
from pricing.routing.correctness import JointCorrectness
from pricing.routing.verifier import Verifier
from pricing.serving.columns import Numbers, numbers


@dataclass(frozen=True, slots=True)
class Cascaded(Answers):
    """The answers of a cascade of two models."""

    escalation: Numbers
    """Share of the requests that also goes to the large model."""


def cascade(
    correct: JointCorrectness,
    verifier: Verifier,
    *,
    small: Call,
    large: Call,
    check: Call = FREE,
    slow_share: float = SLOW_SHARE,
) -> Cascaded:
    """What a cascade answers, costs and takes.

    The verifier's errors are taken as independent of whether the large model would be right.

    Args:
        correct: How often the two models are right on the same requests.
        verifier: How well right and wrong answers of the small model are told apart.
        small: A call of the small model; every request makes one.
        large: A call of the large model.
        check: Verifying one answer of the small model.
        slow_share: Share of the requests that may exceed the slow seconds.
    """
    rejects_right, rejects_wrong = 1 - verifier.accepts_right, 1 - verifier.accepts_wrong
    escalation = rejects_right * correct.small + rejects_wrong * (1 - correct.small)
    quality = (
        verifier.accepts_right * correct.small
        + rejects_right * correct.both
        + rejects_wrong * correct.only_large
    )
    early = small.seconds + check.seconds
    late = early + large.seconds
    times = np.stack(np.broadcast_arrays(early, late, escalation)[:2], axis=-1)
    chances = np.stack([1 - escalation, escalation], axis=-1)
    return Cascaded(
        quality=quality,
        cost=small.cost + check.cost + escalation * large.cost,
        seconds=early + escalation * large.seconds,
        slow_seconds=exceeded_by(times, chances, slow_share),
        escalation=escalation,
    )


def most_escalation(small: ArrayLike, check: ArrayLike, large: ArrayLike) -> Numbers:
    """The share of escalated requests below which a cascade is cheaper than the large model alone.

    Negative where small model and verifier together cost more than the large model.

    Args:
        small: Cost of a call of the small model.
        check: Cost of verifying one answer.
        large: Cost of a call of the large model, above 0.
    """
    return 1 - (numbers(small) + numbers(check)) / numbers(large)
