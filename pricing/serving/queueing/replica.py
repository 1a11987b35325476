"""A replica as queueing sees it, and what it does under a load."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from pricing.serving.columns import Columns, Numbers, numbers

_LEAST = 1e-9
"""Keeps quotients finite where a share is 0 or 1."""


@dataclass(frozen=True, slots=True)
class Replica(Columns):
    """What decides how long requests wait for one replica.

    It answers at most `slots` requests at once. All of them get a token per step; prompts are
    prefilled in chunks beside that, first come, first served. Requests come independently of each
    other at a constant rate (Poisson): swings within the hour belong into the load.
    """

    slots: Numbers
    """Sequences that run at once at most: the limit that is set, or what fits into memory."""
    step: Numbers
    """Seconds of a decode step with every slot taken, without prefill in it."""
    growth: Numbers
    """Elasticity of the step in the batch, 0 to 1: 0.3 is 3 % longer with 10 % more sequences."""
    prefill: Numbers
    """Seconds the replica works on the prompt of a mean request."""
    chunks: Numbers
    """Mean prompt over the most prompt tokens in one step."""
    output: Numbers
    """Decode steps of a mean request: its output tokens."""
    input_variation: Numbers
    """Coefficient of variation of the input length."""
    output_variation: Numbers
    """Coefficient of variation of the output length."""
    ranks: Numbers
    """Prompts prefilled side by side: in attention-data-parallel groups and pipeline stages."""
    sharing: Numbers
    """Replicas behind a balancer that picks the one with the fewest requests; 1 when requests
    stick to a replica or are dealt out blindly."""

    @classmethod
    def of(cls, **values: ArrayLike) -> Self:
        """Make one; ranks and sharing are 1 unless given."""
        usual: dict[str, ArrayLike] = {"ranks": 1.0, "sharing": 1.0}
        return cls(**{name: numbers(value) for name, value in (usual | values).items()})

    @property
    def cycle(self) -> Numbers:
        """Seconds in which a full batch answers one request per slot: O T_d + B T_p."""
        return np.maximum(self.output * self.step + self.slots * self.prefill, _LEAST)

    @property
    def full_rate(self) -> Numbers:
        """Requests per second with every slot always taken."""
        return self.slots / self.cycle

    @property
    def prefill_share(self) -> Numbers:
        """Share of its time that a full replica spends on prompts."""
        return self.slots * self.prefill / self.cycle


@dataclass(frozen=True, slots=True)
class Loaded(Columns):
    """A replica under a load, on average."""

    rate: Numbers
    """Requests per second."""
    prefill_share: Numbers
    """Share of the time spent on prompts."""
    stretch: Numbers
    """Share of a request's time that grows with the number of other requests."""
    batch: Numbers
    """Running requests."""
    step: Numbers
    """Seconds of a decode step without prefill."""


def loaded(replica: Replica, load: Numbers) -> Loaded:
    """The mean state under a load, as a share of the full rate.

    With a step of a + b n seconds, n running requests end at n / (O a + n (O b + T_p)) per second.
    Arrivals at a rate then see a batch with a negative binomial distribution, whatever the
    lengths are distributed like: a queue with processor sharing is insensitive to them (Kelly,
    "Reversibility and Stochastic Networks", 1979, section 3.3).
    """
    rate = load * replica.full_rate
    alone = replica.output * replica.step * (1 - replica.growth)
    with_others = replica.output * replica.step * replica.growth / replica.slots
    stretch = np.minimum(rate * (with_others + replica.prefill), 1 - _LEAST)
    batch = np.minimum(rate * (alone + with_others) / (1 - stretch), replica.slots)
    step = replica.step * (1 - replica.growth + replica.growth * batch / replica.slots)
    return Loaded(rate, rate * replica.prefill, stretch, batch, step)


def batch_growth(batch: Numbers, step: Numbers) -> Numbers:
    """Elasticity of the step in the batch, along the last axis; for `Replica.growth`.

    Args:
        batch: Increasing batch sizes, shape (..., sizes), at least two.
        step: Seconds of a decode step at each.
    """
    along = np.log(np.maximum(batch, _LEAST))
    slope = np.diff(np.log(step), axis=-1) / np.maximum(np.diff(along, axis=-1), _LEAST)
    middle = (slope[..., 1:] + slope[..., :-1]) / 2
    both = np.concatenate([slope[..., :1], middle, slope[..., -1:]], axis=-1)
    return numbers(np.clip(both, 0.0, 1 - _LEAST))
