"""A replica under steady load: throughput and latency of continuous batching."""

from dataclasses import dataclass

import numpy as np

from pricing.serving.columns import Columns, Numbers
from pricing.serving.counts import CHUNK, Counts
from pricing.serving.point import Point
from pricing.serving.step import Step


@dataclass(frozen=True, slots=True)
class Steady(Columns):
    """One replica with its batch always full."""

    batch: Numbers
    """Sequences decoding at once."""
    requests: Numbers
    """Requests per second."""
    output_tokens: Numbers
    """Output tokens per second."""
    tpot: Numbers
    """Mean seconds per output token after the first, requests arriving at any moment."""
    tpot_in_step: Numbers
    """The same where a load generator keeps a number of requests in flight."""
    ttft: Numbers
    """Seconds to the first token of a request that does not wait."""
    decoding: Numbers
    """Seconds of one decode step without prefill in it."""
    prefill: Numbers
    """Seconds of the prefill of one request."""


def steady_of(point: Point, counts: Counts, step: Step, synchrony: Numbers) -> Steady:
    """Throughput when each sequence's O steps share the replica with the batch's prefills.

    In the time O T_d + B T_p - hidden, B requests are answered. Prefill of the others stretches
    the time between tokens; `synchrony` is the share of it that a load generator sees before the
    first token instead. Throughput is the same either way.
    """
    output = point.traffic.output
    prefills = counts.batch * step.prefill
    cycle = output * step.decode + prefills - step.hidden
    requests = counts.batch / cycle
    others = np.maximum(prefills - step.hidden - step.prefill, 0) / np.maximum(output, 1.0)
    return Steady(
        batch=np.broadcast_to(counts.batch, cycle.shape),
        requests=requests,
        output_tokens=requests * output,
        tpot=step.decode + others,
        tpot_in_step=step.decode + others * (1 - np.minimum(synchrony, 1.0)),
        ttft=step.prefill * prompts_at_once(point) + step.decode,
        decoding=np.broadcast_to(step.decode, cycle.shape),
        prefill=np.broadcast_to(step.prefill, cycle.shape),
    )


def prompts_at_once(point: Point) -> Numbers:
    """Prompts that a replica prefills side by side; one alone takes so much longer than its share.

    Each group has its own, and each stage of a pipeline works on another one. Chunks of a long
    prompt follow each other through the stages, so it takes most of them itself.
    """
    layout, traffic = point.layout, point.traffic
    chunks = traffic.input * (1 - traffic.cached) / CHUNK
    return layout.data * (1 + (layout.pipeline - 1) / np.maximum(chunks, 1.0))
