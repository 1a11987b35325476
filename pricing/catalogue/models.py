"""Data sheets: accelerators, and open-weights models with their shapes."""

from pricing.plan.figure import Amount
from pricing.plan.model import Frozen


class Accelerator(Frozen):
    """Data sheet of one accelerator; tensor throughput is dense."""

    id: str
    name: str
    vendor: str
    architecture: str
    memory_gb: Amount | None
    bandwidth_gb_s: Amount | None
    bf16_tflops: Amount | None
    fp8_tflops: Amount | None
    int8_tops: Amount | None
    fp4_tflops: Amount | None
    interconnect: str
    interconnect_gb_s: Amount | None
    """Per accelerator, one direction."""
    max_scale_up: int | None
    """Accelerators in one fast domain."""
    tdp_w: Amount | None
    all_in_kw: Amount | None
    """Power of one accelerator with its share of host and network, in kW."""
    release_year: int | None
    unverified: tuple[str, ...]
    """Fields the source could not check."""
    region: str
    source: str
    note: str


class OpenModel(Frozen):
    """An open-weights model: shape, licence and context."""

    id: str
    name: str
    hf_id: str
    """Name on the Hugging Face hub."""
    release_date: str
    """As the source states it: a day or a month; empty means not known."""
    licence: str
    """Empty means not known."""
    unverified: tuple[str, ...]
    """Which of release_date and licence could not be checked."""
    total_params_b: Amount
    active_params_b: Amount
    """Weights read per token."""
    layers: int
    hidden: int
    intermediate: int | None
    n_heads: int
    n_kv_heads: int
    head_dim: int | None
    vocab: int
    attention: str
    kv_lora_rank: int | None
    qk_rope_dim: int | None
    qk_nope_dim: int | None
    v_head_dim: int | None
    q_lora_rank: int | None
    sliding_window: int | None
    n_experts: int | None
    experts_per_token: int | None
    moe_intermediate: int | None
    shared_experts: int | None
    first_k_dense: int | None
    moe_layer_interval: int | None
    full_attention_interval: int | None
    tie_embeddings: bool | None
    max_context: int | None
    native_dtype: str
    region: str
    source: str
    licence_source: str
    note: str
