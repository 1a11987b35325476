"""What families of models leave out of their config.json, and how they differ in shape.

Source of the defaults: the configuration classes of transformers 5.23.0 (Apache-2.0), read
2026-11-22; where a published config.json leaves a key out, the class's default holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Windows = Literal["none", "all", "alternating", "pattern", "upper"]
"""Layers with a sliding window where `layer_types` does not say: none, all, every second, all but
every n-th, or those from a layer on."""


@dataclass(frozen=True, slots=True)
class Family:
    """How one kind of model is read."""

    gated: bool = True
    """Whether a feed-forward block has three matrices (gate, up, down) or two."""
    tied: bool = False
    """Whether embeddings are tied unless the file says otherwise."""
    windows: Windows = "none"
    experts_as_wide: bool = False
    """Whether `intermediate_size` is the width of an expert."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """Values of keys the file may leave out."""


_GEMMA = {"head_dim": 256, "num_attention_heads": 8, "num_key_value_heads": 4}
_PLAIN = Family()
_DEEPSEEK = Family(defaults={"moe_layer_freq": 1})
_QWEN = Family(windows="upper")
_DELTA = Family(defaults={"full_attention_interval": 4, "attn_output_gate": True})

FAMILIES: Mapping[str, Family] = {
    "llama": _PLAIN,
    "mistral": Family(windows="all"),
    "ministral": Family(windows="all"),
    "ministral3": _PLAIN,
    "mixtral": Family(windows="all", experts_as_wide=True),
    "qwen2": _QWEN,
    "qwen2_moe": _QWEN,
    "qwen2_vl_text": _QWEN,
    "qwen2_5_vl_text": _QWEN,
    "qwen3": _QWEN,
    "qwen3_moe": _QWEN,
    "qwen3_vl_text": _QWEN,
    "qwen3_vl_moe_text": _QWEN,
    "qwen3_next": _DELTA,
    "qwen3_5_text": _DELTA,
    "qwen3_5_moe_text": _DELTA,
    "deepseek_v2": _DEEPSEEK,
    "deepseek_v3": _DEEPSEEK,
    "deepseek_v32": _DEEPSEEK,
    "kimi_k2": _DEEPSEEK,
    "glm_moe_dsa": _DEEPSEEK,
    "glm4_moe_lite": _DEEPSEEK,
    "glm": _PLAIN,
    "glm4": _PLAIN,
    "glm4_moe": Family(defaults={"first_k_dense_replace": 1, "n_shared_experts": 1}),
    "gemma": Family(tied=True),
    "gemma2": Family(
        tied=True,
        windows="alternating",
        defaults={**_GEMMA, "sliding_window": 4096, "vocab_size": 256_000},
    ),
    "gemma3_text": Family(
        tied=True,
        windows="pattern",
        defaults={
            **_GEMMA,
            "sliding_window": 4096,
            "sliding_window_pattern": 6,
            "vocab_size": 262_208,
            "max_position_embeddings": 131_072,
        },
    ),
    "phi": Family(gated=False),
    "phi3": Family(windows="all"),
    "phimoe": Family(windows="all", experts_as_wide=True),
    "gpt_neox": Family(gated=False),
    "gptj": Family(gated=False, defaults={"vocab_size": 50_400}),
    "gpt2": Family(gated=False, tied=True),
    "gpt_bigcode": Family(gated=False, tied=True),
    "starcoder2": Family(gated=False, tied=True, windows="all"),
    "falcon": Family(gated=False, tied=True, defaults={"max_position_embeddings": 2048}),
    "gpt_oss": Family(windows="alternating", experts_as_wide=True),
    "llama4_text": Family(
        experts_as_wide=True,
        defaults={
            "interleave_moe_layer_step": 1,
            "attention_chunk_size": 8192,
            "no_rope_layer_interval": 4,
            "n_shared_experts": 1,
        },
    ),
    "minimax": Family(experts_as_wide=True),
    "minimax_m1": Family(experts_as_wide=True),
    "minimax_text_01": Family(experts_as_wide=True),
    "minimax_m2": Family(experts_as_wide=True),
    "olmo2": _PLAIN,
    "cohere": Family(tied=True),
    "cohere2": Family(tied=True, windows="pattern", defaults={"sliding_window_pattern": 4}),
    "granite": _PLAIN,
    "smollm3": Family(tied=True),
}
"""Families by the `model_type` of the language part."""


def family_of(model_type: str) -> tuple[Family, bool]:
    """The family of a model_type, and whether it is known; an unknown one is read like Llama."""
    for name in (model_type, f"{model_type}_text"):
        if name in FAMILIES:
            return FAMILIES[name], True
    return _PLAIN, False
