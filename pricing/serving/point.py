"""A point to predict: model, accelerator, precision, parallelism and the requests it serves."""

import math
from dataclasses import dataclass

from pricing.serving.chip import Chip
from pricing.serving.columns import Columns, Numbers
from pricing.serving.shape import Shape


@dataclass(frozen=True, slots=True)
class Layout(Columns):
    """How one replica is spread over accelerators, and how it stores numbers."""

    tensor: Numbers
    """Accelerators that share each layer."""
    data: Numbers
    """Groups that hold whole attention layers and share the experts."""
    pipeline: Numbers
    """Groups that hold consecutive layers."""
    weight_bytes: Numbers
    """Bytes of a weight of the feed-forward blocks and experts."""
    attention_bytes: Numbers
    """Bytes of a weight of the attention."""
    kv_bytes: Numbers
    """Bytes of a number in the KV cache."""
    flops: Numbers
    """FLOP per second of the arithmetic of the feed-forward weights, one accelerator."""
    attention_flops: Numbers
    """FLOP per second of the arithmetic of the attention weights, one accelerator."""
    memory_share: Numbers
    """Share of the memory that the serving software may fill."""
    memory_overhead: Numbers
    """More memory for cache and activations than predicted, as a share."""

    @property
    def accelerators(self) -> Numbers:
        """Accelerators of one replica."""
        return self.tensor * self.data * self.pipeline


@dataclass(frozen=True, slots=True)
class Traffic(Columns):
    """The requests of a replica."""

    input: Numbers
    """Mean input tokens."""
    output: Numbers
    """Mean output tokens."""
    output_variation: Numbers
    """Coefficient of variation of the output length."""
    cached: Numbers
    """Share of the input tokens found in the prefix cache."""
    positions: Numbers
    """Tokens checked per sequence and step: 1, or 1 + draft tokens."""
    accepted: Numbers
    """Tokens gained per sequence and step: 1, or more with speculative decoding."""
    draft_time: Numbers
    """Time of all draft tokens of a step, as a share of a plain step."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point or many; everything broadcasts."""

    shape: Shape
    chip: Chip
    layout: Layout
    traffic: Traffic


def speculation(draft_tokens: float, acceptance: float, draft_cost: float) -> dict[str, float]:
    """The fields of `Traffic` for speculative decoding.

    Tokens per step are (1 - a^(g+1)) / (1 - a) for g draft tokens accepted with chance a each
    (Leviathan, Kalman, Matias 2023, "Fast Inference from Transformers via Speculative Decoding",
    equation 1).
    """
    # as a sum: the quotient loses digits where nearly all are accepted
    accepted = math.fsum(acceptance**kept for kept in range(int(draft_tokens) + 1))
    return {
        "positions": draft_tokens + 1.0,
        "accepted": accepted,
        "draft_time": draft_tokens * draft_cost,
    }
