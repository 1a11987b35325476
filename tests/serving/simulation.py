"""An event simulation of replicas that batch continuously, with chunked prefill.

It shares no code with the product: it follows single requests from arrival to last token, so that
the closed formulas of pricing/serving have something to be held against. One step of a replica
decodes one token of every running request and prefills up to `chunk` prompt tokens of the
requests at the head of its queue (first come, first served). A request takes a slot, and room
for all the tokens it will ever hold, when its prefill begins: nothing is evicted.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Balancer = Literal["shortest queue", "round robin", "random"]


@dataclass(frozen=True, slots=True)
class Engine:
    """What a replica does in one step, and how much it holds."""

    decode_seconds: Callable[[int, float], float]
    """Duration of a step without prefill, from decoding requests and tokens in the KV cache."""
    prefill_seconds: Callable[[float], float]
    """What a step lasts longer for so many prompt tokens in it."""
    slots: int
    """Most requests at the same time."""
    chunk: int = 8192
    """Most prompt tokens in one step."""
    kv_tokens: float = float("inf")
    """Room in the KV cache."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The requests of one run, in order of arrival."""

    seconds: FloatArray
    input_tokens: IntArray
    output_tokens: IntArray


@dataclass(frozen=True, slots=True)
class Run:
    """What the requests after the warm-up met with, seconds."""

    ttft: FloatArray
    tpot: FloatArray
    """Of requests with two tokens and more: first to last token over the tokens after the first."""
    output_tokens: IntArray
    """Of the same requests as `tpot`."""
    mean_batch: float
    """Requests in a slot, time average of a replica while it works."""
    held_per_request: float
    """Tokens in the KV cache per decoding request, time average."""
    drain: float
    """Seconds from the last arrival to the last token: long when the load cannot be borne."""


def lognormal_lengths(
    rng: np.random.Generator, mean: float, variation: float, count: int
) -> IntArray:
    """Whole token counts >= 1 with this mean and coefficient of variation."""
    sigma = np.sqrt(np.log1p(variation**2))
    drawn = mean * np.exp(sigma * rng.standard_normal(count) - sigma**2 / 2)
    return np.maximum(np.rint(drawn), 1).astype(np.int64)


def random_arrivals(
    rng: np.random.Generator,
    rate: float,
    count: int,
    input_tokens: tuple[float, float],
    output_tokens: tuple[float, float],
    burstiness: float = 1.0,
) -> Arrivals:
    """Requests at `rate` per second; lengths as (mean, coefficient of variation).

    `burstiness` is the squared coefficient of variation of the gaps: 1 is a Poisson process,
    more comes in bursts (gamma distributed gaps).
    """
    gaps = rng.gamma(1 / burstiness, burstiness / rate, count)
    return Arrivals(
        np.cumsum(gaps),
        lognormal_lengths(rng, *input_tokens, count),
        lognormal_lengths(rng, *output_tokens, count),
    )


class _Replica:
    """One replica, its queue and its clock."""

    def __init__(
        self, engine: Engine, prompts: list[int], outputs: list[int], ends: "_Ends"
    ) -> None:
        self._engine = engine
        self._prompts, self._outputs, self._ends = prompts, outputs, ends
        self._queue: list[int] = []
        self._head = 0
        self._left = 0  # prompt tokens of the head of the queue, once it has a slot
        self._ending: list[tuple[int, int]] = []  # (step of the last token, request)
        self._step = self._taken = self._decoding = 0
        self._held = self._reserved = 0.0
        self.now = 0.0
        self.busy = self.batch_seconds = self.held_seconds = self.decoding_seconds = 0.0

    @property
    def present(self) -> int:
        """Requests that wait or run."""
        return len(self._queue) - self._head + self._taken - (1 if self._left else 0)

    def offer(self, request: int, at: float) -> None:
        """Queue a request that arrives `at`; the clock has been advanced to that time."""
        if self.now < at and not self.present:
            self.now = at
        self._queue.append(request)

    def advance(self, until: float) -> None:
        """Work until the clock has reached `until` or nothing is left."""
        engine, prompts, outputs, ends = self._engine, self._prompts, self._outputs, self._ends
        decode_seconds, prefill_seconds = engine.decode_seconds, engine.prefill_seconds
        slots, chunk, room = engine.slots, engine.chunk, engine.kv_tokens
        queue, head, left, ending = self._queue, self._head, self._left, self._ending
        step, taken, decoding = self._step, self._taken, self._decoding
        held, reserved, now = self._held, self._reserved, self.now
        while now < until and (taken or head < len(queue)):
            budget = chunk
            started: list[int] = []
            while budget and head < len(queue):
                request = queue[head]
                if left == 0:
                    needed = prompts[request] + outputs[request]
                    if taken == slots or (taken and reserved + needed > room):
                        break
                    taken += 1
                    reserved += needed
                    left = prompts[request]
                part = left if left < budget else budget
                left -= part
                budget -= part
                if left:
                    break
                started.append(request)
                head += 1
            length = decode_seconds(decoding, held)
            if budget < chunk:
                length += prefill_seconds(chunk - budget)
            now += length
            self.busy += length
            self.batch_seconds += taken * length
            self.held_seconds += held * length
            self.decoding_seconds += decoding * length
            step += 1
            held += decoding
            while ending and ending[0][0] <= step:
                _, request = heapq.heappop(ending)
                ends.last[request] = now
                whole = prompts[request] + outputs[request]
                held -= whole
                reserved -= whole
                taken -= 1
                decoding -= 1
            for request in started:
                ends.first[request] = now
                if outputs[request] == 1:
                    ends.last[request] = now
                    reserved -= prompts[request] + 1
                    taken -= 1
                else:
                    decoding += 1
                    held += prompts[request] + 1
                    heapq.heappush(ending, (step + outputs[request] - 1, request))
        self._head, self._left = head, left
        self._step, self._taken, self._decoding = step, taken, decoding
        self._held, self._reserved, self.now = held, reserved, now


class _Ends:
    """When each request had its first and its last token."""

    def __init__(self, count: int) -> None:
        self.first = [0.0] * count
        self.last = [0.0] * count


def simulate(
    engine: Engine,
    arrivals: Arrivals,
    *,
    replicas: int = 1,
    balancer: Balancer = "shortest queue",
    warm_up: float = 0.15,
    seed: int = 0,
) -> Run:
    """Follow every request; the first `warm_up` share of them is left out of the result.

    The shortest queue is that of the replica with the fewest requests, waiting or running.
    """
    times = arrivals.seconds.tolist()
    prompts, outputs = arrivals.input_tokens.tolist(), arrivals.output_tokens.tolist()
    count = len(times)
    ends = _Ends(count)
    fleet = [_Replica(engine, prompts, outputs, ends) for _ in range(replicas)]
    drawn = np.random.default_rng(seed).integers(replicas, size=count).tolist()
    for request, at in enumerate(times):
        if replicas == 1:
            chosen = fleet[0]
        elif balancer == "shortest queue":
            for one in fleet:
                one.advance(at)
            chosen = min(fleet, key=lambda one: one.present)
        else:
            chosen = fleet[request % replicas if balancer == "round robin" else drawn[request]]
        chosen.advance(at)
        chosen.offer(request, at)
    for one in fleet:
        one.advance(float("inf"))

    kept = slice(int(count * warm_up), count)
    begun, ended = np.array(ends.first)[kept], np.array(ends.last)[kept]
    tokens = arrivals.output_tokens[kept]
    several = tokens > 1
    decoding = sum(one.decoding_seconds for one in fleet)
    return Run(
        ttft=begun - arrivals.seconds[kept],
        tpot=(ended - begun)[several] / (tokens[several] - 1),
        output_tokens=tokens[several],
        mean_batch=sum(one.batch_seconds for one in fleet) / sum(one.busy for one in fleet),
        held_per_request=sum(one.held_seconds for one in fleet) / decoding if decoding else 0.0,
        drain=max(one.now for one in fleet) - times[-1],
    )
