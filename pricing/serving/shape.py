"""Shape of a model: what must be read from memory and computed for each token."""

from dataclasses import dataclass

import numpy as np

from pricing.plan.sheets import ModelSheet
from pricing.serving.columns import Columns, Numbers

GATED = 3
"""Matrices of a gated feed-forward block (up, gate, down)."""
PLAIN = 2
"""Matrices of a plain feed-forward block (up, down)."""
LINEAR_KEY = 128
"""Width of a key in linear attention (linear_key_head_dim of Qwen3-Next and Qwen3.5)."""
LINEAR_VALUES = 2
"""Width of all value heads of linear attention over that of the model (Qwen3.5: 64 x 128 over 4096
and 32 x 128 over 2048)."""
LINEAR_BYTES = 4
"""Bytes of a number of its state (mamba_ssm_dtype of Qwen3.5 is float32)."""


@dataclass(frozen=True, slots=True)
class Shape(Columns):
    """Counts of weights per layer, and of cache and work per token; nothing is measured here."""

    layers: Numbers
    moe_layers: Numbers
    """Layers with experts."""
    hidden: Numbers
    vocabulary: Numbers
    attention: Numbers
    """Weights of one layer's attention."""
    dense: Numbers
    """Weights of one dense feed-forward block."""
    shared: Numbers
    """Weights of one layer's shared experts."""
    expert: Numbers
    """Weights of one expert."""
    experts: Numbers
    """Routed experts of one layer; 1 for a dense model."""
    chosen: Numbers
    """Routed experts that answer for one token; 0 for a dense model."""
    kv_elements: Numbers
    """Numbers cached per token and caching layer."""
    kv_heads: Numbers
    """Ways in which tensor parallelism can split the cache; 1 for latent attention."""
    caching_layers: Numbers
    """Layers whose cache grows with the context (others keep a state of fixed size)."""
    state: Numbers
    """Bytes that the layers with linear attention keep of a sequence, whatever its length."""
    windowed: Numbers
    """Share of the caching layers that see only a window."""
    window: Numbers
    """Tokens in that window; infinite where there is none."""
    decode_flops: Numbers
    """Attention FLOPs per new token, cached token and caching layer while decoding."""
    prefill_flops: Numbers
    """Attention FLOPs per pair of tokens and caching layer while prefilling."""
    latent: Numbers
    """1 for multi-head latent attention (MLA), else 0."""

    def context(self, tokens: Numbers) -> Numbers:
        """Tokens that an average caching layer holds of a context."""
        return (1 - self.windowed) * tokens + self.windowed * np.minimum(tokens, self.window)


def shape_of(sheet: ModelSheet) -> Shape:
    """The shape of a model from its sheet."""
    attention, kv_elements, kv_heads, decode, prefill = _attention(sheet)
    expert = GATED * sheet.hidden * (sheet.moe_intermediate or 0)
    caching = sheet.layers - (sheet.linear_layers or 0)
    windowed = (sheet.sliding_layers or 0) / max(caching, 1)
    return Shape.of(
        layers=sheet.layers,
        moe_layers=sheet.moe_layers,
        hidden=sheet.hidden,
        vocabulary=sheet.vocab,
        attention=attention,
        dense=(GATED if sheet.gated_mlp else PLAIN) * sheet.hidden * (sheet.intermediate or 0),
        shared=(sheet.shared_experts or 0) * expert,
        expert=expert,
        experts=sheet.n_experts or 1,
        chosen=(sheet.experts_per_token or 0) if sheet.n_experts else 0,
        kv_elements=kv_elements,
        kv_heads=kv_heads,
        caching_layers=caching,
        # a matrix of keys by values for each value head
        state=(sheet.linear_layers or 0)
        * (LINEAR_KEY * LINEAR_VALUES * LINEAR_BYTES)
        * sheet.hidden,
        windowed=windowed,
        window=(sheet.sliding_window or np.inf) if windowed else np.inf,
        decode_flops=decode,
        prefill_flops=prefill,
        latent=float(sheet.latent),
    )


def _attention(sheet: ModelSheet) -> tuple[float, float, float, float, float]:
    """Weights, cached numbers per token, cache heads, FLOPs per pair (decode, prefill)."""
    hidden, heads = sheet.hidden, sheet.n_heads
    if not sheet.latent:
        size = sheet.head_size
        weights = hidden * size * (2 * heads + 2 * sheet.n_kv_heads)
        return (
            weights,
            2 * sheet.n_kv_heads * size,
            sheet.n_kv_heads,
            4 * heads * size,
            4 * heads * size,
        )
    rank, rope, nope = sheet.kv_lora_rank or 0, sheet.qk_rope_dim or 0, sheet.qk_nope_dim or 0
    value = sheet.v_head_dim or nope
    query = (
        hidden * sheet.q_lora_rank + sheet.q_lora_rank * heads * (nope + rope)
        if sheet.q_lora_rank
        else hidden * heads * (nope + rope)
    )
    weights = (
        query + hidden * (rank + rope) + rank * heads * (nope + value) + heads * value * hidden
    )
    # while decoding, latent attention works in the compressed space (weights absorbed)
    return weights, rank + rope, 1, 2 * heads * (2 * rank + rope), 2 * heads * (nope + rope + value)
