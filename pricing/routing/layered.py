"""Layers: a base model answers every request, a share of the answers is enhanced by another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pricing.routing.answers import SLOW_SHARE, Answers, Call, exceeded_by
from pricing.routing.errors import share
from pricing.serving.columns import Numbers, numbers


@dataclass(frozen=True, slots=True)
class Layered(Answers):
    """The answers of base and enhancement."""

    enhanced_share: Numbers
    """Share of the requests whose answer is enhanced."""


def layered(
    enhanced_share: ArrayLike,
    *,
    base_quality: ArrayLike,
    quality_gain: ArrayLike,
    base: Call,
    enhancement: Call,
    slow_share: float = SLOW_SHARE,
) -> Layered:
    """What the layers answer, cost and take.

    Args:
        enhanced_share: Share of the requests whose answer is enhanced.
        base_quality: Score of the base answers.
        quality_gain: What an enhanced answer scores above a base answer.
        base: A call of the base; every request makes one.
        enhancement: A call of the enhancement, with the input that `enhancement_input` says.
        slow_share: Share of the requests that may exceed the slow seconds.
    """
    enhanced = share("enhanced_share", enhanced_share)
    score = share("quality", share("base_quality", base_quality) + enhanced * numbers(quality_gain))
    both = base.seconds + enhancement.seconds
    times = np.stack(np.broadcast_arrays(base.seconds, both, enhanced)[:2], axis=-1)
    slow = exceeded_by(times, np.stack([1 - enhanced, enhanced], axis=-1), slow_share)
    return Layered(
        quality=score,
        cost=base.cost + enhanced * enhancement.cost,
        seconds=base.seconds + enhanced * enhancement.seconds,
        slow_seconds=slow,
        enhanced_share=enhanced,
    )


def enhancement_input(input_tokens: ArrayLike, base_output_tokens: ArrayLike) -> Numbers:
    """Input tokens of an enhancement: it reads the request and the base answer."""
    return numbers(input_tokens) + numbers(base_output_tokens)
