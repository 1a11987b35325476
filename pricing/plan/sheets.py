"""Data sheets of accelerators and shapes of models: the catalogue's, and those the buyer adds."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from pricing.plan.figure import BUYER, Day, PositiveAmount
from pricing.plan.model import Frozen, Identifier, Name, Text, refusal

Count = Annotated[int, Field(ge=1, le=100_000_000)]
"""A whole number of something there is at least one of."""
CountOrNone = Annotated[int | None, Field(ge=0, le=100_000_000)]
"""A whole number of something there may be none of; none means there is none or it is not known."""
Layers = Annotated[int, Field(ge=1, le=10_000)]

SLOWEST_SCAN_S = 10.0
"""Seconds to read the whole memory once above which a bandwidth is taken for a slip of units.

The slowest data sheet of the catalogue (GB10, 128 GB at 273 GB/s) needs half a second.
"""


class AcceleratorSheet(Frozen):
    """Data sheet of one accelerator; tensor throughput is dense (without sparsity)."""

    id: Identifier
    """Names the accelerator; in a plan it goes before a catalogue entry of the same id."""
    name: Name
    """The accelerator's name as people write it."""
    vendor: Text = ""
    """Who makes it."""
    architecture: Text = ""
    """Generation in the vendor's words: Hopper, CDNA3."""
    memory_gb: PositiveAmount | None = None
    """Memory of one accelerator in GB."""
    bandwidth_gb_s: PositiveAmount | None = None
    """Memory bandwidth in GB/s."""
    bf16_tflops: PositiveAmount | None = None
    """Dense 16-bit tensor throughput in TFLOP/s."""
    fp8_tflops: PositiveAmount | None = None
    """Dense 8-bit floating-point throughput in TFLOP/s; none means it has none."""
    int8_tops: PositiveAmount | None = None
    """Dense 8-bit integer throughput in TOP/s; none means it has none."""
    fp4_tflops: PositiveAmount | None = None
    """Dense 4-bit floating-point throughput in TFLOP/s; none means it has none."""
    interconnect: Text = ""
    """What links accelerators of one server, in words: NVLink 4, PCIe 5 x16."""
    interconnect_gb_s: PositiveAmount | None = None
    """Link bandwidth per accelerator, one direction, in GB/s."""
    max_scale_up: Annotated[int | None, Field(ge=1, le=100_000)] = None
    """Accelerators in one fast domain."""
    tdp_w: PositiveAmount | None = None
    """Thermal design power in W."""
    all_in_kw: PositiveAmount | None = None
    """Power of one accelerator with its share of host and network, in kW."""
    release_year: Annotated[int | None, Field(ge=2000, le=2100)] = None
    """Year of release."""
    unverified: Annotated[tuple[Text, ...], Field(strict=False, max_length=20)] = ()
    """Fields the source could not check."""
    source: Text = BUYER
    """Where the data sheet comes from."""
    as_of: Day | None = None
    """The day it was read."""
    note: Text = ""
    """What a reader must know about it."""

    @model_validator(mode="after")
    def _bandwidth_is_in_gb_per_second(self) -> Self:
        if self.memory_gb is None or self.bandwidth_gb_s is None:
            return self
        memory, bandwidth = self.memory_gb.value, self.bandwidth_gb_s.value
        if memory / bandwidth > SLOWEST_SCAN_S:
            raise refusal(
                "bandwidth_slow",
                "bandwidth_gb_s",
                "value",
                value=bandwidth,
                memory=memory,
                thousandfold=bandwidth * 1000,
            )
        return self


class ModelSheet(Frozen):
    """Shape, licence and context of an open-weights model."""

    id: Identifier
    """Names the model; in a plan it goes before a catalogue entry of the same id."""
    name: Name
    """The model's name as people write it."""
    hf_id: Text = ""
    """Name on the Hugging Face hub."""
    release_date: Text = ""
    """As the source states it: a day or a month; empty means not known."""
    licence: Text = ""
    """Name of the licence; empty means not known."""
    unverified: Annotated[tuple[Text, ...], Field(strict=False, max_length=20)] = ()
    """Fields that could not be checked."""
    total_params_b: PositiveAmount
    """All weights, in billions."""
    active_params_b: PositiveAmount
    """Weights read per token, in billions: output head included, input embedding not."""
    layers: Layers
    """Transformer layers."""
    hidden: Count
    """Width of the residual stream."""
    intermediate: CountOrNone = None
    """Width of a dense feed-forward block; none where every layer has experts."""
    gated_mlp: bool = True
    """Whether a feed-forward block has a gate (three matrices) or not (two)."""
    n_heads: Count
    """Attention (query) heads of a layer."""
    n_kv_heads: Count
    """Key-value heads of a layer; as many as attention heads without grouping."""
    head_dim: CountOrNone = None
    """Width of one head; none means hidden over heads."""
    vocab: Count
    """Tokens in the vocabulary."""
    attention: Text = ""
    """How it attends, in words: MHA, GQA, MLA."""
    kv_lora_rank: CountOrNone = None
    """Latent attention: width of the compressed keys and values; none means ordinary attention."""
    qk_rope_dim: CountOrNone = None
    """Latent attention: width of a head's rotary part."""
    qk_nope_dim: CountOrNone = None
    """Latent attention: width of a head's part without position."""
    v_head_dim: CountOrNone = None
    """Latent attention: width of a head's values."""
    q_lora_rank: CountOrNone = None
    """Latent attention: width of the compressed queries; none means not compressed."""
    sliding_window: CountOrNone = None
    """Tokens a layer with a sliding window sees."""
    sliding_layers: CountOrNone = None
    """Layers that see the sliding window only; none means no layer does."""
    linear_layers: CountOrNone = None
    """Layers with linear attention, whose state does not grow with the context."""
    n_experts: CountOrNone = None
    """Routed experts of a layer; none means a dense model."""
    experts_per_token: CountOrNone = None
    """Routed experts a token visits in a layer."""
    moe_intermediate: CountOrNone = None
    """Width of one expert."""
    shared_experts: CountOrNone = None
    """Experts of a layer that every token visits, of the width of a routed one."""
    first_k_dense: CountOrNone = None
    """Layers at the beginning without experts."""
    moe_layer_interval: Annotated[int | None, Field(ge=1, le=1000)] = None
    """Every how manieth layer has experts; none means every one."""
    full_attention_interval: Annotated[int | None, Field(ge=1, le=1000)] = None
    """Every how manieth layer attends to the whole context; none means every one."""
    tie_embeddings: bool | None = None
    """Whether input embedding and output head are the same weights; none means not known."""
    max_context: CountOrNone = None
    """Longest context in tokens; none means not known."""
    native_dtype: Text = "bfloat16"
    """Precision of the published weights."""
    source: Text = BUYER
    """Where the shape comes from."""
    as_of: Day | None = None
    """The day it was read."""
    note: Text = ""
    """What a reader must know about it."""

    @property
    def latent(self) -> bool:
        """Whether it has multi-head latent attention (MLA)."""
        return bool(self.kv_lora_rank)

    @property
    def head_size(self) -> int:
        """Width of one head where attention is not latent."""
        return self.head_dim or self.hidden // self.n_heads

    @property
    def full_attention_layers(self) -> int:
        """Layers that keep keys and values of the whole context."""
        return self.layers - (self.sliding_layers or 0) - (self.linear_layers or 0)

    @property
    def moe_layers(self) -> int:
        """Layers with experts."""
        if not self.n_experts:
            return 0
        return (self.layers - (self.first_k_dense or 0)) // (self.moe_layer_interval or 1)

    @property
    def kv_values_per_layer(self) -> int:
        """Numbers one token leaves in the cache of one layer."""
        if self.latent:
            return (self.kv_lora_rank or 0) + (self.qk_rope_dim or 0)
        return 2 * self.n_kv_heads * self.head_size

    @property
    def kv_values_per_token(self) -> int:
        """Numbers one token leaves in the cache of all layers while every window holds it."""
        return (self.layers - (self.linear_layers or 0)) * self.kv_values_per_layer

    @model_validator(mode="after")
    def _heads_fit(self) -> Self:
        if not self.latent and self.n_heads % self.n_kv_heads:
            raise refusal("heads_uneven", "n_kv_heads", value=self.n_kv_heads, heads=self.n_heads)
        if not self.latent and not self.head_dim and self.hidden % self.n_heads:
            raise refusal(
                "head_dim_unstated",
                "head_dim",
                value=self.head_dim,
                hidden=self.hidden,
                heads=self.n_heads,
            )
        for name in ("qk_rope_dim", "qk_nope_dim", "v_head_dim"):
            if self.latent and not getattr(self, name):
                raise refusal("latent_incomplete", name, value=getattr(self, name))
        return self

    @model_validator(mode="after")
    def _experts_fit(self) -> Self:
        experts, visited = self.n_experts or 0, self.experts_per_token or 0
        if visited > experts:
            raise refusal("experts_overrun", "experts_per_token", value=visited, experts=experts)
        for name in ("experts_per_token", "moe_intermediate"):
            if experts and not getattr(self, name):
                raise refusal("experts_incomplete", name, value=getattr(self, name))
        if (self.first_k_dense or 0) > self.layers:
            raise refusal(
                "dense_overrun", "first_k_dense", value=self.first_k_dense, layers=self.layers
            )
        if self.moe_layers < self.layers and not self.intermediate:
            raise refusal(
                "width_unstated",
                "intermediate",
                value=self.intermediate,
                layers=self.layers - self.moe_layers,
            )
        if self.active_params_b.value > self.total_params_b.value:
            raise refusal(
                "active_above_total",
                "active_params_b",
                "value",
                value=self.active_params_b.value,
                total=self.total_params_b.value,
            )
        return self

    @model_validator(mode="after")
    def _layers_add_up(self) -> Self:
        sliding, linear = self.sliding_layers or 0, self.linear_layers or 0
        if sliding + linear > self.layers:
            raise refusal(
                "layers_overrun",
                "sliding_layers" if sliding else "linear_layers",
                value=sliding or linear,
                sliding=sliding,
                linear=linear,
                layers=self.layers,
            )
        if sliding and not self.sliding_window:
            raise refusal(
                "window_unstated", "sliding_window", value=self.sliding_window, layers=sliding
            )
        return self
