"""Memory of one accelerator: weights, activations, KV cache, and how many sequences fit."""

from dataclasses import dataclass

import numpy as np

from pricing.serving.columns import Columns, Numbers
from pricing.serving.point import Point

EMBEDDING_BYTES = 2
"""Embeddings and the output head stay in 16 bit."""
ACTIVATION_BYTES = 1.5e9
"""Activations, CUDA graphs and buffers of one accelerator (fitted on memory-bound rows)."""
RESERVE = 0.2
"""Share of the way from a half-grown to a fully grown sequence that paging keeps free."""


@dataclass(frozen=True, slots=True)
class Memory(Columns):
    """Bytes on one accelerator."""

    total: Numbers
    """What it has."""
    budget: Numbers
    """What serving may fill."""
    weights: Numbers
    activations: Numbers
    per_sequence: Numbers
    """KV cache of one sequence at its mean length, and its state, as far as they lie here."""
    sequences: Numbers
    """Sequences that one replica can hold; less than 1 means it does not fit."""

    @property
    def fits(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Whether weights, activations and one whole request fit."""
        return self.sequences >= 1


def memory_of(point: Point) -> Memory:
    """Memory of one accelerator of a replica.

    The mean KV occupancy of a sequence that grows from I to I + O tokens, seen at a random moment,
    is I + O (1 + CV^2) / 2 for output lengths with variation CV (renewal theory: longer answers
    are seen more often). A reserve is kept towards the full length.
    """
    chip, layout, traffic = point.chip, point.layout, point.traffic
    weights = weight_bytes(point)
    half = mean_context(point)
    full = traffic.input + traffic.output
    held = half + RESERVE * np.maximum(full - half, 0)
    overhead = 1 + layout.memory_overhead
    state = state_bytes(point)
    per_sequence = (kv_bytes(point, held) + state) * overhead
    activations = np.broadcast_to(ACTIVATION_BYTES * overhead, weights.shape)
    budget = chip.memory * layout.memory_share
    free = np.maximum(budget - weights - activations, 0)
    per_rank = free / np.maximum(per_sequence, 1e-9)
    whole = free / np.maximum((kv_bytes(point, full) + state) * overhead, 1e-9)
    return Memory(
        total=np.broadcast_to(chip.memory, weights.shape),
        budget=budget,
        weights=weights,
        activations=activations,
        per_sequence=per_sequence,
        # a sequence lies in one group: what two groups have left of it together does not hold it
        sequences=np.where(whole >= 1, per_rank * layout.data, whole),
    )


def mean_context(point: Point) -> Numbers:
    """Tokens of context of a sequence seen at a random moment of its decoding."""
    traffic = point.traffic
    return traffic.input + traffic.output * (1 + traffic.output_variation**2) / 2


def weight_bytes(point: Point) -> Numbers:
    """Bytes of weights on one accelerator."""
    shape, layout = point.shape, point.layout
    attention = shape.layers * shape.attention * layout.attention_bytes / layout.tensor
    dense_layers = shape.layers - shape.moe_layers
    dense = dense_layers * shape.dense + shape.moe_layers * shape.shared
    experts = shape.moe_layers * shape.experts * shape.expert
    # embedding and head sit on the first and the last stage of a pipeline
    embedding = 2 * shape.vocabulary * shape.hidden * EMBEDDING_BYTES / layout.tensor
    return (
        attention
        + dense * layout.weight_bytes / layout.tensor
        + experts * layout.weight_bytes / (layout.tensor * layout.data)
    ) / layout.pipeline + embedding / np.where(layout.pipeline > 1, 2, 1)


def kv_bytes(point: Point, tokens: Numbers) -> Numbers:
    """Bytes of KV cache of one sequence of a length on one accelerator of its group."""
    shape, layout = point.shape, point.layout
    ways = np.minimum(layout.tensor, shape.kv_heads)
    per_token = shape.caching_layers * shape.kv_elements * layout.kv_bytes
    return per_token * shape.context(tokens) / (ways * layout.pipeline)


def state_bytes(point: Point) -> Numbers:
    """Bytes of the state of one sequence, of fixed size, on one accelerator of its group."""
    return point.shape.state / (point.layout.tensor * point.layout.pipeline)
