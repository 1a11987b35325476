"""Time of one decode step and of one prefill, by what takes it."""

from dataclasses import dataclass

import numpy as np

from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Columns, Numbers
from pricing.serving.counts import Counts
from pricing.serving.point import Point


@dataclass(frozen=True, slots=True)
class Step(Columns):
    """Seconds per output token of every sequence in the batch, and of one request's prefill.

    Reading and computing add up instead of overlapping: that fits the measurements better than
    their maximum.
    """

    weights: Numbers
    """Reading weights, experts included."""
    kv: Numbers
    """Reading the KV cache."""
    compute: Numbers
    """Arithmetic."""
    communication: Numbers
    """Collective calls and what they send."""
    overhead: Numbers
    """Software: scheduling, launching, sampling."""
    prefill: Numbers
    """Prefill of one request as far as it takes the replica's time."""
    hidden: Numbers
    """Prefill of the whole batch that hides behind the reading of weights."""

    @property
    def decode(self) -> Numbers:
        """The whole decode step, per output token."""
        return self.weights + self.kv + self.compute + self.communication + self.overhead

    def faster(self, speed: Numbers) -> "Step":
        """The same step when everything goes `speed` times as fast."""
        return Step(**{name: getattr(self, name) / speed for name in self.names()})


def step_of(point: Point, counts: Counts, by: Coefficients) -> Step:
    """Times from counts and measured factors."""
    chip, layout, shape, traffic = point.chip, point.layout, point.shape, point.traffic
    bandwidth = chip.bandwidth * by.bandwidth
    matmul = layout.flops * by.matmul
    attention = layout.attention_flops * by.attention_matmul
    link = np.maximum(chip.link, 1.0) * by.link
    weights = counts.weights_read / bandwidth + counts.experts_read / (
        bandwidth * by.experts_bandwidth
    )
    compute = (
        counts.weights_flops / attention
        + (counts.experts_flops + counts.padding_flops * by.padding) / (matmul * by.experts)
        + counts.kv_flops / (chip.flops_16 * by.decode_attention)
    )
    software = (
        by.step
        + shape.layers * (by.layer + shape.latent * by.latent_layer)
        + shape.moe_layers * by.moe_layer
        + counts.rank_batch * layout.pipeline * by.sequence
    )
    prefill = (
        counts.prefill_flops / attention
        + (counts.prefill_experts_flops + counts.prefill_padding_flops * by.padding)
        / (matmul * by.experts)
        + counts.prefill_attention_flops / (chip.flops_16 * by.prefill_attention)
        + counts.prefill_sent / link
        + by.request / layout.data
    )
    # drafting and checking several positions at once, shared by the tokens that are kept
    per_token = (1 + traffic.draft_time) / traffic.accepted
    reading = traffic.output / traffic.accepted * weights
    return Step(
        weights=weights * per_token,
        kv=counts.kv_read / (bandwidth * by.kv) * per_token,
        compute=compute * per_token,
        communication=(counts.calls * by.call + counts.exchanges * by.exchange + counts.sent / link)
        * per_token,
        overhead=software * per_token,
        prefill=prefill,
        hidden=by.overlap * np.minimum(reading, counts.batch * prefill),
    )
