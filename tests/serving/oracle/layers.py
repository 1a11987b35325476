"""A model as a list of layers, each with the matrices it multiplies and the cache it keeps."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pricing.plan.sheets import ModelSheet

Matrix = tuple[int, int]


@dataclass(frozen=True)
class Layer:
    """One layer."""

    attention: Sequence[Matrix]
    block: Sequence[Matrix]
    """Dense feed-forward block, or the experts that every token visits."""
    expert: Sequence[Matrix]
    """One routed expert; empty in a dense layer."""
    experts: int
    visited: int
    cached: int
    """Numbers a token leaves in the cache; 0 where the state does not grow."""
    cache_heads: int
    """Ways the cache can be split."""
    window: float
    """Tokens seen at most."""
    decode_pair: int
    """FLOPs of one new token with one cached token."""
    prefill_pair: int
    """FLOPs of two tokens of a prompt."""
    latent: bool
    state: int
    """Bytes kept of a sequence beside the cache: a matrix per value head, in 32 bit."""

    def held(self, tokens: float) -> float:
        """Tokens in this layer's cache of so many."""
        return min(tokens, self.window)


def size(matrices: Sequence[Matrix]) -> int:
    """Weights of some matrices."""
    return sum(rows * columns for rows, columns in matrices)


def layers_of(model: ModelSheet) -> list[Layer]:
    """The layers of a model; those with a window come first, which changes no sum."""
    with_experts = _layers_with_experts(model)
    sliding, linear = model.sliding_layers or 0, model.linear_layers or 0
    return [
        _layer(
            model,
            routed=number in with_experts,
            window=float(model.sliding_window or math.inf) if number < sliding else math.inf,
            grows=not sliding <= number < sliding + linear,
        )
        for number in range(model.layers)
    ]


def _layers_with_experts(model: ModelSheet) -> set[int]:
    if not model.n_experts:
        return set()
    first, every = model.first_k_dense or 0, model.moe_layer_interval or 1
    return {n for n in range(first, model.layers) if (n - first) % every == every - 1}


def _layer(model: ModelSheet, *, routed: bool, window: float, grows: bool) -> Layer:
    width, heads = model.hidden, model.n_heads
    if model.kv_lora_rank:
        rank, rope = model.kv_lora_rank, model.qk_rope_dim or 0
        nope, value = model.qk_nope_dim or 0, model.v_head_dim or model.qk_nope_dim or 0
        queries = (
            [(width, model.q_lora_rank), (model.q_lora_rank, heads * (nope + rope))]
            if model.q_lora_rank
            else [(width, heads * (nope + rope))]
        )
        attention = [
            *queries,
            (width, rank + rope),
            (rank, heads * nope),
            (rank, heads * value),
            (heads * value, width),
        ]
        cached, cache_heads = rank + rope, 1
        # queries meet compressed keys and rotary part, then gather compressed values
        decode_pair = heads * (2 * (rank + rope) + 2 * rank)
        prefill_pair = heads * (2 * (nope + rope) + 2 * value)
    else:
        head = model.head_dim or width // heads
        groups = model.n_kv_heads
        attention = [(width, heads * head), (width, groups * head), (width, groups * head)]
        attention.append((heads * head, width))
        cached, cache_heads = 2 * groups * head, groups
        decode_pair = prefill_pair = heads * (2 * head + 2 * head)
    expert: list[Matrix] = []
    if routed:
        inner = model.moe_intermediate or 0
        expert = [(width, inner), (width, inner), (inner, width)]
        block = expert * (model.shared_experts or 0)
    else:
        inner = model.intermediate or 0
        block = [(width, inner)] * (2 if model.gated_mlp else 1) + [(inner, width)]
    return Layer(
        attention=attention,
        block=block,
        expert=expert,
        experts=model.n_experts or 0 if routed else 0,
        visited=model.experts_per_token or 0 if routed else 0,
        cached=cached if grows else 0,
        cache_heads=cache_heads,
        window=window,
        decode_pair=decode_pair if grows else 0,
        prefill_pair=prefill_pair if grows else 0,
        latent=bool(model.kv_lora_rank),
        # heads of 128 x 128 that are together twice as wide as the model
        state=0 if grows else (2 * width // 128) * 128 * 128 * 4,
    )
