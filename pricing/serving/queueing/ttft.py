"""Time to first token of a loaded replica.

A request waits for the step that runs when it comes, for prompts before it, and, when every slot
is taken, for one to become free; then its own prompt is prefilled in steps that also decode. The
parts and their sources:

- prompts before it: a queue with one server (Pollaczek-Khinchine mean and second moment) whose
  service is the prefill and the decode steps it is spread over;
- slots: the chance that all are taken is that of a queue with many servers in heavy traffic
  (Halfin and Whitt, Operations Research 29(3), 1981), with the standard deviation of the batch in
  the place of the root of the number of servers; the wait is then exponential with the mean of
  Kingman's formula;
- the sum of all but slots is taken as log-normal above the shortest possible step.

Replicas that share a queue share their slots and the swings of their batches. Prompts before a
request are counted as if the replica were alone: the fewest requests are not the fewest prompts,
and the simulation shows little gain.

Short prompts share a step and end together. By how much that lengthens and spreads the waiting,
and how much the variation of outputs counts, are three constants fitted to an event simulation
(resources/serving/queueing.json).
"""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from pricing.resources import resource
from pricing.serving.columns import Numbers
from pricing.serving.queueing.normal import below_over_density, normal_above
from pricing.serving.queueing.replica import Replica, loaded

_LEAST = 1e-9
_FULLEST = 0.995
"""Load of the prefill queue from which on its wait is taken as constant, and long."""
_LOWEST_STEP = 0.9
"""The least time to first token, in steps: about one whole step."""
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class WaitingConstants:
    """What the simulation says where no formula does."""

    shared_wait: float
    """Longer waiting for prompts before, when prompts are much shorter than a chunk."""
    shared_spread: float
    """More of its variance, likewise."""
    output_spread: float
    """Weight of the squared variation of outputs in the wait for a slot."""


@cache
def waiting_constants() -> WaitingConstants:
    """The constants shipped with Reckoner."""
    data = json.loads(resource("serving", "queueing.json").read_bytes())
    return WaitingConstants(**data["constants"])


@dataclass(frozen=True, slots=True)
class _Wait:
    """Parts of the time to first token."""

    shortest: Numbers
    mean: Numbers
    """Without waiting for a slot."""
    sigma: Numbers
    """Of the logarithm of what exceeds the shortest."""
    no_slot: Numbers
    """Chance that every slot is taken."""
    slot: Numbers
    """Mean seconds until one is free, if so."""


def ttft_exceedance(
    replica: Replica, load: Numbers, seconds: Numbers, by: WaitingConstants | None = None
) -> Numbers:
    """Share of requests whose first token comes later than `seconds` after the request."""
    return _exceedance(_wait(replica, load, by or waiting_constants()), seconds)


def ttft_seconds(
    replica: Replica, load: Numbers, percentile: float, by: WaitingConstants | None = None
) -> Numbers:
    """Seconds to the first token at a percentile between 0 and 100.

    Args:
        replica: One or many.
        load: Requests per second over those of a full replica, 0 <= load < 1.
        percentile: Share of requests in per cent that are faster.
        by: Constants; none means those shipped.
    """
    wait = _wait(replica, load, by or waiting_constants())
    slower = 1 - percentile / 100
    low, high = np.log(wait.shortest) - 1.0, np.log(wait.mean + wait.slot) + 8.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        later = _exceedance(wait, np.exp(middle)) > slower
        low, high = np.where(later, middle, low), np.where(later, high, middle)
    return np.exp((low + high) / 2)


def _wait(replica: Replica, load: Numbers, by: WaitingConstants) -> _Wait:
    at = loaded(replica, load)
    shared = 1 / (1 + replica.chunks)
    stretched = at.step / np.maximum(1 - at.prefill_share, _LEAST)
    own = replica.prefill * replica.ranks + replica.chunks * at.step
    lane = at.rate / replica.ranks
    rest = 1 - np.minimum(lane * own, _FULLEST)
    spread_in = replica.input_variation**2
    before = lane * own**2 * (1 + spread_in) / 2 / rest
    before = before * (1 + by.shared_wait * shared)
    # second moment of a wait that is W on average, with third moment of log-normal prompts
    longer = own * (1 + spread_in)
    variance = before * before + lane * longer * longer * longer / 3 / rest
    variance = variance * (1 + by.shared_spread * shared)
    mean = (0.5 + shared) * stretched + own + before
    variance = variance + stretched**2 / 12 + own**2 * spread_in
    shortest = np.minimum(_LOWEST_STEP, 0.4 + shared) * stretched
    sigma = np.sqrt(np.log1p(variance / (mean - shortest) ** 2))
    no_slot, slot = _slot_wait(replica, load, by)
    return _Wait(shortest, mean, sigma, no_slot, slot)


def _slot_wait(replica: Replica, load: Numbers, by: WaitingConstants) -> tuple[Numbers, Numbers]:
    """Chance that every slot is taken, and the mean wait if so.

    The variance of a batch of B is B if requests do not slow each other down (Poisson) and
    B / ((1 - growth) (1 - prefill share)) if they do and none is kept out (negative binomial);
    the simulation lies between, about at the geometric mean.
    """
    share = replica.prefill_share
    moving = np.maximum((1 - replica.growth) * (1 - share), _LEAST)
    many = replica.slots * replica.sharing
    deviation = np.sqrt(many / np.sqrt(moving))
    spare = np.maximum(1 - load, _LEAST)
    distance = -np.log(np.clip(load, _LEAST, 1.0)) * deviation
    no_slot = 1 / (1 + spare * deviation * below_over_density(distance))
    spread = (
        by.output_spread * ((1 - share) * replica.output_variation) ** 2
        + (share * replica.input_variation) ** 2
    )
    slot = (1 + spread) / 2 / (replica.full_rate * replica.sharing * spare)
    return no_slot, slot


def _exceedance(wait: _Wait, seconds: Numbers) -> Numbers:
    above = np.maximum(seconds - wait.shortest, 1e-12) / (wait.mean - wait.shortest)
    with_slot = normal_above((np.log(above) + wait.sigma**2 / 2) / np.maximum(wait.sigma, _LEAST))
    late = np.exp(-np.maximum(seconds - wait.mean, 0) / wait.slot)
    without = np.where(seconds > wait.mean, np.maximum(late, with_slot), 1.0)
    return with_slot + wait.no_slot * (without - with_slot)
