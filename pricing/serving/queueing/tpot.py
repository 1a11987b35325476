"""Time per output token of a loaded replica, at a percentile.

It varies between requests for two reasons. The batch is larger at some times than at others: with
the negative binomial batch of `loaded` its variance is n / (1 - s), s the share of a request's
time that grows with others, once more divided by the time left beside prompts, which hold up every
running request. And prompts fall into the life of some requests more than of others. A request
lives through the prefill of about n others, n being the batch, whose work is a compound Poisson
sum stretched by 1 / (1 - u) as a busy period is, u the share of prompts: its squared coefficient
of variation is u^2 / (1 - u) (1 + CV_in^2) / m, where m is the batch as it would be if requests
did not slow each other down. Long answers average over more prompts than short ones, which makes
the mean over requests larger by 1 + CV_out^2.

No constant is fitted; the event simulation of the tests agrees within a few per cent.
"""

import numpy as np

from pricing.serving.columns import Numbers
from pricing.serving.queueing.normal import normal_score
from pricing.serving.queueing.replica import Replica, loaded

_LEAST = 1e-9


def tpot_seconds(replica: Replica, load: Numbers, percentile: float) -> Numbers:
    """Seconds per output token after the first that so many per cent of requests keep.

    Requests with one output token or none have no such time; it is 0 for them.

    Args:
        replica: One or many.
        load: Requests per second over those of a full replica, 0 <= load < 1.
        percentile: Below 100; up to 50 the mean is given.
    """
    at = loaded(replica, load)
    score = max(normal_score(percentile), 0.0)
    free = np.maximum(1 - at.prefill_share, _LEAST)
    # a request meets itself besides the others
    batch = np.minimum(at.batch + 1, replica.slots)
    marginal = replica.step * replica.growth / replica.slots
    step = replica.step * (1 - replica.growth) + marginal * batch
    swing = 1 / (1 - at.stretch) / free / replica.sharing
    larger = np.minimum(score * marginal * np.sqrt(batch * swing), replica.step - step)
    alone = replica.step * (1 - replica.growth) + marginal
    at_once = np.maximum(at.rate * replica.output * alone, _LEAST)
    spread = at.prefill_share**2 / free / at_once
    spread = spread * (1 + replica.input_variation**2) * (1 + replica.output_variation**2)
    # a log-normal percentile at a given mean falls again once sigma exceeds the score
    sigma = np.minimum(np.sqrt(np.log1p(spread)), score)
    more_prompts = (np.exp(score * sigma - sigma**2 / 2) - 1) * step
    return np.where(replica.output > 1, (step + np.hypot(larger, more_prompts)) / free, 0.0)
