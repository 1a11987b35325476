"""What one step reads, computes and sends: counts without any measured factor."""

from dataclasses import dataclass

import numpy as np

from pricing.serving.columns import Columns, Numbers
from pricing.serving.memory import EMBEDDING_BYTES, kv_bytes, mean_context, state_bytes
from pricing.serving.point import Point

ACTIVATION_WIDTH = 2
"""Bytes of an activation sent between accelerators."""
CHUNK = 8192
"""Tokens prefilled in one step (the usual setting of chunked prefill)."""


@dataclass(frozen=True, slots=True)
class Counts(Columns):
    """Per accelerator: of one decode step of the whole batch, and of the prefill of one request.

    Bytes, FLOPs and calls; a pipeline's stages are added up, because a token passes them all.
    """

    batch: Numbers
    """Sequences decoding at once in one replica."""
    rank_batch: Numbers
    """Sequences of one attention group and pipeline stage."""
    weights_read: Numbers
    """Bytes of attention, dense and shared weights and the head."""
    weights_flops: Numbers
    experts_read: Numbers
    """Bytes of the experts that the batch touches."""
    experts_flops: Numbers
    padding_flops: Numbers
    """FLOPs for one token of padding in each touched expert."""
    kv_read: Numbers
    """Bytes of KV cache, and of the state of layers with linear attention."""
    kv_flops: Numbers
    calls: Numbers
    """Collective calls that add up the parts of a layer."""
    exchanges: Numbers
    """Calls that send tokens to their experts in other groups, and back."""
    sent: Numbers
    """Bytes sent."""
    prefill_flops: Numbers
    """Attention, dense and shared weights."""
    prefill_experts_flops: Numbers
    prefill_padding_flops: Numbers
    prefill_attention_flops: Numbers
    prefill_sent: Numbers


def counts_of(point: Point, batch: Numbers) -> Counts:
    """Counts for `batch` sequences decoding at once in one replica."""
    shape, layout, traffic = point.shape, point.layout, point.traffic
    tensor, data, pipeline = layout.tensor, layout.data, layout.pipeline
    per_stage = np.maximum(batch / pipeline, 1.0)
    rank = np.where(per_stage >= data, per_stage / data, 1.0)
    tokens, rank_tokens = per_stage * traffic.positions, rank * traffic.positions
    dense = (shape.layers - shape.moe_layers) * shape.dense + shape.moe_layers * shape.shared
    attention = shape.layers * shape.attention
    head = shape.vocabulary * shape.hidden / tensor
    all_experts = shape.moe_layers * shape.expert / (tensor * data)
    touched = experts_touched(shape.experts, shape.chosen, tokens)
    reducing = np.where(tensor > 1, 2 * shape.layers, 0.0)
    exchanging = np.where(data > 1, 2 * shape.moe_layers, 0.0)
    context = mean_context(point)
    return Counts(
        batch=batch,
        rank_batch=rank,
        weights_read=(attention * layout.attention_bytes + dense * layout.weight_bytes) / tensor
        + head * EMBEDDING_BYTES,
        weights_flops=2 * ((attention + dense) / tensor + head) * rank_tokens,
        experts_read=all_experts * touched * layout.weight_bytes,
        experts_flops=2 * all_experts * shape.chosen * tokens,
        padding_flops=2 * all_experts * touched,
        # a state of fixed size is read and written back
        kv_read=rank * (kv_bytes(point, context) + 2 * state_bytes(point)) * pipeline,
        kv_flops=rank_tokens
        * shape.caching_layers
        * shape.decode_flops
        / tensor
        * shape.context(context),
        calls=reducing,
        exchanges=exchanging,
        sent=_reduced(reducing, point, rank_tokens) + _exchanged(point, rank_tokens),
        **_prefill(point),
    )


def experts_touched(experts: Numbers, chosen: Numbers, tokens: Numbers) -> Numbers:
    """Expected experts that a batch touches: E (1 - (1 - k/E)^n); 0 for a dense model."""
    return experts * -np.expm1(tokens * np.log1p(-np.minimum(chosen / experts, 1 - 1e-12)))


def _prefill(point: Point) -> dict[str, Numbers]:
    shape, layout, traffic = point.shape, point.layout, point.traffic
    spread = layout.tensor * layout.data * layout.pipeline
    fresh = traffic.input * (1 - traffic.cached)
    dense = (shape.layers - shape.moe_layers) * shape.dense + shape.moe_layers * shape.shared
    experts = 2 * shape.moe_layers * shape.expert / spread
    # each fresh token looks back at the cached prefix and at half of the fresh tokens
    seen = (1 - shape.windowed) * (traffic.input - fresh / 2) + shape.windowed * np.minimum(
        traffic.input - fresh / 2, shape.window
    )
    reducing = np.where(layout.tensor > 1, 2 * shape.layers, 0.0)
    return {
        "prefill_flops": 2 * (shape.layers * shape.attention + dense) / spread * fresh,
        "prefill_experts_flops": experts * shape.chosen * fresh,
        "prefill_padding_flops": experts
        * shape.experts
        * fresh
        / (CHUNK * layout.data)
        * (shape.chosen > 0),
        "prefill_attention_flops": shape.caching_layers
        * shape.prefill_flops
        * fresh
        * seen
        / spread,
        "prefill_sent": (_reduced(reducing, point, fresh) + _exchanged(point, fresh))
        / (layout.data * layout.pipeline),
    }


def _reduced(calls: Numbers, point: Point, tokens: Numbers) -> Numbers:
    """Bytes of ring all-reduces over the accelerators that share a layer."""
    tensor = point.layout.tensor
    ring = 2 * (tensor - 1) / tensor
    return calls * ring * tokens * point.shape.hidden * ACTIVATION_WIDTH


def _exchanged(point: Point, tokens: Numbers) -> Numbers:
    """Bytes of sending tokens to their experts in other groups (8 bit) and back (16 bit)."""
    shape, data = point.shape, point.layout.data
    away = np.minimum(shape.chosen, data) * (data - 1) / data
    return np.where(data > 1, shape.moe_layers * tokens * away * shape.hidden * 3.0, 0.0)
