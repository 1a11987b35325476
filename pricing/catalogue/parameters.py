"""Weights of a model counted from its shape."""

from typing import Any, NamedTuple

from pricing.plan.sheets import ModelSheet

COUNTED = "computed from the shape"
"""Source of a number of parameters that nobody stated."""


class Parameters(NamedTuple):
    """Numbers of weights."""

    total: int
    active: int
    """Read per token: output head included, input embedding not, unvisited experts not."""


class Extra(NamedTuple):
    """Weights a model sheet has no field for, per layer of their kind."""

    full_attention: int = 0
    """More in a layer with ordinary attention: an output gate, an index of a sparse attention."""
    linear_attention: int = 0
    """All attention weights of a layer with linear attention; 0 takes it for an ordinary one."""


def attention_weights(sheet: ModelSheet) -> int:
    """Weights of ordinary or latent attention in one layer, biases left out.

    Latent attention: DeepSeek-V2 (arXiv 2405.04434), section 2.1 and appendix C.
    """
    hidden, heads = sheet.hidden, sheet.n_heads
    if not sheet.latent:
        return hidden * sheet.head_size * 2 * (heads + sheet.n_kv_heads)
    rank, rope = sheet.kv_lora_rank or 0, sheet.qk_rope_dim or 0
    nope, value = sheet.qk_nope_dim or 0, sheet.v_head_dim or 0
    query = heads * (nope + rope)
    queries = (hidden + query) * sheet.q_lora_rank if sheet.q_lora_rank else hidden * query
    keys_and_values = hidden * (rank + rope) + rank * heads * (nope + value)
    return queries + keys_and_values + heads * value * hidden


def parameters_of(sheet: ModelSheet, extra: Extra = Extra()) -> Parameters:  # noqa: B008
    """Weights of a model; biases and positions learned apart are left out (below 0.1 %)."""
    hidden = sheet.hidden
    matrices = 3 if sheet.gated_mlp else 2
    linear = sheet.linear_layers or 0
    attention = attention_weights(sheet) + extra.full_attention
    mixing = (sheet.layers - linear) * attention + linear * (extra.linear_attention or attention)
    dense = (sheet.layers - sheet.moe_layers) * matrices * hidden * (sheet.intermediate or 0)
    expert = matrices * hidden * (sheet.moe_intermediate or 0)
    shared = sheet.shared_experts or 0
    router = hidden * (sheet.n_experts or 0)
    norms = (2 * sheet.layers + 1) * hidden
    embedding = sheet.vocab * hidden
    common = mixing + dense + norms + sheet.moe_layers * (router + shared * expert)
    return Parameters(
        total=common
        + sheet.moe_layers * (sheet.n_experts or 0) * expert
        + embedding * (1 if sheet.tie_embeddings else 2),
        active=common + sheet.moe_layers * (sheet.experts_per_token or 0) * expert + embedding,
    )


def counted(shape: dict[str, Any], extra: Extra = Extra()) -> ModelSheet:  # noqa: B008
    """A model sheet whose parameters are computed where the shape does not state them.

    Raises:
        ValidationError: the shape is not possible.
    """
    unstated = {"value": 1e6, "source": COUNTED}
    draft = ModelSheet.model_validate(
        {**shape, "total_params_b": unstated, "active_params_b": unstated}
    )
    total, active = parameters_of(draft, extra)

    def billions(weights: int) -> dict[str, object]:
        value = float(f"{weights / 1e9:.6g}")
        return {"value": value, "unit": "billion parameters", "source": COUNTED}

    found = {"total_params_b": billions(total), "active_params_b": billions(active)}
    return ModelSheet.model_validate({**shape, **{k: shape.get(k) or v for k, v in found.items()}})
